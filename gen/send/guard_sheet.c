/* SPDX-License-Identifier: MIT
 *
 * The guard of sheets that hold many enterprises by design: labels, and the register of a batch.
 */
#include "send/guard.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "send/ascii.h"
#include "send/guard_names.h"
#include "send/pdf_pages.h"

enum { DAY_DIGITS = 8, RUNNING_DIGITS = 4 /* at least: "20211130-0001" */ };

/* Words without blanks and line ends, and where each byte of them stands. */
struct squeezed {
	struct buf text;
	size_t *places;
};

struct sheet_check {
	struct guard *guard;
	const struct guard_sheet *sheet;
	struct diag *diag;
	struct buf words;
	struct squeezed squeezed;
	size_t *numbers;    /* of each entry, where its number begins in squeezed */
	bool is_number_first;
	bool is_good;
};

static void doubt(struct sheet_check *check, const char *reason, struct text number)
{
	if (check->is_good)
		DIAG(check->diag, DIAG_GUARD_SHEET, .a = check->sheet->what, .b = text_from(reason), .c = number);
	check->is_good = false;
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool read_words(struct sheet_check *check, struct text bytes)
{
	struct pdf_pages pages;
	if (!pdf_pages_read(check->guard->scratch, bytes, NULL, &pages))
		return false;
	for (size_t i = 0; i < pages.count; i++) {
		buf_text(&check->words, pages.pages[i].words);
		buf_byte(&check->words, '\n');
	}
	return !check->words.overflowed;
}

static bool is_blank(struct text text, size_t at, size_t *size)
{
	*size = text_starts(text_slice(text, at, 3), "\u3000") || text_starts(text_slice(text, at, 2), "\u00A0");
	if (*size)
		*size = (unsigned char)text.at[at] == 0xE3 ? 3 : 2;
	else if (text.at[at] && strchr(" \t\r\n", text.at[at]))
		*size = 1;
	return *size > 0;
}

static void squeeze(struct text text, struct buf *out, size_t *places)
{
	size_t size;
	for (size_t i = 0; i < text.size;) {
		if (is_blank(text, i, &size)) {
			i += size;
			continue;
		}
		if (places)
			places[out->size] = i;
		buf_byte(out, text.at[i++]);
	}
}

static struct text squeezed_word(struct sheet_check *check, struct text word)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	squeeze(word, &buf, NULL);
	struct text text = text_copy(check->guard->scratch, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

/* ---- numbers ----------------------------------------------------------------------------------- */

/* Nothing stands between the byte and the one before it. */
static bool is_joined(const struct squeezed *squeezed, size_t at)
{
	return at && squeezed->places[at] == squeezed->places[at - 1] + 1;
}

static size_t digits_at(const struct squeezed *squeezed, size_t at)
{
	struct text text = buf_view(&squeezed->text);
	size_t count = 0;
	while (at + count < text.size && ascii_is_digit(text.at[at + count]) &&
	       (!count || is_joined(squeezed, at + count)))
		count++;
	return count;
}

/* A copy's number that begins there: its size, or 0.  A line may end behind its hyphen. */
static size_t number_at(const struct squeezed *squeezed, size_t at)
{
	struct text text = buf_view(&squeezed->text);
	bool goes_on = is_joined(squeezed, at) && ascii_is_digit(text.at[at - 1]);
	if (goes_on || digits_at(squeezed, at) != DAY_DIGITS ||
	    !text_starts(text_slice(text, at + DAY_DIGITS, 1), "-"))
		return 0;
	size_t running = digits_at(squeezed, at + DAY_DIGITS + 1);
	return running >= RUNNING_DIGITS ? DAY_DIGITS + 1 + running : 0;
}

/* Of this batch are those of its day; what else looks so may be a telephone number. */
static void find_numbers(struct sheet_check *check)
{
	const struct guard_sheet *sheet = check->sheet;
	struct text text = buf_view(&check->squeezed.text);
	struct text day = text_slice(sheet->entries[0].number, 0, DAY_DIGITS);
	size_t next = 0, size;
	for (size_t at = 0; at < text.size && check->is_good; at += size ? size : 1) {
		size = number_at(&check->squeezed, at);
		struct text number = text_slice(text, at, size);
		if (!size || !text_equal(text_slice(number, 0, DAY_DIGITS), day))
			continue;
		if (next == sheet->count || !text_equal(number, sheet->entries[next].number))
			doubt(check, "多出一份、重复或次序不对\x1Fone too many, twice, or out of order", number);
		else
			check->numbers[next++] = at;
	}
	if (check->is_good && next < sheet->count)
		doubt(check, "缺少一份\x1Fone is missing", sheet->entries[next].number);
}

/* ---- what stands with a number ------------------------------------------------------------------- */

/* The words of an entry, as a part of squeezed: up to its number, or from it up to the next. */
static struct text part_of(const struct sheet_check *check, size_t entry)
{
	struct text text = buf_view(&check->squeezed.text);
	size_t start = check->numbers[entry], end = start + check->sheet->entries[entry].number.size;
	if (check->is_number_first) {
		start = end;
		end = entry + 1 < check->sheet->count ? check->numbers[entry + 1] : text.size;
	} else {
		end = start;
		start = entry ? check->numbers[entry - 1] + check->sheet->entries[entry - 1].number.size : 0;
	}
	return text_slice(text, start, end - start);
}

/* A word that was broken at the end of a line has a hyphen more. */
static struct text without_hyphens(struct sheet_check *check, struct text text)
{
	char *copy = ARENA_ARRAY(check->guard->scratch, char, text.size + 1);
	size_t size = 0;
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] != '-')
			copy[size++] = text.at[i];
	return (struct text){ copy, size };
}

