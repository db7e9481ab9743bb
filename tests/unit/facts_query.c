/* SPDX-License-Identifier: MIT
 *
 * Attempts to get out of a scope, to write, to burn time, to be told what nobody
 * may know; and what the complaints say.
 */
#include "facts_sample.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/hash.h"

Suite *facts_query_suite(void);

static struct sample s;
static struct facts *open[SCOPES];

static void setup(void)
{
	sample_init(&s);
	for (int scope = 0; scope < SCOPES; scope++)
		open[scope] = sample_open(&s, (enum facts_scope)scope);
	facts_choose_firm(open[SCOPE_FIRM], 1);
	facts_choose_agency(open[SCOPE_AGENCY], 0);
	facts_choose_city(open[SCOPE_CITY], 4);
}

static void teardown(void)
{
	for (int scope = 0; scope < SCOPES; scope++)
		facts_close(open[scope]);
	sample_clear(&s);
}

/* ---- refused in every scope -------------------------------------------------- */

/* A text of 2 MB, and 3,000 numbers: few steps for what is done with them. */
#define TENFOLD(text) "replace(" text ", 'a', 'aaaaaaaaaa')"
#define WITH_LONG "with recursive n(n) as (select 1 union all select n + 1 from n where n < 3000), long(t) as materialized (select " \
		  TENFOLD(TENFOLD(TENFOLD(TENFOLD(TENFOLD("'aaaaaaaaaaaaaaaaaaaa'"))))) ") "

