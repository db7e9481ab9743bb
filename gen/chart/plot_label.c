/* SPDX-License-Identifier: MIT */
#include "chart/plot_label.h"

#include <math.h>

#include "base/buf.h"
#include "base/utf8.h"

#define ELLIPSIS "…"
/* Nobody reads more of a label, and shaping costs by the character. */
enum { LABEL_CHARACTERS = 120 };
#define JOIN_BONUS 0.1 /* in squares of a full line */

static bool is_one_of(uint32_t character, const char *set)
{
	struct text text = text_from(set);
	for (size_t at = 0; at < text.size;)
		if (utf8_next(text, &at) == character)
			return true;
	return false;
}

/* Whether a line may end between two characters. */
static bool may_break(uint32_t before, uint32_t after)
{
	if (is_one_of(after, "、，。；：！？）》」』】〉〕％%℃·,.;:!?)]}…—") || is_one_of(before, "（《「『【〈〔([{…—"))
		return false;
	return before == ' ' || before == '/' || utf8_width(before) == 2 || utf8_width(after) == 2;
}

struct text plot_shorten(const struct plotter *p, struct text text, struct plot_font font, double width)
{
	struct text kept = utf8_prefix(text, LABEL_CHARACTERS);
	const double *pens = plot_text_pens(p, kept, font);
	if (kept.size == text.size && pens[kept.size] <= width)
		return text;
	double room = width - plot_text_width(p, TEXT(ELLIPSIS), font);
	size_t end = 0;
	for (size_t at = 0; at < kept.size;) {
		utf8_next(kept, &at);
		if (pens[at] > room)
			break;
		end = at;
	}
	kept = text_trim(text_slice(kept, 0, end));
	if (kept.size)
		return text_format(p->arena, "%.*s" ELLIPSIS, TEXT_ARGS(kept));
	return room >= 0 ? TEXT(ELLIPSIS) : NO_TEXT;
}

/* A text being broken: its bytes from `at` on are not on a line yet. */
struct breaker {
	struct text text;
	const double *pens;
	size_t at;
};

/* The end of the longest piece that may stand on a line of `width`; `at` when there is none. */
static size_t line_end(const struct breaker *b, double width)
{
	size_t best = b->at, at = b->at;
	uint32_t before = utf8_next(b->text, &at);
	while (at < b->text.size) {
		size_t here = at;
		uint32_t after = utf8_next(b->text, &at);
		/* A space at the line's end takes no room. */
		size_t seen = before == ' ' ? here - 1 : here;
		if (b->pens[seen] - b->pens[b->at] > width)
			return best;
		if (may_break(before, after))
			best = here;
		before = after;
	}
	return b->pens[b->text.size] - b->pens[b->at] <= width ? b->text.size : best;
}

/* Breaks greedily; false when text is left over or a word is too wide. */
static bool fill(struct breaker *b, double width, struct plot_lines *lines, size_t most)
{
	lines->count = 0;
	for (b->at = 0; b->at < b->text.size && lines->count < most;) {
		size_t end = line_end(b, width);
		if (end == b->at)
			return false;
		lines->lines[lines->count++] = text_trim(text_slice(b->text, b->at, end - b->at));
		for (b->at = end; b->at < b->text.size && b->text.at[b->at] == ' ';)
			b->at++;
	}
	return b->at == b->text.size;
}

static void measure(const struct plotter *p, struct plot_font font, struct plot_lines *lines)
{
	lines->width = 0;
	for (size_t i = 0; i < lines->count; i++) {
		double width = plot_text_width(p, lines->lines[i], font);
		lines->width = width > lines->width ? width : lines->width;
	}
}

/* The best way to break what follows a place into a number of lines; cost INFINITY: none. */
struct way {
	double cost;
	size_t end; /* of its first line */
};

/* A line may well begin with a word that joins two others. */
static bool joins(struct text text, size_t at)
{
	return at < text.size && is_one_of(utf8_next(text, &at), "与和及或、");
}

/* Fills in, for every place, the best way into so many lines from the ways into one fewer. */
static void find_ways(const struct breaker *b, double width, const struct way *fewer, struct way *ways)
{
	const struct text text = b->text;
	for (size_t from = 0, next = 0; from < text.size; from = next) {
		ways[from].cost = INFINITY;
		next = from;
		uint32_t before = utf8_next(text, &next);
		for (size_t end = next, after_end; end < text.size; end = after_end) {
			after_end = end;
			uint32_t after = utf8_next(text, &after_end);
			double wide = (b->pens[end] - b->pens[from]) / width;
			double cost = fewer[end].cost + wide * wide - (joins(text, end) ? JOIN_BONUS : 0);
			double seen = b->pens[before == ' ' ? end - 1 : end] - b->pens[from];
			if (seen <= width && may_break(before, after) && cost <= ways[from].cost + 1e-9)
				ways[from] = (struct way){ cost, end };
			before = after;
		}
	}
}

