/* SPDX-License-Identifier: MIT */
#include "publish/crosscheck_pages.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "publish/crosscheck.h"
#include "publish/output.h"
#include "publish/tree.h"

/* A table on a page: where, and what it says it holds. */
struct table_place {
	struct text path;
	size_t offset;
	uint32_t figure;
};

static const struct text mark = TEXT_INIT("data-rows=\"");

/* What stands behind the attribute that begins at or behind *at, which is moved there; false: there is none. */
static bool next_mark(struct text page, struct text attribute, size_t *at, struct text *value)
{
	*at += text_find(text_slice(page, *at, page.size), attribute);
	if (*at >= page.size)
		return false;
	*at += attribute.size;
	struct text rest = text_slice(page, *at, page.size);
	*value = text_slice(rest, 0, text_find(rest, TEXT("\"")));
	return true;
}

/* The first words of an element, whatever elements they stand in; of a level without its stars and its name. */
static struct text words_of(struct text element)
{
	static const struct text level = TEXT_INIT("class=\"level\"");
	size_t at = text_find(element, level);
	element = at < element.size ? text_slice(element, at, element.size) : element;
	struct text words = NO_TEXT;
	while (element.size && !words.size) {
		element = text_slice(element, text_find(element, TEXT(">")) + 1, element.size);
		words = text_trim(text_slice(element, 0, text_find(element, TEXT("<"))));
	}
	return words.size ? words : TEXT("");
}

/* ---- tables ------------------------------------------------------------------------- */

enum { COLUMNS_MOST = 24, COLUMN_STATE = CROSSCHECK_FIELDS, COLUMN_TRACKS, COLUMN_OTHER = -1 };

/* What the columns tell: a field, the state, or COLUMN_TRACKS and more: the level in that track. */
struct head {
	int columns[COLUMNS_MOST];
	size_t count;
};

/* The cell at or behind *at, from its tag to its end. */
static bool next_cell(struct text row, size_t *at, struct text *cell)
{
	for (size_t i = *at; i + 3 < row.size; i++) {
		struct text tag = text_slice(row, i, 3);
		if (!text_is(tag, "<td") && (!text_is(tag, "<th") || row.at[i + 3] == 'e'))
			continue;
		struct text rest = text_slice(row, i, row.size);
		*cell = text_slice(rest, 0, text_find(rest, TEXT("</t")));
		*at = i + cell->size;
		return true;
	}
	return false;
}

