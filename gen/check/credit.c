/* SPDX-License-Identifier: MIT */
#include "check/credit.h"

#include "base/personal.h"
#include "base/utf8.h"
#include "read/clean.h"

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int value_of(char c)
{
	const char *hit = c ? memchr(alphabet, c, sizeof alphabet - 1) : NULL;
	return hit ? (int)(hit - alphabet) : -1;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool are_digits(struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!is_digit(text.at[i]))
			return false;
	return true;
}

struct text credit_stranger(struct text code)
{
	for (size_t i = 0; i < code.size;) {
		size_t start = i;
		utf8_next(code, &i);
		if (i - start > 1 || value_of(code.at[start]) < 0)
			return text_slice(code, start, i - start);
	}
	return NO_TEXT;
}

/* GB 32100: weights 3^(i-1) mod 31. */
static bool has_right_check(struct text code)
{
	int sum = 0, weight = 1;
	for (size_t i = 0; i + 1 < CREDIT_SIZE; i++, weight = weight * 3 % 31)
		sum += value_of(code.at[i]) * weight;
	return value_of(code.at[CREDIT_SIZE - 1]) == (31 - sum % 31) % 31;
}

/* GB 11714, characters 9–17; there A is 10 and Z is 35, with no letter left out. */
static bool has_right_organisation(struct text code)
{
	static const int weights[] = { 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;
	for (size_t i = 0; i < 8; i++) {
		char c = code.at[8 + i];
		sum += (is_digit(c) ? c - '0' : c - 'A' + 10) * weights[i];
	}
	int check = 11 - sum % 11;
	return code.at[16] == "0123456789X0"[check];
}

/* GB 11643. */
static bool has_right_person_check(struct text code)
{
	static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
	int sum = 0;
	for (size_t i = 0; i < 17; i++)
		sum += (code.at[i] - '0') * weights[i];
	return code.at[17] == "10X98765432"[sum % 11];
}

/* Where its own check character is wrong it is still a person unless the credit code's is right. */
static bool is_personal(struct text code)
{
	return personal_looks(code) && (has_right_person_check(code) || !has_right_check(code));
}

enum credit_fault credit_check(struct text code)
{
	if (clean_is_scientific(code))
		return CREDIT_SCIENTIFIC;
	if (code.size == CREDIT_SIZE && are_digits(code) && text_ends(code, "000"))
		return CREDIT_ROUNDED;
	if (is_personal(code))
		return CREDIT_PERSONAL;
	if (utf8_count(code) != CREDIT_SIZE)
		return CREDIT_LENGTH;
	if (credit_stranger(code).size)
		return CREDIT_CHARACTER;
	if (!has_right_check(code))
		return CREDIT_CHECK;
	return has_right_organisation(code) ? CREDIT_GOOD : CREDIT_ORGANISATION;
}
