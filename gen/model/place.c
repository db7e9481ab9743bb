/* SPDX-License-Identifier: MIT */
#include "model/place.h"

const struct industry_name industries[INDUSTRIES] = {
	{ "C13", "农副食品加工业" }, { "C14", "食品制造业" }, { "C15", "酒、饮料和精制茶制造业" }, { "C16", "烟草制品业" },
	{ "C17", "纺织业" }, { "C18", "纺织服装、服饰业" }, { "C19", "皮革、毛皮、羽毛及其制品和制鞋业" },
	{ "C20", "木材加工和木、竹、藤、棕、草制品业" }, { "C21", "家具制造业" }, { "C22", "造纸和纸制品业" },
	{ "C23", "印刷和记录媒介复制业" }, { "C24", "文教、工美、体育和娱乐用品制造业" },
	{ "C25", "石油、煤炭及其他燃料加工业" }, { "C26", "化学原料和化学制品制造业" }, { "C27", "医药制造业" },
	{ "C28", "化学纤维制造业" }, { "C29", "橡胶和塑料制品业" }, { "C30", "非金属矿物制品业" },
	{ "C31", "黑色金属冶炼和压延加工业" }, { "C32", "有色金属冶炼和压延加工业" }, { "C33", "金属制品业" },
	{ "C34", "通用设备制造业" }, { "C35", "专用设备制造业" }, { "C36", "汽车制造业" },
	{ "C37", "铁路、船舶、航空航天和其他运输设备制造业" }, { "C38", "电气机械和器材制造业" },
	{ "C39", "计算机、通信和其他电子设备制造业" }, { "C40", "仪器仪表制造业" }, { "C41", "其他制造业" },
	{ "C42", "废弃资源综合利用业" }, { "C43", "金属制品、机械和设备修理业" }, { "D44", "电力、热力生产和供应业" },
	{ "D45", "燃气生产和供应业" }, { "D46", "水的生产和供应业" },
};

/* What a unit is: how its name ends, and the plain words people put behind a short form. */
static const struct {
	const char *end, *words;
} kinds[] = {
	{ "自治州", "州|自治州" }, { "自治县", "县|自治县" }, { "地区", "地区" }, { "林区", "林区" }, { "新区", "区|新区" },
	{ "盟", "盟" }, { "区", "区" }, { "县", "县" }, { "市", "市" },
};
/* In bytes: an ideograph, and two. */
enum { KINDS = sizeof kinds / sizeof *kinds, CHARACTER = 3, SHORTEST = 2 * CHARACTER };

static struct text words_of_kind(struct text name)
{
	for (size_t i = 0; i < KINDS; i++)
		if (text_ends(name, kinds[i].end))
			return text_from(kinds[i].words);
	return NO_TEXT;
}

/* "恩施州" without its word is "恩施"; what would be left of "忠县" is too short to be a name. */
static struct text stem_of(struct text brief, struct text words)
{
	struct text word;
	while (text_next(&words, '|', &word)) {
		size_t size = brief.size > word.size ? brief.size - word.size : 0;
		if (size >= SHORTEST && text_equal(text_slice(brief, size, brief.size), word))
			return text_slice(brief, 0, size);
	}
	return brief;
}

static bool is_stem_with_word(struct text text, struct text stem, struct text words)
{
	struct text rest = text_slice(text, stem.size, text.size), word;
	if (text.size < stem.size || !text_equal(text_slice(text, 0, stem.size), stem))
		return false;
	while (rest.size && text_next(&words, '|', &word))
		if (text_equal(rest, word))
			return true;
	return rest.size == 0;
}

/* The next of "博尔塔拉州、博州". */
static bool next_brief(struct text *rest, struct text *brief)
{
	static const struct text comma = { "、", sizeof "、" - 1 };
	if (!rest->size)
		return false;
	size_t at = text_find(*rest, comma);
	*brief = text_trim(text_slice(*rest, 0, at));
	*rest = text_slice(*rest, at + comma.size, rest->size);
	return true;
}

