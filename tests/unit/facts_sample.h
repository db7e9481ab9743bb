/* SPDX-License-Identifier: MIT
 *
 * A province small enough to count by hand: two tracks, eight enterprises.
 *
 * ics (min-of-pa, two levels): class device with areas A1 (i0 level 1 高, i1 level 2 中)
 * and A2 (i2 level 1 中 veto, i3 level 2 低); class rules with area A3 (i4 level 1 高,
 * i5 level 1 低).  platform (threshold 0.6, 0.9, partial 0.5): class cloud, area B1
 * with j0 weight 2 level 1 veto, j1 weight 1 level 1, j2 weight 1 level 2.
 *
 *	e0 甲一公司 南京 C13 大型 key    ics 2星 (onsite all met, 保持 by listing 2020 level 2); platform 增强级
 *	e1 乙二公司 南京 C13 中型        ics 1星 (i1, i3 unmet) 下降 from 2
 *	e2 丙三公司 苏州 C26 小型        ics 未达标 (i0 unmet)
 *	e3 丁四公司 苏州 C26            ics 未完成 (self only)
 *	e4 戊五公司 苏州 —              platform 基本级 (j2 unmet) 新达标
 *	e5 己六公司 无锡 D46            ics 1星 (i1 not applicable, i3 partial), target 2
 *	e6 庚七公司 无锡                no participation
 *	e7 辛八公司 徐州 C39            ics 未达标 (i5 unassessed), listed in 2019: 退出
 */
#ifndef XINGJI_TESTS_FACTS_SAMPLE_H
#define XINGJI_TESTS_FACTS_SAMPLE_H

#include <check.h>

#include "assess/assess.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "facts/facts.h"
#include "model/parts.h"

enum { TRACK_ICS, TRACK_PLATFORM, TRACKS }; /* the two that the sample holds */

struct sample {
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
	struct model model;
	struct assessment *assessment;
};

enum { SAMPLE_FIRMS = 8, SAMPLE_PARTS = 8 };

#define SAMPLE_U RESULT_UNASSESSED
#define SAMPLE_M RESULT_MET
#define SAMPLE_P RESULT_PARTIAL
#define SAMPLE_X RESULT_UNMET
#define SAMPLE_N RESULT_NOT_APPLICABLE

static inline struct decimal sample_decimal(const char *text)
{
	struct decimal value = { 0 };
	ck_assert(decimal_parse(text_from(text), &value));
	return value;
}

static inline struct date sample_date(const char *text)
{
	struct date date = { 0 };
	ck_assert(date_parse_iso(text_from(text), &date));
	return date;
}

static inline void sample_item(struct catalogue *catalogue, int32_t index, const char *id, int32_t area, int level)
{
	static const int8_t risks[] = { RISK_HIGH, RISK_MEDIUM, RISK_MEDIUM, RISK_LOW, RISK_HIGH, RISK_LOW };
	catalogue->items[index] = (struct item){
		.id = text_from(id), .level = level, .element = (int8_t)(index % 3), .weight = decimal_from(1), .risk = risks[index],
		.veto = YESNO_NO, .requirement = text_from("应当 <做到>"), .check_method = TEXT("现场核查"), .check = TEXT("查看"),
		.advice = TEXT("整改"), .advice_days = 10 * (index + 1), .advice_department = TEXT("设备部"), .area = area,
	};
	map_add(&catalogue->item_by_id, catalogue->items[index].id, (uint32_t)index);
}

