/* SPDX-License-Identifier: MIT */
#include "read/xlsx.h"

#include <strings.h>

#include "base/arena.h"
#include "base/hash.h"
#include "read/clean.h"
#include "read/input.h"
#include "read/package.h"
#include "read/xlsx_sheet.h"

enum {
	SHEETS_MOST = 256,
	STRINGS_MOST = 4 << 20,
	FORMS_MOST = 1 << 16, /* Excel has 65,490 */
	PARTS_MOST = 1024,    /* of relations */
};

struct sheet_entry {
	struct text name, id, part;
	bool is_hidden;
	/* Found out by looking: how many headings of the table it has, and whether all that are required. */
	size_t headings;
	bool is_whole, is_blank;
	bool is_companion; /* it is another table that is read too */
};

struct relation {
	struct text id, type, target;
};

/* A number format of the workbook's own. */
struct format {
	int64_t id;
	struct text code;
};

struct workbook {
	struct package package;
	struct arena *arena;
	const struct entity *entity;
	struct text folder;     /* of the part "workbook", with a slash; targets count from it */
	struct relation relations[PARTS_MOST];
	size_t relation_count;
	struct sheet_entry sheets[SHEETS_MOST];
	size_t sheet_count;
	struct xlsx_shared shared;
	/* While styles and strings are read. */
	LIST(struct format) formats;
	bool is_in_cells, is_in_string, is_wanted;
	size_t phonetic;
	struct span open;
	size_t string_start;
};

bool xlsx_is_named(struct text path)
{
	struct text end = text_slice(path, path.size < 5 ? path.size : path.size - 5, 5);
	return end.size == 5 && strncasecmp(end.at, ".xlsx", 5) == 0;
}

/* ---- relations and the list of sheets --------------------------------------------------- */

static struct text attribute(const struct xml_event *event, const char *name, bool has_uri)
{
	for (size_t i = 0; i < event->attribute_count; i++)
		if ((event->attributes[i].uri.size != 0) == has_uri && text_is(event->attributes[i].name, name))
			return event->attributes[i].value;
	return NO_TEXT;
}

static bool on_relation(void *context, const struct xml_event *event)
{
	struct workbook *workbook = context;
	if (event->kind != XML_START || !text_is(event->name, "Relationship"))
		return true;
	if (workbook->relation_count == PARTS_MOST)
		return false;
	workbook->relations[workbook->relation_count++] = (struct relation){
		.id = text_copy(workbook->arena, attribute(event, "Id", false)),
		.type = text_copy(workbook->arena, attribute(event, "Type", false)),
		.target = text_copy(workbook->arena, attribute(event, "Target", false)),
	};
	return true;
}

/* A target counts from the folder of the workbook, or, with a slash in front, from that of all. */
static struct text part_of(const struct workbook *workbook, struct text target)
{
	if (text_starts(target, "/"))
		return text_slice(target, 1, target.size);
	return text_format(workbook->arena, "%.*s%.*s", TEXT_ARGS(workbook->folder), TEXT_ARGS(target));
}

/* By its id, or by how its type ends; missing when there is none. */
static struct text find_related(const struct workbook *workbook, struct text id, const char *type)
{
	for (size_t i = 0; i < workbook->relation_count; i++) {
		const struct relation *relation = &workbook->relations[i];
		if (id.size ? text_equal(relation->id, id) : text_ends(relation->type, type))
			return part_of(workbook, relation->target);
	}
	return NO_TEXT;
}

static bool on_workbook(void *context, const struct xml_event *event)
{
	struct workbook *workbook = context;
	if (event->kind != XML_START)
		return true;
	if (text_is(event->name, "workbookPr")) {
		struct text system = attribute(event, "date1904", false);
		workbook->shared.is_1904 = text_is(system, "1") || text_is(system, "true");
	}
	if (!text_is(event->name, "sheet") || workbook->sheet_count == SHEETS_MOST)
		return true;
	struct text state = attribute(event, "state", false);
	workbook->sheets[workbook->sheet_count++] = (struct sheet_entry){
		.name = text_copy(workbook->arena, attribute(event, "name", false)),
		.id = text_copy(workbook->arena, attribute(event, "id", true)),
		.is_hidden = state.size && !text_is(state, "visible"),
	};
	return true;
}

