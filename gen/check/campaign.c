/* SPDX-License-Identifier: MIT */
#include "check/campaign.h"

#include "base/arena.h"
#include "base/file.h"
#include "check/folder.h"
#include "check/node.h"
#include "check/regions.h"
#include "check/repetitions.h"
#include "check/sense.h"
#include "check/tracks.h"
#include "model/address.h"
#include "send/mailbox.h"

/* The order of the stages is the order of their deadlines. */
static const char *const stage_ids[] = { "mobilise", "self", "rectify", "onsite", "summary" };
enum { STAGE_IDS = sizeof stage_ids / sizeof *stage_ids, CELL_SMALLEST = 3, ROUNDING_USUAL = 10 };
enum { REPLY_DAYS_USUAL = 30 };

static int stage_rank(struct text id)
{
	for (int i = 0; i < STAGE_IDS; i++)
		if (text_is(id, stage_ids[i]))
			return i;
	return -1;
}

static size_t count_children(const struct xml_node *root, const char *name)
{
	size_t count = 0;
	for (const struct xml_node *node = xmltree_child(root, name); node; node = xmltree_next(node))
		count++;
	return count;
}

/* ---- stages ------------------------------------------------------------------------------- */

/* What earlier lines said: of each id the first, and of each known id where its stage is. */
struct stages_read {
	struct map ids;
	int32_t first[STAGE_IDS]; /* index in campaign.stages, or -1 */
};

/* Each with the one before it, wherever they stand: one date too late is told once.  Other years were told. */
static void check_order(struct check *check, const struct stages_read *read)
{
	const struct campaign *campaign = &check->model->campaign;
	const struct stage *before = NULL;
	for (int rank = 0; rank < STAGE_IDS; rank++) {
		const struct stage *stage = read->first[rank] >= 0 ? &campaign->stages[read->first[rank]] : NULL;
		if (!stage || date_is_missing(stage->deadline) || sense_is_outside(campaign, stage->deadline))
			continue;
		if (before && date_compare(stage->deadline, before->deadline) < 0)
			PROBLEM(check, DIAG_STAGE_ORDER, .span = stage->place, .other = before->place, .a = stage->name,
				.b = before->name);
		before = stage;
	}
}

static void add_stage(struct check *check, const struct stage *stage, struct span id, struct stages_read *read)
{
	const struct campaign *campaign = &check->model->campaign;
	int rank = stage_rank(stage->id);
	uint32_t index = (uint32_t)campaign->stage_count, first = map_add(&read->ids, stage->id, index);
	if (first != index)
		PROBLEM(check, DIAG_ID_TWICE, .span = id, .other = campaign->stages[first].place, .a = stage->id);
	if (rank >= 0 && read->first[rank] < 0)
		read->first[rank] = (int32_t)index;
}

static void read_stages(struct check *check, const struct xml_node *root)
{
	struct campaign *campaign = &check->model->campaign;
	struct stages_read read = { .first = { -1, -1, -1, -1, -1 } };
	_Static_assert(STAGE_IDS == 5, "each starts with -1");
	campaign->stages = ARENA_ARRAY(check->reader.arena, struct stage, count_children(root, "stage"));
	for (const struct xml_node *node = xmltree_child(root, "stage"); node; node = xmltree_next(node)) {
		struct stage stage = { .place = node->span };
		struct record record = node_record(check, node, schema_entity(ENTITY_STAGE), "");
		node_check_children(check, node, "");
		field_fill(check, &record, &stage);
		if (stage.id.size && stage_rank(stage.id) < 0)
			PROBLEM(check, DIAG_STAGE_UNKNOWN, .span = record.values[FIELD_stage_id].span, .a = stage.id);
		add_stage(check, &stage, record.values[FIELD_stage_id].span, &read);
		campaign->stages[campaign->stage_count++] = stage;
	}
	check_order(check, &read);
	map_clear(&read.ids);
}

/* ---- regions, publication ------------------------------------------------------------------ */

/* Regions are found by name or code, each word standing for the first that has it. */
static void read_regions(struct check *check, const struct xml_node *root)
{
	struct campaign *campaign = &check->model->campaign;
	struct map names = { 0 };
	campaign->regions = ARENA_ARRAY(check->reader.arena, struct region, count_children(root, "region"));
	for (const struct xml_node *node = xmltree_child(root, "region"); node; node = xmltree_next(node)) {
		struct region region = { .place = node->span };
		struct record record = node_record(check, node, schema_entity(ENTITY_REGION), "");
		node_check_children(check, node, "");
		uint32_t index = (uint32_t)campaign->region_count;
		field_fill(check, &record, &region);
		uint32_t first = region.name.size ? map_add(&names, region.name, index) : index;
		if (first != index)
			PROBLEM(check, DIAG_ID_TWICE, .span = node_value(node, "name").span, .other = campaign->regions[first].place, .a = region.name);
		for (int i = 0; i < 2; i++)
			if ((i ? region.code : region.name).size)
				map_add(&check->region_by_word, i ? region.code : region.name, index);
		campaign->regions[campaign->region_count++] = region;
	}
	map_clear(&names);
}

