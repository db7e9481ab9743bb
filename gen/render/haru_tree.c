/* SPDX-License-Identifier: MIT
 *
 * The structure tree as text: one MCID and a direct /K a cell, as few bytes as a tagged table can have.
 */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "render/haru.h"

enum { ID_MOST = 200 /* bytes */ };

struct tree {
	struct haru *haru;
	struct packer *packer;
	uint32_t first;       /* number of the first element; then one list a page */
	struct arena *arena;
	struct text *ids;     /* by element; NO_TEXT = none */
	struct buf body, kids;
	size_t kid_count;
};

uint32_t haru_tree_size(const struct haru *haru)
{
	return haru->structure ? (uint32_t)(haru->elements.count + haru->pages->count) : 0;
}

static void put_reference(struct buf *out, uint32_t number)
{
	haru_write_units(out, number, 0);
	buf_string(out, "0 R");
}

static void put_page(const struct tree *tree, struct buf *out, uint32_t page)
{
	put_reference(out, haru_number(tree->haru->page_objects[page]));
}

/* ---- kids ----------------------------------------------------------------- */

static struct buf *next_kid(struct tree *tree)
{
	if (tree->kid_count++)
		buf_byte(&tree->kids, ' ');
	return &tree->kids;
}

static void put_part(struct tree *tree, const struct haru_part *part, uint32_t page)
{
	struct buf *out = next_kid(tree);
	if (part->mcid >= 0 && part->page == page) {
		haru_write_number(out, (uint32_t)part->mcid);
		return;
	}
	buf_string(out, part->mcid >= 0 ? "<</Type/MCR/Pg " : "<</Type/OBJR/Pg ");
	put_page(tree, out, part->page);
	if (part->mcid >= 0) {
		buf_format(out, "/MCID %d>>", (int)part->mcid);
		return;
	}
	buf_string(out, "/Obj ");
	put_reference(out, haru_number(part->annotation));
	buf_string(out, ">>");
}

/* Own content and children, merged in the order in which they were painted; children keep theirs. */
static void collect_kids(struct tree *tree, const struct haru_element *element)
{
	const struct haru *haru = tree->haru;
	uint32_t part = element->first_part, page = part ? haru->parts.at[part - 1].page : 0;
	buf_reset(&tree->kids);
	tree->kid_count = 0;
	for (int32_t child = element->first_child; child >= 0; child = haru->elements.at[child].next_sibling) {
		uint32_t order = haru->elements.at[child].order;
		for (; part && order != UINT32_MAX && part < order; part = haru->parts.at[part - 1].next)
			put_part(tree, &haru->parts.at[part - 1], page);
		put_reference(next_kid(tree), tree->first + (uint32_t)child);
	}
	for (; part; part = haru->parts.at[part - 1].next)
		put_part(tree, &haru->parts.at[part - 1], page);
}

/* One kid stands alone, several in brackets. */
static void put_kids(struct tree *tree)
{
	if (!tree->kid_count)
		return;
	buf_string(&tree->body, tree->kid_count == 1 ? "/K " : "/K[");
	buf_text(&tree->body, buf_view(&tree->kids));
	if (tree->kid_count > 1)
		buf_byte(&tree->body, ']');
}

/* ---- attributes ----------------------------------------------------------- */

static void put_table_attributes(struct buf *out, const struct tag *tag)
{
	if (!tag->scope && tag->column_span <= 1 && tag->row_span <= 1)
		return;
	buf_string(out, "/A<</O/Table");
	if (tag->scope)
		buf_format(out, "/Scope/%s", tag->scope);
	if (tag->column_span > 1)
		buf_format(out, "/ColSpan %d", tag->column_span);
	if (tag->row_span > 1)
		buf_format(out, "/RowSpan %d", tag->row_span);
	buf_string(out, ">>");
}

static void put_figure_attributes(const struct haru *haru, struct buf *out, size_t i)
{
	if (haru->box_pages[i] == 0 || haru->box_pages[i] == UINT32_MAX)
		return;
	double height = haru->pages->pages[haru->box_pages[i] - 1].height_pt;
	const struct haru_box *box = &haru->boxes[i];
	const double sides[4] = { box->x0, height - box->y1, box->x1, height - box->y0 };
	buf_string(out, "/A<</O/Layout/Placement/Block/BBox[");
	for (int k = 0; k < 4; k++)
		haru_write_units(out, llround(sides[k] * 100), 2);
	buf_string(out, "]>>");
}

static void put_text(struct tree *tree, const char *key, struct text text)
{
	if (!text.size)
		return;
	buf_string(&tree->body, key);
	haru_write_string(&tree->body, haru_encode_text(tree->haru, text));
}

/* ---- names ---------------------------------------------------------------- */

struct named {
	struct text id;
	size_t element; /* breaks ties */
};

static int by_id(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = text_compare(x->id, y->id);
	return order ? order : (x->element > y->element) - (x->element < y->element);
}

/* The identifier of an element; notes must have one. */
static struct text id_of(struct tree *tree, size_t i)
{
	const struct haru_element *element = &tree->haru->elements.at[i];
	if (!element->tag)
		return NO_TEXT;
	if (element->tag->id.size || strcmp(element->type, "Note") != 0)
		return text_slice(element->tag->id, 0,
		                  element->tag->id.size < ID_MOST ? element->tag->id.size : ID_MOST);
	return text_format(tree->arena, "note %zu", i);
}

