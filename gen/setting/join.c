/* SPDX-License-Identifier: MIT */
#include "setting/join.h"

#include "base/utf8.h"

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static bool begins_with_digit(const struct box *box)
{
	return class_is_word(box->class) && box->text.size && is_digit(box->text.at[0]);
}

static bool ends_with_digit(const struct box *box)
{
	return class_is_word(box->class) && box->text.size && is_digit(box->text.at[box->text.size - 1]);
}

static bool is_among(const char *list, const struct box *box)
{
	struct text all = text_from(list);
	return box->class == BOX_HAN && box->text.size <= 4 && text_find(all, box->text) < all.size;
}

/* ---- where a line may end ------------------------------------------------------- */

static bool may_break_between(const struct box *left, const struct box *right)
{
	enum box_class before = left->class, after = right->class;
	if (after == BOX_CLOSE || after == BOX_STOP || after == BOX_NOTE_MARK || after == BOX_SPACE ||
	    after == BOX_NEWLINE)
		return false;
	if (before == BOX_OPEN || before == BOX_PREFIX)
		return false;
	if (after == BOX_SUFFIX)
		return !class_is_word(before) && before != BOX_SUFFIX;
	if (class_is_latin(before) && (class_is_latin(after) || after == BOX_DASH))
		return false; /* the same word in two manners; 41400—2022 */
	if (before == BOX_DASH && (after == BOX_NUMBER || after == BOX_DASH))
		return false; /* a dash of four is one dash */
	return true;
}

/* ---- numbers and what they belong to --------------------------------------------- */

/* Measure words and units: not at a line's start after their number. */
static const char counters[] =
	"家个项条年月日号级星分名次台万亿元天页章节款类件位套人时周届批户度点秒倍米千百吨克升期轮卷册本份篇场层座种组对片块段档例站门路组处只支张幅栋辆行列步";
static const char numerals[] = "〇零一二三四五六七八九十百千两";

/* GB/T, ISO/IEC, PA: what a number after a space completes. */
static bool is_code_prefix(const struct box *box)
{
	enum { LONGEST = 8 };
	struct text text = box->text;
	if (box->class != BOX_WORD || text.size > LONGEST || text.size == 0)
		return false;
	if (text_is(text, "No.") || text_is(text, "Fig.") || text_is(text, "Rev."))
		return true;
	for (size_t i = 0; i < text.size; i++)
		if (!(text.at[i] >= 'A' && text.at[i] <= 'Z') && text.at[i] != '/' && !(i > 0 && is_digit(text.at[i])))
			return false;
	return text.at[0] != '/';
}

static bool is_unit(const struct box *box)
{
	static const char units[] = " mm cm m km g kg t s ms us min h V kV mV A mA W kW MW Hz kHz MHz GHz B KB kB MB GB TB bit kbps Mbps Gbps bps dB dBm Pa kPa MPa L mL K F C AC DC rpm ";
	char padded[8] = " ";
	size_t size = box->text.size;
	if (box->class == BOX_SUFFIX)
		return true;
	if (box->class != BOX_WORD || size > 4)
		return false;
	memcpy(padded + 1, box->text.at, size);
	padded[1 + size] = ' ';
	return text_find(TEXT(units), (struct text){ padded, size + 2 }) < sizeof units - 1;
}

/* One character of three bytes, quickly: this is asked at every place of a text. */
static bool is_character(const struct box *box, const char *character)
{
	return box->text.size == 3 && memcmp(box->text.at, character, 3) == 0;
}

/* 附件, 附表: what a number follows whether it is written 1 or 一. */
static bool is_annex(const struct box *before, const struct box *earlier)
{
	return earlier && is_character(earlier, "附") && is_among("件录表图例注", before);
}

/* 图 2-3, 表 1-2, 附件 1, 第 3; `before` is a Han character, `earlier` what stands before it or NULL. */
static bool refers_to_number(const struct box *before, const struct box *earlier)
{
	if (is_character(before, "第") || is_annex(before, earlier))
		return true;
	/* 见图 2-3, but not 截图 3 张 */
	return is_among("图表", before) && !(earlier && is_among("截扑地视草绘版制构报列仪电外发代量清", earlier));
}

/* Within 第十二章, from 第 up to the character after the numerals; notes on the box that its row goes on. */
static bool is_in_ordinal(const struct box *before, struct box *box)
{
	bool is_first = is_character(before, "第");
	if (box->class != BOX_HAN || !(is_first || before->is_ordinal))
		return false;
	box->is_ordinal = is_among(numerals, box);
	return before->is_ordinal || box->is_ordinal;
}

/* Whether the byte begins one of U+3000 … U+EFFF in UTF-8, as almost all that is set does. */
static bool is_ideograph(char byte)
{
	return (unsigned char)byte >= 0xE3 && (unsigned char)byte <= 0xEE;
}

/* Ｓ７ and １２３ written in full width are words too; ① begins what follows. */
static bool is_wide_word(const struct box *before, const struct box *after)
{
	uint32_t left = 0, right = 0;
	size_t offset = 0;
	if (before->class != BOX_HAN || after->class != BOX_HAN || is_ideograph(before->text.at[0]))
		return false;
	left = utf8_next(before->text, &offset);
	offset = 0;
	right = utf8_next(after->text, &offset);
	if (left >= 0x2460 && left <= 0x24FF)
		return right > 0x2FFF;
	return left >= 0xFF10 && left <= 0xFF5A && right >= 0xFF10 && right <= 0xFF5A;
}

