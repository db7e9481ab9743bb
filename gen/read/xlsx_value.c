/* SPDX-License-Identifier: MIT */
#include "read/xlsx_value.h"

#include <strings.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"

/* ---- number formats --------------------------------------------------------------------- */

/* ECMA-376 18.8.30: those that Chinese and Western versions know without being told. */
static bool is_built_in_date(int64_t id)
{
	static const struct {
		int64_t first, last;
	} ranges[] = { { 14, 22 }, { 27, 36 }, { 45, 47 }, { 50, 58 } };
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (id >= ranges[i].first && id <= ranges[i].last)
			return true;
	return false;
}

/* Past what is no instruction: "words", \x, _x, *x, [red] and [$-804]; but [h] counts hours. */
static size_t skip_literal(struct text code, size_t at)
{
	char c = code.at[at];
	if (c == '\\' || c == '_' || c == '*')
		return at + 2;
	char close = c == '"' ? '"' : ']';
	if ((c != '"' && c != '[') || (c == '[' && at + 1 < code.size && strchr("hmsHMS", code.at[at + 1])))
		return at;
	const char *end = memchr(code.at + at + 1, close, code.size - at - 1);
	return end ? (size_t)(end - code.at) + 1 : code.size;
}

static bool tells_date(struct text code)
{
	if (code.size >= 7 && strncasecmp(code.at, "general", 7) == 0)
		return false;
	for (size_t at = 0; at < code.size && code.at[at] != ';';) {
		size_t after = skip_literal(code, at);
		if (after == at && strchr("ymdhsYMDHS", code.at[at]))
			return true;
		at = after > at ? after : at + 1;
	}
	return false;
}

static bool tells_percent(struct text code)
{
	for (size_t at = 0; at < code.size && code.at[at] != ';';) {
		size_t after = skip_literal(code, at);
		if (after == at && code.at[at] == '%')
			return true;
		at = after > at ? after : at + 1;
	}
	return false;
}

static struct xlsx_form built_in_form(int64_t id)
{
	if (id == 9 || id == 10) /* 0% and 0.00% */
		return (struct xlsx_form){ .kind = XLSX_PERCENT };
	return (struct xlsx_form){ .kind = is_built_in_date(id) ? XLSX_DATE : XLSX_PLAIN };
}

struct xlsx_form xlsx_form_of(int64_t id, struct text code)
{
	if (!code.size)
		return built_in_form(id);
	size_t zeros = 0;
	while (zeros < code.size && code.at[zeros] == '0')
		zeros++;
	if (zeros > 1 && zeros == code.size)
		return (struct xlsx_form){ XLSX_ZEROS, zeros };
	if (tells_percent(code))
		return (struct xlsx_form){ .kind = XLSX_PERCENT };
	return (struct xlsx_form){ .kind = tells_date(code) ? XLSX_DATE : XLSX_PLAIN };
}

/* ---- numbers ---------------------------------------------------------------------------- */

enum {
	DIGITS_KEPT = 15, /* a double holds so many in any case */
	DIGITS_READ = 32,
	EXPONENT_MOST = 999,
};

