/* SPDX-License-Identifier: MIT
 *
 * The explanation of one decision, whole for a small model and by parts for the rest.
 */
#include "commands/trace_print.h"

#include "assess_cases.h"
#include "base/json_write.h"
#include "model/observed.h"

Suite *commands_trace_suite(void);

static struct test_case c;
static struct buf out;
static const struct assessment *list; /* after the ledger; NULL: there is none */

static const char *json_of(int participation)
{
	case_decide(&c, participation);
	const struct trace *trace = trace_new(c.arena, c.assessment, (size_t)participation, c.sources, list);
	buf_clear(&out);
	buf_init(&out, BUF_LIMIT_PAGE);
	struct json_write json;
	json_write_init(&json, &out);
	trace_write_json(trace, &json);
	json_write_end(&json);
	return out.at;
}

static const char *text_of(int participation, enum diag_language language)
{
	case_decide(&c, participation);
	const struct trace *trace = trace_new(c.arena, c.assessment, (size_t)participation, c.sources, list);
	buf_clear(&out);
	buf_init(&out, BUF_LIMIT_PAGE);
	trace_write_text(trace, language, &out);
	return out.at;
}

static void close_case(void)
{
	buf_clear(&out);
	case_close(&c);
}

#define HAS(json, part) ck_assert_msg(strstr((json), (part)) != NULL, "%s in %s", (part), (json))
#define FILE_MEMBERS(line, column) "\"file\":\"data/2021/results/a.csv\",\"line\":" #line ",\"column\":" #column

static struct rectification claims[] = {
	{ .item = 0, .status = STATUS_DONE, .finished = { 2021, 10, 15 } }, { .item = 1, .status = STATUS_OPEN },
};

static struct remark remarks[1];

static void open_small(void)
{
	case_open(&c, 2, "1*1.5H!@30 2@10 | 1*0.1L");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_SELF, "+.+");
	case_see(&c, p, ROUND_ONLINE, "~.n");
	case_see(&c, p, ROUND_ONSITE, "-?.");
	case_listed(&c, p, 2020, 1);
	remarks[0] = (struct remark){ TEXT("引号\" 反斜线\\ \n"), NO_TEXT, MISSING };
	c.model.remarks = remarks;
	c.observations[0].remark = 1;
	c.observations[1].date = (struct date){ 0, 0, 0 };
	observed_set_place(&c.observations[3], NO_SPAN);
	claims[0].participation = claims[1].participation = p;
	c.model.rectifications = claims;
	c.model.rectification_count = sizeof claims / sizeof *claims;
}

