/* SPDX-License-Identifier: MIT */
#include "facts/pinyin.h"

#include <stdlib.h>

#include "base/text.h"

enum { PAGES_START = 0x4E00, PAGE_CHARACTERS = 256, DIGITS = 2, BASE = 26 };

static const char pages[][PAGE_CHARACTERS * DIGITS + 1] = {
#define PAGE(numbers) numbers,
#include "facts/pinyin.def"
#undef PAGE
};
#define PAGES_END (PAGES_START + PAGE_CHARACTERS * sizeof pages / sizeof *pages)

/* In the order of the alphabet. */
static const struct text syllables[] = {
#define SYLLABLE(reading) TEXT_INIT(reading),
#include "facts/pinyin.def"
#undef SYLLABLE
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Ascending by character. */
static const struct several {
	uint32_t character;
	char readings[44]; /* with blanks between */
} several[] = {
#define READINGS(character, readings) { character, readings },
#include "facts/pinyin.def"
#undef READINGS
};

static int compare_character(const void *wanted, const void *entry)
{
	uint32_t a = *(const uint32_t *)wanted, b = ((const struct several *)entry)->character;
	return (a > b) - (a < b);
}

static int compare_syllable(const void *wanted, const void *entry)
{
	return text_compare(*(const struct text *)wanted, *(const struct text *)entry);
}

static size_t read_several(const char *words, uint16_t readings[PINYIN_MOST])
{
	size_t count = 0;
	for (struct text rest = text_from(words); rest.size && count < PINYIN_MOST;) {
		struct text word = text_slice(rest, 0, text_find(rest, TEXT(" ")));
		const struct text *found =
			bsearch(&word, syllables, COUNT(syllables), sizeof *syllables, compare_syllable);
		readings[count++] = (uint16_t)(found - syllables);
		rest = text_slice(rest, word.size < rest.size ? word.size + 1 : rest.size, rest.size);
	}
	return count;
}

size_t pinyin_of(uint32_t character, uint16_t readings[PINYIN_MOST])
{
	const struct several *found =
		bsearch(&character, several, COUNT(several), sizeof *several, compare_character);
	if (found)
		return read_several(found->readings, readings);
	if (character < PAGES_START || character >= PAGES_END)
		return 0;
	size_t index = character - PAGES_START;
	const char *digits = &pages[index / PAGE_CHARACTERS][index % PAGE_CHARACTERS * DIGITS];
	readings[0] = (uint16_t)((digits[0] - 'a') * BASE + digits[1] - 'a');
	return digits[0] != '.';
}

struct text pinyin_reading(uint16_t number)
{
	return syllables[number];
}
