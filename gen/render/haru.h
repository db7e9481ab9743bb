/* SPDX-License-Identifier: MIT
 *
 * Inside of the PDF canvas; only haru*.c include this.
 *
 *	haru.c         the canvas: begin, pages, close
 *	haru_content.c text → content streams
 *	haru_path.c    paths and hatchings → content streams
 *	haru_font.c    glyphs used → codes, Type 0 fonts, ToUnicode
 *	haru_tags.c    tags, their content, links → annotations
 *	haru_tree.c    the structure tree, as text
 *	haru_meta.c    catalogue, XMP, Info, outline, page labels
 *	haru_attach.c  files inside, output intent
 *	haru_object.c  libharu's object layer in our types
 *	haru_pack.c    object streams
 *
 * libharu holds, numbers and writes the objects.  Its font, image, PDF/A and
 * encryption functions are never called: they are unsound or too narrow.
 */
#ifndef XINGJI_RENDER_HARU_H
#define XINGJI_RENDER_HARU_H

#include <hpdf.h>
#include <math.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "render/canvas.h"
#include "base/deflate.h"
#include "render/fonts.h"

/* The font of one face in one document. */
struct haru_font {
	uint64_t *used;         /* bit set of glyphs, 1024 words; NULL while the face is unused */
	uint16_t *glyphs;       /* ascending */
	size_t count;
	/* by glyph, for the used ones only: index into the arrays of this struct and of the cut */
	uint16_t *rank_of;
	struct text *texts;     /* what each glyph stands for; NO_TEXT = nothing yet */
	struct font_cut cut;
	HPDF_Dict object;
};

/* A piece of content or a link that belongs to a tag, in painting order. */
struct haru_part {
	int32_t element;
	uint32_t page;
	int32_t mcid;           /* -1: a link */
	HPDF_Dict annotation;
	uint32_t next;          /* 1-based next part of the same element; 0 = last */
};

/* A node of the structure tree: a tag, or a Link made for a link outside one. */
struct haru_element {
	const struct tag *tag;  /* NULL for a made one */
	const char *type;
	int32_t parent;
	uint32_t first_part, last_part;   /* 1-based */
	int32_t first_child, last_child, next_sibling; /* -1 = none */
	uint32_t order;         /* 1-based first part of the whole branch; UINT32_MAX = none */
};

struct haru_box {
	double x0, y0, x1, y1;
};

enum { HARU_OPACITIES = 256, HARU_INKS = 16, HARU_INK_SIZE = 24 /* "0.123 0.123 0.123 rg\n" */ };

/* What a content stream says to fill in a colour. */
struct haru_ink {
	uint32_t colour;
	size_t size;            /* 0: nothing yet */
	char text[HARU_INK_SIZE];
};

/* What the content stream of the current page has set so far. */
struct haru_state {
	int32_t tag;            /* of the open marked content; HARU_NOTHING_OPEN */
	bool is_text_open, is_tag_in_text;
	int face;               /* -1 = none */
	double size_pt, spacing;
	int64_t line_x, line_y; /* start of the text line, in 1/100 pt */
	uint32_t fill, stroke;  /* 0xRRGGBB; UINT32_MAX = unknown */
	int opacity;
};
enum { HARU_NOTHING_OPEN = -2 };

/* A stream: its number, and its bytes up to `end`, from where the one before ends. */
struct haru_stored {
	uint32_t number;
	size_t end;
};

