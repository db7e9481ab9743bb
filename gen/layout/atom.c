/* SPDX-License-Identifier: MIT */
#include "layout/atom.h"

#include <math.h>

#include "base/list.h"
#include "base/utf8.h"

/* Characters by class; what stands in no list is Han when wide, else part of a word. */
static const char *const members[ATOM_CLASSES] = {
	[ATOM_OPEN] = "（《〈「『【〔〖［｛“‘",
	[ATOM_CLOSE] = "，。、：；）》〉」』】〕〗］｝”’．",
	[ATOM_STOP] = "？！％‰…⋯—～·・‧％℃々ー〜ぁぃぅぇぉっゃゅょァィゥェォッャュョ!,.:;?)]}",
	[ATOM_PREFIX] = "¥￥$€£№＄￡#＃±≥≤≈",
	[ATOM_SUFFIX] = "%‰°℃℉㎡㎥′″",
};

enum { LOW = 0x3000 + 256, TABLE = 0x10000 };

/* One byte per BMP character, filled once: class + 1, or 0 for "by width". */
static const uint8_t *class_table(void)
{
	static uint8_t table[TABLE];
	static bool is_ready;
	if (is_ready)
		return table;
	for (size_t class = 0; class < ATOM_CLASSES; class++) {
		struct text list = text_from(members[class]);
		for (size_t offset = 0; offset < list.size;) {
			uint32_t character = utf8_next(list, &offset);
			if (character < TABLE)
				table[character] = (uint8_t)(class + 1);
		}
	}
	table[' '] = table['\t'] = table[0x3000] = ATOM_SPACE + 1;
	table['\n'] = table[0x2028] = table[0x2029] = ATOM_NEWLINE + 1;
	is_ready = true;
	return table;
}

static enum atom_class class_of(uint32_t character)
{
	uint8_t known = character < TABLE ? class_table()[character] : 0;
	if (known)
		return (enum atom_class)(known - 1);
	return utf8_width(character) == 2 || (character >= 0x2460 && character <= 0x27BF) ? ATOM_HAN : ATOM_WORD;
}

static bool is_digit(uint32_t character)
{
	return character >= '0' && character <= '9';
}

/* Halves of ASCII punctuation inside a word or number: GB/T, 10.5, 2021-09-05, a@b. */
static bool joins_words(uint32_t character)
{
	return character > ' ' && character < 0x7F;
}

static bool is_word_class(enum atom_class class)
{
	return class == ATOM_WORD || class == ATOM_NUMBER;
}

struct scan {
	struct text text;
	size_t start, end;   /* of the atom found */
	enum atom_class class;
};

static uint32_t peek(struct text text, size_t offset)
{
	return offset < text.size ? utf8_next(text, &offset) : 0;
}

/* —— and …… are one atom; so are longer rows of them, in pairs. */
static void scan_pair(struct scan *scan, uint32_t character)
{
	if (peek(scan->text, scan->end) == character)
		utf8_next(scan->text, &scan->end);
	/* The row itself may begin a line: only its inside is unbreakable. */
	scan->class = ATOM_DASH;
}

static void scan_word(struct scan *scan, uint32_t first)
{
	bool is_number = is_digit(first);
	while (scan->end < scan->text.size) {
		size_t next = scan->end;
		uint32_t character = utf8_next(scan->text, &next);
		bool is_apostrophe = character == 0x2019 && next < scan->text.size && (unsigned char)scan->text.at[next] < 0x80;
		enum atom_class class = class_of(character);
		bool is_inside = joins_words(character) && character != '%' && class != ATOM_PREFIX;
		if (memchr("([{", (int)(character & 0x7F), 3) && character < 0x80 && !joins_words(peek(scan->text, next)))
			break; /* PLC(可编程…): the bracket belongs to what follows */
		if (!is_word_class(class) && !is_inside && !is_apostrophe && !utf8_is_invisible(character))
			break;
		if (!is_digit(character) && character != '.' && character != ',')
			is_number = false;
		scan->end = next;
	}
	bool is_bracket = scan->end - scan->start == 1 && memchr("([{", (int)first, 3);
	scan->class = is_bracket ? ATOM_OPEN : class_of(first) == ATOM_STOP ? ATOM_STOP : is_number ? ATOM_NUMBER : ATOM_WORD;
}

static bool scan_next(struct scan *scan)
{
	scan->start = scan->end;
	if (scan->start >= scan->text.size)
		return false;
	uint32_t character = utf8_next(scan->text, &scan->end);
	scan->class = class_of(character);
	if (character == 0x2014 || character == 0x2026)
		scan_pair(scan, character);
	else if (character == '\r')
		scan->class = ATOM_SPACE;
	else if (joins_words(character) && scan->class != ATOM_PREFIX && scan->class != ATOM_SUFFIX)
		scan_word(scan, character);
	else if (scan->class == ATOM_WORD)
		scan_word(scan, character);
	while (scan->end < scan->text.size) {
		size_t next = scan->end;
		uint32_t follower = utf8_next(scan->text, &next);
		if (!utf8_is_invisible(follower) && !(utf8_width(follower) == 0 && follower >= 0x300))
			break;
		scan->end = next;
	}
	return true;
}

