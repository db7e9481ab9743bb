/* SPDX-License-Identifier: MIT */
#include "doc/number.h"

#include <assert.h>

#include "base/buf.h"
#include "base/clamp.h"
#include "base/diag.h"
#include "base/list.h"
#include "base/map.h"
#include "base/utf8.h"

enum { LEVELS = 4 };

struct numbering {
	struct arena *arena;
	struct diag *diag;
	struct doc *doc;
	struct map ids;           /* id → index in targets */
	LIST(struct node *) targets;
	int counters[LEVELS + 1]; /* of headings, by level */
	int annexes, annex;       /* how many there are; the one we are in, 0 = none */
	int tables, figures;      /* in this chapter */
	int first;                /* the level of headings that is numbered 一、 */
	bool is_decimal, has_chapters;
};

/* ---- Chinese numbers ------------------------------------------------------------- */

void number_write_chinese(struct buf *buf, int number)
{
	static const char *const digits[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
	static const struct {
		int value;
		const char *word;
	} places[] = { { 1000, "千" }, { 100, "百" }, { 10, "十" }, { 1, "" } };
	if (number <= 0 || number >= 10000) {
		buf_format(buf, "%d", number);
		return;
	}
	bool begun = false, zero = false, small = number < 20;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		int digit = number / places[i].value % 10;
		if (digit == 0) {
			zero = begun;
			continue;
		}
		if (zero)
			buf_string(buf, digits[0]);
		if (!(digit == 1 && places[i].value == 10 && small))
			buf_string(buf, digits[digit]);
		buf_string(buf, places[i].word);
		begun = true;
		zero = false;
	}
}

/* ---- ids ---------------------------------------------------------------------------- */

static bool has_id_of_its_own(const struct node *node)
{
	return node->kind != NODE_FOOTNOTE && node->id.size;
}

static bool is_table_like(const struct node *node)
{
	return node->kind == NODE_TABLE || node->kind == NODE_ITEM_LIST;
}

static bool is_numbered_float(const struct node *node)
{
	return (is_table_like(node) || node->kind == NODE_CHART) && (node->title.size || node->id.size);
}

static void register_id(struct numbering *n, struct node *node)
{
	uint32_t index = (uint32_t)n->targets.count;
	uint32_t found = map_add(&n->ids, node->id, index);
	if (found != index)
		DIAG(n->diag, DIAG_DOC_DUPLICATE, .span = node->span, .a = node->id,
		     .other = n->targets.at[found]->span);
	else
		LIST_PUSH(&n->targets, node);
}

static void register_ids(struct numbering *n)
{
	struct node *root = n->doc->root;
	for (struct node *at = root; at; at = node_after(root, at))
		if (has_id_of_its_own(at))
			register_id(n, at);
	int made = 0;
	for (struct node *at = root; at; at = node_after(root, at)) {
		if (at->id.size || (at->kind != NODE_HEADING && !is_numbered_float(at)))
			continue;
		const char *prefix = is_table_like(at) ? "tbl" : "fig";
		if (at->kind == NODE_HEADING)
			prefix = "sec";
		do
			at->id = text_format(n->arena, "%s-n%d", prefix, ++made);
		while (map_find(&n->ids, at->id));
		register_id(n, at);
	}
}

static struct node *find_target(const struct numbering *n, struct text id)
{
	const uint32_t *index = map_find(&n->ids, id);
	return index && n->targets.at ? n->targets.at[*index] : NULL;
}

/* ---- headings, tables, figures ---------------------------------------------------------- */

static struct text taken(struct numbering *n, struct buf *buf)
{
	struct text text = text_copy(n->arena, buf_view(buf));
	buf_clear(buf);
	return text;
}

static void write_chinese_heading(struct buf *buf, int level, int count)
{
	static const char *const before[] = { "", "", "（", "", "（" }, *const after[] = { "", "、", "）", ".", "）" };
	buf_string(buf, before[level]);
	if (level <= 2)
		number_write_chinese(buf, count);
	else
		buf_format(buf, "%d", count);
	buf_string(buf, after[level]);
}