static bool has_words(struct sheet_check *check, size_t entry)
{
	struct text part = without_hyphens(check, part_of(check, entry));
	for (size_t i = 0; i < GUARD_WORDS; i++) {
		struct text word = squeezed_word(check, check->sheet->entries[entry].words[i]);
		if (word.size && !text_contains(part, without_hyphens(check, word)))
			return false;
	}
	return true;
}

static void check_words(struct sheet_check *check)
{
	check->is_number_first = false;
	check->is_number_first = !has_words(check, 0);
	for (size_t i = 0; i < check->sheet->count && check->is_good; i++)
		if (!has_words(check, i))
			doubt(check, "名称、地址等与数据不同\x1Fname or address is not that of the data",
			      check->sheet->entries[i].number);
}

/* ---- whose names -------------------------------------------------------------------------------------- */

/* The entry to which the place in squeezed belongs; count: none. */
static size_t entry_at(const struct sheet_check *check, size_t place)
{
	size_t low = 0, high = check->sheet->count;
	while (low < high) { /* the first whose number begins behind the place */
		size_t middle = low + (high - low) / 2;
		if (check->numbers[middle] <= place)
			low = middle + 1;
		else
			high = middle;
	}
	if (!check->is_number_first)
		return low;
	return low ? low - 1 : check->sheet->count;
}

static size_t squeezed_place(const struct sheet_check *check, size_t place)
{
	size_t low = 0, high = check->squeezed.text.size;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (check->squeezed.places[middle] < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_within(struct sheet_check *check, size_t entry, struct text found)
{
	found = squeezed_word(check, found);
	for (size_t i = 0; entry < check->sheet->count && i < GUARD_WORDS; i++)
		if (text_contains(squeezed_word(check, check->sheet->entries[entry].words[i]), found))
			return true;
	return false;
}

static void check_names(struct sheet_check *check)
{
	struct text words = buf_view(&check->words);
	const struct leak_source source = { .text = words, .what = "" };
	struct leak_search search = { .leak = check->guard->leak, .diag = check->diag };
	leak_search_source(&search, &source);
	for (size_t i = 0; i < search.finds.count && check->is_good; i++) {
		const struct leak_match *match = &search.finds.at[i].match;
		const struct leak_value *value = &check->guard->leak->values.at[match->value];
		size_t end = match->end > match->start ? match->end : match->start + value->value.size;
		size_t entry = entry_at(check, squeezed_place(check, match->start));
		struct text found = text_slice(words, match->start, end - match->start);
		if (map_find(&check->guard->allowed, value->value) || is_within(check, entry, found))
			continue;
		doubt(check, "有不属于这一份的企业名称或代码\x1Fsomebody else's name or code stands with it",
		      entry < check->sheet->count ? check->sheet->entries[entry].number : NO_TEXT);
	}
	LIST_FREE(&search.finds);
}

static void check_all(struct sheet_check *check, struct text bytes)
{
	if (!read_words(check, bytes)) {
		doubt(check, "打不开\x1Fit does not open", NO_TEXT);
		return;
	}
	check->squeezed.places = ARENA_ARRAY(check->guard->scratch, size_t, check->words.size + 1);
	squeeze(buf_view(&check->words), &check->squeezed.text, check->squeezed.places);
	find_numbers(check);
	if (check->is_good)
		check_words(check);
	if (check->is_good)
		check_names(check);
}

bool guard_check_sheet(struct guard *guard, struct text bytes, const struct guard_sheet *sheet, struct diag *diag)
{
	struct sheet_check check = { .guard = guard, .sheet = sheet, .diag = diag, .is_good = true };
	if (!sheet->count)
		return true;
	check.numbers = ARENA_ARRAY(guard->scratch, size_t, sheet->count);
	buf_init(&check.words, BUF_LIMIT_FILE);
	buf_init(&check.squeezed.text, BUF_LIMIT_FILE);
	check_all(&check, bytes);
	buf_clear(&check.words);
	buf_clear(&check.squeezed.text);
	arena_clear(guard->scratch);
	return check.is_good;
}