/* ---- pairs: may a line break here, and what space belongs here ------------ */

static bool is_latin(enum atom_class class)
{
	return class == ATOM_WORD || class == ATOM_NUMBER || class == ATOM_PREFIX || class == ATOM_SUFFIX;
}

static bool may_break_between(enum atom_class before, enum atom_class after)
{
	if (after == ATOM_CLOSE || after == ATOM_STOP || after == ATOM_MARK || after == ATOM_SPACE || after == ATOM_NEWLINE)
		return false;
	if (before == ATOM_OPEN || before == ATOM_PREFIX)
		return false;
	if (after == ATOM_SUFFIX)
		return before != ATOM_NUMBER && before != ATOM_WORD;
	if (is_latin(before) && (is_latin(after) || after == ATOM_DASH))
		return false; /* the same word in two manners; 41400—2022 */
	if (before == ATOM_DASH && after == ATOM_NUMBER)
		return false;
	return true;
}

/* Measure words that should not begin a line after their number, and 第 before one. */
static uint8_t reluctance_between(const struct atom *before, const struct atom *after)
{
	static const char counters[] = "家个项条年月日号级星分名次台万亿元天页章节款类款件位套人时周届批户度";
	if (before->class == ATOM_NUMBER && after->class == ATOM_HAN &&
	    text_find(TEXT(counters), after->text) < sizeof counters - 1)
		return 200;
	if (before->class == ATOM_HAN && text_is(before->text, "第") && after->class == ATOM_NUMBER)
		return 200;
	return 0;
}

/* Words that a title should not be cut inside: pairs of characters, one after another. */
static bool is_bound(struct text before, struct text after)
{
	static const char pairs[] =
		"工业信息安全防护星级企业培育工作报告诊断年度评估控制系统平台互联有限公司江苏管理网络建设集成管控规范基础综合协同智能优化"
		"数据服务机构技术制度人员能力设备主机边界软件远程访问身份认证口令审计备份恢复应急演练预案供应检测监测预警响应物理环境培训"
		"采购合同漏洞补丁区域划分职责策略规程存储媒体专用资产配置账户测试分类分级保障产品选型结果情况成效问题整改措施计划概况附件"
		"名单目录全省城市各类条目达标提升比较分布统计建议下步总结要求意见征求办法通知方案公示公布";
	if (before.size != 3 || after.size != 3)
		return false;
	for (size_t i = 0; i + 6 < sizeof pairs; i += 6)
		if (memcmp(pairs + i, before.at, 3) == 0 && memcmp(pairs + i + 3, after.at, 3) == 0)
			return true;
	return false;
}

static bool wants_gap(enum atom_class before, enum atom_class after)
{
	return (before == ATOM_HAN && is_latin(after)) || (is_latin(before) && after == ATOM_HAN);
}

static void join(const struct atom *before, struct atom *after, double em)
{
	enum atom_class left = before->class, right = after->class;
	after->may_break = may_break_between(left, right);
	after->reluctance = reluctance_between(before, after);
	if (wants_gap(left, right) && after->suits_gap && before->suits_gap) {
		after->gap = (float)(em / 4);
		after->shrink = (float)(em / 8);
		after->stretch = (float)(em / 8);
	} else if ((left == ATOM_CLOSE && (right == ATOM_CLOSE || right == ATOM_OPEN)) || (left == ATOM_OPEN && right == ATOM_OPEN)) {
		/* Two marks share the blank between them: 2 em become 1.5 em. */
		float blank = left == ATOM_CLOSE ? before->trim_right : after->trim_left;
		after->gap = -blank;
	}
	bool is_tight = left == ATOM_SPACE || right == ATOM_SPACE || (is_latin(left) && is_latin(right)) || right == ATOM_MARK ||
	                right == ATOM_SUFFIX || left == ATOM_PREFIX;
	after->is_spread = !is_tight;
}

/* A space typed beside Han is a quarter-em gap, not a word space; 6 and 月 belong together across it too. */
static void join_across_space(struct atom *atom, double em)
{
	struct atom *space = atom - 1, *before = atom - 2;
	bool is_beside_han = before->class == ATOM_HAN || atom->class == ATOM_HAN;
	if (space->text.size == 1 && is_beside_han && atom->suits_gap && before->suits_gap) {
		space->width = (float)(em / 4);
		space->stretch = before->class == atom->class ? 0 : (float)(em / 8);
	}
	atom->reluctance = reluctance_between(before, atom);
}

void atoms_bind(struct atoms *atoms)
{
	for (size_t i = 1; i < atoms->count; i++)
		if (is_bound(atoms->at[i - 1].text, atoms->at[i].text))
			atoms->at[i].reluctance = 255;
}

/* ---- building --------------------------------------------------------------- */

