/* SPDX-License-Identifier: MIT
 *
 * Which observation counts, and the level that follows: every clause of data/FORMATS.md §5
 * with a case worked out by hand.
 */
#include "assess_cases.h"
#include "model/looks.h"

Suite *assess_rule_suite(void);

static struct test_case c;

struct level_case {
	const char *why, *spec, *signs;
	int levels, level, outcome;
	const char *areas; /* per area its level, - left out */
};

static const struct level_case min_cases[] = {
	{ "all met", "1 2 3", "+++", 3, 3, OUTCOME_REACHED, "3" },
	{ "level 3 open", "1 2 3", "++-", 3, 2, OUTCOME_REACHED, "2" },
	{ "a higher level does not make up for a lower one", "1 2 3", "-++", 3, 0, OUTCOME_NOT_REACHED, "0" },
	{ "a level without items does not stop", "1 3", "+-", 3, 2, OUTCOME_REACHED, "2" },
	{ "nor does it below the first item", "3", "-", 3, 2, OUTCOME_REACHED, "2" },
	{ "an area without items above is at the top", "1 | 1 2 3", "+ +++", 3, 3, OUTCOME_REACHED, "33" },
	{ "the minimum decides", "1 2 | 1 2 3", "+- +++", 3, 1, OUTCOME_REACHED, "13" },
	{ "not applicable leaves the area", "1 2", "n+", 2, 2, OUTCOME_REACHED, "2" },
	{ "not applicable below, open above", "1 2", "n-", 2, 1, OUTCOME_REACHED, "1" },
	{ "an area of not applicable counts neither as top nor as 0", "1 2 | 1 2", "nn +-", 2, 1, OUTCOME_REACHED, "-1" },
	{ "no area remains", "1 | 2", "n n", 2, 0, OUTCOME_NOT_REACHED, "--" },
	{ "partial is not met", "1 2", "~+", 2, 0, OUTCOME_NOT_REACHED, "0" },
	{ "unassessed is applicable and not met", "1 2 3", "+?+", 3, 1, OUTCOME_REACHED, "1" },
	{ "so is an item nobody looked at", "1 2 3", "+.+", 3, 1, OUTCOME_REACHED, "1" },
	{ "nothing but unassessed is unfinished", "1 2", "??", 2, 0, OUTCOME_UNFINISHED, "0" },
	{ "no row at all is unfinished", "1 2", "..", 2, 0, OUTCOME_UNFINISHED, "0" },
	{ "one not applicable is an observation", "1 2", "n.", 2, 1, OUTCOME_REACHED, "1" },
	{ "an area without items at all is left out", "1 | | 1", "+ -", 2, 0, OUTCOME_NOT_REACHED, "2-0" },
	{ "unfinished stays at 0 where no item stops level 1", "2", "?", 2, 0, OUTCOME_UNFINISHED, "1" },
	{ "nine levels", "1 2 3 4 5 6 7 8 9", "++++++++-", 9, 8, OUTCOME_REACHED, "8" },
};

START_TEST(least_area)
{
	const struct level_case *at = &min_cases[_i];
	case_open(&c, at->levels, at->spec);
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONSITE, at->signs);
	const struct decision *d = case_decide(&c, p);
	ck_assert_msg(d->level == at->level, "%s: level %d", at->why, d->level);
	ck_assert_msg(d->outcome == at->outcome, "%s: outcome %d", at->why, d->outcome);
	for (int a = 0; at->areas[a]; a++)
		ck_assert_msg(d->area_level[a] == (at->areas[a] == '-' ? -1 : at->areas[a] - '0'), "%s: area %d is %d",
			      at->why, a, d->area_level[a]);
	ck_assert_uint_eq(diag_count(c.diag, SEVERITY_WARNING), 0);
	case_close(&c);
}
END_TEST

struct share_case {
	const char *why, *spec, *partial, *shares, *signs;
	int levels, level;
	const char *got, *of; /* of the highest level, in 1/1000 */
};

#define TENTHS "1*0.1 1*0.1 1*0.1 1*0.1 1*0.1 1*0.1 1*0.1 1*0.1 1*0.1 1*0.1"

