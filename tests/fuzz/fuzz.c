/* SPDX-License-Identifier: MIT
 *
 * Hostile bytes for everything that reads: `fuzz KIND [FILES | libFuzzer's options and folders]`.
 *
 * Built by `make fuzz` with clang, libFuzzer, the address and the UB sanitizer; with
 * files it runs each once.  A province kind puts the bytes in place of one file of
 * tests/golden/small (or ledger) and loads, checks, assesses and complains about the whole; the
 * others call their reader directly.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "read/encoding.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

static const struct kind {
	const char *name;
	void (*run)(const struct fuzz *fuzz, struct text input);
	void (*make)(const struct fuzz *fuzz, const char *file);
	const char *file;
} kinds[] = {
	{ "csv", fuzz_csv, NULL, "" },
	{ "xml", fuzz_xml, NULL, "" },
	{ "theme", fuzz_theme, NULL, "" },
	{ "values", fuzz_values, NULL, "" },
	{ "font", fuzz_font, NULL, "" },
	{ "campaign", fuzz_province, fuzz_make_province, "small/2021/campaign.xml" },
	{ "model", fuzz_province, fuzz_make_province, "small/models/ics-mini.xml" },
	{ "enterprises", fuzz_province, fuzz_make_province, "small/2021/enterprises.csv" },
	{ "participations", fuzz_province, fuzz_make_province, "small/2021/participations.csv" },
	{ "results-csv", fuzz_province, fuzz_make_province, "small/2021/results/self.csv" },
	{ "results-xml", fuzz_province, fuzz_make_province, "small/2021/results/onsite.xml" },
	{ "rectifications", fuzz_province, fuzz_make_province, "small/2021/rectifications.csv" },
	{ "ledger", fuzz_province, fuzz_make_province, "ledger/2021/ledger.csv" },
	{ "listed", fuzz_province, fuzz_make_province, "small/2020/listed.csv" },
	{ "header", fuzz_header, NULL, "" },
	{ "markdown", fuzz_markdown, NULL, "" },
	{ "mustache", fuzz_mustache, NULL, "" },
	{ "document", fuzz_document, fuzz_make_looks, "" },
	{ "http", fuzz_http, NULL, "" },
	{ "view", fuzz_view, NULL, "" },
	{ "packed", fuzz_packed, NULL, "" },
	{ "download", fuzz_download, NULL, "" },
	{ "published", fuzz_published, fuzz_make_output, "published" },
	{ "site", fuzz_site, fuzz_make_site, "site" },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct kind *kind;

unsigned fuzz_choice(struct text *input)
{
	unsigned choice = input->size ? (unsigned char)input->at[0] : 0;
	*input = text_slice(*input, input->size ? 1 : 0, input->size);
	return choice;
}

uint32_t fuzz_source(const struct fuzz *fuzz, struct text input)
{
	struct encoding_result result = encoding_decode(fuzz->arena, input, NULL);
	return result.outcome == ENCODING_GOOD ? sources_add(fuzz->sources, TEXT("input"), result.text, result.name) : 0;
}

/* Every complaint must be printable, whatever bytes it is about. */
static void write_complaints(struct diag *diag)
{
	for (int format = DIAG_FORMAT_TEXT; format <= DIAG_FORMAT_JSONL; format++) {
		struct buf buf;
		buf_init(&buf, BUF_LIMIT_FILE);
		diag_write(diag, (enum diag_format)format, (enum diag_language)(format % 2), &buf);
		buf_clear(&buf);
	}
}

static struct fuzz fuzz_new(void)
{
	struct fuzz fuzz = { .arena = arena_new() };
	fuzz.sources = sources_new(fuzz.arena);
	fuzz.diag = diag_new(fuzz.arena, fuzz.sources);
	return fuzz;
}

/* Takes KIND off the arguments before libFuzzer reads them. */
int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	for (size_t i = 0; i < KINDS && *count > 1; i++)
		if (strcmp(kinds[i].name, (*arguments)[1]) == 0)
			kind = &kinds[i];
	if (!kind) {
		for (size_t i = 0; i < KINDS; i++)
			printf("%s\n", kinds[i].name);
		exit(2);
	}
	(*arguments)[1] = (*arguments)[0];
	++*arguments;
	--*count;
	struct fuzz fuzz = fuzz_new();
	if (kind->make)
		kind->make(&fuzz, kind->file);
	arena_free(fuzz.arena);
	return 0;
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
	struct fuzz fuzz = fuzz_new();
	/* A copy of exactly that size, so that reading past it is seen. */
	char *copy = memory_resize(NULL, size ? size : 1);
	if (size)
		memcpy(copy, bytes, size);
	kind->run(&fuzz, (struct text){ copy, size });
	write_complaints(fuzz.diag);
	arena_free(fuzz.arena);
	free(copy);
	return 0;
}
