/* SPDX-License-Identifier: MIT */
#include "check/rule_file.h"

#include "check/check.h"
#include "check/node.h"
#include "check/rule.h"
#include "model/track.h"
#include "read/clean.h"
#include "read/xmltree.h"

static void apply(struct check *check, const struct xml_node *node, uint32_t *is_met)
{
	struct value value = node_value(node, "id");
	int track = track_by_id(&check->model->campaign, clean_code(check->reader.arena, value.text));
	if (!track_is_held(&check->model->campaign, track))
		PROBLEM(check, DIAG_TRACK_NOT_HELD, .span = value.span, .a = value.text);
	else if (*is_met & 1u << track)
		PROBLEM(check, DIAG_ID_TWICE, .span = value.span, .a = value.text,
			.other = check->model->campaign.tracks[track].rule.place);
	else if (!xmltree_child(node, "rule"))
		PROBLEM(check, DIAG_RULE_FILE_NONE, .span = node->span, .a = value.text);
	else
		rule_read(check, node, track);
	if (track_is_held(&check->model->campaign, track))
		*is_met |= 1u << track;
}

bool rule_file_apply(struct arena *arena, struct sources *sources, struct diag *diag, const char *path,
		     struct model *model)
{
	const struct reader reader = { .arena = arena, .sources = sources, .diag = diag };
	struct check check = { .reader = reader, .model = model, .track = MISSING };
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