bool prefecture_is_called(const struct prefecture *prefecture, struct text text)
{
	struct text rest = prefecture->brief, words = words_of_kind(prefecture->name), brief;
	if (text.size == 0)
		return false;
	if (text_equal(text, prefecture->name) || text_equal(text, prefecture->code))
		return true;
	while (next_brief(&rest, &brief))
		if (text_equal(text, brief) || is_stem_with_word(text, stem_of(brief, words), words))
			return true;
	return false;
}

struct text prefecture_short(const struct prefecture *prefecture)
{
	struct text rest = prefecture->brief, brief;
	return next_brief(&rest, &brief) ? brief : prefecture->name;
}

/* ---- provinces ------------------------------------------------------------------------------ */

static int32_t end_of_province(struct prefectures everywhere, int32_t first)
{
	const struct prefecture *rows = everywhere.at;
	int32_t end = first;
	while (end < everywhere.count && text_equal(rows[end].province_code, rows[first].province_code))
		end++;
	return end;
}

static bool is_beginning(struct text name, struct text text)
{
	return text.size >= SHORTEST && name.size >= text.size && text_equal(text_slice(name, 0, text.size), text);
}

struct prefectures prefectures_of(struct prefectures everywhere, struct text province)
{
	struct prefectures found = { 0 };
	int matches = 0;
	for (int32_t first = 0, end; first < everywhere.count; first = end) {
		end = end_of_province(everywhere, first);
		const struct prefectures rows = { everywhere.at + first, end - first };
		if (text_equal(rows.at->province, province))
			return rows;
		if (is_beginning(rows.at->province, province)) {
			found = rows;
			matches++;
		}
	}
	return matches == 1 ? found : (struct prefectures){ 0 };
}

bool prefectures_are_same(struct prefectures one, struct prefectures other)
{
	return one.count > 0 && one.count == other.count && text_equal(one.at->province_code, other.at->province_code);
}

static int find_plain(struct prefectures province, struct text text)
{
	for (int32_t i = 0; i < province.count; i++)
		if (prefecture_is_called(&province.at[i], text))
			return i;
	return -1;
}

int city_find(struct prefectures province, struct text text)
{
	text = text_trim(text);
	int found = find_plain(province, text);
	if (found >= 0 || province.count == 0)
		return found;
	struct text name = province.at->province;
	for (size_t size = name.size; size >= SHORTEST && found < 0; size -= CHARACTER)
		if (is_beginning(text, text_slice(name, 0, size)))
			found = find_plain(province, text_slice(text, size, text.size));
	return found;
}

/* ---- industries ----------------------------------------------------------------------------- */

/* The two digits that name the division: behind an optional letter. */
static int find_by_digits(struct text text)
{
	char letter = text.size ? (char)(text.at[0] & ~0x20) : 0;
	bool has_letter = letter == 'C' || letter == 'D';
	struct text digits = text_slice(text, has_letter, 2);
	for (int i = 0; i < INDUSTRIES && digits.size == 2; i++)
		if (text_is(digits, industries[i].code + 1))
			return !has_letter || letter == industries[i].code[0] ? i : -1;
	return -1;
}

int industry_find(struct text text)
{
	text = text_trim(text);
	for (int i = 0; i < INDUSTRIES; i++)
		if (text_is(text, industries[i].name))
			return i;
	size_t code_size = text.size && text.at[0] >= '0' && text.at[0] <= '9' ? 0 : 1;
	size_t end = code_size;
	while (end < text.size && text.at[end] >= '0' && text.at[end] <= '9')
		end++;
	size_t digits = end - (code_size < end ? code_size : end);
	if (digits < 2 || digits > 4)
		return -1;
	int found = find_by_digits(text);
	struct text rest = text_trim(text_slice(text, end, text.size));
	return found >= 0 && rest.size && !text_is(rest, industries[found].name) ? -1 : found;
}
