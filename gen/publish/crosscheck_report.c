/* SPDX-License-Identifier: MIT */
#include "publish/crosscheck_report.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "publish/crosscheck_table.h"
#include "publish/crosscheck_words.h"
#include "publish/output.h"

/* Where the byte stands first, or the size. */
static size_t find_byte(struct text text, char byte)
{
	const char *at = text.size ? memchr(text.at, byte, text.size) : NULL;
	return at ? (size_t)(at - text.at) : text.size;
}

static struct text behind_tag(struct text html)
{
	return text_slice(html, find_byte(html, '>') + 1, html.size);
}

/* Text without tags; what stands in one piece behind its tag, as most cells do, is borrowed. */
static struct text plain(struct crosscheck *check, struct text html)
{
	struct buf buf;
	while (text_starts(html, "<"))
		html = behind_tag(html);
	if (find_byte(html, '<') == html.size)
		return text_trim(html);
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (struct text rest = html; rest.size;) {
		const size_t tag = find_byte(rest, '<');
		buf_text(&buf, text_slice(rest, 0, tag));
		rest = behind_tag(text_slice(rest, tag, rest.size));
	}
	struct text text = text_copy(check->arena, text_trim(buf_view(&buf)));
	buf_clear(&buf);
	return text;
}

/* The cells of the row at *at; false when there is no more. */
static bool next_cells(struct crosscheck *check, struct text table, size_t *at, struct crosscheck_row *row)
{
	struct text rest = text_slice(table, *at, table.size);
	size_t start = text_find(rest, TEXT("<tr"));
	if (start >= rest.size)
		return false;
	size_t size = text_find(text_slice(rest, start, rest.size), TEXT("</tr>"));
	struct text cells = text_slice(rest, start, size);
	*at += start + size;
	row->count = 0;
	for (size_t i = 0; i + 3 < cells.size && row->count < CROSSCHECK_COLUMNS; i++) {
		i += find_byte(text_slice(cells, i, cells.size), '<');
		if (i + 3 >= cells.size)
			break;
		if (!text_starts(text_slice(cells, i, 3), "<td") &&
		    !(text_starts(text_slice(cells, i, 3), "<th") && cells.at[i + 3] != 'e'))
			continue;
		struct text cell = text_slice(cells, i, cells.size);
		size_t end = text_find(cell, TEXT("</t"));
		row->cells[row->count++] = plain(check, text_slice(cell, 0, end));
		i += end;
	}
	return true;
}

static void read_cell(struct crosscheck *check, const struct crosscheck_cell *cell, struct text path,
		      struct text report)
{
	struct text id = text_format(check->arena, "id=\"%s\"", cell->table);
	struct text table = text_slice(report, text_find(report, id), report.size);
	table = text_slice(table, 0, text_find(table, TEXT("</table>")));
	struct crosscheck_row row;
	size_t at = 0, column = CROSSCHECK_COLUMNS;
	int64_t number;
	if (!table.size || !next_cells(check, table, &at, &row))
		return; /* a report without that table says nothing */
	for (size_t i = 0; i < row.count; i++)
		if (column == CROSSCHECK_COLUMNS && text_starts(row.cells[i], text_string(check->arena, cell->column)))
			column = i;
	while (column < CROSSCHECK_COLUMNS && next_cells(check, table, &at, &row)) {
		if (!row.count || !text_equal(row.cells[0], cell->row) || column >= row.count)
			continue;
		struct text place = text_format(check->arena, "%.*s#%s", TEXT_ARGS(path), cell->table);
		struct text name = text_format(check->arena, "%.*s %.*s", TEXT_ARGS(cell->row),
		                               TEXT_ARGS(cell->column));
		check->summary->cells++;
		if (!crosscheck_number(row.cells[column], &number))
			number = -1;
		if (number != cell->value)
			crosscheck_differs(check, (struct diag_args){ .a = place, .b = row.cells[column], .c = name,
			                                              .n = cell->value });
	}
}

/* The column whose head is or begins with a word; CROSSCHECK_COLUMNS: none. */
static size_t column_of(const struct crosscheck_row *head, const char *word)
{
	for (size_t i = 0; i < head->count; i++)
		if (text_starts(head->cells[i], word))
			return i;
	return CROSSCHECK_COLUMNS;
}

/* The table of that id; empty when there is none. */
static struct text find_table(struct crosscheck *check, struct text report, const char *kind, struct text track)
{
	struct text id = text_format(check->arena, "id=\"tbl-%s-%.*s\"", kind, TEXT_ARGS(track));
	struct text table = text_slice(report, text_find(report, id), report.size);
	return text_slice(table, 0, text_find(table, TEXT("</table>")));
}

/* The list of one track, or what was withdrawn from it. */
static void read_list(struct crosscheck *check, size_t track, struct text path, struct text table, bool is_withdrawn)
{
	const char *const columns[CROSSCHECK_FIELDS] = {
		"企业名称", "类型", is_withdrawn ? "原级别" : "级别", "设区市", "行业", "变化",
	};
	struct crosscheck_row head, row;
	struct crosscheck_entry entry = { .is_withdrawn = is_withdrawn };
	struct text place = text_format(check->arena, "%.*s#tbl-%s-%.*s", TEXT_ARGS(path),
					is_withdrawn ? "withdrawn" : "list",
					TEXT_ARGS(check->options->track_ids[track]));
	size_t at = 0;
	entry.of[CROSSCHECK_TRACK] = check->options->tracks[track];
	const struct crosscheck_entry all = entry;
	crosscheck_list_begin(check->lists[0]);
	for (bool has_rows = next_cells(check, table, &at, &head); has_rows && next_cells(check, table, &at, &row);) {
		for (int field = 0; field < CROSSCHECK_FIELDS; field++) {
			size_t column = column_of(&head, columns[field]);
			if (column < row.count)
				entry.of[field] = text_is(row.cells[column], "—") ? TEXT("") : row.cells[column];
		}
		entry.of[CROSSCHECK_TRACK] = check->options->tracks[track];
		check->summary->entries++;
		check->is_good &= crosscheck_list_see(check->lists[0], place, &entry, true);
	}
	check->is_good &= crosscheck_list_end(check->lists[0], place, &all);
}

