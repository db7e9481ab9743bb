/* SPDX-License-Identifier: MIT */
#include "send/pdf_own.h"

#include <stdio.h>

#include "base/deflate.h"
#include "base/inflate.h"
#include "send/pdf_content.h"
#include "send/protect.h"
#include "send_fixture.h"

Suite *send_pdf_own_suite(void);

static const struct paper usual = {
	.lines = { "企业名称：示例甲机械有限公司", "统一社会信用代码：91320000SAMPLE0017", "编号：示诊〔2021〕7号" },
	.page_count = 3, .is_filed = true,
};

static struct buf file, changed;
static struct arena *arena;
static uint64_t seed;

static void set_up(void)
{
	paper_open();
	arena = arena_new();
	seed = 11;
	buf_init(&file, BUF_LIMIT_FILE);
	buf_init(&changed, BUF_LIMIT_FILE);
	paper_write(&usual, &file);
}

static void tear_down(void)
{
	buf_clear(&file);
	buf_clear(&changed);
	arena_free(arena);
	paper_close();
}

static size_t draw(size_t limit)
{
	seed = seed * 6364136223846793005ull + 1442695040888963407ull;
	return (size_t)(seed >> 33) % limit;
}

static bool opens(struct text pdf)
{
	struct pdf_own own;
	return pdf_own_open(arena, pdf, &own);
}

/* As the document, and as the mark of another. */
static bool protect(struct text pdf)
{
	struct buf out;
	buf_init(&out, BUF_LIMIT_FILE);
	struct protect_job job = { .what = TEXT("示例"), .archive = pdf, .mark = buf_view(&file), .user_password = "u",
				   .owner_password = "o" };
	protect_pdf(&job, &out, paper_diag);
	job.mark = NO_TEXT;
	bool is_good = protect_pdf(&job, &out, paper_diag);
	ck_assert_uint_eq(out.size > 0, is_good);
	job.mark = pdf;
	job.archive = buf_view(&file);
	protect_pdf(&job, &out, paper_diag);
	buf_clear(&out);
	return is_good;
}

/* ---- what is ours -------------------------------------------------------------------------------- */

START_TEST(every_object_is_found)
{
	struct pdf_own own;
	size_t held = 0;
	ck_assert(pdf_own_open(arena, buf_view(&file), &own));
	ck_assert(text_is(pdf_dict_value(pdf_own_object(&own, own.root), "Type"), "/Catalog"));
	ck_assert(text_starts(pdf_dict_value(pdf_own_object(&own, own.info), "Producer"), "<"));
	for (uint32_t i = 1; i < own.count; i++) {
		const struct pdf_own_stream *stream = pdf_own_stream(&own, i);
		ck_assert(!stream || stream->number == i);
		ck_assert(!stream || !pdf_own_object(&own, i).size);
		ck_assert(own.places[i].kind != XREF_HELD || pdf_own_object(&own, i).size);
		held += own.places[i].kind == XREF_HELD;
	}
	ck_assert_uint_gt(held, 10);
	ck_assert_uint_eq(pdf_own_object(&own, 0).size, 0);
	ck_assert_uint_eq(pdf_own_object(&own, own.count).size, 0);
	ck_assert_ptr_null(pdf_own_stream(&own, own.count));
}
END_TEST

START_TEST(references_are_of_one_form)
{
	static const struct {
		struct text text;
		uint32_t number;
	} cases[] = {
		{ TEXT_INIT("12 0 R"), 12 }, { TEXT_INIT("012 0 R"), 0 }, { TEXT_INIT("12 1 R"), 0 }, { TEXT_INIT("12 0 R "), 0 },
		{ TEXT_INIT("12  0 R"), 0 }, { TEXT_INIT("-1 0 R"), 0 }, { TEXT_INIT("0 0 R"), 0 }, { TEXT_INIT(""), 0 },
		{ TEXT_INIT("4294967296 0 R"), 0 }, { TEXT_INIT("99999999999 0 R"), 0 }, { TEXT_INIT("4294967295 0 R"), UINT32_MAX },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_uint_eq(pdf_own_reference(cases[i].text), cases[i].number);
}
END_TEST

START_TEST(dictionaries_are_whole)
{
	static const char *const good[] = { "<<>>", "<</A 1/B[2 0 R]/C<</D(>>)>>/E/F>>", "<</A 12 0 R/B 1 2>>" };
	static const char *const bad[] = { "", "<<", ">>", "<</A>>", "<</A 1>> ", "<</A 1>>>>", "<</A 1", "[1]", "<<1 2>>", "<</A ]>>" };
	for (size_t i = 0; i < sizeof good / sizeof *good - 1; i++)
		ck_assert_msg(pdf_own_is_dict(text_from(good[i])), "%s", good[i]);
	ck_assert(!pdf_own_is_dict(text_from(good[2]))); /* a value more */
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!pdf_own_is_dict(text_from(bad[i])), "%s", bad[i]);
}
END_TEST

/* ---- what is not -------------------------------------------------------------------------------- */

