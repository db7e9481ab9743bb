/* SPDX-License-Identifier: MIT */
#include "base/date.h"

#include "base/buf.h"

#define EXCEL_EPOCH (-25569) /* 1899-12-30 in days since 1970; right for serials above 60 */
enum { SERIAL_LEAST = 20000 /* 1954: below stand years (2021) and numbers */, SERIAL_MOST = 73050 /* 2099 */ };

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool make(int64_t year, int64_t month, int64_t day, struct date *date)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1)
		return false;
	if (day > days[month - 1] + (month == 2 && is_leap((int)year)))
		return false;
	*date = (struct date){ (int16_t)year, (uint8_t)month, (uint8_t)day };
	return true;
}

/* Takes up to `most` digits from *text; -1 when there is none. */
static int64_t take_number(struct text *text, size_t most, size_t *digits)
{
	int64_t sum = 0;
	size_t i = 0;
	for (; i < text->size && i < most && text->at[i] >= '0' && text->at[i] <= '9'; i++)
		sum = sum * 10 + (text->at[i] - '0');
	*digits = i;
	*text = text_slice(*text, i, text->size);
	return i ? sum : -1;
}

static bool take_mark(struct text *text, struct text mark)
{
	if (mark.size == 0 || text->size < mark.size || memcmp(text->at, mark.at, mark.size) != 0)
		return false;
	*text = text_slice(*text, mark.size, text->size);
	return true;
}

enum { DAY_MINUTES = 24 * 60, CHINA_MINUTES = 8 * 60 };

/* "Z", "+08:00": minutes ahead of UTC. */
static bool take_zone(struct text text, int64_t *minutes)
{
	static const struct text colon = TEXT_INIT(":");
	size_t digits;
	if (text.size == 1 && text.at[0] == 'Z') {
		*minutes = 0;
		return true;
	}
	int sign = text.size && text.at[0] == '+' ? 1 : -1;
	if (!text.size || !strchr("+-", text.at[0]))
		return false;
	text = text_slice(text, 1, text.size);
	int64_t hours = take_number(&text, 2, &digits);
	take_mark(&text, colon);
	int64_t rest = text.size ? take_number(&text, 2, &digits) : 0;
	*minutes = sign * (hours * 60 + rest);
	return hours >= 0 && hours <= 14 && rest >= 0 && rest < 60 && text.size == 0;
}

/*
 * An optional time of day: " 00:00", "T08:30:00", "T16:00:00Z".  What has a zone is the
 * day that it was in China: *shift is 1 where that is the next one, -1 where it is the one before.
 */
static bool is_time_or_nothing(struct text rest, int *shift)
{
	static const struct text colon = TEXT_INIT(":");
	size_t digits, end = 1;
	int64_t zone;
	*shift = 0;
	if (rest.size == 0 || take_zone(rest, &zone))
		return true;
	if (rest.at[0] != ' ' && rest.at[0] != 'T')
		return false;
	while (end < rest.size && strchr("0123456789:. ", rest.at[end]))
		end++;
	if (end == rest.size)
		return true;
	struct text time = text_trim(text_slice(rest, 1, end - 1));
	int64_t hour = take_number(&time, 2, &digits), minute = take_mark(&time, colon) ? take_number(&time, 2, &digits) : 0;
	if (!take_zone(text_slice(rest, end, rest.size), &zone) || hour < 0 || hour > 24 || minute < 0 || minute > 59)
		return false;
	int64_t there = hour * 60 + minute - zone + CHINA_MINUTES;
	*shift = (there >= DAY_MINUTES) - (there < 0);
	return true;
}

