/* SPDX-License-Identifier: MIT
 *
 * What a page looks like on paper, from themes/<name>/theme.xml: faces by role,
 * text styles, colours, page geometry.  Lengths are points (1/72 inch).
 *
 * A theme may inherit another (`<theme inherit="default">`) and override single
 * entries.  Everything is resolved when it is loaded: font files exist and hold
 * the declared family, every style names a known role, every colour parses.
 */
#ifndef XINGJI_THEME_THEME_H
#define XINGJI_THEME_THEME_H

#include "base/source.h"
#include "base/text.h"

struct arena;
struct diag;

/* 宋 for reading, 黑 for headings, 楷 for remarks, 仿宋 where GB/T 9704 asks for it, 标题 for titles. */
enum role { ROLE_SONG, ROLE_HEI, ROLE_KAI, ROLE_FANG, ROLE_TITLE, ROLES };

/* One face of one font file. */
struct face {
	struct text family, style; /* as declared and as the file says */
	char *file;                /* path */
	int index;                 /* in a collection */
};

enum { ROLE_FACES_MOST = 4 };

struct colour {
	uint8_t red, green, blue;
};

enum align { ALIGN_JUSTIFY, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

/* How one kind of text is set. */
struct style {
	struct text name;
	int8_t role;           /* enum role */
	bool is_bold;
	int8_t align;          /* enum align */
	double size_pt, line_pt;          /* type size; line pitch */
	double before_pt, after_pt;       /* space around the block */
	double indent_em, first_indent_em, right_em; /* in type sizes */
	bool keeps_with_next;
	struct colour colour;
};

/* Names of the styles every page style must define, in this order. */
enum style_kind {
	STYLE_BODY, STYLE_H1, STYLE_H2, STYLE_H3, STYLE_H4, STYLE_LIST, STYLE_QUOTE, STYLE_CODE, STYLE_CAPTION,
	STYLE_TABLE_HEAD, STYLE_TABLE_CELL, STYLE_NOTE, STYLE_FOOTNOTE, STYLE_TOC1, STYLE_TOC2, STYLE_TOC3,
	STYLE_RUNNING_HEAD, STYLE_PAGE_NUMBER, STYLE_COVER_TITLE, STYLE_COVER_SUBTITLE, STYLE_COVER_LINE,
	STYLE_CALLOUT, STYLE_CALLOUT_TITLE, STYLE_PANEL_LABEL, STYLE_PANEL_VALUE, STYLE_PANEL_NOTE,
	STYLE_CHART_LABEL, STYLE_CHART_VALUE, STYLE_RECORD_TITLE, STYLE_RECORD_META, STYLE_RECORD_TEXT, STYLE_ITEM_LIST, STYLES
};
/* "body", "h1", "table-head", … as in theme.xml. */
const char *style_name(enum style_kind kind);

/* 报告 or 公文: geometry and styles of a kind of document. */
struct page_style {
	struct text name;
	double width_pt, height_pt;
	double top_pt, bottom_pt, inner_pt, outer_pt; /* margins of the type area; inner = left on odd pages */
	double head_pt, foot_pt;     /* baselines of running head and page number, from the page's edge */
	double line_pt;              /* the grid's pitch; 0 = no grid */
	bool numbers_outside;        /* page numbers as GB/T 9704: odd right, even left, with dashes */
	bool is_bare;                /* neither running head nor page number */
	bool has_folds;              /* short marks at the left edge where a letter is folded in three */
	double frame_pt;             /* a frame that far from the page's edges; 0 = none */
	struct style styles[STYLES];
};

/*
 * A box at a fixed place of the page: a window of an envelope, a corner, or, repeated in columns and rows, the
 * labels of
 * a sheet (layout/place.h).
 */
struct theme_place {
	struct text name;
	double x_pt, y_pt, width_pt, height_pt; /* its corner from that of the page */
	double columns, rows;         /* 0 or 1: one */
	double across_pt, down_pt;    /* from one to the next; 0: they touch */
	int8_t stand;                 /* enum stand: where in the box its text stands */
	double reserve_pt;            /* what follows begins that far below the page's edge; 0: where it would */
};
enum stand { STAND_TOP, STAND_MIDDLE, STAND_BOTTOM };

/* Colours by name; the same names become CSS custom properties. */
struct theme_colour {
	struct text name; /* ink, soft, hairline, accent, accent-soft, star, risk-high, risk-medium, risk-low, good, letterhead, chart-1 … chart-8 */
	struct colour light, dark;
};

/* Where words in Latin letters may be divided; and how far apart Han characters stand before they are. */
struct theme_hyphens {
	char *file;        /* a dictionary of libhyphen; NULL: words stay whole */
	double loosest_em; /* between Han characters of a justified line */
	struct span span;
};

struct theme {
	struct text name, folder;
	struct theme_hyphens hyphens;
	struct face *faces;
	size_t face_count;
	int role_faces[ROLES][2][ROLE_FACES_MOST]; /* [role][is_bold]: indexes of faces, first choice first, -1 ends */
	struct theme_colour *colours;
	size_t colour_count;
	struct page_style *page_styles;
	size_t page_style_count;
	struct theme_place *places;
	size_t place_count;
	char hash[65]; /* over theme.xml (and the inherited one) and the font files */
};

struct theme_options {
	const char *name_or_folder; /* "default" or a path */
	const char *themes;         /* folder that holds the themes by name */
	const char *const *font_folders; /* searched in this order, recursively; NULL-terminated */
	const char *more_themes;    /* the same, for themes that are not there; NULL: nowhere else */
};

/* The folder of a theme by its name, or the path that the name is; it need not exist. */
char *theme_find(struct arena *arena, const struct theme_options *options, struct text name);
/* NULL after reporting when the theme cannot be used. */
struct theme *theme_load(struct arena *arena, struct sources *sources, struct diag *diag, const struct theme_options *options);
/* By name; NULL when there is none. */
const struct page_style *theme_page_style(const struct theme *theme, struct text name);
/* The same. */
const struct theme_place *theme_place(const struct theme *theme, struct text name);
/* The light colour of that name; near-black when there is none (theme_load has checked the required ones). */
struct colour theme_colour(const struct theme *theme, const char *name);

#endif
