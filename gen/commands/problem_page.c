/* SPDX-License-Identifier: MIT */
#include "commands/problem_page.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "check/owner.h"
#include "model/model.h"

/* Nobody reads more at a glance; the rest opens. */
enum { PLACES_SHOWN = 3, GROUPS_SHOWN = 5 };

/* An entry with where it stands in the list: each number counts from 0 in the order of first appearance. */
struct row {
	const struct diag_entry *entry;
	uint32_t section, file, kind, group, index;
};

struct list {
	const struct problem_page *page;
	struct buf *body;
	struct arena *arena;
	struct row *rows;
	struct text *sections; /* their names */
	size_t *kept;          /* entries by group */
	size_t told;           /* complaints so far, those only counted included */
};

struct range {
	size_t start, end; /* of rows */
};

static bool is_chinese(const struct list *list)
{
	return list->page->language == LANGUAGE_CHINESE;
}

static const char *say(const struct list *list, const char *chinese, const char *english)
{
	return is_chinese(list) ? chinese : english;
}

static const char *const words[][3] = {
	[SEVERITY_NOTE] = { "note", "提示", "note" },
	[SEVERITY_WARNING] = { "warning", "警告", "warning" },
	[SEVERITY_ERROR] = { "error", "错误", "error" },
	[SEVERITY_WORLD] = { "error", "错误", "error" },
};

const char *problem_class(enum diag_kind kind)
{
	return words[diag_row(kind)->severity][0];
}

const char *problem_word(enum diag_kind kind, enum diag_language language)
{
	return words[diag_row(kind)->severity][1 + language];
}

/* ---- numbering ------------------------------------------------------------------------ */

static uint32_t number_of(struct list *list, struct map *numbers, struct text key, uint32_t *count)
{
	const uint32_t *found = map_find(numbers, key);
	if (found)
		return *found;
	map_add(numbers, text_copy(list->arena, key), *count);
	return (*count)++;
}

struct owned {
	struct owner owner;
	uint32_t number;
};

static int compare_owned(const void *left, const void *right)
{
	const struct owned *a = left, *b = right;
	if (a->owner.kind != b->owner.kind)
		return a->owner.kind < b->owner.kind ? -1 : 1;
	return text_compare(a->owner.code, b->owner.code);
}

/* The province first, then cities and agencies by their codes. */
static void sort_owners(struct list *list, struct owned *owned, size_t count)
{
	uint32_t *rank = ARENA_ARRAY(list->arena, uint32_t, count);
	qsort(owned, count, sizeof *owned, compare_owned);
	for (size_t i = 0; i < count; i++) {
		rank[owned[i].number] = (uint32_t)i;
		list->sections[i] = owned[i].owner.kind == OWNER_PROVINCE
			? text_from(say(list, "省级工作人员", "staff of the province")) : owned[i].owner.name;
	}
	for (size_t i = 0; i < list->page->count; i++)
		list->rows[i].section = rank[list->rows[i].section];
}

static void number_owners(struct list *list)
{
	struct map numbers = { 0 };
	uint32_t count = 0;
	struct owned *owned = ARENA_ARRAY(list->arena, struct owned, list->page->count);
	for (size_t i = 0; i < list->page->count; i++) {
		struct owner owner = list->page->owners[i];
		struct text key = text_format(list->arena, "%d %.*s", (int)owner.kind, TEXT_ARGS(owner.code));
		uint32_t before = count, number = number_of(list, &numbers, key, &count);
		if (count > before)
			owned[number] = (struct owned){ owner, number };
		list->rows[i].section = number;
	}
	sort_owners(list, owned, count);
	map_clear(&numbers);
}

