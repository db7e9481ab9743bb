/* SPDX-License-Identifier: MIT
 *
 * Hostile bytes for everything that reads: `fuzz KIND [FILES | libFuzzer's options and folders]`.
 *
 * Built by `make fuzz` with clang, libFuzzer, the address and the UB sanitizer; with files it
 * runs each once.  A province kind puts the bytes in place of one file of a small province and
 * loads, checks, assesses and complains about the whole; `whole-KIND` does so with everything
 * that follows, every form of complaint, and each allocation on its own.  The others call their
 * reader directly.  Without a kind all are listed; `fuzz dictionary KIND` prints its words,
 * `fuzz seed kept N` what this program writes there (kept.c says what N chooses).
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "loose.h"
#include "model/schema.h"
#include "read/encoding.h"

int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

static const struct kind {
	const char *name;
	void (*run)(const struct fuzz *fuzz, struct text input);
	void (*make)(const struct fuzz *fuzz, const char *file);
	const char *file;
	int entity;
} kinds[] = {
	{ "xlsx", fuzz_xlsx, NULL, "", -1 },
	{ "csv", fuzz_csv, NULL, "", -1 },
	{ "xml", fuzz_xml, NULL, "", -1 },
	{ "theme", fuzz_theme, NULL, "", -1 },
	{ "values", fuzz_values, NULL, "", -1 },
	{ "encoding", fuzz_encoding, NULL, "", -1 },
	{ "font", fuzz_font, NULL, "", -1 },
	{ "regions", fuzz_province, fuzz_make_province, "regions.csv", ENTITY_PREFECTURE },
	{ "campaign", fuzz_province, fuzz_make_province, "2021/campaign.xml", ENTITY_CAMPAIGN },
	{ "campaign-earlier", fuzz_province, fuzz_make_province, "2020/campaign.xml", ENTITY_CAMPAIGN },
	{ "model", fuzz_province, fuzz_make_province, "models/ics-mini.xml", ENTITY_ITEM },
	{ "enterprises", fuzz_province, fuzz_make_province, "2021/enterprises.csv", ENTITY_ENTERPRISE },
	{ "participations", fuzz_province, fuzz_make_province, "2021/participations.csv", ENTITY_PARTICIPATION },
	{ "agencies", fuzz_province, fuzz_make_province, "2021/agencies.csv", ENTITY_AGENCY },
	{ "cities", fuzz_province, fuzz_make_province, "2021/cities.csv", ENTITY_CITY },
	{ "results-csv", fuzz_province, fuzz_make_province, "2021/results/online.csv", ENTITY_OBSERVATION },
	{ "results-xml", fuzz_province, fuzz_make_province, "2021/results/onsite.xml", ENTITY_OBSERVATION },
	{ "rectifications", fuzz_province, fuzz_make_province, "2021/rectifications.csv", ENTITY_RECTIFICATION },
	{ "nominations", fuzz_province, fuzz_make_province, "2021/nominations.csv", ENTITY_NOMINATION },
	{ "ledger", fuzz_province, fuzz_make_province, "2021/ledger.csv", ENTITY_LEDGER },
	{ "scan", fuzz_province, fuzz_make_province, "2021/scans/91320100XX00000197/scan.xml", ENTITY_SCAN },
	{ "scan-oscal", fuzz_province, fuzz_make_province, "2021/scans/91320100XX00000272/oscal.xml", ENTITY_SCAN },
	{ "scan-map", fuzz_province, fuzz_make_province, "2021/scan-map.csv", ENTITY_SCAN_MAP },
	{ "listed", fuzz_province, fuzz_make_province, "2020/listed.csv", ENTITY_EARLIER },
	{ "kept", fuzz_kept, fuzz_make_kept, "", -1 },
	{ "header", fuzz_header, NULL, "", -1 },
	{ "markdown", fuzz_markdown, NULL, "", -1 },
	{ "mustache", fuzz_mustache, NULL, "", -1 },
	{ "document", fuzz_document, fuzz_make_looks, "", -1 },
	{ "queries", fuzz_queries, NULL, "", -1 },
	{ "claims", fuzz_claims, NULL, "", -1 },
	{ "http", fuzz_http, NULL, "", -1 },
	{ "report", fuzz_report, NULL, "", -1 },
	{ "message", fuzz_message, NULL, "", -1 },
	{ "view", fuzz_view, NULL, "", -1 },
	{ "packed", fuzz_packed, NULL, "", -1 },
	{ "download", fuzz_download, NULL, "", -1 },
	{ "published", fuzz_published, fuzz_make_output, "published", -1 },
	{ "site", fuzz_site, fuzz_make_site, "site", -1 },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const struct kind *kind;
static bool is_whole;
static struct arena *arena; /* emptied after each input: cheaper than a new one */

