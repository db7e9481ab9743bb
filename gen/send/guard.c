/* SPDX-License-Identifier: MIT */
#include "send/guard.h"

#include <assert.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "send/guard_known.h"
#include "send/guard_names.h"
#include "send/guard_parts.h"
#include "send/qr.h"

enum { SHOWN_CHARACTERS = 4 /* of a foreign value, in messages */ };

static const char name_what[] = "企业名称", code_what[] = "统一社会信用代码", allowed_what[] = "允许";

struct guard *guard_new(struct arena *arena)
{
	struct guard *guard = ARENA_NEW(arena, struct guard);
	*guard = (struct guard){ .arena = arena, .scratch = arena_new(), .leak = leak_new(arena) };
	return guard;
}

void guard_free(struct guard *guard)
{
	if (!guard)
		return;
	leak_free(guard->leak);
	arena_free(guard->scratch);
	map_clear(&guard->allowed);
}

void guard_add_enterprise(struct guard *guard, struct text name, struct text credit_code)
{
	leak_add(guard->leak, name, name_what);
	leak_add(guard->leak, credit_code, code_what);
}

void guard_allow(struct guard *guard, struct text name)
{
	name = text_trim(name);
	leak_add(guard->leak, name, allowed_what);
	if (name.size)
		map_add(&guard->allowed, name, 0);
}

/* ---- names that are words -------------------------------------------------------------------------- */

struct knowing {
	struct guard *guard;
	struct map told, phrases;
	struct diag *diag;
};

static void know_phrase(void *context, struct text name, struct text phrase)
{
	struct knowing *knowing = context;
	uint32_t next = (uint32_t)knowing->phrases.count;
	if (map_add(&knowing->phrases, phrase, next) == next)
		guard_allow(knowing->guard, text_copy(knowing->guard->arena, phrase));
	next = (uint32_t)knowing->told.count;
	if (map_add(&knowing->told, name, next) == next)
		DIAG(knowing->diag, DIAG_GUARD_WORD, .a = name, .b = phrase);
}

void guard_know(struct guard *guard, const struct text *texts, size_t count, struct diag *diag)
{
	struct knowing knowing = { .guard = guard, .diag = diag };
	struct guard_known *known = guard_known_new(guard->scratch);
	for (size_t i = 0; i < guard->leak->values.count; i++)
		if (guard->leak->values.at[i].what == name_what)
			guard_known_add(known, guard->leak->values.at[i].value);
	for (size_t i = 0; i < count; i++)
		guard_known_read(known, texts[i], know_phrase, &knowing, diag);
	guard_known_free(known);
	map_clear(&knowing.told);
	map_clear(&knowing.phrases);
	arena_clear(guard->scratch);
}

/* ---- one envelope --------------------------------------------------------------------------------- */

/* A name or code of whomever, where it stands in the words. */
struct find {
	struct text value;
	size_t start, end;
	bool is_ours;   /* of this enterprise, or allowed */
	bool is_code, is_respelt;
};

struct check {
	struct guard *guard;
	const struct guard_want *want;
	struct guard_parts parts;
	struct pdf_pages filed;  /* the archive copy; no pages: none, or it cannot be read */
	LIST(struct find) finds; /* by start */
	struct buf words;        /* what is shown, and behind it what is beside */
	struct diag *diag;
	size_t doubts;
};

#define DOUBT(check, kind, ...) \
	((check)->doubts++, DIAG((check)->diag, kind, .a = (check)->want->envelope, __VA_ARGS__))

static void add_find(struct check *check, const struct leak_match *match)
{
	const struct leak_value *value = &check->guard->leak->values.at[match->value];
	const struct guard_want *want = check->want;
	size_t end = match->end > match->start ? match->end : match->start + value->value.size;
	LIST_PUSH(&check->finds, ((struct find){
		.value = value->value, .start = match->start, .end = end, .is_respelt = match->is_respelt,
		.is_code = value->what == code_what,
		.is_ours = text_equal(value->value, text_trim(want->name)) ||
		           text_equal(value->value, text_trim(want->credit_code)) ||
		           map_find(&check->guard->allowed, value->value) }));
}