static int column_of(const struct crosscheck_options *options, struct text words)
{
	static const struct {
		const char *word;
		int column;
	} known[] = {
		{ "企业名称", CROSSCHECK_NAME }, { "类型", CROSSCHECK_TRACK }, { "级别", CROSSCHECK_LABEL },
		{ "设区市", CROSSCHECK_CITY }, { "行业", CROSSCHECK_INDUSTRY }, { "变化", CROSSCHECK_MOVEMENT },
		{ "状态", COLUMN_STATE },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (text_is(words, known[i].word))
			return known[i].column;
	for (size_t i = 0; i < options->track_count; i++)
		if (text_equal(words, options->tracks[i]))
			return COLUMN_TRACKS + (int)i;
	return COLUMN_OTHER;
}

static struct head read_head(const struct crosscheck_options *options, struct text row)
{
	struct head head = { .count = 0 };
	struct text cell;
	for (size_t at = 0; head.count < COLUMNS_MOST && next_cell(row, &at, &cell);)
		head.columns[head.count++] = column_of(options, words_of(cell));
	return head;
}

/* What all rows tell that the table of a figure has, in no column. */
static struct crosscheck_entry entry_of(const struct crosscheck_options *options,
					const struct crosscheck_expected *figure)
{
	struct crosscheck_entry entry = { .is_withdrawn = false };
	entry.of[CROSSCHECK_TRACK] = options->track_count == 1 ? options->tracks[0] : figure->track;
	entry.of[CROSSCHECK_LABEL] = figure->label;
	entry.of[CROSSCHECK_CITY] = figure->city;
	entry.of[CROSSCHECK_INDUSTRY] = figure->industry;
	entry.of[CROSSCHECK_MOVEMENT] = figure->movement;
	return entry;
}

struct reading {
	struct crosscheck_pages *pages;
	struct crosscheck_list *list;
	struct text place;
	struct head head;
	struct crosscheck_entry common; /* of all rows, or of the group */
	bool is_vague;                  /* a table does not tell who of which track stands there: only its rows count */
};

static bool tells_entries(const struct reading *reading)
{
	bool has_name = false, has_track = reading->common.of[CROSSCHECK_TRACK].at != NULL;
	for (size_t i = 0; i < reading->head.count; i++) {
		has_name |= reading->head.columns[i] == CROSSCHECK_NAME;
		has_track |= reading->head.columns[i] == CROSSCHECK_TRACK || reading->head.columns[i] >= COLUMN_TRACKS;
	}
	return has_name && has_track;
}

static bool see(struct reading *reading, const struct crosscheck_entry *entry)
{
	reading->pages->entries++;
	return crosscheck_list_see(reading->list, reading->place, entry, true);
}

/* "平台（示例云平台）": what stands before the bracket; the entry is called by what stands in it, too. */
static struct text take_platform(struct reading *reading, struct text words, struct crosscheck_entry *entry)
{
	size_t at = text_find(words, TEXT("（"));
	if (at < words.size)
		entry->of[CROSSCHECK_NAME] = text_format(reading->pages->arena, "%.*s%.*s",
							 TEXT_ARGS(entry->of[CROSSCHECK_NAME]),
							 TEXT_ARGS(text_slice(words, at, words.size)));
	return text_slice(words, 0, at);
}

/* "基本级", or of an enterprise that the list has with several platforms "基本级（示例云平台）、增强级（示例链平台）". */
static bool see_levels(struct reading *reading, struct crosscheck_entry entry)
{
	const struct text name = entry.of[CROSSCHECK_NAME], end = TEXT("）、");
	struct text words = entry.of[CROSSCHECK_LABEL];
	bool is_good = true;
	if (!words.size || text_find(words, TEXT("（")) == words.size || crosscheck_list_has(reading->list, &entry))
		return see(reading, &entry);
	while (words.size) {
		size_t at = text_find(words, end), size = at < words.size ? at + strlen("）") : words.size;
		entry.of[CROSSCHECK_NAME] = name;
		entry.of[CROSSCHECK_LABEL] = take_platform(reading, text_slice(words, 0, size), &entry);
		is_good &= see(reading, &entry);
		words = text_slice(words, at < words.size ? at + end.size : words.size, words.size);
	}
	return is_good;
}

static bool read_row(struct reading *reading, struct text row)
{
	const struct crosscheck_options *options = reading->pages->options;
	struct crosscheck_entry entry = reading->common;
	struct text cell, levels[COLUMNS_MOST] = { NO_TEXT };
	bool is_good = true, is_of_tracks = false;
	size_t column = 0;
	for (size_t at = 0; column < reading->head.count && next_cell(row, &at, &cell); column++) {
		int kind = reading->head.columns[column];
		struct text words = kind == COLUMN_OTHER ? NO_TEXT : words_of(cell);
		is_of_tracks |= kind >= COLUMN_TRACKS;
		if (kind >= COLUMN_TRACKS)
			levels[column] = words;
		else if (kind == COLUMN_STATE)
			entry.is_withdrawn = text_starts(words, "已撤销");
		else if (kind != COLUMN_OTHER)
			entry.of[kind] = words;
	}
	if (!is_of_tracks)
		return see_levels(reading, entry);
	for (size_t i = 0; i < column; i++) {
		if (!levels[i].size)
			continue;
		entry.of[CROSSCHECK_TRACK] = options->tracks[reading->head.columns[i] - COLUMN_TRACKS];
		entry.of[CROSSCHECK_LABEL] = levels[i];
		is_good &= see_levels(reading, entry);
	}
	return is_good;
}

/* <th scope="rowgroup" id="ics-2">: the rows below are of that level. */
static void read_group(struct reading *reading, struct text row)
{
	const struct crosscheck_options *options = reading->pages->options;
	struct text id;
	size_t at = 0;
	if (!next_mark(row, TEXT("id=\""), &at, &id))
		return;
	for (size_t i = 0; i < options->expected_count; i++) {
		struct text name = options->expected[i].name;
		if (text_starts(name, "level/") && text_equal(text_slice(name, 6, id.size), id) &&
		    text_is(text_slice(name, 6 + id.size, name.size), "/listed"))
			reading->common.of[CROSSCHECK_LABEL] = options->expected[i].label;
	}
}

static bool read_table(struct reading *reading, struct text table)
{
	bool is_good = true, has_head = false;
	for (size_t at = 0; (at += text_find(text_slice(table, at, table.size), TEXT("<tr"))) < table.size;) {
		struct text row = text_slice(table, at, table.size);
		row = text_slice(row, 0, text_find(row, TEXT("</tr>")));
		at += row.size;
		if (!has_head) {
			reading->head = read_head(reading->pages->options, row);
			reading->is_vague |= !tells_entries(reading);
		} else if (reading->is_vague) {
			break;
		} else if (text_contains(row, TEXT("scope=\"rowgroup\""))) {
			read_group(reading, row);
		} else if (text_contains(row, TEXT("scope=\"row\""))) {
			is_good &= read_row(reading, row);
		}
		has_head = true;
	}
	return is_good;
}

/* ---- figures with tables --------------------------------------------------------------- */

void crosscheck_pages_note(struct crosscheck_pages *pages, struct text path, size_t offset, uint32_t figure)
{
	struct table_places *places = &pages->tables;
	if (places->count == places->capacity) {
		size_t capacity = 2 * places->capacity + 64;
		struct table_place *at = ARENA_ARRAY(pages->arena, struct table_place, capacity);
		if (places->count)
			memcpy(at, places->at, places->count * sizeof *at);
		places->at = at;
		places->capacity = capacity;
	}
	places->at[places->count++] = (struct table_place){ path, offset, figure };
}

static bool is_page(struct text path)
{
	return text_starts(path, TREE_PUBLIC) && text_ends(path, ".html");
}

static int compare_places(const void *left, const void *right)
{
	const struct table_place *a = left, *b = right;
	int order = (a->figure > b->figure) - (a->figure < b->figure);
	if (!order)
		order = text_compare(a->path, b->path);
	return order ? order : (a->offset > b->offset) - (a->offset < b->offset);
}

static bool read_figure(struct crosscheck_pages *pages, const struct table_place *places, size_t count)
{
	const struct crosscheck_expected *figure = &pages->options->expected[places->figure];
	struct crosscheck_list *list = pages->lists[figure->roll];
	bool is_good = true;
	crosscheck_list_begin(list);
	for (size_t i = 0; i < count; i++) {
		struct text page;
		if (!output_map(pages->output, places[i].path, &page))
			return false;
		struct text table = text_slice(page, places[i].offset, page.size);
		table = text_slice(table, 0, text_find(table, mark)); /* whatever a template forgets to close */
		table = text_slice(table, 0, text_find(table, TEXT("</table>")));
		struct reading reading = { .pages = pages, .list = list, .common = entry_of(pages->options, figure),
		                           .place = text_format(pages->arena, "%.*s@%zu", TEXT_ARGS(places[i].path),
		                                                places[i].offset) };
		is_good &= read_table(&reading, table);
		if (reading.is_vague)
			return is_good;
	}
	struct crosscheck_entry all = entry_of(pages->options, figure);
	struct text place = text_format(pages->arena, "%.*s…[%.*s]", TEXT_ARGS(places->path), TEXT_ARGS(figure->name));
	is_good &= crosscheck_list_end(list, count > 1 ? place : places->path, &all);
	all.is_withdrawn = true;
	return (!figure->roll || crosscheck_list_end(list, place, &all)) && is_good;
}

/* Are they the same but for what stands between the first and the last '/': city/320100/listed, city/320500/listed? */
static bool are_alike(struct text a, struct text b)
{
	size_t ends[2] = { a.size, b.size }, heads[2] = { text_find(a, TEXT("/")), text_find(b, TEXT("/")) };
	while (ends[0] && a.at[ends[0] - 1] != '/')
		ends[0]--;
	while (ends[1] && b.at[ends[1] - 1] != '/')
		ends[1]--;
	return text_equal(text_slice(a, 0, heads[0]), text_slice(b, 0, heads[1])) &&
	       text_equal(text_slice(a, ends[0], a.size), text_slice(b, ends[1], b.size));
}

/* Where one city has its table, all have that are not empty. */
static bool report_missing(struct crosscheck_pages *pages, const struct table_places *places)
{
	const struct crosscheck_options *options = pages->options;
	const struct table_place *family = NULL, *place = places->at;
	bool is_good = true;
	for (size_t i = 0; i < options->expected_count; i++) {
		const struct crosscheck_expected *figure = &options->expected[i];
		while (place < places->at + places->count && place->figure < i)
			place++;
		bool has_table = place < places->at + places->count && place->figure == i;
		family = NULL;
		for (size_t j = 0; j < places->count && !has_table && figure->value && !family; j++)
			if (are_alike(options->expected[places->at[j].figure].name, figure->name))
				family = &places->at[j];
		if (!family)
			continue;
		is_good = false;
		DIAG(pages->diag, DIAG_CROSSCHECK_DIFFERS, .a = family->path, .b = TEXT("0"), .c = figure->name,
		     .d = TEXT("评定结果 (decisions)"), .n = figure->value);
	}
	return is_good;
}

static bool read_tables(struct crosscheck_pages *pages)
{
	struct table_places *places = &pages->tables;
	bool is_good = true;
	if (!places->count)
		return true;
	qsort(places->at, places->count, sizeof *places->at, compare_places);
	for (size_t first = 0, end; first < places->count; first = end) {
		for (end = first; end < places->count && places->at[end].figure == places->at[first].figure;)
			end++;
		is_good &= read_figure(pages, places->at + first, end - first);
	}
	return report_missing(pages, places) && is_good;
}

/* ---- pages of enterprises ---------------------------------------------------------------- */

static struct text element_behind(struct text page, const char *what)
{
	size_t at = text_find(page, text_from(what));
	return at < page.size ? words_of(text_slice(page, at, page.size)) : NO_TEXT;
}

static bool is_track(const struct reading *reading, struct text words)
{
	const struct crosscheck_options *options = reading->pages->options;
	for (size_t i = 0; i < options->track_count; i++)
		if (text_equal(options->tracks[i], words))
			return true;
	return false;
}

/* The entries of one page that are marked so; false after reporting. */
static bool read_entries(struct reading *reading, struct text page, struct text attribute, const char *end)
{
	static const struct text withdrawn = TEXT_INIT("（已撤销）");
	struct text track;
	bool is_good = true;
	for (size_t at = 0; next_mark(page, attribute, &at, &track);) {
		struct text element = text_slice(page, at, page.size);
		element = text_slice(element, 0, text_find(element, attribute));
		element = text_slice(element, 0, text_find(element, text_from(end)));
		struct crosscheck_entry entry = reading->common;
		struct text label = element_behind(element, "data-field=\"label\"");
		entry.of[CROSSCHECK_TRACK] = is_track(reading, track) ? track : take_platform(reading, track, &entry);
		entry.is_withdrawn = text_ends(label, withdrawn.at);
		label.size -= entry.is_withdrawn ? withdrawn.size : 0;
		entry.of[CROSSCHECK_LABEL] = label;
		entry.of[CROSSCHECK_MOVEMENT] = element_behind(element, "data-field=\"movement\"");
		is_good &= see(reading, &entry);
	}
	return is_good;
}

static const struct {
	struct text attribute;
	const char *end;
	bool has_withdrawn;
} firm_marks[CROSSCHECK_FIRM_MARKS] = {
	{ TEXT_INIT("data-entry=\""), "</section>", false }, { TEXT_INIT("data-record=\""), "</tr>", true },
};

static const char firm_folder[] = TREE_PUBLIC "enterprises/";

void crosscheck_pages_open(struct crosscheck_pages *pages)
{
	const struct crosscheck_options *options = pages->options;
	for (size_t i = 0; options->roll_count && i < CROSSCHECK_FIRM_MARKS; i++) {
		const struct crosscheck_roll *roll = &options->rolls[0];
		struct crosscheck_firms *firms = &pages->firms[i];
		firms->list = crosscheck_list_new(pages->arena, pages->diag, roll->entries, roll->count);
		crosscheck_list_begin(firms->list);
	}
}

bool crosscheck_pages_see(struct crosscheck_pages *pages, struct text path, struct text page)
{
	bool is_good = true;
	if (!pages->firms[0].list || !text_starts(path, firm_folder) || !is_page(path))
		return true;
	struct reading reading = { .pages = pages, .place = path };
	reading.common.of[CROSSCHECK_NAME] = element_behind(page, "<h1");
	reading.common.of[CROSSCHECK_CITY] = element_behind(page, "data-field=\"city\"");
	reading.common.of[CROSSCHECK_INDUSTRY] = element_behind(page, "data-field=\"industry\"");
	for (size_t i = 0; i < CROSSCHECK_FIRM_MARKS; i++) {
		const uint64_t before = pages->entries;
		reading.list = pages->firms[i].list;
		is_good &= read_entries(&reading, page, firm_marks[i].attribute, firm_marks[i].end);
		pages->firms[i].entries += pages->entries - before;
	}
	return is_good;
}

/* What no page of an enterprise has; a site without such pages need not have them. */
static bool end_firms(struct crosscheck_pages *pages)
{
	const struct text folder = text_from(firm_folder);
	bool is_good = true;
	for (size_t i = 0; i < CROSSCHECK_FIRM_MARKS; i++) {
		struct crosscheck_entry all = { .is_withdrawn = false };
		struct crosscheck_firms *firms = &pages->firms[i];
		if (!firms->entries)
			continue;
		is_good &= crosscheck_list_end(firms->list, folder, &all);
		all.is_withdrawn = true;
		is_good &= !firm_marks[i].has_withdrawn || crosscheck_list_end(firms->list, folder, &all);
	}
	return is_good;
}

bool crosscheck_pages_read(struct crosscheck_pages *pages)
{
	bool is_good = read_tables(pages);
	return end_firms(pages) && is_good;
}

void crosscheck_pages_close(struct crosscheck_pages *pages)
{
	for (size_t i = 0; i < CROSSCHECK_FIRM_MARKS; i++)
		if (pages->firms[i].list)
			crosscheck_list_clear(pages->firms[i].list);
}