static const struct share_case share_cases[] = {
	{ "0.8 means 0.8", TENTHS, "0.5", "0.8", "++++++++--", 1, 1, "800", "1000" },
	{ "one less is not", TENTHS, "0.5", "0.8", "+++++++---", 1, 0, "700", "1000" },
	{ "partial credit reaches exactly", TENTHS, "0.5", "0.8", "+++++++~~-", 1, 1, "800", "1000" },
	{ "partial credit falls short", TENTHS, "0.5", "0.8", "+++++++~--", 1, 0, "750", "1000" },
	{ "another credit", "1 1", "0.6", "0.8", "+~", 1, 1, "1600", "2000" },
	{ "a credit a hair below", "1 1", "0.599999999", "0.8", "+~", 1, 0, "1599", "2000" },
	{ "credit 0", "1 1", "0", "0.5", "+~", 1, 1, "1000", "2000" },
	{ "a third is not 0.333333334", "1 1 1", "0.5", "0.333333334", "+--", 1, 0, "1000", "3000" },
	{ "but more than 0.333333333", "1 1 1", "0.5", "0.333333333", "+--", 1, 1, "1000", "3000" },
	{ "seven tenths of thirds", "1*0.7 1*0.3", "0.5", "0.7", "+-", 1, 1, "700", "1000" },
	{ "shares are cumulative", "1 1 2 2", "0.5", "0.5 0.75", "+-++", 2, 2, "3000", "4000" },
	{ "every level below must hold too", "1 1 2 2", "0.5", "0.6 0.75", "+-++", 2, 0, "3000", "4000" },
	{ "weights count", "1*3 1", "0.5", "0.75", "+-", 1, 1, "3000", "4000" },
	{ "not applicable leaves both sums", "1 1*9", "0.5", "1", "+n", 1, 1, "1000", "1000" },
	{ "unassessed stays in the denominator", "1 1", "0.5", "0.6", "+.", 1, 0, "1000", "2000" },
	{ "veto unmet", "1! 1*99", "0.5", "0.5", "-+", 1, 0, "99000", "100000" },
	{ "veto partial", "1! 1*99", "0.5", "0.5", "~+", 1, 0, "99500", "100000" },
	{ "veto unassessed", "1! 1*99", "0.5", "0.5", "?+", 1, 0, "99000", "100000" },
	{ "veto not applicable", "1! 1*99", "0.5", "0.5", "n+", 1, 1, "99000", "99000" },
	{ "veto of a higher level does not touch the lower", "1 2!", "0.5", "0.5 0.5", "+-", 2, 1, "1000", "2000" },
	{ "veto of a lower level stops the higher", "1! 2*99", "0.5", "0 0.5", "-+", 2, 0, "99000", "100000" },
	{ "a level without a share in the middle", "1 2 3", "0.5", "0.5 - 0.5", "+++", 3, 1, "3000", "3000" },
	{ "a level without a share at the top", "1 2", "0.5", "0.5 -", "++", 2, 1, "2000", "2000" },
	{ "the first level without a share", "1 2", "0.5", "- 0.5", "++", 2, 0, "2000", "2000" },
	{ "nor is it reached for want of items", "2", "0.5", "- 0.5", "+", 2, 0, "1000", "1000" },
	{ "nothing applicable up to 1 does not stop 1", "1 2", "0.5", "1 1", "n+", 2, 2, "1000", "1000" },
	{ "and the next fails on its own", "1 2", "0.5", "1 1", "n-", 2, 1, "0", "1000" },
	{ "no items up to 1 does not stop 1", "2", "0.5", "0.8 0.8", "-", 2, 1, "0", "1000" },
	{ "nothing applicable at all", "1 2", "0.5", "0 0", "nn", 2, 0, "0", "0" },
	{ "a share of 0 is reached by nothing met", "1", "0.5", "0", "-", 1, 1, "0", "1000" },
	{ "a share above 1 cannot be reached", "1", "0.5", "1.1", "+", 1, 0, "1000", "1000" },
};

START_TEST(threshold)
{
	const struct share_case *at = &share_cases[_i];
	case_open(&c, at->levels, at->spec);
	case_threshold(&c, at->partial, at->shares);
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONLINE, at->signs);
	const struct decision *d = case_decide(&c, p);
	ck_assert_msg(d->level == at->level, "%s: level %d", at->why, d->level);
	ck_assert_int_eq(d->outcome, at->level ? OUTCOME_REACHED : OUTCOME_NOT_REACHED);
	const decimal_sum thousandth = (decimal_sum)INT64_C(1000000000000000);
	ck_assert_msg((int64_t)(d->share_got[at->levels] / thousandth) == strtol(at->got, NULL, 10), "%s: got", at->why);
	ck_assert_msg((int64_t)(d->share_of[at->levels] / thousandth) == strtol(at->of, NULL, 10), "%s: of", at->why);
	ck_assert(d->share_of[0] == 0 && d->share_got[0] == 0);
	case_close(&c);
}
END_TEST

