/* SPDX-License-Identifier: MIT
 *
 * A canvas that writes down what it is told, so that tests can read it.
 */
#ifndef XINGJI_TESTS_TRACE_H
#define XINGJI_TESTS_TRACE_H

struct buf;
struct canvas;
struct theme;

struct canvas *trace_canvas_new(const struct theme *theme, struct buf *output);

#endif
