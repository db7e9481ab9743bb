/* SPDX-License-Identifier: MIT
 *
 * The logical structure: what a screen reader reads, and where links lie.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "render/haru.h"

void haru_begin_tags(struct haru *haru)
{
	size_t count = haru->pages->tag_count;
	for (size_t i = 0; i < count; i++) {
		struct haru_element *element = LIST_ADD(&haru->elements);
		element->tag = &haru->pages->tags[i];
		element->type = element->tag->type;
		element->parent = element->tag->parent;
	}
	haru->boxes = memory_resize(NULL, (count + 1) * sizeof *haru->boxes);
	haru->box_pages = memory_resize(NULL, (count + 1) * sizeof *haru->box_pages);
	memset(haru->box_pages, 0, (count + 1) * sizeof *haru->box_pages);
}

int32_t haru_add_content(struct haru *haru, int32_t tag)
{
	LIST_PUSH(&haru->parts, ((struct haru_part){ .element = tag, .page = (uint32_t)haru->page, .mcid = haru->next_mcid }));
	return haru->next_mcid++;
}

void haru_add_ink(struct haru *haru, int32_t tag, struct haru_box box)
{
	uint32_t page = (uint32_t)haru->page + 1;
	for (; tag >= 0; tag = haru->pages->tags[tag].parent) {
		struct haru_box *all = &haru->boxes[tag];
		if (haru->box_pages[tag] == 0) {
			haru->box_pages[tag] = page;
			*all = box;
		} else if (haru->box_pages[tag] != page) {
			haru->box_pages[tag] = UINT32_MAX;
		} else {
			*all = (struct haru_box){ fmin(all->x0, box.x0), fmin(all->y0, box.y0), fmax(all->x1, box.x1), fmax(all->y1, box.y1) };
		}
	}
}

/* ---- links ---------------------------------------------------------------- */

static const struct anchor *find_anchor(const struct pages *pages, struct text id)
{
	for (size_t i = 0; i < pages->anchor_count; i++)
		if (text_equal(pages->anchors[i].id, id))
			return &pages->anchors[i];
	return NULL;
}

/* Only these schemes become links: a document is opened by people who trust its sender. */
static bool is_url(struct text target)
{
	return text_starts(target, "https://") || text_starts(target, "http://") || text_starts(target, "mailto:");
}

static HPDF_Dict url_action(struct haru *haru, struct text url)
{
	struct buf escaped;
	buf_init(&escaped, 8192);
	for (size_t i = 0; i < url.size; i++) {
		unsigned char c = (unsigned char)url.at[i];
		if (c <= ' ' || c >= 0x7F || strchr("\"<>\\^`{|}", c))
			buf_format(&escaped, "%%%02X", c);
		else
			buf_byte(&escaped, (char)c);
	}
	if (escaped.overflowed)
		canvas_fail(&haru->canvas, "a link's address is too long");
	HPDF_Dict action = haru_dict(haru);
	haru_set_name(haru, action, "Type", "Action");
	haru_set_name(haru, action, "S", "URI");
	haru_set_bytes(haru, action, "URI", buf_view(&escaped));
	buf_clear(&escaped);
	return action;
}

static bool set_target(struct haru *haru, HPDF_Dict annotation, struct text target)
{
	if (is_url(target)) {
		haru_set(haru, annotation, "A", url_action(haru, target));
		return true;
	}
	if (!text_starts(target, "#"))
		return false;
	const struct anchor *anchor = find_anchor(haru->pages, text_slice(target, 1, target.size));
	if (!anchor) {
		struct text shown = text_slice(target, 0, 60);
		canvas_fail(&haru->canvas, "a link to '%.*s' that no anchor answers", TEXT_ARGS(shown));
		return false;
	}
	haru_set(haru, annotation, "Dest", haru_destination(haru, anchor->page, anchor->y));
	return true;
}

