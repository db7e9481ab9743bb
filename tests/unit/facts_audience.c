/* SPDX-License-Identifier: MIT
 *
 * A firm, an agency and a city each see their own enterprises and nothing of the others:
 * every table of every such scope, keys of others guessed, joined, counted and put in order,
 * what may be subtracted from a median, what complaints say.
 */
#include "facts_sample.h"

#include "facts/table.h"

Suite *facts_audience_suite(void);

/* 苏州: 丙三 丁四 戊五.  JG001 only advised: 甲一 乙二.  JG002 checked everybody who takes part. */
enum { SUZHOU = 4, XUZHOU = 2, ADVISER = 0, CHECKER = 1 };

static struct sample s;
static struct facts *open[SCOPES];

static void setup(void)
{
	sample_init(&s);
	s.model.ledger = ARENA_ARRAY(s.arena, struct ledger, 2);
	s.model.ledger_count = 2;
	s.model.ledger[0] = (struct ledger){ .enterprise = 0, .track = TRACK_ICS, .participation = 0, .level = -1, .kind = LEDGER_OBJECTION,
					     .reason = TEXT("收到甲一的异议"), .note = TEXT("来信人甲一"), .date = sample_date("2021-11-29") };
	s.model.ledger[1] = s.model.ledger[0];
	s.model.ledger[1].enterprise = 4;
	s.model.ledger[1].track = TRACK_PLATFORM;
	s.model.ledger[1].participation = 7;
	s.model.ledger[1].reason = TEXT("收到戊五的异议");
	s.model.ledger[1].note = TEXT("来信人戊五");
	for (int i = 0; i < 2; i++)
		s.model.agencies[i].contact = text_format(s.arena, "机构联系人%d", i + 1);
	for (int scope = 0; scope < SCOPES; scope++)
		open[scope] = sample_open(&s, (enum facts_scope)scope);
	facts_choose_firm(open[SCOPE_FIRM], 1);
	facts_choose_agency(open[SCOPE_AGENCY], ADVISER);
	facts_choose_city(open[SCOPE_CITY], SUZHOU);
}

static void teardown(void)
{
	for (int scope = 0; scope < SCOPES; scope++)
		facts_close(open[scope]);
	sample_clear(&s);
}

static const char *ask(enum facts_scope scope, const char *sql)
{
	return sample_ask(&s, open[scope], sql);
}

/* ---- every table ------------------------------------------------------------------- */

static bool is_own(enum facts_scope scope, int firm)
{
	static const bool own[SCOPES][SAMPLE_FIRMS] = {
		[SCOPE_FIRM] = { [1] = true }, [SCOPE_AGENCY] = { [0] = true, [1] = true }, [SCOPE_CITY] = { [2] = true, [3] = true, [4] = true },
	};
	return own[scope][firm];
}

static void lacks(const char *answer, struct text secret, const char *sql)
{
	ck_assert_msg(secret.size == 0 || !strstr(answer, text_string(s.arena, secret)), "%s: %.*s", sql, TEXT_ARGS(secret));
}

static void lacks_firm(const char *answer, int firm, const char *sql)
{
	const struct enterprise *enterprise = &s.model.enterprises[firm];
	lacks(answer, enterprise->name, sql);
	lacks(answer, enterprise->code, sql);
	lacks(answer, enterprise->contact, sql);
	lacks(answer, enterprise->phone, sql);
	EACH_PART(part, &s.model, enterprise)
		lacks(answer, text_format(s.arena, "说明%d-", part), sql);
}

START_TEST(shows_nothing_of_others)
{
	const enum facts_scope scope = (enum facts_scope)_i;
	const struct table *table;
	for (size_t n = 0; (table = table_of(scope, n)); n++) {
		const char *sql = text_format(s.arena, "select * from %s", table->name).at, *answer = ask(scope, sql);
		ck_assert_str_ne(answer, "error");
		for (int firm = 0; firm < SAMPLE_FIRMS; firm++)
			if (!is_own(scope, firm))
				lacks_firm(answer, firm, sql);
		lacks(answer, TEXT("旧公司"), sql);
		lacks(answer, TEXT("GONE"), sql);
		lacks(answer, TEXT("来信人"), sql);
		lacks(answer, scope == SCOPE_CITY ? TEXT("收到甲一") : TEXT("收到戊五"), sql);
		lacks(answer, scope == SCOPE_CITY ? TEXT("好案例") : TEXT("坏案例"), sql);
	}
}
END_TEST

