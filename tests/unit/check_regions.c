/* SPDX-License-Identifier: MIT
 *
 * The regions.csv that ships: what each province has in it, and what people may write for its cities.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "check/load.h"

#include <check.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "model/place.h"

Suite *check_regions_suite(void);

static struct arena *arena;
static struct diag *diag;
static char folder[] = "/tmp/xingji-regions-XXXXXX";

static void start(void)
{
	arena = arena_new();
	memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(file_make_folder(file_join(arena, folder, TEXT("2021")), 0700), 0);
}

static void finish(void)
{
	file_remove_tree(folder);
	arena_free(arena);
}

/* The model of a year that has nothing but this province. */
static const struct model *load(const char *province)
{
	struct sources *sources = sources_new(arena);
	const struct load_options options = { .data = folder, .shared = "data" };
	struct text campaign = text_format(arena, "<campaign year=\"2021\" title=\"甲\" province=\"%s\" publisher=\"乙\"/>", province);
	ck_assert_int_eq(file_write(file_join(arena, folder, TEXT("2021/campaign.xml")), campaign, 0600), 0);
	diag = diag_new(arena, sources);
	struct model *model = load_model(arena, sources, diag, &options, NULL);
	ck_assert_ptr_nonnull(model);
	load_release(model);
	return model;
}

static size_t count_complaints(void)
{
	static const enum diag_kind kinds[] = {
		DIAG_REGION_CODE, DIAG_REGION_ORDER, DIAG_REGION_PROVINCE, DIAG_REGION_AMBIGUOUS, DIAG_REGION_TILE, DIAG_REGION_TILE_TAKEN,
		DIAG_REGIONS_TOO_MANY, DIAG_PROVINCE_UNKNOWN, DIAG_FIELD_MISSING,
	};
	size_t count = 0;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		count += diag_count_of(diag, kinds[i]);
	return count;
}

/* Edition: the codes of 2023 (to 2023-06-30), gen/DOMAIN.md §3. */
static const struct {
	const char *province, *code, *brief;
	int count;
} provinces[] = {
	{ "北京市", "11", "北京", 16 }, { "天津市", "12", "天津", 16 }, { "河北省", "13", "河北", 11 }, { "山西省", "14", "山西", 11 },
	{ "内蒙古自治区", "15", "内蒙古", 12 }, { "辽宁省", "21", "辽宁", 14 }, { "吉林省", "22", "吉林", 9 }, { "黑龙江省", "23", "黑龙江", 13 },
	{ "上海市", "31", "上海", 16 }, { "江苏省", "32", "江苏", 13 }, { "浙江省", "33", "浙江", 11 }, { "安徽省", "34", "安徽", 16 },
	{ "福建省", "35", "福建", 9 }, { "江西省", "36", "江西", 11 }, { "山东省", "37", "山东", 16 }, { "河南省", "41", "河南", 18 },
	{ "湖北省", "42", "湖北", 17 }, { "湖南省", "43", "湖南", 14 }, { "广东省", "44", "广东", 21 }, { "广西壮族自治区", "45", "广西", 14 },
	{ "海南省", "46", "海南", 19 }, { "重庆市", "50", "重庆", 38 }, { "四川省", "51", "四川", 21 }, { "贵州省", "52", "贵州", 9 },
	{ "云南省", "53", "云南", 16 }, { "西藏自治区", "54", "西藏", 7 }, { "陕西省", "61", "陕西", 10 }, { "甘肃省", "62", "甘肃", 14 },
	{ "青海省", "63", "青海", 8 }, { "宁夏回族自治区", "64", "宁夏", 5 }, { "新疆维吾尔自治区", "65", "新疆", 26 },
};
enum { PROVINCES = sizeof provinces / sizeof *provinces, ALL = 451 };

