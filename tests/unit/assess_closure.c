/* SPDX-License-Identifier: MIT
 *
 * Claims of rectification and what settles them: histories × rounds × dates.
 */
#include "assess/closure.h"
#include "assess/closure_days.h"
#include "assess/closure_doubt.h"
#include "assess_cases.h"

Suite *assess_closure_suite(void);

static struct test_case c;

enum { CLAIMS_MOST = 8, OLDER_MOST = 4 };
static struct rectification claims[CLAIMS_MOST];
static struct observation older[OLDER_MOST];

/* "1015" → 2021-10-15; anything else is missing.  Moves *at behind it. */
static struct date take_date(const char **at)
{
	struct date date = { 0 };
	if (strspn(*at, "0123456789") < 4)
		return date;
	const struct text day = text_format(c.arena, "2021-%.2s-%.2s", *at, *at + 2);
	ck_assert(date_parse_iso(day, &date));
	*at += 4;
	return date;
}

/* "O D1015": reports about an item, in the order of the model; Done, Partly, Open, Unchecked, ? not stated. */
static void claim(int participation, int32_t item, const char *reports)
{
	static const char letters[] = "DPOU"; /* enum status */
	while (*reports) {
		const char *letter = strchr(letters, *reports++);
		struct rectification *row = &claims[c.model.rectification_count++];
		ck_assert_uint_le(c.model.rectification_count, CLAIMS_MOST);
		*row = (struct rectification){ .participation = participation, .item = item, .place = { c.source, 0, 4 },
					       .status = (int8_t)(letter ? letter - letters : -1), .status_place = { c.source, 5, 10 } };
		row->finished = take_date(&reports);
		reports += *reports == ' ';
	}
}

static const char round_letters[] = "sorv"; /* self, online, recheck, visit: enum round */

/* "o1008- r1019+": what was found in which round, in the order of the rounds; < before one that was superseded. */
static void look(int participation, int32_t item, const char *looks)
{
	struct participation *who = &c.participations[participation];
	while (*looks) {
		bool is_old = *looks == '<';
		looks += is_old;
		const char *round = strchr(round_letters, *looks++);
		struct observation seen = { .item = item,
					    .round = (int8_t)(round - round_letters), .source = c.source, .start = 22, .size = 8 };
		seen.date = take_date(&looks);
		seen.result = (int8_t)case_result(*looks++);
		looks += *looks == ' ';
		if (is_old)
			older[who->superseded_count++] = seen;
		else
			c.observations[who->first_observation + who->observation_count++] = seen;
	}
}

static const struct {
	const char *claims, *looks;
	enum closure_state state;
	const char *by; /* the round that settled it; "" none */
} histories[] = {
	/* Nothing later: the finding alone, self-assessments, and what was left 未评. */
	{ "D1015", "o1008-", CLOSURE_WAITING, "" },
	{ "O", "o1008-", CLOSURE_WAITING, "" },
	{ "D1015", "", CLOSURE_WAITING, "" },
	{ "D1015", "s0920+ o1008-", CLOSURE_WAITING, "" },
	{ "D1015", "o1008- r1019?", CLOSURE_WAITING, "" },
	{ "U", "o- r?", CLOSURE_WAITING, "" },
	/* A later round, whatever was claimed. */
	{ "D1015", "o1008- r1019+", CLOSURE_CONFIRMED, "r" },
	{ "D1015", "o1008- r1019n", CLOSURE_CONFIRMED, "r" },
	{ "D1015", "o1008- r1019-", CLOSURE_RETURNED, "r" },
	{ "D1015", "o1008- r1019~", CLOSURE_RETURNED, "r" },
	{ "O", "o1008- r1019-", CLOSURE_RETURNED, "r" },
	{ "O", "o1008- r1019+", CLOSURE_CONFIRMED, "r" },
	{ "P", "o1008- v1102+", CLOSURE_CONFIRMED, "v" },
	{ "?", "o1008- r1019+", CLOSURE_CONFIRMED, "r" },
	{ "D1015", "r1019+", CLOSURE_CONFIRMED, "r" }, /* the finding itself is not on record */
	{ "D1015", "o1008+ v1102-", CLOSURE_RETURNED, "v" },
	/* Without dates, by the order of the rounds. */
	{ "D", "o- r+", CLOSURE_CONFIRMED, "r" },
	{ "D", "o1008- r1001+", CLOSURE_CONFIRMED, "r" },
	{ "D1015", "o- r+", CLOSURE_CONFIRMED, "r" },
	{ "D1015", "o1008- r- v+", CLOSURE_CONFIRMED, "v" },
	{ "D1015", "o1008- r+ v-", CLOSURE_RETURNED, "v" },
	/* With dates, by them: a look before the claim is none, one of its day is. */
	{ "D1020", "o1008- r1019-", CLOSURE_WAITING, "" },
	{ "D1019", "o1008- r1019-", CLOSURE_RETURNED, "r" },
	{ "D1108", "o1008- r1110+ v1102-", CLOSURE_CONFIRMED, "r" },
	{ "D1015", "o1008- r1110+ v1102-", CLOSURE_CONFIRMED, "r" },
	{ "D1015", "o1008- r1019+ v1102-", CLOSURE_RETURNED, "v" },
	{ "D1025", "o1008- r1019+ v1102~", CLOSURE_RETURNED, "v" },
	{ "D0915", "o1008-", CLOSURE_WAITING, "" }, /* 线上核查 gives the finding, whenever completion is claimed */
	/* A round that repeats: its latest; the second 线上核查 of a finding is a later look. */
	{ "D1015", "o1008- <r1019- r1025+", CLOSURE_CONFIRMED, "r" },
	{ "D1022", "o1008- <r1019+ r1025-", CLOSURE_RETURNED, "r" },
	{ "D1015", "<o1008- o1020+", CLOSURE_CONFIRMED, "o" },
	{ "O", "<o1008~ o1020-", CLOSURE_RETURNED, "o" },
	{ "D1025", "<o1008- o1020+", CLOSURE_WAITING, "" },
	{ "D1015", "<o1008+ o1020-", CLOSURE_WAITING, "" },
	{ "D1015", "<o1008? o1020-", CLOSURE_WAITING, "" },
	{ "D1015", "<o1008- o1020+ r1018-", CLOSURE_CONFIRMED, "o" },
	/* A history: the last report is the claim. */
	{ "P1010 D1018", "o1008- r1012- v1102+", CLOSURE_CONFIRMED, "v" },
	{ "D1010 D1018", "o1008- r1012-", CLOSURE_WAITING, "" },
	{ "O D1010", "o1008- r1012-", CLOSURE_RETURNED, "r" },
};

