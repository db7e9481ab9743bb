/* SPDX-License-Identifier: MIT */
#include "setting/box.h"

#include <math.h>

#include "base/list.h"
#include "base/utf8.h"
#include "setting/hyphen.h"
#include "setting/join.h"

static bool is_digit(uint32_t character)
{
	return character >= '0' && character <= '9';
}

static bool is_among(uint32_t character, const char *signs)
{
	return character < 0x80 && memchr(signs, (int)character, strlen(signs));
}

struct scan {
	struct text text;
	size_t start, end;   /* of the box found */
	enum box_class class;
	uint32_t closing; /* of the quotation of Latin words we are in, or 0 */
};

static uint32_t peek(struct text text, size_t offset)
{
	return offset < text.size ? utf8_next(text, &offset) : 0;
}

/* —— and …… are one box; so are longer rows of them, in pairs. */
static void scan_pair(struct scan *scan, uint32_t character)
{
	if (peek(scan->text, scan->end) == character)
		utf8_next(scan->text, &scan->end);
	/* The row itself may begin a line: only its inside is unbreakable. */
	scan->class = BOX_DASH;
}

/* The mark that ends a quotation of Latin words, which is narrow; 0 outside of one. */
static uint32_t closing_of(uint32_t opening)
{
	return opening == 0x201C || opening == 0x2018 ? opening + 1 : 0; /* “ ” and ‘ ’ */
}

static bool is_latin_byte(uint32_t character)
{
	return character > ' ' && character < 0x7F;
}

/* A quotation among Latin words: Latin after its mark and before it; at the start, Latin all through. */
static bool opens_latin(const struct scan *scan, uint32_t opening)
{
	uint32_t closing = closing_of(opening), character = peek(scan->text, scan->end);
	if (!closing || !is_latin_byte(character))
		return false;
	size_t before = scan->start;
	while (before > 0 && scan->text.at[before - 1] == ' ')
		before--;
	if (before > 0)
		return is_latin_byte((unsigned char)scan->text.at[before - 1]);
	for (size_t at = scan->end; at < scan->text.size;) {
		character = utf8_next(scan->text, &at);
		if (character == closing)
			return at == scan->text.size || (unsigned char)scan->text.at[at] < 0x7F;
		if (class_of(character) == BOX_HAN)
			return false;
	}
	return false;
}

static bool goes_on(const struct scan *scan, uint32_t character, size_t next)
{
	enum box_class class = class_of(character);
	if (is_among(character, "([{") && !is_latin_byte(peek(scan->text, next)))
		return false; /* PLC(可编程…): the bracket belongs to what follows */
	if (class == BOX_PREFIX || character == '%')
		return false;
	if (class_is_word(class) || is_latin_byte(character) || class_follows(character) || character == scan->closing)
		return true;
	return character == 0x2019 && is_latin_byte(peek(scan->text, next)); /* an apostrophe */
}

static void scan_word(struct scan *scan, uint32_t first)
{
	bool is_number = is_digit(first);
	while (scan->end < scan->text.size) {
		size_t next = scan->end;
		uint32_t character = utf8_next(scan->text, &next);
		if (!goes_on(scan, character, next))
			break;
		if (!is_digit(character) && character != '.' && character != ',')
			is_number = false;
		if (character == scan->closing)
			scan->closing = 0;
		scan->end = next;
	}
	bool is_bracket = scan->end - scan->start == 1 && is_among(first, "([{");
	scan->class = is_number ? BOX_NUMBER : BOX_WORD;
	if (is_bracket)
		scan->class = BOX_OPEN;
	else if (class_of(first) == BOX_STOP)
		scan->class = BOX_STOP;
}

/* Everything but a Han character. */
static void scan_other(struct scan *scan)
{
	uint32_t character = utf8_next(scan->text, &scan->end);
	scan->class = class_of(character);
	bool is_sign = scan->class == BOX_PREFIX || scan->class == BOX_SUFFIX;
	if (character == 0x2014 || character == 0x2026) {
		scan_pair(scan, character);
	} else if (character == DASH_OF_TWO) {
		scan->class = BOX_DASH;
	} else if (opens_latin(scan, character)) {
		scan->closing = closing_of(character);
		scan_word(scan, character);
	} else if ((is_latin_byte(character) && !is_sign) || scan->class == BOX_WORD) {
		scan_word(scan, character);
	}
}