static inline const struct catalogue *sample_ics(struct arena *arena)
{
	static const char *const names[][2] = { { "未达标", "未达标" }, { "基础建设级", "1星" }, { "规范防护级", "2星" } };
	struct catalogue *c = ARENA_NEW(arena, struct catalogue);
	*c = (struct catalogue){ .id = TEXT("ics-2021"), .edition = TEXT("示例 2021.1"), .basis = TEXT("GB/T 41400"), .tracks = TEXT("ics"),
				 .level_count = 2, .class_count = 2, .area_count = 3, .item_count = 6 };
	for (int i = 0; i <= 2; i++)
		c->levels[i] = (struct level){ text_from(names[i][0]), text_from(names[i][1]) };
	c->classes = ARENA_ARRAY(arena, struct class, 2);
	c->areas = ARENA_ARRAY(arena, struct area, 3);
	c->items = ARENA_ARRAY(arena, struct item, 6);
	c->classes[0] = (struct class){ TEXT("device"), TEXT("工业设备安全"), TEXT("核心保护对象安全"), 0, 2 };
	c->classes[1] = (struct class){ TEXT("rules"), TEXT("安全规划与架构"), TEXT("通用安全"), 2, 1 };
	for (int i = 0; i < 3; i++)
		c->areas[i] = (struct area){ text_format(arena, "A%d", i + 1), text_format(arena, "过程域%d", i + 1), i / 2, i * 2, 2 };
	sample_item(c, 0, "A1-1-01", 0, 1);
	sample_item(c, 1, "A1-2-01", 0, 2);
	sample_item(c, 2, "A2-1-01", 1, 1);
	sample_item(c, 3, "A2-2-01", 1, 2);
	sample_item(c, 4, "A3-1-01", 2, 1);
	sample_item(c, 5, "A3-1-02", 2, 1);
	c->items[2].veto = YESNO_YES;
	return c;
}

static inline const struct catalogue *sample_platform(struct arena *arena)
{
	struct catalogue *c = ARENA_NEW(arena, struct catalogue);
	*c = (struct catalogue){ .id = TEXT("platform-2018"), .edition = TEXT("示例 2018.1"), .tracks = TEXT("platform"), .level_count = 2,
				 .class_count = 1, .area_count = 1, .item_count = 3 };
	c->levels[0] = (struct level){ TEXT("未达标"), TEXT("未达标") };
	c->levels[1] = (struct level){ TEXT("基本级"), TEXT("基本级") };
	c->levels[2] = (struct level){ TEXT("增强级"), TEXT("增强级") };
	c->classes = ARENA_ARRAY(arena, struct class, 1);
	c->areas = ARENA_ARRAY(arena, struct area, 1);
	c->items = ARENA_ARRAY(arena, struct item, 3);
	c->classes[0] = (struct class){ TEXT("cloud"), TEXT("工业PaaS层"), TEXT("平台"), 0, 1 };
	c->areas[0] = (struct area){ TEXT("B1"), TEXT("平台安全"), 0, 0, 3 };
	sample_item(c, 0, "B1-1-01", 0, 1);
	sample_item(c, 1, "B1-1-02", 0, 1);
	sample_item(c, 2, "B1-2-01", 0, 2);
	c->items[0].weight = decimal_from(2);
	c->items[0].veto = YESNO_YES;
	return c;
}

static inline void sample_campaign(struct sample *s)
{
	struct campaign *c = &s->model.campaign;
	static const char *const stages[][3] = { { "mobilise", "组织动员", "2021-09-10" }, { "self", "企业自评估", "2021-09-25" },
						 { "rectify", "整改提升", "2021-10-20" }, { "onsite", "现场核查", "2021-11-10" },
						 { "summary", "工作总结", "2021-11-30" } };
	*c = (struct campaign){ .year = 2021, .title = TEXT("江苏省2021年度培育工作"), .province = TEXT("江苏省"),
				.publisher = TEXT("江苏省工业和信息化厅"), .mark = TEXT("内部") };
	c->publication = (struct publication){ .state = STATE_PUBLISHED, .date = sample_date("2021-11-30"), .credit_code = SHOWN_HIDDEN,
					       .small_cell = 3, .rounding = 10, .base_url = TEXT("https://example.org/stars/") };
	c->thresholds = (struct thresholds)THRESHOLDS_USUAL;
	c->stages = ARENA_ARRAY(s->arena, struct stage, 5);
	c->stage_count = 5;
	for (int i = 0; i < 5; i++)
		c->stages[i] = (struct stage){ .id = text_from(stages[i][0]), .name = text_from(stages[i][1]), .deadline = sample_date(stages[i][2]) };
	c->regions = ARENA_ARRAY(s->arena, struct region, 1);
	c->region_count = 1;
	c->regions[0] = (struct region){ .code = TEXT("320583"), .name = TEXT("昆山市"), .city = 4 };
	c->tracks[TRACK_ICS] = (struct track){ .id = TEXT("ics"), .label = TEXT("工控"), .name = TEXT("工控安全防护"), .decider = DECIDER_PROVINCE };
	c->tracks[TRACK_PLATFORM] = (struct track){ .id = TEXT("platform"), .label = TEXT("平台"), .name = TEXT("平台安全防护"), .decider = DECIDER_CITY };
	c->track_count = c->known_count = TRACKS;
	c->tracks[TRACK_ICS].rule = (struct rule){ .method = METHOD_MIN_OF_PA, .rounds = { ROUND_ONSITE, ROUND_RECHECK, ROUND_ONLINE }, .round_count = 3,
					     .partial = sample_decimal("0.5") };
	c->tracks[TRACK_PLATFORM].rule = c->tracks[TRACK_ICS].rule;
	c->tracks[TRACK_PLATFORM].rule.method = METHOD_THRESHOLD;
	c->tracks[TRACK_PLATFORM].rule.share[1] = sample_decimal("0.6");
	c->tracks[TRACK_PLATFORM].rule.share[2] = sample_decimal("0.9");
	c->tracks[TRACK_PLATFORM].rule.has_share[1] = c->tracks[TRACK_PLATFORM].rule.has_share[2] = true;
}

