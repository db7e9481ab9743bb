/* SPDX-License-Identifier: MIT */
#include "send/guard_parts.h"

#include "base/arena.h"
#include "base/deflate.h"
#include "base/inflate.h"
#include "base/utf8.h"
#include "publish/leak_view.h"
#include "send/qr.h"

enum { DEPTH_MOST = 6 };
#define UNPACKED_MOST ((size_t)256 << 20) /* bytes: a package for one enterprise is a hundredth of it */

void guard_parts_init(struct guard_parts *parts, struct arena *arena, const char *password)
{
	*parts = (struct guard_parts){ .arena = arena, .password = password };
	buf_init(&parts->shown, BUF_LIMIT_FILE);
	buf_init(&parts->beside, BUF_LIMIT_FILE);
	buf_init(&parts->codes, BUF_LIMIT_PAGE);
}

void guard_parts_clear(struct guard_parts *parts)
{
	buf_clear(&parts->shown);
	buf_clear(&parts->beside);
	buf_clear(&parts->codes);
	LIST_FREE(&parts->pdfs);
	LIST_FREE(&parts->files);
}

void guard_parts_fail(struct guard_parts *parts, const char *trouble)
{
	if (!parts->trouble)
		parts->trouble = trouble;
}

static void add_line(struct buf *out, struct text text)
{
	buf_text(out, text);
	buf_byte(out, '\n');
}

/* ---- PDF ------------------------------------------------------------------------------------------ */

/* Protection that is not there, or that anybody's reader takes off, is as bad as a wrong name. */
static bool is_protected(struct guard_parts *parts, struct text pdf)
{
	struct pdf_pages open;
	return !parts->password || !pdf_pages_read(parts->arena, pdf, "", &open);
}

static void read_codes(struct guard_parts *parts, const struct pdf_page *page)
{
	for (size_t i = 0; i < page->part_count; i++) {
		size_t read;
		parts->code_count += qr_read_content(page->parts[i], &parts->codes, &read);
		parts->code_read_count += read;
	}
}

static void read_file(struct guard_parts *parts, struct text bytes)
{
	struct guard_file file = { .bytes = bytes, .start = parts->beside.size };
	bool was_attached = parts->is_attached;
	parts->is_attached = true;
	guard_parts_read_inner(parts, bytes);
	parts->is_attached = was_attached;
	file.end = parts->beside.size;
	LIST_PUSH(&parts->files, file);
}

static void read_pdf(struct guard_parts *parts, struct text pdf)
{
	struct guard_pdf found = { .start = parts->shown.size };
	if (!pdf_pages_read(parts->arena, pdf, parts->password, &found.pages)) {
		guard_parts_fail(parts, "PDF 打不开或不完好\x1Fthe PDF does not open or is not sound");
		return;
	}
	if (!is_protected(parts, pdf))
		guard_parts_fail(parts, "PDF 没有加密，或不用口令就能打开\x1Fthe PDF is not encrypted, or opens without a password");
	for (size_t i = 0; i < found.pages.count; i++) {
		const struct pdf_page *page = &found.pages.pages[i];
		add_line(&parts->shown, page->words);
		if (!text_equal(page->words, page->actual))
			add_line(&parts->shown, page->actual);
		read_codes(parts, page);
	}
	found.end = parts->shown.size;
	add_line(&parts->beside, found.pages.beside);
	LIST_PUSH(&parts->pdfs, found);
	for (size_t i = 0; i < found.pages.file_count; i++)
		read_file(parts, found.pages.files[i]);
}

/* ---- packed ------------------------------------------------------------------------------------------ */

static void read_unpacked(struct guard_parts *parts, struct buf *bytes, bool is_sound)
{
	parts->unpacked += bytes->size;
	if (!is_sound || parts->unpacked > UNPACKED_MOST)
		guard_parts_fail(parts, "压缩的内容损坏或过大\x1Fpacked contents are damaged or too large");
	else
		guard_parts_read_inner(parts, buf_view(bytes));
	buf_clear(bytes);
}

static void read_zip(struct guard_parts *parts, struct text zip)
{
	struct inflate_member member;
	bool is_damaged = false;
	for (size_t at = 0; !parts->trouble && inflate_next_member(zip, &at, &member, &is_damaged);) {
		struct buf bytes;
		add_line(&parts->beside, member.name);
		buf_init(&bytes, UNPACKED_MOST);
		bool is_sound = inflate_member_add(&member, &bytes) && deflate_crc(buf_view(&bytes)) == member.crc;
		read_unpacked(parts, &bytes, is_sound);
	}
	if (is_damaged)
		guard_parts_fail(parts, "ZIP 不完好\x1Fthe ZIP file is not sound");
}

static void read_gzip(struct guard_parts *parts, struct text gzip)
{
	struct buf bytes;
	buf_init(&bytes, UNPACKED_MOST);
	bool is_sound = inflate_add(INFLATE_GZIP, gzip, &bytes);
	read_unpacked(parts, &bytes, is_sound);
}

/* ---- markup ------------------------------------------------------------------------------------------- */

/* XML says the same in many ways: without its tags, and those words without their escapes. */
static void add_without_markup(struct text xml, struct buf *out)
{
	struct leak_view plain, meant;
	leak_view_init(&plain);
	leak_view_init(&meant);
	if (leak_view_markup(&plain, xml)) {
		struct text words = buf_view(&plain.bytes);
		add_line(out, words);
		if (leak_view_escapes(&meant, words, words.size))
			add_line(out, buf_view(&meant.bytes));
	}
	leak_view_clear(&plain);
	leak_view_clear(&meant);
}

/* ---- any ----------------------------------------------------------------------------------------------- */

static void read_plain(struct guard_parts *parts, struct text bytes)
{
	bool is_text = utf8_check(bytes) == bytes.size && !memchr(bytes.at, '\0', bytes.size);
	struct buf *out = is_text && !parts->is_attached ? &parts->shown : &parts->beside;
	add_line(out, bytes);
	if (is_text && text_starts(bytes, "<?xml"))
		add_without_markup(bytes, out);
}

void guard_parts_read_inner(struct guard_parts *parts, struct text bytes)
{
	if (!bytes.size)
		return;
	if (parts->depth == DEPTH_MOST) {
		guard_parts_fail(parts, "内容套得太深\x1Fit nests too deep");
		return;
	}
	parts->depth++;
	if (text_starts(bytes, "%PDF-"))
		read_pdf(parts, bytes);
	else if (inflate_is_zip(bytes))
		read_zip(parts, bytes);
	else if (text_starts(bytes, "\x1F\x8B"))
		read_gzip(parts, bytes);
	else if (guard_is_mail(bytes))
		guard_read_mail(parts, bytes);
	else
		read_plain(parts, bytes);
	parts->depth--;
}

void guard_parts_read(struct guard_parts *parts, struct text bytes)
{
	if (!bytes.size)
		guard_parts_fail(parts, "文件是空的\x1Fit is empty");
	guard_parts_read_inner(parts, bytes);
	if (parts->shown.overflowed || parts->beside.overflowed || parts->codes.overflowed)
		guard_parts_fail(parts, "内容过大\x1Fit is too large");
}
