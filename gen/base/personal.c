/* SPDX-License-Identifier: MIT */
#include "base/personal.h"

enum { SIZE = 18, DISTRICT = 6, MOBILE = 11, MOBILE_SHOWN = 3, MOBILE_HIDDEN = 4 };

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

static bool is_digits(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!is_digit(bytes[i]))
			return false;
	return true;
}

static bool starts_mobile(const char *bytes)
{
	return bytes[0] == '1' && bytes[1] >= '3' && bytes[1] <= '9';
}

/* "138 1234 5678" or "138-1234-5678", of which a run of three digits is the first. */
static bool is_spaced_mobile(const char *bytes, size_t size)
{
	enum { SPACED = MOBILE + 2 };
	if (size < SPACED || !is_digits(bytes, 3) || !starts_mobile(bytes))
		return false;
	bool is_spaced = (bytes[3] == '-' || bytes[3] == ' ') && bytes[8] == bytes[3];
	bool is_whole = size == SPACED || !is_alphanumeric(bytes[SPACED]);
	return is_spaced && is_whole && is_digits(bytes + 4, 4) && is_digits(bytes + 9, 4);
}

void personal_mask(char *bytes, size_t size)
{
	for (size_t start = 0; start < size;) {
		size_t end = start;
		while (end < size && is_alphanumeric(bytes[end]))
			end++;
		size_t length = end - start;
		char *run = bytes + start;
		if (length == SIZE && personal_looks((struct text){ run, SIZE }))
			memset(run + DISTRICT, '*', SIZE - DISTRICT - 1);
		else if (length == MOBILE && starts_mobile(run) && is_digits(run, MOBILE))
			memset(run + MOBILE_SHOWN, '*', MOBILE_HIDDEN);
		else if (length == MOBILE_SHOWN && is_spaced_mobile(run, size - start))
			memset(run + MOBILE_SHOWN + 1, '*', MOBILE_HIDDEN);
		start = end + (length == 0);
	}
}
