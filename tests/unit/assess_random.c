/* SPDX-License-Identifier: MIT
 *
 * Random small models against a second implementation that is as naive as it can be:
 * data/FORMATS.md §5 read aloud, in whole numbers, without shared tables or prefix sums.
 * Shortest ways are checked by trying every set of open items.
 */
#include "assess_cases.h"

Suite *assess_random_suite(void);

enum { MODELS = 1500, FIRMS = 4, LEVELS = 3, ITEMS = 10 };

static struct test_case c;

/* A small generator of our own: the same models on every machine. */
static uint64_t seed;

static int pick(int count)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((seed >> 33) % (uint64_t)count);
}

/* The model once more, in whole numbers. */
static struct {
	int count, method, rounds[3], round_count;
	int area[ITEMS], level[ITEMS], weight_tenths[ITEMS], risk[ITEMS];
	bool veto[ITEMS];
	int partial_tenths, share_hundredths[LEVELS + 1]; /* −1: none */
} m;

static void make_items(struct buf *spec)
{
	m.count = 1 + pick(ITEMS);
	for (int i = 0; i < m.count; i++) {
		bool new_area = i && pick(3) == 0;
		m.area[i] = i ? m.area[i - 1] + new_area : 0;
		m.level[i] = 1 + pick(LEVELS);
		m.weight_tenths[i] = 1 + pick(pick(2) ? 4 : 30);
		m.risk[i] = pick(RISKS);
		m.veto[i] = pick(6) == 0;
		buf_format(spec, "%s %d*%d.%d%c%s", new_area ? pick(2) ? " |" : " ||" : "", m.level[i],
			   m.weight_tenths[i] / 10, m.weight_tenths[i] % 10, "HML"[m.risk[i]], m.veto[i] ? "!" : "");
	}
}

static void make_shares(struct buf *shares)
{
	for (int n = 1; n <= LEVELS; n++) {
		m.share_hundredths[n] = pick(8) == 0 ? -1 : pick(3) == 0 ? 50 : pick(101);
		if (m.share_hundredths[n] < 0)
			buf_string(shares, n > 1 ? " -" : "-");
		else
			buf_format(shares, "%s%d.%02d", n > 1 ? " " : "", m.share_hundredths[n] / 100,
				   m.share_hundredths[n] % 100);
	}
}

static void make_model(void)
{
	static const int credits[] = { 5, 5, 0, 3, 10 };
	struct buf spec, partial, shares;
	buf_init(&spec, BUF_LIMIT_PAGE);
	buf_init(&partial, BUF_LIMIT_PAGE);
	buf_init(&shares, BUF_LIMIT_PAGE);
	memset(&m, 0, sizeof m);
	make_items(&spec);
	case_open(&c, LEVELS, spec.at);
	m.partial_tenths = credits[pick(5)];
	buf_format(&partial, "%d.%d", m.partial_tenths / 10, m.partial_tenths % 10);
	make_shares(&shares);
	case_threshold(&c, partial.at, shares.at);
	buf_clear(&spec);
	buf_clear(&partial);
	buf_clear(&shares);
	m.method = pick(2) ? METHOD_THRESHOLD : pick(4) ? METHOD_MIN_OF_PA : METHOD_GIVEN;
	struct rule *rule = &c.model.campaign.tracks[TRACK_ICS].rule;
	rule->method = (int8_t)m.method;
	int order[3] = { ROUND_ONSITE, ROUND_RECHECK, ROUND_ONLINE };
	m.round_count = 3;
	if (pick(2)) {
		int swap = pick(3), first = order[0];
		order[0] = order[swap];
		order[swap] = first;
		m.round_count = 1 + pick(3);
		for (int k = 0; k < m.round_count; k++)
			rule->rounds[rule->round_count++] = (int8_t)order[k];
	}
	memcpy(m.rounds, order, sizeof order);
}

/* One enterprise: its rows and what the naive reader makes of them. */
struct firm {
	int participation, target, given;
	char signs[ROUNDS][ITEMS + 1];
	int results[ITEMS];
	bool is_observed;
};

