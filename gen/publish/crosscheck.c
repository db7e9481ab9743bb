/* SPDX-License-Identifier: MIT */
#include "publish/crosscheck.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/formula.h"
#include "publish/crosscheck_pages.h"
#include "publish/crosscheck_report.h"
#include "publish/crosscheck_table.h"
#include "publish/crosscheck_words.h"
#include "publish/output.h"
#include "publish/tree.h"

/* What was read of one figure. */
struct crosscheck_reading {
	struct text mark_place; /* of the first mark; missing: none was seen */
	int64_t mark;           /* what it says */
	int64_t rows;           /* of all tables that say they hold it */
	struct text rows_place; /* the first of them; missing: none */
	int64_t counted;        /* rows of the download read now */
};

#define VERSIONS TREE_PUBLIC "versions/"

enum { PREFIXES_MOST = 200 }; /* bytes of a data-among */

static struct text number_text(struct crosscheck *check, int64_t number)
{
	return text_format(check->arena, "%lld", (long long)number);
}

static void compare(struct crosscheck *check, const struct crosscheck_expected *figure, struct text place,
		    int64_t number)
{
	if (number != figure->value)
		crosscheck_differs(check, (struct diag_args){ .a = place, .b = number_text(check, number),
		                                              .c = figure->name, .n = figure->value });
}

/* ---- pages ------------------------------------------------------------------------- */

static struct text place_in(struct crosscheck *check, struct text path, size_t offset)
{
	return text_format(check->arena, "%.*s@%zu", TEXT_ARGS(path), offset);
}

