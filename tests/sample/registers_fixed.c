/* SPDX-License-Identifier: MIT */
/* The files of the province as a whole; their rows stand in tables here and in places.c. */
#include <stdio.h>
#include <string.h>

#include "dates.h"
#include "registers.h"
#include "rng.h"

static const char *const campaign_lines[] = {
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
	"<!-- 示例数据：企业、机构、人员和结果均为虚构，由 tests/sample 生成。 -->",
	"<campaign year=\"2021\" title=\"江苏省2021年度工业信息安全防护星级企业培育工作\"",
	"          province=\"江苏省\" publisher=\"江苏省工业和信息化厅\">",
	"  <stage id=\"mobilise\" name=\"组织动员\"   deadline=\"2021-09-10\"/>",
	"  <stage id=\"self\"     name=\"企业自评估\" deadline=\"2021-09-25\"/>",
	"  <stage id=\"rectify\"  name=\"整改提升\"   deadline=\"2021-10-20\"/>",
	"  <stage id=\"onsite\"   name=\"现场核查\"   deadline=\"2021-11-10\"/>",
	"  <stage id=\"summary\"  name=\"工作总结\"   deadline=\"2021-11-30\"/>",
	"  <publication state=\"公布\" date=\"2021-11-30\" credit-code=\"hidden\" small-cell=\"3\"",
	"               document-number=\"示例〔2021〕1号\" contact=\"示例处，示例路1号，电话 000-00000000\"",
	"               licence=\"示例许可：可自由使用，请注明来源\" licence-url=\"https://example.org/licence/\"",
	"               icp=\"示ICP备00000000号\" police=\"示公网安备00000000000000号\"",
	"               base-url=\"https://example.org/stars/\"/>",
	"  <region code=\"320583\" name=\"昆山市\" city=\"320500\"/>",
	"  <region code=\"321283\" name=\"泰兴市\" city=\"321200\"/>",
	"  <region code=\"321322\" name=\"沭阳县\" city=\"321300\"/>",
	"  <track id=\"ics\" model=\"ics-2021\">",
	"    <rule method=\"min-of-pa\" rounds=\"onsite recheck online\"/>",
	"  </track>",
	"  <track id=\"platform\" model=\"platform-2018\">",
	"    <rule method=\"threshold\" rounds=\"onsite recheck online\" partial=\"0.5\">",
	"      <level n=\"1\" share=\"0.80\"/> <level n=\"2\" share=\"0.90\"/>",
	"    </rule>",
	"  </track>",
	"</campaign>",
};

static bool campaign_write(const char *dir)
{
	struct sheet *sheet = sheet_open(dir, "campaign.xml", SHEET_UTF8);
	if (sheet == NULL)
		return false;
	for (size_t i = 0; i < sizeof campaign_lines / sizeof *campaign_lines; i++)
		sheet_text_line(sheet, campaign_lines[i]);
	return sheet_close(sheet);
}

static bool cities_write(const char *dir, size_t enterprises)
{
	struct sheet *sheet = sheet_open(dir, "cities.csv", SHEET_UTF8);
	if (sheet == NULL)
		return false;
	sheet_text_line(sheet, "设区市,规模以上工业企业数,参培目标数");
	for (size_t i = 0; i < CITY_COUNT; i++) {
		const struct city *city = &places_cities[i];
		size_t target = (city->target * enterprises + BLOCK_SIZE / 2) / BLOCK_SIZE;
		char factories[24], wanted[24];
		snprintf(factories, sizeof factories, "%u", (unsigned)city->factories);
		snprintf(wanted, sizeof wanted, "%lu", (unsigned long)(target == 0 ? 1 : target));
		sheet_row(sheet, (const char *const[]){city->name, factories, wanted, NULL});
	}
	return sheet_close(sheet);
}

static void agency_name(char text[NAMES_TEXT_MAX], size_t agency)
{
	static const char *const kinds[] = {"信安测评技术", "工控安全服务", "网络安全科技", "信息安全咨询", "工业互联网安全研究院"};
	char brand[NAMES_TEXT_MAX];
	names_brand(brand, agency * 11 + 5);
	snprintf(text, NAMES_TEXT_MAX, "%s示例%.9s%s有限公司", places_cities[places_agency_city(agency)].brief, brand,
			 kinds[agency * 3 % 5]);
}

static void agency_row(struct sheet *sheet, size_t agency, struct rng *rng)
{
	static const char *const stems[] = {"子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"};
	size_t city = places_agency_city(agency);
	char code[REGISTERS_AGENCY_MAX], name[NAMES_TEXT_MAX], person[NAMES_TEXT_MAX], telephone[24];
	registers_agency_code(code, agency);
	agency_name(name, agency);
	snprintf(person, sizeof person, "示例联系人%s", stems[agency % 12]);
	snprintf(telephone, sizeof telephone, "025-%08u", (unsigned)(agency % 100) + 1);
	bool is_supporter = agency - places_first_agency(city) < places_cities[city].supporters;
	sheet_cell(sheet, code);
	sheet_cell(sheet, name);
	sheet_cell(sheet, rng_chance(rng, 250) ? places_cities[city].brief : places_cities[city].name);
	sheet_cell(sheet, is_supporter ? "是" : "否");
	registers_date(sheet, dates_workday(16 + (int)rng_below(rng, 14)), rng);
	sheet_cell(sheet, person);
	sheet_cell(sheet, telephone);
	sheet_line(sheet);
}

