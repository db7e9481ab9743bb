/* SPDX-License-Identifier: MIT
 *
 * Which addresses a document may link to.
 */
#ifndef XINGJI_DOC_LINK_H
#define XINGJI_DOC_LINK_H

#include "base/text.h"

/*
 * True for what a document may link to: http, https, mailto, "#id" and relative
 * addresses.  Everything else (javascript:, data:, //host, control
 * characters, more than 2,000 bytes) is not.
 */
bool link_is_safe(struct text target);

#endif
