/* SPDX-License-Identifier: MIT
 *
 * The content that ships: its templates, headers and phrases are sound.  What it asks
 * of the facts is tested where the facts are.
 */
#include <check.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "compose/document.h"

Suite *compose_content_suite(void);

struct folder {
	struct arena *arena;
	struct sources *sources;
	struct document_file files[40];
	struct file_bytes bytes[40];
	size_t count;
};

static void add_file(struct folder *folder, const char *path)
{
	ck_assert_msg(file_map(path, 1 << 20, &folder->bytes[folder->count]) == 0, "%s", path);
	struct document_file *file = &folder->files[folder->count];
	file->text = folder->bytes[folder->count++].text;
	file->source = sources_add(folder->sources, text_from(path), file->text, "UTF-8");
}

static void compile(const char *file, const char *chapters)
{
	struct folder folder = { .arena = arena_new() };
	folder.sources = sources_new(folder.arena);
	struct diag *diag = diag_new(folder.arena, folder.sources);
	struct text *names = NULL;
	size_t count = 0;
	add_file(&folder, "content/phrases.txt");
	if (file)
		add_file(&folder, file);
	if (chapters)
		ck_assert_int_eq(file_list(folder.arena, chapters, ".md", &names, &count), 0);
	for (size_t i = 0; i < count; i++)
		add_file(&folder, file_join(folder.arena, chapters, names[i]));
	struct document_content content = { .files = folder.files + 1, .file_count = folder.count - 1, .phrases = folder.files[0] };
	document_compile(folder.arena, diag, &content);
	struct buf out;
	buf_init(&out, 1 << 20);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &out);
	ck_assert_str_eq(out.at, "");
	buf_clear(&out);
	for (size_t i = 0; i < folder.count; i++)
		file_release(&folder.bytes[i]);
	arena_free(folder.arena);
}

START_TEST(is_sound)
{
	if (!file_is_folder("content"))
		return;
	compile("content/diagnosis.md", NULL);
	compile("content/tear-out.md", NULL);
	compile(NULL, "content/report");
	compile(NULL, "content/report-public");
}
END_TEST

Suite *compose_content_suite(void)
{
	Suite *suite = suite_create("compose/content");
	TCase *tcase = tcase_create("all");
	tcase_add_test(tcase, is_sound);
	suite_add_tcase(suite, tcase);
	return suite;
}