/* One pass over all words, whatever the number of enterprises. */
static void search(struct check *check)
{
	buf_text(&check->words, buf_view(&check->parts.shown));
	buf_text(&check->words, buf_view(&check->parts.beside));
	const struct leak_source source = { .text = buf_view(&check->words), .what = "" };
	struct leak_search search = { .leak = check->guard->leak, .diag = check->diag };
	leak_search_source(&search, &source);
	for (size_t i = 0; i < search.finds.count; i++)
		add_find(check, &search.finds.at[i].match);
	LIST_FREE(&search.finds);
}

/* ---- what must be there ------------------------------------------------------------------------------- */

/* Without blanks and line ends: a number may be set in pieces. */
static void squeeze(struct text text, struct buf *out)
{
	buf_reset(out);
	for (size_t i = 0; i < text.size; i++) {
		if (text_starts(text_slice(text, i, 3), "\u3000"))
			i += 2;
		else if (!strchr(" \t\r\n", text.at[i]) || !text.at[i])
			buf_byte(out, text.at[i]);
	}
}

static bool holds(struct text words, struct text wanted)
{
	struct buf squeezed, looked_for;
	buf_init(&squeezed, BUF_LIMIT_FILE);
	buf_init(&looked_for, BUF_LIMIT_PAGE);
	squeeze(words, &squeezed);
	squeeze(wanted, &looked_for);
	bool is_there = text_contains(buf_view(&squeezed), buf_view(&looked_for));
	buf_clear(&squeezed);
	buf_clear(&looked_for);
	return is_there;
}

/* As a whole, not as the part of a longer name that is another's. */
static bool holds_own(const struct check *check, struct text own, size_t from, size_t to)
{
	for (size_t i = 0; i < check->finds.count; i++) {
		const struct find *find = &check->finds.at[i];
		bool is_within = find->start >= from && find->start < to;
		if (is_within && find->is_ours && text_equal(find->value, text_trim(own)))
			return true;
	}
	return holds(text_slice(buf_view(&check->words), from, to - from), own);
}

/* In every PDF, and where there is none in what is shown. */
static void check_own(struct check *check, struct text own, bool is_code)
{
	size_t count = check->parts.pdfs.count;
	bool is_there = count > 0 || holds_own(check, own, 0, check->parts.shown.size);
	for (size_t i = 0; i < count && is_there; i++)
		is_there = holds_own(check, own, check->parts.pdfs.at[i].start, check->parts.pdfs.at[i].end);
	if (!is_there && is_code)
		DOUBT(check, DIAG_GUARD_NO_CODE, .n = 0);
	else if (!is_there)
		DOUBT(check, DIAG_GUARD_NO_NAME, .n = 0);
}

static void check_number(struct check *check)
{
	const struct guard_want *want = check->want;
	if (want->number.size && !holds(buf_view(&check->parts.shown), want->number))
		DOUBT(check, DIAG_GUARD_NUMBER, .b = want->number);
}

/* The mark is on each page of the document that is protected. */
static void check_mark(struct check *check)
{
	struct text mark = check->want->mark;
	bool is_there = true;
	if (!mark.size)
		return;
	for (size_t i = 0; i < check->parts.pdfs.count; i++)
		for (size_t page = 0; page < check->parts.pdfs.at[i].pages.count; page++)
			is_there = is_there && holds(check->parts.pdfs.at[i].pages.pages[page].words, mark);
	if (!is_there || !check->parts.pdfs.count)
		DOUBT(check, DIAG_GUARD_NUMBER, .b = mark);
}

static void check_pages(struct check *check)
{
	const struct guard_pdf *pdfs = check->parts.pdfs.at;
	size_t wanted = check->want->page_count, found = check->parts.pdfs.count ? pdfs[0].pages.count : 0;
	for (size_t i = 0; i < check->parts.pdfs.count; i++)
		if (pdfs[i].pages.count == wanted)
			return;
	if (wanted)
		DOUBT(check, DIAG_GUARD_PAGES, .n = (int64_t)wanted,
		      .b = text_format(check->guard->scratch, "%zu", found));
}

/* ---- is it the document that was filed? ------------------------------------------------------------- */

