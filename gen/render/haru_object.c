/* SPDX-License-Identifier: MIT
 *
 * libharu's objects with every number checked and every error sticky.
 */
#include "render/haru.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"

enum {
	POOL_SIZE = 0, /* libharu's own pool hands out misaligned memory */
	TEXT_MOST = 32000, /* bytes as UTF-16; PDF/A's limit is 32,767, libharu's 65,535 */
};

static void on_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
	struct haru *haru = user;
	canvas_fail(&haru->canvas, "libharu 0x%04lX (%lu)", (unsigned long)error, (unsigned long)detail);
}

/*
 * A document is thousands of small objects that die together, and a fifth of its time
 * went into giving them back one by one.  libharu's call-backs bring no pointer, so
 * this is the one place with a variable of its own; the last document out empties it.
 */
static struct {
	struct arena *arena;
	unsigned documents;
} objects;

static void *allocate(HPDF_UINT size)
{
	return arena_alloc(objects.arena, size);
}

static void release(void *block)
{
	(void)block;
}

void haru_close_document(struct haru *haru)
{
	haru->doc = NULL; /* HPDF_Free would only walk over everything to give it back */
	if (--objects.documents)
		return;
	arena_free(objects.arena);
	objects.arena = NULL;
}

HPDF_Doc haru_open_document(struct haru *haru)
{
	if (objects.documents++ == 0)
		objects.arena = arena_new();
	HPDF_Doc doc = HPDF_NewEx(on_error, allocate, release, POOL_SIZE, haru);
	if (!doc) {
		canvas_fail(&haru->canvas, "libharu cannot begin a document");
		return NULL;
	}
	doc->pdf_version = HPDF_VER_17;
	return doc;
}

HPDF_Dict haru_dict(struct haru *haru)
{
	return HPDF_Dict_New(haru->doc->mmgr);
}

HPDF_Array haru_array(struct haru *haru)
{
	return HPDF_Array_New(haru->doc->mmgr);
}

static void check(struct haru *haru, HPDF_STATUS status, const char *where)
{
	if (status != HPDF_OK)
		canvas_fail(&haru->canvas, "libharu 0x%04lX at %s", (unsigned long)status, where);
}

void haru_register(struct haru *haru, void *object)
{
	check(haru, HPDF_Xref_Add(haru->doc->xref, object), "xref");
}

/* libharu stores int32 and float, and writes NaN as garbage with status OK. */
static int32_t sane_integer(struct haru *haru, int64_t value)
{
	if (value >= INT32_MIN && value <= INT32_MAX)
		return (int32_t)value;
	canvas_fail(&haru->canvas, "the integer %" PRId64 " does not fit into a PDF", value);
	return 0;
}

static float sane_real(struct haru *haru, double value)
{
	if (isfinite(value) && fabs(value) <= HPDF_LIMIT_MAX_REAL)
		return (float)value;
	canvas_fail(&haru->canvas, "a number is not finite or does not fit into a PDF");
	return 0;
}

void haru_set(struct haru *haru, HPDF_Dict dict, const char *key, void *value)
{
	check(haru, HPDF_Dict_Add(dict, key, value), key);
}

void haru_set_name(struct haru *haru, HPDF_Dict dict, const char *key, const char *name)
{
	check(haru, HPDF_Dict_AddName(dict, key, name), key);
}

void haru_set_integer(struct haru *haru, HPDF_Dict dict, const char *key, int64_t value)
{
	check(haru, HPDF_Dict_AddNumber(dict, key, sane_integer(haru, value)), key);
}

void haru_set_real(struct haru *haru, HPDF_Dict dict, const char *key, double value)
{
	check(haru, HPDF_Dict_AddReal(dict, key, sane_real(haru, value)), key);
}

void haru_set_bool(struct haru *haru, HPDF_Dict dict, const char *key, bool value)
{
	check(haru, HPDF_Dict_AddBoolean(dict, key, value ? HPDF_TRUE : HPDF_FALSE), key);
}

static HPDF_Binary binary(struct haru *haru, struct text bytes)
{
	HPDF_BYTE *at = (HPDF_BYTE *)(uintptr_t)bytes.at; /* HPDF_Binary_New's interface is not const; it copies */
	return HPDF_Binary_New(haru->doc->mmgr, at, (HPDF_UINT)bytes.size);
}

void haru_set_bytes(struct haru *haru, HPDF_Dict dict, const char *key, struct text bytes)
{
	haru_set(haru, dict, key, binary(haru, bytes));
}

void haru_push_bytes(struct haru *haru, HPDF_Array array, struct text bytes)
{
	haru_push(haru, array, binary(haru, bytes));
}

