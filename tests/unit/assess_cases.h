/* SPDX-License-Identifier: MIT
 *
 * Small models written as strings, for the tests of assess/.
 *
 *	case_open(&c, 3, "1 2*0.5 | 1H! 3");      three levels, two areas of one class
 *	int p = case_join(&c, TRACK_ICS, -1);     a participation of a new enterprise
 *	case_see(&c, p, ROUND_ONSITE, "+-~n");    one sign per item, in catalogue order
 *	const struct decision *d = case_decide(&c, p);
 *
 * An item is its level, then *weight, a risk letter H M L (default M), ! for a veto
 * item and @days.  " | " begins an area, " || " a class.  Elements go round.
 * Signs: + met, ~ partial, - unmet, n not applicable, ? unassessed, . no row.
 */
#ifndef XINGJI_TESTS_ASSESS_CASES_H
#define XINGJI_TESTS_ASSESS_CASES_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "assess/rule.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "model/parts.h"

enum { TRACK_ICS, TRACK_PLATFORM, TRACKS }; /* the two that every case holds */

enum { CASE_PARTS = 16, CASE_ITEMS = 64, CASE_FIRMS = 64, CASE_SEEN = 8192, CASE_EARLIER = 32, CASE_YEAR = 2021 };

struct test_case {
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct model model;
	struct catalogue catalogue;
	struct class classes[CASE_PARTS];
	struct area areas[CASE_PARTS];
	struct item items[CASE_ITEMS];
	struct enterprise enterprises[CASE_FIRMS];
	struct participation participations[CASE_FIRMS];
	struct observation observations[CASE_SEEN];
	struct earlier earlier[CASE_EARLIER];
	uint32_t source;
	struct assessment *assessment;
};

static inline struct decimal case_decimal(const char *string)
{
	struct decimal value = { 0 };
	ck_assert_msg(decimal_parse(text_from(string), &value), "%s", string);
	return value;
}

static inline struct text case_text(struct test_case *c, const char *prefix, int number)
{
	return text_format(c->arena, "%s%d", prefix, number);
}

static inline void case_add_class(struct test_case *c)
{
	int32_t n = c->catalogue.class_count++;
	c->classes[n] = (struct class){ .id = case_text(c, "C", n + 1), .name = case_text(c, "class ", n + 1),
					.group = TEXT("group"), .first_area = c->catalogue.area_count };
}

static inline void case_add_area(struct test_case *c)
{
	int32_t n = c->catalogue.area_count++;
	c->areas[n] = (struct area){ .id = case_text(c, "PA", n + 1), .name = case_text(c, "area ", n + 1),
				     .class = c->catalogue.class_count - 1, .first_item = c->catalogue.item_count };
	c->classes[c->catalogue.class_count - 1].area_count++;
}

/* "2*0.5H!@30" up to the next blank. */
static inline const char *case_add_item(struct test_case *c, const char *spec)
{
	int32_t n = c->catalogue.item_count++, area = c->catalogue.area_count - 1;
	ck_assert_int_lt(n, CASE_ITEMS);
	struct item *item = &c->items[n];
	int32_t serial = ++c->areas[area].item_count;
	*item = (struct item){ .id = text_format(c->arena, "PA%d-%d", area + 1, serial), .area = area,
			       .element = (int8_t)(n % ELEMENTS), .weight = decimal_from(1), .risk = RISK_MEDIUM,
			       .veto = YESNO_NO, .advice_days = -1, .requirement = TEXT("requirement"),
			       .advice_department = TEXT("department") };
	item->level = *spec++ - '0';
	for (; *spec && *spec != ' '; spec++) {
		char number[32] = { 0 };
		size_t size = *spec == '*' || *spec == '@' ? strspn(spec + 1, "0123456789.") : 0;
		memcpy(number, spec + 1, size);
		if (*spec == '*')
			item->weight = case_decimal(number);
		else if (*spec == '@')
			item->advice_days = strtol(number, NULL, 10);
		else if (*spec == '!')
			item->veto = YESNO_YES;
		else
			item->risk = *spec == 'H' ? RISK_HIGH : *spec == 'L' ? RISK_LOW : RISK_MEDIUM;
		spec += size;
	}
	return spec;
}

static inline void case_open(struct test_case *c, int levels, const char *spec)
{
	static const struct prefecture city = { .code = TEXT_INIT("320100"), .name = TEXT_INIT("南京市") };
	static const char source_text[] = "code,round\nfirst line\nsecond line\nthird line\n";
	memset(c, 0, sizeof *c);
	c->model.prefectures = (struct prefectures){ &city, 1 };
	c->arena = arena_new();
	c->sources = sources_new(c->arena);
	c->diag = diag_new(c->arena, c->sources);
	c->source = sources_add(c->sources, TEXT("data/2021/results/a.csv"), text_from(source_text), "UTF-8");
	c->catalogue = (struct catalogue){ .id = TEXT("test"), .level_count = (int8_t)levels, .classes = c->classes,
					   .areas = c->areas, .items = c->items };
	c->catalogue.levels[0] = (struct level){ TEXT("未达标"), TEXT("未达标") };
	for (int n = 1; n <= levels; n++)
		c->catalogue.levels[n] = (struct level){ case_text(c, "name ", n), text_format(c->arena, "%d星", n) };
	case_add_class(c);
	case_add_area(c);
	while (*spec) {
		if (spec[0] == '|') {
			if (spec[1] == '|')
				case_add_class(c);
			case_add_area(c);
			spec += spec[1] == '|' ? 2 : 1;
		} else if (*spec == ' ') {
			spec++;
		} else {
			spec = case_add_item(c, spec);
		}
	}
	struct model *model = &c->model;
	model->campaign.year = CASE_YEAR;
	for (int t = 0; t < TRACKS; t++) {
		model->catalogues[t] = &c->catalogue;
		model->campaign.tracks[t] = (struct track){ .id = text_from(t ? "platform" : "ics"), .label = text_from(t ? "平台" : "工控"),
							    .rule = { .method = METHOD_MIN_OF_PA, .partial = case_decimal("0.5") } };
	}
	model->campaign.track_count = model->campaign.known_count = TRACKS;
	model->enterprises = c->enterprises;
	model->participations = c->participations;
	model->observations = c->observations;
	model->earlier = c->earlier;
}

