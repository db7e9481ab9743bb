/* SPDX-License-Identifier: MIT */
#include "publish/crosscheck.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/formula.h"
#include "base/map.h"
#include "publish/crosscheck_table.h"
#include "publish/output.h"
#include "publish/tree.h"

/* What was read of one figure. */
struct reading {
	struct text mark_place; /* of the first mark; missing: none was seen */
	int64_t mark;           /* what it says */
	int64_t rows;           /* of all tables that say they hold it */
	struct text rows_place; /* the first of them; missing: none */
	int64_t counted;        /* rows of the download read now */
};

#define REPORT TREE_REPORT ".html"
#define REPORT_PUBLIC TREE_REPORT_PUBLIC ".html"

struct crosscheck {
	struct arena *arena;
	struct diag *diag;
	const struct crosscheck_options *options;
	struct crosscheck_summary *summary;
	struct map by_name; /* → index of figure */
	struct reading *readings;
	struct crosscheck_list *list;
	bool is_xml;            /* the download read now: its cells have their escapes */
	bool is_good;
};

enum { PREFIXES_MOST = 200 }; /* bytes of a data-among */

static const char decisions[] = "评定结果 (decisions)";

static void differs(struct crosscheck *check, struct diag_args args)
{
	check->is_good = false;
	diag_report(check->diag, DIAG_CROSSCHECK_DIFFERS, args);
}

static struct text number_text(struct crosscheck *check, int64_t number)
{
	return text_format(check->arena, "%lld", (long long)number);
}

static void compare(struct crosscheck *check, const struct crosscheck_expected *figure, struct text place,
		    int64_t number)
{
	if (number != figure->value)
		differs(check,
		        (struct diag_args){ .a = place, .b = number_text(check, number), .c = figure->name,
		                            .d = text_from(decisions), .n = figure->value });
}

/* ---- pages ------------------------------------------------------------------------- */

/* "1,234" with white space around it. */
static bool read_number(struct text text, int64_t *number)
{
	char digits[16]; /* so few that no sum of figures overflows */
	size_t count = 0;
	text = text_trim(text);
	for (size_t i = 0; i < text.size && count < sizeof digits; i++)
		if (text.at[i] != ',')
			digits[count++] = text.at[i];
	return count < sizeof digits && text_to_integer((struct text){ digits, count }, number);
}

static struct text place_in(struct crosscheck *check, struct text path, size_t offset)
{
	return text_format(check->arena, "%.*s@%zu", TEXT_ARGS(path), offset);
}

static void read_mark(struct crosscheck *check, size_t index, struct text place, struct text rest)
{
	struct reading *reading = &check->readings[index];
	struct text words = text_slice(rest, text_find(rest, TEXT(">")) + 1, 64);
	int64_t number;
	words = text_slice(words, 0, text_find(words, TEXT("<")));
	if (!read_number(words, &number)) {
		check->is_good = false;
		DIAG(check->diag, DIAG_CROSSCHECK_UNREADABLE, .a = place, .b = text_trim(words));
		return;
	}
	check->summary->marks++;
	if (!reading->mark_place.size) {
		reading->mark_place = place;
		reading->mark = number;
	}
	compare(check, &check->options->expected[index], place, number);
}

static void read_rows(struct crosscheck *check, size_t index, struct text place, struct text rest)
{
	struct reading *reading = &check->readings[index];
	static const struct text row = TEXT_INIT("<th scope=\"row\"");
	/* Not beyond the next mark, whatever a template forgets to close: each byte is looked at once. */
	rest = text_slice(rest, 0, text_find(rest, TEXT("data-rows=\"")));
	rest = text_slice(rest, 0, text_find(rest, TEXT("</table>")));
	if (!reading->rows_place.size)
		reading->rows_place = place;
	check->summary->tables++;
	for (size_t at = 0; (at += text_find(text_slice(rest, at, rest.size), row)) < rest.size; at += row.size)
		reading->rows++;
}

static void read_marks(struct crosscheck *check, struct text path, struct text page, struct text attribute,
		       void (*read)(struct crosscheck *check, size_t index, struct text place, struct text rest))
{
	for (size_t at = 0; (at += text_find(text_slice(page, at, page.size), attribute)) < page.size;) {
		at += attribute.size;
		struct text rest = text_slice(page, at, page.size);
		struct text name = text_slice(rest, 0, text_find(rest, TEXT("\"")));
		const uint32_t *index = map_find(&check->by_name, name);
		struct text place = place_in(check, path, at);
		if (index) {
			read(check, *index, place, text_slice(rest, name.size, rest.size));
			continue;
		}
		check->is_good = false;
		DIAG(check->diag, DIAG_CROSSCHECK_UNKNOWN, .a = place, .b = text_slice(name, 0, 60));
	}
}

