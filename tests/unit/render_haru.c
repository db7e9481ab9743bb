/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "doc/doc.h"
#include "base/inflate.h"
#include "render/canvas.h"
#include "render/fonts.h"
#include "render/srgb.h"
#include "render_fixture.h"

Suite *render_haru_suite(void);

static struct sheet sheet;
static struct fonts *fonts;
static struct buf out;

static void setup(void)
{
	sheet_open(&sheet);
	if (!sheet_has(&sheet, SHEET_FANG))
		sheet.theme.face_count = SHEET_FANG;
	fonts = fonts_new(&sheet.theme, diag_new(sheet.arena, sources_new(sheet.arena)));
	ck_assert_ptr_nonnull(fonts);
	buf_init(&out, BUF_LIMIT_FILE);
}

static void teardown(void)
{
	fonts_free(fonts);
	buf_clear(&out);
	sheet_close(&sheet);
}

static bool write_pdf(const struct pages *pages, struct buf *pdf)
{
	struct canvas *canvas = haru_canvas_new(&sheet.theme, fonts, pdf);
	bool is_good = canvas_paint(canvas, pages);
	ck_assert_msg(is_good || canvas_error(canvas)[0], "no reason");
	if (!is_good)
		fprintf(stderr, "%s\n", canvas_error(canvas));
	canvas_free(canvas);
	return is_good;
}

START_TEST(writes_the_sample)
{
	const struct pages *pages = sheet_sample(&sheet);
	ck_assert(write_pdf(pages, &out));
	ck_assert(memcmp(out.at, "%PDF-1.7", 8) == 0);
	file_write("out/render-sample.pdf", buf_view(&out), 0644);
}
END_TEST

START_TEST(same_pages_same_bytes)
{
	const struct pages *pages = sheet_sample(&sheet);
	struct buf again;
	buf_init(&again, BUF_LIMIT_FILE);
	ck_assert(write_pdf(pages, &out));
	note_others(fonts);
	fonts_prepare(fonts); /* another base must not show */
	ck_assert(write_pdf(pages, &again));
	ck_assert(text_equal(buf_view(&out), buf_view(&again)));
	buf_clear(&again);
}
END_TEST

/* ---- what other programs make of it ---------------------------------------- */

/* Runs a program and keeps what it prints in `out`; false when it is not there. */
static bool run(const char *const *words)
{
	int ends[2];
	ck_assert_int_eq(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		char *arguments[16] = { NULL };
		for (size_t i = 0; words[i] && i < 15; i++)
			arguments[i] = text_string(sheet.arena, text_from(words[i]));
		dup2(ends[1], 1);
		execvp(arguments[0], arguments);
		_exit(127);
	}
	close(ends[1]);
	buf_reset(&out);
	char chunk[4096];
	for (ssize_t size; (size = read(ends[0], chunk, sizeof chunk)) > 0;)
		buf_add(&out, chunk, (size_t)size);
	close(ends[0]);
	int status = -1;
	waitpid(child, &status, 0);
	if (status != 0)
		fprintf(stderr, "skipped: %s is not there\n", words[0]);
	return status == 0;
}

/* A grey picture of a page by Poppler. */
static bool grey_page(const struct buf *pdf, const char *page, size_t *pixels, struct buf *grey)
{
	ck_assert_int_eq(file_write("out/render-compare.pdf", buf_view(pdf), 0600), 0);
	if (!run((const char *const[]){ "pdftoppm", "-gray", "-r", "150", "-f", page, "-l", page, "out/render-compare.pdf", NULL }))
		return false;
	buf_reset(grey);
	buf_text(grey, buf_view(&out));
	unsigned width = 0, height = 0;
	ck_assert_int_eq(sscanf(grey->at, "P5 %u %u 255", &width, &height), 2);
	*pixels = (size_t)width * height;
	ck_assert_uint_gt(grey->size, *pixels);
	return true;
}

