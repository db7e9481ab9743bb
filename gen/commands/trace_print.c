/* SPDX-License-Identifier: MIT */
#include "commands/trace_print.h"

#include "base/buf.h"

void trace_write_sum(decimal_sum sum, struct buf *buf)
{
	enum { DIGITS = 2 * DECIMAL_SCALE };
	const decimal_sum one = decimal_product(decimal_from(1), decimal_from(1));
	char fraction[DIGITS];
	size_t count = DIGITS;
	if (sum < 0) {
		buf_byte(buf, '-');
		sum = -sum;
	}
	decimal_sum rest = sum % one;
	buf_format(buf, "%lld", (long long)(sum / one)); /* below 10^9 × 10^5 items */
	for (size_t i = DIGITS; i-- > 0; rest /= 10)
		fraction[i] = (char)('0' + (int)(rest % 10));
	while (count && fraction[count - 1] == '0')
		count--;
	if (count) {
		buf_byte(buf, '.');
		buf_add(buf, fraction, count);
	}
}

void trace_write_percent(decimal_sum numerator, decimal_sum denominator, struct buf *buf)
{
	/* Sums stay below 2^97 (decimal.c), so there is room for the hundred. */
	struct decimal percent = decimal_ratio(numerator * 100, denominator, 1);
	int64_t tenths = percent.units / (decimal_from(1).units / 10);
	buf_format(buf, "%lld.%d%%", (long long)(tenths / 10), (int)(tenths % 10));
}
