/* SPDX-License-Identifier: MIT */
#include "check/rule_file.h"

#include "check/check.h"
#include "check/node.h"
#include "check/rule.h"
#include "read/clean.h"
#include "read/xmltree.h"

/* The track of the year that the id names; -1: it holds none such. */
static int held_track(const struct check *check, struct text id)
{
	int track = choice_find(SET_TRACK, id);
	return track >= 0 && check->model->campaign.has_track[track] ? track : MISSING;
}

static void apply(struct check *check, const struct xml_node *node, uint32_t *is_met)
{
	struct value value = node_value(node, "id");
	int track = held_track(check, clean_code(check->reader.arena, value.text));
	if (track < 0)
		PROBLEM(check, DIAG_TRACK_NOT_HELD, .span = value.span, .a = value.text);
	else if (*is_met & 1u << track)
		PROBLEM(check, DIAG_ID_TWICE, .span = value.span, .other = check->model->campaign.rules[track].place, .a = value.text);
	else if (!xmltree_child(node, "rule"))
		PROBLEM(check, DIAG_RULE_FILE_NONE, .span = node->span, .a = value.text);
	else
		rule_read(check, node, track);
	if (track >= 0)
		*is_met |= 1u << track;
}

bool rule_file_apply(const char *path, struct arena *arena, struct sources *sources, struct diag *diag, struct model *model)
{
	struct check check = { .reader = { arena, sources, diag, NULL, NULL, 0, false }, .model = model, .track = MISSING };
	size_t before = diag_errors_told(diag);
	uint32_t is_met = 0;
	const struct xml_node *root = xmltree_load(&check.reader, path);
	if (!root)
		return false;
	const struct xml_node *node = text_is(root->name, "track") ? root : xmltree_child(root, "track");
	if (!node)
		PROBLEM(&check, DIAG_CAMPAIGN_NO_TRACK, .span = root->span);
	for (; node; node = node == root ? NULL : xmltree_next(node))
		apply(&check, node, &is_met);
	problems_report_merged(&check);
	LIST_FREE(&check.problems);
	LIST_FREE(&check.merged);
	return diag_errors_told(diag) == before;
}
