/* SPDX-License-Identifier: MIT
 *
 * Total fit: best[j] is the cheapest way to set the boxes before break j.  The
 * breaks that can begin a line ending at j lie in a window of widths, so the work
 * is linear in the paragraph.
 */
#include "setting/break.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/clamp.h"
#include "base/list.h"

double break_natural_width(const struct box *boxes, size_t first, size_t end)
{
	double width = 0;
	for (size_t i = first; i < end; i++)
		width += boxes[i].width + (i > first ? boxes[i].gap : 0);
	if (end > first)
		width -= boxes[first].trim_left + (end - first > 1 || boxes[first].trim_left <= 0 ? boxes[end - 1].trim_right : 0);
	return width;
}

/* Sums over the boxes before each index; gaps belong to the box they stand before. */
struct sums {
	double *width, *shrink, *stretch, *reserve;
	uint32_t *glues;
};

struct way {
	double cost;
	size_t from;
};

struct fit {
	double cost, hang;
};

struct breaker {
	const struct box *boxes;
	size_t start, end; /* a paragraph part without forced breaks inside */
	const struct break_options *options;
	struct sums sums; /* indexed from the first box of the part */
	struct way *best;
};

static void sums_fill(struct breaker *breaker)
{
	size_t count = breaker->end - breaker->start;
	for (size_t i = 0; i < count; i++) {
		const struct box *box = &breaker->boxes[breaker->start + i];
		breaker->sums.width[i + 1] = breaker->sums.width[i] + box->width + box->gap;
		breaker->sums.shrink[i + 1] = breaker->sums.shrink[i] + box->shrink;
		breaker->sums.stretch[i + 1] = breaker->sums.stretch[i] + box->stretch;
		breaker->sums.reserve[i + 1] = breaker->sums.reserve[i] + box->reserve;
		breaker->sums.glues[i + 1] = breaker->sums.glues[i] + box->has_glue;
	}
}

/* Spaces at a line's end vanish. */
static size_t shown_end(const struct breaker *breaker, size_t first, size_t end)
{
	while (end > first + 1 && breaker->boxes[breaker->start + end - 1].class == BOX_SPACE)
		end--;
	return end;
}

/* Where a word is divided the line gains a hyphen. */
static double natural(const struct breaker *breaker, size_t first, size_t end)
{
	const struct box *boxes = breaker->boxes + breaker->start;
	double width = breaker->sums.width[end] - breaker->sums.width[first] - boxes[first].gap;
	width -= boxes[first].trim_left;
	if (end < breaker->end - breaker->start)
		width += boxes[end].hyphen;
	return width - (end - first > 1 || boxes[first].trim_left <= 0 ? boxes[end - 1].trim_right : 0);
}

static double measure_from(const struct breaker *breaker, size_t first)
{
	return breaker->options->width_pt - (first == 0 ? breaker->options->first_indent_pt : 0);
}

#define TOLERANCE 0.01 /* pt: what sums of rounded widths may be off */
#define IMPOSSIBLE 1e12
#define OVERFULL 1e9
#define UNNOTICED_EM 0.06 /* added between Han characters, it is not seen */
#define LOOSE 20.0        /* cost of a line with that much */
#define SQUEEZED 30.0     /* cost of a line whose marks and gaps have given all they can */
#define TIGHT 30.0        /* cost of a line whose Han characters stand as close as they may, besides */
#define SEEN 60.0         /* cost of a line with more than that, besides; it is reached steeply */
#define SEEN_STEEP 400.0
#define HANGING 12.0      /* cost of a mark in the margin */

/* At least two characters besides punctuation: a last line of one is refused while any other way exists. */
static double short_line_cost(const struct breaker *breaker, size_t first, size_t end)
{
	size_t characters = 0;
	for (size_t i = first; i < end && characters < 3; i++) {
		const struct box *box = &breaker->boxes[breaker->start + i];
		if (box->class == BOX_HAN)
			characters++;
		else if (class_is_latin(box->class))
			characters += box->text.size > 1 ? 2 : 1;
	}
	if (characters >= 3)
		return 0;
	return characters == 2 ? 5 : 1e5;
}

/* ，。、 may stand in the margin (clreq 行尾点号悬挂): the half em of it that has ink. */
static double hang_of(const struct breaker *breaker, size_t first, size_t shown)
{
	const struct box *last = &breaker->boxes[breaker->start + shown - 1];
	bool may_hang = breaker->options->is_justified && last->may_hang && shown - first > 1;
	return may_hang ? (double)(last->width - last->trim_right) : 0;
}