/* Whether a character that begins with this byte of UTF-8 may combine with the one before: U+4000 … U+DFFF never do. */
static bool may_follow(char byte)
{
	unsigned char lead = (unsigned char)byte;
	return lead >= 0x80 && (lead < 0xE4 || lead > 0xED);
}

static bool scan_next(struct scan *scan)
{
	scan->start = scan->end;
	if (scan->start >= scan->text.size)
		return false;
	if (class_han((struct text){ scan->text.at + scan->start, scan->text.size - scan->start })) {
		scan->end += 3;
		scan->class = BOX_HAN;
	} else {
		scan_other(scan);
	}
	while (scan->end < scan->text.size) {
		size_t next = scan->end;
		if (!may_follow(scan->text.at[next]) || !class_follows(utf8_next(scan->text, &next)))
			break;
		scan->end = next;
	}
	return true;
}

/* ---- titles and cells --------------------------------------------------------- */

/* Words that should not be cut inside: pairs of characters, one after another; 限公 keeps 有限公司 whole. */
static bool is_bound(struct text before, struct text after)
{
	static const char pairs[] =
		"工业信息安全防护星级企业培育工作报告诊断年度评估控制系统平台互联有限公司江苏管理网络建设集成管控规范基础综合协同智能优化"
		"数据服务机构技术制度人员能力设备主机边界软件远程访问身份认证口令审计备份恢复应急演练预案供应检测监测预警响应物理环境培训"
		"采购合同漏洞补丁区域划分职责策略规程存储媒体专用资产配置账户测试分类分级保障产品选型结果情况成效问题整改措施计划概况附件"
		"名单目录全省城市各类条目达标提升比较分布统计建议下步总结要求意见征求办法通知方案公示公布"
		"限公股份份有限责责任任公集团部门部分符合达到发布执行制定参培核查自评复核";
	if (before.size != 3 || after.size != 3)
		return false;
	for (size_t i = 0; i + 6 < sizeof pairs; i += 6)
		if (memcmp(pairs + i, before.at, 3) == 0 && memcmp(pairs + i + 3, after.at, 3) == 0)
			return true;
	return false;
}

void boxes_bind(struct boxes *boxes, bool binds)
{
	uint8_t from = binds ? PENALTY_NONE : PENALTY_WORD, to = binds ? PENALTY_WORD : PENALTY_NONE;
	for (size_t i = 1; i < boxes->count; i++)
		if (boxes->at[i].penalty == from && is_bound(boxes->at[i - 1].text, boxes->at[i].text))
			boxes->at[i].penalty = to;
}

/* ---- building --------------------------------------------------------------- */

struct builder {
	struct boxes *boxes;
	struct shaper *shaper;
	const struct box_options *options;
	const struct piece *piece;
	uint32_t piece_number;
	size_t first; /* the paragraph's first box */
};

static const struct shaped *shape(const struct builder *builder, struct text text)
{
	return shape_text(builder->shaper, text, builder->piece->font, builder->piece->span);
}

static struct box *box_new(struct builder *builder, struct text text, enum box_class class)
{
	const struct piece *piece = builder->piece;
	struct box *box = LIST_ADD(builder->boxes);
	const struct shaped *shaped = shape(builder, class == BOX_NEWLINE ? NO_TEXT : text);
	double em = piece->size_pt, width = shaped->width * em;
	if (width > 0.9 * em && !class_is_word(class))
		width += piece->track_pt * round(shaped->width);
	*box = (struct box){ .shaped = shaped, .text = text, .piece = builder->piece_number, .class = (uint8_t)class,
	                       .width = (float)width, .suits_gap = !piece->is_code };
	/* A face may draw a mark narrow or in the middle: then there is no blank to take. */
	if (class == BOX_OPEN)
		box->trim_left = (float)(shaped->blank_left * em);
	if (class == BOX_CLOSE) {
		box->trim_right = (float)(shaped->blank_right * em);
		box->may_hang = box->trim_right > 0 && text.size == 3 && text_find(TEXT("，。、"), text) < 9;
	}
	if (class == BOX_SPACE) {
		box->shrink = (float)fmax(0, width - em / 5);
		box->stretch = (float)(em / 4);
	}
	return box;
}

