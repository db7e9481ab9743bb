/* SPDX-License-Identifier: MIT */
#include "build/packs.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/personal.h"
#include "build/manifest_head.h"
#include "build/say.h"
#include "check/row_at.h"
#include "model/place.h"

/* ---- what has to be mended ---------------------------------------------------------------------- */

/* Notes are for the record, but for those that miss something. */
static bool is_to_mend(const struct diag_line *line)
{
	enum diag_severity severity = diag_row(line->kind)->severity;
	return severity == SEVERITY_ERROR || severity == SEVERITY_WARNING ||
	       (severity == SEVERITY_NOTE && owner_is_missing(line->kind));
}

static size_t choose(const struct run *run, struct diag_line **chosen)
{
	struct diag_line *lines;
	size_t count = diag_list(run->diag, LANGUAGE_CHINESE, run->arena, &lines), kept = 0;
	for (size_t i = 0; i < count; i++)
		if (is_to_mend(&lines[i]))
			lines[kept++] = lines[i];
	*chosen = lines;
	return kept;
}

/* "enterprises.csv" of "data/2021/enterprises.csv". */
static struct text name_in_year(struct text file)
{
	struct text rest = file, part;
	bool is_data =
		text_next(&rest, '/', &part) && text_is(part, "data") && text_next(&rest, '/', &part) && rest.size;
	return is_data ? rest : file;
}

static struct text place_of_line(struct arena *arena, const struct diag_line *line)
{
	struct text file = name_in_year(line->file);
	if (line->cell.size)
		return text_format(arena, "%.*s %.*s", TEXT_ARGS(file), TEXT_ARGS(line->cell));
	if (line->line > 1)
		return text_format(arena, "%.*s 第%u行", TEXT_ARGS(file), line->line);
	return file;
}

/*
 * The same problem is one of the same kind in the same cell of the row of the same key, wherever the row stands
 * and whatever wrong thing the cell says by now; without a row, one that says the same.
 */
static struct text id_of(struct arena *arena, const struct diag_line *line, const struct row_at *row)
{
	if (!row->is_row)
		return text_format(arena, "%.*s %.*s", TEXT_ARGS(name_in_year(line->file)), TEXT_ARGS(line->message));
	const struct entity *entity = schema_entity(row->kind);
	struct text id = text_from(entity->heading);
	for (size_t i = 0; i < row_key_fields(row->kind); i++)
		id = text_format(arena, "%.*s %.*s", TEXT_ARGS(id), TEXT_ARGS(text_trim(row->cells[i].text)));
	size_t field = row_at_field(row, line->args.span);
	const char *heading = field < entity->field_count ? entity->fields[field].heading : "";
	char *copy = text_string(arena, text_format(arena, "%.*s %s", TEXT_ARGS(id), heading));
	personal_mask(copy, strlen(copy));
	return text_trim(text_from(copy));
}

static int compare_problems(const void *left, const void *right)
{
	const struct pack_problem *a = left, *b = right;
	int order = owner_compare(a->owner, b->owner);
	if (!order)
		order = (a->row->kind > b->row->kind) - (a->row->kind < b->row->kind);
	if (!order)
		order = text_compare(a->line->file, b->line->file);
	if (!order)
		order = (a->line->args.span.start > b->line->args.span.start) -
			(a->line->args.span.start < b->line->args.span.start);
	if (!order)
		order = text_compare(a->line->code, b->line->code);
	return order ? order : text_compare(a->line->message, b->line->message);
}

/* ---- by owner ------------------------------------------------------------------------------------ */

struct text pack_folder(struct arena *arena, struct owner owner)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	if (owner.kind == OWNER_AGENCY) {
		make_file_name(&buf, owner.code);
		buf_byte(&buf, '-');
	}
	make_file_name(&buf, owner.name);
	struct text copy = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

static void collect(struct packs *packs)
{
	struct run *run = &packs->build->run;
	struct diag_line *lines;
	size_t count = choose(run, &lines);
	struct owner *owners = ARENA_ARRAY(run->arena, struct owner, count);
	struct row_at *rows = ARENA_ARRAY(run->arena, struct row_at, count);
	struct pack_problem *problems = ARENA_ARRAY(run->arena, struct pack_problem, count);
	owners_find(run->arena, run->model, run->sources, lines, count, owners, rows);
	for (size_t i = 0; i < count; i++)
		problems[i] = (struct pack_problem){ .line = &lines[i],
						     .row = &rows[i],
						     .owner = owners[i],
						     .id = id_of(run->arena, &lines[i], &rows[i]),
						     .place = place_of_line(run->arena, &lines[i]) };
	if (count)
		qsort(problems, count, sizeof *problems, compare_problems);
	packs->at = ARENA_ARRAY(run->arena, struct pack, count);
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || !owner_equal(problems[i].owner, problems[i - 1].owner))
			packs->at[packs->count++] =
				(struct pack){ .owner = problems[i].owner,
					       .problems = &problems[i],
					       .folder = pack_folder(run->arena, problems[i].owner) };
		struct pack *pack = &packs->at[packs->count - 1];
		pack->count++;
		pack->errors += diag_row(problems[i].line->kind)->severity == SEVERITY_ERROR;
	}
}

