/* SPDX-License-Identifier: MIT
 *
 * A small site whose numbers agree, and the same with one byte changed.
 */
#include "publish/crosscheck.h"

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "publish/output.h"

Suite *publish_crosscheck_suite(void);

static struct arena *arena;
static struct diag *diag;
static char root[] = "/tmp/xingji-cross-XXXXXX";

static void set_up(void)
{
	arena = arena_new();
	diag = diag_new(arena, sources_new(arena));
	strcpy(root + strlen(root) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
}

static void tear_down(void)
{
	file_remove_tree(root);
	arena_free(arena);
}

static const struct crosscheck_expected expected[] = {
	{ .name = TEXT_INIT("all/listed"), .value = 3, .sums = { "city/", "track/" } },
	{ .name = TEXT_INIT("all/enterprises"), .value = 1002, .is_of_enterprises = true },
	{ .name = TEXT_INIT("city/1/listed"), .value = 2, .city = TEXT_INIT("甲市") },
	{ .name = TEXT_INIT("city/2/listed"), .value = 1, .city = TEXT_INIT("乙市") },
	{ .name = TEXT_INIT("track/ics/listed"), .value = 3, .track = TEXT_INIT("工控") },
	{ .name = TEXT_INIT("track/platform/listed"), .value = 0, .track = TEXT_INIT("平台") },
	{ .name = TEXT_INIT("level/ics-1/listed"), .value = 2, .track = TEXT_INIT("工控"), .label = TEXT_INIT("1星") },
	{ .name = TEXT_INIT("level/ics-2/listed"), .value = 1, .track = TEXT_INIT("工控"), .label = TEXT_INIT("2星") },
	{ .name = TEXT_INIT("city/1/enterprises"), .value = 2, .city = TEXT_INIT("甲市"), .is_of_enterprises = true },
	{ .name = TEXT_INIT("version/2021-11-20/entries"), .value = 2, .is_of_enterprises = true, .roll = 1 },
};
static const struct crosscheck_cell cells[] = {
	{ .table = "tbl-movement", .row = TEXT_INIT("工控"), .column = TEXT_INIT("达标"), .value = 3 },
	{ .table = "tbl-cities", .row = TEXT_INIT("甲市"), .column = TEXT_INIT("达标企业"), .value = 2, .is_public = true },
};
static const struct crosscheck_passage passages[] = { { "sec-list-ics", TEXT_INIT("track/ics/listed") } };
#define OF(name, track, label, city) { TEXT_INIT(name), TEXT_INIT(track), TEXT_INIT(label), TEXT_INIT(city) }
static const struct crosscheck_entry entries[] = {
	{ OF("a,\"b\"\r\n", "工控", "1星", "甲市"), false }, { OF("=b", "工控", "1星", "甲市"), false },
	{ OF("c&", "工控", "2星", "乙市"), false }, { OF("d", "平台", "2星", "乙市"), true },
};
/* On the first day one was not on the list yet, and two had other levels. */
static const struct crosscheck_entry first_entries[] = {
	{ OF("=b", "工控", "2星", "甲市"), false }, { OF("d", "平台", "2星", "乙市"), true },
};
static const struct crosscheck_roll rolls[] = { { .entries = entries, .count = 4 },
						{ TEXT_INIT("2021-11-20"), first_entries, 2 } };
static const struct text ids[] = { TEXT_INIT("ics"), TEXT_INIT("platform") }, labels[] = { TEXT_INIT("工控"), TEXT_INIT("平台") };

#define ROW "<tr><th scope=\"row\">x</th><td>y</td></tr>"
#define HOME "<dd data-figure=\"all/listed\">3<span>家</span></dd><b class=\"n\" data-figure=\"all/enterprises\"> 1,002 </b>"
#define HEADS(more) "<thead><tr><th scope=\"col\">企业名称</th>" more "</tr></thead>"
#define KIND_AND_LEVEL "<th scope=\"col\">类型</th><th scope=\"col\">级别</th>"
#define LINE(name, cells) "<tr><th scope=\"row\"><a href=\"x/\">" name "</a></th>" cells "</tr>\n"
#define LEVELLED(name, track, label) \
	LINE(name, "<td>" track "</td><td><span class=\"stars\">★</span> <span class=\"level\">" label "</span> <i>级</i></td>")
#define CITY "<table class=\"list\" data-rows=\"city/1/listed\">" HEADS(KIND_AND_LEVEL) \
	LEVELLED("a,&quot;b&quot;", "工控", "1星") LEVELLED("=b", "工控", "1星") "</table><table>" ROW "</table>"
#define MORE_ONE "<table data-rows=\"city/2/listed\"></table>"
#define MORE_TWO "<table data-rows=\"city/2/listed\">" HEADS(KIND_AND_LEVEL) LEVELLED("c&amp;", "工控", "2星") \
	"</table><i data-figure=\"track/ics/listed\">3</i>"
#define GROUP(id) "<tr class=\"group\"><th colspan=\"2\" scope=\"rowgroup\" id=\"" id "\">x</th></tr>"
#define GROUPED "<table data-rows=\"track/ics/listed\">" HEADS("<th>设区市</th>") GROUP("ics-2") LINE("c&amp;", "<td>乙市</td>") \
	GROUP("ics-1") LINE("=b", "<td>甲市</td>") LINE("a,&quot;b&quot;", "<td>甲市</td>") "</table>"
#define DIRECTORY "<table data-rows=\"city/1/enterprises\">" HEADS("<th>工控</th><th>平台</th>") \
	LINE("=b", "<td>1星</td><td></td>") LINE("a,&quot;b&quot;", "<td>1星</td><td></td>") "</table>"
#define VERSION "<table data-rows=\"version/2021-11-20/entries\">" HEADS("<th>类型</th><th>级别</th><th>状态</th>") \
	LINE("=b", "<td>工控</td><td>2星</td><td>有效</td>") LINE("d", "<td>平台</td><td>2星</td><td>已撤销</td>") "</table>"
#define VERSION_CSV "企业名称,类型,级别,状态\r\n'=b,工控,2星,有效\r\nd,平台,2星,已撤销\r\n"
#define FIRM(name, city, label) "<h1>" name "</h1><section data-entry=\"工控\"><p><a data-field=\"label\">" label "<i>级</i></a></p></section>" \
	"<dd><a data-field=\"city\">" city "</a></dd><tr data-record=\"工控\"><th>2021</th><td data-field=\"label\">" label "</td></tr>"
#define FIRM_D "<h1>d</h1><tr data-record=\"平台\"><td data-field=\"label\">2星（已撤销）</td></tr>"
#define CSV "\xEF\xBB\xBF企业名称,设区市,类型,级别,状态\r\n\"a,\"\"b\"\"\r\n\",甲市,工控,1星,有效\r\n'=b,甲市,工控,1星,有效\r\nc&,乙市,工控,2星,已更正\r\nd,乙市,平台,2星,已撤销\r\n"
#define OBJECT(name, city, track, label, state) "{\"企业名称\": \"" name "\", \"设区市\": \"" city "\", \"类型\": \"" track "\", \"级别\": \"" label "\", \"年度\": 2021, \"状态\": \"" state "\"}"
#define JSON "{\n\"title\": \"x\",\n\"enterprises\": [\n" OBJECT("a,\\\"b\\\"\\r\\n", "甲市", "工控", "1星", "有效") ",\n" OBJECT("=b", "甲市", "工控", "1星", "有效") ",\n" OBJECT("c&", "乙市", "工控", "2星", "有效") ",\n" OBJECT("d", "乙市", "平台", "2星", "已撤销") "\n]\n}\n"
#define HEAD "<tr><th scope=\"col\">企业名称</th><th>行政区</th><th>"
#define ENTRY(name, label) "<tr><th scope=\"row\">" name "</th><td>乙市</td><td>" label "</td></tr>"
#define LIST "<h2 id=\"sec-list-ics\">附件</h2><p>共3家</p><div id=\"tbl-list-ics\"><table>" HEAD "级别</th></tr>" ENTRY("c&amp;", "2星") ENTRY("a,&quot;b&quot;", "1星") ENTRY("=b", "1星") "</table>9家</div>" \
	"<div id=\"tbl-withdrawn-platform\"><table>" HEAD "原级别</th></tr>" ENTRY("d", "2星") "</table></div>"
static const struct crosscheck_phrase phrases[] = {
	{ .before = TEXT_INIT("共有"), .after = "家企业达标", .value = 1002, .is_public_only = true },
	{ .before = TEXT_INIT("名单共"), .after = "家次", .value = 3 },
	{ .before = TEXT_INIT("为2星（"), .after = "家", .value = 1, .picture = "fig-levels-ics", .series = TEXT_INIT("2021年度最高") },
};
/* In the internal edition the same words mean another number; what other series and figures say is not looked at. */
#define PROSE "<main><p>2021年度，共有9家企业达标。</p><p>名单共<b>3</b>家次，为2星（7家）。</p></main>"
#define PUBLIC_PROSE "<main><p>共有<strong>1,002</strong>家企业达标。</p>" \
	"<figure id=\"fig-levels-ics\"><img alt=\"2021年度最高为1星（2家），最低为2星（1家）；2020年度最高为2星（8家）。\"></figure></main>"
#define PUBLIC_EDITION PUBLIC_PROSE "<div id=\"tbl-cities\"><table><tr><th>设区市</th><th>达标企业</th></tr><tr><th scope=\"row\">甲市</th><td>2</td></tr></table></div>"
#define REPORT PROSE "<div id=\"tbl-movement\"><table><caption><span>表</span></caption><thead><tr><th scope=\"col\">类型</th><th class=\"n\">达标<span>（家）</span></th></tr></thead>" \
	"<tr><th scope=\"row\">平台</th><td>9</td></tr><tr><th scope=\"row\">工控</th><td class=\"n\">3</td></tr></table></div>" LIST

static const struct file {
	const char *path, *bytes;
} files[] = {
	{ "public/index.html", HOME }, { "public/cities/1/index.html", CITY }, { "public/cities/2/1/index.html", MORE_ONE }, { "public/cities/2/2/index.html", MORE_TWO },
	{ "public/data/listed.csv", CSV }, { "public/data/listed.json", JSON }, { "internal/report/report.html", REPORT },
	{ "internal/report/report-public.html", PUBLIC_EDITION },
	{ "public/all/index.html", GROUPED }, { "public/enterprises/index.html", DIRECTORY },
	{ "public/enterprises/1/index.html", FIRM("a,&quot;b&quot;", "甲市", "1星") },
	{ "public/enterprises/2/index.html", FIRM("=b", "甲市", "1星") },
	{ "public/enterprises/3/index.html", FIRM("c&amp;", "乙市", "2星") }, { "public/enterprises/4/index.html", FIRM_D },
	{ "public/versions/2021-11-20/index.html", VERSION }, { "public/versions/2021-11-20/listed.csv", VERSION_CSV },
	{ "internal/other.html", "<b data-figure=\"nonsense\">x</b>" },
};

/* Replaces the first `from` of the file at `path` by `to`. */
static bool run(const char *path, const char *from, const char *to, struct crosscheck_summary *summary)
{
	struct output *output = output_open(arena, &(struct output_options){ .folder = file_join(arena, root, TEXT("out/2021")) }, diag);
	ck_assert_ptr_nonnull(output);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct text bytes = text_from(files[i].bytes);
		if (path && strcmp(path, files[i].path) == 0) {
			size_t at = text_find(bytes, text_from(from));
			ck_assert_uint_lt(at, bytes.size);
			bytes = text_format(arena, "%.*s%s%s", (int)at, bytes.at, to, bytes.at + at + strlen(from));
		}
		ck_assert(output_write(output, text_from(files[i].path), bytes));
	}
	const struct crosscheck_options options = {
		.expected = expected, .expected_count = sizeof expected / sizeof *expected, .cells = cells, .cell_count = sizeof cells / sizeof *cells,
		.passages = passages, .passage_count = 1, .rolls = rolls, .roll_count = 2, .phrases = phrases, .phrase_count = 3,
		.track_ids = ids, .tracks = labels, .track_count = 2,
	};
	bool is_good = crosscheck_run(arena, output, diag, &options, summary);
	output_close(output);
	return is_good;
}

