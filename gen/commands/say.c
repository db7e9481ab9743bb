/* SPDX-License-Identifier: MIT */
#include "commands/say.h"

#include "base/buf.h"
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
