/* SPDX-License-Identifier: MIT */
#include "base/personal.h"

enum { SIZE = 18, DISTRICT = 6 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int number_at(struct text text, size_t start, size_t size)
{
	int number = 0;
	for (size_t i = start; i < start + size; i++)
		number = number * 10 + (text.at[i] - '0');
	return number;
}

bool personal_looks(struct text code)
{
	static const char provinces[] = "11121314152122233132333435363741424344454650515253546162636465718182";
	if (code.size != SIZE || (!is_digit(code.at[SIZE - 1]) && (code.at[SIZE - 1] | 0x20) != 'x'))
		return false;
	for (size_t i = 0; i + 1 < SIZE; i++)
		if (!is_digit(code.at[i]))
			return false;
	bool has_province = false;
	for (size_t i = 0; i + 1 < sizeof provinces; i += 2)
		has_province |= memcmp(provinces + i, code.at, 2) == 0;
	int year = number_at(code, 6, 4), month = number_at(code, 10, 2), day = number_at(code, 12, 2);
	return has_province && year >= 1900 && year <= 2029 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool is_alphanumeric(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

void personal_mask(char *bytes, size_t size)
{
	for (size_t start = 0; start < size;) {
		size_t end = start;
		while (end < size && is_alphanumeric(bytes[end]))
			end++;
		if (end - start == SIZE && personal_looks((struct text){ bytes + start, SIZE }))
			memset(bytes + start + DISTRICT, '*', SIZE - DISTRICT - 1);
		start = end + (end == start);
	}
}