enum { SAMPLE_CITIES = 13 };

/* The map has a place for the first two only, as a file does where nobody finished it. */
static inline void sample_cities(struct sample *s)
{
	static const char *const names[SAMPLE_CITIES] = { "南京", "无锡", "徐州", "常州", "苏州", "南通", "连云港", "淮安", "盐城", "扬州", "镇江", "泰州", "宿迁" };
	struct prefecture *rows = ARENA_ARRAY(s->arena, struct prefecture, SAMPLE_CITIES);
	for (int i = 0; i < SAMPLE_CITIES; i++)
		rows[i] = (struct prefecture){
			.code = text_format(s->arena, "32%02d00", i + 1), .name = text_format(s->arena, "%s市", names[i]), .brief = text_from(names[i]),
			.province_code = TEXT("32"), .province = TEXT("江苏省"), .column = i < 2 ? i + 3 : MISSING, .row = i < 2 ? 4 : MISSING,
		};
	s->model.prefectures = (struct prefectures){ rows, SAMPLE_CITIES };
	s->model.cities = ARENA_ARRAY(s->arena, struct city, SAMPLE_CITIES);
}

static inline void sample_enterprises(struct sample *s)
{
	static const char *const names[SAMPLE_FIRMS] = { "甲一公司", "乙二公司", "丙三公司", "丁四公司", "戊五公司", "己六公司", "庚七公司", "辛八公司" };
	static const int8_t places[SAMPLE_FIRMS] = { 0, 0, 4, 4, 4, 1, 1, 2 };
	static const int8_t trades[SAMPLE_FIRMS] = { 0, 0, 13, 13, -1, 33, -1, 26 };
	static const int8_t sizes[SAMPLE_FIRMS] = { SIZE_LARGE, SIZE_MEDIUM, SIZE_SMALL, -1, -1, SIZE_LARGE, -1, SIZE_MICRO };
	struct model *m = &s->model;
	m->enterprise_count = SAMPLE_FIRMS;
	m->enterprises = ARENA_ARRAY(s->arena, struct enterprise, SAMPLE_FIRMS);
	for (int i = 0; i < SAMPLE_FIRMS; i++) {
		m->enterprises[i] = (struct enterprise){
			.code = text_format(s->arena, "91320000CODE%05d", i), .name = text_from(names[i]), .city = places[i], .industry = trades[i],
			.size = sizes[i], .origin = i % 3 ? ORIGIN_PILOT : ORIGIN_OTHER, .grade = -1, .is_key = i == 0 ? YESNO_YES : YESNO_NO,
			.consultant = i < 2 ? 0 : -1, .contact = text_format(s->arena, "联系人%d", i), .phone = text_format(s->arena, "1390000000%d", i),
			.region = i == 2 ? 0 : -1, .first_part = -1,
		};
		map_add(&m->enterprise_by_code, m->enterprises[i].code, (uint32_t)i);
	}
	m->enterprises[0].committed = sample_date("2021-09-01");
	m->agency_count = 2;
	m->agencies = ARENA_ARRAY(s->arena, struct agency, 2);
	for (int i = 0; i < 2; i++)
		m->agencies[i] = (struct agency){ .code = text_format(s->arena, "JG00%d", i + 1), .name = text_format(s->arena, "机构%d", i + 1), .city = 0,
						  .is_provincial = i ? YESNO_YES : YESNO_NO };
	sample_cities(s);
	for (int i = 0; i < SAMPLE_CITIES; i++)
		m->cities[i] = (struct city){ .city = (int8_t)i, .enterprises = i < 5 ? 100 : -1, .target = i < 5 ? 2 : -1 };
}

