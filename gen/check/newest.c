/* SPDX-License-Identifier: MIT */
#include "check/newest.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/fold.h"
#include "base/utf8.h"

enum { YEAR_DIGITS = 4, YEAR_FIRST = 1900, YEAR_LAST = 2199 };

/* The year that a name begins with, full-width digits included; 0: none.  *is_all: it is nothing else. */
static int64_t year_of(struct text name, bool *is_all)
{
	int64_t year = 0;
	size_t at = 0;
	for (int i = 0; i <= YEAR_DIGITS; i++) {
		const size_t start = at;
		const uint32_t sign = at < name.size ? fold_character(utf8_next(name, &at)) : 0;
		const bool is_digit = sign >= '0' && sign <= '9';
		if (is_digit != (i < YEAR_DIGITS))
			return 0;
		if (is_digit)
			year = year * 10 + (int64_t)(sign - '0');
		else
			*is_all = start == YEAR_DIGITS && start == name.size;
	}
	return year >= YEAR_FIRST && year <= YEAR_LAST ? year : 0;
}

static bool has_tables(struct arena *arena, const char *folder)
{
	return input_has_table(arena, folder, "enterprises.csv") ||
	       input_has_table(arena, folder, "participations.csv");
}

/* What lies in the data. */
struct found {
	int64_t year;    /* the newest under a proper name */
	int64_t other;   /* the newest under another */
	struct text name; /* of that */
};

static void see(struct arena *arena, const char *data, struct text name, struct found *found)
{
	bool is_all = false;
	const char *folder = file_join(arena, data, name);
	const int64_t year = year_of(name, &is_all);
	if (!year || year < (is_all ? found->year : found->other))
		return;
	if (!input_exists(file_join(arena, folder, TEXT("campaign.xml"))) && !has_tables(arena, folder))
		return;
	if (is_all) {
		found->year = year;
		return;
	}
	found->other = year;
	found->name = name;
}

int64_t newest_year(const struct reader *reader, const char *data)
{
	struct text *names;
	size_t count;
	struct found found = { 0 };
	if (!file_list(reader->arena, data, NULL, &names, &count))
		for (size_t i = 0; i < count; i++)
			see(reader->arena, data, names[i], &found);
	if (!found.year && !found.other)
		DIAG(reader->diag, DIAG_YEAR_MISSING, .span = input_absent(reader, data), .a = text_from(data));
	if (!found.other || found.other < found.year)
		return found.year;
	const char *folder = file_join(reader->arena, data, found.name);
	DIAG(reader->diag, found.other > found.year ? DIAG_YEAR_NAME : DIAG_YEAR_COPY,
	     .span = input_absent(reader, folder), .a = found.name, .n = found.other);
	return found.other > found.year ? 0 : found.year;
}

int64_t newest_campaign(const struct reader *reader, const char *data)
{
	const int64_t year = newest_year(reader, data);
	if (!year)
		return 0;
	const char *path = text_format(reader->arena, "%s/%lld/campaign.xml", data, (long long)year).at;
	if (input_exists(path))
		return year;
	DIAG(reader->diag, DIAG_FILE_MISSING, .span = input_absent(reader, path), .a = TEXT("campaign.xml"));
	return 0;
}
