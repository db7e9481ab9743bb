/* SPDX-License-Identifier: MIT
 *
 * What the fuzz targets share: one arena and one list of complaints per input.
 */
#ifndef XINGJI_TESTS_FUZZ_H
#define XINGJI_TESTS_FUZZ_H

#include "base/arena.h"
#include "base/diag.h"

struct fuzz {
	struct arena *arena;
	struct sources *sources;
	struct diag *diag;
};

/* The first byte chooses among variants; the rest is the input. */
unsigned fuzz_choice(struct text *input);
/* Decoded as a file would be; 0 when it is no text. */
uint32_t fuzz_source(const struct fuzz *fuzz, struct text input);

/* readers.c */
void fuzz_csv(const struct fuzz *fuzz, struct text input);
void fuzz_xml(const struct fuzz *fuzz, struct text input);
void fuzz_theme(const struct fuzz *fuzz, struct text input);
void fuzz_values(const struct fuzz *fuzz, struct text input);
void fuzz_font(const struct fuzz *fuzz, struct text input);
/* A province whose file the input replaces: "<folder of tests/golden>/<file of its data>". */
void fuzz_make_province(const struct fuzz *fuzz, const char *name);
void fuzz_province(const struct fuzz *fuzz, struct text input);

/* documents.c */
void fuzz_header(const struct fuzz *fuzz, struct text input);
void fuzz_markdown(const struct fuzz *fuzz, struct text input);
void fuzz_mustache(const struct fuzz *fuzz, struct text input);
void fuzz_make_looks(const struct fuzz *fuzz, const char *name);
void fuzz_document(const struct fuzz *fuzz, struct text input);

/* published.c */
void fuzz_http(const struct fuzz *fuzz, struct text input);
void fuzz_view(const struct fuzz *fuzz, struct text input);
void fuzz_packed(const struct fuzz *fuzz, struct text input);
void fuzz_download(const struct fuzz *fuzz, struct text input);
void fuzz_make_output(const struct fuzz *fuzz, const char *name);
void fuzz_published(const struct fuzz *fuzz, struct text input);
void fuzz_make_site(const struct fuzz *fuzz, const char *name);
void fuzz_site(const struct fuzz *fuzz, struct text input);

#endif
