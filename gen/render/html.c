/* SPDX-License-Identifier: MIT */
#include "render/html.h"

#include <math.h>

#include "base/buf.h"
#include "doc/link.h"
#include "render/html_id.h"
#include "render/html_records.h"
#include "render/html_table.h"
#include "theme/theme.h"

static const struct html_words chinese = {
	TEXT_INIT("目录"), TEXT_INIT("数据表"), TEXT_INIT("返回正文"), TEXT_INIT("—"), TEXT_INIT("类别"), TEXT_INIT("表目录"), TEXT_INIT("图目录"), TEXT_INIT("注释"),
};

struct writer {
	struct buf *out;
	const struct doc *doc;
	const struct html_options *options;
	const struct html_words *words;
	struct html_marked marked;
};

static void write_children(struct writer *w, const struct node *node);

/* ---- pieces -------------------------------------------------------------------------- */

static void open_tag(struct writer *w, const char *name, const struct node *node, const char *class)
{
	buf_format(w->out, "<%s", name);
	if (node->id.size) {
		buf_string(w->out, " id=\"");
		html_id_write(w->out, node->id);
		buf_byte(w->out, '"');
	}
	bool is_small = (node->flags & NODE_SMALL) != 0;
	if (class[0] || is_small)
		buf_format(w->out, " class=\"%s%s%s\"", class, class[0] && is_small ? " " : "",
		           is_small ? "small" : "");
	buf_byte(w->out, '>');
}

static void wrap(struct writer *w, const struct node *node, const char *name, const char *class)
{
	open_tag(w, name, node, class);
	write_children(w, node);
	buf_format(w->out, "</%s>", name);
}

static void write_text(struct writer *w, const char *before, struct text text, const char *after)
{
	buf_string(w->out, before);
	buf_html(w->out, text);
	buf_string(w->out, after);
}

static void write_href(struct writer *w, struct text target)
{
	buf_string(w->out, "<a href=\"");
	if (target.size && target.at[0] == '#') {
		buf_byte(w->out, '#');
		html_id_write(w->out, text_slice(target, 1, target.size));
	} else if (link_is_safe(target)) {
		buf_html(w->out, target);
	}
	buf_string(w->out, "\">");
}

/* ---- inlines --------------------------------------------------------------------------- */

static void write_link(struct writer *w, const struct node *node)
{
	if (node->target.size)
		write_href(w, node->target);
	write_children(w, node);
	if (node->target.size)
		buf_string(w->out, "</a>");
}

static void write_reference(struct writer *w, const struct node *node)
{
	buf_string(w->out, "<a class=\"reference\" href=\"#");
	html_id_write(w->out, node->target);
	write_text(w, "\">", node->text, "</a>");
}

/* ---- blocks ------------------------------------------------------------------------------- */

static void write_heading(struct writer *w, const struct node *node)
{
	int level = node->level + 1; /* the title of the document is h1 */
	char name[3] = { 'h', (char)('0' + (level > 6 ? 6 : level)), '\0' };
	open_tag(w, name, node, node->flags & NODE_ANNEX ? "annex" : "");
	if (node->number.size)
		write_text(w, "<span class=\"number\">", node->number, "</span>");
	write_children(w, node);
	buf_format(w->out, "</%s>\n", name);
}

static void write_list(struct writer *w, const struct node *node)
{
	if (node->is_ordered && node->start != 1)
		buf_format(w->out, "<ol start=\"%d\">", node->start);
	else
		buf_string(w->out, node->is_ordered ? "<ol>" : "<ul>");
	write_children(w, node);
	buf_string(w->out, node->is_ordered ? "</ol>\n" : "</ul>\n");
}

/* "表 2-1 标题" of a table or figure. */
static void write_caption(struct writer *w, const struct node *node)
{
	if (node->number.size)
		write_text(w, "<span class=\"number\">", node->number, "</span> ");
	buf_html(w->out, node->title);
}

static void write_note(struct writer *w, const struct node *node)
{
	if (node->note.size)
		write_text(w, "<p class=\"note\">", node->note, "</p>");
}

