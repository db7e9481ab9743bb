/* SPDX-License-Identifier: MIT
 *
 * Whoever wants a value to get past the scan writes it another way: each of these
 * ways is tried, in each place of a file.
 */
#include "publish/leak.h"

#include <check.h>
#include <iconv.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/utf8.h"
#include "base/inflate.h"
#include "publish/leak_memory.h"
#include "publish/output.h"
#include "base/deflate.h"
#include "render/png.h"

Suite *publish_leak_suite(void);

static struct arena *arena;
static struct diag *diag;
static char root[] = "/tmp/xingji-leak-XXXXXX";
static struct buf buf;

static void set_up(void)
{
	arena = arena_new();
	diag = diag_new(arena, sources_new(arena));
	strcpy(root + strlen(root) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
	buf_init(&buf, BUF_LIMIT_PAGE);
}

static void tear_down(void)
{
	buf_clear(&buf);
	file_remove_tree(root);
	arena_free(arena);
}

/* ---- ways to write a value -------------------------------------------------------- */

static void write_plain(struct text text) { buf_text(&buf, text); }
static void write_decimal(struct text text)
{
	for (size_t at = 0; at < text.size;)
		buf_format(&buf, "&#%u;", (unsigned)utf8_next(text, &at));
}
static void write_hexadecimal(struct text text)
{
	for (size_t at = 0; at < text.size;)
		buf_format(&buf, "&#x%X;", (unsigned)utf8_next(text, &at));
}
static void write_entity_lower(struct text text)
{
	for (size_t at = 0; at < text.size;)
		buf_format(&buf, "&#X%x;", (unsigned)utf8_next(text, &at));
}
static void write_percent(struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		buf_format(&buf, "%%%02X", (unsigned char)text.at[i]);
}
static void write_percent_lower(struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		buf_format(&buf, "%%%02x", (unsigned char)text.at[i]);
}
static void write_percent_twice(struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		buf_format(&buf, "%%25%02X", (unsigned char)text.at[i]);
}
static void write_units(struct text text, const char *digits)
{
	for (size_t at = 0; at < text.size;) {
		uint32_t character = utf8_next(text, &at), units[2] = { character, 0 };
		if (character >= 0x10000) {
			units[0] = 0xD800 + ((character - 0x10000) >> 10);
			units[1] = 0xDC00 + ((character - 0x10000) & 0x3FF);
		}
		for (int i = 0; i < 2 && units[i]; i++) {
			buf_string(&buf, "\\u");
			for (int shift = 12; shift >= 0; shift -= 4)
				buf_byte(&buf, digits[units[i] >> shift & 15]);
		}
	}
}
static void write_json(struct text text) { write_units(text, "0123456789ABCDEF"); }
static void write_json_lower(struct text text) { write_units(text, "0123456789abcdef"); }
static void write_script(struct text text)
{
	for (size_t at = 0; at < text.size;)
		buf_format(&buf, "\\u{%x}", (unsigned)utf8_next(text, &at));
}
static void write_style(struct text text)
{
	for (size_t at = 0; at < text.size;)
		buf_format(&buf, "\\%06x", (unsigned)utf8_next(text, &at));
}
static void write_octal(struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		buf_format(&buf, "\\%03o", (unsigned char)text.at[i]);
}
static void write_hex(struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		buf_format(&buf, "%02x", (unsigned char)text.at[i]);
}
static void write_half(struct text text)
{
	size_t first = utf8_prefix(text, 1).size;
	write_decimal(text_slice(text, 0, first));
	buf_text(&buf, text_slice(text, first, text.size));
}
static void write_marked(struct text text)
{
	buf_text(&buf, text_slice(text, 0, 6));
	buf_string(&buf, "<b class=\"x\">");
	buf_text(&buf, text_slice(text, 6, 3));
	buf_string(&buf, "</b><!-- y -->");
	buf_text(&buf, text_slice(text, 9, text.size));
}

static void base64(struct text text, const char *before)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct text all = text_format(arena, "%s%.*s--", before, TEXT_ARGS(text));
	for (size_t i = 0; i + 3 <= all.size; i += 3) {
		const unsigned char *at = (const unsigned char *)all.at + i;
		unsigned bits = (unsigned)at[0] << 16 | (unsigned)at[1] << 8 | at[2];
		for (int shift = 18; shift >= 0; shift -= 6)
			buf_byte(&buf, digits[bits >> shift & 63]);
	}
}
static void write_base64(struct text text) { base64(text, ""); }
static void write_base64_one(struct text text) { base64(text, "a"); }
static void write_base64_two(struct text text) { base64(text, "ab"); }