static const struct {
	const char *sql;
	enum diag_kind kind;
} refused[] = {
	{ "attach 'x.db' as x", DIAG_SQL_NOT_ALLOWED },
	{ "detach main", DIAG_SQL_NOT_ALLOWED },
	{ "pragma table_list", DIAG_SQL_NOT_ALLOWED },
	{ "pragma writable_schema = 1", DIAG_SQL_NOT_ALLOWED },
	{ "select * from pragma_table_info('participations')", DIAG_SQL_NOT_ALLOWED },
	{ "select count(*) from pragma_database_list", DIAG_SQL_NOT_ALLOWED },
	{ "select * from pragma_module_list()", DIAG_SQL_NOT_ALLOWED },
	{ "select * from sqlite_master", DIAG_SQL_NOT_ALLOWED },
	{ "select count(*) from sqlite_schema", DIAG_SQL_NOT_ALLOWED },
	{ "select count(*) from sqlite_temp_master", DIAG_SQL_NOT_ALLOWED },
	{ "select * from json_each('[1]')", DIAG_SQL_UNKNOWN_TABLE },
	{ "select * from dbstat", DIAG_SQL_UNKNOWN_TABLE },
	{ "select * from sqlite_dbpage", DIAG_SQL_UNKNOWN_TABLE },
	{ "select * from bytecode('select 1')", DIAG_SQL_UNKNOWN_TABLE },
	{ "create table x(a)", DIAG_SQL_NOT_ALLOWED },
	{ "create temp table x(a)", DIAG_SQL_NOT_ALLOWED },
	{ "create temp view x as select 1", DIAG_SQL_NOT_ALLOWED },
	{ "create virtual table x using cities", DIAG_SQL_NOT_ALLOWED },
	{ "drop table cities", DIAG_SQL_NOT_ALLOWED },
	{ "alter table cities rename to x", DIAG_SQL_SYNTAX },
	{ "begin", DIAG_SQL_NOT_ALLOWED },
	{ "savepoint x", DIAG_SQL_NOT_ALLOWED },
	{ "vacuum", DIAG_SQL_NOT_ALLOWED },
	{ "vacuum into 'x.db'", DIAG_SQL_NOT_ALLOWED },
	{ "analyze", DIAG_SQL_NOT_ALLOWED },
	{ "reindex", DIAG_SQL_NOT_ALLOWED },
	{ "explain select 1", DIAG_SQL_NOT_ALLOWED },
	{ "explain query plan select 1", DIAG_SQL_NOT_ALLOWED },
	{ "select ?", DIAG_SQL_SYNTAX },
	{ "select :x", DIAG_SQL_SYNTAX },
	{ "", DIAG_SQL_NOT_ALLOWED },
	{ "-- nothing", DIAG_SQL_NOT_ALLOWED },
	{ "select 1; select 2", DIAG_SQL_SECOND_STATEMENT },
	{ "select 1; drop table cities", DIAG_SQL_SECOND_STATEMENT },
	{ "select 1; nonsense", DIAG_SQL_SECOND_STATEMENT },
	{ "select load_extension('x')", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select readfile('/etc/passwd')", DIAG_SQL_UNKNOWN_FUNCTION },
	{ "select fts3_tokenizer('simple')", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select random()", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select hex(randomblob(4))", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select zeroblob(1000000000)", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select printf('%1000000d', 1)", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select date('now')", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select current_timestamp", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select current_date", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select strftime('%s', 'now')", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select sqlite_version()", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select sqlite_compileoption_get(0)", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select last_insert_rowid()", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select * from cities order by random()", DIAG_SQL_FUNCTION_NOT_ALLOWED },
	{ "select rowid from cities", DIAG_SQL_UNKNOWN_COLUMN },
	{ "select \"no such\" from cities", DIAG_SQL_UNKNOWN_COLUMN },
	{ "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c", DIAG_SQL_TOO_MUCH_WORK },
	{ "with recursive c(x) as (select 1 union all select x + 1 from c) select x from c", DIAG_SQL_TOO_MANY_ROWS },
	{ "with recursive c(x) as (select 'aaaaaaaaaaaaaaaa' union all select x || x from c) select length(x) from c", DIAG_SQL_TOO_LARGE },
	{ "select count(*) from cities a, cities b, cities c, cities d, cities e, cities f, cities g, cities h, cities i", DIAG_SQL_TOO_MUCH_WORK },
	{ "select replace(replace(replace('aaaaaaaaaa', 'a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'), 'a', "
	  "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'), 'a', "
	  "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')", DIAG_SQL_TOO_LARGE },
	/* One call of a function, or a copy of a long text, is one step of SQLite's: what it goes through counts. */
	{ WITH_LONG "select sum(instr(t || t, t || 'b')) from long, n", DIAG_SQL_TOO_MUCH_WORK },
	{ WITH_LONG "select trim(t, t || 'b') from long", DIAG_SQL_TOO_MUCH_WORK },
	{ WITH_LONG "select t like '%aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' from long, n", DIAG_SQL_TOO_MUCH_WORK },
	{ WITH_LONG "select sum(length(t || n)) from long, n", DIAG_SQL_TOO_MUCH_WORK },
	{ WITH_LONG "select sum(length(t)) from long, n", DIAG_SQL_TOO_MUCH_WORK },
	{ "selec 1", DIAG_SQL_SYNTAX },
	{ "select 1 from cities(1)", DIAG_SQL_SYNTAX },
};

START_TEST(refuses)
{
	for (int scope = 0; scope < SCOPES; scope++) {
		size_t before = diag_count_of(s.diag, refused[_i].kind);
		ck_assert_msg(strcmp(sample_ask(&s, open[scope], refused[_i].sql), "error") == 0, "%s", refused[_i].sql);
		struct buf buf;
		buf_init(&buf, BUF_LIMIT_PAGE);
		diag_write(s.diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &buf);
		ck_assert_msg(diag_count_of(s.diag, refused[_i].kind) >= (before ? before : 1), "%s: %s", refused[_i].sql, buf.at);
		buf_clear(&buf);
		/* And is as usable as before. */
		ck_assert_str_eq(sample_ask(&s, open[scope], "select count(*) from cities"), "13");
	}
}
END_TEST

/* DELETE and the like on a table that cannot be written, whatever the message. */
START_TEST(writes_nothing)
{
	static const char *const sqls[] = { "insert into cities values (1, 2, 3)", "update cities set city = 'x'", "delete from cities",
					    "replace into levels values (1)", "insert into sqlite_master values (1, 2, 3, 4, 5)",
					    "with x as (select 1) delete from cities", "select * from cities; delete from cities" };
	for (size_t i = 0; i < sizeof sqls / sizeof *sqls; i++)
		for (int scope = 0; scope < SCOPES; scope++) {
			ck_assert_msg(strcmp(sample_ask(&s, open[scope], sqls[i]), "error") == 0, "%s", sqls[i]);
			ck_assert_str_eq(sample_ask(&s, open[scope], "select count(*), max(city_code) from cities"), "13|321300");
		}
}
END_TEST

START_TEST(bounds_patterns_and_sizes)
{
	struct buf sql;
	buf_init(&sql, BUF_LIMIT_PAGE);
	buf_string(&sql, "select count(*) from cities where city like '");
	for (int i = 0; i < 500; i++)
		buf_string(&sql, "%a");
	buf_string(&sql, "'");
	ck_assert_str_eq(sample_ask(&s, open[SCOPE_PROVINCE], sql.at), "error");
	ck_assert_uint_eq(diag_count(s.diag, SEVERITY_ERROR), 1);
	buf_reset(&sql);
	buf_string(&sql, "select 1");
	buf_repeat(&sql, ' ', 200 * 1000);
	ck_assert_str_eq(sample_ask(&s, open[SCOPE_PROVINCE], sql.at), "error");
	buf_reset(&sql);
	buf_string(&sql, "select ");
	buf_repeat(&sql, '(', 5000);
	buf_repeat(&sql, '1', 1);
	buf_repeat(&sql, ')', 5000);
	ck_assert_str_eq(sample_ask(&s, open[SCOPE_PROVINCE], sql.at), "error");
	buf_clear(&sql);
	struct rows rows;
	ck_assert(!facts_query(open[SCOPE_PUBLIC], s.arena, (struct text){ "select 1\0; select 2", 19 }, NO_SPAN, &rows));
}
END_TEST

/* ---- nothing of others ------------------------------------------------------------ */

static bool answers_contain(enum facts_scope scope, const char *sql, const char *secret)
{
	return strstr(sample_ask(&s, open[scope], sql), secret) != NULL;
}

/* Every table, every row: never a name or code of someone else. */
START_TEST(keeps_to_its_rows)
{
	static const char *const firm_tables[] = { "firm", "parts", "shares", "rounds", "class_results", "element_results", "area_results", "steps", "top_steps",
						   "gap", "findings", "not_applicable", "rectifications", "items", "evidence", "history" };
	static const char *const public_tables[] = { "campaign", "levels", "tracks", "listed", "listed_enterprises", "history", "overview", "city_summary",
						     "level_summary", "industry_summary", "movement_summary", "city_level", "nominations", "participation_track" };
	static const char *const unlisted[] = { "丙三", "丁四", "庚七", "辛八", "旧公司", "CODE", "GONE", "联系人", "1390000", "说明", "坏案例", "内部", "机构1" };
	for (size_t i = 0; i < sizeof firm_tables / sizeof *firm_tables; i++) {
		char *sql = text_string(s.arena, text_format(s.arena, "select * from %s", firm_tables[i]));
		for (int k = 0; k < SAMPLE_FIRMS; k++) {
			char *code = text_string(s.arena, s.model.enterprises[k].code), *note = text_string(s.arena, text_format(s.arena, "说明%d-", k));
			ck_assert_msg(k == 1 || !answers_contain(SCOPE_FIRM, sql, code), "%s %s", sql, code);
			ck_assert_msg(k == 1 || !answers_contain(SCOPE_FIRM, sql, note), "%s %s", sql, note);
		}
	}
	for (size_t i = 0; i < sizeof public_tables / sizeof *public_tables; i++) {
		char *sql = text_string(s.arena, text_format(s.arena, "select * from %s", public_tables[i]));
		for (size_t k = 0; k < sizeof unlisted / sizeof *unlisted; k++)
			ck_assert_msg(!answers_contain(SCOPE_PUBLIC, sql, unlisted[k]), "%s %s", sql, unlisted[k]);
	}
}
END_TEST

/* Keys of others, guessed: the narrowing of vtab.c must not step over the firm's own rows. */
START_TEST(finds_no_others_by_guessing)
{
	static const char *const sqls[] = {
		"select count(*) from parts where participation_id = 0", "select count(*) from parts where enterprise_id = 0",
		"select count(*) from parts where code = '91320000CODE00000'", "select count(*) from findings where participation_id = 2",
		"select count(*) from parts where participation_id in (0, 2, 3, 4, 5, 6, 7, 8, -1, 4294967297)",
		"select count(*) from parts where enterprise_id = 0 or enterprise_id = 2 or code = '91320000CODE00003'",
		"select count(*) from parts where code = '91320000CODE00001' and enterprise_id = 0",
		"select count(*) from parts where track_code = 'platform'",
		"select count(*) from items i join parts p on p.track_code = i.track_code where p.participation_id <> 1",
	};
	for (size_t i = 0; i < sizeof sqls / sizeof *sqls; i++)
		ck_assert_msg(strcmp(sample_ask(&s, open[SCOPE_FIRM], sqls[i]), "0") == 0, "%s", sqls[i]);
}
END_TEST

START_TEST(says_nothing_in_errors)
{
	static const char *const sqls[] = { "select * from enterprises where name = '丙三公司'", "select code, phone from listed where name = '丁四公司'",
					    "select cn_date(name) from listed", "select stars(name, 1) from listed_enterprises", "select * from parts" };
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < sizeof sqls / sizeof *sqls; i++)
		ck_assert_str_eq(sample_ask(&s, open[SCOPE_PUBLIC], sqls[i]), "error");
	diag_write(s.diag, DIAG_FORMAT_JSONL, LANGUAGE_CHINESE, &buf);
	ck_assert_msg(!strstr(buf.at, "三公司") && !strstr(buf.at, "四公司") && !strstr(buf.at, "甲一") && !strstr(buf.at, "CODE"), "%s", buf.at);
	buf_clear(&buf);
}
END_TEST