START_TEST(cut_anywhere_it_is_refused)
{
	for (size_t size = 0; size < file.size; size += 1 + draw(97))
		ck_assert(!opens(text_slice(buf_view(&file), 0, size)));
	ck_assert(!opens(text_slice(buf_view(&file), 1, file.size)));
	ck_assert(opens(buf_view(&file)));
}
END_TEST

/* The file with one word in the place of another of the same size. */
static struct text with(const char *was, const char *is)
{
	size_t at = text_find(buf_view(&file), text_from(was));
	ck_assert_msg(at < file.size && strlen(was) == strlen(is), "%s", was);
	char *bytes = text_string(arena, buf_view(&file));
	memcpy(bytes + at, is, strlen(is));
	return (struct text){ bytes, file.size };
}

START_TEST(what_we_do_not_write_is_refused)
{
	static const char *const words[][2] = {
		{ "%PDF-1.7", "%PDF-1.6" }, { "/Filter /FlateDecode", "/Filter /LZWDecode  " }, { "/Filter /FlateDecode", "/Filter /Crypt      " },
		{ "endstream", "endstrean" }, { " 0 obj\n", " 1 obj\n" }, { "/Type/ObjStm", "/Type/ObjStn" }, { "/Type/XRef", "/Type/XRex" },
		{ "/W[1 4 2]", "/W[1 2 4]" }, { "/Predictor 12", "/Predictor 11" }, { "startxref\n", "startxref\r" }, { "%%EOF\n", "%%EOG\n" },
		{ "/Info ", "/Prev " }, { "/Root 1 0 R", "/Root 0 0 R" }, { "/Type/ObjStm/N ", "/Type/ObjStm/M " }, { "/Length ", "/Lengtg " },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		ck_assert_msg(!opens(with(words[i][0], words[i][1])), "%s for %s", words[i][1], words[i][0]);
	buf_text(&changed, buf_view(&file));
	buf_byte(&changed, '\n');
	ck_assert(!opens(buf_view(&changed)));
	buf_text(&changed, buf_view(&file)); /* an update behind */
	ck_assert(!opens(buf_view(&changed)));
}
END_TEST

/* Whatever is changed in the file's bytes: a refusal or a copy, nothing else. */
START_TEST(changed_bytes_are_refused_or_do_no_harm)
{
	size_t refused = 0, rounds = 400;
	for (size_t round = 0; round < rounds; round++) {
		char *bytes = text_string(arena, buf_view(&file));
		for (size_t k = 0; k <= round % 4; k++)
			bytes[draw(file.size)] = (char)draw(256);
		refused += !protect((struct text){ bytes, file.size });
		arena_clear(arena);
	}
	ck_assert_uint_gt(refused, rounds / 10);
}
END_TEST

/* ---- sound outside, and whatever inside ------------------------------------------------------------ */

static void put_stream(const char *head, struct text bytes, struct deflater *deflater)
{
	struct buf packed;
	buf_init(&packed, BUF_LIMIT_PAGE);
	ck_assert(deflater_add(deflater, DEFLATE_FAST, bytes, &packed));
	buf_format(&changed, "<<%s/Length %zu/Filter/FlateDecode>>\nstream\n", head, packed.size);
	buf_text(&changed, buf_view(&packed));
	buf_string(&changed, "\nendstream\nendobj\n");
	buf_clear(&packed);
}

/* In the texts of the objects: bytes that make other numbers, names and brackets of those that there are. */
static void scramble(struct buf *bytes)
{
	static const char alphabet[] = "0123456789 /<>[]()R\n%-.";
	for (size_t k = draw(4); k < 5; k++) {
		size_t at = draw(bytes->size), from = draw(bytes->size);
		if (draw(2))
			bytes->at[at] = bytes->at[from];
		else
			bytes->at[at] = alphabet[draw(sizeof alphabet - 1)];
	}
}

struct rewriting {
	bool scrambles_objects, scrambles_table;
	const char *between; /* before each object of its own */
	const char *more;    /* in the dictionary at the end */
};

/* The file written anew. */
static void rewrite(struct deflater *deflater, struct rewriting how)
{
	struct pdf_own own;
	struct buf bytes;
	ck_assert(pdf_own_open(arena, buf_view(&file), &own));
	buf_init(&bytes, BUF_LIMIT_PAGE);
	buf_reset(&changed);
	buf_text(&changed, own.head);
	for (size_t i = 0; i < own.stream_count; i++) {
		struct pdf_own_stream *stream = &own.streams[i];
		buf_string(&changed, how.between);
		own.places[stream->number].where = (uint32_t)changed.size;
		buf_format(&changed, "%u 0 obj\n", (unsigned)stream->number);
		if (!stream->held_count) {
			buf_format(&changed, "%.*s\nstream\n", TEXT_ARGS(stream->dict));
			buf_text(&changed, stream->bytes);
			buf_string(&changed, "\nendstream\nendobj\n");
			continue;
		}
		char head[80];
		buf_reset(&bytes);
		ck_assert(inflate_add(INFLATE_ZLIB, stream->bytes, &bytes));
		if (how.scrambles_objects)
			scramble(&bytes);
		snprintf(head, sizeof head, "/Type/ObjStm/N %u/First %.*s", stream->held_count,
			 TEXT_ARGS(pdf_dict_value(stream->dict, "First")));
		put_stream(head, buf_view(&bytes), deflater);
	}
	size_t start = changed.size;
	own.places[own.streams[own.stream_count].number].where = (uint32_t)start;
	buf_format(&changed, "%u 0 obj\n", (unsigned)own.streams[own.stream_count].number);
	buf_reset(&bytes);
	xref_write(&bytes, own.places, own.count);
	if (how.scrambles_table)
		bytes.at[draw(bytes.size)] ^= (char)(1 << draw(8));
	char head[300];
	snprintf(head, sizeof head, "/Type/XRef/Size %u" XREF_SHAPE "/Root %u 0 R/Info %u 0 R/ID[%.*s%.*s]%s", (unsigned)own.count,
		 (unsigned)own.root, (unsigned)own.info, TEXT_ARGS(own.id), TEXT_ARGS(own.id), how.more);
	put_stream(head, buf_view(&bytes), deflater);
	buf_format(&changed, "startxref\n%zu\n%%%%EOF\n", start);
	buf_clear(&bytes);
}

/* Nothing stands between the objects, and the end says nothing more. */
START_TEST(what_is_too_much_is_refused)
{
	static const struct rewriting good = { .between = "", .more = "" };
	static const struct rewriting bad[] = {
		{ .between = "\n", .more = "" }, { .between = "%\n", .more = "" }, { .between = "", .more = "/Prev 15" },
		{ .between = "", .more = "/Encrypt 1 0 R" }, { .between = "", .more = "/Root 2 0 R" },
	};
	struct deflater *deflater = deflater_new();
	rewrite(deflater, good);
	ck_assert(opens(buf_view(&changed)));
	ck_assert(protect(buf_view(&changed)));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		rewrite(deflater, bad[i]);
		ck_assert_msg(!opens(buf_view(&changed)), "%s%s", bad[i].between, bad[i].more);
	}
	deflater_free(deflater);
}
END_TEST