START_TEST(whole_object)
{
	open_small();
	static const char want[] =
		"{\"enterprise\":\"913205000000099999\",\"name\":\"firm 0\",\"track\":\"ics\",\"year\":2021,"
		"\"method\":\"min-of-pa\",\"rounds\":[\"onsite\",\"recheck\",\"online\"],"
		"\"outcome\":\"not-reached\",\"outcome_word\":\"未达标\",\"level\":0,\"level_label\":\"未达标\","
		"\"level_name\":\"未达标\",\"earlier\":{\"year\":2020,\"level\":1,\"label\":\"1星(2020)\"},"
		"\"movement\":\"退出\",\"list\":null,\"ledger\":[],\"given\":null,\"given_differs\":null,\"stated_target\":null,\"target\":1,\"next\":1,"
		"\"round_levels\":{\"self\":1,\"online\":0,\"recheck\":null,\"onsite\":0},\"shares\":[],\"areas\":["
		"{\"id\":\"PA1\",\"name\":\"area 1\",\"class\":\"C1\",\"class_name\":\"class 1\",\"level\":0,\"items\":["
		"{\"id\":\"PA1-1\",\"level\":1,\"result\":\"不符合\",\"round\":\"onsite\",\"counted\":{"
		"\"file\":\"data/2021/results/a.csv\",\"line\":2,\"column\":1},\"observations\":["
		"{\"round\":\"self\",\"result\":\"符合\",\"date\":\"2021-11-02\","
		"\"note\":\"引号\\\" 反斜线\\\\ \\n\"," FILE_MEMBERS(2, 1) "},"
		"{\"round\":\"online\",\"result\":\"部分符合\",\"date\":\"2021-11-02\",\"note\":\"\"," FILE_MEMBERS(2, 1) "},"
		"{\"round\":\"onsite\",\"result\":\"不符合\",\"date\":\"2021-11-02\",\"note\":\"\"," FILE_MEMBERS(2, 1) "}],"
		"\"applicable\":true,\"met\":false,\"weight\":\"1.5\",\"risk\":\"高\",\"veto\":true},"
		"{\"id\":\"PA1-2\",\"level\":2,\"result\":\"未评\",\"round\":null,\"counted\":null,\"observations\":["
		"{\"round\":\"onsite\",\"result\":\"未评\",\"date\":\"2021-11-02\",\"note\":\"\"," FILE_MEMBERS(3, 1) "}],"
		"\"applicable\":true,\"met\":false,\"weight\":\"1\",\"risk\":\"中\",\"veto\":false}]},"
		"{\"id\":\"PA2\",\"name\":\"area 2\",\"class\":\"C1\",\"class_name\":\"class 1\",\"level\":null,\"items\":["
		"{\"id\":\"PA2-1\",\"level\":1,\"result\":\"不适用\",\"round\":\"online\",\"counted\":null,\"observations\":["
		"{\"round\":\"self\",\"result\":\"符合\",\"date\":null,\"note\":\"\"," FILE_MEMBERS(3, 12) "},"
		"{\"round\":\"online\",\"result\":\"不适用\",\"date\":\"2021-11-02\",\"note\":\"\","
		"\"file\":null,\"line\":null,\"column\":null}],"
		"\"applicable\":false,\"met\":false,\"weight\":\"0.1\",\"risk\":\"低\",\"veto\":false}]}],"
		"\"limiting_areas\":[\"PA1\"],\"deciding_items\":[\"PA1-1\"],\"gap\":[\"PA1-1\"],\"findings\":[\"PA1-1\"],"
		"\"way_up\":[{\"item\":\"PA1-1\",\"gain\":\"0\",\"veto\":true,\"risk\":\"高\",\"advice_days\":30,"
		"\"department\":\"department\"}],\"has_way_up\":true,"
		"\"compliance\":{\"met\":0,\"applicable\":2,\"total\":3,\"rate\":\"0\",\"rate_percent\":\"0.0%\"},"
		"\"rectifications\":[{\"item\":\"PA1-1\",\"status\":\"已整改\",\"finished\":\"2021-10-15\",\"state\":\"returned\","
		"\"settled_by\":{\"round\":\"onsite\",\"result\":\"不符合\",\"date\":\"2021-11-02\"," FILE_MEMBERS(2, 1) "}},"
		"{\"item\":\"PA1-2\",\"status\":\"未整改\",\"finished\":null,\"state\":\"waiting\",\"settled_by\":null}],\"scans\":[]}";
	ck_assert_str_eq(json_of(0), want);
	close_case();
}
END_TEST

START_TEST(threshold_shares)
{
	case_open(&c, 3, "1*0.1! 1*0.2 2 3");
	case_threshold(&c, "0.5", "0.333333333 0.5 -");
	int p = case_join(&c, TRACK_ICS, 2);
	case_see(&c, p, ROUND_ONSITE, "+~-+");
	const char *json = json_of(p);
	HAS(json, "{\"level\":1,\"numerator\":\"0.2\",\"denominator\":\"0.3\",\"share\":\"0.666666667\","
		  "\"required\":\"0.333333333\",\"reached\":true,\"failed_vetoes\":[]}");
	HAS(json, "{\"level\":2,\"numerator\":\"0.2\",\"denominator\":\"1.3\",\"share\":\"0.153846154\",\"required\":\"0.5\","
		  "\"reached\":false,\"failed_vetoes\":[]}");
	HAS(json, "\"required\":null,\"reached\":false");
	HAS(json, "\"limiting_areas\":[],\"deciding_items\":[\"PA1-2\",\"PA1-3\"]");
	HAS(json, "\"way_up\":[{\"item\":\"PA1-3\",\"gain\":\"1\",");
	HAS(json, "\"level\":1,\"level_label\":\"1星\",\"level_name\":\"name 1\"");
	HAS(json, "\"stated_target\":2,\"target\":2,\"next\":2");
	close_case();
}
END_TEST

START_TEST(only_vetoes_hold)
{
	case_open(&c, 1, "1! 1 1*8");
	case_threshold(&c, "0.5", "0.8");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "--+");
	const char *json = json_of(p);
	HAS(json, "\"reached\":false,\"failed_vetoes\":[\"PA1-1\"]");
	HAS(json, "\"deciding_items\":[\"PA1-1\"],\"gap\":[\"PA1-1\",\"PA1-2\"]");
	close_case();
}
END_TEST

