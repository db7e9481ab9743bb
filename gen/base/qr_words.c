/* SPDX-License-Identifier: MIT */
#include "base/qr_words.h"

#include "base/arena.h"

enum { VERSIONS = 40, CODEWORDS_MOST = 3706, CORRECTION_MOST = 30 };

/* Table 9 for level M, by version: codewords of correction in a block, and how many blocks there are. */
static const unsigned char corrections[VERSIONS + 1] = {
	0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
	26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
};
static const unsigned char block_counts[VERSIONS + 1] = {
	0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
	17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
};

/* ---- modes -------------------------------------------------------------------------- */

enum mode { MODE_DIGITS, MODE_LETTERS, MODE_BYTES, MODES };

struct segment {
	enum mode mode;
	struct text text;
};

/* How many bits the count of a segment takes, by mode and by version: to 9, to 26, to 40. */
static const unsigned char count_bits[MODES][3] = { { 10, 12, 14 }, { 9, 11, 13 }, { 8, 16, 16 } };

/* 1 + the number of a character in the mode of letters; 0: it has none there. */
static unsigned letter_of(char c)
{
	static const char signs[] = " $%*+-./:";
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0') + 1;
	if (c >= 'A' && c <= 'Z')
		return (unsigned)(c - 'A') + 11;
	const char *sign = c ? strchr(signs, c) : NULL;
	return sign ? (unsigned)(sign - signs) + 37 : 0;
}

/* MODES: at its end. */
static enum mode mode_at(struct text text, size_t at)
{
	if (at >= text.size)
		return MODES;
	if (text.at[at] >= '0' && text.at[at] <= '9')
		return MODE_DIGITS;
	return letter_of(text.at[at]) ? MODE_LETTERS : MODE_BYTES;
}

static bool is_of(enum mode mode, struct text text, size_t at)
{
	return mode == MODE_DIGITS ? mode_at(text, at) == MODE_DIGITS : mode_at(text, at) < MODE_BYTES;
}

/* Where the characters of the mode end. */
static size_t run_end(enum mode mode, struct text text, size_t at)
{
	while (is_of(mode, text, at))
		at++;
	return at;
}

static size_t bits_for(enum mode mode, size_t count)
{
	if (mode == MODE_DIGITS)
		return count / 3 * 10 + (count % 3) * 3 + (count % 3 > 0);
	return mode == MODE_LETTERS ? count / 2 * 11 + count % 2 * 6 : count * 8;
}

/* A switch to the mode and its count; the versions that addresses need have the smallest counts. */
static size_t switch_bits(enum mode mode)
{
	return 4u + count_bits[mode][0];
}

static size_t bytes_end(struct text text)
{
	for (size_t at = 1; at < text.size;) {
		enum mode mode = mode_at(text, at);
		if (mode == MODE_BYTES) {
			at++;
			continue;
		}
		size_t end = run_end(mode, text, at);
		size_t back = mode_at(text, end) == MODE_BYTES ? switch_bits(MODE_BYTES) : 0;
		if (bits_for(mode, end - at) + switch_bits(mode) + back < bits_for(MODE_BYTES, end - at))
			return at;
		at = end;
	}
	return text.size;
}

/* The mode's characters pay when going on in `other` with one more of its own takes more bits. */
static bool pays_before(enum mode mode, enum mode other, size_t count)
{
	return bits_for(mode, count) + switch_bits(mode) + bits_for(other, 1) <= bits_for(other, count + 1);
}

static size_t letters_end(struct text text)
{
	size_t at = 0;
	while (is_of(MODE_LETTERS, text, at)) {
		size_t end = run_end(MODE_DIGITS, text, at);
		if (end > at) {
			size_t bits = bits_for(MODE_LETTERS, at) + bits_for(MODE_DIGITS, end - at) + switch_bits(MODE_DIGITS);
			if (is_of(MODE_LETTERS, text, end))
				bits += switch_bits(MODE_DIGITS);
			if (bits < bits_for(MODE_LETTERS, end))
				break;
		}
		at = end > at ? end : at + 1;
	}
	return at;
}

/* What the text begins with, as libqrencode divides it. */
static struct segment first_segment(struct text text)
{
	enum mode mode = mode_at(text, 0);
	size_t end = mode == MODE_BYTES ? 0 : run_end(MODE_DIGITS, text, 0);
	if (mode == MODE_DIGITS && mode_at(text, end) == MODE_BYTES && !pays_before(mode, MODE_BYTES, end))
		mode = MODE_BYTES;
	else if (mode == MODE_DIGITS && mode_at(text, end) == MODE_LETTERS && !pays_before(mode, MODE_LETTERS, end))
		mode = MODE_LETTERS;
	if (mode == MODE_LETTERS) {
		end = letters_end(text);
		if (mode_at(text, end) == MODE_BYTES && !pays_before(mode, MODE_BYTES, end))
			mode = MODE_BYTES;
	}
	if (mode == MODE_BYTES)
		end = bytes_end(text);
	return (struct segment){ mode, text_slice(text, 0, end) };
}

/* ---- codewords ------------------------------------------------------------------------ */

struct writer {
	size_t version;
	size_t codewords, data, bits; /* of the version; written */
	unsigned char bytes[CODEWORDS_MOST], all[CODEWORDS_MOST];
};

/* Modules of a version that hold codewords (annex A of the standard gives the same by a table). */
static size_t codewords_of(size_t version)
{
	size_t count = (16 * version + 128) * version + 64;
	if (version >= 2) {
		size_t alignments = version / 7 + 2;
		count -= (25 * alignments - 10) * alignments - 55;
	}
	return (count - (version >= 7 ? 36 : 0)) / 8;
}

