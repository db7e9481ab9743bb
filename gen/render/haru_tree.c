/* SPDX-License-Identifier: MIT
 *
 * The structure tree as text: one MCID and a direct /K a cell, as few bytes as a tagged table can have.
 *
 * Elements are numbered and written by page: those with children, the list of the page's MCIDs, then
 * the leaves.  The numbers of the cells of a row then stand in its /K as they stand in the list, within
 * reach of deflate, and neighbours differ in their last digits: fewer bytes than in the order of
 * the tags (`make bench`, size of a diagnosis).
 */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "render/haru.h"

enum { ID_MOST = 200 /* bytes */, HEADS = 8 /* kept; a power of two */ };

/* How a leaf begins: "</S/TD/ActualText(…)". */
struct leaf_head {
	const char *type;       /* NULL: not yet used */
	struct text actual_text;
	struct buf text;
};

/* How it goes on: "/P 12 0 R/Pg 3 0 R/K ". */
struct leaf_middle {
	int32_t parent;
	uint32_t page;
	struct buf text;
};

struct tree {
	struct haru *haru;
	struct packer *packer;
	uint32_t first;       /* the first number */
	struct arena *arena;
	uint32_t *places;     /* of each element, then of the list of each page: its number less `first` */
	uint32_t *order;      /* by place: element, or count of elements + page */
	struct text *ids;     /* by element; NO_TEXT = none */
	struct buf kids;
	size_t kid_count;
	struct leaf_head heads[HEADS];
	size_t next_head;
	struct leaf_middle middle;
	size_t part;          /* of haru.parts: the first of the next list */
};

uint32_t haru_tree_size(const struct haru *haru)
{
	return haru->structure ? (uint32_t)(haru->elements.count + haru->pages->count) : 0;
}

static void put_reference(struct buf *out, uint32_t number)
{
	haru_write_number(out, number);
	buf_string(out, " 0 R");
}

static uint32_t number_of(const struct tree *tree, size_t element)
{
	return tree->first + tree->places[element];
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
		put_reference(next_kid(tree), number_of(tree, (size_t)child));
	}
	for (; part; part = haru->parts.at[part - 1].next)
		put_part(tree, &haru->parts.at[part - 1], page);
}

/* One kid stands alone, several in brackets. */
static void put_kids(const struct tree *tree, struct buf *out)
{
	if (!tree->kid_count)
		return;
	buf_string(out, tree->kid_count == 1 ? "/K " : "/K[");
	buf_text(out, buf_view(&tree->kids));
	if (tree->kid_count > 1)
		buf_byte(out, ']');
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
		haru_write_units(out, haru_round(sides[k] * 100), 2);
	buf_string(out, "]>>");
}

static void put_text(struct tree *tree, struct buf *out, const char *key, struct text text)
{
	if (!text.size)
		return;
	buf_string(out, key);
	haru_write_string(out, haru_encode_text(tree->haru, text));
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
	struct buf *out = haru_pack_begin(tree->packer, number_of(tree, i));
	buf_string(out, "<</S/");
	buf_string(out, element->type);
	if (element->tag) {
		put_table_attributes(out, element->tag);
		if (strcmp(element->type, "Figure") == 0)
			put_figure_attributes(haru, out, i);
		put_text(tree, out, "/Alt", element->tag->alternative);
		put_text(tree, out, "/ActualText", element->tag->actual_text);
	}
	if (tree->ids[i].size) {
		buf_string(out, "/ID");
		haru_write_string(out, tree->ids[i]);
	}
	buf_string(out, "/P ");
	put_reference(out, element->parent < 0 ? root : number_of(tree, (size_t)element->parent));
	if (element->first_part) {
		buf_string(out, "/Pg ");
		put_page(tree, out, haru->parts.at[element->first_part - 1].page);
	}
	collect_kids(tree, element);
	put_kids(tree, out);
	buf_string(out, ">>");
	haru_pack_end(tree->packer);
}

/* Nothing but one piece of content, and words for it at most: a cell, mostly. */
static bool is_plain_leaf(const struct tree *tree, size_t i)
{
	const struct haru_element *element = &tree->haru->elements.at[i];
	const struct tag *tag = element->tag;
	if (!tag || element->first_child >= 0 || !element->first_part || element->parent < 0)
		return false;
	const struct haru_part *part = &tree->haru->parts.at[element->first_part - 1];
	return part->mcid >= 0 && !part->next && !tag->scope && tag->column_span <= 1 && tag->row_span <= 1 &&
	       !tag->alternative.size && !tree->ids[i].size && strcmp(element->type, "Figure") != 0;
}