static void read_mark(struct crosscheck *check, size_t index, struct text place, struct text rest)
{
	struct crosscheck_reading *reading = &check->readings[index];
	struct text words = text_slice(rest, text_find(rest, TEXT(">")) + 1, 64);
	int64_t number;
	words = text_slice(words, 0, text_find(words, TEXT("<")));
	if (!crosscheck_number(words, &number)) {
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
	struct crosscheck_reading *reading = &check->readings[index];
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
			if (read == read_rows)
				crosscheck_pages_note(check->pages, path, at, *index);
			continue;
		}
		check->is_good = false;
		DIAG(check->diag, DIAG_CROSSCHECK_UNKNOWN, .a = place, .b = text_slice(name, 0, 60));
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
		crosscheck_words(check, place_in(check, path, at), prefixes, rest);
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

/* One entry of the download read now. */
static struct crosscheck_entry see_row(struct crosscheck *check, const struct crosscheck_row *row)
{
	static const char *const columns[CROSSCHECK_FIELDS] = { "企业名称", "类型", "级别", "设区市", "行业", "变化" };
	struct crosscheck_entry entry = { .is_withdrawn = text_is(crosscheck_cell_of(row, "状态"), "已撤销") };
	for (int field = 0; field < CROSSCHECK_FIELDS; field++)
		entry.of[field] = without_guard(crosscheck_cell_of(row, columns[field]));
	struct text platform = without_guard(crosscheck_cell_of(row, "平台名称"));
	if (platform.size)
		entry.of[CROSSCHECK_NAME] = text_format(check->arena, "%.*s（%.*s）",
							TEXT_ARGS(entry.of[CROSSCHECK_NAME]), TEXT_ARGS(platform));
	check->summary->entries++;
	if (check->list)
		check->is_good &= crosscheck_list_see(check->list, check->place, &entry, check->is_xml);
	return entry;
}

static void take_row(void *context, const struct crosscheck_row *row)
{
	see_row(context, row);
}

static void count_row(void *context, const struct crosscheck_row *row)
{
	struct crosscheck *check = context;
	const struct crosscheck_entry entry = see_row(check, row);
	if (entry.is_withdrawn)
		return;
	for (size_t i = 0; i < check->options->expected_count; i++) {
		const struct crosscheck_expected *figure = &check->options->expected[i];
		check->readings[i].counted += fits(figure->city, entry.of[CROSSCHECK_CITY]) &&
		                              fits(figure->track, entry.of[CROSSCHECK_TRACK]) &&
		                              fits(figure->label, entry.of[CROSSCHECK_LABEL]) &&
		                              fits(figure->movement, entry.of[CROSSCHECK_MOVEMENT]) &&
		                              fits(figure->industry, entry.of[CROSSCHECK_INDUSTRY]);
	}
}

/* Every row is an entry of the list of that day, and every entry a row. */
static void read_entries(struct crosscheck *check, size_t roll, const struct crosscheck_reader *reader,
			 struct text bytes)
{
	static const struct crosscheck_entry listed = { .is_withdrawn = false }, withdrawn = { .is_withdrawn = true };
	check->list = roll < check->options->roll_count ? check->lists[roll] : NULL;
	check->is_xml = text_ends(check->place, ".xlsx");
	if (check->list)
		crosscheck_list_begin(check->list);
	if (!crosscheck_table_read(reader, check->place, bytes)) {
		check->is_good = false;
		DIAG(check->diag, DIAG_CROSSCHECK_UNREADABLE, .a = check->place, .b = TEXT("…"));
		return;
	}
	if (!check->list)
		return;
	check->is_good &= crosscheck_list_end(check->list, check->place, &listed);
	check->is_good &= crosscheck_list_end(check->list, check->place, &withdrawn);
}

static void read_download(struct crosscheck *check, struct text path, struct text bytes)
{
	const struct crosscheck_reader reader = { .arena = check->arena, .take = count_row, .context = check };
	for (size_t i = 0; i < check->options->expected_count; i++)
		check->readings[i].counted = 0;
	check->place = path;
	read_entries(check, 0, &reader, bytes);
	for (size_t i = 0; i < check->options->expected_count; i++)
		if (!check->options->expected[i].is_of_enterprises) {
			compare(check, &check->options->expected[i], path, check->readings[i].counted);
			check->summary->downloads++;
		}
}

/* The list as it was on the day of a version: "public/versions/2021-11-30/listed.csv". */
static void read_version(struct crosscheck *check, struct text path, struct text bytes)
{
	const struct crosscheck_reader reader = { .arena = check->arena, .take = take_row, .context = check };
	struct text date = text_slice(path, strlen(VERSIONS), path.size);
	date = text_slice(date, 0, text_find(date, TEXT("/")));
	for (size_t i = 1; i < check->options->roll_count; i++)
		if (text_equal(check->options->rolls[i].date, date)) {
			check->place = path;
			read_entries(check, i, &reader, bytes);
		}
}

/* ---- the whole -------------------------------------------------------------------------- */

static void read_file(struct crosscheck *check, struct output *output, struct text path)
{
	static const char *const downloads[] = { TREE_DOWNLOADS "listed.csv", TREE_DOWNLOADS "listed.json",
	                                         TREE_DOWNLOADS "listed.xlsx" };
	struct text bytes;
	bool is_page = text_starts(path, TREE_PUBLIC) && text_ends(path, ".html"),
	     is_report = text_is(path, CROSSCHECK_REPORT) || text_is(path, CROSSCHECK_REPORT_PUBLIC);
	bool is_download = false;
	for (size_t i = 0; i < sizeof downloads / sizeof *downloads; i++)
		is_download |= text_is(path, downloads[i]);
	bool is_version = text_starts(path, VERSIONS) && text_ends(path, "/listed.csv");
	if (!is_page && !is_report && !is_download && !is_version)
		return;
	if (!output_map(output, path, &bytes)) {
		check->is_good = false;
		return;
	}
	if (is_download)
		read_download(check, path, bytes);
	if (is_version)
		read_version(check, path, bytes);
	if (is_report)
		crosscheck_report(check, path, bytes);
	if (is_page) {
		read_marks(check, path, bytes, TEXT("data-figure=\""), read_mark);
		read_marks(check, path, bytes, TEXT("data-rows=\""), read_rows);
		read_words(check, path, bytes);
		check->is_good &= crosscheck_pages_see(check->pages, path, bytes);
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
static void add_up(struct crosscheck *check, const struct crosscheck_expected *figure,
		   const struct crosscheck_reading *whole, const char *parts)
{
	int64_t sum = 0;
	for (size_t i = 0; i < check->options->expected_count; i++) {
		struct text name = check->options->expected[i].name;
		if (!text_starts(name, parts) || !text_equal(last_part(name), last_part(figure->name)))
			continue;
		const struct crosscheck_reading *part = &check->readings[i];
		if (!part->mark_place.size && !part->rows_place.size && check->options->expected[i].value)
			return; /* not all parts are shown */
		sum += part->mark_place.size ? part->mark : part->rows;
	}
	check->summary->sums++;
	if (sum != whole->mark)
		crosscheck_differs(check,
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
	struct crosscheck_pages pages = { .arena = arena, .diag = diag, .output = output, .options = options };
	size_t count;
	const struct output_file *files = output_files(output, &count);
	*summary = (struct crosscheck_summary){ 0 };
	check.readings = ARENA_ARRAY(arena, struct crosscheck_reading, options->expected_count);
	check.lists = ARENA_ARRAY(arena, struct crosscheck_list *, options->roll_count);
	pages.lists = check.lists;
	check.pages = &pages;
	for (size_t i = 0; i < options->roll_count; i++)
		check.lists[i] = crosscheck_list_new(arena, diag, options->rolls[i].entries, options->rolls[i].count);
	for (size_t i = 0; i < options->expected_count; i++)
		map_add(&check.by_name, options->expected[i].name, (uint32_t)i);
	crosscheck_pages_open(&pages);
	for (size_t i = 0; i < count; i++)
		read_file(&check, output, files[i].path);
	struct text kept[CROSSCHECK_EDITIONS];
	const size_t kept_count = crosscheck_editions_kept(output, kept);
	for (size_t i = 0; i < kept_count; i++)
		read_file(&check, output, kept[i]);
	for (size_t i = 0; i < options->expected_count; i++) {
		const struct crosscheck_expected *figure = &options->expected[i];
		const struct crosscheck_reading *reading = &check.readings[i];
		if (reading->rows_place.size)
			compare(&check, figure, reading->rows_place, reading->rows);
		for (size_t j = 0;
		     reading->mark_place.size && j < sizeof figure->sums / sizeof *figure->sums && figure->sums[j]; j++)
			add_up(&check, figure, reading, figure->sums[j]);
	}
	if (options->roll_count)
		check.is_good &= crosscheck_pages_read(&pages);
	summary->rows = pages.entries;
	crosscheck_pages_close(&pages);
	map_clear(&check.by_name);
	for (size_t i = 0; i < options->roll_count; i++)
		crosscheck_list_clear(check.lists[i]);
	return check.is_good;
}
