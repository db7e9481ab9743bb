/* SPDX-License-Identifier: MIT */
#include "names.h"

#include <stdio.h>
#include <string.h>

#include "rng.h"

enum { BRAND_CHARACTERS = 40, BRAND_PAIRS = BRAND_CHARACTERS * BRAND_CHARACTERS, BRAND_STEP = 617 };

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static const char *const brand_heads[BRAND_CHARACTERS] = {
	"云", "昇", "岚", "恒", "锐", "瑞", "鼎", "天", "澄", "金", "博", "信", "科", "远", "盛", "宏", "嘉", "泰", "昶", "璟",
	"新", "汀", "东", "凯", "润", "德", "立", "正", "明", "通", "翀", "安", "康", "永", "百", "卓", "镕", "喆", "堃", "淼",
};

static const char *const brand_tails[BRAND_CHARACTERS] = {
	"帆", "腾", "创", "达", "源", "丰", "成", "辉", "铭", "诚", "利", "邦", "力", "捷", "泽", "宇", "航", "晟", "堃", "喆",
	"镕", "昇", "智", "联", "维", "拓", "驰", "峰", "川", "林", "森", "洋", "顺", "和", "兴", "隆", "禾", "麟", "启", "朗",
};

void names_brand(char text[NAMES_TEXT_MAX], size_t index)
{
	size_t pair = index * BRAND_STEP % BRAND_PAIRS, series = index / BRAND_PAIRS;
	const char *third = series == 0 ? "" : brand_tails[series % BRAND_CHARACTERS];
	snprintf(text, NAMES_TEXT_MAX, "%s%s%s", brand_heads[pair / BRAND_CHARACTERS], brand_tails[pair % BRAND_CHARACTERS],
			 third);
}

/* {c} the city, {b} the brand, {p} the product; together as likely as they are many. */
static const char *const firm_patterns[] = {
	"{c}示例{b}{p}有限公司", "{c}示例{b}{p}有限公司",         "{c}示例{b}{p}有限公司",       "{c}示例{b}{p}有限公司（示例）",
	"江苏示例{b}{p}有限公司", "{c}示例{b}{p}股份有限公司",     "江苏示例{b}{p}股份有限公司",   "示例{b}{p}（{c}）有限公司",
	"{c}示例{b}{p}集团有限公司", "{c}示例{b}{p}实业有限公司", "{c}示例{b}{p}有限责任公司",
};

void names_firm(char text[NAMES_TEXT_MAX], const char *const parts[3], struct rng *rng)
{
	const char *pattern = firm_patterns[rng_below(rng, sizeof firm_patterns / sizeof *firm_patterns)];
	size_t length = 0;
	while (*pattern != '\0' && length + 1 < NAMES_TEXT_MAX) {
		if (*pattern == '{') {
			const char *part = parts[pattern[1] == 'c' ? 0 : pattern[1] == 'b' ? 1 : 2];
			size_t size = strlen(part);
			if (length + size + 1 > NAMES_TEXT_MAX)
				break;
			memcpy(text + length, part, size);
			length += size;
			pattern += 3;
		} else {
			text[length++] = *pattern++;
		}
	}
	text[length] = '\0';
}

/* GB 11714: the ninth character of an organisation code. */
static char organisation_check(const char *eight)
{
	static const int weights[8] = {3, 7, 9, 10, 5, 8, 4, 2};
	int sum = 0;
	for (size_t i = 0; i < 8; i++) {
		char c = eight[i];
		sum += weights[i] * (c >= 'A' ? c - 'A' + 10 : c - '0');
	}
	int check = 11 - sum % 11;
	return check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
}

/* GB 32100-2015: the eighteenth character. */
static char code_check(const char *seventeen)
{
	int sum = 0, weight = 1;
	for (size_t i = 0; i < 17; i++) {
		sum += weight * (int)(strchr(alphabet, seventeen[i]) - alphabet);
		weight = weight * 3 % 31;
	}
	return alphabet[(31 - sum % 31) % 31];
}

void names_code(char code[NAMES_CODE_SIZE], const char *district, const char *series, unsigned number)
{
	snprintf(code, NAMES_CODE_SIZE, "91%.6s%.2s%06u", district, series, number % 1000000);
	code[16] = organisation_check(code + 8);
	code[17] = code_check(code);
	code[18] = '\0';
}

void names_code_spoil(char code[NAMES_CODE_SIZE])
{
	code[17] = alphabet[(strchr(alphabet, code[17]) - alphabet + 7) % 31];
}