static void number_rows(struct list *list)
{
	struct map files = { 0 };
	uint32_t file_count = 0, first_of_kind[DIAG_KINDS] = { 0 };
	const struct diag_entry *entries = list->page->entries;
	size_t groups = 0;
	for (size_t i = 0; i < list->page->count; i++)
		groups = entries[i].group >= groups ? entries[i].group + 1 : groups;
	uint32_t *first_of_group = ARENA_ARRAY(list->arena, uint32_t, groups);
	list->kept = ARENA_ARRAY(list->arena, size_t, groups);
	for (size_t i = 0; i < list->page->count; i++) {
		uint32_t index = (uint32_t)i, file = number_of(list, &files, entries[i].file, &file_count);
		if (!first_of_kind[entries[i].kind])
			first_of_kind[entries[i].kind] = 1 + index;
		if (list->kept[entries[i].group]++ == 0)
			first_of_group[entries[i].group] = index;
		list->rows[i] = (struct row){ &entries[i], file, file, first_of_kind[entries[i].kind],
					      first_of_group[entries[i].group], index };
		list->sections[file] = entries[i].file;
	}
	map_clear(&files);
}

static int compare_rows(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	const uint32_t numbers[][2] = { { a->section, b->section }, { a->file, b->file }, { a->kind, b->kind },
					{ a->group, b->group }, { a->index, b->index } };
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (numbers[i][0] != numbers[i][1])
			return numbers[i][0] < numbers[i][1] ? -1 : 1;
	return 0;
}

/* The rows from `start` on that agree with it down to a level: 0 section, 1 file, 2 kind, 3 group. */
static struct range alike(const struct list *list, size_t start, size_t end, int level)
{
	const struct row *first = &list->rows[start];
	size_t i = start;
	for (; i < end; i++) {
		const struct row *row = &list->rows[i];
		bool is_alike = row->section == first->section && (level < 1 || row->file == first->file) &&
				(level < 2 || row->kind == first->kind) && (level < 3 || row->group == first->group);
		if (!is_alike)
			break;
	}
	return (struct range){ start, i };
}

/* What is counted only belongs to those places of its group that are told, where all of them stand together. */
static size_t total_of(const struct list *list, struct range group)
{
	const struct diag_entry *entry = list->rows[group.start].entry;
	size_t count = group.end - group.start;
	return count == list->kept[entry->group] ? entry->group_count : count;
}

static size_t total_within(const struct list *list, struct range range)
{
	size_t total = 0;
	for (size_t at = range.start; at < range.end;) {
		struct range group = alike(list, at, range.end, 3);
		total += total_of(list, group);
		at = group.end;
	}
	return total;
}

/* ---- entries ----------------------------------------------------------------------------- */

static struct text firm_of(const struct problem_page *page, const struct diag_entry *entry)
{
	int32_t blamed = entry->args->participation;
	if (entry->enterprise.size || !page->model || blamed <= 0 || (size_t)blamed > page->model->participation_count)
		return entry->enterprise;
	return page->model->enterprises[page->model->participations[blamed - 1].enterprise].name;
}

static void write_span(struct buf *body, const char *class, struct text text)
{
	if (!text.size)
		return;
	buf_format(body, " <span class=\"%s\">", class);
	buf_html(body, text);
	buf_string(body, "</span>");
}

void problem_place_write(const struct problem_page *page, const struct diag_entry *entry, struct buf *body)
{
	const char *whole = page->language == LANGUAGE_CHINESE ? "整个文件" : "the file";
	buf_string(body, "<b class=\"spot\">");
	buf_html(body, entry->spot.size ? entry->spot : text_from(whole));
	buf_string(body, "</b>");
	write_span(body, "heading", entry->heading);
	write_span(body, "firm", firm_of(page, entry));
}

static void write_offending(const struct list *list, const struct diag_entry *entry)
{
	if (!entry->offending.size)
		return;
	buf_format(list->body, " <span class=\"offending\">%s<q>", say(list, "原文", "text "));
	buf_html(list->body, entry->offending);
	buf_string(list->body, "</q></span>");
}

static void write_places(const struct list *list, struct range range)
{
	buf_string(list->body, "<ul class=\"places\">\n");
	for (size_t i = range.start; i < range.end; i++) {
		const struct diag_entry *entry = list->rows[i].entry;
		buf_string(list->body, "<li>");
		problem_place_write(list->page, entry, list->body);
		write_offending(list, entry);
		buf_string(list->body, "</li>\n");
	}
	buf_string(list->body, "</ul>\n");
}