static void make_firm(struct firm *firm)
{
	firm->target = pick(LEVELS + 2) - 1;
	firm->given = pick(LEVELS + 2) - 1;
	firm->participation = case_join(&c, TRACK_ICS, firm->target);
	c.participations[firm->participation].given = (int8_t)firm->given;
	int mood = pick(4); /* from mostly met to anything */
	for (int r = 0; r < ROUNDS; r++) {
		bool looks = pick(3) > 0;
		for (int i = 0; i < m.count; i++)
			firm->signs[r][i] = !looks ? '.' : pick(4) < mood ? "+++~-n?."[pick(8)] : "++++++~n"[pick(8)];
		firm->signs[r][m.count] = '\0';
		case_see(&c, firm->participation, (enum round)r, firm->signs[r]);
	}
	firm->is_observed = false;
	for (int i = 0; i < m.count; i++) {
		firm->results[i] = RESULT_UNASSESSED;
		for (int k = m.round_count; k-- > 0;) {
			char sign = firm->signs[m.rounds[k]][i];
			if (sign != '.' && sign != '?')
				firm->results[i] = case_result(sign);
		}
		firm->is_observed |= firm->results[i] != RESULT_UNASSESSED;
	}
}

static bool applies(const int *results, int i)
{
	return results[i] != RESULT_NOT_APPLICABLE;
}

static bool is_open(const int *results, int i)
{
	return applies(results, i) && results[i] != RESULT_MET;
}

/* −1: left out. */
static int naive_area(const int *results, int area)
{
	int level = -1;
	for (int n = LEVELS; n >= 0; n--) {
		bool any = false, all = true;
		for (int i = 0; i < m.count; i++) {
			any |= m.area[i] == area && applies(results, i);
			all &= !(m.area[i] == area && m.level[i] <= n && is_open(results, i));
		}
		if (any && all && level < 0)
			level = n;
	}
	return level;
}

static int naive_least(const int *results)
{
	int least = LEVELS + 1;
	for (int area = 0; area <= m.area[m.count - 1]; area++) {
		int level = naive_area(results, area);
		if (level >= 0 && level < least)
			least = level;
	}
	return least > LEVELS ? 0 : least;
}

static int gain_hundredths(const int *results, int i)
{
	return m.weight_tenths[i] * (results[i] == RESULT_PARTIAL ? 10 - m.partial_tenths : 10);
}

static bool naive_reaches(const int *results, int n)
{
	long got = 0, of = 0; /* hundredths, tenths */
	if (m.share_hundredths[n] < 0)
		return false;
	for (int i = 0; i < m.count; i++) {
		if (m.level[i] > n || !applies(results, i))
			continue;
		if (m.veto[i] && results[i] != RESULT_MET)
			return false;
		of += m.weight_tenths[i];
		got += results[i] == RESULT_MET ? m.weight_tenths[i] * 10
			: results[i] == RESULT_PARTIAL ? m.weight_tenths[i] * m.partial_tenths : 0;
	}
	return of == 0 || got * 10 >= m.share_hundredths[n] * of;
}

static int naive_threshold(const int *results)
{
	bool any = false;
	for (int i = 0; i < m.count; i++)
		any |= applies(results, i);
	int level = 0;
	while (any && level < LEVELS && naive_reaches(results, level + 1))
		level++;
	return level;
}

static int naive_items(const int *results)
{
	return m.method == METHOD_THRESHOLD ? naive_threshold(results) : naive_least(results);
}

static void check_level(const struct firm *firm, const struct decision *d)
{
	int level = m.method == METHOD_GIVEN ? firm->given > 0 ? firm->given : 0 : naive_items(firm->results);
	if (!firm->is_observed)
		level = 0;
	ck_assert_int_eq(d->level, level);
	ck_assert_int_eq(d->outcome, !firm->is_observed ? OUTCOME_UNFINISHED : level ? OUTCOME_REACHED : OUTCOME_NOT_REACHED);
	for (int i = 0; i < m.count; i++)
		ck_assert_int_eq(d->items[i].result, firm->results[i]);
	for (int a = 0; a <= m.area[m.count - 1]; a++)
		ck_assert_int_eq(d->area_level[a], naive_area(firm->results, a));
	if (m.method == METHOD_GIVEN && firm->is_observed)
		ck_assert_int_eq(d->given_differs, naive_least(firm->results) == level ? -1 : naive_least(firm->results));
	else
		ck_assert_int_eq(d->given_differs, -1);
	for (int r = 0; r < ROUNDS; r++) {
		int alone[ITEMS];
		bool looked = false;
		for (int i = 0; i < m.count; i++) {
			char sign = firm->signs[r][i];
			alone[i] = sign == '.' ? RESULT_UNASSESSED : case_result(sign);
			looked |= alone[i] != RESULT_UNASSESSED;
		}
		ck_assert_int_eq(d->round_level[r], looked ? naive_items(alone) : -1);
		ck_assert_int_eq(d->round_items[r] != NULL, looked);
	}
}

static bool comes_before(int a, int b)
{
	if (m.risk[a] != m.risk[b])
		return m.risk[a] < m.risk[b];
	return m.level[a] != m.level[b] ? m.level[a] < m.level[b] : a < b;
}