/* The cost of taking `missing` from the line: from its marks and gaps, then from between its Han characters. */
static double squeeze_cost(const struct breaker *breaker, size_t first, size_t shown, double missing)
{
	const struct sums *sums = &breaker->sums;
	double marks = sums->shrink[shown] - sums->shrink[first + 1];
	double between = (sums->glues[shown] - sums->glues[first + 1]) * breaker->options->em_pt * BREAK_TIGHTEST_EM;
	if (missing > marks + between + TOLERANCE)
		return IMPOSSIBLE;
	double ratio = marks > 0 ? smaller(missing / marks, 1) : 0;
	double tight = between > 0 ? larger(missing - marks, 0) / between : 0;
	return 1 + SQUEEZED * ratio * ratio * ratio + TIGHT * tight * tight * tight;
}

/*
 * What it costs that `slack` is added to the line.  Up to UNNOTICED_EM between its Han characters it costs little;
 * what is seen costs more than anything that a squeezed line does.  Blanks of marks are widened in between (line.c).
 */
static double stretch_cost(const struct breaker *breaker, size_t first, size_t shown, double slack)
{
	const struct sums *sums = &breaker->sums;
	double em = breaker->options->em_pt;
	double stretch = sums->stretch[shown] - sums->stretch[first + 1];
	double reserve = sums->reserve[shown] - sums->reserve[first + 1];
	double glue = (sums->glues[shown] - sums->glues[first + 1]) * em;
	double more = larger(slack - stretch - glue * BREAK_SOLID_EM, 0);
	double ratio = (slack - 0.8 * smaller(more, reserve)) / (stretch + glue * UNNOTICED_EM + em * 0.02);
	return 1 + LOOSE * ratio * ratio * ratio + smaller(SEEN_STEEP * larger(ratio - 1, 0), SEEN);
}

/* How a line that is too wide is made to fit, and what that costs; IMPOSSIBLE when it is not. */
static struct fit fit_find(const struct breaker *breaker, size_t first, size_t shown, double slack)
{
	struct fit fit = { squeeze_cost(breaker, first, shown, -slack), 0 };
	double hang = hang_of(breaker, first, shown);
	if (hang <= 0)
		return fit;
	slack += hang;
	double cost = slack < 0 ? squeeze_cost(breaker, first, shown, -slack)
	                        : stretch_cost(breaker, first, shown, slack);
	cost += HANGING;
	return cost < fit.cost ? (struct fit){ cost, hang } : fit;
}

/* The cost of the line [first, end) that slack is left of; IMPOSSIBLE when it cannot be squeezed in. */
static double line_cost(const struct breaker *breaker, size_t first, size_t end, double slack)
{
	size_t shown = shown_end(breaker, first, end);
	bool is_last = end == breaker->end - breaker->start;
	double em = breaker->options->em_pt;
	if (slack < -TOLERANCE && !breaker->options->is_justified)
		return IMPOSSIBLE;
	if (slack < -TOLERANCE)
		return fit_find(breaker, first, shown, slack).cost + (is_last ? 20 : 0);
	if (is_last)
		return first == 0 ? 0 : short_line_cost(breaker, first, shown);
	slack = larger(slack, 0);
	return breaker->options->is_justified ? stretch_cost(breaker, first, shown, slack) : slack * slack / (em * em);
}

/*
 * What a line's end at `end` costs.  A line whose Han characters stand r times as far
 * apart as goes unnoticed costs 20 r³, and 60 more where r is clearly above 1: 200 is a ninth of an em between them,
 * 2000 a quarter.
 */
static double cost_of_end(const struct breaker *breaker, size_t first, size_t end)
{
	static const double costs[PENALTIES] = { [PENALTY_PART] = 8, [PENALTY_WORD] = 25, [PENALTY_CODE] = 200,
	                                         [PENALTY_KEEP] = 2000 };
	const struct box *boxes = breaker->boxes + breaker->start;
	if (end == breaker->end - breaker->start)
		return 0;
	double cost = costs[boxes[end].penalty];
	if (boxes[end].hyphen > 0) {
		double loosest = breaker->options->loosest_em / UNNOTICED_EM;
		cost += LOOSE * loosest * loosest * loosest;
		if (first > 0 && boxes[first].hyphen > 0)
			cost *= 4; /* not two lines in a row */
	}
	return cost;
}

static bool is_break(const struct breaker *breaker, size_t index)
{
	return index == 0 || index == breaker->end - breaker->start || breaker->boxes[breaker->start + index].may_break;
}

/* The widest a line that ends at `end` may be before squeezing it is hopeless. */
static bool is_too_wide(const struct breaker *breaker, size_t first, size_t end)
{
	double shrink = breaker->sums.shrink[end] - breaker->sums.shrink[first];
	double width = breaker->sums.width[end] - breaker->sums.width[first];
	return width - shrink - breaker->options->em_pt * 3 > measure_from(breaker, first);
}