/* ---- complaints ------------------------------------------------------------------------ */

static const struct {
	enum facts_scope scope;
	const char *sql;
	enum diag_kind kind;
	const char *where, *said; /* the marked part, and something in message or remedy */
} complaints[] = {
	{ SCOPE_PUBLIC, "select name\nfrom observations", DIAG_SQL_OUT_OF_SCOPE, "observations", "不在 public 范围内" },
	{ SCOPE_FIRM, "select * from participations", DIAG_SQL_OUT_OF_SCOPE, "participations", "parts" },
	{ SCOPE_PUBLIC, "select name, phone from listed", DIAG_SQL_COLUMN_OUT_OF_SCOPE, "phone", "level_label" },
	{ SCOPE_PUBLIC, "select l.phone from listed l -- phone", DIAG_SQL_COLUMN_OUT_OF_SCOPE, "phone", "listed" },
	{ SCOPE_PUBLIC, "select track as phone from listed where phone = 1 and mail > 0", DIAG_SQL_COLUMN_OUT_OF_SCOPE, "mail", "listed" },
	{ SCOPE_PROVINCE, "select 'citys' from citys", DIAG_SQL_UNKNOWN_TABLE, "citys", "cities" },
	{ SCOPE_PROVINCE, "select nmae from enterprises", DIAG_SQL_UNKNOWN_COLUMN, "nmae", "：name" },
	{ SCOPE_PROVINCE, "select xyzxyzxyz from cities", DIAG_SQL_UNKNOWN_COLUMN, "xyzxyzxyz", "city_code、city、ordinal" },
	{ SCOPE_PROVINCE, "select nosuch(1)", DIAG_SQL_UNKNOWN_FUNCTION, "nosuch", "TABLES.md" },
	{ SCOPE_PROVINCE, "select name from enterprises whre 1", DIAG_SQL_SYNTAX, "1", "syntax error" },
	{ SCOPE_PROVINCE, "select percent('x') from cities", DIAG_SQL_BAD_ARGUMENT, "percent", "参数" },
	{ SCOPE_PROVINCE, "select date('now')", DIAG_SQL_FUNCTION_NOT_ALLOWED, "date", "时钟" },
	{ SCOPE_PROVINCE, "select 1; select 2", DIAG_SQL_SECOND_STATEMENT, " select 2", "一条" },
};