static enum date_form parse_parts(struct text text, struct text mark1, struct text mark2, struct date *date)
{
	static const struct text sun = TEXT_INIT("日"), hao = TEXT_INIT("号");
	size_t digits[3];
	int64_t year = take_number(&text, 4, &digits[0]);
	if (year < 0 || !take_mark(&text, mark1))
		return DATE_WRONG;
	int64_t month = take_number(&text, 2, &digits[1]);
	if (month < 0 || !take_mark(&text, mark2))
		return DATE_WRONG;
	int64_t day = take_number(&text, 2, &digits[2]);
	if (day < 0)
		return DATE_WRONG;
	if (!take_mark(&text, sun))
		take_mark(&text, hao);
	int shift;
	if (!is_time_or_nothing(text, &shift))
		return DATE_WRONG;
	if (digits[0] == 2)
		return DATE_TWO_DIGIT;
	if (digits[0] != 4 || !make(year, month, day, date))
		return DATE_WRONG;
	if (shift)
		*date = date_from_days(date_days(*date) + shift);
	return DATE_GOOD;
}

static enum date_form parse_digits(struct text text, struct date *date)
{
	int64_t value;
	if (!text_to_integer(text, &value) || value < 1)
		return DATE_WRONG;
	if (text.size == 8)
		return make(value / 10000, value / 100 % 100, value % 100, date) ? DATE_GOOD : DATE_WRONG;
	if (text.size == 6)
		return DATE_TWO_DIGIT;
	if (value >= SERIAL_LEAST && value <= SERIAL_MOST) {
		*date = date_from_days((int32_t)value + EXCEL_EPOCH);
		return DATE_GOOD;
	}
	return DATE_WRONG;
}

enum date_form date_parse(struct text text, struct date *date)
{
	static const struct text marks[][2] = {
		{ TEXT_INIT("-"), TEXT_INIT("-") },
		{ TEXT_INIT("/"), TEXT_INIT("/") },
		{ TEXT_INIT("."), TEXT_INIT(".") },
		{ TEXT_INIT("年"), TEXT_INIT("月") },
	};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		enum date_form form = parse_parts(text, marks[i][0], marks[i][1], date);
		if (form != DATE_WRONG)
			return form;
	}
	return parse_digits(text, date);
}

bool date_parse_iso(struct text text, struct date *date)
{
	return text.size == 10 && parse_parts(text, TEXT("-"), TEXT("-"), date) == DATE_GOOD;
}

bool date_is_missing(struct date date)
{
	return date.year == 0;
}

/* Howard Hinnant's days_from_civil, years from March so that leap days come last. */
int32_t date_days(struct date date)
{
	int year = date.year - (date.month <= 2);
	int era = year / 400, year_of_era = year - era * 400;
	int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

struct date date_from_days(int32_t days)
{
	int shifted = days + 719468;
	int era = shifted / 146097, day_of_era = shifted - era * 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_index = (5 * day_of_year + 2) / 153;
	int month = month_index < 10 ? month_index + 3 : month_index - 9;
	int year = year_of_era + era * 400 + (month <= 2);
	return (struct date){ (int16_t)year, (uint8_t)month, (uint8_t)(day_of_year - (153 * month_index + 2) / 5 + 1) };
}

int date_compare(struct date a, struct date b)
{
	int left = a.year * 10000 + a.month * 100 + a.day, right = b.year * 10000 + b.month * 100 + b.day;
	return (left > right) - (left < right);
}

static void put_digits(char *at, size_t count, int number)
{
	for (; count; number /= 10)
		at[--count] = (char)('0' + number % 10);
}

void date_put_iso(char at[10], struct date date)
{
	put_digits(at, 4, date.year);
	put_digits(at + 5, 2, date.month);
	put_digits(at + 8, 2, date.day);
	at[4] = at[7] = '-';
}

void date_write_iso(struct buf *buf, struct date date)
{
	char iso[10];
	if (date_is_missing(date))
		return;
	date_put_iso(iso, date);
	buf_add(buf, iso, sizeof iso);
}

void date_write_cn(struct buf *buf, struct date date)
{
	if (!date_is_missing(date))
		buf_format(buf, "%d年%d月%d日", date.year, date.month, date.day);
}
