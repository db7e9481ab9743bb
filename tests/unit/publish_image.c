/* SPDX-License-Identifier: MIT
 *
 * Memory in a file: one process writes it, others find it at the same address.  Each test opens at most one image, so
 * what is tried in several ways is tried in forked processes.
 */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "publish/image.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

Suite *publish_image_suite(void);

enum { BLOCK = 1 << 16, BLOCKS = 5, USED = BLOCK * (BLOCKS - 1) + 100, DAMAGED = 3 };
#define PROGRAM "0123456789012345678901234567890123456789012345678901234567890123"

/* A list that leads from block to block. */
struct link {
	const struct link *next;
	int number;
};

static struct arena *arena;
static char root[] = "/tmp/xingji-test-XXXXXX";
static char *path, head[65];

static int in_child(int (*work)(void))
{
	int status;
	fflush(NULL);
	pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		_exit(work());
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

static int write_image(void)
{
	size_t size;
	char *at = image_reserve(&size);
	if (!at || size < (size_t)BLOCK * BLOCKS)
		return 1;
	for (int i = 0; i < BLOCKS; i++) {
		struct link *link = (void *)(at + (size_t)i * BLOCK);
		*link = (struct link){ i + 1 < BLOCKS ? (void *)(at + (size_t)(i + 1) * BLOCK) : NULL, i };
	}
	const struct image_contents contents = { .used = USED, .root = at, .program = PROGRAM };
	char hash[65];
	if (image_write(arena, path, &contents, hash))
		return 2;
	const char *note = text_format(arena, "%s.head", path).at;
	return file_write(note, text_from(hash), 0600) ? 3 : 0;
}

static void set_up(void)
{
	struct file_bytes bytes;
	arena = arena_new();
	strcpy(root + strlen(root) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
	path = file_join(arena, root, TEXT("model.bin"));
	ck_assert_int_eq(in_child(write_image), 0);
	ck_assert_int_eq(file_read(text_format(arena, "%s.head", path).at, 100, arena, &bytes), 0);
	snprintf(head, sizeof head, "%.*s", TEXT_ARGS(bytes.text));
}

static void tear_down(void)
{
	ck_assert_int_eq(file_remove_tree(root), 0);
	arena_free(arena);
}

static enum image_state state_of(struct image *image)
{
	return image_open(image, path, PROGRAM, head);
}

/* The last number that the list leads to. */
static int follow(void)
{
	struct image image;
	if (state_of(&image) != IMAGE_SOUND)
		return 50;
	const struct link *link = image.root;
	while (link->next)
		link = link->next;
	return link->number;
}

static int look_at_first(void)
{
	struct image image;
	return state_of(&image) == IMAGE_SOUND ? ((const struct link *)image.root)->number : 50;
}

static int load_all(void)
{
	struct image image;
	if (state_of(&image) != IMAGE_SOUND)
		return 50;
	image_load();
	return follow() ? 0 : 1;
}

static int state(void)
{
	struct image image;
	return (int)state_of(&image);
}

static void damage(long offset)
{
	FILE *file = fopen(path, "r+b");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(fseek(file, offset, SEEK_SET), 0);
	ck_assert_int_eq(fputc('x', file), 'x');
	ck_assert_int_eq(fclose(file), 0);
}

START_TEST(pointers_hold_in_another_process)
{
	struct stat info;
	ck_assert_int_eq(in_child(follow), BLOCKS - 1);
	ck_assert_int_eq(stat(path, &info), 0);
	ck_assert_uint_eq(info.st_mode & 0777, 0600);
	ck_assert(!file_exists(text_format(arena, "%s.next", path).at));
}
END_TEST

/* What nobody touches costs nothing and is not believed either: it is held against its hash by whoever does. */
START_TEST(a_damaged_block_ends_who_touches_it)
{
	damage(BLOCK + 3 * BLOCK + 40); /* behind the head, in the fourth block */
	ck_assert_int_eq(in_child(look_at_first), 0);
	ck_assert_int_eq(in_child(follow), DAMAGED);
	ck_assert_int_eq(in_child(load_all), DAMAGED);
}
END_TEST

START_TEST(a_damaged_head_or_table_is_refused)
{
	struct stat info;
	ck_assert_int_eq(in_child(state), IMAGE_SOUND);
	ck_assert_int_eq(stat(path, &info), 0);
	ck_assert_int_eq(truncate(path, info.st_size - 1), 0);
	ck_assert_int_eq(in_child(state), IMAGE_DAMAGED);
	ck_assert_int_eq(in_child(write_image), 0);
	damage(info.st_size - 5);
	ck_assert_int_eq(in_child(state), IMAGE_DAMAGED);
	ck_assert_int_eq(in_child(write_image), 0);
	damage(3000); /* the head is a page of zeros behind what it says */
	ck_assert_int_eq(in_child(state), IMAGE_DAMAGED);
	head[0] = head[0] == '0' ? '1' : '0';
	ck_assert_int_eq(in_child(write_image), 0);
	ck_assert_int_eq(in_child(state), IMAGE_DAMAGED);
}
END_TEST

static int open_as_another(void)
{
	struct image image;
	return (int)image_open(&image, path, "9123456789012345678901234567890123456789012345678901234567890123", head);
}

START_TEST(another_program_or_writer_is_refused)
{
	ck_assert_int_eq(in_child(open_as_another), IMAGE_OTHER_PROGRAM);
	ck_assert_int_eq(chmod(path, 0602), 0);
	ck_assert_int_eq(in_child(state), IMAGE_EXPOSED);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(in_child(state), IMAGE_UNREADABLE);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_int_eq(in_child(state), IMAGE_DAMAGED);
}
END_TEST

static int open_where_taken(void)
{
	size_t size;
	return image_reserve(&size) ? state() : 50;
}

/* Somebody else's fault is still somebody else's. */
static int fault_elsewhere(void)
{
	struct image image;
	if (state_of(&image) != IMAGE_SOUND)
		return 50;
	volatile char *at = mmap(NULL, BLOCK, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return *at;
}

START_TEST(what_is_not_the_images_stays_as_it_was)
{
	ck_assert_int_eq(in_child(open_where_taken), IMAGE_TAKEN);
	int code = in_child(fault_elsewhere);
	ck_assert_msg(code == 100 + SIGSEGV || code == 1, "ended with %d", code); /* 1: a sanitizer's own end */
}
END_TEST

Suite *publish_image_suite(void)
{
	Suite *suite = suite_create("publish/image");
	TCase *tcase = tcase_create("image");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_test(tcase, pointers_hold_in_another_process);
	tcase_add_test(tcase, a_damaged_block_ends_who_touches_it);
	tcase_add_test(tcase, a_damaged_head_or_table_is_refused);
	tcase_add_test(tcase, another_program_or_writer_is_refused);
	tcase_add_test(tcase, what_is_not_the_images_stays_as_it_was);
	suite_add_tcase(suite, tcase);
	return suite;
}
