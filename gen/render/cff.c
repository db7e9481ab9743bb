/* SPDX-License-Identifier: MIT */
#include "render/cff.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

enum op {
	OP_BBOX = 5, OP_CHARSTRINGS = 17, OP_PRIVATE = 18, OP_SUBROUTINES = 19, OP_ESCAPE = 12,
	OP_MATRIX = 0x0C07, OP_ROS = 0x0C1E, OP_CID_COUNT = 0x0C22, OP_DICTS = 0x0C24, OP_DICT_OF = 0x0C25, OP_FONT_NAME = 0x0C26,
	OP_CHARSET = 15,
};
enum { STANDARD_STRINGS = 391, OPERANDS_MOST = 48 };

static uint32_t big_endian(const unsigned char *at, uint32_t size)
{
	uint32_t value = 0;
	while (size--)
		value = value << 8 | *at++;
	return value;
}

static const unsigned char *bytes_of(struct text text)
{
	return (const unsigned char *)text.at;
}

/* ---- reading -------------------------------------------------------------- */

static bool read_index(struct text table, size_t offset, struct cff_index *index)
{
	*index = (struct cff_index){ 0 };
	if (offset > table.size || table.size - offset < 2)
		return false;
	const unsigned char *at = bytes_of(table) + offset;
	index->count = big_endian(at, 2);
	index->end = offset + 2;
	if (index->count == 0)
		return true;
	if (table.size - offset < 3 || at[2] < 1 || at[2] > 4)
		return false;
	index->offset_size = at[2];
	size_t array = (size_t)(index->count + 1) * index->offset_size;
	if (table.size - offset - 3 < array)
		return false;
	index->offsets = at + 3;
	index->bytes = at + 3 + array - 1;
	size_t start = offset + 3 + array - 1;
	uint32_t before = 1;
	for (uint32_t i = 0; i <= index->count; i++) {
		uint32_t here = big_endian(index->offsets + (size_t)i * index->offset_size, index->offset_size);
		if (here < before || here > table.size - start)
			return false;
		before = here;
	}
	index->end = start + before;
	return true;
}

static struct text index_item(const struct cff_index *index, uint32_t i)
{
	uint32_t from = big_endian(index->offsets + (size_t)i * index->offset_size, index->offset_size);
	uint32_t to = big_endian(index->offsets + (size_t)(i + 1) * index->offset_size, index->offset_size);
	return (struct text){ (const char *)index->bytes + from, to - from };
}

/* One operator of a dictionary with its operands: integers as numbers, reals as 0. */
struct entry {
	unsigned op;
	int32_t operands[OPERANDS_MOST];
	size_t count;
	struct text raw; /* the operands' bytes */
};

static size_t operand_size(const unsigned char *at, size_t left)
{
	size_t size = 1;
	if (*at == 28)
		size = 3;
	else if (*at == 29)
		size = 5;
	else if (*at >= 247)
		size = 2;
	else if (*at == 30)
		while (size < left && (at[size] & 0x0F) != 0x0F && at[size] >> 4 != 0x0F)
			size++;
	if (*at == 30)
		size++;
	return size <= left ? size : 0;
}

static int32_t operand_value(const unsigned char *at)
{
	if (*at == 28)
		return (int16_t)big_endian(at + 1, 2);
	if (*at == 29)
		return (int32_t)big_endian(at + 1, 4);
	if (*at == 30)
		return 0;
	if (*at < 247)
		return *at - 139;
	return *at < 251 ? (*at - 247) * 256 + at[1] + 108 : -(*at - 251) * 256 - at[1] - 108;
}

/* Moves *rest past one entry; false at the end or when the dictionary is damaged. */
static bool next_entry(struct text *rest, struct entry *entry)
{
	entry->count = 0;
	entry->raw = *rest;
	while (rest->size) {
		const unsigned char *at = bytes_of(*rest);
		size_t size = 1;
		if (*at <= 21) {
			entry->raw.size -= rest->size;
			entry->op = *at;
			if (*at == OP_ESCAPE && rest->size > 1)
				entry->op = (unsigned)OP_ESCAPE << 8 | at[1], size = 2;
			*rest = text_slice(*rest, size, rest->size);
			return true;
		}
		size = operand_size(at, rest->size);
		if (!size || entry->count == OPERANDS_MOST)
			break;
		entry->operands[entry->count++] = operand_value(at);
		*rest = text_slice(*rest, size, rest->size);
	}
	*rest = NO_TEXT;
	return false;
}

