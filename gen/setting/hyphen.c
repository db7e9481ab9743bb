/* SPDX-License-Identifier: MIT */
#include "setting/hyphen.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <hyphen.h>

#include "base/arena.h"

struct hyphenator {
	char *path;
	HyphenDict *dictionary; /* where is_loaded; NULL: the file is none */
	bool is_loaded;
};

struct hyphenator *hyphen_open(const char *path)
{
	struct stat status;
	/* Only a plain file: libhyphen would wait for ever at a pipe into which nobody writes. */
	if (stat(path, &status) || !S_ISREG(status.st_mode) || status.st_size == 0 || access(path, R_OK))
		return NULL;
	struct hyphenator *hyphenator = memory_resize(NULL, sizeof *hyphenator);
	*hyphenator = (struct hyphenator){ .path = memory_resize(NULL, strlen(path) + 1) };
	memcpy(hyphenator->path, path, strlen(path) + 1);
	return hyphenator;
}

void hyphen_load(struct hyphenator *hyphenator)
{
	if (!hyphenator || hyphenator->is_loaded)
		return;
	hyphenator->is_loaded = true;
	hyphenator->dictionary = hnj_hyphen_load(hyphenator->path);
}

void hyphen_close(struct hyphenator *hyphenator)
{
	if (!hyphenator)
		return;
	if (hyphenator->dictionary)
		hnj_hyphen_free(hyphenator->dictionary);
	free(hyphenator->path);
	free(hyphenator);
}

static bool is_small(char byte)
{
	return byte >= 'a' && byte <= 'z';
}

/*
 * Whether a word is one that may be divided: HYPHEN_SHORTEST letters or more of ASCII,
 * the first perhaps a capital, no digits, no abbreviation in capitals or with inner ones.
 */
static bool hyphen_suits(struct text word)
{
	if (word.size < HYPHEN_SHORTEST || word.size > HYPHEN_LONGEST)
		return false;
	for (size_t i = 0; i < word.size; i++)
		if (!is_small(word.at[i]) && !(i == 0 && word.at[0] >= 'A' && word.at[0] <= 'Z'))
			return false;
	return true;
}

size_t hyphen_word(struct hyphenator *hyphenator, struct text word, bool *is_break)
{
	char small[HYPHEN_LONGEST + 1] = "", marks[HYPHEN_LONGEST + 5] = "";
	char **replacements = NULL;
	int *positions = NULL, *cuts = NULL;
	if (!hyphen_suits(word))
		return 0;
	hyphen_load(hyphenator);
	if (!hyphenator->dictionary)
		return 0;
	memcpy(small, word.at, word.size);
	small[0] = (char)(small[0] | 0x20);
	bool good = hnj_hyphen_hyphenate3(hyphenator->dictionary, small, (int)word.size, marks, NULL, &replacements,
	                                  &positions, &cuts,
					  HYPHEN_BEFORE, HYPHEN_AFTER, HYPHEN_BEFORE, HYPHEN_AFTER) == 0;
	size_t count = 0;
	for (size_t i = 0; i < word.size; i++) {
		bool is_inside = i >= HYPHEN_BEFORE && i + HYPHEN_AFTER <= word.size;
		/* Divisions that change the spelling (other languages) are left alone. */
		is_break[i] = good && is_inside && (marks[i - 1] & 1) && !(replacements && replacements[i - 1]);
		count += is_break[i];
	}
	for (size_t i = 0; replacements && i < word.size; i++)
		free(replacements[i]);
	free(replacements);
	free(positions);
	free(cuts);
	return count;
}