static struct text relations_of(struct arena *arena, struct text part)
{
	size_t slash = part.size;
	while (slash && part.at[slash - 1] != '/')
		slash--;
	struct text folder = text_slice(part, 0, slash), name = text_slice(part, slash, part.size);
	return text_format(arena, "%.*s_rels/%.*s.rels", TEXT_ARGS(folder), TEXT_ARGS(name));
}

static bool read_contents(struct workbook *workbook)
{
	struct package *package = &workbook->package;
	if (!package_parse(package, TEXT("_rels/.rels"), on_relation, workbook))
		return false;
	struct text part = find_related(workbook, NO_TEXT, "/officeDocument");
	if (!package_has(package, part))
		return package_damaged(package, TEXT("xl/workbook.xml"));
	workbook->relation_count = 0;
	workbook->folder = part;
	while (workbook->folder.size && workbook->folder.at[workbook->folder.size - 1] != '/')
		workbook->folder.size--;
	if (!package_parse(package, part, on_workbook, workbook) ||
	    !package_parse(package, relations_of(workbook->arena, part), on_relation, workbook))
		return false;
	for (size_t i = 0; i < workbook->sheet_count; i++) {
		struct sheet_entry *sheet = &workbook->sheets[i];
		sheet->part = sheet->id.size ? find_related(workbook, sheet->id, "") : NO_TEXT;
	}
	return true;
}

/* ---- styles and shared strings ---------------------------------------------------------- */

static struct text code_of(const struct workbook *workbook, int64_t id)
{
	for (size_t i = 0; i < workbook->formats.count; i++)
		if (workbook->formats.at[i].id == id)
			return workbook->formats.at[i].code;
	return NO_TEXT;
}

static bool on_style(void *context, const struct xml_event *event)
{
	struct workbook *workbook = context;
	int64_t id;
	if (text_is(event->name, "cellXfs"))
		workbook->is_in_cells = event->kind == XML_START;
	if (event->kind != XML_START || !text_to_integer(attribute(event, "numFmtId", false), &id))
		return true;
	struct text code = attribute(event, "formatCode", false);
	if (text_is(event->name, "numFmt"))
		LIST_PUSH(&workbook->formats, ((struct format){ id, text_copy(workbook->arena, code) }));
	else if (text_is(event->name, "xf") && workbook->is_in_cells)
		LIST_PUSH(&workbook->shared.forms, xlsx_form_of(id, code_of(workbook, id)));
	return workbook->formats.count < (size_t)SHEETS_MOST * 4 && workbook->shared.forms.count < FORMS_MOST;
}

static bool start_string(struct workbook *workbook, const struct xml_event *event)
{
	workbook->is_wanted = false;
	if (text_is(event->name, "si"))
		workbook->string_start = workbook->shared.bytes.size;
	else if (text_is(event->name, "rPh"))
		workbook->phonetic = event->depth;
	else if (text_is(event->name, "t") && !workbook->phonetic)
		workbook->is_wanted = true;
	workbook->open = event->span;
	return true;
}

static bool end_string(struct workbook *workbook, const struct xml_event *event)
{
	struct xlsx_shared *shared = &workbook->shared;
	if (workbook->is_wanted && text_is(event->name, "t") && event->span.start > workbook->open.end)
		buf_byte(&shared->bytes, ' '); /* white space alone is not handed over */
	workbook->is_wanted = false;
	if (workbook->phonetic == event->depth)
		workbook->phonetic = 0;
	if (!text_is(event->name, "si"))
		return true;
	size_t start = workbook->string_start, size = shared->bytes.size - start;
	LIST_PUSH(&shared->strings, ((struct xlsx_string){ (uint32_t)start, (uint32_t)size }));
	return shared->strings.count < STRINGS_MOST;
}