/* Fills tree.ids and returns them in order; of equal ones the first element's counts. */
static struct named *find_names(struct tree *tree, size_t *count)
{
	size_t most = tree->haru->elements.count;
	struct named *names = ARENA_ARRAY(tree->arena, struct named, most + 1);
	*count = 0;
	for (size_t i = 0; i < most; i++) {
		struct text id = id_of(tree, i);
		if (id.size)
			names[(*count)++] = (struct named){ id, i };
	}
	qsort(names, *count, sizeof *names, by_id);
	size_t kept = 0;
	for (size_t i = 0; i < *count; i++)
		if (!kept || !text_equal(names[i].id, names[kept - 1].id))
			names[kept++] = names[i];
	*count = kept;
	for (size_t i = 0; i < kept; i++)
		tree->ids[names[i].element] = names[i].id;
	return names;
}

/* ---- objects -------------------------------------------------------------- */

static void put_element(struct tree *tree, size_t i, uint32_t root)
{
	const struct haru *haru = tree->haru;
	const struct haru_element *element = &haru->elements.at[i];
	struct buf *out = &tree->body;
	buf_reset(out);
	buf_string(out, "<</S/");
	buf_string(out, element->type);
	if (element->tag) {
		put_table_attributes(out, element->tag);
		if (strcmp(element->type, "Figure") == 0)
			put_figure_attributes(haru, out, i);
		put_text(tree, "/Alt", element->tag->alternative);
		put_text(tree, "/ActualText", element->tag->actual_text);
	}
	if (tree->ids[i].size) {
		buf_string(out, "/ID");
		haru_write_string(out, tree->ids[i]);
	}
	buf_string(out, "/P ");
	put_reference(out, element->parent < 0 ? root : tree->first + (uint32_t)element->parent);
	if (element->first_part) {
		buf_string(out, "/Pg ");
		put_page(tree, out, haru->parts.at[element->first_part - 1].page);
	}
	collect_kids(tree, element);
	put_kids(tree);
	buf_string(out, ">>");
	haru_pack_object(tree->packer, tree->first + (uint32_t)i, buf_view(out));
}

/* From a page's MCIDs back to the elements: a list each page. */
static void put_lists(struct tree *tree)
{
	const struct haru *haru = tree->haru;
	uint32_t number = tree->first + (uint32_t)haru->elements.count;
	size_t part = 0;
	for (size_t page = 0; page < haru->pages->count; page++) {
		buf_reset(&tree->body);
		buf_byte(&tree->body, '[');
		for (; part < haru->parts.count && haru->parts.at[part].page == page; part++)
			if (haru->parts.at[part].mcid >= 0) {
				put_reference(&tree->body, tree->first + (uint32_t)haru->parts.at[part].element);
				buf_byte(&tree->body, ' ');
			}
		buf_byte(&tree->body, ']');
		haru_pack_object(tree->packer, number++, buf_view(&tree->body));
	}
}

/* From the numbers of pages and links to those lists and to the links' elements. */
static void put_parent_tree(const struct tree *tree, struct buf *out)
{
	const struct haru *haru = tree->haru;
	uint32_t list = tree->first + (uint32_t)haru->elements.count, number = 0;
	buf_string(out, "/ParentTree<</Nums[");
	for (; number < haru->pages->count; number++) {
		haru_write_units(out, number, 0);
		put_reference(out, list + number);
		buf_byte(out, ' ');
	}
	for (size_t i = 0; i < haru->links.count; i++, number++) {
		haru_write_units(out, number, 0);
		put_reference(out, tree->first + (uint32_t)haru->parts.at[haru->links.at[i]].element);
		buf_byte(out, ' ');
	}
	buf_format(out, "]>>/ParentTreeNextKey %u", (unsigned)number);
}

static void put_root(struct tree *tree, const struct named *names, size_t name_count)
{
	const struct haru *haru = tree->haru;
	struct buf *out = &tree->body;
	buf_reset(out);
	buf_reset(&tree->kids);
	tree->kid_count = 0;
	buf_string(out, "<</Type/StructTreeRoot");
	put_parent_tree(tree, out);
	if (name_count)
		buf_string(out, "/IDTree<</Names[");
	for (size_t i = 0; i < name_count; i++) {
		haru_write_string(out, names[i].id);
		put_reference(out, tree->first + (uint32_t)names[i].element);
	}
	if (name_count)
		buf_string(out, "]>>");
	for (size_t i = 0; i < haru->elements.count; i++)
		if (haru->elements.at[i].parent < 0)
			put_reference(next_kid(tree), tree->first + (uint32_t)i);
	put_kids(tree);
	buf_string(out, ">>");
	haru_pack_object(tree->packer, haru_number(haru->structure), buf_view(out));
}

void haru_tree_write(struct haru *haru, struct packer *packer, uint32_t first)
{
	struct tree tree = { .haru = haru, .packer = packer, .first = first, .arena = arena_new() };
	tree.ids = ARENA_ARRAY(tree.arena, struct text, haru->elements.count + 1);
	buf_init(&tree.body, BUF_LIMIT_PAGE);
	buf_init(&tree.kids, BUF_LIMIT_PAGE);
	size_t name_count = 0;
	struct named *names = find_names(&tree, &name_count);
	for (size_t i = 0; i < haru->elements.count; i++)
		put_element(&tree, i, haru_number(haru->structure));
	put_lists(&tree);
	put_root(&tree, names, name_count);
	if (tree.body.overflowed || tree.kids.overflowed)
		canvas_fail(&haru->canvas, "a node of the structure is too long");
	buf_clear(&tree.body);
	buf_clear(&tree.kids);
	arena_free(tree.arena);
}
