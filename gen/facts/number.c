/* SPDX-License-Identifier: MIT */
#include "facts/number.h"

#include <math.h>

__extension__ typedef __int128 wide;

#define TWELVE INT64_C(1000000000000) /* fractional digits that a real is read with */
enum { PLAIN_DIGITS = 4 };
#define QUOTIENT_MOST 1e6
#define WHOLE_MOST 1e15

static int64_t power(int digits)
{
	int64_t scale = 1;
	while (digits-- > 0)
		scale *= 10;
	return scale;
}

/* numerator × scale ÷ denominator, rounded half away from zero. */
static int64_t scaled(wide numerator, wide denominator, int64_t scale)
{
	wide size = numerator < 0 ? -numerator : numerator;
	wide rounded = (size * scale * 2 + denominator) / (denominator * 2);
	return (int64_t)(numerator < 0 ? -rounded : rounded);
}

enum { DIGITS_MOST = 20 };

/* At least `least` digits; not printf, since every number of every answer comes this way. */
static void add_digits(struct buf *buf, uint64_t number, int least)
{
	char digits[DIGITS_MOST];
	size_t at = sizeof digits;
	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number || (int)(sizeof digits - at) < least);
	buf_add(buf, digits + at, sizeof digits - at);
}

/* `units` of 10^-digits. */
static void add_fixed(struct buf *buf, int64_t units, int digits)
{
	uint64_t size = units < 0 ? 0 - (uint64_t)units : (uint64_t)units, scale = (uint64_t)power(digits);
	if (units < 0)
		buf_byte(buf, '-');
	add_digits(buf, size / scale, 1);
	if (digits == 0)
		return;
	buf_byte(buf, '.');
	add_digits(buf, size % scale, digits);
}

void number_integer(struct buf *buf, int64_t number)
{
	add_fixed(buf, number, 0);
}

void number_percent(struct buf *buf, int64_t numerator, int64_t denominator, int digits)
{
	add_fixed(buf, scaled(numerator, denominator, 100 * power(digits)), digits);
	buf_byte(buf, '%');
}

static bool to_twelve(double number, int64_t *units)
{
	if (!isfinite(number) || fabs(number) >= QUOTIENT_MOST)
		return false;
	*units = llround(number * (double)TWELVE);
	return true;
}

bool number_percent_of(struct buf *buf, double quotient, int digits)
{
	int64_t units;
	if (!to_twelve(quotient, &units))
		return false;
	number_percent(buf, units, TWELVE, digits);
	return true;
}

#define MINUS "\u2212" /* as wide as the plus: signs stand under each other */

bool number_points(struct buf *buf, double a, double b, int digits)
{
	int64_t units;
	if (!to_twelve(a - b, &units))
		return false;
	int64_t points = scaled(units, TWELVE, 100 * power(digits));
	if (points)
		buf_string(buf, points > 0 ? "+" : MINUS);
	add_fixed(buf, points < 0 ? -points : points, digits);
	return true;
}

void number_grouped(struct buf *buf, int64_t number)
{
	char digits[32];
	size_t count = 0;
	uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	do
		digits[count++] = (char)('0' + size % 10);
	while (size /= 10);
	if (number < 0)
		buf_string(buf, MINUS);
	while (count-- > 0) {
		buf_byte(buf, digits[count]);
		if (count && count % 3 == 0)
			buf_byte(buf, ',');
	}
}

/* The fraction of a number in units of 10^-PLAIN_DIGITS, without trailing zeros. */
static void add_fraction(struct buf *buf, int64_t fraction)
{
	int digits = PLAIN_DIGITS;
	if (fraction == 0)
		return;
	while (fraction % 10 == 0) {
		fraction /= 10;
		digits--;
	}
	buf_byte(buf, '.');
	add_digits(buf, (uint64_t)fraction, digits);
}

bool number_grouped_real(struct buf *buf, double number)
{
	int64_t units;
	if (!isfinite(number) || fabs(number) >= WHOLE_MOST)
		return false;
	if (!to_twelve(number, &units)) {
		number_grouped(buf, llround(number)); /* a large one is not read for its fraction */
		return true;
	}
	units = scaled(units, TWELVE, power(PLAIN_DIGITS));
	int64_t scale = power(PLAIN_DIGITS);
	if (units < 0 && units / scale == 0)
		buf_string(buf, MINUS);
	number_grouped(buf, units / scale);
	add_fraction(buf, units < 0 ? -(units % scale) : units % scale);
	return true;
}

void number_plain(struct buf *buf, double number)
{
	int64_t units;
	if (!to_twelve(number, &units)) {
		buf_format(buf, "%.15g", number);
		return;
	}
	units = scaled(units, TWELVE, power(PLAIN_DIGITS));
	uint64_t size = units < 0 ? 0 - (uint64_t)units : (uint64_t)units, scale = (uint64_t)power(PLAIN_DIGITS);
	if (units < 0)
		buf_byte(buf, '-');
	add_digits(buf, size / scale, 1);
	add_fraction(buf, (int64_t)(size % scale));
}

/* ---- Chinese numerals --------------------------------------------------------- */

static const char *const numerals[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };

/* Four digits; `has_more` in front asks for a 零 where the thousands are missing. */
static void add_section(struct buf *buf, int section, bool has_more)
{
	static const char *const units[] = { "千", "百", "十", "" };
	static const int weights[] = { 1000, 100, 10, 1 };
	bool zero = false, written = has_more;
	for (int i = 0; i < 4; i++) {
		int digit = section / weights[i] % 10;
		if (digit == 0) {
			zero = true;
			continue;
		}
		if (zero && written)
			buf_string(buf, numerals[0]);
		/* 十二, not 一十二, at the very start. */
		if (!(digit == 1 && i == 2 && !written))
			buf_string(buf, numerals[digit]);
		buf_string(buf, units[i]);
		zero = false;
		written = true;
	}
}

void number_chinese(struct buf *buf, int64_t number)
{
	static const char *const units[] = { "", "万", "亿", "万亿", "亿亿" };
	uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	int sections[5], count = 0;
	if (number < 0)
		buf_string(buf, "负");
	if (size == 0)
		buf_string(buf, numerals[0]);
	for (; size && count < 5; size /= 10000)
		sections[count++] = (int)(size % 10000);
	bool skipped = false;
	for (int i = count; i-- > 0;) {
		bool has_more = i + 1 < count;
		if (sections[i] == 0) {
			skipped = true;
			continue;
		}
		/* 一亿零五万: a whole section is missing; add_section itself adds it for missing thousands. */
		if (skipped && sections[i] >= 1000)
			buf_string(buf, numerals[0]);
		add_section(buf, sections[i], has_more);
		buf_string(buf, units[i]);
		skipped = false;
	}
}

int64_t number_round(int64_t count, int64_t base)
{
	int64_t rest = count % base;
	return count - rest + (rest >= base - rest ? base : 0);
}