static bool on_string(void *context, const struct xml_event *event)
{
	struct workbook *workbook = context;
	if (event->kind == XML_START)
		return start_string(workbook, event);
	if (event->kind == XML_END)
		return end_string(workbook, event);
	if (workbook->is_wanted)
		xlsx_write_string(event->text, &workbook->shared.bytes);
	workbook->is_wanted = false;
	return true;
}

/* Both parts may be missing; what refers to them then finds nothing. */
static bool read_shared(struct workbook *workbook)
{
	struct text styles = find_related(workbook, NO_TEXT, "/styles");
	struct text strings = find_related(workbook, NO_TEXT, "/sharedStrings");
	struct package *package = &workbook->package;
	return (!package_has(package, styles) || package_parse(package, styles, on_style, workbook)) &&
	       (!package_has(package, strings) || package_parse(package, strings, on_string, workbook));
}

/* ---- which sheet ------------------------------------------------------------------------ */

/* How many headings of the entity the cells have; *is_whole: all that it requires. */
static size_t count_headings(const struct xlsx_sheet *cells, const struct entity *entity, bool *is_whole)
{
	bool seen[FIELDS_MOST] = { false };
	size_t count = 0;
	for (size_t i = 0; i < cells->cells.count; i++) {
		const struct field *field = schema_field(entity, xlsx_sheet_text(cells, &cells->cells.at[i]));
		count += field && !seen[field - entity->fields];
		if (field)
			seen[field - entity->fields] = true;
	}
	*is_whole = count > 0;
	for (size_t i = 0; i < entity->field_count; i++)
		*is_whole = *is_whole && (seen[i] || !entity->fields[i].is_required);
	return count;
}

/* The table that lies in the other sheet of the same workbook, so that neither is left unread; NULL: there is none. */
static const struct entity *companion(const struct entity *entity)
{
	if (entity == schema_entity(ENTITY_HEAD))
		return schema_entity(ENTITY_ITEM_ROW);
	return entity == schema_entity(ENTITY_ITEM_ROW) ? schema_entity(ENTITY_HEAD) : NULL;
}

static void judge(const struct workbook *workbook, const struct xlsx_sheet *cells, struct sheet_entry *sheet)
{
	const struct entity *other = companion(workbook->entity);
	sheet->is_blank = true;
	for (size_t i = 0; i < cells->cells.count && sheet->is_blank; i++)
		sheet->is_blank = clean_is_blank(xlsx_sheet_text(cells, &cells->cells.at[i]));
	sheet->headings = count_headings(cells, workbook->entity, &sheet->is_whole);
	if (other)
		count_headings(cells, other, &sheet->is_companion);
	/* The form that we gave out explains itself on a second sheet. */
	if (workbook->entity == schema_entity(ENTITY_ANSWER))
		sheet->is_companion = text_is(sheet->name, XLSX_GUIDE);
}

/* Where there is one visible sheet alone it need not be looked at, and what is large is read once. */
static const struct sheet_entry *only_sheet(const struct workbook *workbook)
{
	const struct sheet_entry *only = NULL;
	for (size_t i = 0; i < workbook->sheet_count; i++) {
		const struct sheet_entry *sheet = &workbook->sheets[i];
		if (sheet->is_hidden || !package_has(&workbook->package, sheet->part))
			continue;
		if (only)
			return NULL;
		only = sheet;
	}
	return only;
}

static bool look_at(struct workbook *workbook, struct sheet_entry *sheet)
{
	struct xlsx_sheet cells;
	bool is_good = xlsx_sheet_read(&workbook->package, sheet->part, &workbook->shared, XLSX_HEAD_ROWS, &cells);
	if (is_good)
		judge(workbook, &cells, sheet);
	xlsx_sheet_clear(&cells);
	return is_good;
}

/* Of two, which is likelier to be meant; one that seems blank may begin far below. */
static bool is_better(const struct sheet_entry *sheet, const struct sheet_entry *best)
{
	if (sheet->is_blank || best->is_blank)
		return !sheet->is_blank && best->is_blank;
	if (sheet->is_whole != best->is_whole)
		return sheet->is_whole;
	return sheet->headings > best->headings;
}

