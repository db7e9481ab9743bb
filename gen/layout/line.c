/* SPDX-License-Identifier: MIT */
#include "layout/line.h"

#include <math.h>

#include "base/arena.h"

void setter_clear(struct setter *setter)
{
	LIST_FREE(&setter->marks);
	LIST_FREE(&setter->links);
	LIST_FREE(&setter->atoms);
	LIST_FREE(&setter->broken);
	LIST_FREE(&setter->glyphs);
	LIST_FREE(&setter->lines);
}

double line_baseline(double size_pt, double line_pt)
{
	/* The em box of a Han face reaches from 0.12 em below the baseline to 0.88 em above. */
	return line_pt / 2 + size_pt * 0.38;
}

/* ---- runs: neighbouring glyphs of one face, size, colour and tag ------------- */

struct run_state {
	struct setter *setter;
	const struct piece *piece;
	uint16_t face;
	const char *from, *to; /* text covered */
	double x, end_x, y;
	bool is_open;
};

static void run_close(struct run_state *run)
{
	struct setter *setter = run->setter;
	if (!run->is_open || setter->glyphs.count == 0)
		return;
	size_t count = setter->glyphs.count;
	struct placed_glyph *glyphs = ARENA_ARRAY(setter->arena, struct placed_glyph, count);
	memcpy(glyphs, setter->glyphs.at, count * sizeof *glyphs);
	LIST_PUSH(&setter->marks, ((struct mark){
		.kind = MARK_GLYPHS, .tag = run->piece->tag, .colour = run->piece->colour, .opacity = 255,
		.run = { .text = { run->from, (size_t)(run->to - run->from) }, .glyphs = glyphs, .count = count, .face = run->face,
		         .size_pt = run->piece->size_pt, .width_pt = run->end_x - run->x },
	}));
	setter->glyphs.count = 0;
	run->is_open = false;
}

static bool run_goes_on(const struct run_state *run, const struct piece *piece, uint16_t face, const char *at)
{
	return run->is_open && run->face == face && at == run->to &&
	       (piece == run->piece || (piece->tag == run->piece->tag && piece->size_pt == run->piece->size_pt &&
	                                memcmp(&piece->colour, &run->piece->colour, sizeof piece->colour) == 0 &&
	                                piece->rise_pt == run->piece->rise_pt));
}

/* The shaped text of an atom, its pen at x; `room` is what it takes of the line. */
static void run_add(struct run_state *run, const struct piece *piece, const struct atom *atom, struct path_point pen)
{
	const struct shaped *shaped = atom->shaped;
	double em = piece->size_pt, x = pen.x;
	const char *end = atom->text.at + atom->text.size;
	for (size_t i = 0; i < shaped->count; i++) {
		const struct glyph *glyph = &shaped->glyphs[i];
		const char *at = atom->text.at + (i == 0 ? 0 : glyph->cluster);
		if (!run_goes_on(run, piece, glyph->face, at) && !(run->is_open && run->face == glyph->face && i > 0)) {
			run_close(run);
			*run = (struct run_state){ run->setter, piece, glyph->face, at, at, x, x, pen.y, true };
		}
		size_t next = i + 1;
		run->to = next < shaped->count ? atom->text.at + shaped->glyphs[next].cluster : end;
		LIST_PUSH(&run->setter->glyphs, ((struct placed_glyph){
			.id = glyph->id, .cluster = (uint32_t)(at - run->from),
			.x = x + glyph->dx * em, .y = pen.y - piece->rise_pt + glyph->dy * em,
		}));
		x += glyph->advance * em;
		run->end_x = x;
	}
	if (shaped->count == 0 && run->is_open && run->to == atom->text.at)
		run->to = end; /* invisible characters stay in the text */
}

/* ---- one line ------------------------------------------------------------------ */

struct adjustment {
	double stretch, spread, shrink; /* factors of atom.stretch, of spreads (pt each), of atom.shrink */
};

static struct adjustment adjust(const struct atom *atoms, const struct broken_line *line, double slack, double em)
{
	double stretch = 0, shrink = 0;
	size_t spreads = 0;
	for (size_t i = line->first + 1; i < line->end; i++) {
		stretch += atoms[i].stretch;
		shrink += atoms[i].shrink;
		spreads += atoms[i].is_spread;
	}
	if (slack < 0)
		return (struct adjustment){ .shrink = shrink > 0 ? fmin(-slack / shrink, 1) : 0 };
	if (slack <= stretch)
		return (struct adjustment){ .stretch = stretch > 0 ? slack / stretch : 0 };
	double each = spreads ? (slack - stretch) / (double)spreads : 0;
	/* A line of one long word and little else stays ragged rather than torn apart. */
	if (each > 0.5 * em || (spreads == 0 && slack > stretch + em))
		return (struct adjustment){ .stretch = stretch > 0 ? 1 : 0 };
	return (struct adjustment){ .stretch = 1, .spread = each };
}

/* Link rectangles: one for each row of neighbouring atoms of one link. */
struct link_state {
	int32_t link, tag;
	double x, end_x;
};

static void link_close(struct setter *setter, struct link_state *state, const struct line_options *options)
{
	if (state->link < 0)
		return;
	const struct line_link *link = &setter->links.at[state->link];
	LIST_PUSH(&setter->marks, ((struct mark){
		.kind = MARK_LINK, .tag = state->tag,
		.link = { state->x, 0, state->end_x - state->x, options->line_pt, link->target, link->description },
	}));
	state->link = -1;
}

