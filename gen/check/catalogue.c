/* SPDX-License-Identifier: MIT */
#include "check/catalogue.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "check/node.h"
#include "model/track.h"
#include "read/clean.h"

/* While one file is read: its arrays are sized by counting, so that they can live in the arena. */
struct build {
	struct check *check;
	struct catalogue *catalogue;
	struct map areas, classes; /* by id */
	bool has_levels;           /* some item says its level: then one without is a slip */
	LIST(struct span) area_places;
	LIST(struct span) class_places;
};

/* ---- levels ---------------------------------------------------------------------------------- */

static void read_level(struct build *build, const struct xml_node *node)
{
	struct check *check = build->check;
	struct catalogue *catalogue = build->catalogue;
	node_record(check, node, NULL, "n name label");
	node_check_children(check, node, "");
	struct value n = node_value(node, "n");
	int64_t number;
	if (!text_to_integer(clean_code(check->reader.arena, n.text), &number) || number < 1 || number > LEVELS_MOST) {
		PROBLEM(check, DIAG_CATALOGUE_LEVEL, .span = n.span, .a = n.text, .n = LEVELS_MOST);
		return;
	}
	struct level *level = &catalogue->levels[number];
	if (level->name.size || level->label.size) {
		PROBLEM(check, DIAG_CATALOGUE_LEVEL, .span = n.span, .a = n.text, .n = LEVELS_MOST);
		return;
	}
	level->name = node_text(check, node, "name", "name");
	level->label = node_text(check, node, "label", "label");
	if (number > catalogue->level_count)
		catalogue->level_count = (int8_t)number;
}

static void read_levels(struct build *build, const struct xml_node *root)
{
	struct catalogue *catalogue = build->catalogue;
	catalogue->levels[0] = (struct level){ TEXT("未达标"), TEXT("未达标") };
	size_t told = build->check->complained;
	for (const struct xml_node *node = xmltree_child(root, "level"); node; node = xmltree_next(node))
		read_level(build, node);
	catalogue->has_level_fault = build->check->complained != told;
	int gap = 1;
	while (gap <= catalogue->level_count && (catalogue->levels[gap].name.size || catalogue->levels[gap].label.size))
		gap++;
	/* Where one was refused, that is why one is missing. */
	if (!catalogue->has_level_fault && (catalogue->level_count == 0 || gap <= catalogue->level_count)) {
		PROBLEM(build->check, DIAG_CATALOGUE_LEVEL_GAP, .span = root->span, .n = gap);
		catalogue->has_level_fault = true;
	}
}

/* ---- items -------------------------------------------------------------------------------------- */

static struct value text_of(const struct xml_node *node)
{
	return (struct value){ node->text, node->text_span, true };
}

/* requirement, check(method), advice(days, department): child elements that are fields of the item. */
static void add_children(struct check *check, const struct xml_node *node, struct record *record)
{
	node_check_children(check, node, "requirement check advice");
	const struct xml_node *requirement = xmltree_child(node, "requirement");
	const struct xml_node *method = xmltree_child(node, "check"), *advice = xmltree_child(node, "advice");
	if (requirement) {
		node_record(check, requirement, NULL, "");
		record->values[FIELD_item_requirement] = text_of(requirement);
	}
	if (method) {
		node_record(check, method, NULL, "method");
		record->values[FIELD_item_check] = text_of(method);
		record->values[FIELD_item_check_method] = node_value(method, "method");
	}
	if (advice) {
		node_record(check, advice, NULL, "days department");
		record->values[FIELD_item_advice] = text_of(advice);
		record->values[FIELD_item_advice_days] = node_value(advice, "days");
		record->values[FIELD_item_advice_department] = node_value(advice, "department");
	}
}

static void fill_defaults(const struct build *build, const struct xml_node *node, struct item *item)
{
	struct check *check = build->check;
	int level_count = build->catalogue->level_count;
	struct value level = node_value(node, "level");
	if (!level.text.size && build->has_levels)
		PROBLEM(check, DIAG_FIELD_MISSING, .span = level.is_given ? level.span : node->span,
			.a = text_from(schema_entity(ENTITY_ITEM)->fields[FIELD_item_level].heading));
	if (item->level < 1 || item->level > level_count) {
		if (item->level != MISSING)
			PROBLEM(check, DIAG_ITEM_LEVEL, .span = level.span, .a = item->id, .n = level_count);
		item->level = 1;
	}
	struct value weight = node_value(node, "weight");
	if (item->weight.units <= 0) {
		if (item->weight.units != MISSING && weight.text.size)
			PROBLEM(check, DIAG_ITEM_WEIGHT, .span = weight.span, .a = item->id);
		item->weight = decimal_from(1);
	}
	if (item->risk == MISSING)
		item->risk = RISK_MEDIUM;
	if (item->veto == MISSING)
		item->veto = YESNO_NO;
}