/* Cairo 1.16 leaks 520 bytes with every CFF face that it cuts for a PDF. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#else
static void __lsan_disable(void) {}
static void __lsan_enable(void) {}
#endif

static bool holds(struct text text)
{
	return text_contains(buf_view(&out), text);
}

START_TEST(carries_files)
{
	struct attachment file = { .name = TEXT("问题清单.csv"), .description = TEXT("清单"), .media_type = "text/csv", .bytes = TEXT("\xEF\xBB\xBF条目\r\n") };
	struct pages pages = *sheet_sample(&sheet);
	pages.attachments = &file;
	pages.attachment_count = 1;
	ck_assert(write_pdf(&pages, &out));
	ck_assert(holds(TEXT("/EmbeddedFile")));
	file_write("out/render-attachment.pdf", buf_view(&out), 0600);
	if (run((const char *const[]){ "pdfdetach", "-save", "1", "-o", "out/render-attachment.csv", "out/render-attachment.pdf", NULL })) {
		struct file_bytes bytes;
		ck_assert_int_eq(file_map("out/render-attachment.csv", BUF_LIMIT_FILE, &bytes), 0);
		ck_assert(text_equal(bytes.text, file.bytes));
		file_release(&bytes);
	}
}
END_TEST

START_TEST(archives)
{
	struct attachment file = { .name = TEXT("a.csv"), .media_type = "text/csv", .bytes = TEXT("x") };
	struct pages pages = *sheet_sample(&sheet);
	pages.attachments = &file;
	pages.attachment_count = 1;
	struct canvas *canvas = haru_canvas_new(&sheet.theme, fonts, &out);
	haru_canvas_archive(canvas);
	ck_assert_msg(canvas_paint(canvas, &pages), "%s", canvas_error(canvas));
	canvas_free(canvas);
	ck_assert(holds(TEXT("<pdfaid:part>2</pdfaid:part>")));
	ck_assert(holds(TEXT("<pdfaid:conformance>U</pdfaid:conformance>")));
	ck_assert(holds(TEXT("/N 3")));
	ck_assert(!holds(TEXT("/EmbeddedFile")));
}
END_TEST

/* Size and tags where the ICC's specification wants them, and the curve's known values. */
START_TEST(knows_srgb)
{
	struct buf profile;
	buf_init(&profile, 1 << 16);
	srgb_write_profile(&profile);
	const unsigned char *at = (const unsigned char *)profile.at;
	ck_assert_uint_eq((size_t)at[2] << 8 | at[3], profile.size);
	ck_assert(memcmp(at + 36, "acsp", 4) == 0);
	size_t tag = 132 + 6 * 12, curve = (size_t)at[tag + 6] << 8 | at[tag + 7];
	ck_assert(memcmp(at + tag, "rTRC", 4) == 0 && memcmp(at + curve, "curv", 4) == 0);
	static const struct {
		int point, light; /* of IEC 61966-2-1, in 1/65535 */
	} known[] = { { 0, 0 }, { 512, 14057 }, { 1023, 65535 } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		const unsigned char *value = at + curve + 12 + 2 * known[i].point;
		ck_assert_int_eq(value[0] << 8 | value[1], known[i].light);
	}
	buf_clear(&profile);
}
END_TEST

START_TEST(looks_like_cairo)
{
	const struct pages *pages = sheet_sample(&sheet);
	struct buf ours, reference, a, b;
	buf_init(&ours, BUF_LIMIT_FILE);
	buf_init(&reference, BUF_LIMIT_FILE);
	buf_init(&a, BUF_LIMIT_FILE);
	buf_init(&b, BUF_LIMIT_FILE);
	ck_assert(write_pdf(pages, &ours));
	struct canvas *canvas = cairo_canvas_pdf(&sheet.theme, &reference);
	__lsan_disable();
	ck_assert_msg(canvas_paint(canvas, pages), "%s", canvas_error(canvas));
	canvas_free(canvas);
	__lsan_enable();
	size_t pixels = 0;
	const char *const page = _i ? "2" : "1";
	if (grey_page(&ours, page, &pixels, &a) && grey_page(&reference, page, &pixels, &b)) {
		ck_assert_uint_eq(a.size, b.size);
		size_t wrong = 0, ink = 0;
		for (size_t i = a.size - pixels; i < a.size; i++) {
			int difference = (unsigned char)a.at[i] - (unsigned char)b.at[i];
			wrong += abs(difference) > 100; /* Poppler places glyphs on quarters of a pixel */
			ink += (unsigned char)b.at[i] < 128;
		}
		ck_assert_uint_gt(ink, 200);
		ck_assert_msg(wrong * 1000 <= pixels, "%zu of %zu pixels differ", wrong, pixels);
	}
	buf_clear(&ours);
	buf_clear(&reference);
	buf_clear(&a);
	buf_clear(&b);
}
END_TEST