START_TEST(shows_nobody_where_nobody_was_chosen)
{
	struct facts *facts = sample_open(&s, (enum facts_scope)_i);
	const struct table *table;
	for (int wrong = 0; wrong < 3; wrong++) {
		for (size_t n = 0; (table = table_of((enum facts_scope)_i, n)); n++) {
			const char *sql = text_format(s.arena, "select count(*) from %s", table->name).at;
			ck_assert_msg(table->about == ABOUT_NOBODY || strcmp(sample_ask(&s, facts, sql), "0") == 0, "%s", sql);
		}
		facts_choose_firm(facts, wrong ? 1000 : -1);
		facts_choose_agency(facts, wrong ? 1000 : -1);
		facts_choose_city(facts, wrong ? 1000 : -1);
	}
	facts_close(facts);
}
END_TEST

/* ---- keys of others, guessed --------------------------------------------------------- */

static const char *const guesses[] = {
	"select count(*) from participations where participation_id = 4", "select count(*) from participations where enterprise_id = 5",
	"select count(*) from participations where code = '91320000CODE00005'", "select count(*) from enterprises where enterprise_id = 5",
	"select count(*) from enterprises where code = '91320000CODE00007'", "select count(*) from findings where participation_id = 5",
	"select count(*) from observations where participation_id in (4, 5, -1, 4294967300)",
	"select count(*) from results where participation_id = 4 and item_id = 'A1-1-01'",
	"select count(*) from parts where enterprise_id = 5 or enterprise_id = 7 or code = '91320000CODE00005'",
	"select count(*) from steps where participation_id = 4", "select count(*) from area_results where participation_id = 5",
	"select count(*) from enterprises where name in ('己六公司', '庚七公司', '辛八公司')",
	"select count(*) from earlier where name = '辛八公司' or year = 2019",
	"select count(*) from results r left join enterprises e on 1 where e.enterprise_id >= 5",
	"select count(*) from (select enterprise_id from enterprises union all select enterprise_id from participations) where enterprise_id > 4",
	"with recursive n(n) as (select 0 union all select n + 1 from n where n < 50) select count(*) from n join parts p on p.participation_id = n.n where p.code in ('91320000CODE00005', '91320000CODE00007')",
	"select count(*) from (select name, row_number() over (order by rate) as place from participations) where name like '%六%'",
	"select count(*) from (select code from participations order by rate limit 100 offset 4)",
	"select count(*) from participations group by city having city in ('无锡市', '徐州市') union all select 0 limit 1",
	"select sum(checked) - count(distinct p.participation_id) from agencies, participations p where agency_code = 'JG009'",
	"select count(*) from nominations where name = '机构2'", "select count(*) from ledger where participation_id in (4, 5)",
};

START_TEST(finds_no_others_by_guessing)
{
	const char *agency = ask(SCOPE_AGENCY, guesses[_i]), *city = ask(SCOPE_CITY, guesses[_i]);
	ck_assert_msg(strcmp(agency, "0") == 0 || strcmp(agency, "∅") == 0, "agency: %s: %s", guesses[_i], agency);
	ck_assert_msg(strcmp(city, "0") == 0 || strcmp(city, "∅") == 0, "city: %s: %s", guesses[_i], city);
}
END_TEST

/* ---- what is theirs --------------------------------------------------------------------- */

