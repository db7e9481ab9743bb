/* SPDX-License-Identifier: MIT
 *
 * Marks to content streams.  Numbers are written from integers (1/100 pt, 1/1000
 * em): what the reader adds up is then exactly what we added up, and nothing
 * drifts along a line.
 */
#include <limits.h>
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "render/haru.h"

/* ---- numbers -------------------------------------------------------------- */

static int64_t hundredths(double value)
{
	return haru_round(value * 100);
}

/* ---- state ---------------------------------------------------------------- */

static void close_content(struct haru *haru);

void haru_close_text(struct haru *haru)
{
	if (!haru->state.is_text_open)
		return;
	if (haru->state.is_tag_in_text)
		close_content(haru);
	buf_string(&haru->content, "ET\n");
	haru->state.is_text_open = false;
}

static void open_text(struct haru *haru)
{
	if (haru->state.is_text_open)
		return;
	buf_string(&haru->content, "BT\n");
	haru->state.is_text_open = true;
	haru->state.line_x = haru->state.line_y = 0;
}

static void close_content(struct haru *haru)
{
	if (haru->state.tag == HARU_NOTHING_OPEN)
		return;
	if (!haru->state.is_tag_in_text)
		haru_close_text(haru);
	buf_string(&haru->content, "EMC\n");
	haru->state.tag = HARU_NOTHING_OPEN;
	haru->state.is_tag_in_text = false;
}

void haru_open_content(struct haru *haru, int32_t tag, bool is_text)
{
	if (haru->state.tag == tag && (is_text || !haru->state.is_tag_in_text))
		return;
	close_content(haru);
	if (is_text)
		open_text(haru);
	else
		haru_close_text(haru);
	haru->state.tag = tag;
	haru->state.is_tag_in_text = is_text;
	if (tag < 0) {
		buf_string(&haru->content, "/Artifact BMC\n");
		return;
	}
	buf_byte(&haru->content, '/');
	buf_string(&haru->content, haru->pages->tags[tag].type);
	buf_string(&haru->content, "<</MCID ");
	haru_write_number(&haru->content, (uint32_t)haru_add_content(haru, tag));
	buf_string(&haru->content, ">>BDC\n");
}