/* The listed items are exactly the open ones up to `level`, in order. */
static void check_list(const int *results, int level, const int32_t *items, size_t count)
{
	size_t want = 0;
	for (int i = 0; i < m.count; i++)
		want += m.level[i] <= level && is_open(results, i);
	ck_assert_uint_eq(count, want);
	for (size_t k = 0; k < count; k++) {
		ck_assert(m.level[items[k]] <= level && is_open(results, items[k]));
		ck_assert(k == 0 || comes_before(items[k - 1], items[k]));
	}
}

/* The size of the smallest set of open items that gives `level`, or −1. */
static int naive_fewest(const int *results, int level)
{
	int open[ITEMS], count = 0, fewest = -1;
	for (int i = 0; i < m.count; i++)
		if (is_open(results, i))
			open[count++] = i;
	for (unsigned set = 0; set < 1u << count; set++) {
		int size = __builtin_popcount(set), after[ITEMS];
		if (fewest >= 0 && size >= fewest)
			continue;
		memcpy(after, results, sizeof after);
		for (int k = 0; k < count; k++)
			if (set >> k & 1)
				after[open[k]] = RESULT_MET;
		if (naive_items(after) >= level)
			fewest = size;
	}
	return fewest;
}

static bool step_before(const int *results, int a, int b)
{
	if (m.veto[a] || m.veto[b])
		return m.veto[a] && m.veto[b] ? a < b : m.veto[a];
	int gain_a = gain_hundredths(results, a), gain_b = gain_hundredths(results, b);
	if (gain_a != gain_b)
		return gain_a > gain_b;
	return m.risk[a] != m.risk[b] ? m.risk[a] < m.risk[b] : a < b;
}

static void check_way(const struct firm *firm, const struct decision *d)
{
	int after[ITEMS];
	memcpy(after, firm->results, sizeof after);
	for (size_t k = 0; k < d->way_count; k++)
		after[d->way[k].item] = RESULT_MET;
	if (!d->has_way_up) {
		ck_assert_uint_eq(d->way_count, 0);
		ck_assert(d->next == 0 || naive_fewest(firm->results, d->next) < 0);
		return;
	}
	/* An unfinished one stands at 0 even where no item holds it there. */
	ck_assert_int_ge(naive_items(after), d->next);
	ck_assert_int_eq((int)d->way_count, naive_fewest(firm->results, d->next));
	bool in_way[ITEMS] = { false };
	for (size_t k = 0; k < d->way_count; k++) {
		int item = d->way[k].item;
		in_way[item] = true;
		ck_assert(is_open(firm->results, item) && m.level[item] <= d->next);
		if (m.method != METHOD_THRESHOLD) {
			ck_assert(k == 0 || comes_before(d->way[k - 1].item, item));
			continue;
		}
		ck_assert(k == 0 || step_before(firm->results, d->way[k - 1].item, item));
		ck_assert_int_eq(d->way[k].gain.units, gain_hundredths(firm->results, item) * INT64_C(10000000));
	}
	for (int i = 0; m.method == METHOD_THRESHOLD && i < m.count; i++)
		if (is_open(firm->results, i) && m.level[i] <= d->next && !in_way[i] && d->way_count)
			ck_assert(step_before(firm->results, d->way[d->way_count - 1].item, i));
}

static void check_gap(const struct firm *firm, const struct decision *d)
{
	int next = d->level == LEVELS ? 0 : d->level + 1;
	int target = firm->target > d->level ? firm->target : next;
	ck_assert_int_eq(d->next, next);
	ck_assert_int_eq(d->target, target);
	check_list(firm->results, target, d->gap, d->gap_count);
	check_list(firm->results, target ? target : LEVELS, d->findings, d->finding_count);
	check_way(firm, d);
}

START_TEST(agrees_with_the_naive_reader)
{
	seed = (uint64_t)_i * 7919 + 1;
	for (int n = 0; n < MODELS; n++) {
		struct firm firms[FIRMS];
		make_model();
		for (int f = 0; f < FIRMS; f++)
			make_firm(&firms[f]);
		for (int f = 0; f < FIRMS; f++) {
			const struct decision *d = case_decide(&c, firms[f].participation);
			check_level(&firms[f], d);
			check_gap(&firms[f], d);
		}
		case_close(&c);
	}
}
END_TEST

Suite *assess_random_suite(void)
{
	Suite *suite = suite_create("assess/random");
	TCase *tcase = tcase_create("random");
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, agrees_with_the_naive_reader, 0, 4);
	suite_add_tcase(suite, tcase);
	return suite;
}
