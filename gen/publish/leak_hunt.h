/* SPDX-License-Identifier: MIT
 *
 * What leak.c (the values), leak_file.c (the files), leak_source.c and leak_prose.c (the texts
 * that the files are made from) have in common.
 */
#ifndef XINGJI_PUBLISH_LEAK_HUNT_H
#define XINGJI_PUBLISH_LEAK_HUNT_H

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "publish/leak.h"
#include "publish/leak_encoder.h"
#include "publish/leak_fold.h"
#include "publish/leak_index.h"
#include "publish/leak_memory.h"
#include "publish/leak_piece.h"

struct leak_value {
	struct text value;
	const char *what;
	int32_t owner;
	uint32_t cover;  /* 1 + index of the first allowed text that contains it, 0 = none */
	uint64_t copies; /* how often public files show what a source was told for */
	bool is_remark, is_shared, is_known;
	bool is_told;    /* at a source */
	bool came_as_remark; /* when it came first */
	bool is_formed, is_recalled; /* it is in the indexes; it need not be (leak_memory_recall) */
};

/* What is hunted for a value: itself, or another form of it (a telephone number behind the country's code). */
struct leak_variant {
	struct text text;
	uint32_t value; /* index */
	enum leak_manner manner;
};

/* `allowed` contains a value, at `offset` of its folded form. */
struct leak_cover {
	struct text allowed;
	size_t offset;
	uint32_t next; /* 1 + index of another */
};

struct leak {
	struct arena *arena;
	bool is_store;
	LIST(struct leak_value) values;
	LIST(struct leak_variant) variants;
	LIST(struct leak_value) short_values;
	LIST(struct text) allowed, known, pages;
	LIST(struct leak_cover) covers;
	LIST(struct leak_source) sources;
	struct map present, present_short; /* values added already */
	/*
	 * Variants, folded; values as they are, of which too little is left when folded, and in other
	 * encodings where those may be UTF-8; those that cannot, looked for only where the bytes are not
	 * UTF-8 throughout; and of these the short ones, three Han characters in two bytes each.
	 */
	struct leak_index *folded, *plain, *other, *narrow;
	struct leak_folded text; /* what is searched now */
	struct leak_pieces pieces; /* of it, and what is known of pieces before */
	struct leak_encoder *encoder;
	struct leak_prose *prose;
	struct leak_memory *memory; /* NULL: every file is looked through */
	struct buf form;
	size_t longest; /* bytes of the longest value or allowed text in any form */
};

enum { LEAK_WIDE = 8, LEAK_NARROW = 6 }; /* bytes of a key */

/* Whether the bytes may be part of a text in UTF-8, its first and last character perhaps cut in two. */
bool leak_may_be_utf8(struct text bytes);

/* Hunts for the value, unless it is hunted already or need not be.  leak_form.c */
void leak_form_value(struct leak *leak, uint32_t index);
void leak_open_indexes(struct leak *leak);
void leak_free_indexes(struct leak *leak);
/* Nothing is hunted any more, nothing recalled, and nothing known to be no leak. */
void leak_forget_forms(struct leak *leak);
/* What is or may be given out. */
bool leak_is_for_outside(struct text path);

/* Hunts for the folded forms of a value; false when nothing is left of the value itself.  leak_variant.c */
bool leak_add_variants(struct leak *leak, uint32_t index);

/* Where a value was found in the bytes that are searched. */
struct leak_match {
	uint32_t value; /* index */
	size_t start, end;
	enum leak_form form;
	bool is_respelt; /* not byte for byte */
	bool is_covered; /* within an allowed text */
};

/* What the index of folded bytes (leak->text) found, when it does stand at `start` of them. */
bool leak_match_folded(struct leak *leak, uint32_t number, size_t start, struct leak_match *match);
/* What another index found at `start` of the bytes. */
bool leak_match_plain(struct leak *leak, uint32_t number, struct text bytes, size_t start, struct leak_match *match);

/* What a message calls the find: the kind of value, and how it was written unless as it is. */
struct text leak_what(struct leak *leak, const struct leak_match *match);

struct leak_find {
	const struct leak_source *source;
	struct leak_match match; /* in the source's text */
};

struct leak_search {
	struct leak *leak;
	struct diag *diag;
	uint64_t hits, opaque;
	const struct leak_source *source;      /* NULL: an output file */
	LIST(struct leak_find) finds; /* in sources */
};

/* Searches one file, its name and what is packed in it.  leak_file.c */
void leak_search_file(struct leak_search *search, struct text path, struct text bytes);
/* Searches one text of the sources; adds to finds. */
void leak_search_source(struct leak_search *search, const struct leak_source *source);

/* leak_source.c: searches all sources, and once the files were searched tells what was found there. */
void leak_search_sources(struct leak_search *search);
void leak_tell_finds(struct leak_search *search);

/* leak_prose.c: the names by which enterprises are called, and the words that judge them. */
struct leak_prose *leak_prose_new(struct arena *arena);
void leak_prose_free(struct leak_prose *prose); /* NULL allowed */
void leak_prose_add(struct leak_prose *prose, struct text name, bool is_hunted);
void leak_prose_know(struct leak_prose *prose, struct text ordinary);
/* Warns of shortened names and of words that judge in one source, which was searched. */
void leak_prose_read(struct leak_search *search, const struct leak_source *source);
/* The place of a part of the source's text. */
struct span leak_source_span(const struct leak_source *source, size_t start, size_t end);

#endif
