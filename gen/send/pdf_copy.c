/* SPDX-License-Identifier: MIT */
#include "send/pdf_copy.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/deflate.h"
#include "send/cipher.h"
#include "send/key.h"
#include "send/pdf_content.h"

enum { ID_SIZE = 16 };

/* ---- what the copy says ---------------------------------------------------------------------- */

bool pdf_copy_open(struct arena *arena, struct text file, struct pdf_copy *copy)
{
	*copy = (struct pdf_copy){ .arena = arena };
	if (!pdf_own_open(arena, file, &copy->filed))
		return false;
	copy->changed = ARENA_ARRAY(arena, struct text, copy->filed.count);
	copy->next = copy->filed.count;
	return true;
}

void pdf_copy_close(struct pdf_copy *copy)
{
	LIST_FREE(&copy->added);
}

struct text pdf_copy_object(struct pdf_copy *copy, uint32_t number)
{
	bool is_changed = number < copy->filed.count && copy->changed[number].size;
	return is_changed ? copy->changed[number] : pdf_own_object(&copy->filed, number);
}

void pdf_copy_change(struct pdf_copy *copy, uint32_t number, struct text text)
{
	bool is_there = pdf_own_stream(&copy->filed, number) || pdf_own_object(&copy->filed, number).size;
	assert(is_there && text.size);
	(void)is_there;
	copy->changed[number] = text;
}

uint32_t pdf_copy_reserve(struct pdf_copy *copy)
{
	return copy->next++;
}

void pdf_copy_add(struct pdf_copy *copy, uint32_t number, struct text text)
{
	LIST_PUSH(&copy->added, ((struct pdf_copy_added){ .number = number, .dict = text }));
}

void pdf_copy_add_stream(struct pdf_copy *copy, uint32_t number, struct text dict, struct text bytes)
{
	LIST_PUSH(&copy->added,
		  ((struct pdf_copy_added){ .number = number, .is_stream = true, .dict = dict, .bytes = bytes }));
}

struct text pdf_copy_with(struct arena *arena, struct text dict, const char *key, struct text value)
{
	struct text there = pdf_dict_value(dict, key);
	size_t start = there.size ? (size_t)(there.at - dict.at) : dict.size - strlen(">>"), end = start + there.size;
	return text_format(arena, "%.*s%s%s%s%.*s%.*s", (int)start, dict.at, there.size ? "" : "/",
			   there.size ? "" : key, there.size ? "" : " ", TEXT_ARGS(value), (int)(dict.size - end),
			   dict.at + end);
}

/* ---- objects of another file ------------------------------------------------------------------- */

struct adoption {
	struct pdf_copy *copy;
	struct pdf_own *from;
	uint32_t *numbers; /* by the number there: the one here, 0: not asked for */
	LIST(uint32_t) waiting;
};

static uint32_t number_here(struct adoption *adoption, uint32_t there)
{
	if (!there || there >= adoption->from->count)
		return 0;
	if (!adoption->numbers[there]) {
		adoption->numbers[there] = pdf_copy_reserve(adoption->copy);
		LIST_PUSH(&adoption->waiting, there);
	}
	return adoption->numbers[there];
}

/* The text with the numbers that its references have here; NO_TEXT where one leads nowhere. */
static struct text renumber(struct adoption *adoption, struct text text)
{
	struct pdf_token last[2] = { { PDF_END, NO_TEXT }, { PDF_END, NO_TEXT } };
	struct buf out;
	size_t done = 0;
	bool is_good = true;
	buf_init(&out, BUF_LIMIT_PAGE);
	for (size_t at = 0; at < text.size && is_good;) {
		struct pdf_token token = pdf_token_next(text, &at);
		if (token.kind == PDF_WORD && text_is(token.raw, "R") && last[0].kind == PDF_NUMBER) {
			size_t start = (size_t)(last[0].raw.at - text.at);
			uint32_t here = number_here(adoption,
						    pdf_own_reference(text_slice(text, start, at - start)));
			is_good = here > 0;
			buf_text(&out, text_slice(text, done, start - done));
			buf_format(&out, "%" PRIu32 " 0 R", here);
			done = at;
		}
		last[0] = last[1];
		last[1] = token;
	}
	buf_text(&out, text_slice(text, done, text.size));
	struct text copy = is_good && !out.overflowed ? text_copy(adoption->copy->arena, buf_view(&out)) : NO_TEXT;
	buf_clear(&out);
	return copy;
}