/* Five items, one per sign, in each of the four rounds; the rounds of the rule; what counts and whence. */
struct round_case {
	const char *why, *rounds, *self, *online, *recheck, *onsite;
	const char *results, *from; /* s o r i (on site), - nobody */
};

static const struct round_case round_cases[] = {
	{ "absent: onsite recheck online", "", "+++++", "-----", ".++..", "..~..", "-+~--", "ori" "oo" },
	{ "an unassessed first round falls to the next", "", ".....", "+++++", "?~???", "?" "?-" "?" "?", "+~-++", "ori" "oo" },
	{ "self alone never counts", "", "+++++", ".....", ".....", ".....", "?????", "-----" },
	{ "unassessed everywhere", "", "+++++", "?....", ".?...", "..?..", "?????", "-----" },
	{ "the order is the rule's", "o i", ".....", "+-n~?", "-----", "-++++", "+-n~+", "ooooi" },
	{ "only one round counts", "r", "+++++", "+++++", ".-.n.", "+++++", "?-?n?", "-r-r-" },
	{ "not applicable is an answer", "", ".....", "+++++", ".....", "n....", "n++++", "ioooo" },
	{ "a rule that names self (an error elsewhere) does not count it", "s o", "+++++", "-....", ".....", "+++++", "-????", "o----" },
};

static int round_of(char letter)
{
	static const char letters[] = "sori"; /* enum round */
	const char *at = strchr(letters, letter);
	return at && letter ? (int)(at - letters) : -1;
}

START_TEST(rounds)
{
	const struct round_case *at = &round_cases[_i];
	case_open(&c, 1, "1 1 1 1 1");
	struct rule *rule = &c.model.campaign.tracks[TRACK_ICS].rule;
	for (const char *r = at->rounds; *r; r++)
		if (*r != ' ')
			rule->rounds[rule->round_count++] = (int8_t)round_of(*r);
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_SELF, at->self);
	case_see(&c, p, ROUND_ONLINE, at->online);
	case_see(&c, p, ROUND_RECHECK, at->recheck);
	case_see(&c, p, ROUND_ONSITE, at->onsite);
	const struct decision *d = case_decide(&c, p);
	for (int i = 0; i < 5; i++) {
		const struct effective *item = &d->items[i];
		ck_assert_msg(item->result == case_result(at->results[i]), "%s: item %d is %d", at->why, i, item->result);
		ck_assert_msg(item->round == round_of(at->from[i]), "%s: item %d from %d", at->why, i, item->round);
		int32_t found = look_find(&c.model, &c.participations[p], item->round, i);
		if (item->round < 0) {
			ck_assert_int_eq(found, -1);
			continue;
		}
		ck_assert_int_ge(found, 0);
		const struct observation *seen = &c.observations[found];
		ck_assert(seen->item == i && seen->round == item->round && seen->result == item->result);
	}
	bool is_finished = strcmp(at->from, "-----") != 0;
	ck_assert_int_eq(d->outcome == OUTCOME_UNFINISHED, !is_finished);
	case_close(&c);
}
END_TEST

START_TEST(each_round_alone)
{
	case_open(&c, 2, "1 2 | 1 2");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_SELF, "++ ++");
	case_see(&c, p, ROUND_ONLINE, "+- +-");
	case_see(&c, p, ROUND_RECHECK, "?? ??");
	case_see(&c, p, ROUND_ONSITE, "-. ..");
	const struct decision *d = case_decide(&c, p);
	ck_assert_int_eq(d->round_level[ROUND_SELF], 2);
	ck_assert_int_eq(d->round_level[ROUND_ONLINE], 1);
	ck_assert_int_eq(d->round_level[ROUND_RECHECK], -1);
	ck_assert_int_eq(d->round_level[ROUND_ONSITE], 0);
	ck_assert_ptr_null(d->round_items[ROUND_RECHECK]);
	ck_assert_ptr_nonnull(d->round_items[ROUND_SELF]);
	ck_assert_int_eq(d->round_items[ROUND_ONSITE][1].result, RESULT_UNASSESSED);
	ck_assert_int_eq(d->round_items[ROUND_ONSITE][1].round, -1);
	ck_assert_int_eq(d->round_total[ROUND_ONLINE].by_result[RESULT_UNMET], 2);
	ck_assert_int_eq(d->round_total[ROUND_ONSITE].by_result[RESULT_UNASSESSED], 3);
	ck_assert_int_eq(tally_total(&d->round_total[ROUND_RECHECK]), 0);
	ck_assert_int_eq(tally_class(&c.catalogue, 0, d->round_items[ROUND_SELF]).by_result[RESULT_MET], 4);
	ck_assert_int_eq(tally_element(&c.catalogue, 1, d->round_items[ROUND_ONLINE]).by_result[RESULT_UNMET], 1);
	case_close(&c);
}
END_TEST