static void read_item(struct build *build, const struct xml_node *node)
{
	struct check *check = build->check;
	struct catalogue *catalogue = build->catalogue;
	struct item item = { .place = node->span, .area = catalogue->area_count - 1 };
	struct record record = node_record(check, node, schema_entity(ENTITY_ITEM), "");
	add_children(check, node, &record);
	field_fill(check, &record, &item);
	fill_defaults(build, node, &item);
	if (item.id.size == 0)
		return;
	uint32_t index = (uint32_t)catalogue->item_count, found = map_add(&catalogue->item_by_id, item.id, index);
	if (found != index) {
		PROBLEM(check, DIAG_ID_TWICE, .span = node_value(node, "id").span, .other = catalogue->items[found].place, .a = item.id);
		return;
	}
	catalogue->items[catalogue->item_count++] = item;
	catalogue->areas[item.area].item_count++;
}

/* ---- areas and classes ---------------------------------------------------------------------------- */

static void read_area(struct build *build, const struct xml_node *node)
{
	struct check *check = build->check;
	struct catalogue *catalogue = build->catalogue;
	node_record(check, node, NULL, "id name");
	node_check_children(check, node, "item");
	struct area area = { .class = catalogue->class_count - 1, .first_item = catalogue->item_count };
	area.id = node_text(check, node, "id", "id");
	area.name = node_text(check, node, "name", "name");
	uint32_t index = (uint32_t)catalogue->area_count, found = map_add(&build->areas, area.id, index);
	if (found != index && area.id.size)
		PROBLEM(check, DIAG_ID_TWICE, .span = node_value(node, "id").span, .other = build->area_places.at[found], .a = area.id);
	LIST_PUSH(&build->area_places, node->span);
	catalogue->areas[catalogue->area_count++] = area;
	catalogue->classes[area.class].area_count++;
	if (!xmltree_child(node, "item"))
		PROBLEM(check, DIAG_AREA_EMPTY, .span = node->span, .a = area.name);
	for (const struct xml_node *item = xmltree_child(node, "item"); item; item = xmltree_next(item))
		read_item(build, item);
}

static void read_class(struct build *build, const struct xml_node *node)
{
	struct check *check = build->check;
	struct catalogue *catalogue = build->catalogue;
	node_record(check, node, NULL, "id group name");
	node_check_children(check, node, "area");
	struct class class = { .first_area = catalogue->area_count };
	class.id = node_text(check, node, "id", "id");
	class.name = node_text(check, node, "name", "name");
	class.group = node_text(check, node, "group", NULL);
	uint32_t index = (uint32_t)catalogue->class_count, found = map_add(&build->classes, class.id, index);
	if (found != index && class.id.size)
		PROBLEM(check, DIAG_ID_TWICE, .span = node_value(node, "id").span, .other = build->class_places.at[found], .a = class.id);
	LIST_PUSH(&build->class_places, node->span);
	catalogue->classes[catalogue->class_count++] = class;
	for (const struct xml_node *area = xmltree_child(node, "area"); area; area = xmltree_next(area))
		read_area(build, area);
}

static bool has_levels(const struct xml_node *root)
{
	for (const struct xml_node *class = root->first; class; class = class->next)
		for (const struct xml_node *area = class->first; area; area = area->next)
			for (const struct xml_node *item = area->first; item; item = item->next)
				if (node_value(item, "level").text.size)
					return true;
	return false;
}

static void count_nodes(const struct xml_node *root, size_t counts[3])
{
	for (const struct xml_node *class = root->first; class; class = class->next, counts[0]++)
		for (const struct xml_node *area = class->first; area; area = area->next, counts[1]++)
			for (const struct xml_node *item = area->first; item; item = item->next)
				counts[2]++;
}

static void read_classes(struct build *build, const struct xml_node *root)
{
	struct arena *arena = build->check->reader.arena;
	struct catalogue *catalogue = build->catalogue;
	size_t counts[3] = { 0 };
	count_nodes(root, counts);
	catalogue->classes = ARENA_ARRAY(arena, struct class, counts[0]);
	catalogue->areas = ARENA_ARRAY(arena, struct area, counts[1]);
	catalogue->items = ARENA_ARRAY(arena, struct item, counts[2]);
	for (const struct xml_node *node = xmltree_child(root, "class"); node; node = xmltree_next(node))
		read_class(build, node);
	if (catalogue->item_count == 0)
		PROBLEM(build->check, DIAG_CATALOGUE_EMPTY, .span = root->span);
	map_clear(&build->areas);
	map_clear(&build->classes);
	LIST_FREE(&build->area_places);
	LIST_FREE(&build->class_places);
}