static const struct {
	enum facts_scope scope;
	const char *sql, *answer;
} answers[] = {
	{ SCOPE_CITY, "select name, city, contact from enterprises", "丙三公司|苏州市|联系人2/丁四公司|苏州市|联系人3/戊五公司|苏州市|联系人4" },
	{ SCOPE_CITY, "select name, track_code, outcome from participations", "丙三公司|ics|未达标/丁四公司|ics|未完成/戊五公司|platform|达标" },
	{ SCOPE_CITY, "select count(*), min(note), max(note) from observations where note is not null", "21|说明2-0|说明7-2" },
	{ SCOPE_CITY, "select name, item_id, note from findings where note is not null", "丙三公司|A1-1-01|说明2-0/戊五公司|B1-2-01|说明7-2" },
	{ SCOPE_CITY, "select name, measure from rectifications", "丙三公司|补丁" },
	{ SCOPE_CITY, "select name, code, city from nominations", "坏案例|∅|苏州市" },
	{ SCOPE_CITY, "select name, reason from ledger", "戊五公司|收到戊五的异议" },
	/* The agency that checked its enterprises, though another city recommended it, by what it did here. */
	{ SCOPE_CITY, "select agency_code, contact, consulted, checked, reached from agencies", "JG002|机构联系人2|0|3|1" },
	{ SCOPE_CITY, "select city, enterprises, target from cities where enterprises is not null", "苏州市|100|2" },
	{ SCOPE_CITY, "select p.name, count(s.item_id) from parts p left join steps s using (participation_id) group by 1 order by 1", "丁四公司|4/丙三公司|1/戊五公司|1" },
	{ SCOPE_CITY, "select region, city from regions", "昆山市|苏州市" },
	/* Who only advised sees the whole enterprise, in both tracks. */
	{ SCOPE_AGENCY, "select name, track_code, outcome, checker from participations", "甲一公司|ics|达标|机构2/乙二公司|ics|达标|机构2/甲一公司|platform|达标|机构2" },
	{ SCOPE_AGENCY, "select name, item_id, note from findings", "乙二公司|A1-2-01|说明1-1/乙二公司|A2-2-01|说明1-3" },
	{ SCOPE_AGENCY, "select agency_code, contact, consulted, checked, reached from agencies", "JG001|机构联系人1|2|0|0" },
	{ SCOPE_AGENCY, "select name from nominations", "好案例" },
	{ SCOPE_AGENCY, "select count(*) from cities", "13" },
	{ SCOPE_AGENCY, "select year, name from earlier", "2020|甲一公司/2020|乙二公司" },
	{ SCOPE_FIRM, "select agency_code, name, consulted, checked from agencies", "JG001|机构1|1|0/JG002|机构2|0|1" },
	{ SCOPE_FIRM, "select count(*) from ledger", "0" },
	{ SCOPE_FIRM, "select count(*) from nominations", "0" },
};

START_TEST(shows_its_own)
{
	ck_assert_str_eq(ask(answers[_i].scope, answers[_i].sql), answers[_i].answer);
}
END_TEST

START_TEST(follows_whom_it_was_given)
{
	static const char sql[] = "select count(*), count(distinct code), (select count(*) from agencies), (select count(*) from nominations) from participations";
	facts_choose_city(open[SCOPE_CITY], 0);
	ck_assert_str_eq(ask(SCOPE_CITY, sql), "3|2|2|2"); /* 好案例, and JG002, which it recommended */
	facts_choose_city(open[SCOPE_CITY], 12);
	ck_assert_str_eq(ask(SCOPE_CITY, sql), "0|0|0|0");
	facts_choose_agency(open[SCOPE_AGENCY], CHECKER);
	ck_assert_str_eq(ask(SCOPE_AGENCY, sql), "8|7|1|3");
}
END_TEST

/* ---- few others ------------------------------------------------------------------------------ */

static const char few[] = "select count(peer_count), count(peer_rate), count(peer_better), (select count(median) from class_results), "
			  "(select count(median) from element_results), (select count(median) from area_results) from parts where track_code = 'ics'";

START_TEST(tells_nothing_of_few_others)
{
	/* Five are finished, one of them its own: four others could be had by subtraction. */
	ck_assert_str_eq(ask(SCOPE_CITY, few), "0|0|0|0|0|0");
	ck_assert_str_eq(ask(SCOPE_AGENCY, few), "0|0|0|0|0|0");
	facts_choose_city(open[SCOPE_CITY], XUZHOU);
	ck_assert_str_eq(ask(SCOPE_CITY, few), "0|0|0|0|0|0");
	/* A sixth: five others for 徐州, four still for 苏州, whose the sixth is. */
	s.assessment->decisions[3].outcome = OUTCOME_NOT_REACHED;
	struct facts *facts = sample_open(&s, SCOPE_CITY);
	facts_choose_city(facts, XUZHOU);
	ck_assert_str_eq(sample_ask(&s, facts, "select peer_count, peer_rate is null, peer_better from parts"), "6|0|∅");
	ck_assert_str_ne(sample_ask(&s, facts, few), "0|0|0|0|0|0");
	facts_choose_city(facts, SUZHOU);
	ck_assert_str_eq(sample_ask(&s, facts, few), "0|0|0|0|0|0");
	facts_close(facts);
}
END_TEST