START_TEST(nothing_applicable)
{
	case_open(&c, 1, "1 | 1");
	case_threshold(&c, "0.5", "0.8");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "nn");
	const char *json = json_of(p);
	HAS(json, "\"numerator\":\"0\",\"denominator\":\"0\",\"share\":null");
	HAS(json, "\"has_way_up\":false,\"compliance\":{\"met\":0,\"applicable\":0,\"total\":2,\"rate\":null,\"rate_percent\":null}");
	close_case();
}
END_TEST

START_TEST(unfinished)
{
	case_open(&c, 1, "1");
	int p = case_join(&c, TRACK_PLATFORM, -1);
	case_see(&c, p, ROUND_SELF, "+");
	const char *json = json_of(p);
	HAS(json, "\"track\":\"platform\"");
	HAS(json, "\"outcome\":\"unfinished\",\"outcome_word\":\"未完成\",\"level\":0,\"level_label\":null,\"level_name\":null,"
		  "\"earlier\":null,\"movement\":null");
	HAS(json, "\"round_levels\":{\"self\":1,\"online\":null,\"recheck\":null,\"onsite\":null}");
	close_case();
}
END_TEST

START_TEST(top_of_the_scale)
{
	case_open(&c, 1, "1 | 1");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "++");
	const char *json = json_of(p);
	HAS(json, "\"target\":null,\"next\":null");
	HAS(json, "\"limiting_areas\":[],\"deciding_items\":[],\"gap\":[],\"findings\":[],\"way_up\":[],\"has_way_up\":false");
	HAS(json, "\"rate\":\"1\",\"rate_percent\":\"100.0%\"");
	close_case();
}
END_TEST

START_TEST(given_level)
{
	case_open(&c, 2, "1 2");
	case_method(&c, METHOD_GIVEN);
	int p = case_join(&c, TRACK_ICS, -1);
	c.participations[p].given = 2;
	case_see(&c, p, ROUND_ONSITE, "+-");
	const char *json = json_of(p);
	HAS(json, "\"method\":\"given\"");
	HAS(json, "\"given\":2,\"given_differs\":1");
	HAS(json, "\"limiting_areas\":[\"PA1\"],\"deciding_items\":[\"PA1-2\"]");
	close_case();
}
END_TEST

/* Observations scattered over files, lines and rounds each find their own place. */
START_TEST(places)
{
	case_open(&c, 1, "1 1 1");
	uint32_t other = sources_add(c.sources, TEXT("b.csv"), TEXT("一,二\r\n三,四\r\n"), "UTF-8");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "---");
	observed_set_place(&c.observations[0], (struct span){ other, 13, 16 });
	observed_set_place(&c.observations[1], (struct span){ c.source, 11, 12 });
	observed_set_place(&c.observations[2], (struct span){ other, 4, 7 });
	const char *json = json_of(p);
	HAS(json, "\"counted\":{\"file\":\"b.csv\",\"line\":2,\"column\":3}");
	HAS(json, "\"counted\":{\"file\":\"data/2021/results/a.csv\",\"line\":2,\"column\":1}");
	HAS(json, "\"counted\":{\"file\":\"b.csv\",\"line\":1,\"column\":3}");
	close_case();
}
END_TEST

/* The name of a file steers no terminal; JSON writes it out. */
START_TEST(odd_names)
{
	case_open(&c, 1, "1");
	uint32_t other = sources_add(c.sources, TEXT("a\x1b[31m\xc2\x9b" ".csv"), TEXT("一,二\r\n"), "UTF-8");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "-");
	observed_set_place(&c.observations[0], (struct span){ other, 0, 3 });
	HAS(text_of(p, LANGUAGE_CHINESE), "a·[31m·.csv:1:1");
	HAS(json_of(p), "\"file\":\"a\\u001b[31m\\u009b.csv\"");
	close_case();
}
END_TEST