static uint32_t packed(struct colour colour)
{
	return (uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 | colour.blue;
}

static void put_colour(struct buf *out, uint32_t colour, const char *operator)
{
	for (int shift = 16; shift >= 0; shift -= 8)
		haru_write_units(out, ((int64_t)(colour >> shift & 0xFF) * 1000 + 127) / 255, 3);
	buf_string(out, operator);
}

/* A page goes from one colour to another and back, so what was written for the last few is written again. */
void haru_set_fill(struct haru *haru, struct colour colour)
{
	if (haru->state.fill == packed(colour))
		return;
	haru->state.fill = packed(colour);
	struct haru_ink *ink = &haru->inks[(haru->state.fill ^ haru->state.fill >> 13) % HARU_INKS];
	if (!ink->size || ink->colour != haru->state.fill) {
		size_t from = haru->content.size;
		put_colour(&haru->content, haru->state.fill, "rg\n");
		ink->colour = haru->state.fill;
		ink->size = haru->content.overflowed ? 0 : haru->content.size - from;
		memcpy(ink->text, haru->content.at + from, ink->size);
		return;
	}
	buf_add(&haru->content, ink->text, ink->size);
}

void haru_set_stroke(struct haru *haru, struct colour colour)
{
	if (haru->state.stroke == packed(colour))
		return;
	haru->state.stroke = packed(colour);
	put_colour(&haru->content, haru->state.stroke, "RG\n");
}

void haru_set_opacity(struct haru *haru, uint8_t opacity)
{
	if (haru->state.opacity == opacity)
		return;
	haru->state.opacity = opacity;
	buf_format(&haru->content, "/G%d gs\n", opacity);
	if (haru->has_state[opacity])
		return;
	haru->has_state[opacity] = true;
	HPDF_Dict dict = haru_dict(haru);
	char key[8];
	snprintf(key, sizeof key, "G%d", opacity);
	haru_set_name(haru, dict, "Type", "ExtGState");
	haru_set_real(haru, dict, "ca", opacity / 255.0);
	haru_set_real(haru, dict, "CA", opacity / 255.0);
	haru_set(haru, haru->states, key, dict);
}

static void set_font(struct haru *haru, uint16_t face, double size_pt)
{
	bool is_same = haru->state.face == face && hundredths(haru->state.size_pt) == hundredths(size_pt);
	if (is_same)
		return;
	haru->state.face = face;
	haru->state.size_pt = (double)hundredths(size_pt) / 100;
	buf_string(&haru->content, "/F");
	haru_write_number(&haru->content, face);
	buf_byte(&haru->content, ' ');
	haru_write_length(&haru->content, size_pt);
	buf_string(&haru->content, "Tf\n");
}

/* ---- text ----------------------------------------------------------------- */

/* Showing one run. */
struct show {
	struct haru *haru;
	const struct glyph_run *run;
	const struct haru_font *font;
	double origin_x, origin_y; /* subtracted: the page's (0, height) or the turned run's start */
	double pen;                /* where the reader is, in points */
	double y;                  /* of the glyph that began the text line */
	int64_t step;              /* way_back */
	enum { SHOW_CLOSED, SHOW_ARRAY, SHOW_STRING } state;
	bool is_artifact;
};

static void end_string(struct show *show)
{
	if (show->state == SHOW_STRING)
		buf_byte(&show->haru->content, ')');
	if (show->state != SHOW_CLOSED)
		buf_string(&show->haru->content, "]TJ\n"); /* of one string, too: with (…)Tj less repeats */
	show->state = SHOW_CLOSED;
}

static double y_of(const struct show *show, const struct placed_glyph *glyph)
{
	return show->origin_y - glyph->y;
}

static double advance_of(const struct show *show, const struct placed_glyph *glyph)
{
	int width = glyph->id ? show->font->cut.widths[show->font->rank_of[glyph->id]] : 1000;
	return width * show->haru->state.size_pt / 1000;
}

/*
 * The gap that most neighbours of a justified line have, as character spacing: one
 * operator instead of a number between all glyphs.  In 1/1000 pt.
 */
static int64_t common_gap(const struct show *show)
{
	enum { MOST = 128 }; /* of a line; more share what the first have */
	const struct placed_glyph *glyphs = show->run->glyphs;
	size_t pairs = show->run->count - 1, votes = 0, count = 0;
	double gaps[MOST], candidate = 0;
	pairs = pairs < MOST ? pairs : MOST;
	for (size_t i = 0; i < pairs; i++) { /* majority vote */
		gaps[i] = glyphs[i + 1].x - glyphs[i].x - advance_of(show, &glyphs[i]);
		if (votes == 0)
			candidate = gaps[i];
		votes += fabs(gaps[i] - candidate) < 0.004 ? 1 : (size_t)-1;
	}
	for (size_t i = 0; i < pairs; i++)
		count += fabs(gaps[i] - candidate) < 0.004;
	return count > pairs / 2 ? haru_round(candidate * 1000) : 0;
}

static void set_spacing(struct show *show)
{
	int64_t spacing = show->run->count > 2 ? common_gap(show) : 0;
	if (haru_round(show->haru->state.spacing * 1000) == spacing)
		return;
	show->haru->state.spacing = (double)spacing / 1000;
	haru_write_units(&show->haru->content, spacing, 3);
	buf_string(&show->haru->content, "Tc\n");
}

/* Starts a text line at the glyph. */
static void move_to(struct show *show, const struct placed_glyph *glyph)
{
	struct haru_state *state = &show->haru->state;
	int64_t x = hundredths(glyph->x - show->origin_x), y = hundredths(y_of(show, glyph));
	if (x != state->line_x || y != state->line_y) {
		haru_write_units(&show->haru->content, x - state->line_x, 2);
		haru_write_units(&show->haru->content, y - state->line_y, 2);
		buf_string(&show->haru->content, "Td\n");
	}
	state->line_x = x;
	state->line_y = y;
	show->y = glyph->y;
	show->pen = (double)x / 100;
}

/* A bare CR would be read as LF. */
static inline char *put_byte(char *end, unsigned char byte)
{
	static const char escaped[UCHAR_MAX + 1] = { ['('] = '(', [')'] = ')', ['\\'] = '\\', ['\r'] = 'r' };
	*end = '\\';
	end += escaped[byte] != '\0';
	*end = escaped[byte] ? escaped[byte] : (char)byte;
	return end + 1;
}

static void put_code(struct show *show, uint16_t code)
{
	enum { MOST = 6 }; /* bytes: brackets, and two that are escaped */
	struct buf *out = &show->haru->content;
	char *at = buf_room(out, MOST), *end = at;
	if (!at)
		return;
	if (show->state == SHOW_CLOSED)
		*end++ = '[';
	if (show->state != SHOW_STRING)
		*end++ = '(';
	show->state = SHOW_STRING;
	end = put_byte(put_byte(end, (unsigned char)(code >> 8)), (unsigned char)(code & 0xFF));
	buf_wrote(out, (size_t)(end - at));
}

/*
 * How far the pen must go back for the next glyph, in 1/1000 em.  Steps of about
 * 1/50 pt, so that what is a hundredth off is not corrected glyph by glyph; the error
 * stays below 1/100 pt and does not add up.
 */
static int64_t way_back(const struct show *show, double x)
{
	double steps = (show->pen - x) * 1000 / show->haru->state.size_pt / (double)show->step;
	return fabs(steps) < 0.5 ? 0 : haru_round(steps) * show->step;
}

static void put_glyph(struct show *show, const struct placed_glyph *glyph)
{
	struct haru_state *state = &show->haru->state;
	struct buf *out = &show->haru->content;
	double x = glyph->x - show->origin_x;
	bool is_level = !(glyph->y < show->y || glyph->y > show->y);
	if (!is_level && hundredths(y_of(show, glyph)) != state->line_y) {
		end_string(show);
		move_to(show, glyph);
	}
	int64_t behind = way_back(show, x);
	if (behind) {
		if (show->state != SHOW_ARRAY)
			buf_byte(out, show->state == SHOW_STRING ? ')' : '[');
		show->state = SHOW_ARRAY;
		haru_write_units(out, behind, 0);
		show->pen -= (double)behind * state->size_pt / 1000;
	}
	put_code(show, glyph->id ? show->font->cut.codes[show->font->rank_of[glyph->id]] : 0);
	show->pen += advance_of(show, glyph) + state->spacing;
}

static void begin_actual(struct show *show, struct text text)
{
	end_string(show);
	buf_string(&show->haru->content, "/Span<</ActualText<FEFF");
	haru_write_utf16_hex(&show->haru->content, text);
	buf_string(&show->haru->content, ">>>BDC\n");
}

static void end_actual(struct show *show)
{
	end_string(show);
	buf_string(&show->haru->content, "EMC\n");
}

/* Text that the glyphs from `first` stand for, up to the next cluster; *end = first glyph of that. */
static struct text cluster_text(const struct glyph_run *run, size_t first, size_t *end)
{
	uint32_t from = run->glyphs[first].cluster;
	for (*end = first + 1; *end < run->count && run->glyphs[*end].cluster == from;)
		++*end;
	size_t to = *end < run->count ? run->glyphs[*end].cluster : run->text.size;
	struct text text = text_slice(run->text, first ? from : 0, to - (first ? from : 0));
	while (text.size > 1 && text.at[text.size - 1] == ' ') /* blanks that the line's end has swallowed */
		text.size--;
	return text;
}

static bool is_monotone(const struct glyph_run *run)
{
	for (size_t i = 1; i < run->count; i++)
		if (run->glyphs[i].cluster < run->glyphs[i - 1].cluster)
			return false;
	return true;
}

static void show_cluster(struct show *show, size_t first, size_t end, struct text text)
{
	const struct placed_glyph *glyphs = show->run->glyphs;
	bool means = haru_glyph_means(show->haru, show->run->face, glyphs[first].id, text);
	bool is_actual = !show->is_artifact && (!means || end - first > 1);
	if (is_actual)
		begin_actual(show, text);
	for (size_t i = first; i < end; i++)
		put_glyph(show, &glyphs[i]);
	if (is_actual)
		end_actual(show);
}

static void show_run(struct show *show)
{
	const struct glyph_run *run = show->run;
	set_spacing(show);
	move_to(show, &run->glyphs[0]);
	if (!is_monotone(run)) {
		if (!show->is_artifact)
			begin_actual(show, run->text);
		for (size_t i = 0; i < run->count; i++)
			put_glyph(show, &run->glyphs[i]);
		if (!show->is_artifact)
			end_actual(show);
	} else {
		for (size_t first = 0, end; first < run->count; first = end) {
			struct text text = cluster_text(run, first, &end);
			show_cluster(show, first, end, text);
		}
	}
	end_string(show);
}

static void turn(struct haru *haru, const struct glyph_run *run)
{
	double angle = run->angle * 3.14159265358979323846 / 180;
	int64_t cosine = haru_round(cos(angle) * 1e6), sine = haru_round(sin(angle) * 1e6);
	const int64_t matrix[4] = { cosine, -sine, sine, cosine };
	for (int i = 0; i < 4; i++)
		haru_write_units(&haru->content, matrix[i], 6);
	haru_write_length(&haru->content, run->glyphs[0].x);
	haru_write_length(&haru->content, haru->height_pt - run->glyphs[0].y);
	buf_string(&haru->content, "Tm\n");
}

void haru_glyphs(struct haru *haru, const struct draw_op *op)
{
	const struct glyph_run *run = &op->run;
	bool is_turned = run->angle < 0 || run->angle > 0;
	haru_open_content(haru, op->tag,
	                  !is_turned && op->tag >= 0 && haru_figure_of(haru, op->tag) != op->tag);
	if (is_turned)
		haru_close_text(haru);
	haru_set_fill(haru, op->colour);
	haru_set_opacity(haru, op->opacity);
	open_text(haru);
	set_font(haru, run->face, run->size_pt);
	struct show show = { .haru = haru, .run = run, .font = &haru->faces[run->face], .origin_x = 0,
			     .origin_y = haru->height_pt, .is_artifact = op->tag < 0,
			     .step = haru->state.size_pt < 13 ? haru_round(20 / haru->state.size_pt) : 1 };
	if (is_turned) {
		turn(haru, run);
		show.origin_x = run->glyphs[0].x;
		show.origin_y = run->glyphs[0].y;
	}
	show_run(&show);
	if (is_turned)
		haru_close_text(haru);
	const struct font_cut *cut = &show.font->cut;
	haru_add_ink(haru, op->tag,
	             (struct haru_box){ run->glyphs[0].x, run->glyphs[0].y - cut->ascent * run->size_pt / 1000,
							 run->glyphs[0].x + run->width_pt,
							 run->glyphs[0].y - cut->descent * run->size_pt / 1000 });
}

/* ---- pages ---------------------------------------------------------------- */

void haru_begin_content(struct haru *haru, const struct page *page)
{
	buf_reset(&haru->content);
	haru->height_pt = page->height_pt;
	haru->state = (struct haru_state){ .tag = HARU_NOTHING_OPEN, .face = -1, .opacity = 255 };
}

void haru_end_content(struct haru *haru)
{
	haru_close_text(haru);
	close_content(haru);
	haru_close_text(haru);
}
