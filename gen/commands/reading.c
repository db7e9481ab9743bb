/* SPDX-License-Identifier: MIT */
#include "commands/reading.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "build/build.h"
#include "check/owner.h"
#include "commands/problem_change.h"
#include "commands/problem_page.h"
#include "commands/state_page.h"

struct text reading_part(const struct reading *reading, enum reading_part part)
{
	size_t start = 0;
	for (int i = 0; i < (int)part; i++)
		start += (size_t)reading->head.sizes[i];
	if (!reading->is_there)
		return NO_TEXT;
	return text_slice(buf_view(&reading->bytes), start, (size_t)reading->head.sizes[part]);
}

void reading_clear(struct reading *reading)
{
	if (reading->is_there)
		buf_clear(&reading->bytes);
	*reading = (struct reading){ 0 };
}

/* ---- in the process -------------------------------------------------------------------- */

/* Parts being written, in their order. */
struct writer {
	struct reading_head head;
	struct buf bytes;
	size_t start; /* of the part */
};

static void end_part(struct writer *writer, enum reading_part part)
{
	writer->head.sizes[part] = writer->bytes.size - writer->start;
	writer->start = writer->bytes.size;
}

static void send_all(int pipe, const void *bytes, size_t size)
{
	const char *at = bytes;
	while (size) {
		ssize_t sent = write(pipe, at, size);
		if (sent < 0 && errno != EINTR)
			return;
		at += sent > 0 ? sent : 0;
		size -= sent > 0 ? (size_t)sent : 0;
	}
}

static void send_home(const struct writer *writer, int pipe)
{
	if (!writer->bytes.overflowed) {
		send_all(pipe, &writer->head, sizeof writer->head);
		send_all(pipe, writer->bytes.at, writer->bytes.size);
	}
}

static void count(struct writer *writer, const struct run *run)
{
	writer->head.errors = diag_count(run->diag, SEVERITY_ERROR) + diag_count(run->diag, SEVERITY_WORLD);
	writer->head.warnings = diag_count(run->diag, SEVERITY_WARNING);
	writer->head.notes = diag_count(run->diag, SEVERITY_NOTE);
	writer->head.is_good = run_is_good(run);
	writer->head.code = run_exit_code(run);
	writer->head.year = run->model ? run->model->campaign.year : 0;
}

static void write_figures(struct writer *writer, enum diag_language language)
{
	const uint64_t numbers[] = { writer->head.errors, writer->head.warnings, writer->head.notes };
	static const char *const names[][3] = { { "error", "错误", "errors" }, { "warning", "警告", "warnings" },
						{ "note", "提示", "notes" } };
	static const char *const words[2][2] = {
		{ "有错误，网站不能生成：改好标“错误”的，保存，网站就自动生成。",
		  "数据可以生成网站。" },
		{ "No site can be built: mend what is called an error and save, then it is built.",
		  "The data are good enough for a site." },
	};
	buf_string(&writer->bytes, "<dl class=\"figures\">\n");
	for (size_t i = 0; i < 3; i++)
		buf_format(&writer->bytes, "<div class=\"%s\"><dt>%s</dt><dd>%llu</dd></div>\n", names[i][0],
			   names[i][1 + language], (unsigned long long)numbers[i]);
	buf_format(&writer->bytes, "</dl>\n<p class=\"verdict %s\">%s</p>\n", writer->head.is_good ? "good" : "bad",
		   words[language][writer->head.is_good]);
}

/* What changed stays told until something changes again: programs may save a file twice. */
static void write_change(struct writer *writer, enum diag_language language, const struct reading *before,
			 const struct buf changes[3])
{
	bool is_same = !changes[1].size && !changes[2].size;
	struct text mended = is_same ? reading_part(before, READING_MENDED) : buf_view(&changes[1]);
	struct text appeared = is_same ? reading_part(before, READING_APPEARED) : buf_view(&changes[2]);
	if (before->is_there)
		problem_change_write(language, mended, appeared, &writer->bytes);
}

static void keep_change(struct writer *writer, const struct reading *before, const struct buf changes[3])
{
	bool is_same = !changes[1].size && !changes[2].size;
	buf_text(&writer->bytes, buf_view(&changes[0]));
	end_part(writer, READING_LIST);
	buf_text(&writer->bytes, is_same ? reading_part(before, READING_MENDED) : buf_view(&changes[1]));
	end_part(writer, READING_MENDED);
	buf_text(&writer->bytes, is_same ? reading_part(before, READING_APPEARED) : buf_view(&changes[2]));
	end_part(writer, READING_APPEARED);
}

static void compare(const struct problem_page *page, const struct reading *before, struct buf changes[3])
{
	for (size_t i = 0; i < 3; i++)
		buf_init(&changes[i], BUF_LIMIT_PAGE);
	problem_change_keep(page, &changes[0]);
	if (!before->is_there)
		return;
	struct text then = reading_part(before, READING_LIST);
	problem_change_without(then, buf_view(&changes[0]), &changes[1]);
	problem_change_without(buf_view(&changes[0]), then, &changes[2]);
}

static struct problem_page page_of(struct run *run, struct diag_entry **entries)
{
	enum diag_language language = run->options->environment.language;
	size_t entry_count = diag_entries(run->diag, language, run->arena, entries), total = 0;
	for (int severity = SEVERITY_NOTE; severity <= SEVERITY_WORLD; severity++)
		total += diag_count(run->diag, (enum diag_severity)severity);
	return (struct problem_page){ .language = language, .model = run->model,
				      .entries = *entries, .count = entry_count, .total = total, .prefix = "p" };
}

