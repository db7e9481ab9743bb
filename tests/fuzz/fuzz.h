/* SPDX-License-Identifier: MIT
 *
 * What the fuzz targets share: one arena, emptied after each input, and one list of complaints per input.
 */
#ifndef XINGJI_TESTS_FUZZ_H
#define XINGJI_TESTS_FUZZ_H

#include "base/arena.h"
#include "base/diag.h"

struct model;

struct fuzz {
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
};

/* The first byte chooses among variants; the rest is the input. */
unsigned fuzz_choice(struct text *input);
/* Decoded as a file would be; 0 when it is no text. */
uint32_t fuzz_source(const struct fuzz *fuzz, struct text input);

/* Of the kind that runs: what its file holds (enum entity_kind), or -1 where only bytes are known of it. */
int fuzz_entity(void);
bool fuzz_is_xml(void);
bool fuzz_is_whole(void);

/* readers.c */
void fuzz_xlsx(const struct fuzz *fuzz, struct text input);
void fuzz_csv(const struct fuzz *fuzz, struct text input);
void fuzz_xml(const struct fuzz *fuzz, struct text input);
void fuzz_theme(const struct fuzz *fuzz, struct text input);
void fuzz_values(const struct fuzz *fuzz, struct text input);
void fuzz_font(const struct fuzz *fuzz, struct text input);
void fuzz_encoding(const struct fuzz *fuzz, struct text input);

/* province.c: the input replaces that file of tests/fuzz/province. */
void fuzz_make_province(const struct fuzz *fuzz, const char *name);
void fuzz_province(const struct fuzz *fuzz, struct text input);
/* Also earlier years, traces, --keep-going, the year of which only the list is left. */
void fuzz_whole_province(const struct fuzz *fuzz, struct text input);
/* The file that is replaced. */
struct text fuzz_original(void);
/* Decides all of a model, and explains it in both languages. */
void fuzz_assess_all(const struct fuzz *fuzz, const struct model *model);
#define FUZZ_PROVINCE "tests/fuzz/province"
enum { FUZZ_YEAR = 2021 };

/* kept.c: what an earlier run kept of the rows of results. */
void fuzz_make_kept(const struct fuzz *fuzz, const char *name);
void fuzz_kept(const struct fuzz *fuzz, struct text input);
void fuzz_print_kept(unsigned choice);

/* dictionary.c: the words that a file of the entity may hold; returns how many. */
enum { WORDS_MOST = 1024 };
size_t fuzz_words(int entity, bool is_xml, struct text *at, size_t room);
/* The same as a dictionary for libFuzzer. */
void fuzz_print_words(int entity, bool is_xml);

/* documents.c */
void fuzz_header(const struct fuzz *fuzz, struct text input);
void fuzz_markdown(const struct fuzz *fuzz, struct text input);
void fuzz_mustache(const struct fuzz *fuzz, struct text input);
void fuzz_make_looks(const struct fuzz *fuzz, const char *name);
void fuzz_document(const struct fuzz *fuzz, struct text input);
/* A file of queries, beside a text that names some of them. */
void fuzz_queries(const struct fuzz *fuzz, struct text input);

/* claims.c: the template of a page, whose claims are heard. */
void fuzz_claims(const struct fuzz *fuzz, struct text input);

/* published.c */
void fuzz_http(const struct fuzz *fuzz, struct text input);
void fuzz_view(const struct fuzz *fuzz, struct text input);
void fuzz_packed(const struct fuzz *fuzz, struct text input);
void fuzz_download(const struct fuzz *fuzz, struct text input);
void fuzz_make_output(const struct fuzz *fuzz, const char *name);
void fuzz_published(const struct fuzz *fuzz, struct text input);
void fuzz_make_site(const struct fuzz *fuzz, const char *name);
void fuzz_site(const struct fuzz *fuzz, struct text input);

/* mail.c */
void fuzz_report(const struct fuzz *fuzz, struct text input);
void fuzz_message(const struct fuzz *fuzz, struct text input);

#endif
