/* SPDX-License-Identifier: MIT */
#include "read/scan.h"

#include "base/arena.h"
#include "base/diag.h"
#include "read/input.h"
#include "read/scan_test.h"

#define XCCDF "http://checklists.nist.gov/xccdf/1."
#define OSCAL "http://csrc.nist.gov/ns/oscal/1."

/* ---- what both formats need ----------------------------------------------------------------- */

struct text scan_keep(struct scan_test *test, struct text text)
{
	text = text_trim(text);
	if (text.size > SCAN_NAME_LARGEST) {
		text.size = SCAN_NAME_LARGEST;
		while (text.size && ((unsigned char)text.at[text.size] & 0xC0) == 0x80)
			text.size--;
	}
	return text_copy(test->arena, text);
}

struct text scan_attribute(const struct xml_event *event, const char *name)
{
	for (size_t i = 0; i < event->attribute_count; i++)
		if (!event->attributes[i].uri.size && text_is(event->attributes[i].name, name))
			return event->attributes[i].value;
	return NO_TEXT;
}

size_t scan_new_host(struct scan_test *test, struct text name)
{
	struct scan_host *host = LIST_ADD(&test->hosts);
	host->name = scan_keep(test, name);
	return test->hosts.count - 1;
}

/* What every machine calls itself tells of none. */
static bool is_everywhere(struct text name)
{
	static const char *const starts[] = { "127.", "::1", "0:0:0:0:0:0:0:1", "00:00:00:00:00:00", "0.0.0.0" };
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (text_starts(name, starts[i]))
			return true;
	return name.size == 0 || text_is(name, "localhost");
}

enum { NAMES_MOST = 64 }; /* of one host; a machine with more addresses is told by these */

void scan_name_host(struct scan_test *test, size_t host, struct text name)
{
	text_list *others = &test->hosts.at[host].others;
	name = text_trim(name);
	for (size_t i = 0; i < others->count; i++)
		if (text_equal(others->at[i], name))
			return;
	if (!is_everywhere(name) && others->count < NAMES_MOST)
		LIST_PUSH(others, scan_keep(test, name));
}

void scan_address_host(struct scan_test *test, size_t host, struct text address)
{
	struct scan_host *named = &test->hosts.at[host];
	address = text_trim(address);
	if (!named->address.size && !is_everywhere(address))
		named->address = scan_keep(test, address);
	scan_name_host(test, host, address);
}

void scan_into(struct scan_test *test, const struct xml_event *event, struct text *slot)
{
	test->slot = slot;
	test->slot_depth = event->depth;
}

bool scan_step(struct scan_test *test)
{
	if (++test->steps <= SCAN_ANSWERS_MOST)
		return true;
	DIAG(test->reader->diag, DIAG_SCAN_TOO_MANY, .span = test->rule_span, .n = SCAN_ANSWERS_MOST);
	return false;
}

bool scan_say(struct scan_test *test, uint32_t host)
{
	struct scan_said said = { .rule = test->rule, .idents = test->idents.at, .ident_count = test->idents.count,
				  .answer = test->answer, .span = test->rule_span, .host = host };
	if (!scan_step(test))
		return false;
	test->sink->say(test->sink->context, &said);
	return true;
}

/* ---- one test after the other ------------------------------------------------------------------ */

static void forget(struct scan_test *test)
{
	for (size_t i = 0; i < test->hosts.count; i++)
		LIST_FREE(&test->hosts.at[i].others);
	test->hosts.count = test->idents.count = 0;
	test->looks.count = test->seen.count = test->related.count = 0;
	map_clear(&test->host_by_id);
	map_clear(&test->look_by_id);
	test->format = test->tool = test->version = test->benchmark = test->profile = NO_TEXT;
	test->began = test->ended = test->rule = test->answer = NO_TEXT;
	test->slot = NULL;
	test->depth = test->local_depth = test->item_host = 0;
	test->findings = 0;
	test->is_in_rule = false;
	arena_clear(test->arena);
}

static void open_test(struct scan_test *test, const struct xml_event *event, struct text format)
{
	forget(test);
	test->depth = event->depth;
	test->span = event->span;
	test->format = format;
	test->uri = text_copy(test->arena, event->uri);
	test->file->tests++;
	test->tool = scan_keep(test, scan_attribute(event, "test-system"));
	test->began = scan_keep(test, scan_attribute(event, "start-time"));
	test->ended = scan_keep(test, scan_attribute(event, "end-time"));
	scan_new_host(test, NO_TEXT);
}

/* Host 0 of OSCAL is for findings that name none: told of only where there are such, or no other. */
static void close_test(struct scan_test *test)
{
	struct text tool = test->version.size ? text_format(test->arena, "%.*s %.*s", TEXT_ARGS(test->tool),
		TEXT_ARGS(test->version))
					      : test->tool;
	for (size_t i = 0; i < test->hosts.count; i++) {
		const struct scan_host *host = &test->hosts.at[i];
		struct scan_target target = {
			.host = (uint32_t)i, .name = host->name, .address = host->address, .others = host->others.at,
			.other_count = host->others.count, .format = test->format, .tool = tool,
				.benchmark = test->benchmark,
			.profile = test->profile, .day = test->ended.size ? test->ended : test->began,
				.span = test->span,
			.is_last = i + 1 == test->hosts.count,
		};
		test->sink->close(test->sink->context, &target);
	}
	forget(test);
}

static void look_for_test(struct scan_test *test, const struct xml_event *event)
{
	if (text_is(event->name, "TestResult") && text_starts(event->uri, XCCDF))
		open_test(test, event, TEXT("XCCDF"));
	else if (event->depth == 2 && text_is(event->name, "result") && text_starts(event->uri, OSCAL) &&
		 text_is(test->file->root, "assessment-results"))
		open_test(test, event, TEXT("OSCAL"));
}

static void take_text(struct scan_test *test, const struct xml_event *event)
{
	if (test->slot && event->depth == test->slot_depth && !test->slot->size)
		*test->slot = scan_keep(test, event->text);
}

static bool on_event(void *context, const struct xml_event *event)
{
	struct scan_test *test = context;
	if (event->kind == XML_START && event->depth == 1) {
		test->file->root = text_copy(test->reader->arena, event->name);
		test->file->root_span = event->span;
	}
	if (event->kind == XML_TEXT) {
		take_text(test, event);
	} else if (!test->depth && event->kind == XML_START) {
		look_for_test(test, event);
	} else if (test->depth && event->depth == test->depth && event->kind == XML_END) {
		close_test(test);
	} else if (test->depth && text_equal(event->uri, test->uri)) {
		return text_is(test->format, "XCCDF") ? scan_xccdf_event(test, event) : scan_oscal_event(test, event);
	}
	return true;
}

struct scan_file scan_read(const struct reader *reader, uint32_t number, const struct scan_sink *sink)
{
	struct scan_file file = { .root = NO_TEXT };
	struct scan_test test = { .reader = reader, .sink = sink, .file = &file, .arena = arena_new() };
	file.is_whole = xml_parse(reader, number, on_event, &test);
	if (test.depth) /* what was told of a test that breaks off must be told whose it was */
		close_test(&test);
	forget(&test);
	LIST_FREE(&test.hosts);
	LIST_FREE(&test.idents);
	LIST_FREE(&test.looks);
	LIST_FREE(&test.seen);
	LIST_FREE(&test.related);
	arena_free(test.arena);
	return file;
}