/* `first`: the value of the first of them; 0 when there is none. */
static bool is_among(const struct crosscheck *check, struct text prefixes, int64_t number, int64_t *first)
{
	struct text prefix;
	bool has_first = false;
	*first = 0;
	while (text_next(&prefixes, ' ', &prefix))
		for (size_t i = 0; prefix.size && i < check->options->expected_count; i++) {
			const struct crosscheck_expected *figure = &check->options->expected[i];
			if (!text_equal(text_slice(figure->name, 0, prefix.size), prefix))
				continue;
			if (figure->value == number)
				return true;
			*first = has_first ? *first : figure->value;
			has_first = true;
		}
	return false;
}

/* The number that ends before `end`, spaces between allowed; missing: none. */
static struct text number_before(struct text text, size_t end)
{
	while (end && text.at[end - 1] == ' ')
		end--;
	size_t start = end;
	while (start && ((text.at[start - 1] >= '0' && text.at[start - 1] <= '9') || text.at[start - 1] == ','))
		start--;
	return text_slice(text, start, end - start);
}

/* Numbers of 家 and 条. */
static void compare_words(struct crosscheck *check, struct text place, struct text prefixes, struct text words)
{
	static const struct text units[] = { TEXT_INIT("家"), TEXT_INIT("条") };
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		for (size_t found = 0;
		     (found += text_find(text_slice(words, found, words.size), units[i])) < words.size;
		     found += units[i].size) {
			struct text digits = number_before(words, found);
			int64_t number, first;
			if (!digits.size || !read_number(digits, &number))
				continue;
			check->summary->words++;
			if (!is_among(check, prefixes, number, &first))
				differs(check,
				        (struct diag_args){ .a = place, .b = digits, .c = prefixes,
				                            .d = text_from(decisions), .n = first });
		}
}

/* Prose: up to the end of the division. */
static void read_words(struct crosscheck *check, struct text path, struct text page)
{
	static const struct text attribute = TEXT_INIT("data-among=\"");
	for (size_t at = 0; (at += text_find(text_slice(page, at, page.size), attribute)) < page.size;) {
		at += attribute.size;
		struct text rest = text_slice(page, at, page.size);
		struct text prefixes = text_slice(rest, 0, text_find(rest, TEXT("\"")));
		prefixes = text_slice(prefixes, 0, PREFIXES_MOST);
		rest = text_slice(rest, 0, text_find(rest, attribute)); /* as in read_rows */
		rest = text_slice(rest, 0, text_find(rest, TEXT("</div>")));
		compare_words(check, place_in(check, path, at), prefixes, rest);
	}
}

/* ---- downloads ----------------------------------------------------------------------- */

static bool fits(struct text wanted, struct text cell)
{
	return !wanted.size || text_equal(wanted, cell);
}

/* As it was before the apostrophe that keeps a spreadsheet from running it. */
static struct text without_guard(struct text cell)
{
	struct text rest = text_slice(cell, 1, cell.size);
	return text_starts(cell, "'") && formula_begins(rest) ? rest : cell;
}

static void count_row(void *context, const struct crosscheck_row *row)
{
	struct crosscheck *check = context;
	struct text city = crosscheck_cell_of(row, "设区市"), track = crosscheck_cell_of(row, "类型");
	struct text label = crosscheck_cell_of(row, "级别"),
		    movement = crosscheck_cell_of(row, "变化"), industry = crosscheck_cell_of(row, "行业");
	const struct crosscheck_entry entry = { without_guard(crosscheck_cell_of(row, "企业名称")), track, label,
						text_is(crosscheck_cell_of(row, "状态"), "已撤销") };
	check->summary->entries++;
	check->is_good &= !check->options->track_count || crosscheck_list_see(check->list, &entry, check->is_xml);
	if (entry.is_withdrawn)
		return;
	for (size_t i = 0; i < check->options->expected_count; i++) {
		const struct crosscheck_expected *figure = &check->options->expected[i];
		check->readings[i].counted += fits(figure->city, city) && fits(figure->track, track) &&
		                              fits(figure->label, label) && fits(figure->movement, movement) &&
						 fits(figure->industry, industry);
	}
}