static void check_address(struct check *check, const struct xml_node *node, const char *attribute, struct text url)
{
	if (url.size && !text_starts(url, "https://") && !text_starts(url, "http://"))
		PROBLEM(check, DIAG_URL_ODD, .span = node_value(node, attribute).span, .a = url);
}

static int64_t greater(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* A base so small that a rounded number tells of one enterprise more or less is refused; the usual one stands in. */
static void read_rounding(struct check *check, const struct xml_node *node)
{
	struct publication *publication = &check->model->campaign.publication;
	int64_t least = greater(publication->small_cell, CELL_SMALLEST);
	if (publication->rounding != MISSING && publication->rounding < least)
		PROBLEM(check, DIAG_ROUNDING_SMALL, .span = node_value(node, "rounding").span,
			.a = node_value(node, "rounding").text, .n = least);
	if (publication->rounding < least)
		publication->rounding = greater(least, ROUNDING_USUAL);
}

static void read_publication(struct check *check, const struct xml_node *root)
{
	const struct xml_node *node = xmltree_child(root, "publication");
	struct publication *publication = &check->model->campaign.publication;
	*publication = (struct publication){ .state = MISSING, .credit_code = MISSING, .small_cell = MISSING,
		.rounding = MISSING };
	if (node) {
		struct record record = node_record(check, node, schema_entity(ENTITY_PUBLICATION), "");
		node_check_children(check, node, "");
		field_fill(check, &record, publication);
		check_address(check, node, "base-url", publication->base_url);
		check_address(check, node, "licence-url", publication->licence_url);
		publication->base_url = address_of_year(check->reader.arena, publication->base_url, check->model->campaign.year);
		const struct xml_node *second = xmltree_next(node);
		if (second)
			PROBLEM(check, DIAG_ID_TWICE, .span = second->span, .other = node->span, .a = node->name);
	}
	if (publication->state == MISSING)
		publication->state = STATE_PROPOSED;
	if (publication->credit_code == MISSING)
		publication->credit_code = SHOWN_HIDDEN;
	if (publication->small_cell == MISSING)
		publication->small_cell = CELL_SMALLEST;
	read_rounding(check, node);
}

/* ---- thresholds ------------------------------------------------------------------------------- */

static const struct thresholds usual = THRESHOLDS_USUAL;

struct bound {
	size_t offset; /* in struct thresholds */
	int64_t least, most;
};
#define BOUND(F, name, heading, usual, least, most, unit, note) { offsetof(struct thresholds, name), least, most },
static const struct bound bounds[] = { THRESHOLDS(BOUND, ) };
_Static_assert(sizeof bounds / sizeof *bounds == FIELDS_thresholds, "each has its bounds");

/* What is not given, or cannot be, is as usual. */
static void bound_threshold(struct check *check, const struct record *record, int field)
{
	struct thresholds *thresholds = &check->model->campaign.thresholds;
	const struct bound *bound = &bounds[field];
	int64_t *value = (int64_t *)(void *)((char *)thresholds + bound->offset);
	bool is_given = *value != MISSING, is_good = *value >= bound->least && *value <= bound->most;
	if (is_given && !is_good)
		PROBLEM(check, DIAG_THRESHOLD_BOUNDS, .span = record->values[field].span,
			.a = record->values[field].text, .b = text_from(record->entity->fields[field].heading),
			.c = text_format(check->reader.arena, "%lld", (long long)bound->least), .n = bound->most);
	if (!is_given || !is_good)
		*value = *(const int64_t *)(const void *)((const char *)&usual + bound->offset);
}

/* At least more than at most: neither holds. */
static void bound_agencies(struct check *check, const struct xml_node *node, const struct record *record)
{
	struct thresholds *thresholds = &check->model->campaign.thresholds;
	if (thresholds->agencies_least <= thresholds->agencies_most)
		return;
	PROBLEM(check, DIAG_THRESHOLD_BOUNDS, .span = node->span, .n = bounds[FIELD_thresholds_agencies_most].most,
		.a = text_format(check->reader.arena, "%lld", (long long)thresholds->agencies_most),
		.b = text_from(record->entity->fields[FIELD_thresholds_agencies_most].heading),
		.c = text_format(check->reader.arena, "%lld", (long long)thresholds->agencies_least));
	thresholds->agencies_least = usual.agencies_least;
	thresholds->agencies_most = usual.agencies_most;
}

static void read_thresholds(struct check *check, const struct xml_node *root)
{
	const struct xml_node *node = xmltree_child(root, "thresholds"), *second = node ? xmltree_next(node) : NULL;
	check->model->campaign.thresholds = usual;
	if (!node)
		return;
	struct record record = node_record(check, node, schema_entity(ENTITY_THRESHOLDS), "");
	node_check_children(check, node, "");
	field_fill(check, &record, &check->model->campaign.thresholds);
	for (int field = 0; field < FIELDS_thresholds; field++)
		bound_threshold(check, &record, field);
	bound_agencies(check, node, &record);
	if (second)
		PROBLEM(check, DIAG_ID_TWICE, .span = second->span, .other = node->span, .a = node->name);
}

/* ---- delivery ---------------------------------------------------------------------------------- */

/* What cannot be used is as if it were not written; whoever needs it is told so then. */
static void check_sending(struct check *check, const struct xml_node *node)
{
	struct sending *sending = &check->model->campaign.sending;
	struct mailbox sender;
	enum mailbox_fault fault = sending->sender.size ? mailbox_parse(sending->sender, &sender) : MAILBOX_NONE;
	if (fault != MAILBOX_NONE) {
		PROBLEM(check, DIAG_DELIVERY_MAIL, .span = node_value(node, "sender").span,
			.b = mailbox_fault_words(fault));
		sending->sender = NO_TEXT;
	}
	if (sending->default_ == CHANNEL_ATTACHMENT && sending->mail_attachment != YESNO_YES) {
		PROBLEM(check, DIAG_DELIVERY_ATTACHMENT, .span = node_value(node, "default").span);
		sending->default_ = CHANNEL_NOTICE;
	}
}

static void read_sending(struct check *check, const struct xml_node *root)
{
	const struct xml_node *node = xmltree_child(root, "delivery"), *second = node ? xmltree_next(node) : NULL;
	struct sending *sending = &check->model->campaign.sending;
	*sending = (struct sending){ .default_ = MISSING, .mail_attachment = MISSING, .reply_days = MISSING };
	if (node) {
		struct record record = node_record(check, node, schema_entity(ENTITY_SENDING), "");
		node_check_children(check, node, "");
		field_fill(check, &record, sending);
		check_sending(check, node);
	}
	if (second)
		PROBLEM(check, DIAG_ID_TWICE, .span = second->span, .other = node->span, .a = node->name);
	sending->default_ = sending->default_ == MISSING ? CHANNEL_PLATFORM : sending->default_;
	sending->mail_attachment = sending->mail_attachment == MISSING ? YESNO_NO : sending->mail_attachment;
	sending->reply_days = sending->reply_days == MISSING ? REPLY_DAYS_USUAL : sending->reply_days;
}

/* ---- the whole --------------------------------------------------------------------------------- */

static void read_campaign(struct check *check, const struct xml_node *root, int64_t year)
{
	struct campaign *campaign = &check->model->campaign;
	campaign->place = root->span;
	struct record record = node_record(check, root, schema_entity(ENTITY_CAMPAIGN), "");
	field_fill(check, &record, campaign);
	regions_choose(check, node_value(root, "province").span);
	if (campaign->year != MISSING && campaign->year != year)
		PROBLEM(check, DIAG_CAMPAIGN_YEAR, .span = node_value(root, "year").span, .a = node_value(root, "year").text, .n = year);
	campaign->year = year;
	size_t told = check->complained;
	node_check_children(check, root, "stage round publication thresholds region track delivery");
	check->has_doubtful_track = check->complained != told;
	read_regions(check, root);
	read_stages(check, root);
	repetitions_read(check, root);
	read_publication(check, root);
	read_thresholds(check, root);
	read_sending(check, root);
	tracks_read(check, root);
	sense_campaign(check, root);
}

bool campaign_read(struct check *check, int64_t year)
{
	struct reader *reader = &check->reader;
	const char *path = file_join(reader->arena, check->folder, TEXT("campaign.xml"));
	if (!input_exists(path)) {
		DIAG(reader->diag, DIAG_FILE_MISSING, .span = input_absent(reader, path), .a = TEXT("campaign.xml"),
		     .b = folder_hint(check, "campaign.xml"));
		return false;
	}
	const struct xml_node *root = xmltree_load(reader, path);
	if (!root)
		return false;
	if (!text_is(root->name, "campaign")) {
		DIAG(reader->diag, DIAG_XML_ROOT, .span = root->span, .a = root->name, .b = TEXT("campaign"));
		return false;
	}
	regions_read(check);
	read_campaign(check, root, year);
	return true;
}
