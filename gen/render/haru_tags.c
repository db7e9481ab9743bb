/* SPDX-License-Identifier: MIT
 *
 * The logical structure: what a screen reader reads, and where links lie.  Collected
 * here while pages are painted, written by haru_tree.c.
 */
#include <math.h>

#include "base/arena.h"
#include "render/haru.h"

enum { LINKS_GUESS = 64 };

void haru_begin_tags(struct haru *haru)
{
	size_t count = haru->pages->tag_count;
	LIST_RESERVE(&haru->elements, count + LINKS_GUESS);
	LIST_RESERVE(&haru->parts, count + LINKS_GUESS); /* most are one piece of content each */
	for (size_t i = 0; i < count; i++) {
		struct haru_element *element = LIST_ADD(&haru->elements);
		element->tag = &haru->pages->tags[i];
		element->type = element->tag->type;
		element->parent = element->tag->parent;
	}
	haru->figures = memory_resize(NULL, (count + 1) * sizeof *haru->figures);
	for (size_t i = 0; i < count; i++) {
		const struct tag *tag = &haru->pages->tags[i];
		int32_t outer = tag->parent < 0 ? -1 : haru->figures[tag->parent];
		haru->figures[i] = strcmp(tag->type, "Figure") == 0 ? (int32_t)i : outer;
	}
	haru->boxes = memory_resize(NULL, (count + 1) * sizeof *haru->boxes);
	haru->box_pages = memory_resize(NULL, (count + 1) * sizeof *haru->box_pages);
	memset(haru->box_pages, 0, (count + 1) * sizeof *haru->box_pages);
}

int32_t haru_add_content(struct haru *haru, int32_t tag)
{
	LIST_PUSH(&haru->parts,
	          ((struct haru_part){ .element = tag, .page = (uint32_t)haru->page, .mcid = haru->next_mcid }));
	return haru->next_mcid++;
}

void haru_add_ink(struct haru *haru, int32_t tag, struct haru_box box)
{
	uint32_t page = (uint32_t)haru->page + 1;
	for (tag = haru_figure_of(haru, tag); tag >= 0; tag = haru_figure_of(haru, haru->pages->tags[tag].parent)) {
		struct haru_box *all = &haru->boxes[tag];
		if (haru->box_pages[tag] == 0) {
			haru->box_pages[tag] = page;
			*all = box;
		} else if (haru->box_pages[tag] != page) {
			haru->box_pages[tag] = UINT32_MAX;
		} else {
			*all = (struct haru_box){ fmin(all->x0, box.x0), fmin(all->y0, box.y0),
			                          fmax(all->x1, box.x1), fmax(all->y1, box.y1) };
		}
	}
}

/* ---- links ---------------------------------------------------------------- */

static const struct anchor *find_anchor(struct haru *haru, struct text id)
{
	const struct pages *pages = haru->pages;
	for (; haru->anchors_known < pages->anchor_count; haru->anchors_known++)
		map_add(&haru->anchors, pages->anchors[haru->anchors_known].id, (uint32_t)haru->anchors_known);
	const uint32_t *found = map_find(&haru->anchors, id);
	return found ? &pages->anchors[*found] : NULL;
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
	const struct anchor *anchor = find_anchor(haru, text_slice(target, 1, target.size));
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

void haru_add_link(struct haru *haru, const struct draw_op *op)
{
	struct text target = op->link.target;
	if (!is_url(target) && !text_starts(target, "#"))
		return;
	HPDF_Dict annotation = annotation_for(haru, &op->link);
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
	int32_t element = element_for_link(haru, op->tag);
	LIST_PUSH(&haru->parts,
	          ((struct haru_part){ .element = element, .page = (uint32_t)haru->page, .mcid = -1,
	                               .annotation = annotation }));
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

/* The tree itself is written when all objects have their numbers; its root has one already, for the catalogue. */
void haru_finish_tags(struct haru *haru)
{
	if (haru->pages->tag_count == 0)
		return;
	HPDF_Dict info = haru_dict(haru);
	join(haru);
	haru->structure = haru_dict(haru);
	haru_register(haru, haru->structure);
	haru_set(haru, haru->doc->catalog, "StructTreeRoot", haru->structure);
	haru_set_bool(haru, info, "Marked", true);
	haru_set(haru, haru->doc->catalog, "MarkInfo", info);
}