static void write_table(struct writer *w, const struct node *node)
{
	open_tag(w, "div", node, "table");
	buf_string(w->out, "<table>");
	if (node->number.size || node->title.size) {
		buf_string(w->out, "<caption>");
		write_caption(w, node);
		buf_string(w->out, "</caption>");
	}
	html_table_write(w->out, node->table, &w->marked);
	buf_string(w->out, "</table>");
	write_note(w, node);
	buf_string(w->out, "</div>\n");
}

static void write_chart(struct writer *w, const struct node *node)
{
	open_tag(w, "figure", node, "chart");
	if (w->options->figure)
		w->options->figure(w->options->context, node, w->out);
	else
		write_text(w, "<p>", node->chart->alternative, "</p>");
	write_note(w, node);
	write_text(w, "<details><summary>", w->words->numbers, "</summary><div class=\"table\"><table>");
	html_table_write_chart(w->out, node->chart,
	                       &(struct html_table_words){ .category = w->words->category,
	                                                   .missing = w->words->missing });
	/* last, as HTML wants it; the style sheet puts it first */
	buf_string(w->out, "</table></div></details><figcaption>");
	write_caption(w, node);
	buf_string(w->out, "</figcaption></figure>\n");
}

/* On a screen nobody scans what he can read. */
static void write_qr(struct writer *w, const struct node *node)
{
	open_tag(w, "figure", node, "qr");
	write_text(w, "<p><code>", node->text, "</code></p>");
	write_text(w, "<figcaption>", node->title, "</figcaption></figure>\n");
}

static void write_callout(struct writer *w, const struct node *node)
{
	buf_string(w->out, "<div role=\"note\" class=\"callout ");
	html_id_write(w->out, node->name);
	buf_string(w->out, "\">");
	if (node->title.size)
		write_text(w, "<p class=\"callout-title\">", node->title, "</p>");
	write_children(w, node);
	buf_string(w->out, "</div>\n");
}

static struct text cell(const struct table *table, size_t row, size_t column)
{
	return column < table->column_count ? table->cells[row * table->column_count + column].text : NO_TEXT;
}

static void write_panel(struct writer *w, const struct node *node)
{
	buf_string(w->out, "<dl class=\"panel\">");
	for (size_t i = 0; i < node->table->row_count; i++) {
		write_text(w, "<div><dt>", cell(node->table, i, 0), "</dt>");
		write_text(w, "<dd class=\"value\">", cell(node->table, i, 1), "</dd>");
		if (cell(node->table, i, 2).size)
			write_text(w, "<dd class=\"remark\">", cell(node->table, i, 2), "</dd>");
		buf_string(w->out, "</div>");
	}
	buf_string(w->out, "</dl>\n");
}

static void write_stars(struct writer *w, const struct node *node)
{
	open_tag(w, "p", node, "stars");
	buf_string(w->out, "<span aria-hidden=\"true\">");
	for (int i = 0; i < node->most && i < 10; i++)
		buf_string(w->out, i < node->level ? "★" : "☆");
	write_text(w, "</span> ", node->text, "</p>\n");
}

static bool is_line_of_cover(struct text key)
{
	return text_is(key, "subtitle") || text_is(key, "name") || text_is(key, "mark") || text_is(key, "copy");
}

static void write_cover(struct writer *w, const struct node *node)
{
	const struct table *table = node->table;
	buf_string(w->out, "<header class=\"cover\">");
	for (size_t i = 0; i < table->row_count; i++)
		if (text_is(cell(table, i, 0), "title"))
			write_text(w, "<h1>", cell(table, i, 1), "</h1>");
	for (size_t i = 0; i < table->row_count; i++)
		if (is_line_of_cover(cell(table, i, 0)))
			write_text(w, "<p>", cell(table, i, 1), "</p>");
	buf_string(w->out, "<dl>");
	for (size_t i = 0; i < table->row_count; i++) {
		struct text key = cell(table, i, 0);
		if (text_is(key, "title") || is_line_of_cover(key))
			continue;
		write_text(w, "<div><dt>", key, "</dt>");
		write_text(w, "<dd>", cell(table, i, 1), "</dd></div>");
	}
	buf_string(w->out, "</dl></header>\n");
}

