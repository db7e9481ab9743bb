/* SPDX-License-Identifier: MIT
 *
 * XML, written from front to back: what is opened stands on a stack and is closed by the
 * writer, and every text goes through one escaper, so that what comes out is well formed
 * whatever a firm typed.  Whoever closes too much, leaves something open, or gives an
 * attribute where no tag stands open, has a bug, which an assertion tells.
 *
 * Names are the caller's own words and written as they are; nothing else is.
 * Line breaks stand only where xml_write_line puts them.
 */
#ifndef XINGJI_BASE_XML_WRITE_H
#define XINGJI_BASE_XML_WRITE_H

#include "base/text.h"

struct buf;

enum { XML_WRITE_DEEPEST = 24 };

struct xml_write {
	struct buf *buf;
	size_t depth;
	const char *names[XML_WRITE_DEEPEST]; /* of the open elements; borrowed until they are closed */
	enum xml_place { XML_CONTENT, XML_TAG, XML_VALUE } place;
};

/* Appends to buf. */
void xml_write_init(struct xml_write *xml, struct buf *buf);
/* Nothing is open any more. */
void xml_write_end(const struct xml_write *xml);

/* <?name content?>; neither is escaped. */
void xml_write_instruction(struct xml_write *xml, const char *name, const char *content);
/* An element; attributes may follow, then what is in it. */
void xml_write_open(struct xml_write *xml, const char *name);
/* The innermost element; one without content as <name/>. */
void xml_write_close(struct xml_write *xml);
/* A line break between elements. */
void xml_write_line(struct xml_write *xml);

/* An attribute, whole … */
void xml_write_attribute(struct xml_write *xml, const char *name, struct text value);
void xml_write_attribute_format(struct xml_write *xml, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* … or piece by piece: what is written up to xml_write_value_end is its value. */
void xml_write_value(struct xml_write *xml, const char *name);
void xml_write_value_end(struct xml_write *xml);

/* Into the open value, or the innermost element: escaped; what XML has no form for is left out, broken UTF-8 becomes U+FFFD. */
void xml_write_text(struct xml_write *xml, struct text text);
void xml_write_string(struct xml_write *xml, const char *string);
void xml_write_format(struct xml_write *xml, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* As buf_fixed. */
void xml_write_fixed(struct xml_write *xml, double value, int digits);

/* An element that holds nothing but a text. */
void xml_write_element(struct xml_write *xml, const char *name, struct text text);

#endif