START_TEST(every_province_has_its_cities)
{
	int all = 0;
	for (size_t i = 0; i < PROVINCES; i++) {
		const struct model *model = load(provinces[i].province);
		const struct prefectures rows = model->prefectures;
		ck_assert_msg(count_complaints() == 0, "%s", provinces[i].province);
		ck_assert_msg(rows.count == provinces[i].count, "%s: %d", provinces[i].province, (int)rows.count);
		all += rows.count;
		for (int32_t j = 0; j < rows.count; j++) {
			const struct prefecture *row = &rows.at[j];
			ck_assert_uint_eq(row->code.size, 6);
			ck_assert(text_starts(row->code, provinces[i].code) && text_is(row->province_code, provinces[i].code));
			ck_assert(j == 0 || text_compare(row->code, row[-1].code) > 0);
			/* Each of its names means it and nothing else. */
			ck_assert_int_eq(city_find(rows, row->name), j);
			ck_assert_int_eq(city_find(rows, row->code), j);
			ck_assert_int_eq(city_find(rows, prefecture_short(row)), j);
			ck_assert_int_eq(city_find(rows, text_format(arena, "%s%.*s", provinces[i].province, TEXT_ARGS(row->name))), j);
			ck_assert_int_eq(city_find(rows, text_format(arena, "%s%.*s", provinces[i].brief, TEXT_ARGS(prefecture_short(row)))), j);
		}
		ck_assert(prefectures_are_same(load(provinces[i].brief)->prefectures, rows));
		ck_assert(text_is(load(provinces[i].brief)->campaign.province, provinces[i].province));
	}
	ck_assert_int_eq(all, ALL);
	struct file_bytes file;
	size_t lines = 0;
	ck_assert_int_eq(file_map("data/regions.csv", BUF_LIMIT_FILE, &file), 0);
	for (size_t i = 0; i < file.text.size; i++)
		lines += file.text.at[i] == '\n';
	ck_assert_uint_eq(lines, ALL + 1); /* nobody is in it twice or outside its province */
	file_release(&file);
}
END_TEST

/* code NULL: it is none of the province. */
static const struct {
	const char *province, *text, *code;
} words[] = {
	{ "江苏省", "苏州", "320500" }, { "江苏省", "苏州市", "320500" }, { "江苏省", "江苏省苏州市", "320500" }, { "江苏省", "江苏苏州", "320500" },
	{ "江苏省", "320500", "320500" }, { "江苏省", "苏", NULL }, { "江苏省", "苏州地区", NULL }, { "江苏省", "苏州市市", NULL }, { "江苏省", "杭州", NULL },
	{ "江苏省", "江苏省", NULL }, { "江苏省", "", NULL }, { "江苏省", "浙江省苏州市", NULL }, { "江苏省", "连云", NULL },
	{ "湖北省", "恩施州", "422800" }, { "湖北省", "恩施土家族苗族自治州", "422800" }, { "湖北省", "恩施", "422800" }, { "湖北省", "恩施自治州", "422800" },
	{ "湖北省", "恩施市", NULL }, { "湖北省", "仙桃", "429004" }, { "湖北省", "神农架林区", "429021" }, { "湖北省", "神农架", "429021" },
	{ "四川省", "阿坝", "513200" }, { "四川省", "四川阿坝州", "513200" }, { "贵州省", "黔西南", "522300" }, { "贵州省", "黔西南州", "522300" },
	{ "贵州省", "黔南", "522700" }, { "贵州省", "黔西", NULL }, { "吉林省", "吉林", "220200" }, { "吉林省", "吉林市", "220200" },
	{ "吉林省", "吉林省吉林市", "220200" }, { "吉林省", "吉林吉林", "220200" }, { "河南省", "济源", "419001" }, { "海南省", "五指山市", "469001" },
	{ "海南省", "琼中县", "469030" }, { "青海省", "海南州", "632500" }, { "青海省", "海南", "632500" }, { "青海省", "海西蒙古族藏族自治州", "632800" },
	{ "新疆维吾尔自治区", "石河子", "659001" }, { "新疆维吾尔自治区", "博州", "652700" }, { "新疆维吾尔自治区", "博尔塔拉", "652700" },
	{ "新疆维吾尔自治区", "新疆巴州", "652800" }, { "新疆维吾尔自治区", "阿克苏地区", "652900" }, { "新疆维吾尔自治区", "白杨市", "659012" },
	{ "内蒙古自治区", "兴安盟", "152200" }, { "内蒙古自治区", "兴安", "152200" }, { "内蒙古自治区", "内蒙古锡盟", "152500" },
	{ "内蒙古自治区", "锡林郭勒", "152500" }, { "北京市", "朝阳区", "110105" }, { "北京市", "北京市朝阳区", "110105" }, { "北京市", "朝阳市", NULL },
	{ "上海市", "浦东", "310115" }, { "上海市", "浦东新区", "310115" }, { "重庆市", "忠县", "500233" }, { "重庆市", "石柱", "500240" },
	{ "重庆市", "石柱县", "500240" },
};

