/* SPDX-License-Identifier: MIT */
#include "registers.h"

#include <stdio.h>

#include "dates.h"
#include "rng.h"

enum { EARLIER_PER_MILLE = 375, GONE_EVERY = 30, EMPTY_FORMS = 6, CONTACTS = 10, TELEPHONES = 10000 };

const char *const registers_tracks[TRACK_COUNT] = {"工控", "平台"};

const char registers_enterprise_heading[] = "统一社会信用代码,企业名称,设区市,行业代码,企业规模,培育来源,认定级别,重点企业,"
											"咨询机构,服务承诺书日期,联系人,联系电话,电子邮箱";
const char registers_participation_heading[] = "统一社会信用代码,参培类型,平台名称,目标级别,自评估提交日期,线上核查日期,"
											   "整改提交日期,现场核查日期,核查机构,核定级别";
const char registers_listed_heading[] = "统一社会信用代码,企业名称,设区市,参培类型,级别";

/* The ten Heavenly Stems tell contact persons apart. */
static const char *const stems[CONTACTS] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};

void registers_agency_code(char text[REGISTERS_AGENCY_MAX], size_t agency)
{
	snprintf(text, REGISTERS_AGENCY_MAX, "JG%03u", (unsigned)(agency % 1000) + 1);
}

void registers_date(struct sheet *sheet, int day, struct rng *rng)
{
	char text[DATES_TEXT_MAX];
	bool is_usual = rng_chance(rng, 950);
	dates_write(text, day, is_usual ? DATE_ISO : (enum date_form)rng_below(rng, DATE_FORM_COUNT));
	sheet_cell(sheet, text);
}

/* A stream for how a row is written, apart from what it says. */
static void writing_init(struct rng *rng, const struct enterprise *enterprise, size_t kind)
{
	rng_init(rng, enterprise->seed, STREAM_WRITING, enterprise->index * (1 + TRACK_COUNT) + kind);
}

static void city_cell(struct sheet *sheet, const struct enterprise *enterprise, struct rng *rng)
{
	static const uint8_t forms[] = {70, 20, 10};
	const struct city *city = &places_cities[enterprise->city];
	char text[NAMES_TEXT_MAX];
	if (enterprise->is_county) {
		sheet_cell(sheet, city->county);
		return;
	}
	size_t form = rng_pick(rng, forms, sizeof forms);
	snprintf(text, sizeof text, "%s%s", form == 2 ? "江苏省" : "", form == 1 ? city->brief : city->name);
	sheet_cell(sheet, text);
}

/* How staff leave a cell empty. */
static const char *empty_draw(struct rng *rng)
{
	static const char *const forms[EMPTY_FORMS] = {"", "", "", "", "—", "无"};
	return forms[rng_below(rng, EMPTY_FORMS)];
}

static void contact_cells(struct sheet *sheet, size_t index, struct rng *rng)
{
	char text[NAMES_TEXT_MAX];
	snprintf(text, sizeof text, "示例联系人%s", stems[index % CONTACTS]);
	sheet_cell(sheet, text);
	snprintf(text, sizeof text, "000-0000 %04u", (unsigned)((index + 1) % TELEPHONES));
	sheet_cell(sheet, text);
	const char *domain = rng_chance(rng, 600) ? "example.com" : "example.org";
	snprintf(text, sizeof text, "contact%06u@%s", (unsigned)(index + 1), domain);
	sheet_cell(sheet, rng_chance(rng, 930) ? text : "");
}

void registers_enterprise(struct sheet *sheet, const struct enterprise *enterprise)
{
	static const char *const sizes[] = {"大型", "中型", "小型", "微型"};
	static const char *const sources[] = {"当年新申报试点示范", "2018年以来认定", "其他"};
	static const char *const grades[] = {"", "国家级", "省级", "市级"};
	struct rng rng;
	writing_init(&rng, enterprise, 0);
	sheet_cell(sheet, enterprise->code);
	sheet_cell(sheet, enterprise->name);
	city_cell(sheet, enterprise, &rng);
	sheet_cell(sheet, places_industries[enterprise->industry].code);
	sheet_cell(sheet, sizes[enterprise->size]);
	sheet_cell(sheet, sources[enterprise->source]);
	sheet_cell(sheet, enterprise->grade == 0 ? empty_draw(&rng) : grades[enterprise->grade]);
	sheet_cell(sheet, enterprise->is_key ? "是" : "否");
	char agency[REGISTERS_AGENCY_MAX];
	registers_agency_code(agency, enterprise->agency);
	sheet_cell(sheet, agency);
	registers_date(sheet, enterprise->commitment_day, &rng);
	contact_cells(sheet, enterprise->index, &rng);
	sheet_line(sheet);
}