START_TEST(settles)
{
	case_open(&c, 2, "1 1 2");
	memset(older, 0, sizeof older);
	int p = case_join(&c, TRACK_ICS, -1);
	c.model.rectifications = claims;
	c.model.superseded = older;
	claim(p, 1, histories[_i].claims);
	look(p, 1, histories[_i].looks);
	c.model.observation_count = c.participations[p].observation_count;
	c.model.superseded_count = c.participations[p].superseded_count;
	case_decide(&c, p);
	ck_assert_uint_eq(c.assessment->closure_count, 1);
	const struct closure *closure = closure_find(c.assessment, p, 1);
	ck_assert_ptr_nonnull(closure);
	ck_assert_str_eq(choice_xml(SET_CLOSURE, closure->state), choice_xml(SET_CLOSURE, (int)histories[_i].state));
	char by[2] = "";
	if (closure->settled_by >= 0)
		by[0] = round_letters[c.observations[closure->settled_by].round];
	ck_assert_str_eq(by, histories[_i].by);
	ck_assert_int_eq(closure->last, (int32_t)c.model.rectification_count - 1);
	case_close(&c);
}
END_TEST

/* Three items of one participation and one of another, with a report that names an unknown item. */
START_TEST(counts_each_item_once)
{
	case_open(&c, 2, "1 1 2");
	memset(older, 0, sizeof older);
	int p = case_join(&c, TRACK_ICS, -1), q = case_join(&c, TRACK_ICS, -1);
	c.model.rectifications = claims;
	c.model.superseded = older;
	claim(p, 0, "P1010 D1015");
	claim(p, 1, "O");
	claim(p, 2, "D1015");
	claim(q, 2, "?");
	claim(-1, -1, "D1015");
	look(p, 0, "r1019-");
	look(p, 1, "r1019+");
	c.participations[q].first_observation = c.model.observation_count = c.participations[p].observation_count;
	case_decide(&c, p);
	struct closure_count count = { 0 };
	for (size_t i = 0; i < c.assessment->closure_count; i++)
		closure_add(&count, &c.assessment->closures[i], &claims[c.assessment->closures[i].last], false);
	ck_assert_int_eq(count.tasks, 4);
	ck_assert_int_eq(count.by_status[STATUS_DONE], 2);
	ck_assert_int_eq(count.by_status[STATUS_PARTLY], 0);
	ck_assert_int_eq(count.by_status[STATUS_UNCHECKED], 1);
	ck_assert_int_eq(count.by_state[CLOSURE_CONFIRMED], 1);
	ck_assert_int_eq(count.by_state[CLOSURE_RETURNED], 1);
	ck_assert_int_eq(count.by_state[CLOSURE_WAITING], 2);
	ck_assert_int_eq(count.refuted, 1);
	ck_assert_int_eq(count.unclaimed, 1);
	size_t many;
	ck_assert_uint_eq(closure_range(c.assessment, q, &many), 3);
	ck_assert_uint_eq(many, 1);
	ck_assert_ptr_null(closure_find(c.assessment, q, 1));
	ck_assert_int_eq(closure_find(c.assessment, p, 0)->first, 0);
	case_close(&c);
}
END_TEST