/* Types and words are the same texts again and again, not only the same letters. */
static struct text leaf_head(struct tree *tree, const struct haru_element *element)
{
	struct text actual_text = element->tag->actual_text;
	for (size_t i = 0; i < HEADS; i++) {
		struct leaf_head *head = &tree->heads[i];
		if (head->type == element->type && head->actual_text.at == actual_text.at &&
		    head->actual_text.size == actual_text.size)
			return buf_view(&head->text);
	}
	struct leaf_head *head = &tree->heads[tree->next_head++ % HEADS];
	head->type = element->type;
	head->actual_text = actual_text;
	buf_reset(&head->text);
	buf_string(&head->text, "<</S/");
	buf_string(&head->text, element->type);
	put_text(tree, &head->text, "/ActualText", actual_text);
	return buf_view(&head->text);
}

static struct text leaf_middle(struct tree *tree, int32_t parent, uint32_t page)
{
	struct leaf_middle *middle = &tree->middle;
	if (middle->text.size && middle->parent == parent && middle->page == page)
		return buf_view(&middle->text);
	middle->parent = parent;
	middle->page = page;
	buf_reset(&middle->text);
	buf_string(&middle->text, "/P ");
	put_reference(&middle->text, number_of(tree, (size_t)parent));
	buf_string(&middle->text, "/Pg ");
	put_page(tree, &middle->text, page);
	buf_string(&middle->text, "/K ");
	return buf_view(&middle->text);
}

/* The same bytes as put_element's, made of parts that its neighbours have, too. */
static void put_leaf(struct tree *tree, size_t i)
{
	const struct haru_element *element = &tree->haru->elements.at[i];
	const struct haru_part *part = &tree->haru->parts.at[element->first_part - 1];
	struct buf *out = haru_pack_begin(tree->packer, number_of(tree, i));
	buf_text(out, leaf_head(tree, element));
	buf_text(out, leaf_middle(tree, element->parent, part->page));
	haru_write_number(out, (uint32_t)part->mcid);
	buf_string(out, ">>");
	haru_pack_end(tree->packer);
}

/* From a page's MCIDs back to the elements: a list each page, the pages in order. */
static void put_list(struct tree *tree, size_t page)
{
	const struct haru *haru = tree->haru;
	struct buf *out = haru_pack_begin(tree->packer, number_of(tree, haru->elements.count + page));
	buf_byte(out, '[');
	for (; tree->part < haru->parts.count && haru->parts.at[tree->part].page == page; tree->part++) {
		const struct haru_part *part = &haru->parts.at[tree->part];
		if (part->mcid < 0)
			continue;
		haru_write_number(out, number_of(tree, (size_t)part->element));
		buf_string(out, " 0 R ");
	}
	buf_byte(out, ']');
	haru_pack_end(tree->packer);
}

/* From the numbers of pages and links to those lists and to the links' elements. */
static void put_parent_tree(const struct tree *tree, struct buf *out)
{
	const struct haru *haru = tree->haru;
	uint32_t number = 0;
	buf_string(out, "/ParentTree<</Nums[");
	for (; number < haru->pages->count; number++) {
		haru_write_units(out, number, 0);
		put_reference(out, number_of(tree, haru->elements.count + number));
		buf_byte(out, ' ');
	}
	for (size_t i = 0; i < haru->links.count; i++, number++) {
		haru_write_units(out, number, 0);
		put_reference(out, number_of(tree, (size_t)haru->parts.at[haru->links.at[i]].element));
		buf_byte(out, ' ');
	}
	buf_format(out, "]>>/ParentTreeNextKey %u", (unsigned)number);
}