START_TEST(each_round_by_threshold)
{
	case_open(&c, 1, "1 1");
	case_threshold(&c, "0.5", "0.75");
	int p = case_join(&c, TRACK_ICS, -1);
	case_see(&c, p, ROUND_ONLINE, "+~");
	case_see(&c, p, ROUND_ONSITE, "-.");
	const struct decision *d = case_decide(&c, p);
	ck_assert_int_eq(d->round_level[ROUND_ONLINE], 1);
	ck_assert_int_eq(d->round_level[ROUND_ONSITE], 0);
	ck_assert_int_eq(d->level, 0);
	case_close(&c);
}
END_TEST

/* stated -1: nothing; differs: what min-of-pa would give or -1; names: the deciding items. */
static const struct {
	const char *why, *spec, *signs;
	int stated, level, outcome, differs;
	const char *names;
} given_cases[] = {
	{ "as the items say", "1 2 3", "++-", 2, 2, OUTCOME_REACHED, -1, NULL },
	{ "higher than the items", "1 2 3", "+--", 2, 2, OUTCOME_REACHED, 1, "PA1-2" },
	{ "much higher", "1 2 3", "---", 3, 3, OUTCOME_REACHED, 0, "PA1-1、PA1-2、PA1-3" },
	{ "lower than the items", "1 2 3", "++-", 1, 1, OUTCOME_REACHED, 2, "PA1-3" },
	{ "lower, and the items are at the top", "1 2 3", "+++", 1, 1, OUTCOME_REACHED, 3, "—" },
	{ "nothing stated", "1 2 3", "++-", -1, 0, OUTCOME_NOT_REACHED, 2, "PA1-3" },
	{ "nothing stated, nothing reached", "1 2 3", "-++", -1, 0, OUTCOME_NOT_REACHED, -1, NULL },
	{ "stated 未达标", "1 2 3", "+--", 0, 0, OUTCOME_NOT_REACHED, 1, "PA1-2" },
	{ "everything not applicable", "1 2 3", "nnn", 2, 2, OUTCOME_REACHED, 0, "—" },
	{ "nothing observed", "1 2 3", "???", 2, 0, OUTCOME_UNFINISHED, -1, NULL },
	{ "nothing observed, nothing stated", "1 2 3", "...", -1, 0, OUTCOME_UNFINISHED, -1, NULL },
	{ "above the scale (an error elsewhere)", "1 2 3", "---", 7, 0, OUTCOME_NOT_REACHED, -1, NULL },
};

START_TEST(given)
{
	case_open(&c, 3, given_cases[_i].spec);
	case_method(&c, METHOD_GIVEN);
	int p = case_join(&c, TRACK_ICS, -1);
	c.participations[p].given = (int8_t)given_cases[_i].stated;
	case_see(&c, p, ROUND_ONSITE, given_cases[_i].signs);
	const struct decision *d = case_decide(&c, p);
	ck_assert_msg(d->level == given_cases[_i].level, "%s: level %d", given_cases[_i].why, d->level);
	ck_assert_msg(d->outcome == given_cases[_i].outcome, "%s: outcome %d", given_cases[_i].why, d->outcome);
	ck_assert_msg(d->given_differs == given_cases[_i].differs, "%s: %d", given_cases[_i].why, d->given_differs);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_GIVEN_DIFFERS), given_cases[_i].names ? 1 : 0);
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_write(c.diag, DIAG_FORMAT_TEXT, LANGUAGE_CHINESE, &buf);
	if (given_cases[_i].names)
		ck_assert_msg(strstr(buf.at, given_cases[_i].names), "%s: %s", given_cases[_i].why, buf.at);
	buf_clear(&buf);
	bool is_unobserved = d->outcome == OUTCOME_UNFINISHED && given_cases[_i].stated > 0;
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_GIVEN_UNOBSERVED), is_unobserved);
	ck_assert_uint_eq(diag_count(c.diag, SEVERITY_ERROR), 0);
	case_close(&c);
}
END_TEST

