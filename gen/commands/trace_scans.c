/* SPDX-License-Identifier: MIT
 *
 * The evidence of scanners at the end of a trace: hosts by item, and the rules that failed.
 */
#include "base/buf.h"
#include "base/plain.h"
#include "commands/trace_print.h"

enum { ID_COLUMNS = 14 };

static void put_id(struct text id, struct buf *buf)
{
	int columns = plain_columns(id);
	plain_write(buf, id);
	buf_repeat(buf, ' ', columns < ID_COLUMNS ? (size_t)(ID_COLUMNS - columns) : 1);
}

static void put_rules(const struct trace *trace, const struct scanned *scanned, bool is_english, struct buf *buf)
{
	static const char *const opening[] = { "（", " (" }, *const between[] = { "、", ", " };
	static const char *const closing[] = { "）", ")" };
	struct text rules[SCANNED_RULES_NAMED];
	size_t count = scanned_rules(trace->model, scanned, rules);
	for (size_t i = 0; i < count; i++) {
		buf_string(buf, i ? between[is_english] : opening[is_english]);
		plain_write(buf, rules[i]);
	}
	buf_string(buf, count && (int32_t)count < scanned->failed_rules ? " …" : "");
	buf_string(buf, count ? closing[is_english] : "");
}

/*   PA01-3-01     3 台主机，未通过 2（规则甲），通过 1  ← 判为符合 */
static void put_scan(const struct trace *trace, const struct scanned *scanned, enum diag_language language, struct buf *buf)
{
	bool is_english = language == LANGUAGE_ENGLISH, is_met = trace->decision->items[scanned->item].result == RESULT_MET;
	const char *comma = is_english ? ", " : "，";
	buf_string(buf, "  ");
	put_id(trace->catalogue->items[scanned->item].id, buf);
	buf_format(buf, is_english ? "hosts %d" : "%d 台主机", scanned->hosts);
	if (scanned->failed) {
		buf_format(buf, "%s%s %d", comma, is_english ? "failed" : "未通过", scanned->failed);
		put_rules(trace, scanned, is_english, buf);
	}
	if (scanned->passed)
		buf_format(buf, "%s%s %d", comma, is_english ? "passed" : "通过", scanned->passed);
	if (scanned->silent)
		buf_format(buf, "%s%s %d", comma, is_english ? "no answer" : "无可用结果", scanned->silent);
	if (scanned->failed && is_met)
		buf_string(buf, is_english ? "  <- found met" : "  ← 判为符合");
	buf_byte(buf, '\n');
}

void trace_write_scans(const struct trace *trace, enum diag_language language, struct buf *buf)
{
	if (trace->scanned_count == 0)
		return;
	const char *title = language == LANGUAGE_ENGLISH ? "evidence of scans (changes no result): " : "扫描证据（不改变结果）：";
	buf_format(buf, "\n%s%zu\n", title, trace->scanned_count);
	for (size_t i = 0; i < trace->scanned_count; i++)
		put_scan(trace, &trace->scanned[i], language, buf);
}