/* ---- what is not there, and what is said of it -------------------------------------------------- */

static const struct {
	enum facts_scope scope;
	const char *sql;
	enum diag_kind kind;
	const char *said;
} refused[] = {
	{ SCOPE_CITY, "select * from overview", DIAG_SQL_OUT_OF_SCOPE, "city" },
	{ SCOPE_CITY, "select * from city_summary", DIAG_SQL_OUT_OF_SCOPE, "city" },
	{ SCOPE_CITY, "select * from level_summary", DIAG_SQL_OUT_OF_SCOPE, "city" },
	{ SCOPE_CITY, "select * from problems", DIAG_SQL_OUT_OF_SCOPE, "city" },
	{ SCOPE_CITY, "select note from ledger", DIAG_SQL_COLUMN_OUT_OF_SCOPE, "(内部备注: province)" },
	{ SCOPE_CITY, "select verdict from nominations", DIAG_SQL_COLUMN_OUT_OF_SCOPE, "(评审结论: province)" },
	{ SCOPE_AGENCY, "select code from nominations", DIAG_SQL_COLUMN_OUT_OF_SCOPE, "(代码: city province)" },
	{ SCOPE_AGENCY, "select target from cities", DIAG_SQL_COLUMN_OUT_OF_SCOPE, "(参培目标数: city province)" },
	{ SCOPE_AGENCY, "select * from firm", DIAG_SQL_OUT_OF_SCOPE, "agency" },
	{ SCOPE_FIRM, "select contact from agencies", DIAG_SQL_COLUMN_OUT_OF_SCOPE, "(联系人: agency city province)" },
	{ SCOPE_PUBLIC, "select phone from listed", DIAG_SQL_COLUMN_OUT_OF_SCOPE, "(联系电话: firm agency city province)" },
	{ SCOPE_CITY, "select cn_date(name) from enterprises where name = '己六公司' or 1", DIAG_SQL_BAD_ARGUMENT, "cn_date" },
};

START_TEST(refuses_and_says_why)
{
	struct buf buf;
	ck_assert_str_eq(ask(refused[_i].scope, refused[_i].sql), "error");
	ck_assert_uint_eq(diag_count_of(s.diag, refused[_i].kind), 1);
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_write(s.diag, DIAG_FORMAT_TEXT, LANGUAGE_CHINESE, &buf);
	ck_assert_msg(strstr(buf.at, refused[_i].said) != NULL, "%s", buf.at);
	for (int firm = 0; firm < SAMPLE_FIRMS; firm++)
		lacks(buf.at, s.model.enterprises[firm].code, refused[_i].sql);
	lacks(buf.at, TEXT("六公司"), refused[_i].sql);
	buf_clear(&buf);
}
END_TEST

Suite *facts_audience_suite(void)
{
	Suite *suite = suite_create("facts/audience");
	TCase *tcase = tcase_create("audience");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, shows_nothing_of_others, SCOPE_FIRM, SCOPE_PROVINCE);
	tcase_add_loop_test(tcase, shows_nobody_where_nobody_was_chosen, SCOPE_FIRM, SCOPE_PROVINCE);
	tcase_add_loop_test(tcase, finds_no_others_by_guessing, 0, (int)(sizeof guesses / sizeof *guesses));
	tcase_add_loop_test(tcase, shows_its_own, 0, (int)(sizeof answers / sizeof *answers));
	tcase_add_test(tcase, follows_whom_it_was_given);
	tcase_add_test(tcase, tells_nothing_of_few_others);
	tcase_add_loop_test(tcase, refuses_and_says_why, 0, (int)(sizeof refused / sizeof *refused));
	suite_add_tcase(suite, tcase);
	return suite;
}