/* As many lines, none much shorter than another, longer ones first: "供应链 / 安全 / 保障". */
static void balance(const struct plotter *p, const struct breaker *b, double width, struct plot_lines *lines)
{
	size_t size = b->text.size, count = lines->count;
	struct way *ways = ARENA_ARRAY(p->arena, struct way, (size + 1) * count);
	struct way *last = ways + (size + 1) * (count - 1);
	for (size_t i = 0; i < size; i++) {
		double wide = (b->pens[size] - b->pens[i]) / width;
		last[i] = (struct way){ wide <= 1 ? wide * wide : INFINITY, size };
	}
	for (size_t line = count - 1; line-- > 0;)
		find_ways(b, width, ways + (size + 1) * (line + 1), ways + (size + 1) * line);
	for (size_t line = 0, at = 0; line < count && isfinite(ways[0].cost); line++) {
		size_t end = ways[(size + 1) * line + at].end;
		lines->lines[line] = text_trim(text_slice(b->text, at, end - at));
		at = end;
	}
}

struct plot_lines plot_wrap(const struct plotter *p, struct text text, struct plot_font font, double width, size_t most)
{
	struct plot_lines lines = { .count = 0 };
	text = text_trim(text);
	if (!text.size)
		return lines;
	most = most > PLOT_LINES_MOST ? PLOT_LINES_MOST : most;
	struct text kept = utf8_prefix(text, LABEL_CHARACTERS);
	struct breaker b = { kept, plot_text_pens(p, kept, font), 0 };
	bool fits = fill(&b, width, &lines, most) && kept.size == text.size;
	if (fits && lines.count > 1)
		balance(p, &b, width, &lines);
	if (!fits) {
		lines.is_short = true;
		fill(&b, width, &lines, most - 1);
		struct text last = plot_shorten(p, text_trim(text_slice(text, b.at, text.size)), font, width);
		if (last.size)
			lines.lines[lines.count++] = last;
	}
	measure(p, font, &lines);
	return lines;
}

void plot_text_lines(struct plotter *p, const struct plot_lines *lines, struct plot_font font, struct plot_at at)
{
	double leading = plot_leading(font);
	at.y -= leading * ((double)lines->count - 1) / 2;
	for (size_t i = 0; i < lines->count; i++, at.y += leading)
		plot_text(p, lines->lines[i], font, at);
}

void plot_text_below(struct plotter *p, const struct plot_lines *lines, struct plot_font font, double middle,
		     double top, double *end)
{
	middle = fmin(fmax(middle, lines->width / 2), p->width - lines->width / 2);
	if (middle - lines->width / 2 < *end + 2)
		return;
	*end = middle + lines->width / 2;
	top += (double)lines->count * plot_leading(font) / 2;
	plot_text_lines(p, lines, font, (struct plot_at){ middle, top, PLOT_MIDDLE });
}

/* Slots that touch, placed as one; the block begins at the mean of where its slots would have it. */
struct block {
	size_t first, count;
	double size, start_sum; /* start = start_sum / count */
};

static double block_start(const struct block *block, double from, double to)
{
	double start = block->start_sum / (double)block->count;
	if (start + block->size > to)
		start = to - block->size;
	return start < from ? from : start;
}

static void merge(struct block *into, const struct block *next)
{
	into->start_sum += next->start_sum - (double)next->count * into->size;
	into->count += next->count;
	into->size += next->size;
}

static size_t put_evenly(struct plot_slot *slots, size_t count, double from, double to)
{
	double largest = 0;
	for (size_t i = 0; i < count; i++)
		largest = slots[i].size > largest ? slots[i].size : largest;
	double span = to - from - largest, step = count > 1 ? span / (double)(count - 1) : 0;
	for (size_t i = 0; i < count; i++)
		slots[i].middle = from + largest / 2 + (span > 0 ? step * (double)i : 0);
	if (span <= 0)
		return count;
	size_t skip = 1;
	while (skip < count && (double)skip * step < largest)
		skip++;
	return skip;
}

/* Least squares by pooling neighbours that would overlap (isotonic regression). */
size_t plot_spread(struct plotter *p, struct plot_slot *slots, size_t count, double from, double to)
{
	double total = 0;
	for (size_t i = 0; i < count; i++)
		total += slots[i].size;
	if (total > to - from + 1e-9)
		return put_evenly(slots, count, from, to);
	struct block *blocks = ARENA_ARRAY(p->arena, struct block, count);
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		blocks[used++] = (struct block){ i, 1, slots[i].size, slots[i].wanted - slots[i].size / 2 };
		while (used > 1 &&
		       block_start(&blocks[used - 2], from, to) + blocks[used - 2].size > block_start(&blocks[used - 1],
		                                                                                      from, to)) {
			merge(&blocks[used - 2], &blocks[used - 1]);
			used--;
		}
	}
	for (size_t b = 0; b < used; b++) {
		double at = block_start(&blocks[b], from, to);
		for (size_t i = blocks[b].first; i < blocks[b].first + blocks[b].count; i++) {
			slots[i].middle = at + slots[i].size / 2;
			at += slots[i].size;
		}
	}
	return 1;
}

bool plot_is_year(struct text text)
{
	size_t digits = 0;
	while (digits < text.size && text.at[digits] >= '0' && text.at[digits] <= '9')
		digits++;
	return digits == 4 && utf8_count(text) <= 8;
}