/* The best first box of a line that ends at `end`, from `window` on. */
static void best_find(struct breaker *breaker, size_t window, size_t end)
{
	bool is_last = end == breaker->end - breaker->start;
	struct way best = { IMPOSSIBLE, 0 };
	for (size_t first = window; first < end; first++) {
		if (!is_break(breaker, first) || breaker->best[first].cost >= IMPOSSIBLE)
			continue;
		double measure = measure_from(breaker, first);
		double slack = measure - natural(breaker, first, shown_end(breaker, first, end));
		double own = line_cost(breaker, first, end, slack);
		if (own >= IMPOSSIBLE)
			continue;
		double cost = own + breaker->best[first].cost + cost_of_end(breaker, first, end);
		if (cost < best.cost)
			best = (struct way){ cost, first };
		/*
		 * A line that is loose already only gets looser: costs more by itself than the best so
		 * far, or is hopeless.
		 */
		if (!is_last && slack >= 0 && (own >= best.cost || slack > measure * 0.4))
			break;
	}
	breaker->best[end] = best;
}

static void best_fill(struct breaker *breaker)
{
	size_t count = breaker->end - breaker->start, window = 0;
	breaker->best[0] = (struct way){ 0, 0 };
	for (size_t end = 1; end <= count; end++) {
		breaker->best[end] = (struct way){ IMPOSSIBLE, 0 };
		if (!is_break(breaker, end))
			continue;
		while (window + 1 < end && is_too_wide(breaker, window, end))
			window++;
		best_find(breaker, window, end);
		if (breaker->best[end].cost < IMPOSSIBLE)
			continue;
		/* Nothing fits: the last reachable break begins an overfull line. */
		for (size_t first = end; first-- > 0;)
			if (is_break(breaker, first) && breaker->best[first].cost < IMPOSSIBLE) {
				breaker->best[end] = (struct way){
					smaller(breaker->best[first].cost + OVERFULL, IMPOSSIBLE / 2), first };
				break;
			}
	}
}

static void lines_collect(const struct breaker *breaker, struct broken_lines *lines)
{
	size_t from = lines->count, end = breaker->end - breaker->start;
	while (end > 0) {
		size_t first = breaker->best[end].from, shown = shown_end(breaker, first, end);
		double width = natural(breaker, first, shown), slack = measure_from(breaker, first) - width;
		double hang = slack < -TOLERANCE ? fit_find(breaker, first, shown, slack).hang : 0;
		struct broken_line *line = LIST_ADD(lines);
		*line = (struct broken_line){ breaker->start + first, breaker->start + shown, width - hang, hang,
		                              end == breaker->end - breaker->start };
		end = first;
	}
	for (size_t a = from, b = lines->count; a + 1 < b; a++, b--) {
		struct broken_line swap = lines->at[a];
		lines->at[a] = lines->at[b - 1];
		lines->at[b - 1] = swap;
	}
}

static void part_break(struct broken_lines *lines, struct breaker *breaker)
{
	/* Spaces at a line's start vanish too. */
	while (breaker->start < breaker->end && breaker->boxes[breaker->start].class == BOX_SPACE)
		breaker->start++;
	size_t count = breaker->end - breaker->start;
	if (count == 0) {
		struct broken_line *line = LIST_ADD(lines);
		*line = (struct broken_line){ breaker->start, breaker->start, 0, 0, true };
		return;
	}
	double whole = break_natural_width(breaker->boxes, breaker->start, breaker->end);
	if (whole <= measure_from(breaker, 0) + TOLERANCE) {
		size_t shown = breaker->end;
		while (shown > breaker->start + 1 && breaker->boxes[shown - 1].class == BOX_SPACE)
			shown--;
		struct broken_line *line = LIST_ADD(lines);
		double shown_width = break_natural_width(breaker->boxes, breaker->start, shown);
		*line = (struct broken_line){ breaker->start, shown, shown_width, 0, true };
		return;
	}
	double *doubles = memory_resize(NULL,
	                                (count + 1) * (4 * sizeof(double) + sizeof(struct way) + sizeof(uint32_t)));
	breaker->best = (struct way *)(void *)(doubles + 4 * (count + 1));
	breaker->sums = (struct sums){ doubles, doubles + count + 1, doubles + 2 * (count + 1),
	                               doubles + 3 * (count + 1), (uint32_t *)(void *)(breaker->best + count + 1) };
	breaker->sums.width[0] = breaker->sums.shrink[0] = breaker->sums.stretch[0] = breaker->sums.reserve[0] = 0;
	breaker->sums.glues[0] = 0;
	sums_fill(breaker);
	best_fill(breaker);
	lines_collect(breaker, lines);
	free(doubles);
}

void break_lines(struct broken_lines *lines, const struct box *boxes, size_t count, const struct break_options *options)
{
	size_t start = 0;
	struct break_options part = *options;
	for (size_t i = 0; i <= count; i++) {
		if (i < count && boxes[i].class != BOX_NEWLINE)
			continue;
		if (i == count && start == count && start > 0)
			break; /* a forced break at the very end opens no line */
		struct breaker breaker = { .boxes = boxes, .start = start, .end = i, .options = &part };
		part_break(lines, &breaker);
		part.first_indent_pt = 0; /* what follows a forced break is not indented */
		start = i + 1;
	}
}
