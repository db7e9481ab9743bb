/* SPDX-License-Identifier: MIT */
#include "facts/view.h"

#include <stdlib.h>

#include "assess/movement.h"
#include "base/arena.h"
#include "base/buf.h"
#include "facts/cell.h"
#include "facts/standing.h"
#include "model/looks.h"
#include "model/parts.h"
#include "model/track.h"

static void fill_words(struct view *view)
{
	for (int set = 0; set < SETS; set++)
		for (int value = 0; value < choice_count((enum choice_set)set) && value < WORDS_MOST; value++) {
			view->words[set][value] = text_from(choice_word((enum choice_set)set, value));
			view->codes[set][value] = text_from(choice_xml((enum choice_set)set, value));
		}
}

bool view_tells_earlier(const struct view *view, const struct earlier *row)
{
	return row->level > 0 || view->options->scope != SCOPE_PUBLIC;
}

void view_init(struct view *view, const struct facts_options *options, struct arena *arena)
{
	*view = (struct view){ .options = options, .assessment = options->assessment,
			       .list = options->list ? options->list : options->assessment,
			       .model = options->assessment->model, .arena = arena,
			       .firm = -1, .agency = -1, .own_city = -1, .previous_year = -1 };
	const struct model *model = view->model;
	fill_words(view);
	view_forget_own(view);
	for (size_t i = 0; i < model->participation_count; i++)
		for (int track = model->participations[i].track + 1; track <= TRACKS_MOST; track++)
			view->first_of_track[track]++;
	for (size_t i = 0; i < model->earlier_count; i++)
		if (view_tells_earlier(view, &model->earlier[i]) && model->earlier[i].year < model->campaign.year &&
		    model->earlier[i].year > view->previous_year)
			view->previous_year = model->earlier[i].year;
}

/* ---- peers --------------------------------------------------------------------- */

static int compare_rates(const void *left, const void *right)
{
	const struct tally *a = left, *b = right;
	int64_t ab = (int64_t)tally_met(a) * tally_applicable(b), ba = (int64_t)tally_met(b) * tally_applicable(a);
	return (ab > ba) - (ab < ba);
}

static double rate_of(const struct tally *tally)
{
	return (double)tally_met(tally) / (double)tally_applicable(tally);
}

const struct peers *view_peers(struct view *view, int track)
{
	if (view->peers[track])
		return view->peers[track];
	int32_t from = view->first_of_track[track], to = view->first_of_track[track + 1];
	struct peers *peers = ARENA_NEW(view->arena, struct peers);
	peers->sorted = ARENA_ARRAY(view->arena, struct tally, (size_t)(to - from));
	peers->median = -1;
	for (int32_t i = from; i < to; i++) {
		const struct decision *decision = &view->assessment->decisions[i];
		if (decision->outcome == OUTCOME_UNFINISHED)
			continue;
		peers->count++;
		if (tally_applicable(&decision->total) > 0)
			peers->sorted[peers->rated++] = decision->total;
	}
	qsort(peers->sorted, (size_t)peers->rated, sizeof *peers->sorted, compare_rates);
	if (peers->rated)
		peers->median = (rate_of(&peers->sorted[(peers->rated - 1) / 2]) + rate_of(&peers->sorted[peers->rated / 2])) / 2;
	return view->peers[track] = peers;
}

/* Finished participations of the enterprises that the scope sees. */
static int64_t own_finished(struct view *view, int track)
{
	if (view->own_finished[track] >= 0)
		return view->own_finished[track];
	int64_t count = 0;
	for (int32_t i = view->first_of_track[track]; i < view->first_of_track[track + 1]; i++)
		count += view->assessment->decisions[i].outcome != OUTCOME_UNFINISHED &&
			 view_owns_enterprise(view, view->model->participations[i].enterprise);
	return view->own_finished[track] = count;
}

bool view_tells_peers(struct view *view, int track)
{
	int64_t count = view_peers(view, track)->count;
	bool is_alone = view->options->scope == SCOPE_FIRM;
	return (is_alone ? count : count - own_finished(view, track)) >=
	       view->model->campaign.thresholds.others_least;
}