static void convert(struct text text, const char *encoding)
{
	char block[512], *in = text_string(arena, text), *out = block;
	size_t left = text.size, room = sizeof block;
	iconv_t converter = iconv_open(encoding, "UTF-8");
	ck_assert_uint_eq(iconv(converter, &in, &left, &out, &room), 0);
	iconv_close(converter);
	buf_add(&buf, block, sizeof block - room);
}
static void write_gb18030(struct text text) { convert(text, "GB18030"); }
static void write_utf16le(struct text text) { convert(text, "UTF-16LE"); }
static void write_utf16be(struct text text) { convert(text, "UTF-16BE"); }
static void write_gb18030_percent(struct text text)
{
	convert(text, "GB18030");
	struct text bytes = text_copy(arena, buf_view(&buf));
	buf_reset(&buf);
	write_percent(bytes);
}

typedef void writer(struct text text);

static writer *const ways[] = {
	write_plain, write_decimal, write_hexadecimal, write_entity_lower, write_percent, write_percent_lower,
	write_percent_twice, write_json, write_json_lower, write_script, write_style, write_octal,
	write_hex, write_half, write_marked, write_base64, write_base64_one, write_base64_two,
	write_gb18030, write_utf16le, write_utf16be, write_gb18030_percent,
};

static const char *const values[] = { "南京示例机电有限公司", "示例人", "𠮷田示例（苏州）有限公司", "91320100XX0000012X", "shili@example.org" };
enum { VALUES = sizeof values / sizeof *values, WAYS = sizeof ways / sizeof *ways };

static bool scan(struct leak *leak, const char *path, struct text bytes, struct leak_summary *summary)
{
	struct output *output = output_open(arena, &(struct output_options){ .folder = file_join(arena, root, TEXT("out/2021")) }, diag);
	ck_assert_ptr_nonnull(output);
	ck_assert(output_write(output, text_from(path), bytes));
	bool is_clean = leak_scan(leak, output, diag, summary);
	output_close(output);
	leak_free(leak);
	return is_clean;
}

static struct leak *leak_of_values(void)
{
	struct leak *leak = leak_new(arena);
	for (size_t i = 0; i < VALUES; i++)
		leak_add(leak, text_from(values[i]), "value");
	return leak;
}

/* A file that was clean of what was hunted then is looked through again for what is hunted since. */
static bool finds_later(const char *path, struct text bytes, const char *value)
{
	struct leak_memory memory;
	struct leak_summary summary;
	struct leak *leak = leak_new(arena);
	leak_memory_init(&memory, arena, TEXT("program"));
	leak_remember(leak, &memory);
	ck_assert(scan(leak, path, bytes, &summary));
	struct buf notes;
	buf_init(&notes, BUF_LIMIT_FILE);
	leak_memory_write(&memory, &notes);
	leak_memory_clear(&memory);
	leak_memory_init(&memory, arena, TEXT("program"));
	leak_memory_read(&memory, buf_view(&notes));
	leak = leak_new(arena);
	leak_add(leak, text_from(value), "value");
	leak_remember(leak, &memory);
	bool is_clean = scan(leak, path, bytes, &summary);
	ck_assert(memory.is_there || !is_clean);
	leak_memory_clear(&memory);
	buf_clear(&notes);
	return !is_clean;
}

START_TEST(finds_every_way_of_writing)
{
	struct text value = text_from(values[_i % VALUES]);
	struct leak_summary summary;
	ways[_i / VALUES](value);
	struct text written = text_copy(arena, buf_view(&buf));
	if (written.size == 0 || (value.size < 10 && ways[_i / VALUES] == write_marked))
		return;
	struct text page = TEXT("<!DOCTYPE html><p title=\"&amp;\">前");
	buf_reset(&buf);
	buf_text(&buf, page);
	buf_text(&buf, written);
	buf_string(&buf, " 后</p>");
	ck_assert_msg(!scan(leak_of_values(), "public/index.html", buf_view(&buf), &summary), "way %d of %s", _i / VALUES, values[_i % VALUES]);
	ck_assert_uint_eq(summary.hits, 1);
	ck_assert_msg(finds_later("public/index.html", buf_view(&buf), values[_i % VALUES]), "way %d of %s later", _i / VALUES,
		      values[_i % VALUES]);
}
END_TEST

