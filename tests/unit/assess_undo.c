/* SPDX-License-Identifier: MIT
 *
 * Which results made a difference: written cases, and every subset tried by brute force.
 */
#include "assess/undo.h"

#include "assess_cases.h"

Suite *assess_undo_suite(void);

static struct test_case c;

static const char *const kinds[UNDO_KINDS] = { "nothing", "each", "together", "met", "stated", "unobserved" };

static struct undo_side side(int p)
{
	return (struct undo_side){ c.assessment->rules[c.participations[p].track], case_decide(&c, p) };
}

/* "together PA1-1 PA1-2" */
static const char *undo_of(int before, int now)
{
	struct buf buf;
	case_decide(&c, before);
	struct undo undo = undo_find(c.arena, side(before), side(now));
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_string(&buf, kinds[undo.kind]);
	for (size_t i = 0; i < undo.count; i++)
		buf_format(&buf, " %.*s", TEXT_ARGS(undo.items[i].id));
	const char *copy = text_string(c.arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

/* The later side may be decided by other shares: it is of the other track then. */
static const struct {
	const char *spec, *shares, *other_shares; /* NULL: min-of-pa, the same rule */
	const char *before, *now, *want;
} cases[] = {
	{ "1 1 | 2 2", NULL, NULL, "++ ++", "+- ++", "each PA1-2" },
	{ "1 1 | 2 2", NULL, NULL, "++ ++", "-- ++", "together PA1-1 PA1-2" },
	/* What lies above the level decides nothing; what was open before is no cause. */
	{ "1 1 | 2 3", NULL, NULL, "++ +-", "+- +~", "each PA1-2" },
	{ "1 2 | 2 3", NULL, NULL, "++ ++", "+- -+", "together PA1-2 PA2-1" },
	/* After a rise any one of them would have kept it down. */
	{ "1 2 | 2 3", NULL, NULL, "+- ++", "++ ++", "each PA1-2" },
	{ "1 2 | 2 3", NULL, NULL, "+- -+", "++ ++", "each PA1-2 PA2-1" },
	{ "1 1 | 2 2", NULL, NULL, "++ ++", "+- n+", "each PA1-2" },
	{ "1 1", NULL, NULL, "+n", "+-", "each PA1-2" },
	{ "1 1", NULL, NULL, "++", "..", "unobserved" },
	{ "1 1", NULL, NULL, "??", "++", "unobserved" },
	/* threshold: the heaviest come back first, and no more than needed. */
	{ "1*3 1*1 1*1 1*1", "0.5", NULL, "++++", "----", "each PA1-1" },
	{ "1*3 1*1 1*1 1*1", "0.8", NULL, "++++", "----", "together PA1-1 PA1-2 PA1-3" },
	{ "1*3! 1*1 1*1 1*1", "0.5", NULL, "++++", "-+++", "each PA1-1" },
	{ "1*3 1*1 1*1 1*1", "0.5", NULL, "-+--", "++--", "each PA1-1" },
	{ "1*1 1*1 1*1 1*1", "0.5", NULL, "+---", "++++", "together PA1-2 PA1-3 PA1-4" },
	/* The rule alone: what the stricter one would have to see met. */
	{ "1*3 1*1 1*1 1*1", "0.5", "0.9", "+---", "+---", "met PA1-2 PA1-3 PA1-4" },
	{ "1*3 1*1 1*1 1*1", "0.9", "0.5", "+---", "+---", "met PA1-2 PA1-3 PA1-4" },
	{ "1*3 1*1 1*1 1*1", "0.5", "-", "++++", "++++", "nothing" },
	/* Both: the results are enough to undo it. */
	{ "1*1 1*1", "0.5", "0.9", "++", "+-", "each PA1-2" },
};

START_TEST(names_what_decides)
{
	case_open(&c, 3, cases[_i].spec);
	if (cases[_i].shares)
		case_threshold(&c, "0.5", cases[_i].shares);
	struct rule first = c.model.campaign.tracks[TRACK_ICS].rule;
	if (cases[_i].other_shares) {
		case_threshold(&c, "0.5", cases[_i].other_shares);
		c.model.campaign.tracks[TRACK_ICS].rule = first;
	}
	int before = case_join(&c, TRACK_ICS, -1);
	case_see(&c, before, ROUND_ONSITE, cases[_i].before);
	int now = case_join(&c, cases[_i].other_shares ? TRACK_PLATFORM : TRACK_ICS, -1);
	case_see(&c, now, ROUND_ONSITE, cases[_i].now);
	const char *undo = undo_of(before, now);
	ck_assert_msg(strcmp(undo, cases[_i].want) == 0, "%s → %s: %s instead of %s", cases[_i].before, cases[_i].now, undo,
		      cases[_i].want);
	case_close(&c);
}
END_TEST

START_TEST(says_that_a_level_was_stated)
{
	case_open(&c, 3, "1 2");
	case_method(&c, METHOD_GIVEN);
	int before = case_join(&c, TRACK_ICS, -1), now;
	c.participations[before].given = 2;
	case_see(&c, before, ROUND_ONSITE, "++");
	now = case_join(&c, TRACK_ICS, -1);
	c.participations[now].given = 1;
	case_see(&c, now, ROUND_ONSITE, "+-");
	ck_assert_str_eq(undo_of(before, now), "stated");
	case_close(&c);
}
END_TEST

/* ---- every subset --------------------------------------------------------------------- */

enum { ITEMS = 5, SUBSETS = 1 << ITEMS, TRIALS = 400 };

static uint64_t state = 20211130;

static unsigned below(unsigned n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % n;
}

static void random_signs(char *signs)
{
	for (int i = 0; i < ITEMS; i++)
		signs[i] = "+-~"[below(3)];
	signs[ITEMS] = '\0';
}

/* The level with the items of `subset` put back, found by deciding a participation of its own. */
static void try_all(const char *before, const char *now, int8_t levels[SUBSETS])
{
	int first = -1;
	for (unsigned subset = 0; subset < SUBSETS; subset++) {
		char signs[ITEMS + 1] = "";
		for (int i = 0; i < ITEMS; i++)
			signs[i] = (subset >> i & 1 ? before : now)[i];
		int p = case_join(&c, TRACK_ICS, -1);
		case_see(&c, p, ROUND_ONSITE, signs);
		first = first < 0 ? p : first;
	}
	for (int subset = 0; subset < SUBSETS; subset++)
		levels[subset] = case_decide(&c, first + subset)->level;
}

static unsigned subset_of(const struct undo *undo)
{
	unsigned subset = 0;
	for (size_t i = 0; i < undo->count; i++)
		for (int k = 0; k < ITEMS; k++)
			if (text_equal(undo->items[i].id, c.items[k].id))
				subset |= 1u << k;
	return subset;
}

static bool is_undone(int8_t level, int8_t before, int8_t now)
{
	return before > now ? level >= before : level <= before;
}

static void compare_with_subsets(const char *before, const char *now)
{
	int8_t levels[SUBSETS];
	try_all(before, now, levels);
	int8_t old = levels[SUBSETS - 1], new = levels[0];
	if (old == new)
		return;
	int first = (int)c.model.participation_count - SUBSETS;
	struct undo undo = undo_find(c.arena, side(first + SUBSETS - 1), side(first));
	unsigned named = subset_of(&undo), each = 0;
	int least = ITEMS;
	for (unsigned subset = 1; subset < SUBSETS; subset++) {
		int size = __builtin_popcount(subset);
		bool differs = true;
		for (int i = 0; i < ITEMS; i++)
			differs &= !(subset >> i & 1) || before[i] != now[i];
		if (!differs || !is_undone(levels[subset], old, new))
			continue;
		each |= size == 1 ? subset : 0;
		least = size < least ? size : least;
	}
	ck_assert_int_eq(undo.kind, each ? UNDO_EACH : UNDO_TOGETHER);
	if (each)
		ck_assert_uint_eq(named, each);
	else
		ck_assert_int_eq(__builtin_popcount(named), least);
	ck_assert(each || is_undone(levels[named], old, new));
}

START_TEST(is_the_smallest_of_all_subsets)
{
	for (int trial = 0; trial < TRIALS; trial++) {
		char before[ITEMS + 1], now[ITEMS + 1];
		case_open(&c, 3, _i ? "1*4 1*2 1*2 1*1 1*1" : "1 1 2 | 2 3");
		if (_i)
			case_threshold(&c, "0.5", "0.7");
		random_signs(before);
		random_signs(now);
		compare_with_subsets(before, now);
		case_close(&c);
	}
}
END_TEST

Suite *assess_undo_suite(void)
{
	Suite *suite = suite_create("assess/undo");
	TCase *tests = tcase_create("undo");
	tcase_add_loop_test(tests, names_what_decides, 0, sizeof cases / sizeof *cases);
	tcase_add_test(tests, says_that_a_level_was_stated);
	tcase_add_loop_test(tests, is_the_smallest_of_all_subsets, 0, 2);
	suite_add_tcase(suite, tests);
	return suite;
}
