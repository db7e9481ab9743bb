/* SPDX-License-Identifier: MIT
 *
 * A numbered document as one self-contained HTML page.
 *
 * The frame of the page and all its looks are themes/<name>/document.html and
 * document.css; here the tree becomes elements: headings with anchors, tables with
 * captions and scopes, figures with their numbers behind them as a table, footnotes
 * with ways back.  Numbers are those of the PDF, since both read the same tree.
 * Everything is escaped where it is written.
 */
#ifndef XINGJI_RENDER_HTML_H
#define XINGJI_RENDER_HTML_H

#include "doc/doc.h"

struct buf;
struct theme;

/* The few labels that the page needs and the document does not bring. */
struct html_words {
	struct text contents; /* 目录 */
	struct text numbers;  /* 数据表: the numbers behind a figure */
	struct text back;     /* 返回正文: from a footnote */
	struct text missing;  /* —: a value that is missing in those numbers */
	struct text category; /* 类别: head of their first column */
	struct text tables;   /* 表目录: list of tables */
	struct text figures;  /* 图目录: list of figures */
	struct text notes;    /* 注释: name of the footnotes' section */
};

struct html_options {
	/*
	 * The page around the document, with these places in it: {{language}} {{title}}
	 * {{author}} {{date}} (escaped), {{{css}}} {{{contents}}} {{{body}}}.  No text: the
	 * body alone is written.
	 */
	struct text frame;
	struct text css;
	const struct theme *theme;       /* its colours become custom properties before the css; may be NULL */
	const struct html_words *words;  /* NULL: Chinese ones */
	/* Writes the figure, with its alternative text; NULL: only the numbers. */
	void (*figure)(void *context, const struct node *chart, struct buf *out);
	void *context;
};

/* Appends the page. */
void html_write(struct buf *out, const struct doc *doc, const struct html_options *options);

#endif
