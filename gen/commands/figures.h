/* SPDX-License-Identifier: MIT
 *
 * Where the tables and figures of the annual report come from.
 */
#ifndef XINGJI_COMMANDS_FIGURES_H
#define XINGJI_COMMANDS_FIGURES_H

#include "base/text.h"

struct buf;
struct build;
struct doc;
struct run;

/* One row for each table, figure and panel: number, place, rows, hash, query.  False after reporting. */
bool figures_write(struct build *build, const struct doc *doc, struct text path);
/* "图 3-2", "表2-1", "附表 1", "fig-stars", "tbl-city": a person asks for a figure, not for an enterprise. */
bool figures_are_meant(struct text wanted);
/* Composes the report and writes that figure's query, place and rows; false after reporting. */
bool figures_explain(const struct run *run, struct text wanted, bool as_json, struct buf *buf);

#endif