int64_t peers_below(const struct peers *peers, const struct tally *tally)
{
	int64_t low = 0, high = peers->rated;
	while (low < high) {
		int64_t middle = low + (high - low) / 2;
		if (compare_rates(&peers->sorted[middle], tally) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- sets of tracks ---------------------------------------------------------------- */

int view_set_size(unsigned set)
{
	int size = 0;
	for (; set; set &= set - 1)
		size++;
	return size;
}

struct text view_tracks(struct view *view, unsigned set)
{
	struct buf buf;
	if (!set || view->track_sets[set].size)
		return view->track_sets[set];
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (int track = 0; track < TRACKS_MOST; track++)
		if (set & 1u << track)
			buf_format(&buf, "%s%.*s", buf.size ? "、" : "",
				TEXT_ARGS(track_label(&view->model->campaign, track)));
	view->track_sets[set] = text_copy(view->arena, buf_view(&buf));
	buf_clear(&buf);
	return view->track_sets[set];
}

/* Made once for each participation: the texts of a view stay.  Others are rows of earlier years, and few. */
struct text view_track_word(struct view *view, int track, struct text platform, int32_t participation)
{
	struct text label = track_label(&view->model->campaign, track);
	if (!platform.size)
		return label;
	if (participation < 0)
		return parts_word(view->arena, label, platform);
	if (!view->track_words)
		view->track_words = ARENA_ARRAY(view->arena, struct text, view->model->participation_count);
	struct text *word = &view->track_words[participation];
	if (!word->size)
		*word = parts_word(view->arena, label, platform);
	return *word;
}

struct text view_entry_name(struct view *view, const struct enterprise *enterprise, struct text platform,
			    int32_t participation)
{
	if (!platform.size)
		return enterprise->name;
	const struct enterprise *now = &view->model->enterprises[view->model->participations[participation].enterprise];
	if (enterprise != now)
		return parts_word(view->arena, enterprise->name, platform);
	if (!view->entry_names)
		view->entry_names = ARENA_ARRAY(view->arena, struct text, view->model->participation_count);
	struct text *name = &view->entry_names[participation];
	if (!name->size)
		*name = parts_word(view->arena, enterprise->name, platform);
	return *name;
}

struct text view_earlier_platform(const struct view *view, const struct earlier *row)
{
	return movement_row_has_sibling(view->model, row) ? row->platform : NO_TEXT;
}

unsigned view_listed_tracks(const struct view *view, const struct enterprise *enterprise)
{
	unsigned set = 0;
	EACH_PART(part, view->model, enterprise)
		set |= assessment_lists(view->list, part) ? 1u << view->model->participations[part].track : 0;
	return set;
}

struct text view_listed_levels(struct view *view, const struct enterprise *enterprise)
{
	const struct model *model = view->model;
	unsigned set = view_listed_tracks(view, enterprise);
	struct buf buf;
	if (!view->listed_levels)
		view->listed_levels = ARENA_ARRAY(view->arena, struct text, model->enterprise_count);
	struct text *levels = &view->listed_levels[enterprise - model->enterprises];
	if (levels->size || !set)
		return *levels;
	buf_init(&buf, BUF_LIMIT_PAGE);
	EACH_PART(part, model, enterprise)
		if (assessment_lists(view->list, part)) {
			const struct participation *listed = &model->participations[part];
			int8_t level = view->list->decisions[part].level;
			buf_format(&buf, "%s%.*s %.*s", buf.size ? "、" : "",
				TEXT_ARGS(view_track_word(view, listed->track, standing_platform(view, part), part)),
				   TEXT_ARGS(level_label(model->catalogues[listed->track], level)));
		}
	*levels = text_copy(view->arena, buf_view(&buf));
	buf_clear(&buf);
	return *levels;
}

/* ---- whose rows ------------------------------------------------------------------ */

/* Advised it, or checked it in any track. */
static bool serves(const struct view *view, int32_t agency, int32_t enterprise)
{
	const struct enterprise *record = &view->model->enterprises[enterprise];
	bool does_serve = record->consultant == agency;
	EACH_PART(part, view->model, record)
		does_serve |= view->model->participations[part].checker == agency;
	return does_serve;
}

bool view_owns_enterprise(const struct view *view, int32_t enterprise)
{
	enum facts_scope scope = view->options->scope;
	if (scope == SCOPE_PUBLIC || scope == SCOPE_PROVINCE)
		return true;
	if (enterprise < 0 || (size_t)enterprise >= view->model->enterprise_count)
		return false;
	if (scope == SCOPE_FIRM)
		return enterprise == view->firm;
	if (scope == SCOPE_CITY)
		return view->own_city >= 0 && view->model->enterprises[enterprise].city == view->own_city;
	return view->agency >= 0 && serves(view, view->agency, enterprise);
}

bool view_owns_agency(const struct view *view, int32_t agency)
{
	enum facts_scope scope = view->options->scope;
	if (scope == SCOPE_PUBLIC || scope == SCOPE_PROVINCE)
		return true;
	if (agency < 0 || (size_t)agency >= view->model->agency_count)
		return false;
	if (scope == SCOPE_CITY)
		return view->own_city >= 0 && view->model->agencies[agency].city == view->own_city;
	return scope == SCOPE_AGENCY && agency == view->agency;
}

bool view_knows_agency(const struct view *view, int32_t agency)
{
	bool is_known = view_owns_agency(view, agency);
	if (agency < 0 || (size_t)agency >= view->model->agency_count || view->options->scope == SCOPE_AGENCY)
		return is_known;
	for (size_t i = 0; i < view->model->enterprise_count && !is_known; i++)
		is_known = view_owns_enterprise(view, (int32_t)i) && serves(view, agency, (int32_t)i);
	return is_known;
}

void view_forget_own(struct view *view)
{
	for (int track = 0; track < TRACKS_MOST; track++)
		view->own_finished[track] = -1;
}

/* ---- findings by risk ------------------------------------------------------------- */

static int risk_of(const struct catalogue *catalogue, int32_t item)
{
	int risk = catalogue->items[item].risk;
	return risk >= 0 && risk < RISKS ? risk : RISK_MEDIUM;
}

/* Counted when first asked for: who asks of one enterprise does not read the findings of all. */
const int32_t *view_risks(struct view *view, int32_t participation)
{
	size_t count = view->model->participation_count;
	if (!view->risks) {
		view->risks = arena_array(view->arena, count, sizeof *view->risks);
		view->has_risks = ARENA_ARRAY(view->arena, bool, count);
	}
	int32_t *risks = view->risks[participation];
	if (view->has_risks[participation])
		return risks;
	const struct decision *decision = &view->assessment->decisions[participation];
	int track = view->model->participations[participation].track;
	const struct catalogue *catalogue = view->assessment->rules[track]->catalogue;
	for (size_t i = 0; i < decision->finding_count; i++)
		risks[risk_of(catalogue, decision->findings[i])]++;
	view->has_risks[participation] = true;
	return risks;
}

/* ---- places ------------------------------------------------------------------------- */

struct lines {
	uint32_t **starts; /* per source number, offsets of lines; NULL until asked */
	uint32_t *counts;
};

static bool ends_line(struct text text, size_t i)
{
	return text.at[i] == '\n' || (text.at[i] == '\r' && (i + 1 == text.size || text.at[i + 1] != '\n'));
}

static void index_lines(struct view *view, uint32_t number, struct text text)
{
	uint32_t count = 1;
	for (size_t i = 0; i < text.size; i++)
		count += ends_line(text, i);
	uint32_t *starts = ARENA_ARRAY(view->arena, uint32_t, count);
	uint32_t line = 1;
	for (size_t i = 0; i < text.size; i++)
		if (ends_line(text, i))
			starts[line++] = (uint32_t)i + 1;
	view->lines->starts[number] = starts;
	view->lines->counts[number] = count;
}

int64_t view_line(struct view *view, struct span place)
{
	const struct sources *sources = view->options->sources;
	const struct source *source = sources ? sources_find(sources, place.source) : NULL;
	if (!source)
		return 0;
	if (!view->lines) {
		size_t count = (size_t)sources_count(sources) + 1;
		view->lines = ARENA_NEW(view->arena, struct lines);
		view->lines->starts = ARENA_ARRAY(view->arena, uint32_t *, count);
		view->lines->counts = ARENA_ARRAY(view->arena, uint32_t, count);
	}
	if (!view->lines->starts[place.source])
		index_lines(view, place.source, sources_borrow(sources, place.source));
	sources_give_back(sources, place.source);
	if (source->is_lost)
		return 0;
	const uint32_t *starts = view->lines->starts[place.source];
	uint32_t low = 0, high = view->lines->counts[place.source];
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		if (starts[middle] <= place.start)
			low = middle;
		else
			high = middle;
	}
	return low + 1;
}

struct text view_file(const struct view *view, struct span place)
{
	const struct source *source = view->options->sources ? sources_find(view->options->sources, place.source) : NULL;
	return source ? source->inside : NO_TEXT;
}

/* ---- steps by value --------------------------------------------------------------- */

int32_t view_seen(const struct row *row, int32_t item)
{
	struct view *view = row->view;
	const struct participation *part = row->records[ENTITY_PARTICIPATION];
	return look_find_near(view->model, part, &view->looked, row->decision->items[item].round, item);
}

const struct top_steps *view_top_steps(struct view *view, int32_t participation)
{
	int track = view->model->participations[participation].track;
	struct top_steps *top = view->top[track];
	if (!top) {
		top = view->top[track] = ARENA_NEW(view->arena, struct top_steps);
		top->participation = -1;
	}
	if (top->participation != participation) {
		top->participation = participation;
		top->count = (int32_t)rank_steps(view->assessment->rules[track], &view->assessment->decisions[participation], top->steps);
	}
	return top;
}

/* ---- by enterprise, by participation ----------------------------------------------------- */

struct earlier_index {
	int32_t *first; /* per enterprise, in rows; one more at the end */
	int32_t *rows;
};

static bool has_enterprise(const struct view *view, size_t row)
{
	int32_t enterprise = view->model->earlier[row].enterprise;
	return enterprise >= 0 && (size_t)enterprise < view->model->enterprise_count;
}

static struct earlier_index *index_earlier(struct view *view)
{
	const struct model *model = view->model;
	struct earlier_index *index = ARENA_NEW(view->arena, struct earlier_index);
	index->first = ARENA_ARRAY(view->arena, int32_t, model->enterprise_count + 2);
	index->rows = ARENA_ARRAY(view->arena, int32_t, model->earlier_count);
	/* Counting sort: counts two places on, starts one place on, and filling moves starts into place. */
	int32_t *start = index->first + 1;
	for (size_t i = 0; i < model->earlier_count; i++)
		if (has_enterprise(view, i))
			start[model->earlier[i].enterprise + 1]++;
	for (size_t e = 1; e <= model->enterprise_count; e++)
		start[e] += start[e - 1];
	for (size_t i = 0; i < model->earlier_count; i++)
		if (has_enterprise(view, i))
			index->rows[start[model->earlier[i].enterprise]++] = (int32_t)i;
	return index;
}

const int32_t *view_earlier(struct view *view, int32_t enterprise, int32_t *count)
{
	if (!view->earlier)
		view->earlier = index_earlier(view);
	const int32_t *first = view->earlier->first;
	*count = first[enterprise + 1] - first[enterprise];
	return view->earlier->rows + first[enterprise];
}

bool view_must_rectify(const struct view *view, int32_t participation)
{
	const struct compiled_rule *rule = view->assessment->rules[view->model->participations[participation].track];
	return closure_is_due(&view->assessment->decisions[participation], rule->catalogue);
}