START_TEST(finds_them_far_from_other_escapes)
{
	struct leak_summary summary;
	buf_string(&buf, "{\"a\": \"\\u4e2d\"");
	buf_repeat(&buf, ' ', 100000);
	buf_string(&buf, "\\u4e2d");
	buf_repeat(&buf, 'x', 300);
	write_json(text_from(values[0]));
	buf_repeat(&buf, ' ', 100000);
	size_t place = buf.size;
	write_json(text_from(values[2]));
	ck_assert(!scan(leak_of_values(), "public/data/a.json", buf_view(&buf), &summary));
	ck_assert_uint_eq(summary.hits, 2);
	struct buf out;
	buf_init(&out, BUF_LIMIT_PAGE);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &out);
	ck_assert(text_contains(buf_view(&out), text_format(arena, "at byte %zu ", place)));
	buf_clear(&out);
}
END_TEST

START_TEST(file_names_are_searched)
{
	struct leak_summary summary;
	write_percent(text_from(values[0]));
	ck_assert(!scan(leak_of_values(), text_string(arena, text_format(arena, "public/%s.html", buf.at)), TEXT("x"), &summary));
	ck_assert(!scan(leak_of_values(), "public/南京示例机电有限公司/index.html", TEXT("x"), &summary));
}
END_TEST

/* What lies inside until staff hand it out is for outside; what stays inside may say everything. */
START_TEST(what_is_for_outside_is_searched)
{
	static const struct {
		const char *path;
		bool is_clean;
	} files[] = {
		{ "public/index.html", false },
		{ "internal/report/report-public.html", false },
		{ "internal/report/report-public.pdf", false },
		{ "internal/report/report.html", true },
		{ "internal/crosscheck-report.json", true },
	};
	struct leak_summary summary;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		ck_assert_int_eq(scan(leak_of_values(), files[i].path, text_from(values[0]), &summary), files[i].is_clean);
}
END_TEST

START_TEST(lower_case_is_the_same)
{
	struct leak_summary summary;
	ck_assert(!scan(leak_of_values(), "public/91320100xx0000012x.html", TEXT("x"), &summary));
}
END_TEST

/* ---- what is packed ------------------------------------------------------------------- */

static void number(struct buf *out, uint32_t value, int size)
{
	for (int i = 0; i < size; i++)
		buf_byte(out, (char)(i < 4 ? value >> 8 * i : 0));
}

/* A ZIP file of one member; zlib's head and check are cut off. */
static void zip(struct buf *out, const char *name, struct text bytes)
{
	struct buf packed;
	struct deflater *deflater = deflater_new();
	buf_init(&packed, BUF_LIMIT_PAGE);
	ck_assert(deflater_add(deflater, DEFLATE_SMALL, bytes, &packed));
	deflater_free(deflater);
	struct text raw = text_slice(buf_view(&packed), 2, packed.size - 6);
	uint32_t name_size = (uint32_t)strlen(name), start = (uint32_t)out->size;
	buf_add(out, "PK\3\4", 4);
	number(out, 20, 4);
	number(out, 8, 2);
	number(out, 0, 8);
	number(out, (uint32_t)raw.size, 4);
	number(out, (uint32_t)bytes.size, 4);
	number(out, name_size, 4);
	buf_string(out, name);
	buf_text(out, raw);
	uint32_t directory = (uint32_t)out->size;
	buf_add(out, "PK\1\2", 4);
	number(out, 20 << 16 | 20, 4);
	number(out, 0, 2);
	number(out, 8, 2);
	number(out, 0, 8);
	number(out, (uint32_t)raw.size, 4);
	number(out, (uint32_t)bytes.size, 4);
	number(out, name_size, 4);
	number(out, 0, 10);
	number(out, start, 4);
	buf_string(out, name);
	uint32_t size = (uint32_t)out->size - directory;
	buf_add(out, "PK\5\6", 4);
	number(out, 0, 4);
	number(out, 1 << 16 | 1, 4);
	number(out, size, 4);
	number(out, directory, 4);
	number(out, 0, 2);
	buf_clear(&packed);
}

START_TEST(looks_into_zip_and_zip_in_zip)
{
	struct leak_summary summary;
	struct buf inner, outer;
	buf_init(&inner, BUF_LIMIT_PAGE);
	buf_init(&outer, BUF_LIMIT_PAGE);
	zip(&inner, "xl/sharedStrings.xml", TEXT("<sst><si><r><t>南京示例</t></r><r><t>机电有限公司</t></r></si></sst>"));
	ck_assert(!scan(leak_of_values(), "public/data/a.xlsx", buf_view(&inner), &summary));
	ck_assert_uint_eq(summary.hits, 1);
	zip(&outer, "a.xlsx", buf_view(&inner));
	ck_assert(!scan(leak_of_values(), "public/data/a.zip", buf_view(&outer), &summary));
	ck_assert_uint_eq(summary.hits, 1);
	buf_reset(&outer);
	zip(&outer, "shili@example.org.txt", TEXT("nothing"));
	ck_assert(!scan(leak_of_values(), "public/data/a.zip", buf_view(&outer), &summary));
	buf_clear(&inner);
	buf_clear(&outer);
}
END_TEST