static size_t data_of(size_t version)
{
	return codewords_of(version) - (size_t)corrections[version] * block_counts[version];
}

static size_t size_class(size_t version)
{
	return (size_t)(version > 9) + (version > 26);
}

static size_t bits_at(const struct segment *segments, size_t count, size_t version)
{
	size_t bits = 0;
	for (size_t i = 0; i < count; i++) {
		enum mode mode = segments[i].mode;
		bits += 4u + count_bits[mode][size_class(version)] + bits_for(mode, segments[i].text.size);
	}
	return bits;
}

static void put(struct writer *writer, size_t value, size_t count)
{
	while (count-- > 0) {
		writer->bytes[writer->bits / 8] |= (unsigned char)((value >> count & 1) << (7 - writer->bits % 8));
		writer->bits++;
	}
}

static void put_segment(struct writer *writer, const struct segment *segment)
{
	const struct text text = segment->text;
	put(writer, (size_t)1 << segment->mode, 4);
	put(writer, text.size, count_bits[segment->mode][size_class(writer->version)]);
	static const size_t groups[MODES] = { [MODE_DIGITS] = 3, [MODE_LETTERS] = 2, [MODE_BYTES] = 1 };
	const size_t group = groups[segment->mode], base = segment->mode == MODE_DIGITS ? 10 : 45;
	for (size_t at = 0; at < text.size; at += group) {
		size_t value = 0, taken = 0;
		for (; taken < group && at + taken < text.size; taken++) {
			if (segment->mode == MODE_BYTES)
				value = (unsigned char)text.at[at];
			else
				value = value * base + letter_of(text.at[at + taken]) - 1;
		}
		put(writer, value, bits_for(segment->mode, taken));
	}
}

static void put_padding(struct writer *writer)
{
	size_t left = writer->data * 8 - writer->bits;
	put(writer, 0, left < 4 ? left : 4);
	writer->bits = (writer->bits + 7) / 8 * 8;
	for (size_t i = 0; writer->bits < writer->data * 8; i++)
		put(writer, i % 2 ? 0x11 : 0xEC, 8);
}

/* Powers of 2 in the field of 256 elements, and their logarithms. */
struct field {
	unsigned char power[510], log[256];
};

static void make_field(struct field *field)
{
	unsigned char value = 1;
	for (unsigned i = 0; i < 255; i++) {
		field->power[i] = field->power[i + 255] = value;
		field->log[value] = (unsigned char)i;
		value = (unsigned char)(value << 1 ^ (value & 0x80 ? 0x1D : 0));
	}
}

/* The logarithms of the generator's coefficients, but for the first, which is 1. */
static void make_generator(const struct field *field, unsigned char *logs, size_t count)
{
	unsigned char values[CORRECTION_MOST + 1] = { 1 };
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k > 0; k--)
			if (values[k - 1])
				values[k] ^= field->power[field->log[values[k - 1]] + i];
	for (size_t k = 0; k < count; k++)
		logs[k] = field->log[values[k + 1]];
}

/* The remainder of the block: `count` codewords of correction. */
static void correct(const struct field *field, const unsigned char *generator, size_t count, struct text block,
		    unsigned char *out)
{
	memset(out, 0, count);
	for (size_t i = 0; i < block.size; i++) {
		unsigned char first = out[0] ^ (unsigned char)block.at[i];
		memmove(out, out + 1, count - 1);
		out[count - 1] = 0;
		for (size_t k = 0; first && k < count; k++)
			out[k] ^= field->power[field->log[first] + generator[k]];
	}
}

/* Data and corrections of all blocks, one of each by turns. */
static void interleave(struct writer *writer)
{
	struct field field;
	unsigned char generator[CORRECTION_MOST], correction[CORRECTION_MOST];
	const size_t count = corrections[writer->version], blocks = block_counts[writer->version];
	const size_t shorter = writer->data / blocks, longer = writer->data % blocks;
	make_field(&field);
	make_generator(&field, generator, count);
	for (size_t block = 0, at = 0; block < blocks; block++) {
		size_t size = shorter + (block >= blocks - longer);
		for (size_t i = 0; i < size; i++) {
			size_t place = i < shorter ? i * blocks + block : shorter * blocks + block - (blocks - longer);
			writer->all[place] = writer->bytes[at + i];
		}
		correct(&field, generator, count, (struct text){ (const char *)writer->bytes + at, size }, correction);
		for (size_t i = 0; i < count; i++)
			writer->all[writer->data + i * blocks + block] = correction[i];
		at += size;
	}
}

/* ---- the whole ---------------------------------------------------------------------- */

/* 0: none holds the segments. */
static size_t choose_version(const struct segment *segments, size_t count)
{
	size_t version = 1;
	while (version <= VERSIONS && bits_at(segments, count, version) > data_of(version) * 8)
		version++;
	return version <= VERSIONS ? version : 0;
}

bool qr_words_make(struct arena *arena, struct text text, struct qr_words *words)
{
	/* Letters and digits where they pay, bytes elsewhere; the text says itself where it is UTF-8. */
	struct segment *segments = ARENA_ARRAY(arena, struct segment, text.size);
	struct writer *writer = ARENA_NEW(arena, struct writer);
	size_t count = 0;
	for (struct text rest = text; rest.size; rest = text_slice(rest, segments[count++].text.size, rest.size))
		segments[count] = first_segment(rest);
	writer->version = choose_version(segments, count);
	if (!writer->version)
		return false;
	writer->codewords = codewords_of(writer->version);
	writer->data = data_of(writer->version);
	for (size_t i = 0; i < count; i++)
		put_segment(writer, &segments[i]);
	put_padding(writer);
	interleave(writer);
	*words = (struct qr_words){ writer->version, writer->codewords, writer->all };
	return true;
}