static const struct {
	const char *claim, *look;
	int refuted, settled, unconfirmed;
} warnings[] = {
	{ "D1015", "r1019-", 1, 0, 0 }, { "D1015", "r1019+", 0, 0, 0 }, { "P1015", "r1019+", 0, 1, 0 },
	{ "P1015", "r1019~", 0, 0, 0 }, { "O", "v1102n", 0, 1, 0 },     { "O", "v1102-", 0, 0, 0 },
	{ "U", "r1019+", 0, 1, 0 },     { "U", "r1019-", 0, 1, 0 },     { "U", "r1019?", 0, 0, 0 },
	{ "?", "r1019+", 0, 0, 0 },     { "?", "r1019-", 0, 0, 0 },     { "D1025", "r1019-", 0, 0, 1 },
};

/* Said once for the two items of one participation, with the cell of the status and the place of the result. */
START_TEST(warns_of_what_a_look_contradicts)
{
	struct buf buf;
	case_open(&c, 2, "1 1 2");
	int p = case_join(&c, TRACK_ICS, -1);
	c.model.rectifications = claims;
	for (int32_t item = 0; item < 2; item++) {
		claim(p, item, warnings[_i].claim);
		look(p, item, warnings[_i].look);
	}
	c.model.observation_count = c.participations[p].observation_count;
	case_decide(&c, p);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_RECTIFICATION_REFUTED), (unsigned)warnings[_i].refuted);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_RECTIFICATION_SETTLED), (unsigned)warnings[_i].settled);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_RECTIFICATION_UNCONFIRMED), (unsigned)warnings[_i].unconfirmed);
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_write(c.diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &buf);
	if (warnings[_i].refuted || warnings[_i].settled) {
		ck_assert_msg(strstr(buf.at, "a.csv:1:6: ") && strstr(buf.at, "is at data/2021/results/a.csv:3:1"), "%s", buf.at);
		ck_assert_msg(strstr(buf.at, "PA1-1（") && strstr(buf.at, "PA1-2（"), "%s", buf.at);
	}
	buf_clear(&buf);
	case_close(&c);
}
END_TEST

/* Days from the first look that found it open, in whatever round, also one that was superseded. */
static const struct {
	const char *claims, *looks;
	int claim_days, confirm_days;
	int early, not_open; /* warnings, of an answer */
} lengths[] = {
	{ "D1015", "o1008- r1019+", 7, 11, 0, 0 },
	{ "D1008", "o1008- r1008+", 0, 0, 0, 0 },
	{ "D1005", "o1008- r1019+", -1, 11, 1, 0 },
	{ "P1015", "o1008- r1019+", -1, 11, 0, 0 }, /* not claimed as done */
	{ "D1015", "o1008- r1019-", 7, -1, 0, 0 },  /* not confirmed */
	{ "D1015", "o1008-", 7, -1, 0, 0 },
	{ "D1015", "<o1001- o1020+", 14, 19, 0, 0 },
	{ "D1110", "o1008+ v1102~", 8, -1, 0, 0 },
	{ "D1015", "s0901- o1008+ r1019+", -1, -1, 0, 1 }, /* 自评 is no finding */
	{ "D1015", "o- r1019+", -1, -1, 0, 0 },
	{ "D1015", "o1008-", 7, -1, 0, 0 },
	{ "O", "o1008n", -1, -1, 0, 1 },
	{ "O", "o1008?", -1, -1, 0, 0 },
};

START_TEST(counts_days_from_the_advice)
{
	case_open(&c, 2, "1 1 2");
	memset(older, 0, sizeof older);
	int p = case_join(&c, TRACK_ICS, -1);
	c.model.rectifications = claims;
	c.model.superseded = older;
	claim(p, 1, lengths[_i].claims);
	claims[0].is_answer = true;
	look(p, 1, lengths[_i].looks);
	c.model.observation_count = c.participations[p].observation_count;
	c.model.superseded_count = c.participations[p].superseded_count;
	case_decide(&c, p);
	const struct closure *closure = closure_find(c.assessment, p, 1);
	ck_assert_int_eq(closure->claim_days, lengths[_i].claim_days);
	ck_assert_int_eq(closure->confirm_days, lengths[_i].confirm_days);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_RECTIFICATION_EARLY), (unsigned)lengths[_i].early);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_ANSWER_NOT_OPEN), (unsigned)lengths[_i].not_open);
	/* Whose results could not be read is not doubted besides. */
	struct diag *diag = diag_new(c.arena, c.sources);
	DIAG(diag, DIAG_FIELD_MISSING, .a = TEXT("x"), .participation = p + 1);
	closure_doubt(c.assessment, diag);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_RECTIFICATION_EARLY) + diag_count_of(diag, DIAG_ANSWER_NOT_OPEN), 0);
	closure_doubt_future(c.assessment, (struct date){ 2021, 10, 15 }, c.diag);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_RECTIFICATION_FUTURE), strcmp(lengths[_i].claims, "D1110") == 0);
	case_close(&c);
}
END_TEST

