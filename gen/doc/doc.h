/* SPDX-License-Identifier: MIT
 *
 * The document tree: what a report says, before anybody decides how it looks.
 *
 * Built by markdown.h (from Markdown) and by compose/ (tables and charts from
 * queries), finished by number.h (numbers, contents, references, footnotes), then
 * const.  Two readers: layout/ (pages) and render/html (web).  Plain structs in an
 * arena; children form a linked list in reading order.
 */
#ifndef XINGJI_DOC_DOC_H
#define XINGJI_DOC_DOC_H

#include "base/arena.h"
#include "base/source.h"
#include "base/text.h"

enum node_kind {
	/* blocks */
	NODE_DOCUMENT,
	NODE_HEADING,    /* level 1–4; number ("一、", "（一）", "1.1"), id; NODE_UNNUMBERED flag */
	NODE_PARAGRAPH,
	NODE_LIST,       /* is_ordered, start; children NODE_ITEM */
	NODE_ITEM,       /* children: blocks */
	NODE_QUOTE,
	NODE_CODE,       /* text: verbatim */
	NODE_RULE,       /* a thematic break */
	NODE_TABLE,      /* table */
	NODE_CHART,      /* chart */
	NODE_CALLOUT,    /* name: note, warning, good …; text: title; children: blocks */
	NODE_PANEL,      /* table: rows of (label, value[, note]): key figures side by side */
	NODE_STARS,      /* level of most stars, text: its words: "★★☆☆☆ 2星 规范防护级" */
	NODE_COVER,      /* table: rows of (key, value); keys: title, subtitle, mark and free ones */
	NODE_CONTENTS,   /* level: deepest heading shown; children made by number.h: NODE_PARAGRAPH with ref */
	NODE_LIST_OF,    /* name: "tables" or "figures"; children as for contents */
	NODE_PAGE_BREAK, /* name: "" or "landscape"/"portrait" for what follows */
	NODE_FOOTNOTE,   /* id; children: blocks; collected under the document, referenced by inline */
	NODE_FENCE,      /* a fenced block nobody has claimed: name = kind, text = body, title; compose replaces it */
	NODE_GROUP,      /* children kept on one page where possible (e.g. one finding) */
	NODE_SIGNATURE,  /* table: rows of (label, ""): lines to sign on */
	NODE_RECORDS,    /* table: a row is a record; columns number, title, code, mark, risk, meta, the others are its fields */
	NODE_ITEM_LIST,     /* table: columns class, group, note, the others are entries, set several side by side; name: heading of the groups */
	NODE_QR,         /* text: what a QR code says; title: alternative text; level: its side in millimetres */
	/* inlines */
	NODE_TEXT,       /* text */
	NODE_STRONG,
	NODE_EMPHASIS,
	NODE_DOTTED,     /* with a dot below each Han character: 着重号 */
	NODE_CODE_SPAN,  /* text */
	NODE_LINK,       /* target: "#id" or a URL, or missing once numbering found no such id; children */
	NODE_REFERENCE,  /* target: id; text: "表 2-1" once numbered */
	NODE_FOOTNOTE_MARK, /* target: id; number */
	NODE_BREAK,      /* forced line break */
	NODE_KINDS
};

enum column_kind { COLUMN_TEXT, COLUMN_CENTRED, COLUMN_NUMBER /* aligned on the decimal point */, COLUMN_RISK /* 高 中 低 in colour */ };

struct column {
	struct text heading;
	int8_t kind;      /* enum column_kind */
	double share;     /* wanted share of the width, 0 = from content */
	struct text unit; /* shown in the head */
};

struct cell {
	struct text text;  /* plain text; "\n" is a line break */
	struct text target; /* "#id" or URL of a link, or missing */
	struct node *note_mark; /* NODE_FOOTNOTE_MARK behind the text, or NULL */
	struct span span;
	bool is_strong;
};

struct table {
	struct column *columns;
	struct cell *cells; /* row-major, row_count × column_count */
	size_t column_count, row_count;
	size_t total_rows;  /* that many last rows are totals */
};

enum chart_kind {
	CHART_BAR,         /* vertical, grouped when several series */
	CHART_STACKED,     /* vertical, stacked */
	CHART_HORIZONTAL,  /* horizontal bars, grouped */
	CHART_STACKED_HORIZONTAL,
	CHART_LINE, CHART_RADAR, CHART_DONUT,
	CHART_HEAT,        /* categories × series, shaded, with the numbers in the cells */
	CHART_FUNNEL, CHART_SLOPE,
	CHART_COMPARE,     /* horizontal bars, the second series a tick on each; in two columns when there are many */
	CHART_TILES,       /* a map: a square for each category, the second and third series its column and row */
	CHART_KINDS
};

