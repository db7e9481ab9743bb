/* SPDX-License-Identifier: MIT
 *
 * A trace (assess/trace.h) as it is printed: for people (trace_text.c) and for programs
 * (trace_json.c).
 *
 * trace_write_json writes one object, in one line.  Its keys are stable; more may be added.
 *
 *	enterprise, name       credit code, name
 *	track                  "ics" or "platform"
 *	year                   a number
 *	method                 "min-of-pa", "threshold", "given"
 *	rounds                 the rounds that count, first wins: ["onsite", "recheck", "online"]
 *	outcome, outcome_word  "unfinished" 未完成, "not-reached" 未达标, "reached" 达标
 *	level                  a number, 0 below the first level and while unfinished
 *	level_label, level_name  "2星", "规范防护级"; "未达标" for 0; null while unfinished
 *	earlier                {year, level, label} of the most recent earlier listing, or null
 *	movement               新达标 提升 保持 下降 退出, or null
 *	list                   what the list shows on the day D, null where the decision puts it on none: {status,
 *	                       status_word, level, level_label, first_level, former_name, since, reason}: status
 *	                       "valid" 有效, "corrected" 已更正, "withdrawn" 已撤销 (level: its last), "added" 增补,
 *	                       "renamed" 已更名, "absent" 未列入; since and reason of the row of the ledger that changed
 *	                       it last, they and former_name null where there is none
 *	ledger                 the rows of the ledger up to D that concern it, in order: {date, kind, kind_word,
 *	                       before, after, former_name, name, reason}: the level's labels around a 更正, of a
 *	                       增补 only after; names of a 更名; reason the public one; null where the row has none
 *	given                  method given: the stated level, null where nothing is stated; else null
 *	given_differs          what min-of-pa gives where it differs from the stated level, else null
 *	stated_target, target, next
 *	                       the target as stated (null: none); T, to which the gap is measured, and
 *	                       the next level (both null at the top)
 *	round_levels           {self, online, recheck, onsite}: the level if only that round counted,
 *	                       null where it observed nothing
 *	shares                 per level {level, numerator, denominator, share, required, reached,
 *	                       failed_vetoes}: threshold only, else []. numerator and denominator are exact
 *	                       decimals as strings; share is their quotient rounded half up to 9 digits,
 *	                       null where nothing is applicable; required null where the level has no share;
 *	                       reached: this level's own condition (share and vetoes); failed_vetoes: ids
 *	                       of the open veto items up to it
 *	areas                  per area {id, name, class, class_name, level, items}; class is the id; level
 *	                       is what min-of-pa gives, null when the area is left out
 *	areas[].items          {id, level, result, round, counted, observations, applicable, met, weight,
 *	                       risk, veto}: result in the words of data/FORMATS.md §4, round null and counted null
 *	                       where nothing counted, counted {file, line, column} the place of the
 *	                       observation that did; observations: every one there is, in the order
 *	                       self online recheck onsite, several of one by date,
 *	                       {round, result, date, note, file, line, column}
 *	limiting_areas         ids of the areas at the minimum (min-of-pa and given; [] at the top)
 *	deciding_items         ids of the open items that hold the level (rule.h)
 *	gap, findings          ids in findings order
 *	way_up                 {item, gain, veto, risk, advice_days, department}: gain an exact decimal as a
 *	                       string, "0" unless threshold; advice_days null where missing
 *	has_way_up             false at the top, where the next level has no share, or nothing applies
 *	compliance             {met, applicable, total, rate, rate_percent}: rate "0.8333" and "83.3%",
 *	                       both null when nothing is applicable
 *
 *	rectifications         {item, status, finished, state, settled_by} of each item that was to be
 *	                       rectified: status and finished as the enterprise last reported them, state
 *	                       "confirmed", "returned" or "waiting" (assess/closure.h), settled_by {round,
 *	                       result, date, file, line, column} the look that settled it, null while waiting
 *
 *	scans                  {item, hosts, failed, passed, silent, failed_rules, rules, contradicts} of each item that
 *	                       scanners' rules speak of: hosts by what they say of it (assess/scanned.h), how many
 *	                       rules failed and the first three of them; contradicts: result is 符合 all the same
 *
 * Places are as in diagnostics: line and column from 1, columns count characters; null
 * where an observation has none.
 */
#ifndef XINGJI_COMMANDS_TRACE_PRINT_H
#define XINGJI_COMMANDS_TRACE_PRINT_H

#include "assess/trace.h"

struct buf;
struct json_write;

void trace_write_json(const struct trace *trace, struct json_write *json);
/* For a terminal, wide characters counted as two columns. */
void trace_write_text(const struct trace *trace, enum diag_language language, struct buf *buf);
/* Its last part: what scanners found of items; nothing where they found nothing. */
void trace_write_scans(const struct trace *trace, enum diag_language language, struct buf *buf);
/* An exact sum of products (value × 10^18) as a decimal: "0.8", "12". */
void trace_write_sum(decimal_sum sum, struct buf *buf);
/* numerator ÷ denominator (> 0) in percent, rounded half up to one digit: "83.3%", "100.0%". */
void trace_write_percent(decimal_sum numerator, decimal_sum denominator, struct buf *buf);

#endif