START_TEST(scrambled_objects_are_refused_or_do_no_harm)
{
	size_t refused = 0, opened = 0, rounds = 400;
	struct deflater *deflater = deflater_new();
	for (size_t round = 0; round < rounds; round++) {
		rewrite(deflater, (struct rewriting){ .scrambles_objects = round % 4 != 0, .scrambles_table = round % 4 == 0,
						     .between = "", .more = "" });
		opened += opens(buf_view(&changed));
		refused += !protect(buf_view(&changed));
		arena_clear(arena);
	}
	ck_assert_uint_gt(opened, rounds / 2); /* so that what is behind the opening is reached */
	ck_assert_uint_gt(refused, rounds / 4);
	deflater_free(deflater);
}
END_TEST

/* ---- the table of places ---------------------------------------------------------------------------- */

START_TEST(places_are_read_as_they_were_written)
{
	static const struct xref_place places[] = { { XREF_FREE, 0, UINT16_MAX }, { XREF_STREAM, 15, 0 }, { XREF_HELD, 7, 199 },
						    { XREF_STREAM, UINT32_MAX, 0 }, { XREF_HELD, 0x01020304, 0x0506 } };
	struct xref_place again[5];
	struct buf rows;
	buf_init(&rows, BUF_LIMIT_PAGE);
	xref_write(&rows, places, 5);
	ck_assert_uint_eq(rows.size, 5 * XREF_STORED);
	ck_assert(xref_read(buf_view(&rows), again, 5));
	for (size_t i = 0; i < 5; i++)
		ck_assert(again[i].kind == places[i].kind && again[i].where == places[i].where && again[i].index == places[i].index);
	ck_assert(!xref_read(buf_view(&rows), again, 4));
	ck_assert(!xref_read(text_slice(buf_view(&rows), 0, rows.size - 1), again, 5));
	rows.at[XREF_STORED] = 0; /* another filter */
	ck_assert(!xref_read(buf_view(&rows), again, 5));
	buf_clear(&rows);
}
END_TEST

Suite *send_pdf_own_suite(void)
{
	Suite *suite = suite_create("send/pdf_own");
	TCase *tcase = tcase_create("pdf_own");
	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, every_object_is_found);
	tcase_add_test(tcase, references_are_of_one_form);
	tcase_add_test(tcase, dictionaries_are_whole);
	tcase_add_test(tcase, cut_anywhere_it_is_refused);
	tcase_add_test(tcase, what_we_do_not_write_is_refused);
	tcase_add_test(tcase, changed_bytes_are_refused_or_do_no_harm);
	tcase_add_test(tcase, what_is_too_much_is_refused);
	tcase_add_test(tcase, scrambled_objects_are_refused_or_do_no_harm);
	tcase_add_test(tcase, places_are_read_as_they_were_written);
	suite_add_tcase(suite, tcase);
	return suite;
}