START_TEST(people_write_short_forms)
{
	const struct prefectures rows = load(words[_i].province)->prefectures;
	int found = city_find(rows, text_from(words[_i].text));
	ck_assert_msg((found >= 0) == (words[_i].code != NULL), "%s %s", words[_i].province, words[_i].text);
	if (found >= 0)
		ck_assert_msg(text_is(rows.at[found].code, words[_i].code), "%s %s: %.*s", words[_i].province, words[_i].text, TEXT_ARGS(rows.at[found].code));
}
END_TEST

/* More cities than MODEL_CITY and the tables on the stack have room for. */
START_TEST(a_province_has_bounds)
{
	struct buf rows;
	buf_init(&rows, BUF_LIMIT_PAGE);
	for (int most = CITIES_MOST; most <= CITIES_MOST + 1; most++) {
		rows.size = 0;
		buf_string(&rows, "代码,名称,简称,省级代码,省名\n");
		for (int i = 0; i < most; i++)
			buf_format(&rows, "99%02d00,第%d市,第%d,99,示例省\n", i, i, i);
		ck_assert_int_eq(file_write(file_join(arena, folder, TEXT("regions.csv")), buf_view(&rows), 0600), 0);
		bool is_too_many = most > CITIES_MOST;
		ck_assert_int_eq(load("示例省")->prefectures.count, is_too_many ? 0 : most);
		ck_assert_uint_eq(diag_count_of(diag, DIAG_REGIONS_TOO_MANY), is_too_many);
		ck_assert_str_eq(diag_row(DIAG_REGIONS_TOO_MANY)->code, "regions-too-many");
	}
	buf_clear(&rows);
}
END_TEST

/* Who mistypes a province is shown those that begin like it, else those that share the most characters with it. */
START_TEST(names_the_nearest_province)
{
	static const struct {
		const char *text, *nearest;
	} cases[] = { { "广西省", "“广西省”；最接近的是：广西壮族自治区" }, { "江苏生", "：江苏省" }, { "折江省", "：黑龙江省、江苏省、浙江省、江西省" } };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf buf;
		buf_init(&buf, BUF_LIMIT_PAGE);
		ck_assert_int_eq(load(cases[i].text)->prefectures.count, 0);
		diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_CHINESE, &buf);
		ck_assert_msg(text_contains(buf_view(&buf), text_format(arena, "%s [province-unknown]", cases[i].nearest)), "%s", buf.at);
		buf_clear(&buf);
	}
}
END_TEST

Suite *check_regions_suite(void)
{
	Suite *suite = suite_create("check/regions");
	TCase *tcase = tcase_create("regions");
	tcase_add_checked_fixture(tcase, start, finish);
	tcase_add_test(tcase, every_province_has_its_cities);
	tcase_add_loop_test(tcase, people_write_short_forms, 0, sizeof words / sizeof *words);
	tcase_add_test(tcase, a_province_has_bounds);
	tcase_add_test(tcase, names_the_nearest_province);
	suite_add_tcase(suite, tcase);
	return suite;
}