START_TEST(chinese_text)
{
	open_small();
	const char *text = text_of(0, LANGUAGE_CHINESE);
	ck_assert_str_eq(text,
			 "firm 0  913205000000099999  工控  2021\n"
			 "结论：未达标，退出（2020：1星(2020)）\n"
			 "判定方法：min-of-pa，各过程域级别的最低者\n"
			 "计入轮次：现场核查 > 整改复核 > 线上核查\n"
			 "各轮单独：自评 1星  线上核查 未达标  整改复核 —  现场核查 未达标\n"
			 "符合率：0.0%（0/2，不适用 1）\n"
			 "未满足条目算到：1星 name 1\n"
			 "\n"
			 "过程域：\n"
			 "  PA1           area 1                        未达标  未符合 2  ← 最低\n"
			 "  PA2           area 2                        不计\n"
			 "\n"
			 "起决定作用的条目：1\n"
			 "  PA1-1         1星  不符合\n"
			 "      自评 符合 2021-11-02 data/2021/results/a.csv:2:1\n"
			 "      线上核查 部分符合 2021-11-02 data/2021/results/a.csv:2:1\n"
			 "    * 现场核查 不符合 2021-11-02 data/2021/results/a.csv:2:1\n"
			 "\n"
			 "达到下一级的最短路径：1星 name 1\n"
			 "   1. PA1-1         风险高  30 天  department\n"
			 "未满足条目：PA1-1\n"
			 "问题：PA1-1\n"
			 "\n"
			 "整改任务：2，企业报告已整改 1（50.0%），复核确认 0（0.0%）\n"
			 "  PA1-1         企业报告已整改 2021-10-15，复核退回\n"
			 "    * 现场核查 不符合 2021-11-02 data/2021/results/a.csv:2:1\n"
			 "  PA1-2         企业报告未整改，待复核\n");
	HAS(text_of(0, LANGUAGE_ENGLISH), "items to be rectified: 2, reported done 1 (50.0%), confirmed 0 (0.0%)\n");
	close_case();
}
END_TEST

START_TEST(english_text)
{
	case_open(&c, 2, "1!@9 2*0.5");
	case_threshold(&c, "0.5", "0.8 -");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "~.");
	const char *text = text_of(p, LANGUAGE_ENGLISH);
	HAS(text, "result: no level\nmethod: threshold, the weighted share");
	HAS(text, "shares:\n  1星           0.5/1 = 0.5, required 0.8, not reached, veto items not met: PA1-1\n");
	HAS(text, "0.5/1.5 = 0.333333, no share set, cannot be reached, veto items not met: PA1-1\n");
	HAS(text, "   1. PA1-1         risk medium  gain +0.5  veto  9 days  department\n");
	close_case();
}
END_TEST

static const struct {
	int64_t high, low; /* high × 10^9 + low, in 10^-18 */
	const char *want;
} sums[] = {
	{ 0, 0, "0" },
	{ 1000000000, 0, "1" },
	{ 800000000, 0, "0.8" },
	{ 0, 1, "0.000000000000000001" },
	{ 1234567891, 120000000, "1.23456789112" },
	{ -500000000, 0, "-0.5" },
};

static const struct {
	int kind, level;
	const char *status, *now, *reason;
} turns[] = {
	{ LEDGER_OBJECTION, -1, "\"list\":{\"status\":\"valid\",\"status_word\":\"有效\",\"level\":2,", "，新达标", "名单：2021-12-01 异议：理由\n" },
	{ LEDGER_CORRECTION, 1, "\"status\":\"corrected\",\"status_word\":\"已更正\",\"level\":1,\"level_label\":\"1星\",\"first_level\":2,",
	  "；名单上为1星 name 1（已更正）\n", "名单：2021-12-01 更正，2星 → 1星：理由\n" },
	{ LEDGER_WITHDRAWAL, -1, "\"status\":\"withdrawn\",\"status_word\":\"已撤销\",\"level\":2,", "；名单上为已撤销\n", "名单：2021-12-01 撤销：理由\n" },
	{ LEDGER_RENAMED, -1, "\"former_name\":\"firm 0\",\"since\":\"2021-12-01\",\"reason\":\"理由\"", "（已更名）\n",
	  "名单：2021-12-01 更名，firm 0 → 乙：理由\n" },
};