static bool agencies_write(const char *dir, const struct province *province)
{
	struct sheet *sheet = sheet_open(dir, "agencies.csv", SHEET_UTF8);
	if (sheet == NULL)
		return false;
	struct rng rng;
	rng_init(&rng, province->seed, STREAM_AGENCIES, 0);
	sheet_text_line(sheet, "机构代码,机构名称,设区市,省级支撑机构,服务承诺书日期,联系人,联系电话");
	for (size_t agency = 0; agency < AGENCY_COUNT; agency++)
		agency_row(sheet, agency, &rng);
	return sheet_close(sheet);
}

bool registers_write(const char *dir, const struct province *province, size_t enterprises)
{
	return campaign_write(dir) && cities_write(dir, enterprises) && agencies_write(dir, province);
}

enum { CASES = 5, PROVIDERS = 5 };

static const struct {
	const char *summary, *verdict;
} cases[CASES + 1] = {
	{"以安全区域划分为抓手，生产网与办公网分区隔离，装置间只放行登记过的通信。", "入选"},
	{"把供应商远程运维改为按次申请、限时开放、全程录屏，堵住长期开放的远程通道。", "入选"},
	{"建立一页纸的车间安全日检表，由班组长负责，问题当班闭环。", "入选"},
	{"联合设备供应商完成控制器固件统一升级，停机窗口内分批实施、逐台验证。", "入选"},
	{"以资产台账为底座开展漏洞排查，按风险排序整改。", "未入选"},
	{"自建工控安全实训角，组织操作员开展断网切换演练。", "入选"},
};

static const struct {
	size_t agency;
	const char *summary, *verdict;
} providers[PROVIDERS] = {
	{10, "为所服务企业逐户编制整改清单，复核一次通过率高。", "入选"},
	{0, "组建驻点服务小组，帮助中小企业完成自评估和制度补齐。", "入选"},
	{3, "编写面向车间人员的操作指引，免费开展多场培训。", "入选"},
	{8, "线上核查意见具体可行，整改建议被企业普遍采纳。", "入选"},
	{25, "提供全天候应急电话支持，协助处置多起病毒事件。", "未入选"},
};

static void nomination_row(struct sheet *sheet, const char *const cells[4], size_t city, const char *verdict)
{
	char bureau[NAMES_TEXT_MAX];
	snprintf(bureau, sizeof bureau, "%s工业和信息化局", places_cities[city].name);
	sheet_row(sheet, (const char *const[]){cells[0], cells[1], cells[2], bureau, cells[3], verdict, NULL});
}

static void case_row(struct sheet *sheet, const struct enterprise *enterprise, size_t number)
{
	const char *const cells[4] = {"优秀案例", enterprise->code, enterprise->name, cases[number].summary};
	nomination_row(sheet, cells, enterprise->city, cases[number].verdict);
}

static bool is_model_firm(struct profile profile)
{
	return profile.level[TRACK_ICS] >= 3 || profile.level[TRACK_PLATFORM] >= 2;
}

/* The first high-ranking firm of each of five cities, then the odd one. */
static void cases_write(struct sheet *sheet, struct province *province, size_t enterprises)
{
	bool is_taken[CITY_COUNT] = {false};
	size_t count = 0, end = enterprises < BLOCK_SIZE ? enterprises : BLOCK_SIZE;
	struct enterprise enterprise;
	for (size_t i = 0; i < end && count < CASES; i++) {
		if (!is_model_firm(province_profile(province, i)))
			continue;
		province_enterprise(province, i, &enterprise);
		if (is_taken[enterprise.city])
			continue;
		is_taken[enterprise.city] = true;
		case_row(sheet, &enterprise, count++);
	}
	if (province->odd[ODD_CASE] >= enterprises)
		return;
	province_enterprise(province, province->odd[ODD_CASE], &enterprise);
	case_row(sheet, &enterprise, CASES);
}

bool registers_nominations(const char *dir, struct province *province, size_t enterprises)
{
	struct sheet *sheet = sheet_open(dir, "nominations.csv", SHEET_UTF8);
	if (sheet == NULL)
		return false;
	sheet_text_line(sheet, "类别,代码,名称,推荐单位,简介,评审结论");
	cases_write(sheet, province, enterprises);
	for (size_t i = 0; i < PROVIDERS; i++) {
		char code[REGISTERS_AGENCY_MAX], name[NAMES_TEXT_MAX];
		registers_agency_code(code, providers[i].agency);
		agency_name(name, providers[i].agency);
		const char *const cells[4] = {"优秀服务商", code, name, providers[i].summary};
		nomination_row(sheet, cells, places_agency_city(providers[i].agency), providers[i].verdict);
	}
	return sheet_close(sheet);
}