/* The key tells the script which were open when the page is loaded again. */
static void open_details(const struct list *list, const char *code, const char *part, struct text summary)
{
	buf_format(list->body, "<details data-key=\"%s %s\"><summary>%.*s</summary>\n", code, part, TEXT_ARGS(summary));
}

static void write_words(const struct list *list, const char *label, struct text text)
{
	if (!text.size)
		return;
	buf_format(list->body, "<p class=\"remedy\"><b>%s</b>", label);
	buf_html(list->body, text);
	buf_string(list->body, "</p>\n");
}

static void write_group(const struct list *list, struct range group, bool has_own_remedy)
{
	const struct diag_entry *entry = list->rows[group.start].entry;
	size_t total = total_of(list, group), shown = group.start + PLACES_SHOWN;
	if (shown > group.end)
		shown = group.end;
	buf_string(list->body, "<div class=\"said\"><p class=\"message\">");
	buf_html(list->body, entry->message);
	if (total > 1)
		buf_format(list->body, is_chinese(list) ? " <span class=\"soft\">共 %zu 处</span>"
							: " <span class=\"soft\">%zu places</span>", total);
	buf_string(list->body, "</p>\n");
	write_places(list, (struct range){ group.start, shown });
	if (shown < group.end) {
		struct text rest = text_format(list->arena, is_chinese(list) ? "其余 %zu 处" : "the other %zu",
					       total - PLACES_SHOWN);
		open_details(list, diag_row(entry->kind)->code, "places", rest);
		write_places(list, (struct range){ shown, group.end });
		if (total > group.end - group.start)
			buf_format(list->body, is_chinese(list) ? "<p>另有 %zu 处只计了数。</p>\n"
								: "<p>%zu more are only counted.</p>\n",
				   total - (group.end - group.start));
		buf_string(list->body, "</details>\n");
	}
	if (has_own_remedy)
		write_words(list, say(list, "处理", "what to do"), entry->remedy);
	buf_string(list->body, "</div>\n");
}

/* The rule at length, where there is more to say than the message says. */
static void write_rule(const struct list *list, enum diag_kind kind)
{
	const char *rule = diag_words(kind, list->page->language);
	if (!rule)
		return;
	open_details(list, diag_row(kind)->code, "rule", text_from(say(list, "规则说明", "the rule")));
	buf_string(list->body, "<p class=\"rule\">");
	buf_html(list->body, text_from(rule));
	buf_string(list->body, "</p></details>\n");
}

static bool has_one_remedy(const struct list *list, struct range kind)
{
	for (size_t i = kind.start + 1; i < kind.end; i++)
		if (!text_equal(list->rows[i].entry->remedy, list->rows[kind.start].entry->remedy))
			return false;
	return true;
}

static size_t count_groups(const struct list *list, struct range kind)
{
	size_t count = 0;
	for (size_t at = kind.start; at < kind.end; count++)
		at = alike(list, at, kind.end, 3).end;
	return count;
}

static void write_groups(const struct list *list, struct range kind, bool has_own_remedy)
{
	const char *code = diag_row(list->rows[kind.start].entry->kind)->code;
	size_t groups = count_groups(list, kind), number = 0;
	for (size_t at = kind.start; at < kind.end; number++) {
		struct range group = alike(list, at, kind.end, 3);
		if (number == GROUPS_SHOWN)
			open_details(list, code, "groups", text_format(list->arena, is_chinese(list)
				? "同类的另外 %zu 项" : "%zu more of this kind", groups - GROUPS_SHOWN));
		write_group(list, group, has_own_remedy);
		at = group.end;
	}
	if (groups > GROUPS_SHOWN)
		buf_string(list->body, "</details>\n");
}

static void write_kind(struct list *list, struct range kind, int heading)
{
	const struct diag_entry *entry = list->rows[kind.start].entry;
	size_t total = total_within(list, kind);
	bool is_one = has_one_remedy(list, kind);
	list->told += total;
	buf_format(list->body, "<article class=\"problem %s\"><h%d><span class=\"severity\">%s</span> ",
		   problem_class(entry->kind), heading, problem_word(entry->kind, list->page->language));
	buf_format(list->body, "<span class=\"soft\">%zu%s</span>", total, say(list, " 处", ""));
	buf_format(list->body, " <code>%s</code></h%d>\n", diag_row(entry->kind)->code, heading);
	write_groups(list, kind, !is_one);
	if (is_one)
		write_words(list, say(list, "处理", "what to do"), entry->remedy);
	write_rule(list, entry->kind);
	buf_string(list->body, "</article>\n");
}