START_TEST(a_damaged_archive_is_not_published)
{
	struct leak_summary summary;
	struct buf bytes;
	buf_init(&bytes, BUF_LIMIT_PAGE);
	zip(&bytes, "a.txt", TEXT("a text of some length, a text of some length"));
	ck_assert(scan(leak_of_values(), "public/a.zip", buf_view(&bytes), &summary));
	for (size_t cut = 4; cut < bytes.size; cut++) {
		size_t told = diag_errors_told(diag);
		ck_assert(!scan(leak_of_values(), "public/a.zip", text_slice(buf_view(&bytes), 0, cut), &summary));
		ck_assert_uint_eq(diag_errors_told(diag), told + 1);
	}
	ck_assert_uint_eq(diag_count_of(diag, DIAG_LEAK_OPAQUE), 1);
	ck_assert(!scan(leak_of_values(), "public/a.gz", TEXT("\x1F\x8B garbage"), &summary));
	buf_clear(&bytes);
}
END_TEST

START_TEST(looks_into_the_streams_of_pdf)
{
	struct leak_summary summary;
	struct buf pdf;
	struct deflater *deflater = deflater_new();
	buf_init(&pdf, BUF_LIMIT_PAGE);
	buf_string(&pdf, "%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>stream\n");
	ck_assert(deflater_add(deflater, DEFLATE_SMALL, TEXT("<x:xmpmeta>shili@example.org</x:xmpmeta>"), &pdf));
	buf_string(&pdf, "\nendstream\n2 0 obj <FEFF");
	deflater_free(deflater);
	convert(text_from(values[0]), "UTF-16BE");
	for (size_t i = 0; i < buf.size; i++)
		buf_format(&pdf, "%02X", (unsigned char)buf.at[i]);
	buf_string(&pdf, ">");
	ck_assert(!scan(leak_of_values(), "public/a.pdf", buf_view(&pdf), &summary));
	ck_assert_uint_eq(summary.hits, 2);
	buf_clear(&pdf);
}
END_TEST

/* What a picture shows is searched in the words that it tells; pixels are not words, and without words it stays inside. */
START_TEST(looks_at_the_words_of_pictures)
{
	static const uint32_t pixels[64 * 64] = { 1, 2, 3 };
	struct leak_summary summary;
	struct png png = { .pixels = (const unsigned char *)pixels, .width = 64, .height = 64, .stride = 256, .words = TEXT("名单") };
	struct buf bytes;
	buf_init(&bytes, BUF_LIMIT_PAGE);
	ck_assert(png_write(&png, &bytes));
	ck_assert(scan(leak_of_values(), "public/a.png", buf_view(&bytes), &summary));
	for (size_t i = 0; i < VALUES; i++) {
		png.words = text_format(arena, "名单\n%s等", values[i]);
		buf_reset(&bytes);
		ck_assert(png_write(&png, &bytes));
		ck_assert(!scan(leak_of_values(), "public/a.png", buf_view(&bytes), &summary));
		ck_assert_uint_ge(summary.hits, 1);
	}
	png.words = TEXT("\\u5357\\u4eac\\u793a\\u4f8b\\u673a\\u7535\\u6709\\u9650\\u516c\\u53f8");
	buf_reset(&bytes);
	ck_assert(png_write(&png, &bytes));
	ck_assert(!scan(leak_of_values(), "public/a.png", buf_view(&bytes), &summary));
	ck_assert_uint_eq(diag_count_of(diag, DIAG_LEAK_PICTURE), 0);
	png.words = NO_TEXT;
	buf_reset(&bytes);
	ck_assert(png_write(&png, &bytes));
	for (size_t cut = 8; cut <= bytes.size; cut++)
		ck_assert(!scan(leak_of_values(), "public/a.png", text_slice(buf_view(&bytes), 0, cut), &summary));
	ck_assert_uint_ge(diag_count_of(diag, DIAG_LEAK_PICTURE), 1);
	buf_clear(&bytes);
}
END_TEST

/* ---- what is no leak ---------------------------------------------------------------------- */

static const struct {
	const char *bytes;
	bool is_clean;
} allowed[] = {
	{ "苏州南京示例机电有限公司分公司", true },
	{ "&#33487;州南京示例机电有限公司分公司", true },
	{ "\\u82cf\\u5dde南京示例机电有限公司分公司", true },
	{ "苏州南京示例机电有限公司", false },
	{ "苏州南京示例机电有限公司分公司 南京示例机电有限公司", false },
};

