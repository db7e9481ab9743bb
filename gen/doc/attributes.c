/* SPDX-License-Identifier: MIT */
#include "doc/attributes.h"

#include "base/diag.h"
#include "doc/values.h"

enum { MOST_PAIRS = 32 };

static const struct {
	const char *name;
	unsigned flag;
} classes[] = {
	{ "unnumbered", NODE_UNNUMBERED }, { "newpage", NODE_NEW_PAGE }, { "annex", NODE_ANNEX },
	{ "small", NODE_SMALL }, { "landscape", NODE_LANDSCAPE }, { "nocontents", NODE_HIDDEN_IN_CONTENTS },
	{ "dense", NODE_DENSE },
};

static unsigned class_flag(struct text name)
{
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (text_is(name, classes[i].name))
			return classes[i].flag;
	return 0;
}

/* The next word: up to white space outside double quotes. */
static bool next_word(struct text *rest, struct text *word)
{
	*rest = text_trim(*rest);
	bool quoted = false;
	size_t end = 0;
	for (; end < rest->size && (quoted || (rest->at[end] != ' ' && rest->at[end] != '\t')); end++)
		if (rest->at[end] == '"')
			quoted = !quoted;
	*word = text_slice(*rest, 0, end);
	*rest = text_slice(*rest, end, rest->size);
	return end > 0;
}

static struct text unquote(struct text value)
{
	if (value.size >= 2 && value.at[0] == '"' && value.at[value.size - 1] == '"')
		return text_slice(value, 1, value.size - 2);
	return value;
}

/* Where the last "{" outside quotes stands that the final "}" closes; text.size when there is none. */
static size_t opening_brace(struct text text)
{
	if (!text_ends(text, "}"))
		return text.size;
	bool quoted = false;
	for (size_t i = text.size - 1; i-- > 0;) {
		if (text.at[i] == '"')
			quoted = !quoted;
		else if (text.at[i] == '{' && !quoted)
			return i;
	}
	return text.size;
}

static void read_word(struct arena *arena, struct text word, struct attributes *attributes, const struct attributes_options *options)
{
	struct attribute *pairs = attributes->pairs;
	size_t equals = text_find(word, TEXT("="));
	if (word.at[0] == '#' && word.size > 1) {
		attributes->id = values_fill(arena, options->values, text_slice(word, 1, word.size));
	} else if (word.at[0] == '.' && class_flag(text_slice(word, 1, word.size))) {
		attributes->flags |= class_flag(text_slice(word, 1, word.size));
	} else if (equals && equals < word.size && attributes->count < MOST_PAIRS) {
		pairs[attributes->count++] = (struct attribute){
			values_fill(arena, options->values, text_slice(word, 0, equals)),
			values_fill(arena, options->values, unquote(text_slice(word, equals + 1, word.size))),
		};
	} else {
		DIAG(options->diag, DIAG_DOC_ATTRIBUTE, .span = options->span, .a = word);
	}
}

struct attributes attributes_split(struct arena *arena, struct text *text, const struct attributes_options *options)
{
	struct attributes attributes = { 0 };
	*text = text_trim(*text);
	size_t open = opening_brace(*text);
	if (open == text->size)
		return attributes;
	struct text inside = text_slice(*text, open + 1, text->size - open - 2), word;
	*text = text_trim(text_slice(*text, 0, open));
	attributes.pairs = ARENA_ARRAY(arena, struct attribute, MOST_PAIRS);
	while (next_word(&inside, &word))
		read_word(arena, word, &attributes, options);
	return attributes;
}

struct text attributes_first_word(struct text *rest)
{
	size_t end = 0;
	while (end < rest->size && rest->at[end] != ' ' && rest->at[end] != '{')
		end++;
	struct text word = text_slice(*rest, 0, end);
	*rest = text_trim(text_slice(*rest, end, rest->size));
	return word;
}

struct text attributes_find(const struct node *node, const char *name)
{
	for (size_t i = 0; i < node->attribute_count; i++)
		if (text_is(node->attributes[i].name, name))
			return node->attributes[i].value;
	return NO_TEXT;
}
