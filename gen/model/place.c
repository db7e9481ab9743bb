/* SPDX-License-Identifier: MIT */
#include "model/place.h"

const struct place_name cities[CITIES] = {
	{ "320100", "南京市" }, { "320200", "无锡市" }, { "320300", "徐州市" }, { "320400", "常州市" }, { "320500", "苏州市" },
	{ "320600", "南通市" }, { "320700", "连云港市" }, { "320800", "淮安市" }, { "320900", "盐城市" }, { "321000", "扬州市" },
	{ "321100", "镇江市" }, { "321200", "泰州市" }, { "321300", "宿迁市" },
};

const struct place_name industries[INDUSTRIES] = {
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

static struct text without(struct text text, const char *prefix)
{
	return text_starts(text, prefix) ? text_slice(text, strlen(prefix), text.size) : text;
}

int city_find(struct text text)
{
	text = without(text_trim(text), "江苏省");
	text = without(text, "江苏");
	for (int i = 0; i < CITIES; i++) {
		struct text name = text_from(cities[i].name);
		struct text bare = text_slice(name, 0, name.size - strlen("市"));
		if (text_equal(text, name) || text_equal(text, bare) || text_is(text, cities[i].code))
			return i;
	}
	return -1;
}

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
