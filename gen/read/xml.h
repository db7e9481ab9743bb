/* SPDX-License-Identifier: MIT
 *
 * XML in events, with exact places; the only file that knows libxml2.
 *
 * Works on text that is already UTF-8 in memory (input_open) and holds nothing
 * but the element being read, so a file may be as large as a source may be.  Every
 * DOCTYPE is refused, so there are no entities but the five, nothing is fetched
 * and nothing expands.  Bounds are checked before libxml2 sees the bytes, because
 * it is slow beyond them (50,000 attributes on one element take it 21 s).
 * Small files are easier as a tree: read/xmltree.h.
 */
#ifndef XINGJI_READ_XML_H
#define XINGJI_READ_XML_H

#include "base/source.h"
#include "base/text.h"

struct reader;

enum {
	XML_DEPTH_MOST = 64,          /* ours need 6; recursion and stacks stay small */
	XML_ATTRIBUTES_MOST = 64,     /* on one element; ours need 8 */
	XML_TEXT_LARGEST = 1 << 20,   /* bytes of one run of text or one attribute value */
};

struct xml_attribute {
	struct text name;       /* without prefix */
	struct text uri;        /* of its namespace: only what has a prefix has one */
	struct text value;      /* references resolved */
	struct span span;       /* the value between its quotes */
	struct span name_span;
};

enum xml_event_kind { XML_START, XML_TEXT, XML_END };

/* Everything in it lives until the handler returns. */
struct xml_event {
	enum xml_event_kind kind;
	struct text name;       /* without prefix; of the element on START and END */
	struct text uri;        /* of its namespace, or missing */
	struct text text;       /* on TEXT: everything up to the next tag in one piece, never only white space */
	const struct xml_attribute *attributes; /* on START, in document order, without xmlns */
	size_t attribute_count;
	struct span span;       /* START: the start tag; TEXT: its bytes; END: the end tag */
	size_t depth;           /* 1 for the root and its text */
};

/* Returns false to stop reading (xml_parse then returns false without a report). */
typedef bool xml_handler(void *context, const struct xml_event *event);

/* libxml2 sets itself up when first used, which only one thread may do: call this before there are two. */
void xml_prepare(void);

/*
 * Reads source `number` and hands every event to handler.  Returns true when the
 * document was well-formed to its end; else the first fault has been reported with
 * its place and the events before it have been handed over.
 */
bool xml_parse(const struct reader *reader, uint32_t number, xml_handler *handler, void *context);

#endif