/* ---- writing ------------------------------------------------------------------------------------- */

static bool write_file(const struct packs *packs, const struct pack *pack, const char *name, const struct buf *bytes)
{
	struct build *build = packs->build;
	struct text path = text_format(build->run.arena, "%.*s/%s", TEXT_ARGS(pack->folder), name);
	return !bytes->overflowed && output_write(build->edition.output, path, buf_view(bytes));
}

static bool make_pack(const struct packs *packs, const struct pack *pack)
{
	struct build *build = packs->build;
	struct buf bytes, html;
	buf_init(&bytes, BUF_LIMIT_FILE);
	buf_init(&html, BUF_LIMIT_FILE);
	pack_book_write(build->scratch, &build->run, pack, &bytes);
	bool good = write_file(packs, pack, PACK_BOOK, &bytes);
	buf_reset(&bytes);
	if (pack->owner.kind != OWNER_PROVINCE)
		good = good && pack_letter_write(packs, pack, &bytes, &html) &&
		       write_file(packs, pack, PACK_LETTER, &bytes);
	good = good && pack_leak_scan(build, pack, buf_view(&html));
	buf_clear(&bytes);
	buf_clear(&html);
	arena_clear(build->scratch);
	return good;
}

static bool make_all(struct packs *packs)
{
	struct build *build = packs->build;
	struct buf state;
	size_t errors = diag_errors_told(build->run.diag); /* those of the data are what this is for */
	bool good = true;
	for (size_t i = 0; i < packs->count; i++)
		good = (packs->at[i].count == 0 || make_pack(packs, &packs->at[i])) && good &&
		       diag_count(build->run.diag, SEVERITY_WORLD) == 0;
	buf_init(&state, BUF_LIMIT_FILE);
	pack_state_write(packs, &state);
	good = good && output_write(build->edition.output, TEXT(PACK_STATE), buf_view(&state));
	buf_clear(&state);
	good = good && diag_errors_told(build->run.diag) == errors;
	return good && output_publish(build->edition.output, NO_TEXT);
}

static bool open_output(struct build *build, const char *folder)
{
	struct buf head;
	buf_init(&head, BUF_LIMIT_FILE);
	manifest_head_write(build, &head);
	const struct output_options options = {
		.folder = folder, .is_secret = true, .makes_all = true, .head = buf_view(&head), .made = TEXT("packs")
	};
	build->edition.output = output_open(build->run.arena, &options, build->run.diag);
	buf_clear(&head);
	return build->edition.output != NULL;
}

/* ---- what is said ---------------------------------------------------------------------------------- */

static void say(const struct packs *packs, bool is_done)
{
	bool is_english = packs->build->options->environment.language == LANGUAGE_ENGLISH;
	if (!is_done) {
		say_line(stderr, is_english ? "no packs were written; what was there is unchanged"
					    : "没有写入分发清单，原有的没有改动");
		return;
	}
	for (size_t i = 0; i < packs->count; i++) {
		const struct pack *pack = &packs->at[i];
		if (!packs->has_past)
			say_line(stderr, is_english ? "%.*s: %zu to mend" : "%.*s：%zu 处要改",
				 TEXT_ARGS(pack->owner.name), pack->count);
		else
			say_line(stderr,
				 is_english ? "%.*s: %zu mended, %zu still open, %zu new"
					    : "%.*s：已改 %zu 处，仍未改 %zu 处，新增 %zu 处",
				 TEXT_ARGS(pack->owner.name), pack->mended_count, pack->open, pack->fresh);
	}
	say_line(stderr, is_english ? "packs: %s" : "分发清单：%s", packs->build->options->packs);
}

bool packs_make(struct run *run)
{
	struct build build = { .run = *run, .options = run->options, .scratch = arena_new() };
	struct packs packs = { .build = &build };
	bool good = run->model != NULL;
	if (good) {
		interrupt_catch();
		collect(&packs);
		pack_state_compare(&packs, run->options->packs);
		press_choose_folders(&build);
		good = press_open_letter(&build) && open_output(&build, run->options->packs) && make_all(&packs);
	}
	edition_close(&build.edition);
	press_close(&build.press);
	arena_free(build.scratch);
	say(&packs, good);
	return good;
}