static bool find_entry(struct text dict, unsigned op, size_t operands, struct entry *entry)
{
	while (next_entry(&dict, entry))
		if (entry->op == op && entry->count >= operands)
			return true;
	return false;
}

static bool read_private(struct text table, struct cff_dict *dict)
{
	struct entry entry;
	if (!find_entry(dict->bytes, OP_PRIVATE, 2, &entry))
		return false;
	if (entry.operands[0] < 0 || entry.operands[1] < 0 || (size_t)entry.operands[1] > table.size ||
	    (size_t)entry.operands[0] > table.size - (size_t)entry.operands[1])
		return false;
	dict->private_bytes = text_slice(table, (size_t)entry.operands[1], (size_t)entry.operands[0]);
	struct entry subroutines;
	return !find_entry(dict->private_bytes, OP_SUBROUTINES, 1, &subroutines);
}

/* FDSelect formats 0 and 3. */
static bool read_dict_of(struct cff *cff, size_t offset)
{
	struct text table = cff->table;
	uint32_t count = cff->glyphs.count;
	if (offset >= table.size)
		return false;
	const unsigned char *at = bytes_of(table) + offset;
	size_t left = table.size - offset;
	if (*at == 0) {
		if (left - 1 < count)
			return false;
		memcpy(cff->dict_of, at + 1, count);
	} else if (*at == 3 && left >= 5) {
		uint32_t ranges = big_endian(at + 1, 2);
		if (left < 5 + (size_t)ranges * 3)
			return false;
		for (uint32_t i = 0; i < ranges; i++) {
			const unsigned char *range = at + 3 + (size_t)i * 3;
			for (uint32_t g = big_endian(range, 2); g < big_endian(range + 3, 2) && g < count; g++)
				cff->dict_of[g] = range[2];
		}
	} else {
		return false;
	}
	for (uint32_t i = 0; i < count; i++)
		if (cff->dict_of[i] >= cff->dict_count)
			return false;
	return true;
}

static bool read_dicts(struct cff *cff)
{
	struct entry entry;
	if (!find_entry(cff->top, OP_DICTS, 1, &entry)) { /* name-keyed: the top dictionary is the only one */
		cff->dict_count = 1;
		cff->dicts[0].bytes = cff->top;
		return read_private(cff->table, &cff->dicts[0]);
	}
	struct cff_index index;
	if (!read_index(cff->table, (size_t)(uint32_t)entry.operands[0], &index) || index.count > CFF_DICTS_MOST)
		return false;
	cff->dict_count = index.count;
	for (uint32_t i = 0; i < index.count; i++) {
		cff->dicts[i].bytes = index_item(&index, i);
		if (!read_private(cff->table, &cff->dicts[i]))
			return false;
	}
	return find_entry(cff->top, OP_DICT_OF, 1, &entry) && read_dict_of(cff, (size_t)(uint32_t)entry.operands[0]);
}

static bool read_table(struct cff *cff)
{
	struct cff_index index;
	if (cff->table.size < 4 || !read_index(cff->table, bytes_of(cff->table)[2], &index)) /* names */
		return false;
	if (!read_index(cff->table, index.end, &index) || index.count != 1)
		return false;
	cff->top = index_item(&index, 0);
	if (!read_index(cff->table, index.end, &index) || !read_index(cff->table, index.end, &index)) /* strings, subroutines */
		return false;
	struct entry entry;
	if (index.count || !find_entry(cff->top, OP_CHARSTRINGS, 1, &entry))
		return false;
	if (!read_index(cff->table, (size_t)(uint32_t)entry.operands[0], &cff->glyphs) || cff->glyphs.count == 0)
		return false;
	cff->dict_of = memory_resize(NULL, cff->glyphs.count);
	memset(cff->dict_of, 0, cff->glyphs.count);
	return read_dicts(cff);
}

bool cff_open(struct cff *cff, struct text table)
{
	*cff = (struct cff){ .table = table };
	bool is_good = read_table(cff);
	if (!is_good)
		cff_clear(cff);
	return is_good;
}

void cff_clear(struct cff *cff)
{
	free(cff->dict_of);
	*cff = (struct cff){ 0 };
}

/* ---- writing -------------------------------------------------------------- */

static void put(struct buf *out, uint32_t value, uint32_t size)
{
	while (size--)
		buf_byte(out, (char)(value >> (8 * size) & 0xFF));
}

/* Always five bytes, so that sizes are known before offsets are. */
static void put_integer(struct buf *out, uint32_t value)
{
	buf_byte(out, 29);
	put(out, value, 4);
}