static bool adopt_one(struct adoption *adoption, uint32_t there)
{
	const struct pdf_own_stream *stream = pdf_own_stream(adoption->from, there);
	struct text text = renumber(adoption, stream ? stream->dict : pdf_own_object(adoption->from, there));
	if (stream)
		pdf_copy_add_stream(adoption->copy, adoption->numbers[there], text, stream->bytes);
	else
		pdf_copy_add(adoption->copy, adoption->numbers[there], text);
	return text.size > 0;
}

uint32_t pdf_copy_adopt(struct pdf_copy *copy, struct pdf_own *from, uint32_t number)
{
	struct adoption adoption = { .copy = copy, .from = from };
	adoption.numbers = ARENA_ARRAY(copy->arena, uint32_t, from->count);
	uint32_t here = number_here(&adoption, number);
	bool is_good = here > 0;
	for (size_t i = 0; i < adoption.waiting.count && is_good; i++)
		is_good = adopt_one(&adoption, adoption.waiting.at[i]);
	LIST_FREE(&adoption.waiting);
	return is_good ? here : 0;
}

/* ---- writing ----------------------------------------------------------------------------------- */

struct writing {
	struct pdf_copy *copy;
	const struct cipher *cipher;
	struct deflater *deflater;
	struct buf *out, heads, bodies, packed;
	size_t base;  /* where the file begins in out */
	uint16_t held; /* objects in heads and bodies */
	struct xref_place *places;
	bool is_damaged;
};

static void write_hex(struct buf *out, struct text bytes)
{
	buf_byte(out, '<');
	for (size_t i = 0; i < bytes.size; i++)
		buf_format(out, "%02x", (unsigned)(unsigned char)bytes.at[i]);
	buf_byte(out, '>');
}

/* Strings in the dictionary of a stream are encrypted one by one. */
static void write_value(struct writing *writing, struct text value)
{
	size_t done = 0;
	struct buf plain, locked;
	buf_init(&plain, BUF_LIMIT_PAGE);
	buf_init(&locked, BUF_LIMIT_PAGE);
	for (size_t at = 0; at < value.size;) {
		struct pdf_token token = pdf_token_next(value, &at);
		if (token.kind != PDF_STRING)
			continue;
		size_t start = at - token.raw.size;
		buf_text(writing->out, text_slice(value, done, start - done));
		buf_reset(&plain);
		buf_reset(&locked);
		pdf_string_bytes(token.raw, &plain);
		cipher_add(writing->cipher, buf_view(&plain), &locked);
		write_hex(writing->out, buf_view(&locked));
		done = at;
	}
	buf_text(writing->out, text_slice(value, done, value.size));
	buf_clear(&plain);
	buf_clear(&locked);
}

static void begin_object(struct writing *writing, uint32_t number)
{
	size_t at = writing->out->size - writing->base;
	writing->places[number] = (struct xref_place){ .kind = XREF_STREAM, .where = (uint32_t)at };
	buf_format(writing->out, "%" PRIu32 " 0 obj\n", number);
}

static void write_stream(struct writing *writing, uint32_t number, struct text dict, struct text bytes)
{
	struct pdf_entry entry;
	begin_object(writing, number);
	buf_string(writing->out, "<<");
	for (size_t at = 0; pdf_entry_next(dict, &at, &entry);) {
		if (text_is(entry.key, "/Length"))
			continue;
		buf_text(writing->out, entry.key);
		buf_byte(writing->out, ' ');
		write_value(writing, entry.value);
	}
	buf_format(writing->out, "/Length %zu>>\nstream\n", cipher_size(bytes.size));
	cipher_add(writing->cipher, bytes, writing->out);
	buf_string(writing->out, "\nendstream\nendobj\n");
}

/* ---- object streams ---- */

static void hold(struct writing *writing, uint32_t number, struct text text)
{
	buf_format(&writing->heads, "%" PRIu32 " %zu ", number, writing->bodies.size);
	buf_text(&writing->bodies, text);
	buf_byte(&writing->bodies, '\n');
	writing->held++;
}

static void write_held(struct writing *writing, uint32_t number)
{
	char dict[80];
	snprintf(dict, sizeof dict, "<</Type/ObjStm/N %u/First %zu/Filter/FlateDecode>>", writing->held,
		 writing->heads.size);
	buf_text(&writing->heads, buf_view(&writing->bodies));
	buf_reset(&writing->packed);
	if (!deflater_add(writing->deflater, DEFLATE_SMALL, buf_view(&writing->heads), &writing->packed))
		writing->is_damaged = true;
	write_stream(writing, number, text_from(dict), buf_view(&writing->packed));
	buf_reset(&writing->heads);
	buf_reset(&writing->bodies);
	writing->held = 0;
}