/* The decision stays the answer; what the ledger made of it stands behind it, and only up to the day. */
START_TEST(tells_of_the_list)
{
	case_open(&c, 3, "1 2 3");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "++-");
	c.model.campaign.publication = (struct publication){ .state = STATE_PUBLISHED, .date = { 2021, 11, 30 } };
	struct ledger row = { .date = { 2021, 12, 1 }, .enterprise = c.participations[p].enterprise, .track = TRACK_ICS, .participation = p,
			      .kind = (int8_t)turns[_i].kind, .level = (int8_t)turns[_i].level, .reason = TEXT("理由"), .name = TEXT("乙") };
	c.model.ledger = &row;
	c.model.ledger_count = 1;
	case_decide(&c, p);
	for (int is_past = 0; is_past < 2; is_past++) {
		const struct date last = { 2021, is_past ? 12 : 11, is_past ? 1 : 30 };
		const struct chronicle *chronicle = chronicle_new(c.arena, c.assessment, last, c.diag);
		list = chronicle_assessment(c.arena, c.assessment, chronicle);
		chronicle_rename(&c.model, c.assessment, chronicle);
		HAS(json_of(p), is_past ? turns[_i].status : "\"status\":\"valid\"");
		const char *text = text_of(p, LANGUAGE_CHINESE);
		HAS(text, "结论：达标，2星 name 2，新达标");
		ck_assert_msg(is_past && turns[_i].now ? strstr(text, turns[_i].now) && strstr(text, turns[_i].reason) : !strstr(text, "名单"), "%s", text);
	}
	list = NULL;
	close_case();
}
END_TEST

/* Added at 3星, corrected, renamed, withdrawn: the first level is still said. */
START_TEST(tells_the_whole_ledger)
{
	case_open(&c, 3, "1 2 3");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, "---");
	c.model.campaign.publication = (struct publication){ .state = STATE_PUBLISHED, .date = { 2021, 11, 30 } };
	const struct ledger row = { .date = { 2021, 12, 1 }, .enterprise = c.participations[p].enterprise, .track = TRACK_ICS, .participation = p, .level = -1 };
	struct ledger rows[] = { row, row, row, row };
	rows[0].kind = LEDGER_ADDED, rows[0].level = 3, rows[0].reason = TEXT("漏列");
	rows[1].kind = LEDGER_CORRECTION, rows[1].level = 1, rows[1].date.day = 2;
	rows[2].kind = LEDGER_RENAMED, rows[2].name = TEXT("乙"), rows[2].date.day = 3;
	rows[3].kind = LEDGER_WITHDRAWAL, rows[3].date.day = 4;
	c.model.ledger = rows;
	c.model.ledger_count = 4;
	case_decide(&c, p);
	const struct chronicle *chronicle = chronicle_new(c.arena, c.assessment, (struct date){ 0 }, c.diag);
	list = chronicle_assessment(c.arena, c.assessment, chronicle);
	chronicle_rename(&c.model, c.assessment, chronicle);
	HAS(text_of(p, LANGUAGE_CHINESE), "名单：2021-12-01 增补，3星：漏列\n名单：2021-12-02 更正，3星 → 1星\n名单：2021-12-03 更名，firm 0 → 乙\n名单：2021-12-04 撤销\n");
	HAS(json_of(p), "\"ledger\":[{\"date\":\"2021-12-01\",\"kind\":\"added\",\"kind_word\":\"增补\",\"before\":null,\"after\":\"3星\",\"former_name\":null,"
			"\"name\":null,\"reason\":\"漏列\"},{\"date\":\"2021-12-02\",\"kind\":\"correction\",\"kind_word\":\"更正\",\"before\":\"3星\",\"after\":\"1星\",");
	list = NULL;
	close_case();
}
END_TEST

START_TEST(exact_sums)
{
	buf_init(&out, 100);
	trace_write_sum((decimal_sum)sums[_i].high * 1000000000 + sums[_i].low, &out);
	ck_assert_str_eq(out.at, sums[_i].want);
	buf_clear(&out);
}
END_TEST

Suite *commands_trace_suite(void)
{
	Suite *suite = suite_create("commands/trace");
	TCase *tcase = tcase_create("trace");
	tcase_add_test(tcase, whole_object);
	tcase_add_test(tcase, threshold_shares);
	tcase_add_test(tcase, only_vetoes_hold);
	tcase_add_test(tcase, nothing_applicable);
	tcase_add_test(tcase, unfinished);
	tcase_add_test(tcase, top_of_the_scale);
	tcase_add_test(tcase, given_level);
	tcase_add_test(tcase, places);
	tcase_add_test(tcase, odd_names);
	tcase_add_test(tcase, chinese_text);
	tcase_add_test(tcase, english_text);
	tcase_add_loop_test(tcase, tells_of_the_list, 0, (int)(sizeof turns / sizeof *turns));
	tcase_add_test(tcase, tells_the_whole_ledger);
	tcase_add_loop_test(tcase, exact_sums, 0, (int)(sizeof sums / sizeof *sums));
	suite_add_tcase(suite, tcase);
	return suite;
}
