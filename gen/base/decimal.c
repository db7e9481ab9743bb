/* SPDX-License-Identifier: MIT */
#include "base/decimal.h"

#include <assert.h>

#include "base/buf.h"

#define ONE INT64_C(1000000000) /* 10^DECIMAL_SCALE */
#define LARGEST INT64_C(1000000000) /* integer parts stay below this */

struct decimal decimal_from(int64_t integer)
{
	assert(integer < LARGEST && integer > -LARGEST);
	return (struct decimal){ integer * ONE };
}

bool decimal_parse(struct text text, struct decimal *value)
{
	bool negative = text.size && text.at[0] == '-';
	size_t i = negative;
	int64_t whole = 0, fraction = 0, place = ONE;
	size_t digits = 0;
	for (; i < text.size && text.at[i] >= '0' && text.at[i] <= '9'; i++, digits++) {
		whole = whole * 10 + (text.at[i] - '0');
		if (whole >= LARGEST)
			return false;
	}
	if (digits == 0)
		return false;
	if (i < text.size && text.at[i] == '.') {
		size_t start = ++i;
		for (; i < text.size && text.at[i] >= '0' && text.at[i] <= '9'; i++) {
			if (place == 1 && text.at[i] != '0')
				return false;
			if (place > 1)
				place /= 10;
			else
				continue;
			fraction += (text.at[i] - '0') * place;
		}
		if (i == start)
			return false;
	}
	if (i != text.size)
		return false;
	value->units = whole * ONE + fraction;
	if (negative)
		value->units = -value->units;
	return true;
}

bool decimal_parse_percent(struct text text, struct decimal *value)
{
	bool is_percent = text_ends(text, "%");
	text.size -= is_percent;
	if (!decimal_parse(text, value) || (is_percent && value->units % 100))
		return false;
	if (is_percent)
		value->units /= 100;
	return true;
}

int decimal_compare(struct decimal a, struct decimal b)
{
	return (a.units > b.units) - (a.units < b.units);
}

decimal_sum decimal_product(struct decimal a, struct decimal b)
{
	return (decimal_sum)a.units * b.units;
}

int decimal_compare_share(decimal_sum numerator, decimal_sum denominator, struct decimal share)
{
	/* numerator/denominator ? share  ⇔  numerator × 10^9 ? share.units × denominator; reduce first so it fits. */
	decimal_sum left_whole = numerator / denominator, left_rest = numerator % denominator;
	decimal_sum share_whole = share.units / ONE, share_rest = share.units % ONE;
	if (left_whole != share_whole)
		return left_whole > share_whole ? 1 : -1;
	/* Sums stay below 2^97 (10^9 × 10^18 weights × 10^5 items); the product with 10^9 < 2^30 fits. */
	decimal_sum left = left_rest * ONE, right = share_rest * denominator;
	return (left > right) - (left < right);
}

struct decimal decimal_ratio(decimal_sum numerator, decimal_sum denominator, int digits)
{
	assert(denominator > 0 && digits >= 0 && digits <= DECIMAL_SCALE);
	int64_t step = 1, scale = 1;
	for (int i = digits; i < DECIMAL_SCALE; i++)
		step *= 10;
	for (int i = 0; i < digits; i++)
		scale *= 10;
	decimal_sum whole = numerator / denominator, rest = numerator % denominator;
	decimal_sum scaled = whole * scale + (rest * scale * 2 + denominator) / (denominator * 2);
	return (struct decimal){ (int64_t)(scaled * step) };
}

void decimal_write(struct buf *buf, struct decimal value)
{
	uint64_t size = value.units < 0 ? 0 - (uint64_t)value.units : (uint64_t)value.units;
	if (value.units < 0)
		buf_byte(buf, '-');
	buf_format(buf, "%llu", (unsigned long long)(size / (uint64_t)ONE));
	uint64_t rest = size % (uint64_t)ONE;
	if (rest == 0)
		return;
	char digits[DECIMAL_SCALE];
	size_t count = DECIMAL_SCALE;
	for (size_t i = count; i-- > 0; rest /= 10)
		digits[i] = (char)('0' + rest % 10);
	while (digits[count - 1] == '0')
		count--;
	buf_byte(buf, '.');
	buf_add(buf, digits, count);
}
