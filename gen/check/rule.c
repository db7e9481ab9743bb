/* SPDX-License-Identifier: MIT */
#include "check/rule.h"

#include "base/arena.h"
#include "check/node.h"
#include "read/clean.h"

static const struct field method_field = {
	.name = "method", .type = FIELD_CHOICE, .set = SET_METHOD, .heading = "method", .synonyms = "", .unit = "",
};
static const int8_t default_rounds[] = { ROUND_ONSITE, ROUND_RECHECK, ROUND_ONLINE };

static void use_default_rounds(struct rule *rule)
{
	memcpy(rule->rounds, default_rounds, sizeof default_rounds);
	rule->round_count = sizeof default_rounds;
}

static bool counts(const struct rule *rule, int round)
{
	for (size_t i = 0; i < rule->round_count; i++)
		if (rule->rounds[i] == round)
			return true;
	return false;
}

static void add_round(struct check *check, struct rule *rule, struct text word, struct span span)
{
	int round = choice_find(SET_ROUND, word);
	if (round == CHOICE_MISSING)
		PROBLEM(check, DIAG_FIELD_NOT_CHOICE, .span = span, .a = TEXT("rounds"), .b = TEXT("onsite、recheck、online"), .c = word);
	else if (round == ROUND_SELF)
		PROBLEM(check, DIAG_RULE_ROUND_SELF, .span = span);
	else if (counts(rule, round))
		PROBLEM(check, DIAG_RULE_ROUND_TWICE, .span = span, .a = word);
	else
		rule->rounds[rule->round_count++] = (int8_t)round;
}

/* The word's own place, where the attribute stands in the file as it was understood. */
static struct span word_span(const struct value *value, struct text cleaned, struct text word)
{
	struct span span = value->span;
	if (span.end - span.start != cleaned.size)
		return span;
	span.start += (uint32_t)(word.at - cleaned.at);
	span.end = span.start + (uint32_t)word.size;
	return span;
}

static void read_rounds(struct check *check, const struct xml_node *node, struct rule *rule)
{
	struct value value = node_value(node, "rounds");
	struct text cleaned = clean_code(check->reader.arena, value.text), rest = cleaned, word;
	for (size_t i = 0; text_next(&rest, ' ', &word); i++)
		if (word.size)
			add_round(check, rule, word, word_span(&value, cleaned, word));
	if (rule->round_count == 0)
		use_default_rounds(rule);
}

/* A share between 0 and 1; "80%" is understood too. */
static bool parse_share(struct check *check, struct value value, const char *name, struct decimal *share)
{
	struct text text = clean_code(check->reader.arena, value.text);
	bool is_good = decimal_parse_percent(text, share);
	if (is_good && share->units >= 0 && decimal_compare(*share, decimal_from(1)) <= 0)
		return true;
	if (is_good)
		PROBLEM(check, DIAG_RULE_SHARE, .span = value.span, .a = text_from(name), .b = value.text);
	else
		PROBLEM(check, DIAG_FIELD_NOT_DECIMAL, .span = value.span, .a = text_from(name));
	return false;
}

static void read_level(struct check *check, const struct xml_node *node, struct rule *rule, int track)
{
	node_record(check, node, NULL, "n share");
	node_check_children(check, node, "");
	const struct catalogue *catalogue = check->model->catalogues[track];
	struct value n = node_value(node, "n"), share = node_value(node, "share");
	int64_t level;
	int most = catalogue ? catalogue->level_count : LEVELS_MOST;
	if (!text_to_integer(clean_code(check->reader.arena, n.text), &level) || level < 1 || level > most) {
		PROBLEM(check, DIAG_RULE_LEVEL, .span = n.span, .a = n.text, .n = most);
		return;
	}
	if (rule->has_share[level])
		PROBLEM(check, DIAG_RULE_LEVEL_TWICE, .span = n.span, .n = level);
	else if (share.is_given)
		rule->has_share[level] = parse_share(check, share, "share", &rule->share[level]);
}

/* A level above that asks for less is reached by whoever reaches the one below. */
static void check_falling(struct check *check, const struct xml_node *node, const struct rule *rule)
{
	int below = 0;
	for (int n = 1; n <= LEVELS_MOST; n++) {
		if (!rule->has_share[n])
			continue;
		if (below && decimal_compare(rule->share[n], rule->share[below]) < 0)
			PROBLEM(check, DIAG_RULE_SHARE_FALLS, .span = node->span, .n = n,
				.a = text_format(check->reader.arena, "%d", below));
		below = n;
	}
}

static void read_shares(struct check *check, const struct xml_node *node, struct rule *rule, int track)
{
	struct value partial = node_value(node, "partial");
	struct decimal credit;
	if (partial.is_given && parse_share(check, partial, "partial", &credit))
		rule->partial = credit;
	bool has_any = false;
	for (const struct xml_node *level = xmltree_child(node, "level"); level; level = xmltree_next(level))
		read_level(check, level, rule, track);
	for (size_t n = 0; n <= LEVELS_MOST; n++)
		has_any |= rule->has_share[n];
	if (rule->method == METHOD_THRESHOLD && !has_any)
		PROBLEM(check, DIAG_RULE_NO_SHARES, .span = node->span);
	check_falling(check, node, rule);
}

void rule_read(struct check *check, const struct xml_node *track_node, int track)
{
	struct rule *rule = &check->model->campaign.tracks[track].rule;
	*rule = (struct rule){ .method = METHOD_MIN_OF_PA, .place = track_node->span, .partial = { decimal_from(1).units / 2 } };
	const struct xml_node *node = xmltree_child(track_node, "rule");
	size_t told = check->complained;
	if (!node) {
		use_default_rounds(rule);
		return;
	}
	rule->place = node->span;
	node_record(check, node, NULL, "method rounds partial");
	node_check_children(check, node, "level");
	struct value method = node_value(node, "method");
	int found = method.is_given ? field_choice(check, &method_field, method) : METHOD_MIN_OF_PA;
	rule->method = (int8_t)(found < 0 ? METHOD_MIN_OF_PA : found);
	read_rounds(check, node, rule);
	read_shares(check, node, rule, track);
	const struct xml_node *second = xmltree_next(node);
	if (second)
		PROBLEM(check, DIAG_ID_TWICE, .span = second->span, .other = node->span, .a = node->name);
	rule->has_fault = check->complained != told;
}