static HPDF_Dict annotation_for(struct haru *haru, const struct link_area *link)
{
	HPDF_Dict dict = haru_dict(haru);
	haru_register(haru, dict);
	haru_set_name(haru, dict, "Type", "Annot");
	haru_set_name(haru, dict, "Subtype", "Link");
	HPDF_Array rect = haru_array(haru), border = haru_array(haru);
	haru_push_real(haru, rect, link->x);
	haru_push_real(haru, rect, haru->height_pt - link->y - link->height);
	haru_push_real(haru, rect, link->x + link->width);
	haru_push_real(haru, rect, haru->height_pt - link->y);
	for (int i = 0; i < 3; i++)
		haru_push_integer(haru, border, 0);
	haru_set(haru, dict, "Rect", rect);
	haru_set(haru, dict, "Border", border);
	haru_set_integer(haru, dict, "F", 4); /* printed */
	haru_set_text(haru, dict, "Contents", link->description.size ? link->description : link->target);
	return dict;
}

/* The structure asks that a link's annotation stands in a Link. */
static int32_t element_for_link(struct haru *haru, int32_t tag)
{
	if (tag >= 0 && strcmp(haru->pages->tags[tag].type, "Link") == 0)
		return tag;
	struct haru_element *element = LIST_ADD(&haru->elements);
	element->type = "Link";
	element->parent = tag >= 0 ? tag : 0;
	return (int32_t)haru->elements.count - 1;
}

void haru_add_link(struct haru *haru, const struct mark *mark)
{
	struct text target = mark->link.target;
	if (!is_url(target) && !text_starts(target, "#"))
		return;
	HPDF_Dict annotation = annotation_for(haru, &mark->link);
	if (!set_target(haru, annotation, target))
		return;
	if (!haru->annotations) {
		haru->annotations = haru_array(haru);
		haru_set(haru, haru->page_objects[haru->page], "Annots", haru->annotations);
	}
	haru_push(haru, haru->annotations, annotation);
	if (haru->pages->tag_count == 0)
		return;
	haru_set_integer(haru, annotation, "StructParent", (int64_t)(haru->pages->count + haru->links.count));
	LIST_PUSH(&haru->links, (uint32_t)haru->parts.count);
	int32_t element = element_for_link(haru, mark->tag);
	LIST_PUSH(&haru->parts, ((struct haru_part){ .element = element, .page = (uint32_t)haru->page, .mcid = -1, .annotation = annotation }));
}

/* ---- the tree ------------------------------------------------------------- */

static void join(struct haru *haru)
{
	struct haru_element *elements = haru->elements.at;
	for (size_t i = 0; i < haru->elements.count; i++) {
		elements[i].first_child = elements[i].last_child = elements[i].next_sibling = -1;
		elements[i].order = UINT32_MAX;
		int32_t parent = elements[i].parent;
		if (parent < 0)
			continue;
		if (elements[parent].first_child < 0)
			elements[parent].first_child = (int32_t)i;
		else
			elements[elements[parent].last_child].next_sibling = (int32_t)i;
		elements[parent].last_child = (int32_t)i;
	}
	for (uint32_t i = 0; i < haru->parts.count; i++) {
		struct haru_element *element = &elements[haru->parts.at[i].element];
		if (element->last_part)
			haru->parts.at[element->last_part - 1].next = i + 1;
		else
			element->first_part = element->order = i + 1;
		element->last_part = i + 1;
	}
	for (size_t i = haru->elements.count; i-- > 0;)
		if (elements[i].parent >= 0 && elements[i].order < elements[elements[i].parent].order)
			elements[elements[i].parent].order = elements[i].order;
}

static void push_part(struct haru *haru, HPDF_Array kids, const struct haru_part *part, uint32_t page)
{
	if (part->mcid >= 0 && part->page == page) {
		haru_push_integer(haru, kids, part->mcid);
		return;
	}
	HPDF_Dict dict = haru_dict(haru);
	haru_set_name(haru, dict, "Type", part->mcid >= 0 ? "MCR" : "OBJR");
	haru_set(haru, dict, "Pg", haru->page_objects[part->page]);
	if (part->mcid >= 0)
		haru_set_integer(haru, dict, "MCID", part->mcid);
	else
		haru_set(haru, dict, "Obj", part->annotation);
	haru_push(haru, kids, dict);
}