static struct box *box_add(struct builder *builder, struct text text, enum box_class class)
{
	struct box *box = box_new(builder, text, class);
	join_last(builder->boxes->at + builder->first, builder->boxes->count - builder->first, builder->piece->size_pt);
	if (builder->piece->is_code && class != BOX_NEWLINE && class != BOX_SPACE &&
	    builder->boxes->count - builder->first > 1)
		box->may_break = true;
	return box;
}

static bool cuts_well_after(char byte)
{
	return memchr("/-_.?&=,:;@+", byte, 12) != NULL;
}

static struct box *part_add(struct builder *builder, struct text part, enum box_class class, bool is_first)
{
	struct box *box = box_add(builder, part, class);
	if (!is_first)
		box->may_break = true;
	return box;
}

static double word_width(const struct builder *builder, struct text word)
{
	return shape(builder, word)->width * builder->piece->size_pt;
}

/*
 * A unified social credit code is read in groups: 登记机关和机构类别, 行政区划, 主体标识.
 * Of the ways to divide it the one with the fewest parts that fit.
 */
static bool credit_code_cut(struct builder *builder, struct text code, bool is_first)
{
	static const uint8_t ways[][5] = { { 8, 18 }, { 2, 8, 18 }, { 2, 8, 13, 18 }, { 2, 5, 8, 13, 18 } };
	if (code.size != 18)
		return false;
	for (size_t i = 0; i < code.size; i++)
		if (!is_digit((unsigned char)code.at[i]) && !(code.at[i] >= 'A' && code.at[i] <= 'Z'))
			return false;
	for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
		bool fits = true;
		for (size_t i = 0, start = 0; i < 5 && ways[way][i]; start = ways[way][i++])
			fits = fits && word_width(builder, text_slice(code, start, ways[way][i] - start)) <= builder->options->measure_pt;
		for (size_t i = 0, start = 0; fits && i < 5 && ways[way][i]; start = ways[way][i++])
			part_add(builder, text_slice(code, start, ways[way][i] - start), BOX_WORD,
			         is_first && start == 0);
		if (fits)
			return true;
	}
	return false;
}

/* A part that no line can hold breaks anywhere. */
static void part_cut(struct builder *builder, struct text part, bool is_first)
{
	if (credit_code_cut(builder, part, is_first))
		return;
	for (size_t start = 0; start < part.size;) {
		size_t end = start;
		utf8_next(part, &end);
		part_add(builder, text_slice(part, start, end - start), BOX_WORD, is_first && start == 0);
		start = end;
	}
}

static bool is_letter_or_digit(char byte)
{
	return ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || is_digit((unsigned char)byte);
}

/* A word without the marks around it: (configuration), */
static struct text letters_of(struct text word)
{
	size_t start = 0, end = word.size;
	while (start < end && !is_letter_or_digit(word.at[start]))
		start++;
	while (end > start && !is_letter_or_digit(word.at[end - 1]))
		end--;
	return text_slice(word, start, end - start);
}

/* Cutting a word between two letters that the face sets closer loses nothing as long as no line ends there. */
static void part_kern(const struct builder *builder, struct box *part)
{
	const struct box *before = part - 1;
	struct text both = { before->text.at, before->text.size + part->text.size };
	part->gap = (float)(word_width(builder, both) - (double)before->width - (double)part->width);
}

/* Divides a word where a hyphen may stand; false when it is not to be divided. */
static bool word_hyphenate(struct builder *builder, struct text word)
{
	bool is_break[HYPHEN_LONGEST];
	struct text letters = letters_of(word);
	if (!builder->options->hyphenator || builder->piece->is_code ||
	    !hyphen_word(builder->options->hyphenator, letters, is_break))
		return false;
	size_t start = 0, before = (size_t)(letters.at - word.at);
	double hyphen = word_width(builder, TEXT("-"));
	for (size_t i = 1; i <= word.size; i++) {
		bool is_end = i == word.size;
		if (!is_end && (i <= before || i - before >= letters.size || !is_break[i - before]))
			continue;
		struct box *part = part_add(builder, text_slice(word, start, i - start), BOX_WORD, start == 0);
		if (start > 0) {
			part->hyphen = (float)hyphen;
			part_kern(builder, part);
		}
		start = i;
	}
	return true;
}