START_TEST(complains_with_the_place)
{
	struct text file = text_format(s.arena, "# 标题\n```sql x\n%s\n```\n", complaints[_i].sql), sql = text_slice(file, 9 + 9, strlen(complaints[_i].sql));
	uint32_t number = sources_add(s.sources, TEXT("content/report/1.md"), file, "UTF-8");
	struct rows rows;
	struct buf buf;
	ck_assert(text_is(sql, complaints[_i].sql));
	ck_assert(!facts_query(open[complaints[_i].scope], s.arena, sql, span_of(s.sources, number, sql), &rows));
	ck_assert_uint_eq(rows.row_count, 0);
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_write(s.diag, DIAG_FORMAT_TEXT, LANGUAGE_CHINESE, &buf);
	ck_assert_msg(diag_count_of(s.diag, complaints[_i].kind) == 1, "%s", buf.at);
	ck_assert_msg(strstr(buf.at, complaints[_i].said) != NULL, "%s", buf.at);
	buf_reset(&buf);
	diag_write(s.diag, DIAG_FORMAT_JSONL, LANGUAGE_CHINESE, &buf);
	char *marked = text_string(s.arena, text_format(s.arena, "\"text\":\"%s\"", complaints[_i].where));
	ck_assert_msg(strstr(buf.at, marked) != NULL && strstr(buf.at, "content/report/1.md"), "%s", buf.at);
	buf_clear(&buf);
}
END_TEST

