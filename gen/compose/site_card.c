/* SPDX-License-Identifier: MIT */
#include "compose/site_card.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "compose/site.h"
#include "compose/site_rows.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool read_row(const struct site_cards *cards, const struct datum *source, struct site_card *card)
{
	const struct rows *rows = source->rows;
	size_t row = source->kind == DATUM_ROW ? source->row : 0;
	const struct {
		struct text name, *text;
	} columns[] = {
		{ TEXT("over"), &card->over }, { TEXT("title"), &card->title },
		{ TEXT("line"), &card->line }, { TEXT("note"), &card->note },
	};
	for (size_t i = 0; i < COUNT(columns); i++) {
		int column = site_rows_column(cards->options->diag, rows, columns[i].name, card->span);
		if (column < 0)
			return false;
		*columns[i].text = rows->values[row * rows->column_count + (size_t)column].text;
	}
	return true;
}

/* As one sentence for who cannot see it, or a line each, by which a card is told from others. */
static void join(const struct site_card *card, bool is_sentence, struct buf *words)
{
	const struct text parts[] = { card->over, card->title, card->line, card->note };
	buf_reset(words);
	for (size_t i = 0; i < COUNT(parts); i++) {
		if (is_sentence)
			buf_string(words, words->size && parts[i].size ? "　" : "");
		else
			buf_byte(words, '\n');
		buf_text(words, parts[i]);
	}
}

/* Draws it and hands it over. */
static bool draw(struct site_cards *cards, const struct site_card *card)
{
	static const struct text names[] = { TEXT_INIT("path"), TEXT_INIT("words") };
	const struct site_options *options = cards->options;
	struct datum *values = ARENA_ARRAY(cards->arena, struct datum, COUNT(names));
	struct buf png;
	char hash[65];
	buf_init(&png, BUF_LIMIT_PAGE);
	bool is_good = options->card(options->card_context, card, &png);
	hash_of(buf_view(&png), hash);
	struct text path = text_format(cards->arena, "assets/card.%.10s.png", hash);
	is_good = is_good && options->write(options->write_context, path, buf_view(&png));
	buf_clear(&png);
	values[0] = datum_text(path);
	join(card, true, &cards->key);
	values[1] = datum_text(text_copy(cards->arena, buf_view(&cards->key)));
	LIST_PUSH(&cards->made, datum_object(names, values, COUNT(names)));
	return is_good;
}

void site_cards_init(struct site_cards *cards, struct arena *arena, const struct site_options *options)
{
	*cards = (struct site_cards){ .options = options, .arena = arena };
	buf_init(&cards->key, BUF_LIMIT_PAGE);
}

bool site_cards_find(struct site_cards *cards, const struct datum *source, struct span span, struct datum *card)
{
	struct site_card words = { .span = span };
	if (!cards->options->card || !source->rows || source->rows->row_count == 0)
		return true;
	if (!read_row(cards, source, &words))
		return false;
	join(&words, false, &cards->key);
	const uint32_t *known = map_find(&cards->words, buf_view(&cards->key));
	uint32_t number = known ? *known : (uint32_t)cards->made.count;
	if (!known) {
		map_add(&cards->words, text_copy(cards->arena, buf_view(&cards->key)), number);
		if (!draw(cards, &words))
			return false;
	}
	*card = cards->made.at[number];
	return true;
}

void site_cards_clear(struct site_cards *cards)
{
	map_clear(&cards->words);
	LIST_FREE(&cards->made);
	buf_clear(&cards->key);
}
