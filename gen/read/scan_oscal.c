/* SPDX-License-Identifier: MIT
 *
 * OSCAL assessment results (NIST, 1.x): a <result> has <observation>s, which look at subjects, and
 * <finding>s, which say of a control's objective whether it is satisfied and rest on observations.
 * A finding is an answer for every host that its observations looked at.
 */
#include "base/arena.h"
#include "read/scan_test.h"

/* Host by the uuid of its inventory item or component; made on first sight. */
static size_t host_of(struct scan_test *test, struct text id)
{
	struct text key = scan_keep(test, id);
	uint32_t found = map_add(&test->host_by_id, key, (uint32_t)test->hosts.count);
	if (found == test->hosts.count)
		scan_new_host(test, NO_TEXT);
	return found;
}

/* ---- hosts ----------------------------------------------------------------------------------------- */

static void start_item(struct scan_test *test, const struct xml_event *event)
{
	if (text_is(event->name, "inventory-item"))
		test->item_host = host_of(test, scan_attribute(event, "uuid")) + 1;
}

static bool is_one_of(struct text name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(name, names[i]))
			return true;
	return false;
}

/* The property that names the host best comes first. */
static void take_property(struct scan_test *test, size_t host, const struct xml_event *event)
{
	static const char *const names[] = { "fqdn", "hostname", "host-name", "asset-tag", "asset-id", "netbios-name",
		"uri" };
	static const char *const addresses[] = { "ipv4-address", "ipv6-address", "mac-address" };
	struct text name = scan_attribute(event, "name"), value = scan_attribute(event, "value");
	if (is_one_of(name, addresses, sizeof addresses / sizeof *addresses)) {
		scan_address_host(test, host, value);
	} else if (is_one_of(name, names, sizeof names / sizeof *names)) {
		if (!test->hosts.at[host].name.size)
			test->hosts.at[host].name = scan_keep(test, value);
		scan_name_host(test, host, value);
	}
}

static void start_local(struct scan_test *test, const struct xml_event *event)
{
	size_t depth = event->depth - test->local_depth;
	if (depth == 1)
		start_item(test, event);
	else if (depth == 2 && test->item_host && text_is(event->name, "prop"))
		take_property(test, test->item_host - 1, event);
	else if (depth == 3 && text_is(event->name, "title") && !test->tool.size) /* of the assessment platform */
		scan_into(test, event, &test->tool);
}

/* ---- observations ------------------------------------------------------------------------------------- */

static void start_look(struct scan_test *test, const struct xml_event *event)
{
	struct scan_look look = { .first = test->seen.count };
	map_add(&test->look_by_id, scan_keep(test, scan_attribute(event, "uuid")), (uint32_t)test->looks.count);
	LIST_PUSH(&test->looks, look);
}

static void start_subject(struct scan_test *test, const struct xml_event *event)
{
	struct text id = scan_attribute(event, "subject-uuid"), type = scan_attribute(event, "type");
	bool is_host = text_is(type, "inventory-item") || text_is(type, "component") || text_is(type, "resource");
	if (!is_host || !test->looks.count)
		return;
	test->item_host = host_of(test, id) + 1;
	LIST_PUSH(&test->seen, (uint32_t)(test->item_host - 1));
	test->looks.at[test->looks.count - 1].count++;
}

/* ---- findings ------------------------------------------------------------------------------------------- */

static void start_finding(struct scan_test *test, const struct xml_event *event)
{
	test->is_in_rule = true;
	test->rule = test->answer = NO_TEXT;
	test->related.count = 0;
	test->findings++;
	test->rule_span = event->span;
}

static void take_status(struct scan_test *test, const struct xml_event *event)
{
	struct text state = scan_attribute(event, "state");
	if (text_is(event->name, "implementation-status")) {
		if (text_is(state, "not-applicable"))
			test->answer = TEXT("notapplicable");
		return;
	}
	if (!text_is(event->name, "status") || test->answer.size)
		return;
	if (text_is(state, "satisfied"))
		test->answer = TEXT("pass");
	else
		test->answer = text_is(state, "not-satisfied") ? TEXT("fail") : scan_keep(test, state);
}

static void take_target(struct scan_test *test, const struct xml_event *event)
{
	if (text_is(event->name, "target")) {
		test->rule = scan_keep(test, scan_attribute(event, "target-id"));
	} else if (text_is(event->name, "related-observation")) {
		const uint32_t *look = map_find(&test->look_by_id, text_trim(scan_attribute(event,
			"observation-uuid")));
		if (look)
			LIST_PUSH(&test->related, *look);
	}
}

/* Every host once, however many observations saw it. */
static bool say_of_look(struct scan_test *test, const struct scan_look *look, bool *is_said)
{
	for (size_t i = 0; i < look->count; i++) {
		uint32_t host = test->seen.at[look->first + i];
		bool is_told = test->hosts.at[host].told_of == test->findings;
		test->hosts.at[host].told_of = test->findings;
		*is_said = true;
		if (is_told ? !scan_step(test) : !scan_say(test, host))
			return false;
	}
	return true;
}

static bool end_finding(struct scan_test *test)
{
	bool is_said = false;
	test->is_in_rule = false;
	for (size_t i = 0; i < test->related.count; i++)
		if (!scan_step(test) || !say_of_look(test, &test->looks.at[test->related.at[i]], &is_said))
			return false;
	return is_said || scan_say(test, 0);
}

/* ---- elements by depth ------------------------------------------------------------------------------------ */

static void start_first(struct scan_test *test, const struct xml_event *event)
{
	test->item_host = 0;
	if (text_is(event->name, "start"))
		scan_into(test, event, &test->began);
	else if (text_is(event->name, "end"))
		scan_into(test, event, &test->ended);
	else if (text_is(event->name, "title"))
		scan_into(test, event, &test->benchmark);
	else if (text_is(event->name, "local-definitions"))
		test->local_depth = event->depth;
	else if (text_is(event->name, "observation"))
		start_look(test, event);
	else if (text_is(event->name, "finding"))
		start_finding(test, event);
}

static void start_element(struct scan_test *test, const struct xml_event *event)
{
	size_t depth = event->depth - test->depth;
	if (depth == 1)
		start_first(test, event);
	else if (test->local_depth)
		start_local(test, event);
	else if (test->is_in_rule && depth == 2)
		take_target(test, event);
	else if (test->is_in_rule && depth == 3)
		take_status(test, event);
	else if (depth == 2 && text_is(event->name, "subject"))
		start_subject(test, event);
	else if (depth == 3 && test->item_host && text_is(event->name, "title") &&
		!test->hosts.at[test->item_host - 1].name.size)
		scan_into(test, event, &test->name);
	else if (depth == 3 && test->item_host && text_is(event->name, "prop"))
		take_property(test, test->item_host - 1, event);
}

bool scan_oscal_event(struct scan_test *test, const struct xml_event *event)
{
	if (event->kind == XML_START) {
		start_element(test, event);
		return true;
	}
	if (test->slot == &test->name && test->item_host && event->depth == test->slot_depth) {
		test->hosts.at[test->item_host - 1].name = test->name;
		test->name = NO_TEXT;
	}
	test->slot = event->depth == test->slot_depth ? NULL : test->slot;
	if (event->depth == test->local_depth)
		test->local_depth = 0;
	if (test->item_host && event->depth == test->depth + 2)
		test->item_host = 0;
	return event->depth == test->depth + 1 && test->is_in_rule ? end_finding(test) : true;
}