static void put_op(struct buf *out, unsigned op)
{
	put(out, op, op > 0xFF ? 2 : 1);
}

static void put_small_index(struct buf *out, const struct text *items, uint32_t count)
{
	uint32_t offset = 1;
	put(out, count, 2);
	buf_byte(out, 4);
	put(out, offset, 4);
	for (uint32_t i = 0; i < count; i++)
		put(out, offset += (uint32_t)items[i].size, 4);
	for (uint32_t i = 0; i < count; i++)
		buf_text(out, items[i]);
}

/* Returns where the first outline begins. */
static size_t put_charstrings(const struct cff *cff, const uint16_t *glyphs, size_t count, struct buf *out)
{
	size_t total = index_item(&cff->glyphs, 0).size + 1;
	for (size_t i = 0; i < count; i++)
		total += index_item(&cff->glyphs, glyphs[i]).size;
	uint32_t offset_size = (uint32_t)2 + (total >= 0x10000) + (total >= 0x1000000), offset = 1;
	put(out, (uint32_t)count + 1, 2);
	put(out, offset_size, 1);
	put(out, offset, offset_size);
	put(out, offset += (uint32_t)index_item(&cff->glyphs, 0).size, offset_size);
	for (size_t i = 0; i < count; i++)
		put(out, offset += (uint32_t)index_item(&cff->glyphs, glyphs[i]).size, offset_size);
	size_t start = out->size;
	buf_text(out, index_item(&cff->glyphs, 0));
	for (size_t i = 0; i < count; i++)
		buf_text(out, index_item(&cff->glyphs, glyphs[i]));
	return start;
}

/* Which dictionaries these glyphs use, renumbered in the table's order. */
struct used {
	uint8_t new_of[CFF_DICTS_MOST], old_of[CFF_DICTS_MOST];
	uint32_t count;
};

static struct used dicts_used(const struct cff *cff, const uint16_t *glyphs, size_t count)
{
	bool is_used[CFF_DICTS_MOST] = { false };
	is_used[cff->dict_of[0]] = true;
	for (size_t i = 0; i < count; i++)
		is_used[cff->dict_of[glyphs[i]]] = true;
	struct used used = { .count = 0 };
	for (uint32_t i = 0; i < cff->dict_count; i++)
		if (is_used[i]) {
			used.new_of[i] = (uint8_t)used.count;
			used.old_of[used.count++] = (uint8_t)i;
		}
	return used;
}

static void put_dict_of(const struct cff *cff, const struct used *used, const uint16_t *glyphs, size_t count,
			struct buf *out)
{
	struct buf ranges;
	buf_init(&ranges, 1 << 20);
	uint32_t range_count = 0;
	int before = -1;
	for (size_t i = 0; i <= count; i++) {
		int dict = used->new_of[cff->dict_of[i ? glyphs[i - 1] : 0]];
		if (dict == before)
			continue;
		put(&ranges, (uint32_t)i, 2);
		put(&ranges, (uint32_t)dict, 1);
		before = dict;
		range_count++;
	}
	put(out, 3, 1);
	put(out, range_count, 2);
	buf_text(out, buf_view(&ranges));
	put(out, (uint32_t)count + 1, 2);
	buf_clear(&ranges);
}

/* A font dictionary: its own matrix if any, a name, and where the private one is. */
static void put_dict(struct buf *out, const struct cff_dict *dict, uint32_t private_offset)
{
	struct entry entry;
	if (find_entry(dict->bytes, OP_MATRIX, 6, &entry)) {
		buf_text(out, entry.raw);
		put_op(out, OP_MATRIX);
	}
	put_integer(out, STANDARD_STRINGS + 2);
	put_op(out, OP_FONT_NAME);
	put_integer(out, (uint32_t)dict->private_bytes.size);
	put_integer(out, private_offset);
	put_op(out, OP_PRIVATE);
}

static void put_dicts(const struct cff *cff, const struct used *used, uint32_t private_offset, struct buf *out)
{
	struct buf bytes;
	buf_init(&bytes, 1 << 20);
	size_t ends[CFF_DICTS_MOST];
	for (uint32_t i = 0; i < used->count; i++) {
		put_dict(&bytes, &cff->dicts[used->old_of[i]], private_offset);
		private_offset += (uint32_t)cff->dicts[used->old_of[i]].private_bytes.size;
		ends[i] = bytes.size;
	}
	struct text items[CFF_DICTS_MOST];
	for (uint32_t i = 0; i < used->count; i++) {
		size_t from = i ? ends[i - 1] : 0;
		items[i] = text_slice(buf_view(&bytes), from, ends[i] - from);
	}
	put_small_index(out, items, used->count);
	buf_clear(&bytes);
}

