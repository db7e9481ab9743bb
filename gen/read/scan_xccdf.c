/* SPDX-License-Identifier: MIT
 *
 * XCCDF (NIST IR 7275): <TestResult> with <target>, <target-address>, <target-facts>, <benchmark>,
 * <profile> and one <rule-result> a rule.  1.1 and 1.2 differ in nothing that is read here.
 */
#include "base/arena.h"
#include "read/scan_test.h"

static void start_rule(struct scan_test *test, const struct xml_event *event)
{
	test->is_in_rule = true;
	test->rule = scan_keep(test, scan_attribute(event, "idref"));
	test->answer = NO_TEXT;
	test->idents.count = 0;
	test->rule_span = event->span;
}

/* A user who was logged in, or a fact: the scanner's own name and version, else what the host is called. */
static void start_fact(struct scan_test *test, const struct xml_event *event)
{
	struct text name = scan_attribute(event, "name");
	if (text_ends(name, ":scanner:name")) {
		test->tool = NO_TEXT;
		scan_into(test, event, &test->tool);
	} else if (text_ends(name, ":scanner:version")) {
		scan_into(test, event, &test->version);
	} else {
		test->name = NO_TEXT;
		scan_into(test, event, &test->name);
	}
}

static void start_head(struct scan_test *test, const struct xml_event *event)
{
	struct scan_host *host = &test->hosts.at[0];
	if (text_is(event->name, "rule-result")) {
		start_rule(test, event);
	} else if (text_is(event->name, "target") && !host->name.size) {
		scan_into(test, event, &host->name);
	} else if (text_is(event->name, "target-address") || text_is(event->name, "target") || text_is(event->name,
		"identity")) {
		test->name = NO_TEXT;
		scan_into(test, event, &test->name);
	} else if (text_is(event->name, "benchmark")) {
		struct text id = scan_attribute(event, "id");
		test->benchmark = scan_keep(test, id.size ? id : scan_attribute(event, "href"));
	} else if (text_is(event->name, "profile")) {
		test->profile = scan_keep(test, scan_attribute(event, "idref"));
	}
}

static void start_inside(struct scan_test *test, const struct xml_event *event)
{
	if (!test->is_in_rule) {
		if (text_is(event->name, "fact"))
			start_fact(test, event);
	} else if (text_is(event->name, "result")) {
		scan_into(test, event, &test->answer);
	} else if (text_is(event->name, "ident")) {
		scan_into(test, event, LIST_ADD(&test->idents));
	}
}

static bool end_element(struct scan_test *test, const struct xml_event *event)
{
	bool is_name = test->slot == &test->name && event->depth == test->slot_depth;
	test->slot = event->depth == test->slot_depth ? NULL : test->slot;
	if (is_name && text_is(event->name, "target-address"))
		scan_address_host(test, 0, test->name);
	else if (is_name)
		scan_name_host(test, 0, test->name);
	if (event->depth != test->depth + 1 || !test->is_in_rule)
		return true;
	test->is_in_rule = false;
	return scan_say(test, 0);
}

bool scan_xccdf_event(struct scan_test *test, const struct xml_event *event)
{
	if (event->kind == XML_END)
		return end_element(test, event);
	if (event->depth == test->depth + 1)
		start_head(test, event);
	else if (event->depth == test->depth + 2)
		start_inside(test, event);
	return true;
}