/* ---- sections -------------------------------------------------------------------------------- */

static struct text name_of_file(const struct list *list, struct text file)
{
	return file.size ? file : text_from(say(list, "没有具体位置", "no place"));
}

/* "2 错误　5 警告" */
static void write_counts(const struct list *list, struct range range)
{
	size_t counts[SEVERITY_WORLD + 1] = { 0 };
	for (size_t at = range.start; at < range.end;) {
		struct range group = alike(list, at, range.end, 3);
		enum diag_severity severity = diag_row(list->rows[at].entry->kind)->severity;
		counts[severity == SEVERITY_WORLD ? SEVERITY_ERROR : severity] += total_of(list, group);
		at = group.end;
	}
	buf_string(list->body, " <span class=\"counts\">");
	for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--)
		if (counts[severity])
			buf_format(list->body, "<span class=\"%s\">%zu %s</span> ", words[severity][0],
				   counts[severity], words[severity][1 + list->page->language]);
	buf_string(list->body, "</span>");
}

static void write_file(struct list *list, struct range file)
{
	bool is_by_owner = list->page->owners != NULL;
	if (is_by_owner) {
		buf_string(list->body, "<h3>");
		buf_html(list->body, name_of_file(list, list->rows[file.start].entry->file));
		buf_string(list->body, "</h3>\n");
	}
	for (size_t at = file.start; at < file.end;) {
		struct range kind = alike(list, at, file.end, 2);
		write_kind(list, kind, is_by_owner ? 4 : 3);
		at = kind.end;
	}
}

static void write_section_name(const struct list *list, struct range section)
{
	struct text name = list->sections[list->rows[section.start].section];
	buf_html(list->body, list->page->owners ? name : name_of_file(list, name));
}

static void write_contents(const struct list *list)
{
	buf_format(list->body, "<nav class=\"contents\" aria-label=\"%s\"><ul>\n", say(list, "目录", "contents"));
	for (size_t at = 0; at < list->page->count;) {
		struct range section = alike(list, at, list->page->count, 0);
		buf_format(list->body, "<li><a href=\"#%s%u\">", list->page->prefix, list->rows[at].section);
		write_section_name(list, section);
		buf_string(list->body, "</a>");
		write_counts(list, section);
		buf_string(list->body, "</li>\n");
		at = section.end;
	}
	buf_string(list->body, "</ul></nav>\n");
}

static void write_section(struct list *list, struct range section)
{
	buf_format(list->body, "<section class=\"problems\" id=\"%s%u\"><h2>", list->page->prefix,
		   list->rows[section.start].section);
	write_section_name(list, section);
	write_counts(list, section);
	buf_string(list->body, "</h2>\n");
	for (size_t at = section.start; at < section.end;) {
		struct range file = alike(list, at, section.end, 1);
		write_file(list, file);
		at = file.end;
	}
	buf_string(list->body, "</section>\n");
}

void problem_page_write(const struct problem_page *page, struct buf *body)
{
	if (!page->count)
		return;
	struct list list = { .page = page, .body = body, .arena = arena_new() };
	list.rows = ARENA_ARRAY(list.arena, struct row, page->count);
	list.sections = ARENA_ARRAY(list.arena, struct text, page->count);
	number_rows(&list);
	if (page->owners)
		number_owners(&list);
	qsort(list.rows, page->count, sizeof *list.rows, compare_rows);
	write_contents(&list);
	for (size_t at = 0; at < page->count;) {
		struct range section = alike(&list, at, page->count, 0);
		write_section(&list, section);
		at = section.end;
	}
	if (page->total > list.told)
		buf_format(body, is_chinese(&list) ? "<p>另有 %zu 处只计了数，没有逐处列出。</p>\n"
						   : "<p>%zu more are counted, but not listed.</p>\n",
			   page->total - list.told);
	arena_free(list.arena);
}
