/* SPDX-License-Identifier: MIT
 *
 * What is hunted follows from schema.def: into every text field of every entity a canary is
 * planted, the record being about somebody whom the list does not show; put into a public page
 * it is found, by the name that the field has, unless its row says that it tells nothing.
 */
#include "facts_sample.h"

#include <stdlib.h>
#include <unistd.h>

#include "assess/chronicle.h"
#include "base/file.h"
#include "build/build.h"
#include "model/observed.h"
#include "model/records.h"

Suite *build_leak_suite(void);

static struct sample s;
static char root[] = "/tmp/xingji-canary-XXXXXX";

/* What a scanner calls a host, and what a row of the map calls a rule. */
static void add_scan(void)
{
	s.model.scan_count = s.model.scan_map_count = 1;
	s.model.scans = ARENA_NEW(s.arena, struct scan);
	s.model.scans[0] = (struct scan){ .enterprise = 2, .host = TEXT("示例主机") };
	s.model.scan_map = ARENA_NEW(s.arena, struct scan_map);
}

static void add_delivery(void)
{
	s.model.delivery_count = 1;
	s.model.deliveries = ARENA_NEW(s.arena, struct delivery);
	s.model.deliveries[0] = (struct delivery){ .enterprise = 2 };
}

static void set_up(void)
{
	sample_init(&s);
	strcpy(root + strlen(root) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
	s.model.ledger = ARENA_ARRAY(s.arena, struct ledger, 1);
	s.model.ledger_count = 1;
	s.model.ledger[0] = (struct ledger){ .enterprise = 2, .track = TRACK_ICS, .participation = 2, .level = -1,
					     .kind = LEDGER_OBJECTION, .date = sample_date("2021-12-01") };
	add_scan();
	add_delivery();
}

static void tear_down(void)
{
	file_remove_tree(root);
	sample_clear(&s);
}

/* 丙三公司, which failed, or nobody: whose public fields are not published either. */
static bool is_unlisted(enum entity_kind kind, const void *record)
{
	int32_t enterprise = records_enterprise(&s.model, kind, record);
	return enterprise < 0 ? kind != ENTITY_NOMINATION : enterprise == 2;
}

/* A record of the entity to plant in; NULL where there is none.  The sample's model is ours to write to. */
static char *victim_of(enum entity_kind kind)
{
	struct records records = records_of(&s.model, kind, TRACK_ICS);
	for (size_t i = 0; i < records.count; i++) {
		uintptr_t record = (uintptr_t)records.at + i * records.size;
		if (is_unlisted(kind, (const void *)record))
			return (char *)record;
	}
	return NULL;
}

/* Of a template of the site. */
static struct text shown_page;

static bool is_found(struct text canary, const char *what)
{
	struct diag *aside = diag_new(s.arena, s.sources);
	const struct chronicle *chronicle = chronicle_new(s.arena, s.assessment, sample_date("2021-12-31"), aside);
	struct build build = { .run = { .arena = s.arena, .sources = s.sources, .diag = s.diag, .model = &s.model, .assessment = s.assessment } };
	build.run.shown = chronicle_assessment(s.arena, s.assessment, chronicle);
	struct leak *leak = leak_new(s.arena);
	struct leak_summary summary;
	struct output *output = output_open(s.arena, &(struct output_options){ .folder = file_join(s.arena, root, TEXT("out/2021")) }, s.diag);
	ck_assert_ptr_nonnull(output);
	make_leak_collect(&build, leak);
	leak_know_page(leak, shown_page);
	ck_assert(output_write(output, TEXT("public/index.html"), text_format(s.arena, "<p>%.*s</p>", TEXT_ARGS(canary))));
	bool is_clean = leak_scan(leak, output, s.diag, &summary);
	output_close(output);
	leak_free(leak);
	struct buf said;
	buf_init(&said, BUF_LIMIT_PAGE);
	diag_write(s.diag, DIAG_FORMAT_TEXT, LANGUAGE_CHINESE, &said);
	ck_assert_msg(is_clean || strstr(said.at, what), "%s: %s", what, said.at);
	buf_clear(&said);
	return !is_clean;
}

static bool must_be_found(enum entity_kind kind, const struct field *field)
{
	static const bool is_always_published[ENTITIES] = {
		[ENTITY_CAMPAIGN] = true, [ENTITY_PUBLICATION] = true, [ENTITY_STAGE] = true, [ENTITY_REGION] = true, [ENTITY_CITY] = true,
		[ENTITY_TRACK] = true,
	};
	return field->telling != TELLS_NOTHING && !(field->visibility == VISIBLE_PUBLIC && is_always_published[kind]);
}

static void plant(enum entity_kind kind, const struct field *field, int number)
{
	char *victim = victim_of(kind);
	ck_assert_msg(victim != NULL, "no record of %s to plant in", schema_entity(kind)->name);
	struct text canary = text_format(s.arena, "笼中第%d号金丝雀在矿井深处歌唱", number), before;
	memcpy(&before, victim + field->offset, sizeof before);
	memcpy(victim + field->offset, &canary, sizeof canary);
	bool was_found = is_found(canary, field->heading);
	ck_assert_msg(was_found == must_be_found(kind, field), "%s.%s: %s", schema_entity(kind)->name, field->name,
		      was_found ? "hunted" : "not hunted");
	memcpy(victim + field->offset, &before, sizeof before);
}

START_TEST(finds_a_canary_of_every_field)
{
	const struct entity *entity = schema_entity((enum entity_kind)_i);
	if (_i == ENTITY_KNOWN_TRACK || _i == ENTITY_PREFECTURE || _i == ENTITY_ITEM_ROW || _i == ENTITY_HOLIDAY ||
	    _i == ENTITY_HEAD || _i == ENTITY_ANSWER) /* no record of a firm: lists that ship with the program, what becomes
							a catalogue or a rectification first */
		return;
	for (size_t i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		if ((field->type == FIELD_TEXT || field->type == FIELD_CREDIT) && field->offset != SCHEMA_NO_OFFSET)
			plant((enum entity_kind)_i, field, (int)i);
	}
}
END_TEST

/* What counts nowhere any more is as secret as what took its place. */
START_TEST(hunts_superseded_observations)
{
	struct observation earlier = s.model.observations[0];
	struct text note = TEXT("头一回来看时还缺着门锁");
	s.model.remarks[s.model.remark_count++] = (struct remark){ note, NO_TEXT, MISSING };
	earlier.remark = (uint32_t)s.model.remark_count;
	s.model.superseded = &earlier;
	s.model.superseded_count = s.model.participations[0].superseded_count = 1;
	ck_assert(is_found(note, "现状说明"));
}
END_TEST

/* Which are no members of a record, so that the canaries of all fields are not theirs. */
START_TEST(hunts_words_beside_results)
{
	struct remark *remark = &s.model.remarks[s.model.observations[0].remark - 1];
	remark->note = TEXT("门卫室的录像只留了九天半");
	ck_assert(is_found(remark->note, "现状说明"));
	remark->evidence = TEXT("抽屉里那本没有封皮的台账");
	ck_assert(is_found(remark->evidence, "证据"));
}
END_TEST

/* What a page says by itself is somebody's own remark as long as it is about one enterprise alone. */
START_TEST(knows_remarks_about_several)
{
	const struct participation *first = &s.model.participations[0], *other = first;
	struct observation *seen = (struct observation *)(uintptr_t)observed_of(&s.model, first, false).at;
	struct remark *remark = &s.model.remarks[s.model.remark_count];
	*remark = (struct remark){ TEXT("门卫室的录像只留了九天半，抽屉里那本没有封皮的台账从来无人翻过"), NO_TEXT, MISSING };
	seen->remark = (uint32_t)++s.model.remark_count;
	while (other->enterprise == first->enterprise || !observed_of(&s.model, other, false).count)
		ck_assert(++other < first + s.model.participation_count);
	shown_page = remark->note;
	ck_assert(is_found(remark->note, "现状说明"));
	struct observation *second = (struct observation *)(uintptr_t)observed_of(&s.model, other, false).at;
	second->remark = seen->remark;
	ck_assert(!is_found(remark->note, "现状说明"));
	shown_page = NO_TEXT;
}
END_TEST

/* Every name in the files of scanners, in no table's column. */
START_TEST(hunts_words_of_scans)
{
	struct scan_word words[] = { { TEXT("xccdf_示例_rule_hunted"), true }, { TEXT("198.51.100.217"), false } };
	s.model.scan_words = words;
	s.model.scan_word_count = 2;
	ck_assert(is_found(words[0].text, "扫描规则"));
	ck_assert(is_found(words[1].text, "扫描主机"));
	s.model.scan_words = NULL;
	s.model.scan_word_count = 0;
	ck_assert(!is_found(words[0].text, "扫描规则"));
}
END_TEST

/* Adding a row with nothing but these words is enough: what identifies follows from type and visibility. */
START_TEST(takes_a_text_for_telling)
{
	for (int kind = 0; kind < ENTITIES; kind++) {
		const struct entity *entity = schema_entity((enum entity_kind)kind);
		for (size_t i = 0; i < entity->field_count; i++) {
			const struct field *field = &entity->fields[i];
			bool is_text = field->type == FIELD_TEXT || field->type == FIELD_CREDIT;
			ck_assert_msg(is_text || field->telling == TELLS_NOTHING, "%s.%s", entity->name, field->name);
		}
	}
	static const int telling[] = { FIELD_enterprise_code, FIELD_enterprise_name, FIELD_enterprise_contact, FIELD_enterprise_phone, FIELD_enterprise_mail };
	for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
		ck_assert_int_eq(schema_entity(ENTITY_ENTERPRISE)->fields[telling[i]].telling, TELLS_WHOM);
	ck_assert_int_eq(schema_entity(ENTITY_LEDGER)->fields[FIELD_ledger_note].telling, TELLS_REMARK);
	ck_assert_int_eq(schema_entity(ENTITY_CAMPAIGN)->fields[FIELD_campaign_mark].telling, TELLS_NOTHING);
}
END_TEST

/* A listed enterprise's name is public, and its code where the campaign shows codes, wherever it is written. */
START_TEST(spares_what_the_site_shows)
{
	struct text code = s.model.enterprises[0].code;
	s.model.nominations[0].code = code;
	ck_assert(!is_found(s.model.enterprises[0].name, ""));
	ck_assert(is_found(code, "统一社会信用代码"));
	s.model.campaign.publication.credit_code = SHOWN_SHOWN;
	ck_assert(!is_found(code, ""));
	ck_assert(is_found(s.model.enterprises[2].code, "统一社会信用代码"));
}
END_TEST

/* A case of a listed enterprise is public once it was chosen, and not before. */
START_TEST(hunts_what_was_not_chosen)
{
	s.model.nominations[0].summary = TEXT("本案例在车间内布设了两级隔离");
	ck_assert(!is_found(s.model.nominations[0].summary, ""));
	s.model.nominations[0].verdict = -1;
	ck_assert(is_found(s.model.nominations[0].summary, "推荐简介"));
}
END_TEST

Suite *build_leak_suite(void)
{
	Suite *suite = suite_create("build/leak");
	TCase *tcase = tcase_create("leak");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_add_loop_test(tcase, finds_a_canary_of_every_field, 0, ENTITIES);
	tcase_add_test(tcase, hunts_superseded_observations);
	tcase_add_test(tcase, hunts_words_beside_results);
	tcase_add_test(tcase, knows_remarks_about_several);
	tcase_add_test(tcase, hunts_words_of_scans);
	tcase_add_test(tcase, takes_a_text_for_telling);
	tcase_add_test(tcase, spares_what_the_site_shows);
	tcase_add_test(tcase, hunts_what_was_not_chosen);
	suite_add_tcase(suite, tcase);
	return suite;
}
