/* SPDX-License-Identifier: MIT */
#include "check/holidays.h"

#include "base/arena.h"
#include "check/sheet.h"

enum { DAYS_MOST = 4096 }; /* some thirty a year */

static const struct holiday *find_day(const struct check *check, struct date date)
{
	for (size_t i = 0; i < check->holiday_count; i++)
		if (date_compare(check->holidays[i].date, date) == 0)
			return &check->holidays[i];
	return NULL;
}

static void take_day(struct check *check, const struct record *record)
{
	struct holiday row = { .place = record->place };
	size_t since = check->problems.count;
	field_fill(check, record, &row);
	const struct holiday *before = date_is_missing(row.date) ? NULL : find_day(check, row.date);
	if (before)
		sheet_report_twice(check, sheet_equal(record->entity, &row, before), row.place, before->place);
	else if (!date_is_missing(row.date) && row.kind != MISSING && check->holiday_count < DAYS_MOST)
		check->holidays[check->holiday_count++] = row;
	problems_blame(check, since, BLAME_LEFT_OUT, 0);
}

void holidays_read(struct check *check)
{
	struct sheet sheet;
	struct record record;
	if (!sheet_open_list(&sheet, check, ENTITY_HOLIDAY, false))
		return;
	check->holidays = ARENA_ARRAY(check->reader.arena, struct holiday, DAYS_MOST);
	while (sheet_next(&sheet, &record))
		take_day(check, &record);
	sheet_close(&sheet);
	problems_report_merged(check);
}

static bool is_arranged(const struct check *check, int year)
{
	for (size_t i = 0; i < check->holiday_count; i++)
		if (check->holidays[i].date.year == year)
			return true;
	return false;
}

struct text holidays_name(const struct check *check, struct date date)
{
	if (date_is_missing(date) || !is_arranged(check, date.year))
		return NO_TEXT;
	const struct holiday *row = find_day(check, date);
	if (row && row->kind == HOLIDAY_WORK)
		return NO_TEXT;
	if (row)
		return row->name.size ? row->name : TEXT("节假日");
	int32_t day = (date_days(date) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
	if (day == 2)
		return TEXT("星期六");
	return day == 3 ? TEXT("星期日") : NO_TEXT;
}