/* The same objects in the same order. */
static void write_anew(struct writing *writing, const struct pdf_own_stream *stream)
{
	for (uint16_t i = 0; i < stream->held_count; i++)
		hold(writing, stream->numbers[i], pdf_copy_object(writing->copy, stream->numbers[i]));
	write_held(writing, stream->number);
}

/* ---- the file ---- */

static bool has_change(const struct pdf_copy *copy, const struct pdf_own_stream *stream)
{
	for (uint16_t i = 0; stream->held && i < stream->held_count; i++)
		if (copy->changed[stream->numbers[i]].size)
			return true;
	return false;
}

static void write_filed(struct writing *writing)
{
	const struct pdf_copy *copy = writing->copy;
	for (size_t i = 0; i < copy->filed.stream_count; i++) {
		const struct pdf_own_stream *stream = &copy->filed.streams[i];
		struct text other = copy->changed[stream->number];
		if (has_change(copy, stream))
			write_anew(writing, stream);
		else
			write_stream(writing, stream->number, stream->dict, other.size ? other : stream->bytes);
	}
}

static void write_added(struct writing *writing)
{
	uint32_t holder = pdf_copy_reserve(writing->copy);
	for (size_t i = 0; i < writing->copy->added.count; i++) {
		const struct pdf_copy_added *added = &writing->copy->added.at[i];
		if (added->is_stream) {
			write_stream(writing, added->number, added->dict, added->bytes);
			continue;
		}
		writing->places[added->number] = (struct xref_place){ .kind = XREF_HELD, .where = holder,
								      .index = writing->held };
		writing->is_damaged |= writing->held == UINT16_MAX;
		hold(writing, added->number, added->dict);
	}
	if (writing->held)
		write_held(writing, holder);
}

/* Neither the encryption's own strings nor the table of places are encrypted. */
static void write_end(struct writing *writing, uint32_t encryption, uint32_t table)
{
	struct pdf_copy *copy = writing->copy;
	struct buf *out = writing->out;
	char id[ID_SIZE];
	begin_object(writing, encryption);
	cipher_write_dict(writing->cipher, out);
	buf_string(out, "\nendobj\n");
	size_t start = out->size - writing->base;
	begin_object(writing, table);
	buf_reset(&writing->bodies);
	buf_reset(&writing->packed);
	xref_write(&writing->bodies, writing->places, copy->next);
	if (!deflater_add(writing->deflater, DEFLATE_SMALL, buf_view(&writing->bodies), &writing->packed))
		writing->is_damaged = true;
	buf_format(out, "<</Type/XRef/Size %" PRIu32 XREF_SHAPE "/Root %" PRIu32 " 0 R/Info %" PRIu32 " 0 R", copy->next,
		   copy->filed.root, copy->filed.info);
	buf_format(out, "/Encrypt %" PRIu32 " 0 R/ID[%.*s", encryption, TEXT_ARGS(copy->filed.id));
	key_random(id, sizeof id);
	write_hex(out, (struct text){ id, sizeof id });
	buf_format(out, "]/Length %zu/Filter/FlateDecode>>\nstream\n", writing->packed.size);
	buf_text(out, buf_view(&writing->packed));
	buf_format(out, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", start);
}

bool pdf_copy_write(struct pdf_copy *copy, const struct cipher *cipher, struct buf *out)
{
	enum { NUMBERS_OF_OURS = 2 /* an object stream, the encryption */ };
	struct writing writing = { .copy = copy, .cipher = cipher, .deflater = deflater_new(), .out = out,
				   .base = out->size };
	const struct pdf_own *filed = &copy->filed;
	writing.places = ARENA_ARRAY(copy->arena, struct xref_place, (size_t)copy->next + NUMBERS_OF_OURS);
	memcpy(writing.places, filed->places, filed->count * sizeof *filed->places);
	buf_init(&writing.heads, BUF_LIMIT_PAGE);
	buf_init(&writing.bodies, BUF_LIMIT_PAGE);
	buf_init(&writing.packed, BUF_LIMIT_PAGE);
	buf_text(out, filed->head);
	write_filed(&writing);
	write_added(&writing);
	write_end(&writing, pdf_copy_reserve(copy), filed->streams[filed->stream_count].number);
	bool is_good = !writing.is_damaged && !out->overflowed && !writing.heads.overflowed &&
		       !writing.bodies.overflowed;
	buf_clear(&writing.heads);
	buf_clear(&writing.bodies);
	buf_clear(&writing.packed);
	deflater_free(writing.deflater);
	return is_good;
}