START_TEST(names_within_listed_names_are_no_leak)
{
	struct leak_summary summary;
	struct leak *leak = leak_of_values();
	leak_allow(leak, TEXT("苏州南京示例机电有限公司分公司"));
	ck_assert(scan(leak, "public/a.html", text_from(allowed[_i].bytes), &summary) == allowed[_i].is_clean);
}
END_TEST

/* Of those who have no number: one may say what another says, and only he. */
START_TEST(a_placeholder_of_ones_own_is_no_leak)
{
	struct leak_summary summary;
	for (int is_own = 0; is_own <= 1; is_own++) {
		struct leak *leak = leak_new(arena);
		leak_add(leak, TEXT("000-00000000"), "phone");
		if (is_own)
			leak_allow(leak, TEXT("000-00000000"));
		ck_assert(scan(leak, "public/a.html", TEXT("<p>000-00000000</p>"), &summary) == (is_own == 1));
	}
}
END_TEST

#define LONG_NOTE "控制网与办公网之间的防火墙策略多年没有核对过，任意放行"

START_TEST(words_of_the_pages_are_no_leak_but_sentences_of_one_are)
{
	struct leak_summary summary;
	for (int owners = 1; owners <= 2; owners++) {
		struct leak *leak = leak_new(arena);
		leak_add_remark(leak, TEXT("现场核查发现的问题"), "note", 1);
		leak_add_remark(leak, TEXT(LONG_NOTE), "note", 1);
		leak_add_remark(leak, TEXT(LONG_NOTE), "note", owners);
		leak_know_page(leak, TEXT("<p>现场核查发现的问题</p><p>" LONG_NOTE "</p>"));
		ck_assert(scan(leak, "public/a.html", TEXT("<p>现场核查发现的问题</p>"), &summary) == true);
		leak = leak_new(arena);
		leak_add_remark(leak, TEXT(LONG_NOTE), "note", 1);
		leak_add_remark(leak, TEXT(LONG_NOTE), "note", owners);
		leak_know_page(leak, TEXT("<p>" LONG_NOTE "</p>"));
		ck_assert(scan(leak, "public/a.html", TEXT("<p>" LONG_NOTE "</p>"), &summary) == (owners == 2));
	}
}
END_TEST

START_TEST(the_report_says_what_was_hunted)
{
	struct leak *leak = leak_of_values();
	struct leak_summary summary;
	leak_add(leak, TEXT("短\""), "contact");
	struct output *output = output_open(arena, &(struct output_options){ .folder = file_join(arena, root, TEXT("out/2021")) }, diag);
	output_write(output, TEXT("public/a"), TEXT("12345"));
	ck_assert(leak_scan(leak, output, diag, &summary));
	leak_report(leak, &summary, &buf);
	ck_assert(text_contains(buf_view(&buf), TEXT("\"bytes\": 5")));
	ck_assert(text_contains(buf_view(&buf), TEXT("{\"kind\": \"value\", \"hunted\": 5, \"public_words\": 0, \"too_short\": 0}")));
	ck_assert(text_contains(buf_view(&buf), TEXT("{\"kind\": \"contact\", \"value\": \"短\\\"\"}")));
	output_close(output);
	leak_free(leak);
}
END_TEST

Suite *publish_leak_suite(void)
{
	Suite *suite = suite_create("publish/leak");
	TCase *tcase = tcase_create("leak");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, finds_every_way_of_writing, 0, VALUES * WAYS);
	tcase_add_test(tcase, finds_them_far_from_other_escapes);
	tcase_add_test(tcase, file_names_are_searched);
	tcase_add_test(tcase, what_is_for_outside_is_searched);
	tcase_add_test(tcase, lower_case_is_the_same);
	tcase_add_test(tcase, looks_into_zip_and_zip_in_zip);
	tcase_add_test(tcase, a_damaged_archive_is_not_published);
	tcase_add_test(tcase, looks_into_the_streams_of_pdf);
	tcase_add_test(tcase, looks_at_the_words_of_pictures);
	tcase_add_loop_test(tcase, names_within_listed_names_are_no_leak, 0, sizeof allowed / sizeof *allowed);
	tcase_add_test(tcase, a_placeholder_of_ones_own_is_no_leak);
	tcase_add_test(tcase, words_of_the_pages_are_no_leak_but_sentences_of_one_are);
	tcase_add_test(tcase, the_report_says_what_was_hunted);
	suite_add_tcase(suite, tcase);
	return suite;
}