/* ---- processes and order ------------------------------------------------------------------ */

static const char *all_of(struct facts *facts)
{
	return sample_ask(&s, facts, "select group_concat(x, ';') from (select name || level || coalesce(rate, '') || coalesce(movement, '') as x from participations)");
}

/* Workers are forked: one opens its own, one goes on with what it has. */
START_TEST(works_in_forks)
{
	const char *want = all_of(open[SCOPE_PROVINCE]);
	for (int kind = 0; kind < 2; kind++) {
		pid_t child = fork();
		if (child == 0) {
			struct facts *facts = kind ? open[SCOPE_PROVINCE] : sample_open(&s, SCOPE_PROVINCE);
			_exit(strcmp(all_of(facts), want) == 0 ? 0 : 1);
		}
		int status = -1;
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
}
END_TEST

START_TEST(answers_the_same_each_time)
{
	static const char *const sqls[] = { "select * from listed", "select * from overview", "select city, joined(name) from enterprises group by city",
					    "select * from findings order by risk" };
	for (size_t i = 0; i < sizeof sqls / sizeof *sqls; i++) {
		const char *first = sample_ask(&s, open[SCOPE_PROVINCE], sqls[i]);
		struct facts *again = sample_open(&s, SCOPE_PROVINCE);
		ck_assert_str_ne(first, "error");
		ck_assert_str_eq(sample_ask(&s, again, sqls[i]), first);
		facts_close(again);
	}
}
END_TEST

/* The enterprise of two tracks: six items of the one, three of the other, each numbered from 1. */
START_TEST(orders_the_rows_of_several)
{
	static const struct { const char *sql, *want; } asked[] = {
		{ "select ordinal from items order by ordinal", "1/1/2/2/3/3/4/5/6" },
		{ "select ordinal from items order by ordinal desc", "6/5/4/3/3/2/2/1/1" },
		{ "select ordinal from items where participation_id = 6 order by ordinal desc", "3/2/1" },
		{ "select ordinal from items where track_code = 'platform' order by ordinal desc", "3/2/1" },
		{ "select ordinal from items where participation_id = 6 order by ordinal", "1/2/3" },
	};
	facts_choose_firm(open[SCOPE_FIRM], 0);
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		ck_assert_str_eq(sample_ask(&s, open[SCOPE_FIRM], asked[i].sql), asked[i].want);
	facts_choose_firm(open[SCOPE_FIRM], 1);
}
END_TEST

/* Rows that come in the order that is asked for are not sorted; those of several, or the other way, are. */
START_TEST(orders_by_ordinal)
{
	static const struct { const char *sql; int step; } asked[] = {
		{ "select ordinal from items where participation_id = 1 order by ordinal", 1 },
		{ "select ordinal from items where participation_id = 1 order by ordinal desc", -1 },
		{ "select ordinal from items where participation_id in (2, 1) order by ordinal", 1 },
		{ "select i.ordinal from parts p join items i on i.participation_id = p.participation_id order by i.ordinal", 1 },
		{ "select ordinal from items order by ordinal", 1 },
		{ "select ordinal from items order by ordinal desc", -1 },
		{ "select ordinal from items where track_code = 'ics' order by ordinal desc", -1 },
	};
	struct rows rows;
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		ck_assert(facts_query(open[SCOPE_FIRM], s.arena, text_from(asked[i].sql), (struct span){ 0 }, &rows));
		ck_assert_msg(rows.row_count > 2, "%s", asked[i].sql);
		for (size_t row = 1; row < rows.row_count; row++)
			ck_assert_msg((rows.values[row].integer - rows.values[row - 1].integer) * asked[i].step >= 0, "%s", asked[i].sql);
	}
}
END_TEST