static const struct owner *find_owners(const struct run *run, const struct problem_page *page)
{
	struct owner *owners = ARENA_ARRAY(run->arena, struct owner, page->count);
	struct diag_line *lines = ARENA_ARRAY(run->arena, struct diag_line, page->count);
	for (size_t i = 0; i < page->count; i++) {
		lines[i].kind = page->entries[i].kind;
		lines[i].args = *page->entries[i].args;
	}
	if (run->model)
		owners_find(run->arena, run->model, run->sources, lines, page->count, owners, NULL);
	return owners;
}

static void write_lists(struct writer *writer, const struct run *run, struct problem_page *page)
{
	problem_page_write(page, &writer->bytes);
	end_part(writer, READING_BY_FILE);
	page->owners = find_owners(run, page);
	problem_page_write(page, &writer->bytes);
	end_part(writer, READING_BY_OWNER);
}

static void write_parts(struct writer *writer, struct run *run, const struct reading *before)
{
	enum diag_language language = run->options->environment.language;
	struct diag_entry *entries;
	struct problem_page page = page_of(run, &entries);
	struct buf changes[3]; /* list, mended, appeared */
	compare(&page, before, changes);
	count(writer, run);
	write_figures(writer, language);
	write_change(writer, language, before, changes);
	end_part(writer, READING_SUMMARY);
	write_lists(writer, run, &page);
	state_page_write(run, false, &writer->bytes);
	end_part(writer, READING_BY_CITY);
	state_page_write(run, true, &writer->bytes);
	end_part(writer, READING_BY_AGENCY);
	if (!make_style(run->options, &writer->bytes))
		buf_text(&writer->bytes, reading_part(before, READING_STYLE));
	end_part(writer, READING_STYLE);
	keep_change(writer, before, changes);
	for (size_t i = 0; i < 3; i++)
		buf_clear(&changes[i]);
}

void reading_tell(struct run *run, const struct reading *before, int pipe, struct buf *list)
{
	struct writer writer = { 0 };
	struct reading told = { .is_there = true };
	buf_init(&writer.bytes, BUF_LIMIT_FILE);
	write_parts(&writer, run, before);
	send_home(&writer, pipe);
	told.head = writer.head;
	told.bytes = writer.bytes;
	buf_text(list, reading_part(&told, READING_LIST));
	buf_clear(&writer.bytes);
}

void reading_tell_site(struct run *run, struct text list, bool is_good, int pipe)
{
	struct diag_entry *entries;
	struct writer writer = { 0 };
	struct problem_page page = page_of(run, &entries);
	size_t kept = problem_change_new(list, entries, page.count);
	buf_init(&writer.bytes, BUF_LIMIT_FILE);
	for (size_t i = 0; i < kept; i++) {
		enum diag_severity severity = diag_row(entries[i].kind)->severity;
		writer.head.errors += severity >= SEVERITY_ERROR;
		writer.head.warnings += severity == SEVERITY_WARNING;
	}
	writer.head.is_good = is_good;
	page.count = page.total = kept;
	page.prefix = "s";
	end_part(&writer, READING_SUMMARY);
	problem_page_write(&page, &writer.bytes);
	end_part(&writer, READING_BY_FILE);
	send_home(&writer, pipe);
	buf_clear(&writer.bytes);
}

/* ---- in the preview ---------------------------------------------------------------------- */

static bool is_readable(int pipe)
{
	struct pollfd polled = { .fd = pipe, .events = POLLIN };
	return poll(&polled, 1, 0) > 0 && polled.revents;
}

/* False at the end. */
static bool read_all(int pipe, void *bytes, size_t size)
{
	char *at = bytes;
	while (size) {
		ssize_t got = read(pipe, at, size);
		if (got == 0 || (got < 0 && errno != EINTR))
			return false;
		at += got > 0 ? got : 0;
		size -= got > 0 ? (size_t)got : 0;
	}
	return true;
}

static bool read_bytes(int pipe, uint64_t size, struct buf *bytes)
{
	char some[65536];
	while (size) {
		size_t part = size < sizeof some ? (size_t)size : sizeof some;
		if (!read_all(pipe, some, part))
			return false;
		buf_add(bytes, some, part);
		size -= part;
	}
	return !bytes->overflowed;
}

static bool take(int pipe, struct reading *reading)
{
	struct reading taken = { .is_there = true };
	uint64_t size = 0;
	if (!read_all(pipe, &taken.head, sizeof taken.head))
		return false;
	for (size_t i = 0; i < READING_PARTS; i++)
		size += taken.head.sizes[i];
	buf_init(&taken.bytes, BUF_LIMIT_FILE);
	bool is_whole = read_bytes(pipe, size, &taken.bytes);
	if (!is_whole) {
		buf_clear(&taken.bytes);
		return false;
	}
	reading_clear(reading);
	*reading = taken;
	return true;
}

enum reading_news reading_take(int *pipe, struct reading *reading)
{
	if (*pipe < 0 || !is_readable(*pipe))
		return READING_NOTHING;
	if (take(*pipe, reading))
		return READING_CAME;
	close(*pipe);
	*pipe = -1;
	return READING_ENDED;
}