START_TEST(given_is_ignored_by_other_methods)
{
	case_open(&c, 3, "1 2 3");
	int p = case_join(&c, TRACK_ICS, -1);
	c.participations[p].given = 3;
	case_see(&c, p, ROUND_ONSITE, "+--");
	ck_assert_int_eq(case_decide(&c, p)->level, 1);
	ck_assert_uint_eq(diag_count(c.diag, SEVERITY_WARNING), 0);
	case_close(&c);
}
END_TEST

/* A participation of a track that the campaign does not run: nothing to decide, nothing to crash on. */
START_TEST(track_without_catalogue)
{
	case_open(&c, 2, "1 2");
	c.model.catalogues[TRACK_PLATFORM] = NULL;
	int p = case_join(&c, TRACK_PLATFORM, 1);
	case_see(&c, p, ROUND_ONSITE, "++");
	const struct decision *d = case_decide(&c, p);
	ck_assert(d->outcome == OUTCOME_UNFINISHED && d->level == 0 && d->next == 0 && !d->has_way_up);
	ck_assert_uint_eq(d->gap_count + d->finding_count + d->way_count, 0);
	case_close(&c);
}
END_TEST

/* What becomes of a nominated firm, and whether that is said. */
static const struct {
	int8_t award, verdict;
	const char *ics, *platform; /* signs; NULL where it takes no part */
	bool is_said;
} nominated_cases[] = {
	{ AWARD_CASE, VERDICT_CHOSEN, "+", NULL, false },
	{ AWARD_CASE, VERDICT_CHOSEN, "-", NULL, true },
	{ AWARD_CASE, MISSING, ".", NULL, true },
	{ AWARD_CASE, VERDICT_CHOSEN, "-", "+", false },
	{ AWARD_CASE, VERDICT_CHOSEN, "-", "-", true },
	{ AWARD_CASE, VERDICT_REFUSED, "-", NULL, false },
	{ AWARD_CASE, VERDICT_CHOSEN, NULL, NULL, false }, /* said by check/ */
	{ AWARD_PROVIDER, VERDICT_CHOSEN, "-", NULL, false },
};

START_TEST(excellent_case_is_listed)
{
	case_open(&c, 1, "1");
	c.model.enterprise_count = 1;
	c.enterprises[0] = (struct enterprise){ .name = TEXT("firm"), .first_part = -1 };
	const char *signs[TRACKS] = { nominated_cases[_i].ics, nominated_cases[_i].platform };
	for (int t = 0; t < TRACKS; t++)
		if (signs[t])
			case_see(&c, case_join_firm(&c, 0, t, -1), ROUND_ONSITE, signs[t]);
	struct nomination nomination = { .award = nominated_cases[_i].award, .verdict = nominated_cases[_i].verdict, .agency = -1 };
	c.model.nominations = &nomination;
	c.model.nomination_count = 1;
	assess_model(c.arena, &c.model, c.diag);
	ck_assert_uint_eq(diag_count_of(c.diag, DIAG_NOMINATION_UNLISTED), nominated_cases[_i].is_said);
	case_close(&c);
}
END_TEST

#define LOOP(tcase, test, cases) tcase_add_loop_test(tcase, test, 0, (int)(sizeof cases / sizeof *cases))

Suite *assess_rule_suite(void)
{
	Suite *suite = suite_create("assess/rule");
	TCase *tcase = tcase_create("rule");
	LOOP(tcase, least_area, min_cases);
	LOOP(tcase, threshold, share_cases);
	LOOP(tcase, rounds, round_cases);
	LOOP(tcase, given, given_cases);
	LOOP(tcase, excellent_case_is_listed, nominated_cases);
	tcase_add_test(tcase, each_round_alone);
	tcase_add_test(tcase, each_round_by_threshold);
	tcase_add_test(tcase, given_is_ignored_by_other_methods);
	tcase_add_test(tcase, track_without_catalogue);
	suite_add_tcase(suite, tcase);
	return suite;
}
