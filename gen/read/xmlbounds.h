/* SPDX-License-Identifier: MIT
 *
 * What an XML file may not do to us, checked on the bytes before the parser runs:
 * declare a DOCTYPE, nest deeper, or write longer tags and texts than read/xml.h
 * allows.  Not a parser: what is not well-formed is left to libxml2 to report.
 */
#ifndef XINGJI_READ_XMLBOUNDS_H
#define XINGJI_READ_XMLBOUNDS_H

#include <stdbool.h>
#include <stdint.h>

struct reader;

/* False after reporting the first bound that source `number` breaks. */
bool xmlbounds_check(const struct reader *reader, uint32_t number);

#endif