static double align_offset(int8_t align, double slack)
{
	return align == ALIGN_CENTRE ? slack / 2 : align == ALIGN_RIGHT ? slack : 0;
}

static void line_place(struct setter *setter, const struct piece *pieces, const struct broken_line *line,
		       const struct line_options *options, double indent)
{
	const struct atom *atoms = setter->atoms.at;
	double slack = options->width_pt - indent - line->natural_pt;
	bool adjusts = slack < -1e-3 || (options->align == ALIGN_JUSTIFY && !line->is_last);
	struct adjustment by = adjusts ? adjust(atoms, line, slack, options->size_pt) : (struct adjustment){ 0 };
	double x = options->x_pt + indent + (slack > 0 ? align_offset(options->align, slack) : 0);
	double y = line_baseline(options->size_pt, options->line_pt);
	struct set_line *set = LIST_ADD(&setter->lines);
	*set = (struct set_line){ .first_mark = setter->marks.count, .left_pt = x, .right_pt = x, .slack_pt = adjusts ? slack : 0 };
	struct run_state run = { .setter = setter };
	struct link_state links = { -1, -1, 0, 0 };
	for (size_t i = line->first; i < line->end; i++) {
		const struct atom *atom = &atoms[i];
		const struct piece *piece = &pieces[atom->piece];
		if (i == line->first)
			x -= atom->trim_left;
		else
			x += atom->gap + by.stretch * atom->stretch - by.shrink * atom->shrink + (atom->is_spread ? by.spread : 0);
		if (piece->link != links.link) {
			link_close(setter, &links, options);
			links = (struct link_state){ piece->link, piece->tag, x, x };
		}
		run_add(&run, piece, atom, (struct path_point){ x, y });
		x += atom->width;
		links.end_x = x;
	}
	run_close(&run);
	link_close(setter, &links, options);
	set->right_pt = line->end > line->first ? x - atoms[line->end - 1].trim_right : x;
	set->mark_count = setter->marks.count - set->first_mark;
}

/* The narrowest measure that needs no more lines makes them alike. */
static void break_balanced(struct setter *setter, struct break_options options)
{
	break_lines(&setter->broken, setter->atoms.at, setter->atoms.count, &options);
	size_t count = setter->broken.count;
	double whole = options.width_pt, low = whole / (double)count, high = whole;
	while (count > 1 && high - low > options.em_pt / 4) {
		double middle = (low + high) / 2;
		options.width_pt = middle;
		setter->broken.count = 0;
		break_lines(&setter->broken, setter->atoms.at, setter->atoms.count, &options);
		bool is_good = setter->broken.count <= count;
		for (size_t i = 0; i < setter->broken.count; i++)
			is_good = is_good && setter->broken.at[i].natural_pt <= middle + 0.01;
		if (is_good)
			high = middle;
		else
			low = middle;
	}
	/* With some room to spare for breaks between words. */
	options.width_pt = fmin(whole, high + 2.2 * options.em_pt);
	atoms_bind(&setter->atoms);
	setter->broken.count = 0;
	break_lines(&setter->broken, setter->atoms.at, setter->atoms.count, &options);
}

void line_set_paragraph(struct setter *setter, const struct piece *pieces, size_t piece_count, const struct line_options *options)
{
	setter->atoms.count = setter->broken.count = setter->lines.count = 0;
	atoms_add(&setter->atoms, setter->shaper, pieces, piece_count, options->width_pt);
	struct break_options how = { .width_pt = options->width_pt, .first_indent_pt = options->first_indent_pt,
	                             .em_pt = options->size_pt, .is_justified = options->align == ALIGN_JUSTIFY };
	if (options->is_balanced)
		break_balanced(setter, how);
	else
		break_lines(&setter->broken, setter->atoms.at, setter->atoms.count, &how);
	bool is_first = true;
	for (size_t i = 0; i < setter->broken.count; i++) {
		line_place(setter, pieces, &setter->broken.at[i], options, is_first ? options->first_indent_pt : 0);
		is_first = false;
	}
}

struct line_extent line_measure(struct setter *setter, const struct piece *piece)
{
	setter->atoms.count = 0;
	atoms_add(&setter->atoms, setter->shaper, piece, 1, 1e9);
	struct line_extent extent = { 0, 0 };
	const struct atom *atoms = setter->atoms.at;
	size_t start = 0, part = 0, count = setter->atoms.count;
	for (size_t i = 0; i <= count; i++) {
		bool ends_line = i == count || atoms[i].class == ATOM_NEWLINE;
		if ((ends_line || atoms[i].may_break) && i > part) {
			size_t end = i;
			while (end > part + 1 && atoms[end - 1].class == ATOM_SPACE)
				end--;
			extent.least_pt = fmax(extent.least_pt, break_natural_width(atoms, part, end));
			part = i;
		}
		if (!ends_line)
			continue;
		extent.most_pt = fmax(extent.most_pt, break_natural_width(atoms, start, i));
		start = part = i + 1;
	}
	return extent;
}

double line_set_text(struct setter *setter, const struct piece *piece, struct path_point baseline)
{
	setter->atoms.count = 0;
	atoms_add(&setter->atoms, setter->shaper, piece, 1, 1e9);
	struct run_state run = { .setter = setter };
	double x = baseline.x;
	for (size_t i = 0; i < setter->atoms.count; i++) {
		const struct atom *atom = &setter->atoms.at[i];
		if (i > 0)
			x += atom->gap;
		run_add(&run, piece, atom, (struct path_point){ x, baseline.y });
		x += atom->width;
	}
	run_close(&run);
	return x - baseline.x;
}
