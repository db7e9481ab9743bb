/* SPDX-License-Identifier: MIT */
#include "build/say.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/plain.h"

void say_line(FILE *stream, const char *format, ...)
{
	struct buf line, plain;
	va_list args;
	buf_init(&line, BUF_LIMIT_PAGE);
	buf_init(&plain, BUF_LIMIT_FILE);
	va_start(args, format);
	buf_vformat(&line, format, args);
	va_end(args);
	plain_write(&plain, buf_view(&line));
	buf_byte(&plain, '\n');
	fwrite(plain.at, 1, plain.size, stream);
	buf_clear(&line);
	buf_clear(&plain);
}

void say_lines(FILE *stream, struct text text)
{
	struct buf plain;
	buf_init(&plain, BUF_LIMIT_FILE);
	plain_write_lines(&plain, text);
	fwrite(plain.at, 1, plain.size, stream);
	buf_clear(&plain);
}

void say_reason(const struct options *options, const char *subject, int error)
{
	struct text reason = file_reason(error);
	size_t chinese = text_find(reason, TEXT("\x1F"));
	bool is_english = options->environment.language == LANGUAGE_ENGLISH;
	struct text words = is_english ? text_slice(reason, chinese + 1, reason.size) : text_slice(reason, 0, chinese);
	say_line(stderr, "%s: %.*s", subject, TEXT_ARGS(words));
}

int say_usage(const struct options *options, const char *chinese, const char *english, const char *subject)
{
	bool is_english = options->environment.language == LANGUAGE_ENGLISH;
	say_line(stderr, "xingji: %s: %s", is_english ? english : chinese, subject);
	fputs(is_english ? "    hint: xingji --help\n" : "    处理：xingji --help 列出用法\n", stderr);
	return EXIT_USAGE;
}