static void number_heading(struct numbering *n, struct node *node)
{
	int level = (int)clamp(node->level, 1, LEVELS);
	struct buf buf;
	if (level == 1)
		n->annex = 0;
	if (node->flags & NODE_UNNUMBERED)
		return;
	for (int deeper = level + 1; deeper <= LEVELS; deeper++)
		n->counters[deeper] = 0;
	if (level == 1)
		n->tables = n->figures = 0;
	buf_init(&buf, 1000);
	if (node->flags & NODE_ANNEX) {
		n->annex = ++n->counters[0];
		buf_string(&buf, "附件");
		if (n->annexes > 1)
			buf_format(&buf, "%d", n->annex);
	} else {
		n->counters[level]++;
		if (!n->is_decimal)
			write_chinese_heading(&buf, (int)clamp(level - n->first + 1, 1, LEVELS), n->counters[level]);
		else
			for (int i = n->first; i <= level; i++)
				buf_format(&buf, i > n->first ? ".%d" : "%d", n->counters[i]);
	}
	node->number = taken(n, &buf);
}

static void number_float(struct numbering *n, struct node *node)
{
	static const char *const words[2][2] = { { "图", "表" }, { "附图", "附表" } };
	bool is_table = is_table_like(node);
	int count = is_table ? ++n->tables : ++n->figures;
	int chapter = n->has_chapters ? n->counters[1] : 0;
	if (n->annex)
		chapter = n->annex;
	const char *word = words[n->annex > 0][is_table];
	node->number = chapter ? text_format(n->arena, "%s %d-%d", word, chapter, count)
	                       : text_format(n->arena, "%s %d", word, count);
}

/* Where the first level is the title alone, as in a brief of two pages, the next one is numbered as the first. */
static int find_first_level(const struct numbering *n)
{
	int first = LEVELS;
	if (n->has_chapters || n->annexes)
		return 1;
	for (const struct node *at = n->doc->root; at; at = node_after(n->doc->root, at))
		if (at->kind == NODE_HEADING && !(at->flags & NODE_UNNUMBERED) && at->level < first)
			first = (int)clamp(at->level, 1, LEVELS);
	return first;
}

static void number_all(struct numbering *n)
{
	struct node *root = n->doc->root;
	for (const struct node *at = root; at; at = node_after(root, at)) {
		if (at->kind != NODE_HEADING || at->level != 1)
			continue;
		if (at->flags & NODE_ANNEX)
			n->annexes++;
		else if (!(at->flags & NODE_UNNUMBERED))
			n->has_chapters = true;
	}
	n->first = find_first_level(n);
	for (struct node *at = root; at; at = node_after(root, at)) {
		if (at->kind == NODE_HEADING)
			number_heading(n, at);
		else if (is_numbered_float(at))
			number_float(n, at);
	}
}

/* ---- contents ------------------------------------------------------------------------------ */

/* "一、工作概况", "1.1 范围", "附件1 名单". */
static struct text whole_title(struct numbering *n, const struct node *node)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_text(&buf, node->number);
	bool closed = text_ends(node->number, "、") || text_ends(node->number, "）") || node->number.size == 0;
	if (!closed)
		buf_byte(&buf, ' ');
	if (node->kind == NODE_HEADING)
		node_plain_text(node, &buf);
	else
		buf_text(&buf, node->title);
	return taken(n, &buf);
}

static void add_entry(struct numbering *n, struct node *list, const struct node *target)
{
	struct node *entry = node_new(n->arena, NODE_PARAGRAPH), *reference = node_new(n->arena, NODE_REFERENCE);
	entry->level = target->kind == NODE_HEADING ? target->level : 1;
	entry->number = target->number;
	entry->target = text_format(n->arena, "#%.*s", TEXT_ARGS(target->id));
	entry->span = reference->span = target->span;
	reference->target = target->id;
	reference->text = whole_title(n, target);
	entry->title = target->title;
	if (target->kind == NODE_HEADING) {
		struct buf title;
		buf_init(&title, BUF_LIMIT_PAGE);
		node_plain_text(target, &title);
		entry->title = taken(n, &title);
	}
	node_append(entry, reference);
	node_append(list, entry);
}