static inline void sample_part(struct sample *s, int index, int32_t enterprise, int track, int8_t target)
{
	s->model.participations[index] = (struct participation){ .enterprise = enterprise, .track = (int8_t)track, .target = target, .checker = 1,
								 .given = -1, .self_date = sample_date(index % 2 ? "2021-09-26" : "2021-09-20") };
	parts_link(&s->model);
}

/* Appends one observation per letter: M met, P partial, X unmet, N not applicable; a dot is none. */
static inline void sample_round(struct sample *s, int index, int round, const char *letters)
{
	struct participation *part = &s->model.participations[index];
	if (part->observation_count == 0)
		part->first_observation = s->model.observation_count;
	for (int i = 0; letters[i]; i++) {
		if (letters[i] == '.')
			continue;
		int result = letters[i] == 'M' ? RESULT_MET : letters[i] == 'P' ? RESULT_PARTIAL : letters[i] == 'X' ? RESULT_UNMET : RESULT_NOT_APPLICABLE;
		s->model.observations[s->model.observation_count++] = (struct observation){
			.item = i, .round = (int8_t)round, .result = (int8_t)result,
			.remark = (uint32_t)s->model.remark_count + 1, .date = sample_date("2021-10-08"),
		};
		s->model.remarks[s->model.remark_count++] = (struct remark){
			text_format(s->arena, "说明%d-%d", index, i), TEXT("照片"), MISSING,
		};
		part->observation_count++;
	}
}

static inline void sample_parts(struct sample *s)
{
	struct model *m = &s->model;
	m->participations = ARENA_ARRAY(s->arena, struct participation, SAMPLE_PARTS);
	m->observations = ARENA_ARRAY(s->arena, struct observation, 200);
	m->remarks = ARENA_ARRAY(s->arena, struct remark, 200);
	m->participation_count = SAMPLE_PARTS;
	sample_part(s, 0, 0, TRACK_ICS, -1);
	sample_part(s, 1, 1, TRACK_ICS, -1);
	sample_part(s, 2, 2, TRACK_ICS, -1);
	sample_part(s, 3, 3, TRACK_ICS, -1);
	sample_part(s, 4, 5, TRACK_ICS, 2);
	sample_part(s, 5, 7, TRACK_ICS, -1);
	sample_part(s, 6, 0, TRACK_PLATFORM, -1);
	sample_part(s, 7, 4, TRACK_PLATFORM, 2);
	sample_round(s, 0, ROUND_SELF, "MMMMMM");
	sample_round(s, 0, ROUND_ONLINE, "MXMMMM");
	sample_round(s, 0, ROUND_ONSITE, "MMMMMM");
	sample_round(s, 1, ROUND_SELF, "MMMMMM");
	sample_round(s, 1, ROUND_ONLINE, "MXMXMM");
	sample_round(s, 2, ROUND_SELF, "MXMXMM");
	sample_round(s, 2, ROUND_ONLINE, "XMMMMM");
	sample_round(s, 3, ROUND_SELF, "MMMMMM");
	sample_round(s, 4, ROUND_ONLINE, "MNMPMM");
	sample_round(s, 5, ROUND_ONLINE, "MMMMM.");
	sample_round(s, 6, ROUND_ONLINE, "MMM");
	sample_round(s, 7, ROUND_ONLINE, "MMX");
	m->participations[0].onsite_date = sample_date("2021-11-11");
	m->participations[0].online_date = m->participations[1].online_date = sample_date("2021-10-08");
	m->participations[1].rectify_date = sample_date("2021-10-20");
}

