/* SPDX-License-Identifier: MIT
 *
 * The ledger only grows at its end.  What a run publishes of it is written down beside
 * the output, one row a line; the next run compares, so that nobody rewrites what was
 * said before without it being noticed.
 */
#include "assess/chronicle.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "build/build.h"
#include "model/track.h"

enum { SHOWN = 60 }; /* characters of a row, in a message */

static void write_row(const struct build *build, const struct ledger *row, struct buf *buf)
{
	const struct model *model = build->run.model;
	const struct text fields[] = {
		model->enterprises[row->enterprise].code, track_label(&model->campaign, row->track),
			text_from(choice_word(SET_LEDGER, row->kind)),
		row->reason, row->note,
	};
	buf_byte(buf, '"');
	date_write_iso(buf, row->date);
	buf_format(buf, "\", %d", row->level);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		buf_string(buf, ", ");
		buf_json(buf, fields[i]);
	}
	buf_byte(buf, '\n');
}

/* The lines of the previous run that this ledger begins with, or false at the first that it does not. */
static bool compare(struct build *build, struct text before, const char *path, size_t *kept)
{
	const struct model *model = build->run.model;
	struct text line;
	struct buf row;
	bool is_same = true;
	buf_init(&row, BUF_LIMIT_PAGE);
	for (*kept = 0; is_same && text_next(&before, '\n', &line) && line.size; ++*kept) {
		buf_reset(&row);
		if (*kept < model->ledger_count)
			write_row(build, &model->ledger[*kept], &row);
		struct text now = text_trim(buf_view(&row));
		is_same = text_equal(now, text_trim(line));
		if (!is_same)
			DIAG(build->run.diag, DIAG_LEDGER_REWRITTEN, .span = *kept < model->ledger_count ? model->ledger[*kept].place : NO_SPAN,
			     .a = text_copy(build->run.arena, utf8_prefix(line, SHOWN)), .b = text_copy(build->run.arena, utf8_prefix(now, SHOWN)), .c = text_from(path),
			     .n = (int64_t)*kept + 1);
	}
	buf_clear(&row);
	return is_same;
}

bool make_ledger(struct build *build, struct output *output, const char *folder, struct text path)
{
	const struct model *model = build->run.model;
	const char *previous = file_join(build->run.arena, folder, path);
	size_t kept = 0, count = build->run.shown->chronicle->row_count;
	struct file_bytes bytes;
	bool is_good = true;
	if (file_exists(previous)) {
		int error = file_map(previous, BUF_LIMIT_FILE, &bytes);
		if (error) {
			DIAG(build->run.diag, DIAG_FILE_UNREADABLE, .a = text_from(previous), .b = file_reason(error));
			return false;
		}
		is_good = compare(build, bytes.text, previous, &kept);
		file_release(&bytes);
	}
	if (!is_good || (!count && !kept))
		return is_good;
	struct buf lines;
	buf_init(&lines, BUF_LIMIT_FILE);
	for (size_t i = 0; i < (count > kept ? count : kept); i++)
		write_row(build, &model->ledger[i], &lines);
	is_good = output_write(output, path, buf_view(&lines));
	buf_clear(&lines);
	return is_good;
}
