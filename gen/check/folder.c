/* SPDX-License-Identifier: MIT */
#include "check/folder.h"

#include <strings.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/nearest.h"
#include "check/mended.h"
#include "read/input.h"
#include "read/xlsx.h"

/* Files and folders of a year, and by which words in other names they are known again; the first that fits is meant. */
static const struct {
	const char *name;
	const char *words;
} known[] = {
	{ "campaign.xml", "培育工作 活动" },
	{ "participations.csv", "参培" },
	{ "rectifications.csv", "整改" },
	{ "agencies.csv", "机构" },
	{ "ledger.csv", "变动 更正 异议" },
	{ "nominations.csv", "推荐 案例 服务商" },
	{ "cities.csv", "设区市 地市 规上" },
	{ "results", "评估结果 核查结果 结果" },
	{ "mended", "改后 已改 退回 问题" },
	{ "enterprises.csv", "企业" },
	{ "listed.csv", "历年名单 往年 星级名单" },
	{ "register.jsonl", "" },
	{ "delivery.csv", "送达 寄送" },
	{ "scan-map.csv", "" },
	{ "scans", "" },
	{ "rectifications", "" },
};

static bool starts_with(struct text name, const char *words)
{
	size_t size = strlen(words);
	return name.size >= size && strncasecmp(name.at, words, size) == 0;
}

static bool ends_with(struct text name, const char *words)
{
	size_t size = strlen(words);
	return name.size >= size && starts_with(text_slice(name, name.size - size, name.size), words);
}

/* "~$": who has it open in WPS or Excel; "wps3A1C.tmp": what they write before they rename it; "x~": a backup. */
bool folder_is_passed_over(struct text name)
{
	return text_starts(name, ".") || text_starts(name, "~$") || text_ends(name, "~") || ends_with(name, ".tmp") ||
	       starts_with(name, "thumbs.db") || starts_with(name, "desktop.ini");
}

/* "enterprises.xlsx" of "enterprises.csv". */
static bool is_workbook_of(struct text name, struct text table)
{
	size_t size = text_find(table, TEXT(".csv"));
	return size < table.size && text_equal(text_slice(name, 0, size), text_slice(table, 0, size)) &&
	       text_is(text_slice(name, size, name.size), ".xlsx");
}

static bool is_known(struct text name)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (text_is(name, known[i].name) || is_workbook_of(name, text_from(known[i].name)))
			return true;
	return false;
}

/* "enterprises" of "enterprises (1).CSV", "enterprises - 副本.csv" and "enterprises.xlsx". */
static struct text stem_of(struct text name)
{
	static const char *const tails[] = { "副本", "copy", "最终", "最终版", "final", "新", "new" };
	struct text stem = name;
	for (size_t i = stem.size; i-- > 1;)
		if (stem.at[i] == '.') {
			stem.size = i;
			break;
		}
	for (size_t before = 0; before != stem.size;) {
		before = stem.size;
		stem = text_trim(stem);
		for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
			if (stem.size > strlen(tails[i]) && text_ends(stem, tails[i]))
				stem.size -= strlen(tails[i]);
		while (stem.size > 1 && (strchr("()_- 0123456789", stem.at[stem.size - 1])))
			stem.size--;
		if (text_ends(stem, "（"))
			stem.size -= strlen("（");
		if (text_ends(stem, "）"))
			stem.size -= strlen("）");
	}
	return stem;
}

static bool has_word(struct text stem, const char *words)
{
	struct text rest = text_from(words), word;
	while (text_next(&rest, ' ', &word))
		if (word.size && text_find(stem, word) < stem.size)
			return true;
	return false;
}

static const char *meant_by(struct arena *arena, struct text name, bool is_folder)
{
	struct text stem = stem_of(name);
	char *lower = text_string(arena, stem);
	for (char *at = lower; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at + ('a' - 'A'));
	struct nearest nearest = { .wanted = text_from(lower) };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		nearest_offer(&nearest, stem_of(text_from(known[i].name)));
	struct text best = nearest_best(&nearest);
	const char *found = NULL;
	for (size_t i = 0; i < sizeof known / sizeof *known && !found; i++)
		if (best.size ? text_equal(best, stem_of(text_from(known[i].name))) : has_word(stem, known[i].words))
			found = known[i].name;
	bool is_form = is_folder && found && strcmp(found, "rectifications.csv") == 0;
	return is_form ? "rectifications" : found;
}

void folder_look(struct check *check)
{
	struct text *names;
	size_t count;
	LIST_FREE(&check->strangers);
	/* Only names are looked at, so a year that is a link is no danger. */
	if (file_list(check->reader.arena, check->folder, NULL, &names, &count))
		return;
	for (size_t i = 0; i < count; i++) {
		if (folder_is_passed_over(names[i]) || is_known(names[i]))
			continue;
		bool is_folder = file_is_folder(file_join(check->reader.arena, check->folder, names[i]));
		const char *meant = meant_by(check->reader.arena, names[i], is_folder);
		LIST_PUSH(&check->strangers, ((struct stranger){ names[i], meant, false }));
	}
}

struct text folder_hint(struct check *check, const char *file)
{
	for (size_t i = 0; i < check->strangers.count; i++) {
		struct stranger *entry = &check->strangers.at[i];
		if (!entry->meant || strcmp(entry->meant, file) != 0)
			continue;
		entry->is_told = true;
		return text_format(check->reader.arena, "；“%.*s”可能就是它\x1F; '%.*s' is probably it",
				   TEXT_ARGS(entry->name), TEXT_ARGS(entry->name));
	}
	return NO_TEXT;
}