struct haru {
	struct canvas canvas;
	struct fonts *fonts;
	struct buf *output;
	const struct pages *pages;
	bool is_archive;                  /* prepared for PDF/A-2u */
	HPDF_Doc doc;
	bool is_open;                     /* haru_close_document is due */
	HPDF_Dict resources, states;      /* shared by all pages; states = ExtGState */
	bool has_state[HARU_OPACITIES];
	struct haru_font *faces;          /* by theme index */
	HPDF_Dict *page_objects;
	HPDF_Array annotations;           /* of the current page; NULL = none */
	size_t page;                      /* 0-based, current */
	double height_pt;
	struct buf content, scratch;
	struct buf stored;                /* the bytes of all streams */
	LIST(struct haru_stored) streams; /* numbers rise */
	struct haru_state state;
	struct haru_ink inks[HARU_INKS]; /* by colour, the last of each place */
	int32_t next_mcid;
	int32_t *figures;                 /* by tag: the nearest figure at or above it, -1: none */
	struct haru_box *boxes;           /* by tag: ink on its first page, of figures */
	uint32_t *box_pages;              /* 1-based page of the box; 0 = none, UINT32_MAX = several */
	LIST(struct haru_part) parts;
	LIST(struct haru_element) elements;
	LIST(uint32_t) links;             /* index into parts, by StructParent − page count */
	struct map anchors;               /* id → index in pages->anchors; filled at the first link */
	size_t anchors_known;
	HPDF_Dict structure;              /* stands for the tree's root, which haru_tree.c writes; NULL = no tags */
	uint64_t fingerprint[2];          /* of everything that identifies the document */
};

/* ---- haru_object.c -------------------------------------------------------- */

/* NULL after failing. */
HPDF_Doc haru_open_document(struct haru *haru);
/* Once for each open, also a failed one. */
void haru_close_document(struct haru *haru);
HPDF_Dict haru_dict(struct haru *haru);           /* direct until added or registered */
HPDF_Array haru_array(struct haru *haru);
void haru_register(struct haru *haru, void *object); /* makes it indirect */
void haru_set(struct haru *haru, HPDF_Dict dict, const char *key, void *value);
void haru_set_name(struct haru *haru, HPDF_Dict dict, const char *key, const char *name);
void haru_set_integer(struct haru *haru, HPDF_Dict dict, const char *key, int64_t value);
void haru_set_real(struct haru *haru, HPDF_Dict dict, const char *key, double value);
void haru_set_bool(struct haru *haru, HPDF_Dict dict, const char *key, bool value);
/* A text string: ASCII or UTF-16BE; control characters become spaces, absurd lengths are cut. */
void haru_set_text(struct haru *haru, HPDF_Dict dict, const char *key, struct text text);
void haru_set_bytes(struct haru *haru, HPDF_Dict dict, const char *key, struct text bytes);
/* The bytes of such a text string, borrowed until the next one. */
struct text haru_encode_text(struct haru *haru, struct text text);
void haru_push(struct haru *haru, HPDF_Array array, void *value);
void haru_push_integer(struct haru *haru, HPDF_Array array, int64_t value);
void haru_push_real(struct haru *haru, HPDF_Array array, double value);
void haru_push_name(struct haru *haru, HPDF_Array array, const char *name);
void haru_push_bytes(struct haru *haru, HPDF_Array array, struct text bytes);
/* An indirect stream; bytes that are already zlib's are declared so. libharu knows its dictionary, not its bytes. */
HPDF_Dict haru_stream(struct haru *haru, struct text bytes, bool is_compressed);
/* The same, compressed here. */
HPDF_Dict haru_stream_small(struct haru *haru, struct text bytes);
/* An indirect object's number. */
uint32_t haru_number(const void *object);
/* Appends units × 10^−digits (6 at most) in the shortest form, with a space behind. */
void haru_write_units(struct buf *buf, int64_t units, int digits);
/* Appends a number, without a space. */
void haru_write_number(struct buf *buf, uint32_t number);
/* llround, without a call where no digit behind the point can be lost: each glyph asks. */
static inline int64_t haru_round(double value)
{
	if (!(value > -1e15 && value < 1e15))
		return llround(value);
	int64_t whole = (int64_t)value;
	double rest = value - (double)whole;
	return whole + (rest >= 0.5) - (rest <= -0.5);
}
/* A length in points, to 1/100 pt. */
void haru_write_length(struct buf *buf, double value);
/* Appends bytes as a literal string, with its parentheses. */
void haru_write_string(struct buf *buf, struct text bytes);
/* Appends UTF-16BE of text as hex digits, without op. */
void haru_write_utf16_hex(struct buf *buf, struct text text);
/* Adds to what the document's /ID is made of. */
void haru_fingerprint(struct haru *haru, struct text bytes);
/* Appends the file that libharu makes of it all; then libharu's part is over. */
bool haru_read_back(struct haru *haru, struct buf *file);

/* ---- haru_pack.c ---------------------------------------------------------- */