static void put_unit(struct buf *buf, uint32_t unit)
{
	buf_byte(buf, (char)(unit >> 8));
	buf_byte(buf, (char)(unit & 0xFF));
}

struct text haru_encode_text(struct haru *haru, struct text text)
{
	struct buf *buf = &haru->scratch;
	buf_reset(buf);
	put_unit(buf, 0xFEFF);
	size_t count = 0;
	for (size_t offset = 0; offset < text.size && buf->size < TEXT_MOST; count++) {
		uint32_t c = utf8_next(text, &offset);
		if (c == UTF8_BAD)
			c = 0xFFFD;
		else if (c < ' ' || c == 0x7F || c == 0xFEFF || c == 0xFFFE)
			c = ' ';
		if (c < 0x10000) {
			put_unit(buf, c);
		} else {
			put_unit(buf, 0xD800 + ((c - 0x10000) >> 10));
			put_unit(buf, 0xDC00 + ((c - 0x10000) & 0x3FF));
		}
	}
	bool is_ascii = true;
	for (size_t i = 2; i < buf->size && is_ascii; i += 2)
		is_ascii = buf->at[i] == 0 && (unsigned char)buf->at[i + 1] < 0x7F;
	if (is_ascii) {
		for (size_t i = 0; i < count; i++)
			buf->at[i] = buf->at[2 * i + 3];
		buf->size = count;
	}
	return buf_view(buf);
}

void haru_set_text(struct haru *haru, HPDF_Dict dict, const char *key, struct text text)
{
	haru_set_bytes(haru, dict, key, haru_encode_text(haru, text));
}

void haru_push(struct haru *haru, HPDF_Array array, void *value)
{
	check(haru, HPDF_Array_Add(array, value), "array");
}

void haru_push_integer(struct haru *haru, HPDF_Array array, int64_t value)
{
	check(haru, HPDF_Array_AddNumber(array, sane_integer(haru, value)), "array");
}

void haru_push_real(struct haru *haru, HPDF_Array array, double value)
{
	check(haru, HPDF_Array_AddReal(array, sane_real(haru, value)), "array");
}

void haru_push_name(struct haru *haru, HPDF_Array array, const char *name)
{
	check(haru, HPDF_Array_AddName(array, name), "array");
}

/* libharu would compress again, so the filter is written behind its back. */
static HPDF_STATUS declare_flate(HPDF_Dict dict, HPDF_Stream stream)
{
	(void)dict;
	return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\n");
}

/* A stream without its bytes, which come next. */
static HPDF_Dict new_stream(struct haru *haru, bool is_compressed)
{
	HPDF_Dict dict = HPDF_DictStream_New(haru->doc->mmgr, haru->doc->xref);
	if (!dict)
		canvas_fail(&haru->canvas, "a stream cannot be made");
	else if (is_compressed)
		dict->write_fn = declare_flate;
	return dict;
}

static void end_stream(struct haru *haru, HPDF_Dict dict)
{
	if (haru->stored.overflowed || haru->stored.size > INT32_MAX)
		canvas_fail(&haru->canvas, "a document has too many bytes");
	else if (dict)
		LIST_PUSH(&haru->streams, ((struct haru_stored){ haru_number(dict), haru->stored.size }));
}

HPDF_Dict haru_stream(struct haru *haru, struct text bytes, bool is_compressed)
{
	HPDF_Dict dict = new_stream(haru, is_compressed);
	buf_text(&haru->stored, bytes);
	end_stream(haru, dict);
	return dict;
}

HPDF_Dict haru_stream_small(struct haru *haru, struct text bytes)
{
	HPDF_Dict dict = new_stream(haru, true);
	if (!deflater_add(fonts_deflater(haru->fonts), DEFLATE_FAST, bytes, &haru->stored))
		canvas_fail(&haru->canvas, "a stream cannot be compressed");
	end_stream(haru, dict);
	return dict;
}

uint32_t haru_number(const void *object)
{
	const HPDF_Obj_Header *header = object;
	return header->obj_id & 0x00FFFFFF;
}

/* How many digits a number has: of each count of bits at least so many, and one more from a power of ten on. */
static inline unsigned digits_of(uint64_t number)
{
	static const uint32_t powers[] = { 0, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };
	unsigned more = 0;
	for (; number > UINT32_MAX; number /= 10)
		more++;
	unsigned least = (32 - (unsigned)__builtin_clz((uint32_t)number | 1)) * 1233 >> 12; /* 1233 / 4096: log 2 */
	return more + least + (number >= powers[least]);
}

