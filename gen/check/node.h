/* SPDX-License-Identifier: MIT
 *
 * XML elements as records of schema.def: attribute name = field name with '_' → '-'.
 */
#ifndef XINGJI_CHECK_NODE_H
#define XINGJI_CHECK_NODE_H

#include "check/field.h"
#include "read/xmltree.h"

/*
 * The record of a node.  Attributes that are no field of the entity are errors,
 * with the nearest name, except those named in `others` ("model note"); entity NULL: only
 * those.  Attributes of another namespace are only noted.
 */
struct record node_record(struct check *check, const struct xml_node *node, const struct entity *entity, const char *others);
/* The same for every child whose name is not in `known` ("stage publication"), and for text beside the children. */
void node_check_children(struct check *check, const struct xml_node *node, const char *known);
/* "最接近的是 rule", else `known`, in both languages. */
struct nearest;
struct text node_hint(struct check *check, const struct nearest *nearest, struct text known);
/* The same of a name among `known` ("stage publication"). */
struct text node_nearest(struct check *check, struct text name, const char *known);
/* An attribute as a value; not given when it is not there. */
struct value node_value(const struct xml_node *node, const char *name);
/* The cleaned text of an attribute, reported when it is missing and required (heading given). */
struct text node_text(struct check *check, const struct xml_node *node, const char *name, const char *heading);

#endif