struct packer;
struct haru_file {
	struct text bytes, id; /* as libharu wrote it; what becomes its /ID */
};
/* Objects that libharu does not know: how many new numbers they need, and who adds them. */
struct haru_more {
	uint32_t count;
	void (*write)(struct haru *haru, struct packer *packer, uint32_t first);
};
/* Writes libharu's file with its small objects in object streams, and more objects. */
bool haru_pack(struct haru *haru, struct haru_file file, const struct haru_more *more);
/*
 * Adds an object that libharu does not know; its number must be one of the new ones, or of one that
 * libharu was told to hold free.  Its body is written behind what is in the buffer that the first returns, and only
 * between the two.
 */
struct buf *haru_pack_begin(struct packer *packer, uint32_t number);
void haru_pack_end(struct packer *packer);

/* ---- haru_tree.c ---------------------------------------------------------- */

/* How many new objects the structure tree needs. */
uint32_t haru_tree_size(const struct haru *haru);
/*
 * Writes them, with numbers from `first`, and the root.  A tagged document is mostly
 * this: thousands of dictionaries of forty bytes, so they are written as text, a
 * tenth of the work of making objects that are written and thrown away.
 */
void haru_tree_write(struct haru *haru, struct packer *packer, uint32_t first);

/* ---- haru_font.c ---------------------------------------------------------- */

/* Finds the glyphs of all pages and cuts the faces. */
void haru_begin_fonts(struct haru *haru);
/*
 * Notes that a glyph stands for text; false when it already stands for another, so
 * that this place needs an ActualText.
 */
static inline bool haru_glyph_means(struct haru *haru, uint16_t face, uint32_t glyph, struct text text)
{
	struct haru_font *font = &haru->faces[face];
	if (glyph == 0)
		return false; /* .notdef stands for nothing */
	struct text *known = &font->texts[font->rank_of[glyph]];
	if (!known->at && text.size)
		*known = text;
	return text_equal(*known, text) && text.size;
}
/* Writes the font objects, when all texts are known. */
void haru_finish_fonts(struct haru *haru);
void haru_clear_fonts(struct haru *haru);

/* ---- haru_content.c ------------------------------------------------------- */

void haru_begin_content(struct haru *haru, const struct page *page);
void haru_glyphs(struct haru *haru, const struct draw_op *op);
void haru_end_content(struct haru *haru);
/*
 * Text objects and marked content must nest.  What holds nothing but text (is_text) is
 * opened inside the text object, so that a column of cells is one object with short
 * ways from cell to cell; what is drawn, too, has the text objects inside.
 */
void haru_open_content(struct haru *haru, int32_t tag, bool is_text);
void haru_close_text(struct haru *haru);
void haru_set_fill(struct haru *haru, struct colour colour);
void haru_set_stroke(struct haru *haru, struct colour colour);
void haru_set_opacity(struct haru *haru, uint8_t opacity);

/* ---- haru_path.c ---------------------------------------------------------- */

void haru_path(struct haru *haru, const struct draw_op *op);

/* ---- haru_tags.c ---------------------------------------------------------- */

void haru_begin_tags(struct haru *haru);
/* Opens a piece of content of a tag on the current page; returns its MCID. */
int32_t haru_add_content(struct haru *haru, int32_t tag);
void haru_add_link(struct haru *haru, const struct draw_op *op);
/* The nearest figure at or above a tag; -1: none. */
static inline int32_t haru_figure_of(const struct haru *haru, int32_t tag)
{
	return tag < 0 ? -1 : haru->figures[tag];
}
/* Ink of a tag, in page coordinates (y down), for the boxes of the figures that it belongs to. */
void haru_add_ink(struct haru *haru, int32_t tag, struct haru_box box);
void haru_finish_tags(struct haru *haru);

/* ---- haru_attach.c -------------------------------------------------------- */

void haru_finish_attachments(struct haru *haru);
void haru_finish_intent(struct haru *haru);

/* ---- haru_meta.c ---------------------------------------------------------- */

void haru_finish_meta(struct haru *haru);
/* [page /XYZ null y null] */
HPDF_Array haru_destination(struct haru *haru, uint32_t page, double y);

#endif
