/* SPDX-License-Identifier: MIT
 *
 * Results as XML (data/FORMATS.md §4): <assessments>, <assessment>, <result>, <note> and <evidence>.
 */
#ifndef XINGJI_CHECK_RESULTS_XML_H
#define XINGJI_CHECK_RESULTS_XML_H

#include "check/observer.h"

/*
 * Every observation of the file goes to the observer.  Ours is what has the namespace of the
 * root, and attributes without a prefix.  What is not taken is reported where it stands:
 * an element or attribute of no known name (what it holds would be missing), one of
 * another namespace, text where none belongs.  Markup inside a note or an evidence is
 * dropped, its words are kept.
 */
void results_read_xml(struct observer *observer, const char *path);

/* Gives every result of a source, as it stands there, to `seen`; reports to reader->diag at most what is no XML. */
typedef void results_seen(void *context, const struct record *record);
void results_see_xml(const struct reader *reader, uint32_t source, results_seen *seen, void *context);

#endif