/* Own content and children, merged in the order in which they were painted; children keep theirs. */
static void set_kids(struct haru *haru, const struct haru_element *element)
{
	HPDF_Array kids = haru_array(haru);
	uint32_t part = element->first_part, page = part ? haru->parts.at[part - 1].page : 0;
	for (int32_t child = element->first_child; child >= 0; child = haru->elements.at[child].next_sibling) {
		uint32_t order = haru->elements.at[child].order;
		for (; part && order != UINT32_MAX && part < order; part = haru->parts.at[part - 1].next)
			push_part(haru, kids, &haru->parts.at[part - 1], page);
		haru_push(haru, kids, haru->elements.at[child].object);
	}
	for (; part; part = haru->parts.at[part - 1].next)
		push_part(haru, kids, &haru->parts.at[part - 1], page);
	if (element->first_part)
		haru_set(haru, element->object, "Pg", haru->page_objects[page]);
	haru_set(haru, element->object, "K", kids);
}

static void set_table_attributes(struct haru *haru, HPDF_Dict object, const struct tag *tag)
{
	bool is_cell = tag->column_span > 1 || tag->row_span > 1;
	if (!tag->scope && !is_cell)
		return;
	HPDF_Dict attributes = haru_dict(haru);
	haru_set_name(haru, attributes, "O", "Table");
	if (tag->scope)
		haru_set_name(haru, attributes, "Scope", tag->scope);
	if (tag->column_span > 1)
		haru_set_integer(haru, attributes, "ColSpan", tag->column_span);
	if (tag->row_span > 1)
		haru_set_integer(haru, attributes, "RowSpan", tag->row_span);
	haru_set(haru, object, "A", attributes);
}

static void set_figure_attributes(struct haru *haru, HPDF_Dict object, size_t i)
{
	if (haru->box_pages[i] == 0 || haru->box_pages[i] == UINT32_MAX)
		return;
	double height = haru->pages->pages[haru->box_pages[i] - 1].height_pt;
	const struct haru_box *box = &haru->boxes[i];
	const double sides[4] = { box->x0, height - box->y1, box->x1, height - box->y0 };
	HPDF_Dict attributes = haru_dict(haru);
	HPDF_Array array = haru_array(haru);
	for (int k = 0; k < 4; k++)
		haru_push_real(haru, array, round(sides[k] * 100) / 100);
	haru_set_name(haru, attributes, "O", "Layout");
	haru_set_name(haru, attributes, "Placement", "Block");
	haru_set(haru, attributes, "BBox", array);
	haru_set(haru, object, "A", attributes);
}

/* The identifier of a node; notes must have one. */
static struct text id_of(const struct haru_element *element, size_t i, char room[32])
{
	if (!element->tag)
		return NO_TEXT;
	if (element->tag->id.size || strcmp(element->type, "Note") != 0)
		return element->tag->id;
	snprintf(room, 32, "note %zu", i);
	return text_from(room);
}

static void set_element(struct haru *haru, size_t i, HPDF_Dict root)
{
	const struct haru_element *element = &haru->elements.at[i];
	HPDF_Dict object = element->object;
	haru_set_name(haru, object, "S", element->type);
	haru_set(haru, object, "P", element->parent < 0 ? root : haru->elements.at[element->parent].object);
	set_kids(haru, element);
	if (!element->tag)
		return;
	set_table_attributes(haru, object, element->tag);
	if (strcmp(element->type, "Figure") == 0)
		set_figure_attributes(haru, object, i);
	if (element->tag->alternative.size)
		haru_set_text(haru, object, "Alt", element->tag->alternative);
	if (element->tag->actual_text.size)
		haru_set_text(haru, object, "ActualText", element->tag->actual_text);
}