START_TEST(figures_that_agree_pass)
{
	struct crosscheck_summary summary;
	ck_assert(run(NULL, NULL, NULL, &summary));
	ck_assert_uint_eq(summary.marks, 3);
	ck_assert_uint_eq(summary.tables, 6);
	ck_assert_uint_eq(summary.downloads, 2 * 7);
	ck_assert_uint_eq(summary.cells, 2);
	ck_assert_uint_eq(summary.words, 1);
	ck_assert_uint_eq(summary.phrases, 3);
	ck_assert_uint_eq(summary.entries, 2 * 4 + 3 + 1 + 2);
	ck_assert_uint_eq(summary.rows, 3 + 3 + 2 + 2 + 3 + 4);
	ck_assert_uint_eq(summary.sums, 2);
}
END_TEST

static const struct {
	const char *path, *from, *to;
	enum diag_kind kind;
} tampered[] = {
	{ "public/index.html", ">3<", ">4<", DIAG_CROSSCHECK_DIFFERS },
	{ "public/index.html", "1,002", "1002家", DIAG_CROSSCHECK_UNREADABLE },
	{ "public/index.html", "1,002", "", DIAG_CROSSCHECK_UNREADABLE },
	{ "public/index.html", "all/enterprises", "all/firms", DIAG_CROSSCHECK_UNKNOWN },
	{ "public/cities/1/index.html", LEVELLED("=b", "工控", "1星"), "", DIAG_CROSSCHECK_DIFFERS },
	{ "public/cities/2/1/index.html", "</table>", ROW "</table>", DIAG_CROSSCHECK_DIFFERS },
	{ "public/data/listed.csv", "'=b,甲市,工控,1星,有效\r\n", "", DIAG_CROSSCHECK_DIFFERS },
	{ "public/data/listed.csv", "乙市", "甲市", DIAG_CROSSCHECK_DIFFERS },
	{ "public/data/listed.csv", "已撤销", "有效", DIAG_CROSSCHECK_DIFFERS },
	{ "public/data/listed.csv", "'=b,甲市", "'=b甲市", DIAG_CROSSCHECK_UNREADABLE },
	{ "public/data/listed.json", "乙市", "甲市", DIAG_CROSSCHECK_DIFFERS },
	{ "public/data/listed.json", "\n]\n}\n", "", DIAG_CROSSCHECK_UNREADABLE },
	{ "public/data/listed.json", "enterprises", "firms", DIAG_CROSSCHECK_UNREADABLE },
	{ "internal/report/report.html", ">3<", ">2<", DIAG_CROSSCHECK_DIFFERS },
	{ "internal/report/report-public.html", ">2<", ">3<", DIAG_CROSSCHECK_DIFFERS },
	{ "internal/report/report.html", "共3家", "共4家", DIAG_CROSSCHECK_DIFFERS },
	{ "internal/report/report.html", ENTRY("=b", "1星"), ENTRY("=b", "2星"), DIAG_CROSSCHECK_ENTRY },
	{ "internal/report/report.html", ENTRY("=b", "1星"), "", DIAG_CROSSCHECK_ENTRY },
	{ "internal/report/report.html", ENTRY("=b", "1星"), ENTRY("=b", "1星") ENTRY("=b", "1星"), DIAG_CROSSCHECK_ENTRY },
	{ "internal/report/report.html", ENTRY("=b", "1星"), ENTRY("=b", "1星") ENTRY("e", "1星"), DIAG_CROSSCHECK_ENTRY },
	{ "internal/report/report.html", ENTRY("d", "2星"), "", DIAG_CROSSCHECK_ENTRY },
	{ "internal/report/report.html", ENTRY("d", "2星"), ENTRY("=b", "1星"), DIAG_CROSSCHECK_ENTRY },
	{ "public/data/listed.csv", "'=b,甲市,工控,1星,有效", "'b,甲市,工控,1星,有效", DIAG_CROSSCHECK_ENTRY },
	{ "public/data/listed.json", "\"=b\"", "\"e\"", DIAG_CROSSCHECK_ENTRY },
	{ "internal/report/report.html", "名单共<b>3", "名单共<b>4", DIAG_CROSSCHECK_DIFFERS },
	{ "internal/report/report-public.html", "1,002", "1,003", DIAG_CROSSCHECK_DIFFERS },
	{ "internal/report/report-public.html", "最低为2星（1家", "最低为2星（2家", DIAG_CROSSCHECK_DIFFERS },
	/* one firm for another, and what stands beside it, wherever the numbers still agree */
	{ "public/cities/1/index.html", ">=b<", ">e<", DIAG_CROSSCHECK_ENTRY },
	{ "public/cities/1/index.html", ">=b<", ">c&amp;<", DIAG_CROSSCHECK_ENTRY },
	{ "public/cities/1/index.html", ">=b<", ">a,&quot;b&quot;<", DIAG_CROSSCHECK_ENTRY },
	{ "public/cities/1/index.html", ">1星<", ">2星<", DIAG_CROSSCHECK_ENTRY },
	{ "public/cities/1/index.html", ">工控<", ">平台<", DIAG_CROSSCHECK_ENTRY },
	{ "public/cities/1/index.html", " data-rows=\"city/1/listed\"", "", DIAG_CROSSCHECK_DIFFERS },
	{ "public/cities/2/2/index.html", LEVELLED("c&amp;", "工控", "2星"), LEVELLED("=b", "工控", "1星"), DIAG_CROSSCHECK_ENTRY },
	{ "public/all/index.html", "乙市", "甲市", DIAG_CROSSCHECK_ENTRY },
	{ "public/all/index.html", GROUP("ics-1"), "", DIAG_CROSSCHECK_ENTRY },
	{ "public/enterprises/index.html", "<td>1星</td><td></td>", "<td></td><td>1星</td>", DIAG_CROSSCHECK_ENTRY },
	{ "public/enterprises/index.html", "<td>1星</td>", "<td></td>", DIAG_CROSSCHECK_ENTRY },
	{ "public/enterprises/2/index.html", ">=b<", ">e<", DIAG_CROSSCHECK_ENTRY },
	{ "public/enterprises/2/index.html", ">1星<i>", ">2星<i>", DIAG_CROSSCHECK_ENTRY },
	{ "public/enterprises/2/index.html", ">1星</td>", ">2星</td>", DIAG_CROSSCHECK_ENTRY },
	{ "public/enterprises/2/index.html", "甲市", "乙市", DIAG_CROSSCHECK_ENTRY },
	{ "public/enterprises/2/index.html", " data-record=", " data-other=", DIAG_CROSSCHECK_ENTRY },
	{ "public/enterprises/4/index.html", "（已撤销）", "", DIAG_CROSSCHECK_ENTRY },
	{ "public/versions/2021-11-20/index.html", "<td>2星</td><td>有效", "<td>1星</td><td>有效", DIAG_CROSSCHECK_ENTRY },
	{ "public/versions/2021-11-20/index.html", "已撤销", "有效", DIAG_CROSSCHECK_ENTRY },
	{ "public/versions/2021-11-20/listed.csv", "2星,有效", "1星,有效", DIAG_CROSSCHECK_ENTRY },
	{ "public/versions/2021-11-20/listed.csv", "d,平台,2星,已撤销\r\n", "", DIAG_CROSSCHECK_ENTRY },
	{ "internal/report/report.html", "<div id=\"tbl-withdrawn-platform\">", "<div>", DIAG_CROSSCHECK_ENTRY },
};