static bool belongs(const struct node *list, const struct node *node)
{
	if (list->kind == NODE_CONTENTS)
		return node->kind == NODE_HEADING && node->level <= (list->level ? list->level : 2) &&
		       !(node->flags & NODE_HIDDEN_IN_CONTENTS);
	return is_numbered_float(node) && is_table_like(node) == text_is(list->name, "tables");
}

static void fill_contents(struct numbering *n)
{
	struct node *root = n->doc->root;
	for (struct node *list = root; list; list = node_after(root, list)) {
		if (list->kind != NODE_CONTENTS && list->kind != NODE_LIST_OF)
			continue;
		for (const struct node *at = root; at; at = node_after(root, at))
			if (belongs(list, at))
				add_entry(n, list, at);
	}
}

/* ---- references ------------------------------------------------------------------------------- */

/* The counters of the headings above and including node, from its number's place in the tree. */
static struct text chapter_of(struct numbering *n, const struct node *heading)
{
	const struct node *chapter = NULL, *root = n->doc->root;
	for (const struct node *at = root; at && at != heading; at = node_after(root, at))
		if (at->kind == NODE_HEADING && at->level <= n->first)
			chapter = at;
	return chapter ? chapter->number : NO_TEXT;
}

static struct text without_stop(struct text number)
{
	if (text_ends(number, "、"))
		number.size -= strlen("、");
	else if (text_ends(number, "."))
		number.size--;
	return number;
}

/* How running text names a heading. */
static struct text heading_reference(struct numbering *n, const struct node *node)
{
	if (node->number.size == 0)
		return text_format(n->arena, "“%.*s”", TEXT_ARGS(whole_title(n, node)));
	if (node->flags & NODE_ANNEX)
		return node->number;
	if (n->is_decimal)
		return text_format(n->arena, "第%.*s节", TEXT_ARGS(node->number));
	struct text number = without_stop(node->number);
	if (node->level == n->first)
		return text_format(n->arena, "第%.*s部分", TEXT_ARGS(number));
	struct text chapter = without_stop(chapter_of(n, node));
	if (!chapter.at || chapter.size == 0 || text_starts(chapter, "附件"))
		return text_format(n->arena, "%.*s%.*s", TEXT_ARGS(chapter), TEXT_ARGS(number));
	return text_format(n->arena, "第%.*s部分%.*s", TEXT_ARGS(chapter), TEXT_ARGS(number));
}

static void resolve(struct numbering *n, struct node *reference)
{
	const struct node *target = find_target(n, reference->target);
	if (!target) {
		DIAG(n->diag, DIAG_DOC_REFERENCE, .span = reference->span, .a = reference->target);
		reference->kind = NODE_TEXT;
		reference->text = text_format(n->arena, "@%.*s", TEXT_ARGS(reference->target));
	} else if (target->kind == NODE_HEADING) {
		reference->text = heading_reference(n, target);
	} else {
		reference->text = target->number.size ? target->number : target->title;
	}
}

/* A link that leads nowhere is reported and leads nowhere: nothing after this has to look for its anchor. */
static void check_link(const struct numbering *n, struct text *target, struct span span)
{
	struct text id = text_slice(*target, 1, target->size);
	if (!text_starts(*target, "#") || find_target(n, id))
		return;
	DIAG(n->diag, DIAG_DOC_REFERENCE, .span = span, .a = id);
	*target = NO_TEXT;
}

static void resolve_all(struct numbering *n)
{
	struct node *root = n->doc->root;
	for (struct node *at = root; at; at = node_after(root, at)) {
		if (at->kind == NODE_REFERENCE && at->text.size == 0)
			resolve(n, at);
		else if (at->kind == NODE_LINK)
			check_link(n, &at->target, at->span);
		for (size_t i = 0; at->table && i < at->table->row_count * at->table->column_count; i++)
			check_link(n, &at->table->cells[i].target, at->span);
	}
}