/* Medians by group: 7 and 10 make 8.5, so 9; 4 alone; none of the third; one belongs to no group. */
START_TEST(takes_medians_of_groups)
{
	static const char *const reports[] = { "D1015", "D1018", "D1012", "O", "D1030" };
	static const int32_t group_of[] = { 0, 0, 1, 2, -1 };
	case_open(&c, 2, "1 1 2 2 2");
	memset(older, 0, sizeof older);
	int p = case_join(&c, TRACK_ICS, -1);
	c.model.rectifications = claims;
	for (int32_t item = 0; item < 5; item++) {
		claim(p, item, reports[item]);
		look(p, item, "o1008-");
	}
	look(p, 0, "r1101+");
	c.model.observation_count = c.participations[p].observation_count;
	case_decide(&c, p);
	ck_assert_uint_eq(c.assessment->closure_count, 5);
	/* Few groups are counted, many sorted. */
	static const size_t groups[] = { 3, 1 << 18 };
	for (size_t way = 0; way < sizeof groups / sizeof *groups; way++) {
		const struct closure_speed *speeds = closure_speeds(c.arena, c.assessment, group_of, groups[way]);
		ck_assert_int_eq(speeds[0].claims, 2);
		ck_assert_int_eq(speeds[0].claim_days, 9);
		ck_assert_int_eq(speeds[0].confirmations, 1);
		ck_assert_int_eq(speeds[0].confirm_days, 24);
		ck_assert_int_eq(speeds[1].claims, 1);
		ck_assert_int_eq(speeds[1].claim_days, 4);
		ck_assert_int_eq(speeds[1].confirmations + speeds[2].claims + speeds[2].confirmations, 0);
	}
	case_close(&c);
}
END_TEST

static const struct {
	const char *status, *planned, *finished;
	bool is_late;
} plans[] = {
	{ "D", "1015", "1015", false }, { "D", "1015", "1016", true }, { "O", "1015", "", true },
	{ "O", "1130", "", false },
	{ "D", "1015", "", false }, /* reported as done on a day that is not known */
	{ "O", "", "", false },
};

START_TEST(is_late_by_its_plan)
{
	const char *planned = plans[_i].planned, *finished = plans[_i].finished;
	case_open(&c, 1, "1");
	struct rectification row = { .status = plans[_i].status[0] == 'D' ? STATUS_DONE : STATUS_OPEN };
	row.planned = take_date(&planned);
	row.finished = take_date(&finished);
	ck_assert_int_eq(closure_is_late(&row, (struct date){ 2021, 11, 30 }), plans[_i].is_late);
	case_close(&c);
}
END_TEST

static const struct {
	const char *round, *signs;
	bool is_due;
} duties[] = {
	{ "o", "+-+", true },  { "o", "++~", true },  { "o", "+n+", false },
	{ "o", "+?.", false }, { "s", "---", false }, { "v", "---", false },
};

START_TEST(is_due_where_the_online_check_found_something)
{
	case_open(&c, 2, "1 1 2");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, (enum round)(strchr(round_letters, duties[_i].round[0]) - round_letters), duties[_i].signs);
	ck_assert_int_eq(closure_is_due(case_decide(&c, p), &c.catalogue), duties[_i].is_due);
	case_close(&c);
}
END_TEST

#define LOOP(tcase, test, cases) tcase_add_loop_test(tcase, test, 0, (int)(sizeof cases / sizeof *cases))

Suite *assess_closure_suite(void)
{
	Suite *suite = suite_create("assess/closure");
	TCase *tcase = tcase_create("closure");
	LOOP(tcase, settles, histories);
	tcase_add_test(tcase, counts_each_item_once);
	LOOP(tcase, warns_of_what_a_look_contradicts, warnings);
	LOOP(tcase, counts_days_from_the_advice, lengths);
	tcase_add_test(tcase, takes_medians_of_groups);
	LOOP(tcase, is_late_by_its_plan, plans);
	LOOP(tcase, is_due_where_the_online_check_found_something, duties);
	suite_add_tcase(suite, tcase);
	return suite;
}
