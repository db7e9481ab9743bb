/* SPDX-License-Identifier: MIT */
#include "read/package.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/deflate.h"
#include "read/encoding.h"
#include "read/input.h"

static bool fail(struct package *package, enum diag_kind kind, struct text part)
{
	struct span span = { .source = package->source };
	if (!package->is_told)
		DIAG(package->reader->diag, kind, .span = span, .a = part, .n = PACKAGE_MB_MOST);
	package->is_told = true;
	return false;
}

bool package_damaged(struct package *package, struct text part)
{
	return fail(package, DIAG_WORKBOOK_DAMAGED, part);
}

bool package_open(struct package *package, const struct reader *reader, uint32_t source, struct text bytes)
{
	*package = (struct package){ .reader = reader, .source = source, .arena = arena_new(),
				      .left = (size_t)PACKAGE_MB_MOST << 20 };
	package->members = ARENA_ARRAY(package->arena, struct inflate_member, PACKAGE_MEMBERS_MOST);
	struct inflate_member member;
	bool is_damaged;
	for (size_t offset = 0; inflate_next_member(bytes, &offset, &member, &is_damaged);) {
		if (package->count == PACKAGE_MEMBERS_MOST)
			return package_damaged(package, TEXT("ZIP"));
		package->members[package->count++] = member;
	}
	return !is_damaged || package_damaged(package, TEXT("ZIP"));
}

void package_close(struct package *package)
{
	arena_free(package->arena);
}

static const struct inflate_member *find(const struct package *package, struct text name)
{
	for (size_t i = 0; i < package->count; i++)
		if (text_equal(package->members[i].name, name))
			return &package->members[i];
	return NULL;
}

bool package_has(const struct package *package, struct text name)
{
	return find(package, name) != NULL;
}

static bool inflate_part(struct package *package, const struct inflate_member *member, struct buf *buf)
{
	bool is_large = member->bytes.size > package->left / PACKAGE_RATIO_MOST;
	size_t most = is_large ? package->left : member->bytes.size * PACKAGE_RATIO_MOST;
	size_t free = (size_t)PACKAGE_MB_FREE << 20;
	if (most < free)
		most = free < package->left ? free : package->left;
	buf_init(buf, most);
	bool is_good = inflate_member_add(member, buf);
	package->left -= buf->size < package->left ? buf->size : package->left;
	if (buf->overflowed)
		return fail(package, DIAG_WORKBOOK_TOO_LARGE, member->name);
	is_good = is_good && deflate_crc(buf_view(buf)) == member->crc;
	return is_good || package_damaged(package, member->name);
}

/* The handler's wish to stop is no fault of the part. */
struct run {
	xml_handler *handler;
	void *context;
	bool has_stopped;
};

static bool pass_on(void *context, const struct xml_event *event)
{
	struct run *run = context;
	run->has_stopped = !run->handler(run->context, event);
	return !run->has_stopped;
}

bool package_parse(struct package *package, struct text name, xml_handler *handler, void *context)
{
	const struct inflate_member *member = find(package, name);
	struct buf buf;
	if (!member)
		return package_damaged(package, name);
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	const struct reader aside = { .arena = arena, .sources = sources, .diag = diag_new(arena, sources) };
	struct run run = { handler, context, false };
	bool is_good = inflate_part(package, member, &buf);
	struct encoding_result result = { 0 };
	if (is_good)
		result = encoding_decode(arena, buf_view(&buf), "UTF-8");
	is_good = is_good && result.outcome == ENCODING_GOOD;
	uint32_t number = sources_add(sources, name, result.text, "UTF-8");
	is_good = is_good && (xml_parse(&aside, number, pass_on, &run) || run.has_stopped);
	buf_clear(&buf);
	arena_free(arena);
	return is_good || package_damaged(package, name);
}