/* ---- footnotes ----------------------------------------------------------------------------------- */

struct notes {
	struct map ids;
	LIST(struct node *) found; /* as written */
	LIST(struct node *) used;  /* as referred to */
};

static void collect_notes(struct numbering *n, struct notes *notes)
{
	struct node *root = n->doc->root;
	for (struct node *at = root->first, *next; at; at = next) {
		next = at->next;
		if (at->kind != NODE_FOOTNOTE)
			continue;
		uint32_t index = (uint32_t)notes->found.count, found = map_add(&notes->ids, at->id, index);
		if (found != index)
			DIAG(n->diag, DIAG_DOC_DUPLICATE, .span = at->span, .a = at->id,
			     .other = notes->found.at[found]->span);
		else
			LIST_PUSH(&notes->found, at);
		node_remove(at);
	}
}

static void number_note_mark(struct numbering *n, struct notes *notes, struct node *mark)
{
	const uint32_t *index = map_find(&notes->ids, mark->target);
	if (!index) {
		DIAG(n->diag, DIAG_DOC_NOTE_UNKNOWN, .span = mark->span, .a = mark->target);
		mark->kind = NODE_TEXT;
		mark->text = text_format(n->arena, "[^%.*s]", TEXT_ARGS(mark->target));
		return;
	}
	assert(*index < notes->found.count && notes->found.at);
	struct node *note = notes->found.at[*index];
	if (!note->number.size) {
		LIST_PUSH(&notes->used, note);
		note->number = text_format(n->arena, "%zu", notes->used.count);
		node_append(n->doc->root, note); /* the walk comes by and numbers the marks inside */
	}
	mark->number = note->number;
}

static void number_notes(struct numbering *n)
{
	struct notes notes = { .ids = { 0 } };
	struct node *root = n->doc->root;
	collect_notes(n, &notes);
	for (struct node *at = root; at; at = node_after(root, at)) {
		if (at->kind == NODE_FOOTNOTE_MARK)
			number_note_mark(n, &notes, at);
		for (size_t i = 0; at->table && i < at->table->row_count * at->table->column_count; i++)
			if (at->table->cells[i].note_mark)
				number_note_mark(n, &notes, at->table->cells[i].note_mark);
	}
	for (size_t i = 0; i < notes.found.count; i++)
		if (!notes.found.at[i]->number.size)
			DIAG(n->diag, DIAG_DOC_NOTE_UNUSED, .span = notes.found.at[i]->span,
			     .a = notes.found.at[i]->id);
	map_clear(&notes.ids);
	LIST_FREE(&notes.found);
	LIST_FREE(&notes.used);
}

/* ---- lengths ------------------------------------------------------------------------------------- */

/* A heading or title stands in the contents, in running heads, bookmarks and links as well: it is a line or two. */
static void check_lengths(struct numbering *n)
{
	enum { TITLE_LONGEST = 2000 }; /* bytes: 650 characters */
	struct node *root = n->doc->root;
	struct buf words;
	buf_init(&words, BUF_LIMIT_PAGE);
	for (struct node *at = root; at; at = node_after(root, at)) {
		buf_reset(&words);
		if (at->kind == NODE_HEADING)
			node_plain_text(at, &words);
		if (words.size <= TITLE_LONGEST && at->title.size <= TITLE_LONGEST)
			continue;
		DIAG(n->diag, DIAG_DOC_TITLE_LONG, .span = at->span, .n = TITLE_LONGEST);
		at->title = text_slice(at->title, 0, utf8_check(text_slice(at->title, 0, TITLE_LONGEST)));
	}
	buf_clear(&words);
}

void number_document(struct arena *arena, struct diag *diag, struct doc *doc)
{
	struct numbering n = { .arena = arena, .diag = diag, .doc = doc,
	                       .is_decimal = text_is(doc->numbering, "decimal") };
	check_lengths(&n);
	number_notes(&n);
	register_ids(&n);
	number_all(&n);
	fill_contents(&n);
	resolve_all(&n);
	map_clear(&n.ids);
	LIST_FREE(&n.targets);
}
