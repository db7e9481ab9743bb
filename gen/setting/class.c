/* SPDX-License-Identifier: MIT */
#include "setting/class.h"

#include "base/utf8.h"

/* What stands in no list is Han when wide, else part of a word. */
static const char *const members[BOX_CLASSES] = {
	[BOX_OPEN] = "（《〈「『【〔〖［｛“‘〝",
	[BOX_CLOSE] = "，。、：；？！）》〉」』】〕〗］｝”’．〞〟",
	[BOX_STOP] = "％‰…⋯—～·・‧％℃々〻ー〜／ぁぃぅぇぉっゃゅょァィゥェォッャュョ!,.:;?)]}",
	[BOX_PREFIX] = "¥￥$€£№＄￡#＃±−≥≤≈",
	[BOX_SUFFIX] = "%‰°℃℉㎡㎥′″‱",
};

enum { PAGE = 256, FOLLOWS = 0x80 };

struct page {
	uint8_t of[PAGE]; /* enum box_class, with FOLLOWS */
	bool is_ready;
};

static uint8_t compute(uint32_t character)
{
	bool follows = utf8_is_invisible(character) || (utf8_width(character) == 0 && character >= 0x300);
	bool is_wide = utf8_width(character) == 2 || (character >= 0x2460 && character <= 0x27BF);
	return (uint8_t)((is_wide ? BOX_HAN : BOX_WORD) | (follows ? FOLLOWS : 0));
}

static void list_members(struct page *page, uint32_t number)
{
	for (size_t class = 0; class < BOX_CLASSES; class++) {
		struct text list = text_from(members[class]);
		for (size_t offset = 0; offset < list.size;) {
			uint32_t character = utf8_next(list, &offset);
			if (character / PAGE == number)
				page->of[character % PAGE] = (uint8_t)class;
		}
	}
}

static void fill(struct page *page, uint32_t number)
{
	for (uint32_t i = 0; i < PAGE; i++)
		page->of[i] = compute(number * PAGE + i);
	list_members(page, number);
	if (number == 0)
		page->of[' '] = page->of['\t'] = page->of['\r'] = BOX_SPACE;
	if (number == 0x30)
		page->of[0] = BOX_SPACE;
	if (number == 0)
		page->of['\n'] = BOX_NEWLINE;
	if (number == 0x20)
		page->of[0x28] = page->of[0x29] = BOX_NEWLINE;
	page->is_ready = true;
}

/* The class of a character of the BMP, a page filled when it is first asked for; Han, by far the most, needs none. */
static uint8_t known(uint32_t character)
{
	static struct page pages[0x10000 / PAGE];
	if (character >= 0x4E00 && character <= 0x9FFF)
		return BOX_HAN;
	if (character > 0xFFFF)
		return compute(character);
	struct page *page = &pages[character / PAGE];
	if (!page->is_ready)
		fill(page, character / PAGE);
	return page->of[character % PAGE];
}

enum box_class class_of(uint32_t character)
{
	return (enum box_class)(known(character) & ~FOLLOWS);
}

bool class_follows(uint32_t character)
{
	return known(character) & FOLLOWS;
}