struct builder {
	struct atoms *atoms;
	struct shaper *shaper;
	const struct piece *piece;
	uint32_t piece_number;
	double measure;
	size_t first; /* the paragraph's first atom */
};

static struct atom *atom_new(struct builder *builder, struct text text, enum atom_class class)
{
	const struct piece *piece = builder->piece;
	struct atom *atom = LIST_ADD(builder->atoms);
	const struct shaped *shaped = shape_text(builder->shaper, class == ATOM_NEWLINE ? NO_TEXT : text, piece->font, piece->span);
	double em = piece->size_pt, width = shaped->width * em;
	if (width > 0.9 * em && !is_word_class(class))
		width += piece->track_pt * round(shaped->width);
	*atom = (struct atom){ .shaped = shaped, .text = text, .piece = builder->piece_number, .class = (uint8_t)class,
	                       .width = (float)width, .suits_gap = !piece->is_code };
	/* A face may draw a mark narrow already; then there is no blank to take. */
	float blank = width > 0.9 * em ? (float)(em / 2) : 0;
	if (class == ATOM_OPEN)
		atom->trim_left = blank;
	if (class == ATOM_CLOSE)
		atom->trim_right = blank;
	if (class == ATOM_SPACE) {
		atom->shrink = (float)(width * 0.4);
		atom->stretch = (float)(em / 4);
	}
	return atom;
}

static void atom_add(struct builder *builder, struct text text, enum atom_class class)
{
	struct atom *atom = atom_new(builder, text, class);
	if (builder->atoms->count - builder->first < 2)
		return;
	join(atom - 1, atom, builder->piece->size_pt);
	if (builder->atoms->count - builder->first > 2 && atom[-1].class == ATOM_SPACE)
		join_across_space(atom, builder->piece->size_pt);
	if (builder->piece->is_code && class != ATOM_NEWLINE && class != ATOM_SPACE)
		atom->may_break = true;
	/* The full blank of a mark inside a line may shrink to half of it. */
	if (atom[-1].class == ATOM_CLOSE && atom->gap >= 0)
		atom->shrink += atom[-1].trim_right / 2;
	else if (atom->class == ATOM_OPEN && atom->gap >= 0)
		atom->shrink += atom->trim_left / 2;
}

static bool cuts_well_after(char byte)
{
	return memchr("/-_.?&=,:;@+", byte, 12) != NULL;
}

static void part_add(struct builder *builder, struct text part, enum atom_class class, bool is_first)
{
	atom_add(builder, part, class);
	if (!is_first)
		builder->atoms->at[builder->atoms->count - 1].may_break = true;
}

/* A part that no line can hold breaks anywhere. */
static void part_cut(struct builder *builder, struct text part, bool is_first)
{
	for (size_t start = 0; start < part.size;) {
		size_t end = start;
		utf8_next(part, &end);
		part_add(builder, text_slice(part, start, end - start), ATOM_WORD, is_first && start == 0);
		start = end;
	}
}

static double word_width(const struct builder *builder, struct text word)
{
	return shape_text(builder->shaper, word, builder->piece->font, builder->piece->span)->width * builder->piece->size_pt;
}

/* Addresses and paths, and words too wide for the line, may break after their separators. */
static void word_add(struct builder *builder, struct text word, enum atom_class class)
{
	enum { LONG = 24, PART_LEAST = 4 };
	bool is_wide = word_width(builder, word) > builder->measure;
	if (word.size < LONG && !is_wide) {
		atom_add(builder, word, class);
		return;
	}
	size_t start = 0;
	for (size_t i = 1; i <= word.size; i++) {
		bool is_end = i == word.size;
		if (!is_end && (i - start < PART_LEAST || !cuts_well_after(word.at[i - 1]) || cuts_well_after(word.at[i])))
			continue;
		struct text part = text_slice(word, start, i - start);
		if (is_wide && word_width(builder, part) > builder->measure)
			part_cut(builder, part, start == 0);
		else
			part_add(builder, part, ATOM_WORD, start == 0);
		start = i;
	}
}

static void piece_add(struct builder *builder)
{
	const struct piece *piece = builder->piece;
	if (piece->is_mark) {
		atom_add(builder, piece->text, ATOM_MARK);
		return;
	}
	struct scan scan = { .text = piece->text };
	while (scan_next(&scan)) {
		struct text text = text_slice(piece->text, scan.start, scan.end - scan.start);
		if (is_word_class(scan.class))
			word_add(builder, text, scan.class);
		else
			atom_add(builder, text, scan.class);
	}
}

void atoms_add(struct atoms *atoms, struct shaper *shaper, const struct piece *pieces, size_t piece_count, double measure_pt)
{
	struct builder builder = { .atoms = atoms, .shaper = shaper, .measure = measure_pt, .first = atoms->count };
	for (size_t i = 0; i < piece_count; i++) {
		builder.piece = &pieces[i];
		builder.piece_number = (uint32_t)i;
		piece_add(&builder);
	}
}
