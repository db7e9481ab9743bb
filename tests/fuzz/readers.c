/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "assess/assess.h"
#include "assess/chronicle.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/file.h"
#include "check/load.h"
#include "read/clean.h"
#include "read/encoding.h"
#include "read/input.h"
#include "read/table.h"
#include "read/xmltree.h"
#include "render/cff.h"
#include "theme/sfnt.h"
#include "theme/theme_draft.h"

static struct reader reader_of(const struct fuzz *fuzz)
{
	return (struct reader){ .arena = fuzz->arena, .sources = fuzz->sources, .diag = fuzz->diag };
}

void fuzz_csv(const struct fuzz *fuzz, struct text input)
{
	enum entity_kind kind = (enum entity_kind)(fuzz_choice(&input) % ENTITIES);
	const struct reader reader = reader_of(fuzz);
	uint32_t source = fuzz_source(fuzz, input);
	struct table *table = memory_resize(NULL, sizeof *table);
	if (source && table_open_source(table, &reader, source, kind))
		while (table_next(table))
			for (size_t field = 0; field < schema_entity(kind)->field_count; field++) {
				struct value value = table_value(table, field);
				clean_text(fuzz->arena, value.text);
				span_text(fuzz->sources, value.span);
			}
	free(table);
}

void fuzz_xml(const struct fuzz *fuzz, struct text input)
{
	const struct reader reader = reader_of(fuzz);
	uint32_t source = fuzz_source(fuzz, input);
	const struct xml_node *node = source ? xmltree_parse(&reader, source) : NULL;
	while (node && xmltree_child(node, "item"))
		node = xmltree_child(node, "item");
}

void fuzz_theme(const struct fuzz *fuzz, struct text input)
{
	static struct theme_draft draft;
	const struct reader reader = reader_of(fuzz);
	uint32_t source = fuzz_source(fuzz, input);
	const struct xml_node *root = source ? xmltree_parse(&reader, source) : NULL;
	draft = (struct theme_draft){ .arena = fuzz->arena, .sources = fuzz->sources, .diag = fuzz->diag };
	if (root)
		theme_draft_read(&draft, root);
}

/* What was read and written again must be the same. */
static void check_round_trips(struct text input)
{
	struct decimal decimal, decimal_again;
	struct date date, date_again;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	if (decimal_parse(input, &decimal)) {
		decimal_write(&buf, decimal);
		if (!decimal_parse(buf_view(&buf), &decimal_again) || decimal_compare(decimal, decimal_again) != 0)
			abort();
	}
	buf_reset(&buf);
	if (date_parse(input, &date) == DATE_GOOD) {
		date_write_iso(&buf, date);
		if (!date_parse_iso(buf_view(&buf), &date_again) || date_compare(date, date_again) != 0 ||
		    date_compare(date, date_from_days(date_days(date))) != 0)
			abort();
	}
	buf_clear(&buf);
}

void fuzz_values(const struct fuzz *fuzz, struct text input)
{
	check_round_trips(input);
	struct encoding_result result = encoding_decode(fuzz->arena, input, NULL);
	if (result.outcome != ENCODING_GOOD)
		return;
	struct text cleaned = clean_code(fuzz->arena, clean_text(fuzz->arena, result.text));
	check_round_trips(cleaned);
	clean_upper(fuzz->arena, clean_spaces(fuzz->arena, cleaned));
	clean_is_missing(cleaned);
	clean_is_scientific(cleaned);
	clean_is_formula_error(cleaned);
	clean_is_blank(result.text);
}

void fuzz_font(const struct fuzz *fuzz, struct text input)
{
	static const uint16_t glyphs[] = { 1, 2, 3 };
	struct cff cff;
	for (size_t i = 0; i < sfnt_count(input) && i < 8; i++) {
		struct sfnt_names names;
		sfnt_names(fuzz->arena, input, i, &names);
		sfnt_directory(input, i);
	}
	if (!cff_open(&cff, input))
		return;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	size_t count = cff.glyphs.count > 3 ? 3 : cff.glyphs.count ? cff.glyphs.count - 1 : 0;
	cff_write(&cff, TEXT("ABCDEF+Name"), glyphs, count, &buf);
	buf_clear(&buf);
	cff_clear(&cff);
}

/* ---- whole provinces ------------------------------------------------------------------ */

static char folder[64];
static const char *replaced;

static void remove_province(void)
{
	file_remove_tree(folder);
}

static void fail(const char *path)
{
	fprintf(stderr, "fuzz: cannot read or write %s (run in the project's folder)\n", path);
	exit(3);
}

static void copy_folder(struct arena *arena, const char *from, const char *to)
{
	struct text *names;
	size_t count;
	if (!file_is_folder(from))
		return;
	file_make_folder(to, 0700);
	if (file_list(arena, from, NULL, &names, &count))
		fail(from);
	for (size_t i = 0; i < count; i++) {
		const char *path = file_join(arena, from, names[i]);
		struct file_bytes bytes;
		if (file_is_folder(path))
			continue;
		if (file_map(path, INPUT_LIMIT, &bytes) || file_write(file_join(arena, to, names[i]), bytes.text, 0600))
			fail(path);
		file_release(&bytes);
	}
}

void fuzz_make_province(const struct fuzz *fuzz, const char *name)
{
	static const char *const folders[] = { "", "/2020", "/2020/results", "/2021", "/2021/results", "/models" };
	replaced = strchr(name, '/') + 1;
	struct text province = text_slice(text_from(name), 0, (size_t)(replaced - name - 1));
	snprintf(folder, sizeof folder, "%s/xingji-fuzz-%ld", file_is_folder("/dev/shm") ? "/dev/shm" : "/tmp", (long)getpid());
	atexit(remove_province);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		copy_folder(fuzz->arena, text_format(fuzz->arena, "tests/golden/%.*s/data%s", TEXT_ARGS(province), folders[i]).at, text_format(fuzz->arena, "%s%s", folder, folders[i]).at);
}

void fuzz_province(const struct fuzz *fuzz, struct text input)
{
	const char *path = file_join(fuzz->arena, folder, text_from(replaced));
	if (file_write(path, input, 0600))
		fail(path);
	const struct load_options options = { .data = folder, .year = 2021 };
	struct load_undecided undecided = { 0 };
	struct model *model = load_model(fuzz->arena, fuzz->sources, fuzz->diag, &options, &undecided);
	if (model) {
		const struct assessment *assessment = assess_model(fuzz->arena, model, fuzz->diag);
		chronicle_assessment(fuzz->arena, assessment, chronicle_new(fuzz->arena, assessment, (struct date){ 0 }, fuzz->diag));
	}
	load_release(model);
}
