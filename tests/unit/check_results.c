/* SPDX-License-Identifier: MIT
 *
 * Rows of results that begin like the row above them: what is taken of them at a glance, held against reading each by itself.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "check/results.h"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "check/kept.h"
#include "check/load.h"
#include "model/observed.h"
#include "model/remarks.h"

Suite *check_results_suite(void);

static struct arena *arena;
static char folder[] = "/tmp/xingji-results-XXXXXX";
static uint32_t state;

static uint32_t draw(uint32_t below)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % below;
}

static void write_file(const char *path, struct text content)
{
	char *full = file_join(arena, folder, text_from(path));
	char *slash = strrchr(full, '/');
	*slash = '\0';
	ck_assert_int_eq(file_make_folder(full, 0700), 0);
	*slash = '/';
	ck_assert_int_eq(file_write(full, content, 0600), 0);
}

enum { ITEMS = 12 };

static void write_catalogue(const char *id, char letter)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_format(&buf, "<model id=\"%s\" track=\"%s\" edition=\"x\"><level n=\"1\" name=\"x\" label=\"1星\"/>"
			 "<class id=\"c\" group=\"g\" name=\"x\"><area id=\"%c1\" name=\"x\">", id, id, letter);
	for (int i = 1; i <= ITEMS; i++)
		buf_format(&buf, "<item id=\"%c1-%d-0%d\" level=\"1\" element=\"技术工具\"><requirement>x</requirement></item>",
			   letter, (i - 1) / 3 + 1, (i - 1) % 3 + 1);
	buf_string(&buf, "</area></class></model>");
	write_file(text_format(arena, "models/%s.xml", id).at, buf_view(&buf));
	buf_clear(&buf);
}

static const char *const firms[] = { "91320500MA1A00016G", "91320100MA1A00024N" };

static void start(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(mkdtemp(folder));
	write_catalogue("ics", 'A');
	write_catalogue("platform", 'P');
	write_file("2021/campaign.xml",
		   TEXT("<campaign year=\"2021\" title=\"x\" province=\"江苏省\" publisher=\"x\"><round id=\"onsite\" repeat=\"latest\"/>"
			"<track id=\"ics\" model=\"ics\"/><track id=\"platform\" model=\"platform\"/></campaign>"));
	write_file("2021/enterprises.csv", TEXT("统一社会信用代码,企业名称,设区市,行业代码\n91320500MA1A00016G,苏州甲公司,苏州市,C36\n"
						"91320100MA1A00024N,南京乙公司,南京市,C39\n"));
	write_file("2021/participations.csv", TEXT("统一社会信用代码,参培类型\n91320500MA1A00016G,工控\n91320100MA1A00024N,平台\n"
						   "91320100MA1A00024N,工控\n"));
}

static void finish(void)
{
	file_remove_tree(folder);
	arena_free(arena);
}

/* ---- tables at random ------------------------------------------------------------------------ */

enum column { CODE, NAME, TRACK, ROUND, ITEM, RESULT, NOTE, EVIDENCE, DATE, REMARK, COLUMNS };

/* Orders that people and programs write; the first two as our templates do. */
static const enum column orders[][COLUMNS + 1] = {
	{ CODE, TRACK, ROUND, ITEM, RESULT, NOTE, EVIDENCE, DATE, COLUMNS },
	{ CODE, NAME, TRACK, ROUND, ITEM, RESULT, NOTE, EVIDENCE, DATE, COLUMNS },
	{ CODE, TRACK, ROUND, DATE, ITEM, RESULT, NOTE, COLUMNS },
	{ CODE, TRACK, ROUND, ITEM, DATE, RESULT, COLUMNS },
	{ CODE, TRACK, ITEM, ROUND, RESULT, NOTE, EVIDENCE, DATE, COLUMNS },
	{ CODE, TRACK, ROUND, NOTE, ITEM, RESULT, DATE, COLUMNS },
	{ CODE, TRACK, ROUND, ITEM, RESULT, NOTE, EVIDENCE, DATE, REMARK, COLUMNS },
	{ CODE, TRACK, ROUND, ITEM, RESULT, DATE, NAME, COLUMNS },
	{ TRACK, CODE, ROUND, ITEM, RESULT, COLUMNS },
	{ CODE, TRACK, ROUND, ITEM, NOTE, RESULT, EVIDENCE, COLUMNS },
};