/* The digits of a number, their last before `end`; returns where they begin. */
static inline char *digits_before(char *end, uint64_t number)
{
	static const char pairs[] = "0001020304050607080910111213141516171819202122232425262728293031323334"
				    "3536373839404142434445464748495051525354555657585960616263646566676869"
				    "707172737475767778798081828384858687888990919293949596979899";
	for (; number > UINT32_MAX; number /= 10)
		*--end = (char)('0' + number % 10);
	uint32_t rest = (uint32_t)number; /* divided in a third of the time */
	for (; rest >= 100; rest /= 100)
		memcpy(end -= 2, &pairs[2 * (size_t)(rest % 100)], 2);
	if (rest >= 10)
		return memcpy(end - 2, &pairs[2 * (size_t)rest], 2);
	*--end = (char)('0' + rest);
	return end;
}

void haru_write_units(struct buf *buf, int64_t units, int digits)
{
	static const uint32_t powers[] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };
	enum { MOST = 32 };
	assert(digits >= 0 && digits < (int)(sizeof powers / sizeof *powers));
	uint64_t rest = units < 0 ? 0 - (uint64_t)units : (uint64_t)units;
	char *at = buf_room(buf, MOST);
	if (!at)
		return;
	uint32_t part = 0;
	if (digits == 2 && rest <= UINT32_MAX) { /* lengths, by a divisor that the compiler knows */
		part = (uint32_t)rest % 100;
		rest = (uint32_t)rest / 100;
	} else if (digits) {
		part = (uint32_t)(rest % powers[digits]);
		rest /= powers[digits];
	}
	for (; part && part % 10 == 0; digits--)
		part /= 10;
	bool has_whole = rest || !part;
	size_t size = (units < 0) + (has_whole ? digits_of(rest) : 0) + (part ? (size_t)digits + 1 : 0) + 1;
	char *end = at + size;
	*--end = ' ';
	if (part) {
		for (; digits > 0; digits--, part /= 10)
			*--end = (char)('0' + part % 10);
		*--end = '.';
	}
	if (has_whole)
		end = digits_before(end, rest);
	if (units < 0)
		*--end = '-';
	buf_wrote(buf, size);
}

void haru_write_number(struct buf *buf, uint32_t number)
{
	enum { MOST = 10 };
	char *at = buf_room(buf, MOST);
	if (!at)
		return;
	size_t size = digits_of(number);
	digits_before(at + size, number);
	buf_wrote(buf, size);
}

void haru_write_length(struct buf *buf, double value)
{
	haru_write_units(buf, haru_round(value * 100), 2);
}

void haru_write_string(struct buf *buf, struct text bytes)
{
	buf_byte(buf, '(');
	for (size_t i = 0; i < bytes.size; i++) {
		char c = bytes.at[i];
		if (c == '(' || c == ')' || c == '\\' || c == '\r') /* a bare CR would be read as LF */
			buf_byte(buf, '\\');
		buf_byte(buf, c == '\r' ? 'r' : c);
	}
	buf_byte(buf, ')');
}

static void put_hex(struct buf *buf, uint32_t unit)
{
	static const char digits[] = "0123456789ABCDEF";
	char hex[4] = { digits[unit >> 12 & 15], digits[unit >> 8 & 15], digits[unit >> 4 & 15], digits[unit & 15] };
	buf_add(buf, hex, sizeof hex);
}

void haru_write_utf16_hex(struct buf *buf, struct text text)
{
	for (size_t offset = 0; offset < text.size;) {
		uint32_t c = utf8_next(text, &offset);
		if (c == UTF8_BAD || c == 0xFEFF || c == 0xFFFE)
			c = 0xFFFD;
		else if (c < ' ' || c == 0x7F)
			c = ' ';
		if (c < 0x10000) {
			put_hex(buf, c);
		} else {
			put_hex(buf, 0xD800 + ((c - 0x10000) >> 10));
			put_hex(buf, 0xDC00 + ((c - 0x10000) & 0x3FF));
		}
	}
}

/* Not a secret: it only has to differ when documents do. */
void haru_fingerprint(struct haru *haru, struct text bytes)
{
	uint64_t hash = text_hash(bytes);
	for (int i = 0; i < 2; i++) {
		haru->fingerprint[i] = (haru->fingerprint[i] ^ hash) * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)i + bytes.size;
		haru->fingerprint[i] ^= haru->fingerprint[i] >> 29;
	}
}

static bool read_back(HPDF_Stream stream, struct buf *file)
{
	for (HPDF_UINT i = 0; stream && i < HPDF_MemStream_GetBufCount(stream); i++) {
		HPDF_UINT size = 0;
		const HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(stream, i, &size);
		buf_add(file, bytes, size);
	}
	return stream && !file->overflowed;
}

bool haru_read_back(struct haru *haru, struct buf *file)
{
	if (haru->canvas.error[0])
		return false;
	check(haru, HPDF_SaveToStream(haru->doc), "saving");
	return !haru->canvas.error[0] && read_back(haru->doc->stream, file);
}