struct chart_series {
	struct text name;
	double *values; /* per category; NAN = missing */
	struct text *labels; /* per category: the value as formatted by the facts ("83.3%"); missing texts allowed */
};

/* What the series are, where their order says something: dark to light, or the other way round, in grey too. */
enum chart_palette {
	PALETTE_SERIES, /* nothing but different things */
	PALETTE_LEVELS, /* from the lowest level to the highest */
	PALETTE_RISK,   /* high, medium, low */
	PALETTES
};

struct chart {
	int8_t kind;    /* enum chart_kind */
	int8_t palette; /* enum chart_palette */
	struct text *categories;
	struct chart_series *series;
	size_t category_count, series_count;
	struct text unit;
	double most; /* top of the scale, 0 = from the data; radar and rates use 100 */
	struct text alternative; /* alternative text, a sentence made from the data */
	struct text numbers;     /* every number in words, for who has no table of them; missing: too many */
	struct text highlight;   /* the category to stress, or missing */
	double line;             /* horizontal: a value that all are compared with, drawn as a line across */
	struct text line_name;   /* what it is, with its number; missing: no line */
};

enum node_flags {
	NODE_UNNUMBERED = 1 << 0,
	NODE_NEW_PAGE = 1 << 1,    /* heading starts a page */
	NODE_ANNEX = 1 << 2,       /* heading of an annex: 附件1 */
	NODE_SMALL = 1 << 3,       /* table or paragraph in the small size */
	NODE_LANDSCAPE = 1 << 4,
	NODE_HIDDEN_IN_CONTENTS = 1 << 5,
	NODE_DENSE = 1 << 6,       /* table: rows close together */
};

/* key=value in the braces of a fence's first line; plain text. */
struct attribute {
	struct text name, value;
};

struct node {
	enum node_kind kind;
	struct node *parent, *first, *last, *next, *before; /* set by the functions below only */
	struct text text, name, id, target;
	struct text title;   /* caption of tables and charts, title of callouts */
	struct text number;  /* set by number.h: "表 2-1", "一、" */
	struct text note;    /* source or remark under a table or chart */
	unsigned flags;      /* enum node_flags */
	int level, most;     /* headings, stars, contents */
	int start;           /* ordered lists */
	bool is_ordered;
	const struct table *table;
	const struct chart *chart;
	struct text query;   /* the SQL behind a table or chart, for explain */
	const struct attribute *attributes; /* fences: as written, for compose */
	size_t attribute_count;
	struct span span;    /* in the source the node came from */
	struct span body;    /* fences: the place of `text` */
};

/* A document and what is said about it. */
/* A file that travels inside the document. */
struct attachment {
	struct text name;        /* as it is saved: "问题清单.csv" */
	struct text description; /* for people */
	const char *media_type;  /* "text/csv"; static */
	struct text bytes;
};

struct doc {
	struct node *root;
	struct text title, subject, author, language; /* metadata; language "zh-CN" */
	struct text date;        /* ISO */
	struct text page_style;  /* name in the theme: "report" (报告) or "official" (公文) */
	struct text running_head, watermark, mark;
	struct text numbering;   /* "chinese" 一、（一）1. or "decimal" 1 1.1 1.1.1 */
	struct text issuer, issue_number;           /* 发文机关标志, 发文字号; missing: no 版头 */
	struct text copies_to, printer, printed;    /* 抄送, 印发机关, 印发日期; missing: no 版记 */
	struct text lists;       /* "tables figures", either, or missing: what is listed behind the contents */
	struct text picture;     /* in the heading of each page that --pictures draws; missing: the first page */
	struct text attaches;    /* "no": nothing is attached */
	struct attachment *attachments;
	size_t attachment_count;
};

struct node *node_new(struct arena *arena, enum node_kind kind);
void node_append(struct node *parent, struct node *child);
/* Takes `old` out of its parent and puts `replacement` (with its siblings chain of one) there. */
void node_replace(struct node *old, struct node *replacement);
/* Makes `added` the sibling after `node`. */
void node_insert_after(struct node *node, struct node *added);
void node_remove(struct node *node);
/* Depth first, document order: the node after `node` inside `root`, or NULL. */
struct node *node_after(const struct node *root, const struct node *node);
/*
 * The column that names the rows and so is their head to who hears a table: the first
 * of the two leftmost that is neither a serial number nor a figure; column_count when
 * there is none.
 */
size_t table_naming_column(const struct table *table);
/* All the text below a node, without marks, appended. */
struct buf;
void node_plain_text(const struct node *node, struct buf *buf);

#endif