START_TEST(text_comes_out_again)
{
	ck_assert(write_pdf(sheet_sample(&sheet), &out));
	file_write("out/render-compare.pdf", buf_view(&out), 0600);
	if (!run((const char *const[]){ "pdftotext", "-raw", "out/render-compare.pdf", "-", NULL }))
		return;
	ck_assert_ptr_nonnull(strstr(out.at, "工业信息安全诊断书 𠮷𡈽 2021\n"));
	const char *sentence = "企业在控制设备安全方面已达到三星，AVfi“缺口”为12.5％；星级★★★☆☆。\n";
	const char *at = out.at;
	for (size_t face = 0; face < sheet.theme.face_count; face++) {
		at = strstr(at, sentence);
		ck_assert_msg(at != NULL, "face %zu:\n%s", face, out.at);
		at += strlen(sentence);
	}
	ck_assert_ptr_nonnull(strstr(out.at, "详见网站和首页。"));
}
END_TEST

/* "<0100><01FF>[<4E00><4E01>…]": within one high byte, and a text for each code. */
static size_t check_ranges(struct text map)
{
	size_t codes = 0;
	struct text line;
	ck_assert(text_next(&map, '\n', &line));
	while (text_next(&map, '\n', &line) && text_starts(line, "<")) {
		unsigned from, to, texts = 0;
		ck_assert_int_eq(sscanf(line.at, "<%4x><%4x>[", &from, &to), 2);
		for (size_t i = 13; i < line.size; i++)
			texts += line.at[i] == '<';
		ck_assert_msg(from >> 8 == to >> 8, "%.*s", TEXT_ARGS(text_slice(line, 0, 12)));
		ck_assert_uint_eq(texts, to - from + 1);
		codes += texts;
	}
	ck_assert(text_starts(line, "endbfrange"));
	return codes;
}

/* Readers refuse a range of codes over a high byte; six hundred characters of one face have some. */
START_TEST(ranges_of_texts_end_with_a_high_byte)
{
	enum { CHARACTERS = 600, ROW = 30 };
	int tag = sheet_tag(&sheet, "Document", -1);
	struct buf row, map;
	buf_init(&row, 1 << 16);
	buf_init(&map, BUF_LIMIT_FILE);
	for (uint32_t i = 0; i < CHARACTERS; i++) {
		utf8_write(&row, 0x4E00 + i);
		if (i % ROW == ROW - 1) {
			sheet_text(&sheet, row.at, (struct sheet_style){ SHEET_SONG, tag, 10, 72, 60 + 15.0 * (i / ROW), 0, { 0, 0, 0 }, 0 });
			buf_reset(&row);
		}
	}
	sheet_end_page(&sheet, "1");
	ck_assert(write_pdf(sheet_done(&sheet), &out));
	size_t codes = 0, maps = 0;
	for (struct text rest = buf_view(&out); (rest = text_slice(rest, text_find(rest, TEXT("\nstream")) + 8, rest.size)).size;) {
		buf_reset(&map);
		if (!inflate_add(INFLATE_ZLIB, text_slice(rest, rest.at[0] == '\n', rest.size), &map) || !strstr(map.at, "begincmap"))
			continue;
		maps++;
		for (struct text ranges = buf_view(&map); (ranges = text_slice(ranges, text_find(ranges, TEXT(" beginbfrange")), ranges.size)).size; ranges = text_slice(ranges, 1, ranges.size))
			codes += check_ranges(ranges);
	}
	ck_assert_uint_eq(maps, 1);
	ck_assert_uint_eq(codes, CHARACTERS);
	buf_clear(&row);
	buf_clear(&map);
}
END_TEST

