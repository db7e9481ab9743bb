/* SPDX-License-Identifier: MIT
 *
 * A small XML file as a tree: campaign.xml, models, theme.xml, site.xml.
 */
#ifndef XINGJI_READ_XMLTREE_H
#define XINGJI_READ_XMLTREE_H

#include "read/xml.h"

/* Trees cost some ten times the file; configuration is under 1 MB, so 16 MB is generous. */
#define XMLTREE_LIMIT ((size_t)16 << 20)

struct xml_node {
	struct text name;
	struct text text;       /* all text directly inside, in one piece, trimmed of ASCII space */
	struct span span;       /* the start tag */
	struct span text_span;  /* the first run of text; empty and behind the start tag when there is none */
	const struct xml_attribute *attributes;
	size_t attribute_count;
	struct xml_node *parent, *first, *next; /* first child, next sibling */
};

/*
 * The root element of source `number`, in the reader's arena; NULL after reporting
 * that it is not well-formed, too large or empty.
 */
struct xml_node *xmltree_parse(const struct reader *reader, uint32_t number);
/* The same from a file. */
struct xml_node *xmltree_load(const struct reader *reader, const char *path);

/* The first child called name, or NULL; node may be NULL. */
const struct xml_node *xmltree_child(const struct xml_node *node, const char *name);
/* The next sibling of the same name, or NULL. */
const struct xml_node *xmltree_next(const struct xml_node *node);
/* The attribute called name, or NULL; node may be NULL. */
const struct xml_attribute *xmltree_attribute(const struct xml_node *node, const char *name);

#endif
