/* SPDX-License-Identifier: MIT */
#include "send/pdf_words.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "send/pdf_content.h"

enum { STATES_MOST = 64, MEANINGS_MOST = 1 << 18, MEANING_MOST = 64 /* bytes of a code's meaning in UTF-16 */ };

/* ---- ToUnicode --------------------------------------------------------------------------- */

/* A code or a meaning in hexadecimal digits. */
struct hex_value {
	unsigned char bytes[MEANING_MOST];
	size_t size;
};

static bool read_hex(struct pdf_token token, struct hex_value *value)
{
	struct buf bytes;
	if (token.kind != PDF_STRING)
		return false;
	buf_init(&bytes, MEANING_MOST);
	pdf_string_bytes(token.raw, &bytes);
	bool fits = !bytes.overflowed;
	value->size = bytes.size;
	memcpy(value->bytes, bytes.at, bytes.size);
	buf_clear(&bytes);
	return fits;
}

static uint32_t number_of(const struct hex_value *value)
{
	uint32_t number = 0;
	for (size_t i = 0; i < value->size && i < 4; i++)
		number = number << 8 | value->bytes[i];
	return number;
}

static void set_meaning(struct arena *arena, struct pdf_font *font, uint32_t code, const struct hex_value *meaning)
{
	struct buf text;
	if (code > 0xFFFF || meaning->size < 2 || font->count++ >= MEANINGS_MOST)
		return;
	struct text **block = &font->meanings[code >> 8];
	if (!*block)
		*block = ARENA_ARRAY(arena, struct text, 256);
	buf_init(&text, BUF_LIMIT_PAGE);
	for (size_t i = 0; i + 1 < meaning->size; i += 2) {
		uint32_t unit = (uint32_t)meaning->bytes[i] << 8 | meaning->bytes[i + 1], low = 0;
		if (i + 3 < meaning->size)
			low = (uint32_t)meaning->bytes[i + 2] << 8 | meaning->bytes[i + 3];
		if (unit >= 0xD800 && unit < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
			unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
			i += 2;
		}
		utf8_write(&text, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
	}
	(*block)[code & 0xFF] = text_copy(arena, buf_view(&text));
	buf_clear(&text);
}

/* <from> <to> and one meaning that counts up, or an array of one each. */
static bool read_range(struct arena *arena, struct pdf_font *font, struct text text, size_t *at)
{
	struct hex_value from, to, meaning;
	if (font->count >= MEANINGS_MOST)
		return false;
	if (!read_hex(pdf_token_next(text, at), &from) || !read_hex(pdf_token_next(text, at), &to))
		return false;
	uint32_t code = number_of(&from), last = number_of(&to);
	struct pdf_token token = pdf_token_next(text, at);
	last = last > 0xFFFF ? 0xFFFF : last;
	if (token.kind == PDF_ARRAY) {
		for (token = pdf_token_next(text, at); token.kind == PDF_STRING; token = pdf_token_next(text, at))
			if (code <= last && read_hex(token, &meaning))
				set_meaning(arena, font, code++, &meaning);
		return token.kind == PDF_ARRAY_END;
	}
	if (!read_hex(token, &meaning) || meaning.size < 2)
		return false;
	for (; code <= last; code++) {
		set_meaning(arena, font, code, &meaning);
		if (++meaning.bytes[meaning.size - 1] == 0)
			meaning.bytes[meaning.size - 2]++;
	}
	return true;
}

static bool read_character(struct arena *arena, struct pdf_font *font, struct text text, size_t *at)
{
	struct hex_value code, meaning;
	if (!read_hex(pdf_token_next(text, at), &code) || !read_hex(pdf_token_next(text, at), &meaning))
		return false;
	set_meaning(arena, font, number_of(&code), &meaning);
	return true;
}

void pdf_font_read_meanings(struct arena *arena, struct pdf_font *font, struct text to_unicode)
{
	bool (*read)(struct arena *, struct pdf_font *, struct text, size_t *) = NULL;
	font->has_meanings = true;
	for (size_t at = 0; at < to_unicode.size;) {
		size_t start = at;
		struct pdf_token token = pdf_token_next(to_unicode, &at);
		if (text_is(token.raw, "beginbfchar"))
			read = read_character;
		else if (text_is(token.raw, "beginbfrange"))
			read = read_range;
		else if (token.kind != PDF_STRING)
			read = NULL;
		if (token.kind != PDF_STRING || !read)
			continue;
		at = start;
		if (!read(arena, font, to_unicode, &at))
			read = NULL;
	}
}

/* ---- showing ------------------------------------------------------------------------------- */

struct showing {
	struct pdf_words *words;
	const struct pdf_font *font, *saved[STATES_MOST];
	size_t saved_count;
	size_t depth;  /* of marked contents */
	size_t hidden; /* the depth from which another text stands for what is shown; 0: none */
};

static void put(struct showing *showing, struct text text)
{
	buf_text(&showing->words->shown, text);
	if (!showing->hidden)
		buf_text(&showing->words->actual, text);
}

static void put_code(struct showing *showing, uint32_t code)
{
	const struct pdf_font *font = showing->font;
	const struct text *block = font ? font->meanings[code >> 8] : NULL;
	if (block && block[code & 0xFF].size) {
		put(showing, block[code & 0xFF]);
		return;
	}
	struct buf itself;
	buf_init(&itself, BUF_LIMIT_PAGE);
	utf8_write(&itself, font && !font->is_wide && !font->has_meanings ? code : 0xFFFD);
	put(showing, buf_view(&itself));
	buf_clear(&itself);
}

static void show_string(struct showing *showing, struct text raw)
{
	struct buf bytes;
	buf_init(&bytes, BUF_LIMIT_PAGE);
	pdf_string_bytes(raw, &bytes);
	size_t width = showing->font && showing->font->is_wide ? 2 : 1;
	for (size_t i = 0; i + width <= bytes.size; i += width) {
		uint32_t code = (unsigned char)bytes.at[i];
		put_code(showing, width == 2 ? code << 8 | (unsigned char)bytes.at[i + 1] : code);
	}
	buf_clear(&bytes);
}

static void show_array(struct showing *showing, struct text array)
{
	size_t at = 0;
	pdf_token_next(array, &at);
	for (struct pdf_token token; (token = pdf_token_next(array, &at)).kind != PDF_END;)
		if (token.kind == PDF_STRING)
			show_string(showing, token.raw);
}

static void save(struct showing *showing)
{
	if (showing->saved_count < STATES_MOST)
		showing->saved[showing->saved_count] = showing->font;
	showing->saved_count++;
}

static void restore(struct showing *showing)
{
	if (!showing->saved_count)
		return;
	if (--showing->saved_count < STATES_MOST)
		showing->font = showing->saved[showing->saved_count];
}

static void begin_marked(struct showing *showing, const struct pdf_operation *operation)
{
	showing->depth++;
	if (showing->hidden || !text_is(operation->operator, "BDC") || !operation->count)
		return;
	struct text actual = pdf_dict_value(operation->operands[operation->count - 1], "ActualText");
	if (!actual.size)
		return;
	pdf_string_words(actual, &showing->words->actual);
	showing->hidden = showing->depth;
}

static void end_marked(struct showing *showing)
{
	if (showing->hidden == showing->depth)
		showing->hidden = 0;
	showing->depth -= showing->depth > 0;
}

static bool is_any(struct text operator, const char *const names[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(operator, names[i]))
			return true;
	return false;
}

static void perform(struct showing *showing, const struct pdf_operation *operation)
{
	static const char *const moves[] = { "Td", "TD", "Tm", "T*", "'", "\"", "ET" }, *const shows[] = { "Tj", "'", "\"" };
	struct pdf_words *words = showing->words;
	struct text operator = operation->operator, last = NO_TEXT;
	if (operation->count)
		last = operation->operands[operation->count - 1];
	if (is_any(operator, moves, sizeof moves / sizeof *moves))
		put(showing, TEXT("\n"));
	if (is_any(operator, shows, sizeof shows / sizeof *shows))
		show_string(showing, last);
	else if (text_is(operator, "TJ"))
		show_array(showing, last);
	else if (text_is(operator, "Tf") && operation->count > 1)
		showing->font = words->find_font(words->context, operation->operands[operation->count - 2]);
	else if (text_is(operator, "q"))
		save(showing);
	else if (text_is(operator, "Q"))
		restore(showing);
	else if (text_is(operator, "BMC") || text_is(operator, "BDC"))
		begin_marked(showing, operation);
	else if (text_is(operator, "EMC"))
		end_marked(showing);
	else if (text_is(operator, "Do"))
		words->draw_form(words->context, last);
}

void pdf_words_read(struct pdf_words *words, struct text content)
{
	struct showing showing = { .words = words };
	struct pdf_operation operation;
	for (size_t at = 0; pdf_operation_next(content, &at, &operation);)
		perform(&showing, &operation);
}