/* Modbus/TCP may break after its slash, where three letters stand on either side; GB/T may not. */
static bool is_slash(struct text word, size_t i)
{
	enum { LETTERS = 3 };
	if (word.at[i - 1] != '/' || i < LETTERS + 1 || i + LETTERS > word.size)
		return false;
	for (size_t k = 0; k < LETTERS; k++)
		if ((word.at[i - 2 - k] | 0x20) < 'a' || (word.at[i - 2 - k] | 0x20) > 'z' ||
		    (word.at[i + k] | 0x20) < 'a' || (word.at[i + k] | 0x20) > 'z')
			return false;
	return true;
}

static bool ends_part(struct text word, size_t i, size_t start, bool is_address)
{
	enum { PART_LEAST = 4 };
	if (i == word.size)
		return true;
	if (!is_address)
		return is_slash(word, i);
	return i - start >= PART_LEAST && cuts_well_after(word.at[i - 1]) && !cuts_well_after(word.at[i]);
}

/* Addresses and paths, and words too wide for the line, may break after their separators. */
static void word_add(struct builder *builder, struct text word, enum box_class class)
{
	enum { LONG = 24 };
	double measure = builder->options->measure_pt;
	/* No letter is wider than 1.2 em: most words need no measuring. */
	bool is_wide = (double)word.size * builder->piece->size_pt * 1.2 > measure &&
	               word_width(builder, word) > measure;
	bool is_address = word.size >= LONG || is_wide;
	size_t start = 0;
	for (size_t i = 1; i <= word.size; i++) {
		if (!ends_part(word, i, start, is_address))
			continue;
		struct text part = text_slice(word, start, i - start);
		bool is_first = start == 0, is_whole = is_first && i == word.size;
		start = i;
		if (is_whole && (is_wide || builder->options->hyphenates) && word_hyphenate(builder, part))
			continue;
		if (is_wide && word_width(builder, part) > measure) {
			part_cut(builder, part, is_first);
			continue;
		}
		struct box *box = part_add(builder, part, is_whole ? class : BOX_WORD, is_first);
		if (!is_first && !is_address) {
			box->penalty = PENALTY_PART;
			part_kern(builder, box);
		}
	}
}

static void piece_add(struct builder *builder)
{
	const struct piece *piece = builder->piece;
	if (piece->is_note_mark) {
		box_add(builder, piece->text, BOX_NOTE_MARK);
		return;
	}
	struct scan scan = { .text = piece->text };
	while (scan_next(&scan)) {
		struct text text = text_slice(piece->text, scan.start, scan.end - scan.start);
		if (class_is_word(scan.class))
			word_add(builder, text, scan.class);
		else
			box_add(builder, text, scan.class);
	}
}

/*
 * What no line can hold although it belongs together (（（（（…, a hundred note marks in a row) is
 * parted where a line is full.
 */
static void part_too_wide(struct box *boxes, size_t count, const struct builder *builder)
{
	double most = builder->options->measure_pt + 2 * builder->piece->size_pt, width = 0;
	for (size_t i = 0; i < count; i++) {
		struct box *box = &boxes[i];
		double own = (double)box->width + (double)box->gap;
		width = box->may_break || box->class == BOX_NEWLINE ? own : width + own;
		if (width <= most || width <= own)
			continue;
		box->may_break = true;
		box->penalty = PENALTY_KEEP;
		width = own;
	}
}

void boxes_add(struct boxes *boxes, struct shaper *shaper, const struct piece *pieces, size_t piece_count,
	       const struct box_options *options)
{
	struct builder builder = { .boxes = boxes, .shaper = shaper, .options = options, .first = boxes->count };
	for (size_t i = 0; i < piece_count; i++) {
		builder.piece = &pieces[i];
		builder.piece_number = (uint32_t)i;
		piece_add(&builder);
	}
	if (piece_count)
		part_too_wide(boxes->at + builder.first, boxes->count - builder.first, &builder);
}
