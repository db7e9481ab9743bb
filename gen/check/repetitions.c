/* SPDX-License-Identifier: MIT */
#include "check/repetitions.h"

#include "base/nearest.h"
#include "check/node.h"
#include "read/clean.h"

/* Missing words are left to field_fill. */
static bool is_unknown_round(struct check *check, struct value id)
{
	struct text word = clean_code(check->reader.arena, id.text);
	struct nearest nearest = { .wanted = word };
	if (!word.size || choice_find(SET_ROUND, word) != CHOICE_MISSING)
		return false;
	for (int i = 0; i < ROUNDS; i++)
		nearest_offer(&nearest, text_from(choice_xml(SET_ROUND, i)));
	PROBLEM(check, DIAG_ROUND_UNKNOWN, .span = id.span, .a = word,
		.b = node_hint(check, &nearest, TEXT("self online recheck onsite")));
	return true;
}

static void read_one(struct check *check, const struct xml_node *node)
{
	struct campaign *campaign = &check->model->campaign;
	struct repetition repetition = { .place = node->span };
	struct record record = node_record(check, node, schema_entity(ENTITY_REPETITION), "");
	struct value id = record.values[FIELD_repetition_id];
	node_check_children(check, node, "");
	if (is_unknown_round(check, id))
		return;
	field_fill(check, &record, &repetition);
	if (repetition.id == MISSING || repetition.repeat == MISSING)
		return;
	for (size_t i = 0; i < campaign->repetition_count; i++)
		if (campaign->repetitions[i].id == repetition.id) {
			PROBLEM(check, DIAG_ID_TWICE, .span = id.span, .other = campaign->repetitions[i].place,
				.a = text_from(choice_xml(SET_ROUND, repetition.id)));
			return;
		}
	campaign->repetitions[campaign->repetition_count++] = repetition;
}

void repetitions_read(struct check *check, const struct xml_node *root)
{
	for (const struct xml_node *node = xmltree_child(root, "round"); node; node = xmltree_next(node))
		read_one(check, node);
}

bool repetitions_allow(const struct campaign *campaign, int round)
{
	for (size_t i = 0; i < campaign->repetition_count; i++)
		if (campaign->repetitions[i].id == round)
			return true;
	return false;
}
