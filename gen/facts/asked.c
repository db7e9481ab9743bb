/* SPDX-License-Identifier: MIT */
#include "facts/asked.h"

#include <assert.h>

#include "base/arena.h"
#include "base/buf.h"

enum { WORD_BITS = 64, HEX_PER_WORD = 16 };

static size_t count_columns(const struct table *table, enum facts_scope scope)
{
	struct column_walk walk = { .table = table, .scope = scope };
	size_t count = 0;
	while (column_next(&walk))
		count++;
	return count;
}

void asked_open(struct asked_tables *tables, struct arena *arena, enum facts_scope scope)
{
	size_t count = 0;
	while (table_of(scope, count))
		count++;
	*tables = (struct asked_tables){ .scope = scope, .count = count };
	tables->tables = ARENA_ARRAY(arena, const struct table *, count);
	tables->first = ARENA_ARRAY(arena, uint32_t, count + 1);
	for (size_t n = 0; n < count; n++) {
		tables->tables[n] = table_of(scope, n);
		tables->first[n + 1] = tables->first[n] + 1 + (uint32_t)count_columns(tables->tables[n], scope);
	}
	assert(tables->first[count] <= FACTS_ASKED_WORDS * WORD_BITS);
}

static void set(struct facts_asked *asked, size_t bit)
{
	asked->words[bit / WORD_BITS] |= UINT64_C(1) << bit % WORD_BITS;
}

bool asked_add(const struct asked_tables *tables, struct text name, struct text column, struct facts_asked *asked)
{
	size_t n = 0;
	while (n < tables->count && !table_is_called(tables->tables[n]->name, name))
		n++;
	if (n == tables->count)
		return false;
	set(asked, tables->first[n]);
	if (!column.size)
		return true;
	struct column_walk walk = { .table = tables->tables[n], .scope = tables->scope };
	const struct column *found;
	size_t bit = tables->first[n] + 1;
	while ((found = column_next(&walk)) && !table_is_called(found->name, column))
		bit++;
	if (found)
		set(asked, bit);
	return found != NULL;
}

void asked_join(struct facts_asked *asked, const struct facts_asked *more)
{
	for (size_t i = 0; i < FACTS_ASKED_WORDS; i++)
		asked->words[i] |= more->words[i];
}

bool asked_has(const struct facts_asked *asked, size_t bit)
{
	return asked->words[bit / WORD_BITS] >> bit % WORD_BITS & 1;
}

/* ---- as text ------------------------------------------------------------------------------ */

void facts_asked_write(const struct facts_asked *asked, struct buf *buf)
{
	size_t count = FACTS_ASKED_WORDS;
	while (count && !asked->words[count - 1])
		count--;
	for (size_t i = 0; i < count; i++)
		buf_format(buf, "%016llx", (unsigned long long)asked->words[i]);
}

static int digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

bool facts_asked_read(struct text text, struct facts_asked *asked)
{
	*asked = (struct facts_asked){ { 0 } };
	if (text.size % HEX_PER_WORD || text.size / HEX_PER_WORD > FACTS_ASKED_WORDS)
		return false;
	for (size_t i = 0; i < text.size; i++) {
		int value = digit(text.at[i]);
		if (value < 0)
			return false;
		uint64_t *word = &asked->words[i / HEX_PER_WORD];
		*word = *word << 4 | (uint64_t)value;
	}
	return true;
}
