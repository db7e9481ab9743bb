/* SPDX-License-Identifier: MIT
 *
 * The test that is being read, between read/scan.c (whose file it is), read/scan_xccdf.c and
 * read/scan_oscal.c (whose elements they are).
 */
#ifndef XINGJI_READ_SCAN_TEST_H
#define XINGJI_READ_SCAN_TEST_H

#include "base/list.h"
#include "base/map.h"
#include "read/scan.h"
#include "read/xml.h"

struct arena;

typedef LIST(struct text) text_list;

struct scan_host {
	struct text name, address;
	text_list others;
	uint32_t told_of;       /* number of the last finding that spoke of it */
};

/* An observation of OSCAL, and which hosts it looked at: a range of scan_test.seen. */
struct scan_look {
	size_t first, count;
};

struct scan_test {
	const struct reader *reader;
	const struct scan_sink *sink;
	struct scan_file *file;
	struct arena *arena;    /* emptied with each test */
	size_t depth;           /* of the element of the test; 0: none is being read */
	struct text uri;        /* its namespace */
	struct span span;
	struct text format, tool, version, benchmark, profile, began, ended;
	LIST(struct scan_host) hosts;
	struct text *slot;      /* where the text of the element at slot_depth goes; NULL: nowhere */
	size_t slot_depth;
	struct text name;       /* of a host or a user, on its way there */
	uint64_t steps;         /* answers of the file, and hosts passed over on the way to them */
	/* the rule or finding being read */
	struct text rule, answer;
	text_list idents;
	struct span rule_span;
	bool is_in_rule;
	/* OSCAL alone */
	struct map host_by_id, look_by_id;
	LIST(struct scan_look) looks;
	LIST(uint32_t) seen;
	LIST(uint32_t) related; /* looks of the finding */
	size_t local_depth, item_host; /* of local-definitions (0: not inside); which host its item is, + 1 */
	uint32_t findings;
};

/* A copy for as long as the test is read, trimmed and cut to SCAN_NAME_LARGEST at a character. */
struct text scan_keep(struct scan_test *test, struct text text);
/* The value of an attribute, or missing. */
struct text scan_attribute(const struct xml_event *event, const char *name);
/* Another name of the host: kept where it tells anything. */
void scan_name_host(struct scan_test *test, size_t host, struct text name);
void scan_address_host(struct scan_test *test, size_t host, struct text address);
/* The next text directly inside this element goes to slot. */
void scan_into(struct scan_test *test, const struct xml_event *event, struct text *slot);
/* One step towards SCAN_ANSWERS_MOST; false, after reporting it, where that was the last. */
bool scan_step(struct scan_test *test);
/* The answer at hand, for a host: a step. */
bool scan_say(struct scan_test *test, uint32_t host);
size_t scan_new_host(struct scan_test *test, struct text name);

/* START and END inside of a test; false to stop reading. */
bool scan_xccdf_event(struct scan_test *test, const struct xml_event *event);
bool scan_oscal_event(struct scan_test *test, const struct xml_event *event);

#endif