/* Freed memory need not stay away long; deep call stacks cost more than they tell. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "quarantine_size_mb=16:malloc_context_size=2";
}

int fuzz_entity(void)
{
	return kind->entity;
}

bool fuzz_is_xml(void)
{
	return text_ends(text_from(kind->file), ".xml");
}

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

bool fuzz_is_whole(void)
{
	return is_whole;
}

/* Every complaint must be printable, whatever bytes it is about. */
static void write_complaints(struct diag *diag)
{
	for (int format = DIAG_FORMAT_TEXT; format <= DIAG_FORMAT_JSONL; format++)
		for (int language = LANGUAGE_CHINESE; language <= LANGUAGE_ENGLISH; language++) {
			struct buf buf;
			buf_init(&buf, BUF_LIMIT_FILE);
			diag_write(diag, (enum diag_format)format, (enum diag_language)language, &buf);
			buf_clear(&buf);
		}
}

static struct fuzz fuzz_new(void)
{
	struct fuzz fuzz = { .arena = arena };
	fuzz.sources = sources_new(fuzz.arena);
	fuzz.diag = diag_new(fuzz.arena, fuzz.sources);
	return fuzz;
}

static void list_kinds(void)
{
	for (size_t i = 0; i < KINDS; i++)
		printf("%s\n", kinds[i].name);
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].make == fuzz_make_province)
			printf("whole-%s\n", kinds[i].name);
	exit(2);
}

static void choose_kind(struct text name)
{
	is_whole = text_starts(name, "whole-");
	if (is_whole)
		name = text_slice(name, strlen("whole-"), name.size);
	for (size_t i = 0; i < KINDS; i++)
		if (text_is(name, kinds[i].name) && (!is_whole || kinds[i].make == fuzz_make_province))
			kind = &kinds[i];
	if (!kind)
		list_kinds();
}

/* Takes KIND off the arguments before libFuzzer reads them; what it starts itself (-merge, -jobs) finds it in FUZZ_KIND. */
int LLVMFuzzerInitialize(int *count, char ***arguments)
{
	bool is_dictionary = *count > 2 && strcmp((*arguments)[1], "dictionary") == 0;
	int64_t choice = 0;
	bool is_seed = *count > 3 && strcmp((*arguments)[1], "seed") == 0 && text_to_integer(text_from((*arguments)[3]), &choice);
	const char *inherited = getenv("FUZZ_KIND");
	if (*count > 1 && (*arguments)[1][0] == '-' && inherited) {
		choose_kind(text_from(inherited));
	} else {
		choose_kind(*count > 1 ? text_from((*arguments)[is_dictionary || is_seed ? 2 : 1]) : NO_TEXT);
		if (is_dictionary) {
			fuzz_print_words(kind->entity, fuzz_is_xml());
			exit(0);
		}
		setenv("FUZZ_KIND", (*arguments)[1], 1);
		(*arguments)[1] = (*arguments)[0];
		++*arguments;
		--*count;
	}
	if (is_whole)
		loose_begin();
	arena = arena_new();
	struct fuzz fuzz = fuzz_new();
	if (kind->make)
		kind->make(&fuzz, kind->file);
	arena_clear(arena);
	if (is_seed) {
		fuzz_print_kept((unsigned)choice);
		exit(0);
	}
	return 0;
}

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size)
{
	struct fuzz fuzz = fuzz_new();
	/* A copy of exactly that size, so that reading past it is seen. */
	char *copy = memory_resize(NULL, size ? size : 1);
	if (size)
		memcpy(copy, bytes, size);
	(is_whole ? fuzz_whole_province : kind->run)(&fuzz, (struct text){ copy, size });
	/* Place and message of each; pictures of lines would take a quarter of the time. */
	struct diag_line *lines;
	if (kind->make == fuzz_make_province && !is_whole)
		diag_list(fuzz.diag, LANGUAGE_CHINESE, arena, &lines);
	else
		write_complaints(fuzz.diag);
	arena_clear(arena);
	free(copy);
	return 0;
}