/* Every page's content is the filed one; around it may stand what protect.c puts there. */
static bool is_same_page(const struct pdf_page *page, const struct pdf_page *filed)
{
	size_t around = page->part_count - filed->part_count;
	if (page->part_count < filed->part_count || (around != 0 && around != 2))
		return false;
	size_t first = around / 2;
	if (around && (!text_is(page->parts[0], "q\n") ||
	               !text_starts(page->parts[page->part_count - 1], "\nQ\n/Artifact<<")))
		return false;
	for (size_t i = 0; i < filed->part_count; i++)
		if (!text_equal(page->parts[first + i], filed->parts[i]))
			return false;
	return true;
}

static bool is_same_document(const struct pdf_pages *pages, const struct pdf_pages *filed)
{
	if (pages->count != filed->count || strcmp(pages->resources, filed->resources) != 0)
		return false;
	for (size_t i = 0; i < pages->count; i++)
		if (!is_same_page(&pages->pages[i], &filed->pages[i]))
			return false;
	return true;
}

static void check_filed(struct check *check, struct text bytes)
{
	const struct guard_want *want = check->want;
	struct text hashed = want->archive.size ? want->archive : bytes;
	char sha256[65];
	hash_of(hashed, sha256);
	if (want->sha256.size && !text_is(want->sha256, sha256))
		DOUBT(check, DIAG_GUARD_HASH, .b = TEXT("摘要（SHA-256）不同\x1Fits SHA-256 is another"));
	if (!want->archive.size)
		return;
	bool is_there = false;
	for (size_t i = 0; i < check->parts.pdfs.count && check->filed.count; i++)
		is_there = is_there || is_same_document(&check->parts.pdfs.at[i].pages, &check->filed);
	if (!is_there)
		DOUBT(check, DIAG_GUARD_HASH, .b = TEXT("页面内容不同\x1Fits pages are others"));
}

/* ---- attached files --------------------------------------------------------------------------------------- */

static void note_hash(struct check *check, struct map *hashes, struct text bytes)
{
	char sha256[65];
	hash_of(bytes, sha256);
	map_add(hashes, text_copy(check->guard->scratch, text_from(sha256)), 1);
}

static bool says_whose_it_is(const struct check *check, const struct guard_file *file)
{
	const struct guard_want *want = check->want;
	struct text words = text_slice(buf_view(&check->parts.beside), file->start, file->end - file->start);
	const struct text wanted[] = { want->name, want->credit_code, want->number, want->form.year };
	bool is_said = true;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		is_said = is_said && wanted[i].size && holds(words, wanted[i]);
	return is_said;
}

/* The form once and saying whose it is; every other file is one of the archive copy. */
static void check_files(struct check *check)
{
	const struct guard_want *want = check->want;
	struct map filed = { 0 };
	size_t forms = 0, strange = 0;
	if (!want->archive.size && !want->form.sha256.size)
		return;
	for (size_t i = 0; i < check->filed.file_count; i++)
		note_hash(check, &filed, check->filed.files[i]);
	for (size_t i = 0; i < check->parts.files.count; i++) {
		const struct guard_file *file = &check->parts.files.at[i];
		char sha256[65];
		hash_of(file->bytes, sha256);
		bool is_form = text_is(want->form.sha256, sha256);
		forms += is_form && says_whose_it_is(check, file);
		strange += !is_form && !map_find(&filed, text_from(sha256));
	}
	map_clear(&filed);
	if (strange)
		DOUBT(check, DIAG_GUARD_ATTACHMENT, .b = TEXT("既不是文书自带的，也不是这份文书的整改反馈表\x1F"
			"is neither the document's own nor the form for the answer to it"));
	else if (forms != (want->form.sha256.size > 0))
		DOUBT(check, DIAG_GUARD_ATTACHMENT, .b = TEXT("应有一份写明本企业名称、代码、文书编号和年度的整改反馈表\x1F"
			"must be one form for the answer that says name, code, document and year"));
}

/* ---- codes and others' names ---------------------------------------------------------------------------- */