START_TEST(a_changed_byte_is_found)
{
	struct crosscheck_summary summary;
	ck_assert(!run(tampered[_i].path, tampered[_i].from, tampered[_i].to, &summary));
	ck_assert_uint_ge(diag_count_of(diag, tampered[_i].kind), 1);
}
END_TEST

/* Parts that do not add up to the whole, though each page says what its own figure is. */
START_TEST(parts_add_up_to_the_whole)
{
	static const struct {
		const char *first, *second;
		int64_t parts[2];
		bool is_good;
		size_t sums;
	} cases[] = {
		{ "<b data-figure=\"city/1/enterprises\">2</b>", "<b data-figure=\"city/2/enterprises\">1</b>", { 2, 1 }, true, 1 },
		{ "<b data-figure=\"city/1/enterprises\">2</b>", "<b data-figure=\"city/2/enterprises\">2</b>", { 2, 2 }, false, 1 },
		{ "<b data-figure=\"city/1/enterprises\">2</b>", "<table data-rows=\"city/2/enterprises\">" ROW ROW "</table>", { 2, 2 }, false, 1 },
		{ "<b data-figure=\"city/1/enterprises\">3</b>", "", { 3, 0 }, true, 1 }, /* what is nothing need not be shown */
		{ "<b data-figure=\"city/1/enterprises\">2</b>", "", { 2, 2 }, true, 0 }, /* not all parts are shown */
	};
	struct crosscheck_expected all[] = {
		{ .name = TEXT_INIT("all/enterprises"), .value = 3, .is_of_enterprises = true, .sums = { "city/" } },
		{ .name = TEXT_INIT("city/1/enterprises"), .value = cases[_i].parts[0], .is_of_enterprises = true },
		{ .name = TEXT_INIT("city/2/enterprises"), .value = cases[_i].parts[1], .is_of_enterprises = true },
	};
	struct output *output = output_open(arena, &(struct output_options){ .folder = file_join(arena, root, TEXT("out/2021")) }, diag);
	ck_assert(output_write(output, TEXT("public/index.html"), TEXT("<b data-figure=\"all/enterprises\">3</b>")));
	ck_assert(output_write(output, TEXT("public/1/index.html"), text_from(cases[_i].first)));
	ck_assert(output_write(output, TEXT("public/2/index.html"), text_from(cases[_i].second)));
	struct crosscheck_summary summary;
	ck_assert_int_eq(crosscheck_run(arena, output, diag, &(struct crosscheck_options){ .expected = all, .expected_count = 3 }, &summary), cases[_i].is_good);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_CROSSCHECK_DIFFERS), !cases[_i].is_good);
	ck_assert_uint_eq(summary.sums, cases[_i].sums);
	output_close(output);
}
END_TEST

Suite *publish_crosscheck_suite(void)
{
	Suite *suite = suite_create("publish/crosscheck");
	TCase *tcase = tcase_create("crosscheck");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, figures_that_agree_pass);
	tcase_add_loop_test(tcase, a_changed_byte_is_found, 0, sizeof tampered / sizeof *tampered);
	tcase_add_loop_test(tcase, parts_add_up_to_the_whole, 0, 5);
	suite_add_tcase(suite, tcase);
	return suite;
}