/* A report in which no track has such a table says nothing; where one has it, all have that are not empty. */
static void read_lists(struct crosscheck *check, struct text path, struct text report, bool is_withdrawn)
{
	const struct crosscheck_options *options = check->options;
	const char *kind = is_withdrawn ? "withdrawn" : "list";
	bool has_table = false;
	for (size_t i = 0; i < options->track_count; i++)
		has_table |= find_table(check, report, kind, options->track_ids[i]).size > 0 ||
			     find_table(check, report, "list", options->track_ids[i]).size > 0;
	for (size_t i = 0; i < options->track_count && has_table && options->roll_count; i++)
		read_list(check, i, path, find_table(check, report, kind, options->track_ids[i]), is_withdrawn);
}

static void read_passage(struct crosscheck *check, const struct crosscheck_passage *passage, struct text path,
			 struct text report)
{
	struct text id = text_format(check->arena, "id=\"%s\"", passage->heading);
	struct text words = text_slice(report, text_find(report, id), report.size);
	words = text_slice(words, text_find(words, TEXT("<p")), words.size);
	words = text_slice(words, 0, text_find(words, TEXT("<div")));
	words = text_slice(words, 0, text_find(words, TEXT("<h")));
	crosscheck_words(check, text_format(check->arena, "%.*s#%s", TEXT_ARGS(path), passage->heading),
		      passage->prefixes, words);
}

/* ---- numbers of the prose ----------------------------------------------------------------- */

/* Every place in the words where the number stands between those of the phrase. */
static void read_phrase(struct crosscheck *check, const struct crosscheck_phrase *phrase, struct text place,
			struct text words)
{
	for (size_t at = 0; (at += text_find(text_slice(words, at, words.size), phrase->before)) < words.size;) {
		at += phrase->before.size;
		struct text rest = text_slice(words, at, words.size);
		size_t size = 0;
		int64_t number;
		while (size < rest.size && ((rest.at[size] >= '0' && rest.at[size] <= '9') || rest.at[size] == ','))
			size++;
		struct text digits = text_slice(rest, 0, size);
		bool is_it = text_starts(text_slice(rest, size, rest.size), phrase->after);
		if (!is_it || !crosscheck_number(digits, &number))
			continue;
		check->summary->phrases++;
		if (number != phrase->value)
			crosscheck_differs(check, (struct diag_args){ .a = place, .b = digits, .n = phrase->value,
			                                              .c = phrase->before });
	}
}

/* What the alternative text of a chart says of one series: "2021年度最高为2星（2家），最低为3星（0家）；". */
static void read_picture(struct crosscheck *check, const struct crosscheck_phrase *phrase, struct text path,
			 struct text report)
{
	struct text id = text_format(check->arena, "id=\"%s\"", phrase->picture);
	struct text figure = text_slice(report, text_find(report, id), report.size);
	struct text alt = text_slice(figure, text_find(figure, TEXT("alt=\"")), figure.size);
	alt = text_slice(alt, strlen("alt=\""), alt.size);
	alt = text_slice(alt, 0, text_find(alt, TEXT("\"")));
	alt = text_slice(alt, text_find(alt, phrase->series), alt.size);
	alt = text_slice(alt, 0, text_find(alt, TEXT("；")));
	read_phrase(check, phrase, text_format(check->arena, "%.*s#%s", TEXT_ARGS(path), phrase->picture), alt);
}

static void read_phrases(struct crosscheck *check, struct text path, struct text report)
{
	struct text main = text_slice(report, text_find(report, TEXT("<main")), report.size);
	struct text words = plain(check, main);
	for (size_t i = 0; i < check->options->phrase_count; i++) {
		const struct crosscheck_phrase *phrase = &check->options->phrases[i];
		if (phrase->is_public_only && !text_is(path, CROSSCHECK_REPORT_PUBLIC))
			continue;
		if (phrase->picture)
			read_picture(check, phrase, path, main);
		else
			read_phrase(check, phrase, path, words);
	}
}

size_t crosscheck_editions_kept(const struct output *output, struct text editions[CROSSCHECK_EDITIONS])
{
	static const struct text all[CROSSCHECK_EDITIONS] = { TEXT_INIT(CROSSCHECK_REPORT),
							      TEXT_INIT(CROSSCHECK_REPORT_PUBLIC) };
	size_t count = 0;
	for (size_t i = 0; i < CROSSCHECK_EDITIONS; i++)
		if (output_keeps_same(output, all[i]))
			editions[count++] = all[i];
	return count;
}

void crosscheck_report(struct crosscheck *check, struct text path, struct text report)
{
	read_phrases(check, path, report);
	for (size_t i = 0; i < check->options->cell_count; i++)
		if (check->options->cells[i].is_public == text_is(path, CROSSCHECK_REPORT_PUBLIC))
			read_cell(check, &check->options->cells[i], path, report);
	for (size_t i = 0; i < check->options->passage_count; i++)
		read_passage(check, &check->options->passages[i], path, report);
	read_lists(check, path, report, false);
	read_lists(check, path, report, true);
}