/* 0.d₁d₂d₃… × 10^point; no digits: zero. */
struct digits {
	char at[DIGITS_READ];
	int count, point;
	bool is_negative;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t read_exponent(struct text number, size_t at, struct digits *digits)
{
	int exponent = 0, sign = 1;
	if (at >= number.size || (number.at[at] | 0x20) != 'e')
		return at;
	at++;
	if (at < number.size && (number.at[at] == '-' || number.at[at] == '+'))
		sign = number.at[at++] == '-' ? -1 : 1;
	if (at >= number.size)
		return 0;
	for (; at < number.size && is_digit(number.at[at]); at++)
		exponent = exponent < EXPONENT_MOST ? exponent * 10 + (number.at[at] - '0') : exponent;
	digits->point += sign * exponent;
	return at;
}

static bool read_digits(struct text number, struct digits *digits)
{
	*digits = (struct digits){ .is_negative = text_starts(number, "-") };
	bool has_point = false, has_any = false;
	size_t at = digits->is_negative;
	for (; at < number.size && (is_digit(number.at[at]) || (number.at[at] == '.' && !has_point)); at++) {
		if (number.at[at] == '.') {
			has_point = true;
			continue;
		}
		has_any = true;
		bool leads = digits->count == 0 && number.at[at] == '0';
		if (!leads && digits->count < DIGITS_READ)
			digits->at[digits->count++] = number.at[at];
		if (has_point ? leads : !leads)
			digits->point += has_point ? -1 : 1;
	}
	return has_any && number.size < EXPONENT_MOST && read_exponent(number, at, digits) == number.size;
}

static void trim_zeros(struct digits *digits)
{
	while (digits->count && digits->at[digits->count - 1] == '0')
		digits->count--;
}

static void round_digits(struct digits *digits)
{
	bool is_up = digits->count > DIGITS_KEPT && digits->at[DIGITS_KEPT] >= '5';
	if (digits->count > DIGITS_KEPT)
		digits->count = DIGITS_KEPT;
	while (is_up && digits->count && digits->at[digits->count - 1] == '9')
		digits->count--;
	if (is_up && digits->count) {
		digits->at[digits->count - 1]++;
	} else if (is_up) { /* 999… */
		digits->at[digits->count++] = '1';
		digits->point++;
	}
	trim_zeros(digits);
}

static char digit_at(const struct digits *digits, int index)
{
	return index >= 0 && index < digits->count ? digits->at[index] : '0';
}

static void write_scientific(const struct digits *digits, struct buf *buf)
{
	int exponent = digits->point - 1;
	buf_byte(buf, digits->at[0]);
	if (digits->count > 1)
		buf_byte(buf, '.');
	buf_add(buf, digits->at + 1, (size_t)digits->count - 1);
	buf_format(buf, "E%c%02d", exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
}

static void write_plain(const struct digits *digits, struct buf *buf)
{
	if (digits->point <= 0)
		buf_byte(buf, '0');
	for (int i = 0; i < digits->point; i++)
		buf_byte(buf, digit_at(digits, i));
	if (digits->count <= digits->point)
		return;
	buf_byte(buf, '.');
	for (int i = digits->point; i < digits->count; i++)
		buf_byte(buf, digit_at(digits, i));
}

/* ---- dates ------------------------------------------------------------------------------ */

enum {
	SERIAL_OF_1970 = 25569,
	SERIAL_OF_1904 = 1462,
	SERIAL_LEAP = 60,        /* 1900-02-29, which there never was */
	SERIAL_MOST = 109574,    /* 2199-12-31: later days are none of ours (base/date.h) */
	SECONDS = 24 * 60 * 60,
	FRACTION_DIGITS = 9,
};

/* Days and seconds of the day; false when it is no day that a date can hold. */
static bool read_serial(const struct digits *digits, bool is_1904, int64_t *day, int64_t *second)
{
	if (digits->is_negative || digits->point > 7 || digits->point < -FRACTION_DIGITS)
		return false;
	int64_t fraction = 0, scale = 1;
	*day = 0;
	for (int i = 0; i < digits->point; i++)
		*day = *day * 10 + (digit_at(digits, i) - '0');
	for (int i = digits->point; i < digits->point + FRACTION_DIGITS; i++, scale *= 10)
		fraction = fraction * 10 + (digit_at(digits, i) - '0');
	*second = (fraction * SECONDS + scale / 2) / scale;
	*day += *second / SECONDS;
	*second %= SECONDS;
	*day += is_1904 ? SERIAL_OF_1904 : 0;
	return *day != SERIAL_LEAP && *day <= SERIAL_MOST && (*day || *second);
}

static bool write_date(const struct digits *digits, bool is_1904, struct buf *buf)
{
	int64_t day, second;
	if (!read_serial(digits, is_1904, &day, &second))
		return false;
	if (day)
		date_write_iso(buf, date_from_days((int32_t)(day - SERIAL_OF_1970 + (day < SERIAL_LEAP))));
	if (day && second)
		buf_byte(buf, ' ');
	if (second)
		buf_format(buf, "%02d:%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
	return true;
}

void xlsx_write_number(struct text number, struct xlsx_form form, bool is_1904, struct buf *buf)
{
	struct digits digits;
	number = text_trim(number);
	if (!read_digits(number, &digits)) {
		buf_text(buf, number);
		return;
	}
	round_digits(&digits);
	if (form.kind == XLSX_DATE && write_date(&digits, is_1904, buf))
		return;
	if (digits.is_negative && digits.count)
		buf_byte(buf, '-');
	if (form.kind == XLSX_PERCENT)
		digits.point += 2;
	size_t size = digits.point > 0 ? (size_t)digits.point : 1;
	if (form.kind == XLSX_ZEROS && size < form.digits)
		buf_repeat(buf, '0', form.digits - size);
	if (digits.count && (digits.point > DIGITS_KEPT || digits.point < -5))
		write_scientific(&digits, buf);
	else if (digits.count)
		write_plain(&digits, buf);
	else
		buf_byte(buf, '0');
	if (form.kind == XLSX_PERCENT)
		buf_byte(buf, '%');
}

/* ---- strings ---------------------------------------------------------------------------- */

enum { ESCAPE_SIZE = 7 }; /* _x000D_ */

/* The character that an escape stands for, 0 where there is none. */
static uint32_t read_escape(struct text rest)
{
	uint32_t character = 0;
	if (rest.size < ESCAPE_SIZE || !text_starts(rest, "_x") || rest.at[ESCAPE_SIZE - 1] != '_')
		return 0;
	for (size_t i = 2; i < ESCAPE_SIZE - 1; i++) {
		static const char hex[] = "0123456789abcdef";
		char c = rest.at[i] >= 'A' && rest.at[i] <= 'F' ? (char)(rest.at[i] | 0x20) : rest.at[i];
		const char *found = memchr(hex, c, 16);
		if (!found)
			return 0;
		character = character << 4 | (uint32_t)(found - hex);
	}
	return character >= 0xD800 && character < 0xE000 ? 0 : character;
}

void xlsx_write_string(struct text string, struct buf *buf)
{
	while (string.size) {
		const char *mark = memchr(string.at, '_', string.size);
		size_t before = mark ? (size_t)(mark - string.at) : string.size;
		buf_add(buf, string.at, before);
		string = text_slice(string, before, string.size);
		uint32_t character = read_escape(string);
		if (character)
			utf8_write(buf, character);
		else if (string.size)
			buf_byte(buf, '_');
		string = text_slice(string, character ? ESCAPE_SIZE : 1, string.size);
	}
}
