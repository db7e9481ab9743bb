/* SPDX-License-Identifier: MIT */
#include "commands/problem_change.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"

enum { KEY = 32, SHOWN_MOST = 200 };

/* Before the words of a kept complaint, which are HTML. */
struct kept {
	char key[KEY];
	uint32_t size;
};

static void add_part(struct hash *hash, struct text text)
{
	uint64_t size = text.size;
	hash_add(hash, (struct text){ (const char *)&size, sizeof size });
	hash_add(hash, text);
}

static void key_of(const struct diag_entry *entry, char key[KEY])
{
	const struct diag_args *args = entry->args;
	const struct text parts[] = {
		text_from(diag_row(entry->kind)->code), entry->file, entry->heading, entry->enterprise,
		args->a, args->b, args->c, args->d, entry->is_one_value ? entry->offending : NO_TEXT,
	};
	struct hash hash;
	char hex[65];
	hash_init(&hash);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		add_part(&hash, parts[i]);
	hash_finish(&hash, hex);
	memcpy(key, hex, KEY);
}

/* ---- the form ----------------------------------------------------------------------- */

/* The first of them and its words, which are taken off; false at the end. */
static bool take(struct text *rest, struct kept *kept, struct text *words)
{
	if (rest->size < sizeof *kept)
		return false;
	memcpy(kept, rest->at, sizeof *kept);
	*words = text_slice(*rest, sizeof *kept, kept->size);
	*rest = text_slice(*rest, sizeof *kept + kept->size, rest->size);
	return true;
}

static void put(const struct kept *kept, struct text words, struct buf *out)
{
	buf_add(out, kept, sizeof *kept);
	buf_text(out, words);
}

static void write_words(const struct problem_page *page, const struct diag_entry *entry, struct buf *words)
{
	buf_format(words, "<span class=\"severity %s\">%s</span> ", problem_class(entry->kind),
		   problem_word(entry->kind, page->language));
	buf_html(words, entry->file);
	buf_byte(words, ' ');
	problem_place_write(page, entry, words);
	buf_string(words, page->language == LANGUAGE_CHINESE ? "：" : ": ");
	buf_html(words, entry->message);
}

void problem_change_keep(const struct problem_page *page, struct buf *kept)
{
	struct buf words;
	buf_init(&words, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < page->count; i++) {
		struct kept head = { .size = 0 };
		key_of(&page->entries[i], head.key);
		write_words(page, &page->entries[i], &words);
		head.size = (uint32_t)words.size;
		put(&head, buf_view(&words), kept);
		buf_reset(&words);
	}
	buf_clear(&words);
}

static size_t count_kept(struct text kept)
{
	struct kept head;
	struct text words;
	size_t count = 0;
	while (take(&kept, &head, &words))
		count++;
	return count;
}

/* ---- the difference ------------------------------------------------------------------- */

struct key {
	char hex[KEY];
};

static int compare_keys(const void *left, const void *right)
{
	return memcmp(left, right, KEY);
}

static struct key *sorted_keys(struct arena *arena, struct text kept, size_t count)
{
	struct key *keys = ARENA_ARRAY(arena, struct key, count);
	struct kept head;
	struct text words;
	for (size_t i = 0; take(&kept, &head, &words); i++)
		memcpy(keys[i].hex, head.key, KEY);
	qsort(keys, count, sizeof *keys, compare_keys);
	return keys;
}

/* Index of the first key that is not less. */
static size_t lower_bound(const struct key *keys, size_t count, const char *wanted)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (memcmp(keys[middle].hex, wanted, KEY) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void problem_change_without(struct text from, struct text other, struct buf *rest)
{
	struct arena *arena = arena_new();
	size_t count = count_kept(other);
	const struct key *keys = sorted_keys(arena, other, count);
	size_t *used = ARENA_ARRAY(arena, size_t, count); /* by the first of equal keys */
	struct kept head;
	struct text words;
	while (take(&from, &head, &words)) {
		size_t first = lower_bound(keys, count, head.key), at = first < count ? first + used[first] : count;
		bool is_there = at < count && memcmp(keys[at].hex, head.key, KEY) == 0;
		if (is_there)
			used[first]++;
		else
			put(&head, words, rest);
	}
	arena_free(arena);
}

size_t problem_change_new(struct text kept, struct diag_entry *entries, size_t count)
{
	struct arena *arena = arena_new();
	size_t key_count = count_kept(kept), left = 0;
	const struct key *keys = sorted_keys(arena, kept, key_count);
	for (size_t i = 0; i < count; i++) {
		char key[KEY];
		key_of(&entries[i], key);
		size_t at = lower_bound(keys, key_count, key);
		if (at == key_count || memcmp(keys[at].hex, key, KEY) != 0)
			entries[left++] = entries[i];
	}
	arena_free(arena);
	return left;
}

/* ---- words ----------------------------------------------------------------------------- */

static void write_list(enum diag_language language, const char *key, struct text kept, struct buf *body)
{
	static const char *const summaries[2][2] = { { "改好的", "新出现的" }, { "mended", "new" } };
	bool is_new = key[0] == 'n';
	struct kept head;
	struct text words;
	size_t count = 0;
	if (!kept.size)
		return;
	buf_format(body, "<details data-key=\"%s\"%s><summary>%s</summary>\n<ul class=\"places\">\n", key,
		   is_new ? " open" : "", summaries[language][is_new]);
	for (; take(&kept, &head, &words); count++) {
		if (count >= SHOWN_MOST)
			continue;
		buf_string(body, "<li>");
		buf_text(body, words);
		buf_string(body, "</li>\n");
	}
	if (count > SHOWN_MOST)
		buf_format(body, "<li>… %zu</li>\n", count - SHOWN_MOST);
	buf_string(body, "</ul></details>\n");
}

void problem_change_write(enum diag_language language, struct text mended, struct text appeared, struct buf *body)
{
	size_t good = count_kept(mended), bad = count_kept(appeared);
	bool is_chinese = language == LANGUAGE_CHINESE;
	buf_string(body, "<section class=\"changes\"><p><strong>");
	if (!good && !bad)
		buf_string(body, is_chinese ? "与上次读取相比，问题没有变化。" : "nothing has changed since the last reading.");
	else if (is_chinese)
		buf_format(body, "已改好 %zu 项，新出现 %zu 项", good, bad);
	else
		buf_format(body, "%zu mended, %zu new", good, bad);
	buf_string(body, "</strong>");
	if (good || bad)
		buf_string(body, is_chinese ? "（与上一次有变化的读取相比）" : " (since the last reading that differed)");
	buf_string(body, "</p>\n");
	write_list(language, "mended", mended, body);
	write_list(language, "new", appeared, body);
	buf_string(body, "</section>\n");
}