static inline void sample_rest(struct sample *s)
{
	struct model *m = &s->model;
	m->rectification_count = 2;
	m->rectifications = ARENA_ARRAY(s->arena, struct rectification, 2);
	m->rectifications[0] = (struct rectification){ .enterprise = 1, .track = TRACK_ICS, .item = 1, .measure = TEXT("加固"), .status = STATUS_PARTLY,
						       .planned = sample_date("2021-10-15"), .participation = 1 };
	m->rectifications[1] = (struct rectification){ .enterprise = 2, .track = TRACK_ICS, .item = 0, .measure = TEXT("补丁"), .department = TEXT("装备部"), .status = STATUS_DONE,
						       .planned = sample_date("2021-10-15"), .finished = sample_date("2021-10-14"), .participation = 2 };
	m->nomination_count = 3;
	m->nominations = ARENA_ARRAY(s->arena, struct nomination, 3);
	m->nominations[0] = (struct nomination){ .award = AWARD_CASE, .name = TEXT("好案例"), .verdict = VERDICT_CHOSEN, .enterprise = 0, .agency = -1 };
	m->nominations[1] = (struct nomination){ .award = AWARD_CASE, .name = TEXT("坏案例"), .verdict = VERDICT_CHOSEN, .enterprise = 2, .agency = -1 };
	m->nominations[2] = (struct nomination){ .award = AWARD_PROVIDER, .name = TEXT("机构2"), .verdict = VERDICT_CHOSEN, .enterprise = -1, .agency = 1 };
	m->earlier_count = 4;
	m->earlier = ARENA_ARRAY(s->arena, struct earlier, 4);
	m->earlier[0] = (struct earlier){ .code = m->enterprises[0].code, .name = TEXT("甲一公司"), .city = 0, .track = TRACK_ICS, .level = 2, .year = 2020,
					  .level_label = TEXT("2星"), .enterprise = 0 };
	m->earlier[1] = m->earlier[0];
	m->earlier[1].code = m->enterprises[1].code;
	m->earlier[1].enterprise = 1;
	m->earlier[1].name = TEXT("乙二公司");
	m->earlier[2] = m->earlier[0];
	m->earlier[2].enterprise = -1;
	m->earlier[2].code = TEXT("91320000GONE00000");
	m->earlier[2].name = TEXT("旧公司");
	m->earlier[2].level = 1;
	m->earlier[3] = m->earlier[0];
	m->earlier[3].enterprise = 7;
	m->earlier[3].name = TEXT("辛八公司");
	m->earlier[3].code = m->enterprises[7].code;
	m->earlier[3].year = 2019;
}

static inline void sample_init(struct sample *s)
{
	*s = (struct sample){ .arena = arena_new() };
	s->sources = sources_new(s->arena);
	s->diag = diag_new(s->arena, s->sources);
	s->model.catalogues[TRACK_ICS] = sample_ics(s->arena);
	s->model.catalogues[TRACK_PLATFORM] = sample_platform(s->arena);
	sample_campaign(s);
	sample_enterprises(s);
	sample_parts(s);
	sample_rest(s);
	s->assessment = assess_model(s->arena, &s->model, diag_new(s->arena, s->sources));
}

static inline void sample_clear(struct sample *s)
{
	struct map ics = s->model.catalogues[TRACK_ICS]->item_by_id, platform = s->model.catalogues[TRACK_PLATFORM]->item_by_id;
	map_clear(&s->model.enterprise_by_code);
	map_clear(&ics);
	map_clear(&platform);
	arena_free(s->arena);
}

static inline struct facts *sample_open(struct sample *s, enum facts_scope scope)
{
	struct facts *facts = facts_open(&(struct facts_options){ .assessment = s->assessment, .diag = s->diag, .scope = scope,
								  .today = sample_date("2021-11-30"), .sources = s->sources });
	ck_assert_ptr_nonnull(facts);
	return facts;
}

/* All rows as text: columns separated by |, rows by /, NULL as ∅; "error" when the query fails. */
static inline const char *sample_ask(struct sample *s, struct facts *facts, const char *sql)
{
	struct rows rows;
	struct buf buf;
	if (!facts_query(facts, s->arena, text_from(sql), NO_SPAN, &rows))
		return "error";
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < rows.row_count * rows.column_count; i++) {
		if (i)
			buf_byte(&buf, i % rows.column_count ? '|' : '/');
		if (rows.values[i].kind == VALUE_NULL)
			buf_string(&buf, "∅");
		buf_text(&buf, rows.values[i].text);
	}
	const char *text = text_string(s->arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

#endif