static inline void case_close(struct test_case *c)
{
	arena_free(c->arena);
}

/* threshold, with the shares of levels 1, 2 … separated by blanks; "-" for a level without one. */
static inline void case_threshold(struct test_case *c, const char *partial, const char *shares)
{
	struct rule rule = { .method = METHOD_THRESHOLD, .partial = case_decimal(partial) };
	struct text rest = text_from(shares), share;
	for (int n = 1; text_next(&rest, ' ', &share); n++) {
		rule.has_share[n] = !text_is(share, "-");
		if (rule.has_share[n])
			ck_assert(decimal_parse(share, &rule.share[n]));
	}
	c->model.campaign.tracks[TRACK_ICS].rule = c->model.campaign.tracks[TRACK_PLATFORM].rule = rule;
}

static inline void case_method(struct test_case *c, enum method method)
{
	c->model.campaign.tracks[TRACK_ICS].rule.method = c->model.campaign.tracks[TRACK_PLATFORM].rule.method = (int8_t)method;
}

static inline int case_join_firm(struct test_case *c, int32_t firm, int track, int target)
{
	size_t p = c->model.participation_count++;
	ck_assert_uint_lt(p, CASE_FIRMS);
	c->participations[p] = (struct participation){ .enterprise = firm, .track = (int8_t)track, .target = (int8_t)target,
						       .given = -1, .first_observation = c->model.observation_count,
						       .place = { c->source, 0, 4 } };
	parts_link(&c->model);
	return (int)p;
}

static inline int case_join(struct test_case *c, int track, int target)
{
	size_t e = c->model.enterprise_count++;
	ck_assert_uint_lt(e, CASE_FIRMS);
	c->enterprises[e] = (struct enterprise){ .code = text_format(c->arena, "9132050000000%05zu", 99999 - e),
						 .name = case_text(c, "firm ", (int)e), .first_part = -1 };
	return case_join_firm(c, (int32_t)e, track, target);
}

static inline int case_result(char sign)
{
	static const char signs[] = "?+~-n"; /* enum result */
	const char *at = strchr(signs, sign);
	ck_assert_msg(at && sign, "sign '%c'", sign);
	return (int)(at - signs);
}

/* Rounds of one participation in ascending order, right after case_join. */
static inline void case_see(struct test_case *c, int participation, enum round round, const char *signs)
{
	for (int32_t i = 0, n = 0; signs[i]; i++) {
		if (signs[i] == ' ')
			continue;
		ck_assert_int_lt(n, c->catalogue.item_count);
		if (signs[i] != '.') {
			size_t k = c->model.observation_count++;
			ck_assert_uint_lt(k, CASE_SEEN);
			c->observations[k] = (struct observation){
				.item = n, .round = (int8_t)round,
				.result = (int8_t)case_result(signs[i]), .date = { 2021, 11, 2 },
				.source = c->source, .start = (uint32_t)(11 + n % 3 * 11), .size = 1,
			};
			c->participations[participation].observation_count++;
		}
		n++;
	}
}

static inline void case_listed(struct test_case *c, int participation, int year, int level)
{
	const struct participation *who = &c->participations[participation];
	c->earlier[c->model.earlier_count++] = (struct earlier){
		.code = c->enterprises[who->enterprise].code, .track = who->track, .level = (int8_t)level, .year = year,
		.level_label = text_format(c->arena, "%d星(%d)", level, year), .enterprise = who->enterprise,
	};
}

static inline const struct decision *case_decide(struct test_case *c, int participation)
{
	if (!c->assessment)
		c->assessment = assess_model(c->arena, &c->model, c->diag);
	return &c->assessment->decisions[participation];
}

/* "PA1-1 PA2-3" */
static inline const char *case_names(struct test_case *c, const int32_t *items, size_t count)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < count; i++) {
		buf_string(&buf, i ? " " : "");
		buf_text(&buf, c->items[items[i]].id);
	}
	const char *names = text_string(c->arena, buf_view(&buf));
	buf_clear(&buf);
	return names;
}

static inline const char *case_way(struct test_case *c, const struct decision *decision)
{
	int32_t items[CASE_ITEMS];
	for (size_t i = 0; i < decision->way_count; i++)
		items[i] = decision->way[i].item;
	return case_names(c, items, decision->way_count);
}

#define case_gap(c, decision) case_names((c), (decision)->gap, (decision)->gap_count)
#define case_findings(c, decision) case_names((c), (decision)->findings, (decision)->finding_count)

#endif