void folder_report(struct check *check)
{
	struct arena *arena = check->reader.arena;
	for (size_t i = 0; i < check->strangers.count; i++) {
		const struct stranger *entry = &check->strangers.at[i];
		struct span span = input_absent(&check->reader, file_join(arena, check->folder, entry->name));
		if (entry->is_told)
			continue;
		if (entry->meant && strcmp(entry->meant, MENDED_FOLDER) == 0 && xlsx_is_named(entry->name))
			DIAG(check->reader.diag, DIAG_MENDED_LOOSE, .span = span, .a = entry->name);
		else if (!entry->meant)
			DIAG(check->reader.diag, DIAG_FILE_STRANGE, .span = span, .a = entry->name);
		else if (input_has_table(arena, check->folder, entry->meant))
			DIAG(check->reader.diag, DIAG_FILE_BESIDE, .span = span, .a = entry->name, .b = text_from(entry->meant));
		else
			DIAG(check->reader.diag, DIAG_FILE_NAME, .span = span, .a = entry->name, .b = text_from(entry->meant));
	}
}

/* ---- all files below a folder ----------------------------------------------------------------- */

enum { FOLDERS_DEEP_MOST = 8 }; /* nobody sorts deeper, and a link may lead round */

bool folder_has_suffix(struct text name, const char *suffix)
{
	size_t size = strlen(suffix);
	return name.size >= size && strncasecmp(name.at + name.size - size, suffix, size) == 0;
}

bool folder_is_table(struct text name)
{
	return folder_has_suffix(name, ".csv") || xlsx_is_named(name);
}

/* A workbook beside the CSV of the same name: nobody can say which of them is newer. */
static void note_twin(struct check *check, const char *path)
{
	struct text stem = text_slice(text_from(path), 0, strlen(path) - strlen(".xlsx"));
	const char *twin = text_format(check->reader.arena, "%.*s.csv", TEXT_ARGS(stem)).at;
	if (input_exists(twin))
		DIAG(check->reader.diag, DIAG_TABLE_TWICE, .span = input_absent(&check->reader, path),
		     .a = text_from(path), .b = text_from(twin));
}

static void visit_names(struct check *check, const char *folder, const struct input_names *list,
			const struct folder_visit *visit, int depth);

static void visit_folder(struct check *check, const char *path, struct text name, const struct folder_visit *visit,
			 int depth)
{
	struct input_names names;
	struct span span = input_absent(&check->reader, path);
	bool is_named = folder_is_table(name) || folder_has_suffix(name, ".xml");
	if (depth >= FOLDERS_DEEP_MOST)
		DIAG(check->reader.diag, DIAG_FOLDER_DEEP, .span = span, .n = FOLDERS_DEEP_MOST);
	else if (is_named)
		DIAG(check->reader.diag, DIAG_FOLDER_NAMED, .span = span, .a = name);
	if (depth >= FOLDERS_DEEP_MOST || !input_list(&check->reader, path, NULL, &names))
		return;
	visit_names(check, path, &names, visit, depth + 1);
	/* A copy of a file looks like this after unpacking: that its rows are there twice is not told beside it. */
	if (is_named)
		LIST_PUSH(&check->named_folders,
			  ((struct source_range){ span.source, sources_count(check->reader.sources) }));
}

static void visit_names(struct check *check, const char *folder, const struct input_names *list,
			const struct folder_visit *visit, int depth)
{
	for (size_t i = 0; i < list->count; i++) {
		struct text name = list->at[i];
		const char *path = file_join(check->reader.arena, folder, name);
		if (folder_is_passed_over(name))
			continue;
		if (file_is_folder(path)) {
			visit_folder(check, path, name, visit, depth);
			continue;
		}
		if (xlsx_is_named(name))
			note_twin(check, path);
		visit->take(visit->context, path, name);
		problems_report_merged(check);
	}
}

void folder_visit(struct check *check, const char *folder, const struct input_names *names,
		  const struct folder_visit *visit)
{
	visit_names(check, folder, names, visit, 0);
}

/* ---- files named by --encoding --------------------------------------------------------------- */

static void offer_files(struct check *check, struct nearest *nearest, const char *folder, const char *before)
{
	struct arena *arena = check->reader.arena;
	struct text *names;
	size_t count;
	if (file_list(arena, folder, NULL, &names, &count))
		return;
	for (size_t i = 0; i < count; i++)
		if (!folder_is_passed_over(names[i]))
			nearest_offer(nearest, text_format(arena, "%s%.*s", before, TEXT_ARGS(names[i])));
}

static void report_no_file(struct check *check, struct text name)
{
	struct arena *arena = check->reader.arena;
	struct nearest nearest = { .wanted = name };
	offer_files(check, &nearest, check->folder, "");
	offer_files(check, &nearest, file_join(arena, check->folder, TEXT("results")), "results/");
	offer_files(check, &nearest, check->data, "");
	struct text best = nearest_best(&nearest), hint = NO_TEXT;
	if (best.size)
		hint = text_format(arena, "；最接近的是“%.*s”\x1F; the nearest is '%.*s'", TEXT_ARGS(best), TEXT_ARGS(best));
	DIAG(check->reader.diag, DIAG_ENCODING_NO_FILE, .a = name, .b = hint);
}

void folder_check_encodings(struct check *check)
{
	struct arena *arena = check->reader.arena;
	struct text rest = text_from(check->reader.encoding ? check->reader.encoding : ""), file, encoding;
	while (input_encoding_next(&rest, &file, &encoding))
		if (file.size && !input_exists(file_join(arena, check->folder, file)) &&
		    !input_exists(file_join(arena, check->data, file)))
			report_no_file(check, file);
}

void folder_check(struct check *check, const char *folder)
{
	const char *own = check->folder;
	check->folder = folder;
	folder_look(check);
	folder_report(check);
	check->folder = own;
}