static void platform_cell(struct sheet *sheet, const struct participation *part, struct rng *rng)
{
	static const char *const kinds[] = {"工业互联网平台", "智能制造云平台", "设备云平台", "产业协同平台", "数字工厂平台"};
	char text[2 * NAMES_TEXT_MAX];
	snprintf(text, sizeof text, "示例%s%s", part->enterprise->brand, kinds[rng_below(rng, 5)]);
	sheet_cell(sheet, part->track == TRACK_PLATFORM ? text : empty_draw(rng));
}

void registers_participation(struct sheet *sheet, const struct participation *part, const struct catalogue *catalogue)
{
	static const uint8_t level_forms[] = {80, 12, 8};
	struct rng rng;
	writing_init(&rng, part->enterprise, 1U + (unsigned)part->track);
	sheet_cell(sheet, part->enterprise->code);
	sheet_cell(sheet, registers_tracks[part->track]);
	platform_cell(sheet, part, &rng);
	unsigned form = (unsigned)rng_pick(&rng, level_forms, sizeof level_forms);
	sheet_cell(sheet, part->target > 0 ? catalogue_level(catalogue, part->target, form) : "");
	registers_date(sheet, part->day[ROUND_SELF], &rng);
	registers_date(sheet, part->day[ROUND_ONLINE], &rng);
	registers_date(sheet, part->rectified_day, &rng);
	registers_date(sheet, part->day[ROUND_ONSITE], &rng);
	char agency[REGISTERS_AGENCY_MAX];
	registers_agency_code(agency, part->supporter);
	sheet_cell(sheet, part->enterprise->profile.is_finished ? agency : "");
	sheet_cell(sheet, "");
	sheet_line(sheet);
}

/* Last year's level of a track: mostly lower or the same. */
static int earlier_draw(int level, int top, struct rng *rng)
{
	static const uint8_t moves[] = {45, 40, 15};
	size_t move = rng_pick(rng, moves, sizeof moves);
	if (level <= 0)
		return 1 + (int)rng_below(rng, 2);
	int earlier = move == 0 ? level - 1 - (int)rng_below(rng, (uint32_t)level) / 2 : move == 1 ? level : level + 1;
	return earlier < 1 ? 1 : earlier > top ? top : earlier;
}

static void listed_row(struct sheet *sheet, const struct enterprise *enterprise, const char *track, const char *level)
{
	sheet_cell(sheet, enterprise->code);
	sheet_cell(sheet, enterprise->name);
	sheet_cell(sheet, places_cities[enterprise->city].name);
	sheet_cell(sheet, track);
	sheet_cell(sheet, level);
	sheet_line(sheet);
}

/* A firm that was listed last year and takes no part now. */
static void gone_row(struct sheet *sheet, size_t index, const struct catalogue *catalogue, struct rng *rng)
{
	struct enterprise gone = {.index = index, .city = rng_below(rng, CITY_COUNT)};
	const struct industry *industry = &places_industries[rng_below(rng, INDUSTRY_COUNT)];
	const char *parts[3] = {places_cities[gone.city].brief, gone.brand, industry->products[rng_below(rng, 3)]};
	names_brand(gone.brand, index * 7 + 3);
	names_firm(gone.name, parts, rng);
	names_code(gone.code, places_cities[gone.city].code, "YY", (unsigned)index + 1);
	listed_row(sheet, &gone, registers_tracks[TRACK_ICS], catalogue_level(catalogue, 1 + (int)rng_below(rng, 2), 0));
}

void registers_listed(struct sheet *sheet, const struct enterprise *enterprise,
					  const struct catalogue catalogues[TRACK_COUNT])
{
	static const uint8_t level_forms[] = {75, 15, 10};
	struct rng rng;
	rng_init(&rng, enterprise->seed, STREAM_EARLIER, enterprise->index);
	for (unsigned track = 0; track < TRACK_COUNT; track++) {
		int level = enterprise->profile.level[track], top = catalogues[track].top;
		bool is_listed = rng_chance(&rng, EARLIER_PER_MILLE);
		int earlier = earlier_draw(level > top ? top : level, top, &rng);
		unsigned form = (unsigned)rng_pick(&rng, level_forms, sizeof level_forms);
		bool is_starless = rng_chance(&rng, 40);
		if (level != TRACK_ABSENT && is_listed)
			listed_row(sheet, enterprise, registers_tracks[track],
					   catalogue_level(&catalogues[track], is_starless ? 0 : earlier, form));
	}
	if (enterprise->index % GONE_EVERY == GONE_EVERY / 2)
		gone_row(sheet, enterprise->index, &catalogues[TRACK_ICS], &rng);
}