static void write_signature(struct writer *w, const struct node *node)
{
	buf_string(w->out, "<ul class=\"signature\">");
	for (size_t i = 0; i < node->table->row_count; i++) {
		write_text(w, "<li>", cell(node->table, i, 0), "：");
		write_text(w, "<span>", cell(node->table, i, 1), "</span></li>");
	}
	buf_string(w->out, "</ul>\n");
}

/* Long lists are folded: the page has its contents beside the text. */
static void write_list_of(struct writer *w, const struct node *node)
{
	buf_string(w->out, "<details class=\"list-of\"><summary>");
	buf_html(w->out, text_is(node->name, "tables") ? w->words->tables : w->words->figures);
	buf_string(w->out, "</summary><ul>");
	for (const struct node *entry = node->first; entry; entry = entry->next)
		wrap(w, entry, "li", "");
	buf_string(w->out, "</ul></details>\n");
}

static void write_code(struct writer *w, const struct node *node)
{
	write_text(w, "<pre><code>", node->text, "</code></pre>\n");
}

static void write_footnotes(struct writer *w)
{
	bool any = false;
	for (const struct node *note = w->doc->root->first; note; note = note->next) {
		if (note->kind != NODE_FOOTNOTE)
			continue;
		if (!any)
			write_text(w, "<section class=\"footnotes\" aria-label=\"", w->words->notes, "\"><ol>");
		any = true;
		write_text(w, "<li id=\"fn-", note->number, "\">");
		write_children(w, note);
		const bool *is_written = html_note_mark_of(&w->marked, note->number);
		if (is_written && *is_written) {
			write_text(w, "<a class=\"back\" href=\"#fnref-", note->number, "\">");
			write_text(w, "", w->words->back, "</a>");
		}
		buf_string(w->out, "</li>");
	}
	if (any)
		buf_string(w->out, "</ol></section>\n");
}

static void write_block(struct writer *w, const struct node *node, const char *name, const char *class)
{
	wrap(w, node, name, class);
	buf_byte(w->out, '\n');
}

static void write_node(struct writer *w, const struct node *node)
{
	switch (node->kind) {
	case NODE_HEADING: write_heading(w, node); break;
	case NODE_PARAGRAPH: write_block(w, node, "p", ""); break;
	case NODE_LIST: write_list(w, node); break;
	case NODE_ITEM: wrap(w, node, "li", ""); break;
	case NODE_QUOTE: write_block(w, node, "blockquote", ""); break;
	case NODE_CODE: write_code(w, node); break;
	case NODE_RULE: buf_string(w->out, "<hr>\n"); break;
	case NODE_TABLE: write_table(w, node); break;
	case NODE_CHART: write_chart(w, node); break;
	case NODE_CALLOUT: write_callout(w, node); break;
	case NODE_PANEL: write_panel(w, node); break;
	case NODE_STARS: write_stars(w, node); break;
	case NODE_COVER: write_cover(w, node); break;
	case NODE_LIST_OF: write_list_of(w, node); break;
	case NODE_GROUP: write_block(w, node, "div", "group"); break;
	case NODE_SIGNATURE: write_signature(w, node); break;
	case NODE_RECORDS: html_records_write(w->out, node->table); break;
	case NODE_ITEM_LIST: write_table(w, node); break;
	case NODE_QR: write_qr(w, node); break;
	case NODE_TEXT: buf_html(w->out, node->text); break;
	case NODE_STRONG: wrap(w, node, "strong", ""); break;
	case NODE_EMPHASIS: wrap(w, node, "em", ""); break;
	case NODE_DOTTED: wrap(w, node, "em", "emphasis-mark"); break;
	case NODE_CODE_SPAN: write_text(w, "<code>", node->text, "</code>"); break;
	case NODE_LINK: write_link(w, node); break;
	case NODE_REFERENCE: write_reference(w, node); break;
	case NODE_FOOTNOTE_MARK: html_note_mark_write(w->out, node->number, &w->marked); break;
	case NODE_BREAK: buf_string(w->out, "<br>"); break;
	case NODE_DOCUMENT:
	case NODE_CONTENTS: /* the page has its own, beside the text */
	case NODE_PAGE_BREAK:
	case NODE_FOOTNOTE: /* after everything else */
	case NODE_FENCE:
	case NODE_KINDS: break;
	}
}