static const char *const headings[COLUMNS] = { "统一社会信用代码", "企业名称", "参培类型", "轮次", "条目编号", "结果", "现状说明", "证据",
					       "日期", "经办人" };
static const char *const results[] = { "符合", "符合", "部分符合", "不符合", "不适用", "未评", "符合 ", "大概" };
static const char *const notes[] = { "", "", "没有", "没有这样的设备", " 两端有空格 ", "\"引，号\"", "\"a\"\"b\"", "无", "\"\"\"照片\"\"\"", "\"照片\"", "多\u00A0处", "照片" };
static const char *const dates[] = { "", "2021-10-08", "2021-10-08", "2021/10/9", "2021-13-01", "2020-10-08", "2021年10月8日" };

struct writing {
	struct buf *buf;
	const enum column *order;
	const char *end;
	uint32_t oddity; /* one cell in so many is odd; 0: none */
};

/* What is seldom: blanks, quotes, controls, cells too many. */
static const char *const oddities[] = { "", " ", "\"", "\"x", "x\"", ",", "\t", "\u3000", "\u200B", "=\"1\"", "#REF!", "统一社会信用代码",
					"合计", "\r", "\n", ",,", "９", "\"a\nb\"" };

static void write_row(const struct writing *writing, const char *const cells[COLUMNS])
{
	struct buf *buf = writing->buf;
	for (size_t i = 0; writing->order[i] != COLUMNS; i++) {
		bool is_odd = writing->oddity && draw(writing->oddity) == 0;
		if (is_odd && draw(4) == 0)
			break; /* a row that ends early */
		buf_string(buf, i ? "," : "");
		buf_string(buf, is_odd && draw(2) ? "" : cells[writing->order[i]]);
		buf_string(buf, is_odd ? oddities[draw(sizeof oddities / sizeof *oddities)] : "");
	}
	buf_string(buf, writing->end);
}

#define ANY(words) ((words)[draw(sizeof(words) / sizeof *(words))])

static void write_round(const struct writing *writing)
{
	static const char *const rounds[] = { "企业自评估", "线上核查", "现场核查", "线上 核查" };
	const bool is_platform = draw(2);
	const char *code = firms[is_platform ? 1 : draw(2)], *round = ANY(rounds), *date = ANY(dates);
	const bool is_wrong = draw(9) == 0;
	const char *name = code == firms[1] ? "南京乙公司" : "苏州甲公司";
	if (draw(5) == 0)
		name = "别的公司";
	for (uint32_t item = draw(3), count = 0; item < ITEMS && count < ITEMS; item += draw(6) ? 1 : draw(3), count++) {
		struct text id = text_format(arena, "%c1-%u-0%u", is_platform ? 'P' : 'A', item / 3 + 1, item % 3 + 1);
		const bool is_plain = draw(3) > 0;
		const char *const cells[COLUMNS] = {
			is_wrong ? "91320500MA1A00099X" : code, name, is_platform ? "平台" : "工控", round, id.at, is_plain ? "符合" : ANY(results), is_plain ? "" : ANY(notes),
			is_plain ? "" : ANY(notes), is_plain || draw(3) ? date : ANY(dates), draw(2) ? "" : "某某",
		};
		write_row(writing, cells);
	}
}

static void write_table(struct buf *buf, int kind)
{
	static const char *const ends[] = { "\n", "\n", "\r\n", "\r" };
	const enum column *order = orders[kind % (int)(sizeof orders / sizeof *orders)];
	const struct writing writing = { buf, order, ANY(ends), draw(3) ? 0 : 20 + draw(200) };
	write_row(&(struct writing){ buf, writing.order, writing.end, 0 }, headings);
	for (uint32_t rounds = 1 + draw(12); rounds; rounds--)
		write_round(&writing);
	if (draw(6) == 0 && buf->size > 10)
		buf->size -= draw(10); /* the copying was cut short */
}

/* ---- both ways ---------------------------------------------------------------------------------- */

static struct buf kept_bytes;
static size_t asked_here; /* how many files this process read */

static pid_t main_process;
static const char *deadly; /* the file whose reader dies of it; NULL: none */

/* A reader asks here first, and so it can be made to die. */
static bool find_nothing(void *context, struct arena *in, struct text name, const char key[65], struct text *bytes,
			 bool *is_doubted)
{
	(void)context, (void)in, (void)key, (void)bytes;
	*is_doubted = false;
	if (deadly && getpid() != main_process && text_ends(name, deadly))
		raise(SIGKILL);
	asked_here += getpid() == main_process;
	return false;
}

