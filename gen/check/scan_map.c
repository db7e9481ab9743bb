/* SPDX-License-Identifier: MIT */
#include "check/scan_map.h"

#include "base/arena.h"
#include "check/sheet.h"

static bool is_same(char a, char b)
{
	bool is_letter = (a >= 'a' && a <= 'z') || (a >= 'A' && a <= 'Z');
	return a == b || (is_letter && (a ^ b) == 0x20);
}

bool scan_map_matches(struct text pattern, struct text text)
{
	size_t at = 0, star = SIZE_MAX, behind = 0, i = 0;
	while (i < text.size) {
		if (at < pattern.size && pattern.at[at] == '*') {
			star = at++;
			behind = i;
		} else if (at < pattern.size && is_same(pattern.at[at], text.at[i])) {
			at++;
			i++;
		} else if (star != SIZE_MAX) { /* the last star takes one more */
			at = star + 1;
			i = ++behind;
		} else {
			return false;
		}
	}
	while (at < pattern.size && pattern.at[at] == '*')
		at++;
	return at == pattern.size;
}

static bool contains(struct text name, struct text part)
{
	for (size_t i = 0; i + part.size <= name.size; i++)
		if (scan_map_matches(part, text_slice(name, i, part.size)))
			return true;
	return false;
}

bool scan_map_has_source(const struct scan_map *row, const struct text *names, size_t count)
{
	bool has_star = row->source.size && memchr(row->source.at, '*', row->source.size);
	if (!row->source.size)
		return true;
	for (size_t i = 0; i < count; i++)
		if (has_star ? scan_map_matches(row->source, names[i]) : contains(names[i], row->source))
			return true;
	return false;
}

void scan_map_read(struct check *check)
{
	struct sheet sheet;
	struct record record;
	LIST(struct scan_map) list = { 0 };
	if (!sheet_open(&sheet, check, ENTITY_SCAN_MAP, false))
		return;
	while (sheet_next(&sheet, &record)) {
		struct scan_map row = { .place = record.place };
		field_fill(check, &record, &row);
		if (row.rule.size == 0 || row.item < 0)
			continue;
		struct text key = text_format(check->reader.arena, "%d %d %.*s\x1F%.*s", row.track, row.item,
			TEXT_ARGS(row.rule),
					      TEXT_ARGS(row.source));
		uint32_t found = map_add(&sheet.by_key, key, (uint32_t)list.count);
		if (found < list.count)
			sheet_report_twice(check, true, row.place, list.at[found].place);
		else
			LIST_PUSH(&list, row);
	}
	sheet_close(&sheet);
	check->model->scan_map = LIST_SETTLE(check->reader.arena, &list);
	check->model->scan_map_count = list.count;
	LIST_FREE(&list);
	problems_report_merged(check);
}