/* ---- columns kept ------------------------------------------------------------------------------ */

static void write_digest(struct facts *facts, const struct facts_asked *asked, char hex[65])
{
	struct hash hash;
	hash_init(&hash);
	facts_digest(facts, asked, &hash);
	hash_finish(&hash, hex);
}

/* The counts by city of two tables whose rows are not the same, the second when the first has made its column. */
START_TEST(columns_are_those_of_their_rows)
{
	static const char counted[] = "select city_code, sum(n) from %s_counts group by 1",
			  each[] = "select city_code, count(*) from %ss group by 1";
	static const char *const of[] = { "participation", "enterprise" };
	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		ck_assert_str_eq(sample_ask(&s, open[SCOPE_PROVINCE], text_format(s.arena, counted, of[i]).at),
				 sample_ask(&s, open[SCOPE_PROVINCE], text_format(s.arena, each, of[i]).at));
}
END_TEST

/* A digest is the same whatever was asked before, and another where a single row has another of the same values. */
START_TEST(digests_say_which_row_has_what)
{
	struct facts_asked asked = { { 0 } };
	char fresh[65], used[65], other[65];
	struct facts *first = sample_open(&s, SCOPE_PROVINCE);
	sample_ask(&s, first, "select size from participations");
	facts_asked(first, &asked);
	write_digest(first, &asked, fresh);
	sample_ask(&s, open[SCOPE_PROVINCE], "select city, sum(n) from participation_counts group by city");
	write_digest(open[SCOPE_PROVINCE], &asked, used);
	ck_assert_str_eq(fresh, used);
	struct enterprise *last = &s.model.enterprises[s.model.participations[SAMPLE_PARTS - 1].enterprise];
	last->size = s.model.enterprises[s.model.participations[0].enterprise].size;
	struct facts *again = sample_open(&s, SCOPE_PROVINCE);
	write_digest(again, &asked, other);
	ck_assert_str_ne(fresh, other);
	facts_close(first);
	facts_close(again);
}
END_TEST

START_TEST(allows_what_reports_need)
{
	struct facts *facts = open[SCOPE_PROVINCE];
	ck_assert_str_eq(sample_ask(&s, facts, "with cities as (select 1 as a union select 2) select sum(a), (select count(*) from cities) from cities"), "3|2");
	ck_assert_str_eq(sample_ask(&s, facts, "select name, rank() over (order by level desc) from listed limit 2;  -- done"), "甲一公司|1/甲一公司|1");
	ck_assert_str_eq(sample_ask(&s, facts, "values (1, 2), (3, null)"), "1|2/3|∅");
	ck_assert_str_eq(sample_ask(&s, facts, "with recursive n(i) as (select 1 union all select i + 1 from n where i < 4) select joined(i, ',') from n"), "1,2,3,4");
	ck_assert_str_eq(sample_ask(&s, facts, "select c.city, count(e.code) from cities c left join enterprises e using (city_code) group by 1 order by c.ordinal limit 3"),
			 "南京市|2/无锡市|2/徐州市|1");
}
END_TEST

Suite *facts_query_suite(void)
{
	Suite *suite = suite_create("facts/query");
	TCase *tcase = tcase_create("query");
	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, refuses, 0, (int)(sizeof refused / sizeof *refused));
	tcase_add_test(tcase, writes_nothing);
	tcase_add_test(tcase, bounds_patterns_and_sizes);
	tcase_add_test(tcase, keeps_to_its_rows);
	tcase_add_test(tcase, finds_no_others_by_guessing);
	tcase_add_test(tcase, says_nothing_in_errors);
	tcase_add_loop_test(tcase, complains_with_the_place, 0, (int)(sizeof complaints / sizeof *complaints));
	tcase_add_test(tcase, works_in_forks);
	tcase_add_test(tcase, answers_the_same_each_time);
	tcase_add_test(tcase, orders_the_rows_of_several);
	tcase_add_test(tcase, orders_by_ordinal);
	tcase_add_test(tcase, columns_are_those_of_their_rows);
	tcase_add_test(tcase, digests_say_which_row_has_what);
	tcase_add_test(tcase, allows_what_reports_need);
	suite_add_tcase(suite, tcase);
	return suite;
}
