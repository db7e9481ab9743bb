/* SPDX-License-Identifier: MIT */
#include "check/tracks.h"

#include "base/arena.h"
#include "check/catalogue.h"
#include "check/node.h"
#include "check/rule.h"
#include "check/sheet.h"
#include "model/track.h"
#include "read/clean.h"

bool tracks_is_id(struct text id)
{
	for (size_t i = 0; i < id.size; i++) {
		char c = id.at[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !(c == '-' && i > 0))
			return false;
	}
	return id.size > 0 && id.size <= TRACK_ID_LONGEST;
}

/* A word of `track` that `other` has too as its id, label or name; empty when there is none. */
static struct text shared_word(const struct track *track, const struct track *other)
{
	const struct text ours[] = { track->id, track->label, track->name },
		theirs[] = { other->id, other->label, other->name };
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < 3; k++)
			if (ours[i].size && track_same_word(ours[i], theirs[k]))
				return ours[i];
	return NO_TEXT;
}

static bool report_shared(struct check *check, const struct track *track, const struct track *other)
{
	struct text word = shared_word(track, other);
	if (word.size)
		PROBLEM(check, DIAG_TRACK_WORD_TWICE, .span = track->place, .other = other->place, .a = word,
			.b = other->id);
	return word.size > 0;
}

/* ---- data/tracks.csv ------------------------------------------------------------------------ */

static void take_known(struct check *check, const struct record *record)
{
	struct known_track row = { .place = record->place };
	field_fill(check, record, &row);
	struct track track = { .id = row.id, .label = row.label, .name = row.name.size ? row.name : row.label,
		.place = row.place,
			       .decider = DECIDER_PROVINCE, .synonyms = row.synonyms };
	if (!row.id.size || !row.label.size)
		return;
	if (!tracks_is_id(row.id)) {
		PROBLEM(check, DIAG_TRACK_ID, .span = record->values[FIELD_known_track_id].span, .a = row.id,
			.n = TRACK_ID_LONGEST);
		return;
	}
	if (check->known_count == TRACKS_KNOWN - TRACKS_MOST) {
		PROBLEM(check, DIAG_TRACKS_MANY, .span = row.place, .n = TRACKS_KNOWN - TRACKS_MOST);
		return;
	}
	for (size_t i = 0; i < check->known_count; i++)
		if (report_shared(check, &track, &check->known[i]))
			return;
	check->known[check->known_count++] = track;
}

void tracks_read_known(struct check *check)
{
	struct sheet sheet;
	struct record record;
	check->known = ARENA_ARRAY(check->reader.arena, struct track, TRACKS_KNOWN);
	if (sheet_open_list(&sheet, check, ENTITY_KNOWN_TRACK, false)) {
		while (sheet_next(&sheet, &record))
			take_known(check, &record);
		sheet_close(&sheet);
	}
	problems_report_merged(check);
}

/* ---- <track> --------------------------------------------------------------------------------- */

struct draft {
	struct track track;
	const struct xml_node *node;
	size_t rank; /* its place in data/tracks.csv, or behind it */
};

static size_t find_known(const struct check *check, struct text id)
{
	for (size_t i = 0; i < check->known_count; i++)
		if (track_is_called(&check->known[i], id))
			return i;
	return check->known_count;
}

/* What the campaign leaves out comes from data/tracks.csv; whatever that calls it is understood in any case. */
static void fill_words(struct check *check, struct draft *draft)
{
	struct track *track = &draft->track;
	if (draft->rank < check->known_count) {
		const struct track *known = &check->known[draft->rank];
		track->synonyms = text_format(check->reader.arena, "%.*s|%.*s|%.*s", TEXT_ARGS(known->label),
			TEXT_ARGS(known->name), TEXT_ARGS(known->synonyms));
		track->label = track->label.size ? track->label : known->label;
		track->name = track->name.size ? track->name : known->name;
	}
	if (!track->label.size) {
		track->label = track->name.size ? track->name : track->id;
		PROBLEM(check, DIAG_TRACK_UNLABELLED, .span = draft->node->span, .a = track->id, .b = track->label);
	}
	if (!track->name.size)
		track->name = track->label;
}

/* False where there is no track to speak of, which is reported. */
static bool read_draft(struct check *check, const struct xml_node *node, struct draft *draft)
{
	struct track *track = &draft->track;
	*draft = (struct draft){ .track = { .place = node->span }, .node = node };
	struct record record = node_record(check, node, schema_entity(ENTITY_TRACK), "");
	node_check_children(check, node, "rule");
	field_fill(check, &record, track);
	track->model = clean_code(check->reader.arena, track->model);
	if (track->decider == MISSING)
		track->decider = DECIDER_PROVINCE;
	if (!track->id.size)
		return false;
	draft->rank = find_known(check, track->id);
	if (draft->rank < check->known_count)
		track->id = check->known[draft->rank].id;
	if (!tracks_is_id(track->id)) {
		PROBLEM(check, DIAG_TRACK_ID, .span = node_value(node, "id").span, .a = track->id,
			.n = TRACK_ID_LONGEST);
		return false;
	}
	fill_words(check, draft);
	return true;
}

static bool is_new(struct check *check, const struct draft *draft, const struct draft *drafts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_equal(draft->track.id, drafts[i].track.id)) {
			PROBLEM(check, DIAG_ID_TWICE, .span = node_value(draft->node, "id").span,
				.other = drafts[i].track.place, .a = draft->track.id);
			return false;
		}
	for (size_t i = 0; i < count; i++)
		report_shared(check, &draft->track, &drafts[i].track);
	return true;
}

/* Behind those that come before it in data/tracks.csv, or in the campaign. */
static void insert(struct draft *drafts, size_t count, struct draft draft)
{
	size_t at = count;
	for (; at > 0 && drafts[at - 1].rank > draft.rank; at--)
		drafts[at] = drafts[at - 1];
	drafts[at] = draft;
}

static size_t read_drafts(struct check *check, const struct xml_node *root, struct draft drafts[TRACKS_MOST])
{
	size_t count = 0;
	struct draft draft;
	for (const struct xml_node *node = xmltree_child(root, "track"); node; node = xmltree_next(node)) {
		if (!read_draft(check, node, &draft) || !is_new(check, &draft, drafts, count)) {
			check->has_doubtful_track = true;
			continue;
		}
		if (count == TRACKS_MOST) {
			PROBLEM(check, DIAG_TRACKS_MANY, .span = node->span, .n = TRACKS_MOST);
			break;
		}
		insert(drafts, count++, draft);
	}
	return count;
}

void tracks_read(struct check *check, const struct xml_node *root)
{
	struct campaign *campaign = &check->model->campaign;
	struct draft *drafts = ARENA_ARRAY(check->reader.arena, struct draft, TRACKS_MOST);
	if (!xmltree_child(root, "track"))
		PROBLEM(check, DIAG_CAMPAIGN_NO_TRACK, .span = root->span);
	size_t count = read_drafts(check, root, drafts);
	for (size_t i = 0; i < count; i++) {
		struct track *track = &campaign->tracks[i];
		*track = drafts[i].track;
		if (track->model.size)
			check->model->catalogues[i] = catalogue_load(check, track->model,
				node_value(drafts[i].node, "model").span, track);
		rule_read(check, drafts[i].node, (int)i);
	}
	campaign->track_count = campaign->known_count = (int8_t)count;
	for (size_t i = 0; i < check->known_count; i++)
		track_adopt(campaign, &check->known[i]);
}
