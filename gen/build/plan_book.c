/* SPDX-License-Identifier: MIT */
#include "build/plan_book.h"

#include <stddef.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "build/manifest_head.h"
#include "publish/program.h"

#define FIRST_LINE "# xingji plan 1\n"
#define LARGEST    ((size_t)1 << 30)
enum { HASH = 64 };

/* Where an option of a run of a plan comes from. */
enum option_origin {
	OF_PLAN,    /* it changes what is made */
	OF_EITHER,  /* where something lies on this machine, as the plan says unless the run says otherwise */
	OF_RUN,     /* how this run works and talks */
};

static const struct {
	const char *name;
	enum option_origin origin;
} origins[] = {
	{ "data", OF_EITHER }, { "content", OF_EITHER }, { "theme", OF_EITHER }, { "themes", OF_EITHER },
	{ "fonts", OF_EITHER },
	{ "out", OF_RUN }, { "jobs", OF_RUN }, { "quiet", OF_RUN }, { "lang", OF_RUN }, { "all", OF_RUN },
	{ "plan", OF_RUN }, { "job", OF_RUN }, { "output", OF_RUN }, { "job-count", OF_RUN }, { "job-size", OF_RUN },
	{ "help", OF_RUN }, { "version", OF_RUN },
};

static const struct {
	const char *name;
	size_t offset;
} rows[] = {
#define OPTION(member, name, argument, chinese, english, use) { name, offsetof(struct options, member) },
#include "build/options.def"
#undef OPTION
};
enum { ROWS = sizeof rows / sizeof *rows };

static enum option_origin origin_of(const char *name)
{
	for (size_t i = 0; i < sizeof origins / sizeof *origins; i++)
		if (strcmp(origins[i].name, name) == 0)
			return origins[i].origin;
	return OF_PLAN;
}

static const char *option_value(const struct options *options, size_t row)
{
	const char *value;
	memcpy(&value, (const char *)options + rows[row].offset, sizeof value);
	return value;
}

static void set_option(struct options *options, size_t row, const char *value)
{
	memcpy((char *)options + rows[row].offset, &value, sizeof value);
}

const char *plan_book_decided(const struct options *options)
{
	for (size_t i = 0; i < ROWS; i++)
		if (option_value(options, i) && origin_of(rows[i].name) == OF_PLAN)
			return rows[i].name;
	return NULL;
}

const struct options *plan_book_keep(struct arena *arena, const struct options *options)
{
	struct options *kept = ARENA_NEW(arena, struct options);
	kept->environment.program = text_string(arena, text_from(options->environment.program));
	for (size_t i = 0; i < ROWS; i++) {
		const char *value = option_value(options, i);
		if (value && origin_of(rows[i].name) != OF_RUN)
			set_option(kept, i, text_string(arena, text_from(value)));
	}
	return kept;
}

static const struct {
	const char *name;
	enum task_kind kind;
} kinds[] = { { "report", TASK_REPORT }, { "site", TASK_SITE }, { "diagnosis", TASK_DIAGNOSIS } };

const char *plan_book_kind(enum task_kind kind)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].kind == kind)
			return kinds[i].name;
	return "";
}

/* ---- writing ---------------------------------------------------------------------- */

void plan_book_write(const struct plan_book *book, const struct options *options, struct buf *buf)
{
	char hash[65];
	buf_format(buf, FIRST_LINE "# model %s\n# binary %s\n# make %s\n", book->model, book->binary,
		   options->argument_count ? options->arguments[0] : "all");
	for (size_t i = 0; i < ROWS; i++) {
		const char *value = option_value(options, i);
		if (!value || origin_of(rows[i].name) == OF_RUN)
			continue;
		buf_format(buf, "# option %s ", rows[i].name);
		manifest_head_write_word(value, buf);
		buf_byte(buf, '\n');
	}
	buf_text(buf, book->head);
	for (size_t i = 0; i < book->job_count; i++)
		buf_format(buf, "%zu %s %zu %zu\n", i, plan_book_kind(book->jobs[i].kind), book->jobs[i].first,
			   book->jobs[i].count);
	hash_of(buf_view(buf), hash);
	buf_format(buf, "# end %zu %s\n", book->job_count, hash);
}

/* ---- reading ---------------------------------------------------------------------- */

static int hex_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* What manifest_head_write_word wrote. */
static const char *read_word(struct arena *arena, struct text word)
{
	char *value = ARENA_ARRAY(arena, char, word.size + 1);
	size_t size = 0;
	for (size_t i = 0; i < word.size; i++) {
		bool is_coded = word.at[i] == '%' && i + 2 < word.size && hex_digit(word.at[i + 1]) >= 0 &&
				hex_digit(word.at[i + 2]) >= 0;
		value[size++] = is_coded ? (char)(hex_digit(word.at[i + 1]) * 16 + hex_digit(word.at[i + 2]))
					 : word.at[i];
		i += is_coded ? 2 : 0;
	}
	return value;
}