/* How much a break between two boxes, with or without a space between them, is disliked. */
static enum break_penalty penalty_between(const struct box *before, const struct box *after, const struct box *earlier)
{
	if (ends_with_digit(before) && is_among(counters, after))
		return PENALTY_KEEP;
	if (before->class == BOX_HAN && (begins_with_digit(after) || after->class == BOX_PREFIX) &&
	    refers_to_number(before, earlier))
		return PENALTY_KEEP;
	if (is_annex(before, earlier) && is_among(numerals, after))
		return PENALTY_KEEP;
	if (is_wide_word(before, after) || (is_character(before, "附") && is_among("件录表图", after)))
		return PENALTY_KEEP;
	if (before->class == BOX_STOP && begins_with_digit(after) && earlier && ends_with_digit(earlier))
		return PENALTY_KEEP; /* 10～20 */
	return PENALTY_NONE;
}

/* ---- blanks ------------------------------------------------------------------------ */

static bool wants_gap(enum box_class before, enum box_class after)
{
	return (before == BOX_HAN && class_is_latin(after)) || (class_is_latin(before) && after == BOX_HAN);
}

/* The blank of a mark inside a line may shrink to half of it: brackets first, then 、，；：, full stops last. */
static enum squeeze rank_of(const struct box *mark)
{
	if (mark->class == BOX_OPEN || text_find(TEXT("）》〉」』】〕〗］｝”’"), mark->text) < 36)
		return SQUEEZE_BRACKET;
	return text_find(TEXT("，、：；"), mark->text) < 12 ? SQUEEZE_COMMA : SQUEEZE_FULL_STOP;
}

static void space(const struct box *before, struct box *after, double em)
{
	enum box_class left = before->class, right = after->class;
	if (wants_gap(left, right) && after->suits_gap && before->suits_gap) {
		after->gap = (float)(em / 4);
		after->shrink = after->stretch = (float)(em / 8);
		after->reserve = (float)(em / 8); /* to half an em: clreq 中西间距 */
		after->squeeze = SQUEEZE_GAP;
	} else if ((left == BOX_CLOSE && (right == BOX_CLOSE || right == BOX_OPEN)) ||
	           (left == BOX_OPEN && right == BOX_OPEN)) {
		/* Two marks share the blank between them: 2 em become 1.5 em. */
		after->gap = -(left == BOX_CLOSE && before->trim_right > 0 ? before->trim_right : after->trim_left);
	} else if (left == BOX_CLOSE && before->trim_right > 0) {
		after->shrink += before->trim_right / 2;
		after->squeeze = (uint8_t)rank_of(before);
	} else if (right == BOX_OPEN && after->trim_left > 0) {
		after->shrink += after->trim_left / 2;
		after->squeeze = (uint8_t)rank_of(after);
	}
	/* Nothing is added before a mark that closes or after one that opens: it stays with its word. */
	const unsigned tight_left = 1u << BOX_SPACE | 1u << BOX_OPEN | 1u << BOX_PREFIX;
	const unsigned tight_right = 1u << BOX_SPACE | 1u << BOX_CLOSE | 1u << BOX_STOP | 1u << BOX_NOTE_MARK | 1u << BOX_SUFFIX;
	bool is_one = (class_is_latin(left) && class_is_latin(right)) || (left == BOX_DASH && right == BOX_DASH);
	bool follows_mark = left == BOX_CLOSE && before->trim_right > 0 && !(tight_right >> right & 1);
	bool follows_stop = follows_mark && rank_of(before) != SQUEEZE_BRACKET;
	if (follows_stop)
		after->reserve = (float)(em * 3 / 8);
	else if (follows_mark || (right == BOX_OPEN && after->trim_left > 0 && !(tight_left >> left & 1)))
		after->reserve = (float)(em / 8); /* outside of brackets */
	after->has_glue = !is_one && !(tight_left >> left & 1) && !(tight_right >> right & 1);
}

/* A space typed beside Han is a quarter-em gap, not a word space; 6 and 月 belong together across it too. */
static void join_across_space(struct box *box, const struct box *earlier, double em)
{
	struct box *blank = box - 1, *before = box - 2;
	bool is_beside_han = before->class == BOX_HAN || box->class == BOX_HAN;
	if (blank->text.size == 1 && is_beside_han && box->suits_gap && before->suits_gap) {
		blank->width = (float)(em / 4);
		blank->shrink = (float)(em / 8);
		blank->stretch = blank->reserve = before->class == box->class ? 0 : (float)(em / 8);
		blank->squeeze = SQUEEZE_GAP;
		box->has_glue = true;
	}
	box->penalty = (uint8_t)penalty_between(before, box, earlier);
	bool is_number = ends_with_digit(before);
	if (is_number && is_unit(box))
		box->penalty = PENALTY_KEEP;
	else if (begins_with_digit(box) && is_code_prefix(before))
		box->penalty = PENALTY_CODE;
}

void join_last(struct box *boxes, size_t count, double em)
{
	if (count < 2)
		return;
	struct box *box = &boxes[count - 1], *before = box - 1;
	box->may_break = may_break_between(before, box);
	space(before, box, em);
	if (box->class == BOX_SPACE)
		return;
	if (before->class == BOX_SPACE) {
		if (count > 2)
			join_across_space(box, count > 3 ? &boxes[count - 4] : NULL, em);
		return;
	}
	box->penalty = (uint8_t)penalty_between(before, box, count > 2 ? &boxes[count - 3] : NULL);
	if (is_in_ordinal(before, box))
		box->penalty = PENALTY_KEEP;
}
