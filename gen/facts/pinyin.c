/* SPDX-License-Identifier: MIT */
#include "facts/pinyin.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { PAGES_START = 0x4E00, PAGE_SIZE_LETTERS = 256 };

static const char pages[][PAGE_SIZE_LETTERS + 1] = {
#define PAGE(letters) letters,
#include "facts/pinyin.def"
#undef PAGE
};
#define PAGES_END (PAGES_START + PAGE_SIZE_LETTERS * sizeof pages / sizeof *pages)

/* Ascending by character. */
static const struct several {
	uint32_t character;
	char letters[8];
} several[] = {
#define LETTERS(character, letters) { character, letters },
#include "facts/pinyin.def"
#undef LETTERS
};

static int compare_character(const void *wanted, const void *entry)
{
	uint32_t a = *(const uint32_t *)wanted, b = ((const struct several *)entry)->character;
	return (a > b) - (a < b);
}

struct pinyin pinyin_of(uint32_t character)
{
	struct pinyin pinyin = { "" };
	const struct several *found = bsearch(&character, several, sizeof several / sizeof *several, sizeof *several, compare_character);
	if (found) {
		memcpy(pinyin.letters, found->letters, sizeof pinyin.letters);
	} else if (character >= PAGES_START && character < PAGES_END) {
		size_t index = character - PAGES_START;
		char letter = pages[index / PAGE_SIZE_LETTERS][index % PAGE_SIZE_LETTERS];
		pinyin.letters[0] = letter == '.' ? '\0' : letter;
	}
	return pinyin;
}
