/* SPDX-License-Identifier: MIT
 *
 * Mutations for files that people write: lines, cells, attributes and values are moved, doubled,
 * dropped, exchanged for those of the good file or for words of schema.def; libFuzzer's own
 * mutations happen inside one piece as well as anywhere.  What is no UTF-8 any more is mostly
 * mended, or nearly all inputs would end at the door (read/encoding.h).
 */
#include "fuzz.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"

size_t LLVMFuzzerMutate(unsigned char *bytes, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(unsigned char *bytes, size_t size, size_t most, unsigned seed);

static uint64_t state;

static size_t below(size_t most)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return most ? (size_t)((state >> 16) % most) : 0;
}

/* ---- pieces ------------------------------------------------------------------------------- */

struct piece {
	size_t start, end;
};

static bool separates(const char *separators, char c)
{
	return c && strchr(separators, c);
}

/* The piece around a random place, between two of the separators. */
static struct piece choose(struct text text, const char *separators)
{
	size_t at = below(text.size + 1);
	struct piece piece = { at, at };
	while (piece.start && !separates(separators, text.at[piece.start - 1]))
		piece.start--;
	while (piece.end < text.size && !separates(separators, text.at[piece.end]))
		piece.end++;
	return piece;
}

static struct text view(struct text text, struct piece piece)
{
	return text_slice(text, piece.start, piece.end - piece.start);
}

static void splice(struct buf *out, struct text text, struct piece piece, struct text put)
{
	buf_text(out, text_slice(text, 0, piece.start));
	buf_text(out, put);
	buf_text(out, text_slice(text, piece.end, text.size));
}

/* ---- mutations ---------------------------------------------------------------------------- */

static const char *separators_of(bool is_xml)
{
	static const char *const csv[] = { "\n", ",\n", ",\n", "\"\n" }, *const xml[] = { "\n", "<", "\"", "<>", " \n", ">" };
	return is_xml ? xml[below(sizeof xml / sizeof *xml)] : csv[below(sizeof csv / sizeof *csv)];
}

static void put_word(struct buf *out, struct text text, struct piece piece)
{
	static struct text words[WORDS_MOST];
	static size_t count;
	if (!count)
		count = fuzz_words(fuzz_entity(), fuzz_is_xml(), words, WORDS_MOST);
	splice(out, text, piece, words[below(count)]);
}

static void change_inside(struct buf *out, struct text text, struct piece piece)
{
	unsigned char small[256];
	struct text old = text_slice(view(text, piece), 0, sizeof small / 2);
	if (old.size)
		memcpy(small, old.at, old.size);
	size_t size = LLVMFuzzerMutate(small, old.size, sizeof small);
	piece.end = piece.start + old.size;
	splice(out, text, piece, (struct text){ (char *)small, size });
}

static void swap(struct buf *out, struct text text, struct piece a, struct piece b)
{
	if (b.start < a.start) {
		struct piece first = b;
		b = a;
		a = first;
	}
	if (b.start < a.end) {
		buf_text(out, text);
		return;
	}
	buf_text(out, text_slice(text, 0, a.start));
	buf_text(out, view(text, b));
	buf_text(out, text_slice(text, a.end, b.start - a.end));
	buf_text(out, view(text, a));
	buf_text(out, text_slice(text, b.end, text.size));
}

static void move_pieces(struct buf *out, struct text text)
{
	const char *separators = separators_of(fuzz_is_xml());
	struct piece piece = choose(text, separators), other = choose(text, separators);
	struct text good = fuzz_original();
	switch (below(7)) {
	case 0:
		swap(out, text, piece, other);
		break;
	case 1:
		splice(out, text, piece, view(text, other));
		break;
	case 2: /* doubled before the other, with what ends it */
		other.end = other.start;
		splice(out, text, other, text_slice(text, piece.start, piece.end + 1 - piece.start));
		break;
	case 3:
		piece.end += piece.end < text.size;
		splice(out, text, piece, NO_TEXT);
		break;
	case 4:
		splice(out, text, piece, view(good, choose(good, separators)));
		break;
	case 5:
		put_word(out, text, piece);
		break;
	default:
		change_inside(out, text, piece);
		break;
	}
}

static size_t mend(unsigned char *bytes, size_t size)
{
	size_t good;
	while ((good = utf8_check((struct text){ (char *)bytes, size })) < size) {
		memmove(bytes + good, bytes + good + 1, size - good - 1);
		size--;
	}
	return size;
}

size_t LLVMFuzzerCustomMutator(unsigned char *bytes, size_t size, size_t most, unsigned seed)
{
	state = seed * 0x9E3779B97F4A7C15u + 1;
	if (fuzz_entity() < 0)
		return LLVMFuzzerMutate(bytes, size, most);
	if (below(4) == 0) {
		size = LLVMFuzzerMutate(bytes, size, most);
	} else {
		struct buf out;
		buf_init(&out, BUF_LIMIT_PAGE);
		move_pieces(&out, (struct text){ (char *)bytes, size });
		size = out.size < most ? out.size : most;
		memcpy(bytes, out.at, size);
		buf_clear(&out);
	}
	return below(16) ? mend(bytes, size) : size;
}