static void read_download(struct crosscheck *check, struct text path, struct text bytes)
{
	const struct crosscheck_reader reader = { .arena = check->arena, .take = count_row, .context = check };
	for (size_t i = 0; i < check->options->expected_count; i++)
		check->readings[i].counted = 0;
	check->is_xml = text_ends(path, ".xlsx");
	crosscheck_list_begin(check->list, path);
	if (!crosscheck_table_read(&reader, path, bytes)) {
		check->is_good = false;
		DIAG(check->diag, DIAG_CROSSCHECK_UNREADABLE, .a = path, .b = TEXT("…"));
		return;
	}
	check->is_good &= crosscheck_list_end(check->list, NO_TEXT, false);
	check->is_good &= crosscheck_list_end(check->list, NO_TEXT, true);
	for (size_t i = 0; i < check->options->expected_count; i++)
		if (!check->options->expected[i].is_of_enterprises) {
			compare(check, &check->options->expected[i], path, check->readings[i].counted);
			check->summary->downloads++;
		}
}

/* ---- the report ------------------------------------------------------------------------ */

/* Text without tags. */
static struct text plain(struct crosscheck *check, struct text html)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	bool is_tag = false;
	for (size_t i = 0; i < html.size; i++) {
		is_tag |= html.at[i] == '<';
		if (!is_tag)
			buf_byte(&buf, html.at[i]);
		is_tag &= html.at[i] != '>';
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
		column = text_starts(row.cells[i], text_string(check->arena, cell->column)) && column == CROSSCHECK_COLUMNS ? i : column;
	while (column < CROSSCHECK_COLUMNS && next_cells(check, table, &at, &row)) {
		if (!row.count || !text_equal(row.cells[0], cell->row) || column >= row.count)
			continue;
		struct text place = text_format(check->arena, "%.*s#%s", TEXT_ARGS(path), cell->table);
		struct text name = text_format(check->arena, "%.*s %.*s", TEXT_ARGS(cell->row),
		                               TEXT_ARGS(cell->column));
		check->summary->cells++;
		if (!read_number(row.cells[column], &number))
			number = -1;
		if (number != cell->value)
			differs(check,
			        (struct diag_args){ .a = place, .b = row.cells[column], .c = name,
			                            .d = text_from(decisions), .n = cell->value });
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

/* The list of one track, and what was withdrawn from it.  A report without that table says nothing. */
static void read_list(struct crosscheck *check, size_t track, struct text path, struct text report, bool is_withdrawn)
{
	struct text id = text_format(check->arena, "id=\"tbl-%s-%.*s\"", is_withdrawn ? "withdrawn" : "list",
				     TEXT_ARGS(check->options->track_ids[track]));
	struct text table = text_slice(report, text_find(report, id), report.size);
	table = text_slice(table, 0, text_find(table, TEXT("</table>")));
	struct crosscheck_row row;
	size_t at = 0;
	if (!table.size || !next_cells(check, table, &at, &row))
		return;
	size_t name = column_of(&row, "企业名称"), label = column_of(&row, is_withdrawn ? "原级别" : "级别");
	crosscheck_list_begin(check->list, text_format(check->arena, "%.*s#%.*s", TEXT_ARGS(path),
						       TEXT_ARGS(text_slice(id, 4, id.size - 5))));
	while (next_cells(check, table, &at, &row)) {
		if (name >= row.count || label >= row.count)
			continue;
		const struct crosscheck_entry entry = { row.cells[name], check->options->tracks[track],
							row.cells[label], is_withdrawn };
		check->summary->entries++;
		check->is_good &= crosscheck_list_see(check->list, &entry, true);
	}
	check->is_good &= crosscheck_list_end(check->list, check->options->tracks[track], is_withdrawn);
}

static void read_passage(struct crosscheck *check, const struct crosscheck_passage *passage, struct text path,
			 struct text report)
{
	struct text id = text_format(check->arena, "id=\"%s\"", passage->heading);
	struct text words = text_slice(report, text_find(report, id), report.size);
	words = text_slice(words, text_find(words, TEXT("<p")), words.size);
	words = text_slice(words, 0, text_find(words, TEXT("<div")));
	words = text_slice(words, 0, text_find(words, TEXT("<h")));
	compare_words(check, text_format(check->arena, "%.*s#%s", TEXT_ARGS(path), passage->heading),
		      passage->prefixes, words);
}

static void read_report(struct crosscheck *check, struct text path, struct text report)
{
	for (size_t i = 0; i < check->options->cell_count; i++)
		if (check->options->cells[i].is_public == text_is(path, REPORT_PUBLIC))
			read_cell(check, &check->options->cells[i], path, report);
	for (size_t i = 0; i < check->options->passage_count; i++)
		read_passage(check, &check->options->passages[i], path, report);
	for (size_t i = 0; i < check->options->track_count; i++) {
		read_list(check, i, path, report, false);
		read_list(check, i, path, report, true);
	}
}

/* ---- the whole -------------------------------------------------------------------------- */

static void read_file(struct crosscheck *check, struct output *output, struct text path)
{
	static const char *const downloads[] = { TREE_DOWNLOADS "listed.csv", TREE_DOWNLOADS "listed.json",
	                                         TREE_DOWNLOADS "listed.xlsx" };
	struct text bytes;
	bool is_page = text_starts(path, TREE_PUBLIC) && text_ends(path, ".html"),
	     is_report = text_is(path, REPORT) || text_is(path, REPORT_PUBLIC);
	bool is_download = false;
	for (size_t i = 0; i < sizeof downloads / sizeof *downloads; i++)
		is_download |= text_is(path, downloads[i]);
	if (!is_page && !is_report && !is_download)
		return;
	if (!output_map(output, path, &bytes)) {
		check->is_good = false;
		return;
	}
	if (is_download)
		read_download(check, path, bytes);
	if (is_report)
		read_report(check, path, bytes);
	if (is_page) {
		read_marks(check, path, bytes, TEXT("data-figure=\""), read_mark);
		read_marks(check, path, bytes, TEXT("data-rows=\""), read_rows);
		read_words(check, path, bytes);
	}
}

static struct text last_part(struct text name)
{
	size_t at = name.size;
	while (at && name.at[at - 1] != '/')
		at--;
	return text_slice(name, at, name.size);
}

/* What pages say of the parts must add up to what they say of the whole. */
static void add_up(struct crosscheck *check, const struct crosscheck_expected *figure, const struct reading *whole,
		   const char *parts)
{
	int64_t sum = 0;
	for (size_t i = 0; i < check->options->expected_count; i++) {
		struct text name = check->options->expected[i].name;
		if (!text_starts(name, parts) || !text_equal(last_part(name), last_part(figure->name)))
			continue;
		const struct reading *part = &check->readings[i];
		if (!part->mark_place.size && !part->rows_place.size && check->options->expected[i].value)
			return; /* not all parts are shown */
		sum += part->mark_place.size ? part->mark : part->rows;
	}
	check->summary->sums++;
	if (sum != whole->mark)
		differs(check,
		        (struct diag_args){ .a = whole->mark_place, .b = number_text(check, whole->mark),
		                            .c = figure->name,
						   .d = text_format(check->arena, "Σ %s", parts), .n = sum });
}

bool crosscheck_run(struct arena *arena, struct output *output, struct diag *diag,
		    const struct crosscheck_options *options,
		    struct crosscheck_summary *summary)
{
	struct crosscheck check = { .arena = arena, .diag = diag, .options = options, .summary = summary,
	                            .is_good = true };
	size_t count;
	const struct output_file *files = output_files(output, &count);
	*summary = (struct crosscheck_summary){ 0 };
	check.readings = ARENA_ARRAY(arena, struct reading, options->expected_count);
	check.list = crosscheck_list_new(arena, diag, options->entries, options->entry_count);
	for (size_t i = 0; i < options->expected_count; i++)
		map_add(&check.by_name, options->expected[i].name, (uint32_t)i);
	for (size_t i = 0; i < count; i++)
		read_file(&check, output, files[i].path);
	static const struct text reports[] = { TEXT_INIT(REPORT), TEXT_INIT(REPORT_PUBLIC) };
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
		if (output_keeps_same(output, reports[i]))
			read_file(&check, output, reports[i]);
	for (size_t i = 0; i < options->expected_count; i++) {
		const struct crosscheck_expected *figure = &options->expected[i];
		const struct reading *reading = &check.readings[i];
		if (reading->rows_place.size)
			compare(&check, figure, reading->rows_place, reading->rows);
		for (size_t j = 0;
		     reading->mark_place.size && j < sizeof figure->sums / sizeof *figure->sums && figure->sums[j]; j++)
			add_up(&check, figure, reading, figure->sums[j]);
	}
	map_clear(&check.by_name);
	crosscheck_list_clear(check.list);
	return check.is_good;
}