/* ---- what strangers type ---------------------------------------------------- */

START_TEST(survives_strange_texts)
{
	static const char *const texts[] = { "a\xCC\x81\xE2\x80\x8B", "\xEF\xBF\xBE\xF4\x8F\xBF\xBF", "(((\\)<>>>[/", "\x01\x7F\t\n" };
	int document = sheet_tag(&sheet, "Document", -1), note = sheet_tag(&sheet, "Note", document);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		int tag = sheet_tag(&sheet, "P", document);
		sheet.tags.at[tag].alternative = sheet.tags.at[tag].actual_text = sheet.tags.at[tag].id = text_from(texts[i]);
		sheet_text(&sheet, texts[i], (struct sheet_style){ SHEET_SONG, tag, 10, 72, 90, 0, { 0, 0, 0 }, 0 });
		LIST_PUSH(&sheet.outline, ((struct outline_entry){ text_from(texts[i]), 1 + 7 * (int)i, 0, 0 }));
	}
	sheet_text(&sheet, "注", (struct sheet_style){ SHEET_SONG, note, 10, 72, 120, 0, { 0, 0, 0 }, 0 });
	sheet_link(&sheet, "javascript:alert(1)", note, 10, 10);
	sheet_link(&sheet, "https://x/(\\)<>\n", note, 10, 10);
	sheet_end_page(&sheet, "A-\xFF");
	sheet_end_page(&sheet, "");
	ck_assert(write_pdf(sheet_done(&sheet), &out));
	ck_assert_uint_eq(text_find(buf_view(&out), TEXT("javascript")), out.size);
	file_write("out/render-strange.pdf", buf_view(&out), 0600);
}
END_TEST

START_TEST(refuses_what_leads_nowhere)
{
	sheet_link(&sheet, "#nowhere", -1, 10, 10);
	sheet_end_page(&sheet, "1");
	ck_assert(!write_pdf(sheet_done(&sheet), &out));
}
END_TEST

START_TEST(lines_do_not_drift)
{
	/* 60 glyphs a third of a hundredth off: added up by the reader they must end where we said */
	sheet_text(&sheet, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十", (struct sheet_style){ SHEET_SONG, -1, 10.3, 72.0033, 90, 0, { 0, 0, 0 }, 0 });
	struct placed_glyph *glyphs = ARENA_ARRAY(sheet.arena, struct placed_glyph, 30);
	memcpy(glyphs, sheet.ops.at[0].run.glyphs, 30 * sizeof *glyphs);
	for (int i = 0; i < 30; i++)
		glyphs[i].x += i * i * 0.00337;
	sheet.ops.at[0].run.glyphs = glyphs;
	sheet_end_page(&sheet, "1");
	ck_assert(write_pdf(sheet_done(&sheet), &out));
	file_write("out/render-compare.pdf", buf_view(&out), 0600);
	if (!run((const char *const[]){ "pdftotext", "-bbox", "out/render-compare.pdf", "-", NULL }))
		return;
	const char *at = strstr(out.at, "xMax=");
	ck_assert_ptr_nonnull(at);
	double end = strtod(at + 6, NULL), want = glyphs[29].x + 10.3;
	ck_assert_msg(end > want - 0.02 && end < want + 0.02, "%f instead of %f", end, want);
}
END_TEST

Suite *render_haru_suite(void)
{
	Suite *suite = suite_create("render/haru");
	TCase *tcase = tcase_create("haru");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, writes_the_sample);
	tcase_add_test(tcase, same_pages_same_bytes);
	tcase_add_test(tcase, carries_files);
	tcase_add_test(tcase, archives);
	tcase_add_test(tcase, knows_srgb);
	tcase_add_loop_test(tcase, looks_like_cairo, 0, 2);
	tcase_add_test(tcase, text_comes_out_again);
	tcase_add_test(tcase, ranges_of_texts_end_with_a_high_byte);
	tcase_add_test(tcase, survives_strange_texts);
	tcase_add_test(tcase, refuses_what_leads_nowhere);
	tcase_add_test(tcase, lines_do_not_drift);
	suite_add_tcase(suite, tcase);
	return suite;
}