struct offsets {
	uint32_t charset, dict_of, charstrings, dicts;
};

static void put_top(const struct cff *cff, const struct offsets *offsets, size_t count, struct buf *out)
{
	struct entry entry;
	put_integer(out, STANDARD_STRINGS); /* Adobe */
	put_integer(out, STANDARD_STRINGS + 1); /* Identity */
	put_integer(out, 0);
	put_op(out, OP_ROS);
	static const struct {
		unsigned op;
		size_t operands;
	} kept[] = { { OP_BBOX, 4 }, { OP_MATRIX, 6 } };
	bool is_cid = cff->dicts[0].bytes.at != cff->top.at;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if ((is_cid || kept[i].op != OP_MATRIX) && find_entry(cff->top, kept[i].op, kept[i].operands, &entry)) {
			buf_text(out, entry.raw);
			put_op(out, kept[i].op);
		}
	const struct {
		uint32_t value;
		unsigned op;
	} rows[] = { { (uint32_t)count + 1, OP_CID_COUNT }, { offsets->charset, OP_CHARSET },
	             { offsets->dict_of, OP_DICT_OF },
		     { offsets->charstrings, OP_CHARSTRINGS }, { offsets->dicts, OP_DICTS } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		put_integer(out, rows[i].value);
		put_op(out, rows[i].op);
	}
}

static void put_head(const struct cff *cff, struct text name, const struct offsets *offsets, size_t count,
		     struct buf *out)
{
	static const char header[4] = { 1, 0, 4, 4 };
	struct buf top;
	buf_init(&top, 4096);
	put_top(cff, offsets, count, &top);
	struct text top_text = buf_view(&top);
	const struct text strings[] = { TEXT("Adobe"), TEXT("Identity"), name };
	buf_add(out, header, sizeof header);
	put_small_index(out, &name, 1);
	put_small_index(out, &top_text, 1);
	put_small_index(out, strings, 3);
	put(out, 0, 2); /* no global subroutines */
	buf_clear(&top);
}

struct text cff_glyph(const struct cff *cff, uint32_t glyph)
{
	return index_item(&cff->glyphs, glyph);
}

bool cff_write(const struct cff *cff, struct text name, struct cff_choice *choice, struct buf *output)
{
	const uint16_t *glyphs = choice->glyphs;
	size_t count = choice->count;
	if (count >= 0xFFFF)
		return false;
	for (size_t i = 0; i < count; i++)
		if (glyphs[i] >= cff->glyphs.count)
			return false;
	struct used used = dicts_used(cff, glyphs, count);
	struct buf head, body, dicts;
	buf_init(&head, 1 << 20);
	buf_init(&body, output->limit);
	buf_init(&dicts, 1 << 20);
	struct offsets offsets = { 0 };
	put_head(cff, name, &offsets, count, &head); /* for its size */
	uint32_t start = (uint32_t)head.size;
	offsets.charset = start;
	if (count) { /* one range: CID 1 … count */
		put(&body, 2, 1);
		put(&body, 1, 2);
		put(&body, (uint32_t)count - 1, 2);
	} else {
		put(&body, 0, 1);
	}
	offsets.dict_of = start + (uint32_t)body.size;
	put_dict_of(cff, &used, glyphs, count, &body);
	offsets.charstrings = start + (uint32_t)body.size;
	choice->outlines = put_charstrings(cff, glyphs, count, &body);
	offsets.dicts = start + (uint32_t)body.size;
	put_dicts(cff, &used, 0, &dicts); /* for its size */
	uint32_t private_offset = offsets.dicts + (uint32_t)dicts.size;
	put_dicts(cff, &used, private_offset, &body);
	for (uint32_t i = 0; i < used.count; i++)
		buf_text(&body, cff->dicts[used.old_of[i]].private_bytes);
	buf_reset(&head);
	put_head(cff, name, &offsets, count, &head);
	choice->outlines += output->size + head.size;
	buf_text(output, buf_view(&head));
	buf_text(output, buf_view(&body));
	bool is_good = !body.overflowed && !head.overflowed && !dicts.overflowed && !output->overflowed;
	buf_clear(&head);
	buf_clear(&body);
	buf_clear(&dicts);
	return is_good;
}