static bool read_option(struct plan_book *book, struct arena *arena, struct text rest)
{
	struct text name;
	text_next(&rest, ' ', &name);
	for (size_t i = 0; i < ROWS; i++) {
		if (!text_is(name, rows[i].name))
			continue;
		if (!option_value(&book->options, i))
			set_option(&book->options, i, read_word(arena, rest));
		return true;
	}
	return false;
}

static bool read_job(struct plan_book *book, struct text line)
{
	struct text number, kind, first, count = line;
	int64_t values[3];
	struct plan_job *job = &book->jobs[book->job_count];
	if (!text_next(&count, ' ', &number) || !text_next(&count, ' ', &kind) || !text_next(&count, ' ', &first) ||
	    !text_to_integer(number, &values[0]) || !text_to_integer(first, &values[1]) ||
	    !text_to_integer(count, &values[2]) || values[0] != (int64_t)book->job_count || values[1] < 0 ||
	    values[2] < 1)
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!text_is(kind, kinds[i].name))
			continue;
		*job = (struct plan_job){ kinds[i].kind, (size_t)values[1], (size_t)values[2] };
		book->job_count++;
		return true;
	}
	return false;
}

/* "# end 12 <hash>", and it fits what is above; *body is that. */
static bool find_end(struct text whole, struct text *body, size_t *jobs)
{
	char hash[65];
	size_t at = whole.size ? whole.size - 1 : 0;
	while (at && whole.at[at - 1] != '\n')
		at--;
	*body = text_slice(whole, 0, at);
	struct text last = text_slice(whole, at, whole.size), word, number;
	int64_t count;
	hash_of(*body, hash);
	if (!text_starts(last, "# end ") || last.at[last.size - 1] != '\n')
		return false;
	last = text_trim(text_slice(last, strlen("# end "), last.size));
	word = last;
	if (!text_next(&word, ' ', &number) || !text_to_integer(number, &count) || count < 0 || count > PLAN_JOBS_MOST)
		return false;
	*jobs = (size_t)count;
	return text_is(word, hash);
}

static struct text after(struct text line, const char *start)
{
	return text_slice(line, strlen(start), line.size);
}

static bool read_lines(struct plan_book *book, struct arena *arena, struct text body, size_t jobs)
{
	struct text rest = after(body, FIRST_LINE), line;
	const char *head = NULL;
	if (!text_starts(body, FIRST_LINE))
		return false;
	while (text_next(&rest, '\n', &line) && line.size) {
		bool is_good = true;
		if (text_starts(line, "# model "))
			book->model = text_string(arena, after(line, "# model "));
		else if (text_starts(line, "# binary "))
			book->binary = text_string(arena, after(line, "# binary "));
		else if (text_starts(line, "# make "))
			book->options.arguments[0] = text_string(arena, after(line, "# make "));
		else if (text_starts(line, "# option "))
			is_good = read_option(book, arena, after(line, "# option "));
		else if (text_starts(line, "# ")) {
			head = head ? head : line.at;
			book->head = (struct text){ head, (size_t)(line.at + line.size + 1 - head) };
		} else
			is_good = book->job_count < jobs && read_job(book, line);
		if (!is_good)
			return false;
	}
	return book->model && book->binary && book->options.arguments[0] && book->job_count == jobs;
}

/* Of the run what is its own, or where it says where something lies. */
static void take_own(struct plan_book *book, const struct options *options)
{
	book->options = (struct options){ .environment = options->environment, .argument_count = 1 };
	for (size_t i = 0; i < ROWS; i++)
		if (origin_of(rows[i].name) != OF_PLAN)
			set_option(&book->options, i, option_value(options, i));
}

bool plan_book_load(struct plan_book *book, struct arena *arena, const char *folder, const struct options *options,
		    struct diag *diag)
{
	const char *path = file_join(arena, folder, TEXT(PLAN_BOOK));
	struct file_bytes bytes;
	struct text body;
	size_t jobs;
	char program[65] = "";
	*book = (struct plan_book){ .folder = folder };
	take_own(book, options);
	int error = file_read(path, LARGEST, NULL, &bytes);
	if (error) {
		DIAG(diag, DIAG_PLAN_UNREADABLE, .a = text_from(path), .b = file_reason(error));
		return false;
	}
	struct text whole = text_copy(arena, bytes.text);
	file_release(&bytes);
	hash_of(whole, book->id);
	if (whole.size && find_end(whole, &body, &jobs)) {
		book->jobs = ARENA_ARRAY(arena, struct plan_job, jobs);
		if (!read_lines(book, arena, body, jobs))
			book->model = NULL;
	}
	if (!book->model) {
		DIAG(diag, DIAG_PLAN_DAMAGED, .a = text_from(path));
		return false;
	}
	if (!program_hash(options->environment.program, program) || strcmp(program, book->binary) != 0) {
		DIAG(diag, DIAG_PLAN_PROGRAM, .a = text_from(folder));
		return false;
	}
	return true;
}