/* ---- the file -------------------------------------------------------------------------------------- */

static void read_head(struct check *check, const struct xml_node *root, struct catalogue *catalogue)
{
	node_record(check, root, NULL, "id track edition basis note");
	node_check_children(check, root, "level class");
	struct text id = node_text(check, root, "id", "id");
	if (id.size && !text_equal(id, catalogue->id))
		PROBLEM(check, DIAG_CATALOGUE_ID, .span = node_value(root, "id").span, .a = id, .b = catalogue->id);
	catalogue->edition = node_text(check, root, "edition", NULL);
	catalogue->basis = node_text(check, root, "basis", NULL);
	catalogue->note = node_text(check, root, "note", NULL);
	catalogue->tracks = node_text(check, root, "track", "track");
}

struct catalogue *catalogue_read(struct check *check, const struct xml_node *root, struct text id)
{
	struct catalogue *catalogue = ARENA_NEW(check->reader.arena, struct catalogue);
	catalogue->id = id;
	struct build build = { .check = check, .catalogue = catalogue, .has_levels = has_levels(root) };
	read_head(check, root, catalogue);
	read_levels(&build, root);
	read_classes(&build, root);
	return catalogue;
}

struct catalogue *catalogue_read_file(struct check *check, struct text id, const char *path)
{
	struct reader own = check->reader, *reader = &own;
	if (check->models && own.beneath)
		own.beneath = check->models; /* they do not lie in the data */
	uint32_t number = input_open(reader, path, INPUT_XML);
	const struct xml_node *root = number ? xmltree_parse(reader, number) : NULL;
	if (!root)
		return NULL;
	if (!text_is(root->name, "model")) {
		DIAG(reader->diag, DIAG_XML_ROOT, .span = root->span, .a = root->name, .b = TEXT("model"));
		return NULL;
	}
	struct catalogue *catalogue = catalogue_read(check, root, id);
	catalogue->file = text_from(path);
	hash_of(sources_find(reader->sources, number)->text, catalogue->hash);
	return catalogue;
}

bool catalogue_is_id(struct text id)
{
	return id.size && id.at[0] != '.' && !memchr(id.at, '/', id.size);
}

/* The attribute names the id of one track, or of several that share the file; no words of a campaign. */
static bool is_made_for(const struct catalogue *catalogue, const struct track *track)
{
	const struct track plain = { .id = track->id, .synonyms = track->synonyms };
	struct text rest = catalogue->tracks, word;
	while (text_next(&rest, ' ', &word))
		if (track_is_called(&plain, word))
			return true;
	return false;
}

static struct catalogue *find_loaded(const struct check *check, struct text id)
{
	for (size_t i = 0; i < check->loaded.count; i++)
		if (text_equal(check->loaded.at[i].catalogue->id, id))
			return check->loaded.at[i].catalogue;
	return NULL;
}

const struct catalogue *catalogue_load(struct check *check, struct text id, struct span place,
	const struct track *track)
{
	struct catalogue *catalogue = find_loaded(check, id);
	if (!catalogue) {
		struct arena *arena = check->reader.arena;
		const char *own = file_join(arena, check->data, TEXT("models")), *folder = check->models ? check->models : own;
		struct text name = text_format(arena, "%.*s.xml", TEXT_ARGS(id));
		const char *path = file_join(arena, folder, name);
		if (!catalogue_is_id(id) || !input_exists(path)) {
			struct text places = check->models ? text_format(arena, "%s/%.*s, %s", own, TEXT_ARGS(name), path) : text_from(path);
			PROBLEM(check, DIAG_CATALOGUE_MISSING, .span = place, .a = id, .b = places);
			return NULL;
		}
		catalogue = catalogue_read_file(check, id, path);
		if (!catalogue)
			return NULL;
		LIST_PUSH(&check->loaded, ((struct loaded){ catalogue }));
	}
	if (catalogue->tracks.size && !is_made_for(catalogue, track))
		PROBLEM(check, DIAG_CATALOGUE_TRACK, .span = place, .a = id, .b = catalogue->tracks, .c = track->id);
	return catalogue;
}
