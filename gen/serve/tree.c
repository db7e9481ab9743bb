/* SPDX-License-Identifier: MIT */
#include "serve/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

enum { NAME_MOST = 255, CHUNK = 65536 };

/* -1 for a part that is no name. */
static int open_part(int folder, struct text part)
{
	char name[NAME_MOST + 1];
	if (part.size == 0 || part.size > NAME_MOST || part.at[0] == '.' || memchr(part.at, '\0', part.size))
		return -1;
	memcpy(name, part.at, part.size);
	name[part.size] = '\0';
	/* A pipe without a writer would keep us waiting. */
	return openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

static bool add_bytes(int file, struct buf *body)
{
	char bytes[CHUNK];
	for (;;) {
		ssize_t size = read(file, bytes, sizeof bytes);
		if (size < 0 && errno == EINTR)
			continue;
		if (size <= 0)
			return size == 0;
		buf_add(body, bytes, (size_t)size);
		if (body->overflowed)
			return true;
	}
}

enum tree_kind tree_read(const char *root, struct text path, struct buf *body)
{
	struct text part;
	struct stat status;
	int at = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	while (at >= 0 && text_next(&path, '/', &part)) {
		int next = open_part(at, part);
		close(at);
		at = next;
	}
	if (at < 0)
		return TREE_NOTHING;
	enum tree_kind kind = TREE_NOTHING;
	bool is_seen = fstat(at, &status) == 0;
	if (is_seen && S_ISDIR(status.st_mode))
		kind = TREE_FOLDER;
	else if (is_seen && S_ISREG(status.st_mode))
		kind = TREE_FILE;
	if (kind == TREE_FILE && body && !add_bytes(at, body))
		kind = TREE_NOTHING;
	close(at);
	return kind;
}