/* The one with all required headings, else the first of those with most headings; NULL after reporting. */
static const struct sheet_entry *choose(struct workbook *workbook)
{
	const struct sheet_entry *best = only_sheet(workbook);
	const struct reader *reader = workbook->package.reader;
	struct span span = { .source = workbook->package.source };
	if (best)
		return best;
	for (size_t i = 0; i < workbook->sheet_count; i++) {
		struct sheet_entry *sheet = &workbook->sheets[i];
		if (sheet->is_hidden || !package_has(&workbook->package, sheet->part))
			continue;
		if (!look_at(workbook, sheet))
			return NULL;
		if (best && best->is_whole && sheet->is_whole) {
			DIAG(reader->diag, DIAG_WORKBOOK_SHEETS_TWO, .span = span, .a = best->name, .b = sheet->name,
			     .c = text_from(workbook->entity->heading));
			return NULL;
		}
		if (!best || is_better(sheet, best))
			best = sheet;
	}
	if (!best)
		DIAG(reader->diag, DIAG_WORKBOOK_NO_SHEET, .span = span);
	return best;
}

static void tell_others(const struct workbook *workbook, const struct sheet_entry *chosen)
{
	struct span span = { .source = workbook->package.source };
	for (size_t i = 0; i < workbook->sheet_count; i++) {
		const struct sheet_entry *sheet = &workbook->sheets[i];
		enum diag_kind kind = sheet->is_hidden ? DIAG_WORKBOOK_SHEET_HIDDEN : DIAG_WORKBOOK_SHEET_LEFT;
		if (sheet != chosen && !sheet->is_blank && !sheet->is_companion)
			DIAG(workbook->package.reader->diag, kind, .span = span, .a = sheet->name, .b = chosen->name);
	}
}

/* ---- the chosen sheet as a source ------------------------------------------------------- */

static void tell_faults(const struct reader *reader, uint32_t source, const struct xlsx_sheet *cells)
{
	static const enum diag_kind kinds[XLSX_FAULTS] = {
		[XLSX_SOUND] = DIAG_KINDS, [XLSX_FORMULA_EMPTY] = DIAG_WORKBOOK_FORMULA,
		[XLSX_CELL_LONG] = DIAG_WORKBOOK_CELL_LONG, [XLSX_HIDDEN] = DIAG_WORKBOOK_ROWS_HIDDEN,
		[XLSX_MERGED] = DIAG_WORKBOOK_MERGED,
	};
	for (size_t i = XLSX_SOUND + 1; i < XLSX_FAULTS; i++) {
		struct span span = cells->faults[i].span;
		span.source = source;
		if (cells->faults[i].count)
			DIAG(reader->diag, kinds[i], .span = span, .n = cells->faults[i].count);
	}
}

static uint32_t add_sheet(struct workbook *workbook, const struct sheet_entry *sheet)
{
	const struct reader *reader = workbook->package.reader;
	struct xlsx_sheet cells;
	struct buf csv;
	uint32_t number = 0;
	buf_init(&csv, BUF_LIMIT_FILE / 2);
	if (xlsx_sheet_read(&workbook->package, sheet->part, &workbook->shared, XLSX_ROWS_MOST, &cells)) {
		xlsx_sheet_write(&cells, &csv);
		bool is_blank = cells.cells.count == 0;
		struct text file = sources_find(reader->sources, workbook->package.source)->name;
		struct text name = text_format(workbook->arena, "%.*s[%.*s]", TEXT_ARGS(file), TEXT_ARGS(sheet->name));
		if (is_blank && !workbook->entity)
			number = 0;
		else if (is_blank)
			DIAG(reader->diag, DIAG_WORKBOOK_NO_SHEET, .span = { .source = workbook->package.source });
		else if (csv.overflowed)
			package_damaged(&workbook->package, sheet->part);
		else
			number = sources_add(reader->sources, name, text_copy(reader->arena, buf_view(&csv)), "UTF-8");
	}
	if (number)
		tell_faults(reader, number, &cells);
	xlsx_sheet_clear(&cells);
	buf_clear(&csv);
	return number;
}