static void put_root(struct tree *tree, const struct named *names, size_t name_count)
{
	const struct haru *haru = tree->haru;
	struct buf *out = haru_pack_begin(tree->packer, haru_number(haru->structure));
	buf_reset(&tree->kids);
	tree->kid_count = 0;
	buf_string(out, "<</Type/StructTreeRoot");
	put_parent_tree(tree, out);
	if (name_count)
		buf_string(out, "/IDTree<</Names[");
	for (size_t i = 0; i < name_count; i++) {
		haru_write_string(out, names[i].id);
		put_reference(out, number_of(tree, names[i].element));
	}
	if (name_count)
		buf_string(out, "]>>");
	for (size_t i = 0; i < haru->elements.count; i++)
		if (haru->elements.at[i].parent < 0)
			put_reference(next_kid(tree), number_of(tree, i));
	put_kids(tree, out);
	buf_string(out, ">>");
	haru_pack_end(tree->packer);
}

/* ---- order ---------------------------------------------------------------- */

enum group { WITH_CHILDREN, LIST_OF_PAGE, LEAVES, GROUPS };

/* The page on which the first content of each element's branch stands; one without stands by the element before it. */
static uint32_t *find_pages(struct tree *tree)
{
	const struct haru *haru = tree->haru;
	uint32_t *pages = ARENA_ARRAY(tree->arena, uint32_t, haru->elements.count + 1), page = 0;
	for (size_t i = 0; i < haru->elements.count; i++) {
		uint32_t order = haru->elements.at[i].order;
		pages[i] = page = order == UINT32_MAX ? page : haru->parts.at[order - 1].page;
	}
	return pages;
}

/* By page and group, within them as they came: fills tree.places and tree.order. */
static void find_order(struct tree *tree)
{
	const struct haru *haru = tree->haru;
	size_t elements = haru->elements.count, pages = haru->pages->count;
	const uint32_t *page_of = find_pages(tree);
	uint32_t *next = ARENA_ARRAY(tree->arena, uint32_t, pages * GROUPS + 1);
	uint32_t *slot_of = ARENA_ARRAY(tree->arena, uint32_t, elements + pages + 1);
	for (size_t i = 0; i < elements + pages; i++) {
		bool is_list = i >= elements;
		enum group own = LIST_OF_PAGE;
		if (!is_list)
			own = haru->elements.at[i].first_child >= 0 ? WITH_CHILDREN : LEAVES;
		slot_of[i] = (is_list ? (uint32_t)(i - elements) : page_of[i]) * GROUPS + own;
		next[slot_of[i] + 1]++;
	}
	for (size_t slot = 0; slot < pages * GROUPS; slot++)
		next[slot + 1] += next[slot];
	tree->places = ARENA_ARRAY(tree->arena, uint32_t, elements + pages + 1);
	tree->order = ARENA_ARRAY(tree->arena, uint32_t, elements + pages + 1);
	for (size_t i = 0; i < elements + pages; i++) {
		tree->places[i] = next[slot_of[i]]++;
		tree->order[tree->places[i]] = (uint32_t)i;
	}
}

static void put_any(struct tree *tree, size_t i)
{
	size_t elements = tree->haru->elements.count;
	if (i >= elements)
		put_list(tree, i - elements);
	else if (is_plain_leaf(tree, i))
		put_leaf(tree, i);
	else
		put_element(tree, i, haru_number(tree->haru->structure));
}

static void bufs_init(struct tree *tree)
{
	buf_init(&tree->kids, BUF_LIMIT_PAGE);
	buf_init(&tree->middle.text, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < HEADS; i++)
		buf_init(&tree->heads[i].text, BUF_LIMIT_PAGE);
}

static void bufs_clear(struct tree *tree)
{
	buf_clear(&tree->kids);
	buf_clear(&tree->middle.text);
	for (size_t i = 0; i < HEADS; i++)
		buf_clear(&tree->heads[i].text);
}

void haru_tree_write(struct haru *haru, struct packer *packer, uint32_t first)
{
	struct tree tree = { .haru = haru, .packer = packer, .first = first, .arena = arena_new() };
	tree.ids = ARENA_ARRAY(tree.arena, struct text, haru->elements.count + 1);
	bufs_init(&tree);
	size_t name_count = 0;
	struct named *names = find_names(&tree, &name_count);
	find_order(&tree);
	for (size_t i = 0; i < haru->elements.count + haru->pages->count; i++)
		put_any(&tree, tree.order[i]);
	put_root(&tree, names, name_count);
	if (tree.kids.overflowed)
		canvas_fail(&haru->canvas, "a node of the structure is too long");
	bufs_clear(&tree);
	arena_free(tree.arena);
}