struct named {
	struct text id;
	HPDF_Dict object;
	size_t place; /* in the tree; breaks ties */
};

static int by_id(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = text_compare(x->id, y->id);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* /ID of the nodes that have one, and the tree to find them by; the first of equal ones wins. */
static void set_ids(struct haru *haru, HPDF_Dict root)
{
	LIST(struct named) names = { 0 };
	struct arena *arena = arena_new();
	for (size_t i = 0; i < haru->elements.count; i++) {
		char room[32];
		struct text id = id_of(&haru->elements.at[i], i, room);
		if (id.size)
			LIST_PUSH(&names, ((struct named){ text_copy(arena, text_slice(id, 0, 200)), haru->elements.at[i].object, i }));
	}
	if (names.count)
		qsort(names.at, names.count, sizeof *names.at, by_id);
	HPDF_Array array = names.count ? haru_array(haru) : NULL;
	for (size_t i = 0; i < names.count; i++) {
		if (i && text_equal(names.at[i].id, names.at[i - 1].id))
			continue;
		haru_set_bytes(haru, names.at[i].object, "ID", names.at[i].id);
		haru_push_bytes(haru, array, names.at[i].id);
		haru_push(haru, array, names.at[i].object);
	}
	if (names.count) {
		HPDF_Dict tree = haru_dict(haru);
		haru_set(haru, tree, "Names", array);
		haru_set(haru, root, "IDTree", tree);
	}
	LIST_FREE(&names);
	arena_free(arena);
}

/* From a page's MCIDs and the links' numbers back to the nodes. */
static void set_parent_tree(struct haru *haru, HPDF_Dict root)
{
	HPDF_Dict tree = haru_dict(haru);
	HPDF_Array numbers = haru_array(haru);
	size_t part = 0;
	for (size_t page = 0; page < haru->pages->count; page++) {
		HPDF_Array nodes = haru_array(haru);
		haru_register(haru, nodes);
		for (; part < haru->parts.count && haru->parts.at[part].page == page; part++)
			if (haru->parts.at[part].mcid >= 0)
				haru_push(haru, nodes, haru->elements.at[haru->parts.at[part].element].object);
		haru_push_integer(haru, numbers, (int64_t)page);
		haru_push(haru, numbers, nodes);
	}
	for (size_t i = 0; i < haru->links.count; i++) {
		haru_push_integer(haru, numbers, (int64_t)(haru->pages->count + i));
		haru_push(haru, numbers, haru->elements.at[haru->parts.at[haru->links.at[i]].element].object);
	}
	haru_set(haru, tree, "Nums", numbers);
	haru_set(haru, root, "ParentTree", tree);
	haru_set_integer(haru, root, "ParentTreeNextKey", (int64_t)(haru->pages->count + haru->links.count));
}

void haru_finish_tags(struct haru *haru)
{
	if (haru->pages->tag_count == 0)
		return;
	HPDF_Dict root = haru_dict(haru), info = haru_dict(haru);
	HPDF_Array kids = haru_array(haru);
	haru_register(haru, root);
	haru_set_name(haru, root, "Type", "StructTreeRoot");
	join(haru);
	for (size_t i = 0; i < haru->elements.count; i++) {
		haru->elements.at[i].object = haru_dict(haru);
		haru_register(haru, haru->elements.at[i].object);
		if (haru->elements.at[i].parent < 0)
			haru_push(haru, kids, haru->elements.at[i].object);
	}
	for (size_t i = 0; i < haru->elements.count && !haru->canvas.error[0]; i++)
		set_element(haru, i, root);
	haru_set(haru, root, "K", kids);
	set_ids(haru, root);
	set_parent_tree(haru, root);
	haru_set(haru, haru->doc->catalog, "StructTreeRoot", root);
	haru_set_bool(haru, info, "Marked", true);
	haru_set(haru, haru->doc->catalog, "MarkInfo", info);
}