static void keep(void *context, struct text name, const char key[65], struct text bytes)
{
	(void)context, (void)key;
	buf_text(&kept_bytes, name);
	buf_text(&kept_bytes, bytes);
}

static void differs(void *context, struct text name)
{
	(void)context, (void)name;
}

static int until_changed; /* when a file was asked about so often, it is changed behind its reader's back */

static bool knows_nothing(void *context, struct text name, const char *real, struct input_known *known)
{
	(void)context, (void)known;
	if (text_ends(name, "6.csv") && until_changed && --until_changed == 0) {
		nanosleep(&(struct timespec){ .tv_nsec = 200000000 }, NULL);
		ck_assert_int_eq(file_write(real, TEXT("统一社会信用代码,参培类型,轮次,条目编号,结果\n"
						       "91320100MA1A00024N,工控,线上核查,A1-2-01,不符合\n"), 0600), 0);
	}
	return false;
}

static void note(void *context, struct text name, const char *real, const struct input_known *known)
{
	(void)context, (void)name, (void)real, (void)known;
}

static const struct kept_store store = { NULL, "program", find_nothing, keep, differs, knows_nothing, note,
					 .is_fleeting = false };

static void write_rows(struct buf *buf, const struct model *model, const struct participation *own, bool is_superseded)
{
	const struct observed_rows rows = observed_of(model, own, is_superseded);
	for (size_t i = 0; i < rows.count; i++) {
		const struct observation *row = &rows.at[i];
		const struct remark *remark = remark_of(model, row);
		const struct span place = observed_place(row);
		buf_format(buf, "%zd %d %d %d %u [%.*s] [%.*s] %d-%d-%d %u:%u-%u\n", own - model->participations, row->round, row->item,
			   row->result, row->remark, TEXT_ARGS(remark->note), TEXT_ARGS(remark->evidence), row->date.year,
			   row->date.month, row->date.day, place.source, place.start, place.end);
	}
}

/* All that is known and told; what is kept for the next run, too. */
static struct text read_year(bool is_plain, int readers, size_t *rows)
{
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	const struct load_options options = { .data = folder, .shared = "data", .year = 2021, .kept = &store,
					      .is_plain = is_plain, .readers = readers, .readers_least = 1 };
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	buf_init(&kept_bytes, BUF_LIMIT_FILE);
	sources_root(sources, "data", folder);
	struct model *model = load_model(arena, sources, diag, &options, NULL);
	ck_assert_ptr_nonnull(model);
	for (size_t i = 0; i < model->participation_count; i++) {
		write_rows(&buf, model, &model->participations[i], false);
		write_rows(&buf, model, &model->participations[i], true);
	}
	*rows += model->observation_count;
	buf_text(&buf, buf_view(&kept_bytes));
	diag_write(diag, DIAG_FORMAT_JSONL, LANGUAGE_ENGLISH, &buf);
	load_release(model);
	struct text copy = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	buf_clear(&kept_bytes);
	return copy;
}

enum { KINDS = 2 * sizeof orders / sizeof *orders, TABLES = 40 };

START_TEST(takes_rows_that_are_alike_as_any)
{
	size_t rows = 0;
	state = (uint32_t)_i;
	for (int table = 0; table < TABLES; table++) {
		struct buf one, other;
		buf_init(&one, BUF_LIMIT_PAGE);
		buf_init(&other, BUF_LIMIT_PAGE);
		write_table(&one, _i);
		write_table(&other, _i + 3);
		write_file("2021/results/a.csv", buf_view(&one));
		write_file("2021/results/b.csv", buf_view(&other));
		struct text plain = read_year(true, 1, &rows), quick = read_year(false, 1, &rows);
		ck_assert_msg(text_equal(plain, quick), "%s\n---- a.csv\n%s\n---- plain\n%.*s\n---- alike\n%.*s", folder, one.at,
			      TEXT_ARGS(plain), TEXT_ARGS(quick));
		buf_clear(&one);
		buf_clear(&other);
	}
	ck_assert_uint_ge(rows, 2 * TABLES);
}
END_TEST