/* Where sheets are wanted by their names there is no table to look for. */
struct wish {
	struct xlsx_named *sheets;
	size_t most, count;
};

static void add_all(struct workbook *workbook, struct wish *wish)
{
	for (size_t i = 0; i < workbook->sheet_count && wish->count < wish->most; i++) {
		const struct sheet_entry *sheet = &workbook->sheets[i];
		if (sheet->is_hidden || !package_has(&workbook->package, sheet->part))
			continue;
		wish->sheets[wish->count++] = (struct xlsx_named){
			text_copy(workbook->package.reader->arena, sheet->name), add_sheet(workbook, sheet),
		};
	}
}

/* `wish` NULL: the one sheet of the table. */
static uint32_t read_workbook(struct workbook *workbook, struct wish *wish)
{
	buf_init(&workbook->shared.bytes, BUF_LIMIT_FILE / 2);
	bool is_read = read_contents(workbook) && read_shared(workbook);
	if (is_read && wish)
		add_all(workbook, wish);
	const struct sheet_entry *sheet = is_read && !wish ? choose(workbook) : NULL;
	uint32_t number = sheet ? add_sheet(workbook, sheet) : 0;
	if (number)
		tell_others(workbook, sheet);
	buf_clear(&workbook->shared.bytes);
	LIST_FREE(&workbook->shared.strings);
	LIST_FREE(&workbook->shared.forms);
	LIST_FREE(&workbook->formats);
	return number;
}

/* ---- the file --------------------------------------------------------------------------- */

/* "EncryptedPackage" as the directory of an OLE file names it: UTF-16. */
static bool is_locked(struct text bytes)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
	return text_contains(bytes, (struct text){ name, sizeof name - 1 });
}

/* What carries the name of a workbook and is none, by its first bytes; DIAG_KINDS: it is one. */
static enum diag_kind stranger_kind(struct text bytes)
{
	if (inflate_is_zip(bytes))
		return DIAG_KINDS;
	if (bytes.size == 0)
		return DIAG_FILE_EMPTY;
	if (!text_starts(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
		return DIAG_WORKBOOK_NONE;
	return is_locked(bytes) ? DIAG_WORKBOOK_LOCKED : DIAG_FILE_OLD_WORKBOOK;
}

/* `entity` NULL: all sheets, into `wish`. */
static uint32_t open_bytes(const struct reader *reader, uint32_t source, struct text bytes, const struct entity *entity,
			   struct wish *wish)
{
	enum diag_kind stranger = stranger_kind(bytes);
	if (stranger != DIAG_KINDS) {
		DIAG(reader->diag, stranger, .span = { .source = source });
		return 0;
	}
	struct arena *arena = arena_new();
	struct workbook *workbook = ARENA_NEW(arena, struct workbook);
	workbook->arena = arena;
	workbook->entity = entity;
	uint32_t number = package_open(&workbook->package, reader, source, bytes) ? read_workbook(workbook, wish) : 0;
	package_close(&workbook->package);
	arena_free(arena);
	return number;
}

uint32_t xlsx_open_bytes(const struct reader *reader, uint32_t source, struct text bytes, enum entity_kind kind)
{
	return open_bytes(reader, source, bytes, schema_entity(kind), NULL);
}

size_t xlsx_open_all(const struct reader *reader, uint32_t source, struct text bytes, struct xlsx_named *sheets,
		     size_t most)
{
	struct wish wish = { .sheets = sheets, .most = most };
	open_bytes(reader, source, bytes, NULL, &wish);
	return wish.count;
}

uint32_t xlsx_open(const struct reader *reader, const char *path, enum entity_kind kind)
{
	struct file_bytes bytes;
	char hash[65];
	if (!input_read(reader, path, &bytes))
		return 0;
	/* The file is an input like any other; places are in its sheet, so that its bytes are not kept. */
	hash_of(bytes.text, hash);
	uint32_t source = input_add(reader, path, NO_TEXT);
	sources_set_hash(reader->sources, source, hash);
	uint32_t number = xlsx_open_bytes(reader, source, bytes.text, kind);
	file_release(&bytes);
	return number;
}