static void check_codes(struct check *check)
{
	const struct guard_parts *parts = &check->parts;
	struct text rest = buf_view(&parts->codes), line;
	bool is_there = !check->want->qr.size, is_other = false;
	while (text_next(&rest, '\n', &line)) {
		struct qr_payload payload;
		bool is_wanted = text_equal(line, check->want->qr);
		is_there |= is_wanted;
		is_other |= !is_wanted && qr_payload_parse(line, &payload);
	}
	if (parts->code_read_count < parts->code_count)
		DOUBT(check, DIAG_GUARD_QR, .b = TEXT("读不出\x1F" "cannot be read"));
	else if (is_other)
		DOUBT(check, DIAG_GUARD_QR, .b = TEXT("是另一份文书的\x1Fis that of another document"));
	else if (!is_there)
		DOUBT(check, DIAG_GUARD_QR, .b = TEXT("没有找到\x1Fis not there"));
}

/* How far those of ours reach that begin before some place; it goes on from find to find, in the order of starts. */
struct cover {
	size_t next, end;
};

static size_t cover_before(const struct check *check, struct cover *cover, size_t place)
{
	for (; cover->next < check->finds.count && check->finds.at[cover->next].start < place; cover->next++) {
		const struct find *ours = &check->finds.at[cover->next];
		if (ours->is_ours && ours->end > cover->end)
			cover->end = ours->end;
	}
	return cover->end;
}

/*
 * What stands within the own name, or a name that is allowed, is not the other's; nor is what begins behind its
 * beginning and goes on beyond it: 上海示例诊断书 does not name a firm 示例诊断.
 */
static bool is_excused(const struct check *check, const struct find *find, struct cover *earlier, struct cover *all)
{
	return cover_before(check, earlier, find->start) > find->start ||
	       cover_before(check, all, find->start + 1) >= find->end;
}

static void check_others(struct check *check)
{
	struct map told = { 0 };
	struct cover earlier = { 0 }, all = { 0 };
	for (size_t i = 0; i < check->finds.count; i++) {
		const struct find *find = &check->finds.at[i];
		bool is_excused_here = is_excused(check, find, &earlier, &all);
		if (find->is_ours || is_excused_here || map_find(&told, find->value))
			continue;
		map_add(&told, find->value, 0);
		struct text shown = utf8_prefix(find->value, SHOWN_CHARACTERS);
		bool is_beside = find->start >= check->parts.shown.size;
		struct text where = TEXT("在正文\x1Fin its text");
		if (is_beside)
			where = TEXT("在附件、属性等处\x1Fin attachments or properties");
		if (find->is_code)
			DOUBT(check, DIAG_GUARD_FOREIGN_CODE, .b = shown, .c = where);
		else
			DOUBT(check, DIAG_GUARD_FOREIGN_NAME, .b = shown, .c = where);
	}
	map_clear(&told);
}

/* ---- the check ---------------------------------------------------------------------------------------------- */

static void check_all(struct check *check, struct text bytes)
{
	const struct guard_want *want = check->want;
	guard_parts_read(&check->parts, bytes);
	if (check->parts.trouble) {
		DOUBT(check, DIAG_GUARD_UNREADABLE, .b = text_from(check->parts.trouble));
		return;
	}
	if (want->archive.size)
		pdf_pages_read_parts(check->guard->scratch, want->archive, &check->filed);
	search(check);
	if (!want->lacks_name)
		check_own(check, want->name, false);
	if (!want->lacks_code)
		check_own(check, want->credit_code, true);
	check_number(check);
	check_mark(check);
	check_pages(check);
	check_filed(check, bytes);
	check_files(check);
	check_codes(check);
	check_others(check);
}

bool guard_check(struct guard *guard, struct text bytes, const struct guard_want *want, struct diag *diag)
{
	assert(want->name.size && want->credit_code.size);
	struct check check = { .guard = guard, .want = want, .diag = diag };
	guard_parts_init(&check.parts, guard->scratch, want->password);
	buf_init(&check.words, BUF_LIMIT_FILE);
	check_all(&check, bytes);
	buf_clear(&check.words);
	LIST_FREE(&check.finds);
	guard_parts_clear(&check.parts);
	arena_clear(guard->scratch);
	return check.doubts == 0;
}