static void write_children(struct writer *w, const struct node *node)
{
	for (const struct node *child = node->first; child; child = child->next)
		write_node(w, child);
}

/* ---- the page ------------------------------------------------------------------------------- */

static bool has_cover(const struct node *root)
{
	for (const struct node *at = root; at; at = node_after(root, at))
		if (at->kind == NODE_COVER)
			return true;
	return false;
}

static void write_body(struct writer *w)
{
	if (!has_cover(w->doc->root) && w->doc->title.size)
		write_text(w, "<h1>", w->doc->title, "</h1>\n");
	write_children(w, w->doc->root);
	write_footnotes(w);
}

/* The headings of the first two levels, as nested lists. */
static void write_contents(struct writer *w)
{
	const struct node *root = w->doc->root;
	int depth = 0;
	write_text(w, "<nav class=\"contents\" aria-label=\"", w->words->contents, "\">");
	for (const struct node *at = root; at; at = node_after(root, at)) {
		if (at->kind != NODE_HEADING || at->level > 2 || (at->flags & NODE_HIDDEN_IN_CONTENTS))
			continue;
		int level = depth == 0 ? 1 : at->level;
		if (level > depth)
			buf_string(w->out, "<ol>");
		else
			buf_string(w->out, level < depth ? "</li></ol></li>" : "</li>");
		depth = level;
		buf_string(w->out, "<li><a href=\"#");
		html_id_write(w->out, at->id);
		write_text(w, "\"><span class=\"number\">", at->number, "</span>");
		write_children(w, at);
		buf_string(w->out, "</a>");
	}
	for (; depth; depth--)
		buf_string(w->out, "</li></ol>");
	buf_string(w->out, "</nav>\n");
}

static void write_css(struct writer *w)
{
	const struct theme *theme = w->options->theme;
	if (theme)
		buf_string(w->out, ":root{");
	for (size_t i = 0; theme && i < theme->colour_count; i++) {
		struct colour colour = theme->colours[i].light;
		buf_format(w->out, "--%.*s:#%02x%02x%02x;", TEXT_ARGS(theme->colours[i].name), colour.red, colour.green,
		           colour.blue);
	}
	if (theme)
		buf_string(w->out, "}\n");
	buf_text(w->out, w->options->css);
}

static void write_language(struct writer *w)
{
	buf_html(w->out, w->doc->language.size ? w->doc->language : TEXT("zh-CN"));
}

static void write_title(struct writer *w)
{
	buf_html(w->out, w->doc->title);
}

static void write_author(struct writer *w)
{
	buf_html(w->out, w->doc->author);
}

static void write_date(struct writer *w)
{
	buf_html(w->out, w->doc->date);
}

static const struct {
	const char *name;
	void (*write)(struct writer *);
} places[] = {
	{ "{{{css}}}", write_css }, { "{{{contents}}}", write_contents }, { "{{{body}}}", write_body },
	{ "{{language}}", write_language },
	{ "{{title}}", write_title }, { "{{author}}", write_author }, { "{{date}}", write_date },
};

/* Writes what stands for the place at the start of frame; its size, or 0 when there is none. */
static size_t write_place(struct writer *w, struct text frame)
{
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (text_starts(frame, places[i].name)) {
			places[i].write(w);
			return strlen(places[i].name);
		}
	return 0;
}

void html_write(struct buf *out, const struct doc *doc, const struct html_options *options)
{
	struct writer w = { .out = out, .doc = doc, .options = options,
	                    .words = options->words ? options->words : &chinese };
	struct text frame = options->frame;
	if (!frame.size)
		write_body(&w);
	while (frame.size) {
		size_t brace = text_find(frame, TEXT("{{"));
		buf_text(out, text_slice(frame, 0, brace));
		frame = text_slice(frame, brace, frame.size);
		size_t size = frame.size ? write_place(&w, frame) : 0;
		if (frame.size && !size)
			buf_text(out, text_slice(frame, 0, size = 2));
		frame = text_slice(frame, size, frame.size);
	}
}