/* A column that only such rows fill: the row that lacks its cell is told of. */
START_TEST(sees_a_column_filled)
{
	size_t rows = 0;
	write_file("2021/results/a.csv", TEXT("统一社会信用代码,参培类型,轮次,条目编号,结果,现状说明\n"
					      "91320500MA1A00016G,工控,线上核查,A1-1-01,不符合,没有\n"));
	write_file("2021/results/b.csv", TEXT("统一社会信用代码,参培类型,轮次,条目编号,结果,现状说明\n"
					      "91320500MA1A00016G,工控,线上核查,A1-1-02,不符合,\n"
					      "91320500MA1A00016G,工控,线上核查,A1-1-03,不符合,没有\n"
					      "91320500MA1A00016G,工控,线上核查,A1-2-01,不符合\n"));
	struct text quick = read_year(false, 1, &rows);
	ck_assert(text_contains(quick, TEXT("csv-row-too-short")));
	ck_assert(text_equal(quick, read_year(true, 1, &rows)));
}
END_TEST

/* ---- side by side -------------------------------------------------------------------------------- */

enum { FILES = 7 };

static void write_files(int kind)
{
	for (int i = 0; i < FILES; i++) {
		struct buf table;
		buf_init(&table, BUF_LIMIT_PAGE);
		write_table(&table, kind + i);
		write_file(text_format(arena, "2021/results/%s%d.csv", i % 2 ? "some/" : "", i).at, buf_view(&table));
		buf_clear(&table);
	}
}

/* Whatever the number of readers; and where some die, this process reads what they had begun. */
START_TEST(reads_side_by_side)
{
	size_t rows = 0;
	state = (uint32_t)_i;
	main_process = getpid();
	for (int round = 0; round < 6; round++) {
		write_files(_i + round);
		struct text one = read_year(false, 1, &rows);
		for (int readers = 2; readers <= 4; readers++) {
			ck_assert(text_equal(one, read_year(false, readers, &rows)));
			deadly = round % 2 ? "3.csv" : ".csv";
			ck_assert(text_equal(one, read_year(false, readers, &rows)));
			deadly = NULL;
		}
	}
	ck_assert_uint_ge(rows, FILES);
}
END_TEST

/* Of a row each, of which nothing is told. */
static void write_sound_files(void)
{
	for (int i = 0; i < FILES; i++)
		write_file(text_format(arena, "2021/results/%d.csv", i).at,
			   text_format(arena, "统一社会信用代码,参培类型,轮次,条目编号,结果\n"
					      "91320500MA1A00016G,工控,线上核查,A1-%d-0%d,符合\n", i / 3 + 1, i % 3 + 1));
}

/* Files of which nothing is told are not read here at all, and all of them are where the readers died at once. */
START_TEST(reads_here_what_nobody_finished)
{
	size_t rows = 0;
	main_process = getpid();
	write_sound_files();
	read_year(false, 2, &rows);
	ck_assert_uint_eq(rows, FILES);
	ck_assert_uint_eq(asked_here, 0);
	deadly = ".csv";
	read_year(false, 2, &rows);
	ck_assert_uint_eq(rows, 2 * FILES);
	ck_assert_uint_eq(asked_here, FILES);
	deadly = "3.csv";
	read_year(false, 2, &rows);
	ck_assert_uint_eq(asked_here, FILES + 1);
	deadly = NULL;
}
END_TEST

/* A reader read something else than what is there by now. */
START_TEST(sees_what_changed_behind_a_reader)
{
	size_t rows = 0;
	main_process = getpid();
	write_sound_files();
	until_changed = 3; /* twice before the readers begin, and once before theirs is taken */
	struct text read = read_year(false, 2, &rows);
	ck_assert_int_eq(until_changed, 0);
	ck_assert_uint_eq(asked_here, 1);
	ck_assert(text_equal(read, read_year(false, 1, &rows)));
}
END_TEST

Suite *check_results_suite(void)
{
	Suite *suite = suite_create("check/results");
	TCase *tcase = tcase_create("results");
	tcase_add_checked_fixture(tcase, start, finish);
	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, takes_rows_that_are_alike_as_any, 0, KINDS);
	tcase_add_test(tcase, sees_a_column_filled);
	tcase_add_loop_test(tcase, reads_side_by_side, 0, 4);
	tcase_add_test(tcase, reads_here_what_nobody_finished);
	tcase_add_test(tcase, sees_what_changed_behind_a_reader);
	suite_add_tcase(suite, tcase);
	return suite;
}
