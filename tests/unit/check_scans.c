/* SPDX-License-Identifier: MIT
 *
 * The results of scanners: their formats in events, the patterns of the map, hosts by what they say of an item.
 * What is said about wrong ones: tests/spec/check.txt and tests/golden/scans.
 */
#include "assess/scanned.h"
#include "check/scan_map.h"
#include "read/scan.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "read/input.h"

Suite *check_scans_suite(void);

#define CORPUS "../shared/corpus/xccdf" /* real results, where they lie beside the project */
#define SAMPLE "data/2021/scans"
#define XCCDF12 "xmlns=\"http://checklists.nist.gov/xccdf/1.2\""

static struct arena *arena;
static struct diag *diag;
static struct reader reader;
static struct buf told; /* every answer and every host, a line each */
static size_t answers, hosts;

static void start(void)
{
	arena = arena_new();
	reader = (struct reader){ .arena = arena, .sources = sources_new(arena) };
	reader.diag = diag = diag_new(arena, reader.sources);
	buf_init(&told, BUF_LIMIT_PAGE);
	answers = hosts = 0;
}

static void finish(void)
{
	buf_clear(&told);
	arena_free(arena);
}

static void tell(void *context, const struct scan_said *said)
{
	(void)context;
	if (++answers > 100)
		return;
	buf_format(&told, "%u %.*s=%.*s", said->host, TEXT_ARGS(said->rule), TEXT_ARGS(said->answer));
	for (size_t i = 0; i < said->ident_count; i++)
		buf_format(&told, " +%.*s", TEXT_ARGS(said->idents[i]));
	buf_byte(&told, '\n');
}

static void end(void *context, const struct scan_target *target)
{
	(void)context;
	if (++hosts > 100)
		return;
	buf_format(&told, "host %u [%.*s] [%.*s]", target->host, TEXT_ARGS(target->name), TEXT_ARGS(target->address));
	for (size_t i = 0; i < target->other_count; i++)
		buf_format(&told, " +%.*s", TEXT_ARGS(target->others[i]));
	buf_format(&told, " %.*s|%.*s|%.*s|", TEXT_ARGS(target->format), TEXT_ARGS(target->tool), TEXT_ARGS(target->benchmark));
	buf_format(&told, "%.*s|%.*s%s\n", TEXT_ARGS(target->profile), TEXT_ARGS(target->day), target->is_last ? "." : "");
}

static struct scan_file read_text(const char *text)
{
	const struct scan_sink sink = { NULL, tell, end };
	return scan_read(&reader, input_add(&reader, "scan.xml", text_from(text)), &sink);
}

/* ---- formats ------------------------------------------------------------------------------------ */

START_TEST(reads_a_test_result)
{
	struct scan_file file = read_text("<TestResult " XCCDF12 " start-time=\"2021-10-01\" end-time=\"2021-10-02\" test-system=\"cpe:/a:x\">"
		"<benchmark href=\"b.xml\" id=\"bench\"/><identity>someone</identity><profile idref=\"p\"/><target> host </target>"
		"<target-address>127.0.0.1</target-address><target-address>192.0.2.1</target-address>"
		"<target-facts><fact name=\"urn:xccdf:fact:scanner:name\">S</fact><fact name=\"urn:xccdf:fact:scanner:version\">2</fact>"
		"<fact name=\"urn:xccdf:fact:asset:identifier:fqdn\">host.example</fact></target-facts>"
		"<rule-result idref=\"r1\"><result>pass</result><ident system=\"s\">C-1</ident><ident system=\"s\">C-2</ident></rule-result>"
		"<rule-result idref=\"r2\"><override><old-result>pass</old-result></override><result>fail</result></rule-result>"
		"<rule-result idref=\"r3\"/></TestResult>");
	ck_assert(file.is_whole && file.tests == 1);
	ck_assert_str_eq(told.at, "0 r1=pass +C-1 +C-2\n0 r2=fail\n0 r3=\n"
				  "host 0 [host] [192.0.2.1] +someone +192.0.2.1 +host.example XCCDF|S 2|bench|p|2021-10-02.\n");
}
END_TEST

/* Wherever it stands, and nothing of another namespace for it; a result whose file breaks off still has its host. */
START_TEST(finds_tests_anywhere)
{
	struct scan_file file = read_text("<a:c xmlns:a=\"urn:x\"><a:r><TestResult xmlns=\"http://checklists.nist.gov/xccdf/1.1\"><target>one</target>"
		"<rule-result idref=\"r\"><a:result>fail</a:result><result>pass</result></rule-result></TestResult></a:r>"
		"<TestResult xmlns=\"urn:y\"><target>none</target></TestResult>"
		"<TestResult " XCCDF12 "><target>two</target><rule-result idref=\"r\"><result>fixed</result></rule-result>");
	ck_assert(!file.is_whole && file.tests == 2);
	ck_assert_str_eq(told.at, "0 r=pass\nhost 0 [one] [] XCCDF||||.\n0 r=fixed\nhost 0 [two] [] XCCDF||||.\n");
}
END_TEST

START_TEST(reads_assessment_results)
{
	struct scan_file file = read_text("<assessment-results xmlns=\"http://csrc.nist.gov/ns/oscal/1.0\"><result uuid=\"1\"><title>T</title><start>2021-10-01</start>"
		"<local-definitions><inventory-item uuid=\"i1\"><prop name=\"fqdn\" value=\"one.example\"/><prop name=\"ipv4-address\" value=\"192.0.2.1\"/></inventory-item>"
		"<assessment-assets><assessment-platform uuid=\"p\"><title>Tool</title></assessment-platform></assessment-assets></local-definitions>"
		"<observation uuid=\"o1\"><subject subject-uuid=\"i1\" type=\"inventory-item\"/><subject subject-uuid=\"i2\" type=\"component\"><title>two</title></subject>"
		"<subject subject-uuid=\"i3\" type=\"party\"/></observation><observation uuid=\"o2\"><subject subject-uuid=\"i1\" type=\"inventory-item\"/></observation>"
		"<finding uuid=\"f1\"><target target-id=\"ac-1\"><status state=\"satisfied\"/></target><related-observation observation-uuid=\"o1\"/><related-observation observation-uuid=\"o2\"/></finding>"
		"<finding uuid=\"f2\"><target target-id=\"ac-2\"><status state=\"not-satisfied\"/></target></finding>"
		"<finding uuid=\"f3\"><target target-id=\"ac-3\"><status state=\"not-satisfied\"/><implementation-status state=\"not-applicable\"/></target></finding>"
		"</result></assessment-results>");
	ck_assert(file.is_whole && file.tests == 1);
	ck_assert_str_eq(told.at, "1 ac-1=pass\n2 ac-1=pass\n0 ac-2=fail\n0 ac-3=notapplicable\n"
				  "host 0 [] [] OSCAL|Tool|T||2021-10-01\nhost 1 [one.example] [192.0.2.1] +one.example +192.0.2.1 OSCAL|Tool|T||2021-10-01\n"
				  "host 2 [two] [] OSCAL|Tool|T||2021-10-01.\n");
}
END_TEST

/* Thousands of hosts under thousands of findings are a small file. */
START_TEST(stops_at_too_many_answers)
{
	struct buf file;
	buf_init(&file, BUF_LIMIT_PAGE);
	buf_string(&file, "<assessment-results xmlns=\"http://csrc.nist.gov/ns/oscal/1.0\"><result><observation uuid=\"o\">");
	for (int i = 0; i < 2100; i++)
		buf_format(&file, "<subject subject-uuid=\"%d\" type=\"component\"/>", i);
	buf_string(&file, "</observation>");
	for (int i = 0; i < 2100; i++)
		buf_format(&file, "<finding><target target-id=\"r%d\"><status state=\"satisfied\"/></target><related-observation observation-uuid=\"o\"/></finding>", i);
	buf_string(&file, "</result></assessment-results>");
	struct scan_file read = read_text(file.at);
	ck_assert(!read.is_whole);
	ck_assert_uint_le(answers, SCAN_ANSWERS_MOST);
	ck_assert_uint_eq(hosts, 2101);
	ck_assert_uint_eq(diag_count_of(diag, DIAG_SCAN_TOO_MANY), 1);
	ck_assert_str_eq(diag_find(TEXT("scan-too-many"))->code, "scan-too-many");
	buf_clear(&file);
}
END_TEST

/* True for a file that is read; of another why it was refused is printed, and no reason is a failure. */
static bool is_read_or_refused(const char *path)
{
	const struct scan_sink sink = { NULL, tell, end };
	size_t before = answers;
	struct diag_entry *entries;
	reader.diag = diag_new(arena, reader.sources);
	uint32_t number = input_open(&reader, path, INPUT_XML);
	struct scan_file file = number ? scan_read(&reader, number, &sink) : (struct scan_file){ 0 };
	if (file.is_whole && file.tests && answers > before) {
		printf("check/scans: %s: %zu answers of %u tests\n", path, answers - before, file.tests);
		return true;
	}
	size_t count = diag_entries(reader.diag, LANGUAGE_ENGLISH, arena, &entries);
	ck_assert_msg(count > 0 && diag_errors_told(reader.diag) > 0, "%s: neither read nor refused", path);
	printf("check/scans: %s: refused, %s\n", path, diag_row(entries[0].kind)->code);
	return false;
}

/* Files that nobody wrote for us: each is read, or refused with a reason. */
START_TEST(reads_what_scanners_write)
{
	struct input_names names;
	if (!input_list(&reader, CORPUS, ".xml", &names) || !names.count) {
		printf("check/scans: no %s, its files were not read\n", CORPUS);
		names.count = 0;
	}
	for (size_t i = 0; i < names.count; i++)
		is_read_or_refused(file_join(arena, CORPUS, names.at[i]));
	fflush(stdout);
}
END_TEST

/* The same of those of our own: what is cut short is refused, and says why. */
START_TEST(reads_or_refuses_a_file_cut_anywhere)
{
	struct input_names names;
	ck_assert(input_list(&reader, SAMPLE, NULL, &names) && names.count > 0);
	const char *folder = file_join(arena, SAMPLE, names.at[0]);
	ck_assert(input_list(&reader, folder, ".xml", &names) && names.count > 0);
	ck_assert(is_read_or_refused(file_join(arena, folder, names.at[0])));
	uint32_t number = input_open(&reader, file_join(arena, folder, names.at[0]), INPUT_XML);
	struct text whole = sources_find(reader.sources, number)->text;
	const struct scan_sink sink = { NULL, tell, end };
	for (size_t size = 1; size + 2 < whole.size; size += whole.size / 50) {
		reader.diag = diag_new(arena, reader.sources);
		struct scan_file file = scan_read(&reader, input_add(&reader, "cut.xml", text_slice(whole, 0, size)), &sink);
		ck_assert_msg(!file.is_whole && diag_errors_told(reader.diag) > 0, "%zu bytes", size);
	}
}
END_TEST

/* ---- patterns ----------------------------------------------------------------------------------------- */

static const struct {
	const char *pattern, *text;
	bool does_match;
} patterns[] = {
	{ "rule", "rule", true }, { "rule", "RULE", true }, { "rule", "rule2", false }, { "rule*", "rule2", true }, { "*", "", true },
	{ "*", "x", true }, { "", "", true }, { "", "x", false }, { "*_b", "a_b", true }, { "*_b", "a_bc", false }, { "a*b*c", "axxbyyc", true },
	{ "a*b*c", "axxbyy", false }, { "**a**", "bab", true }, { "@", "`", false }, { "[", "{", false }, { "口令*", "口令长度", true },
	{ "a?", "ab", false }, { "*ab", "aab", true },
};

START_TEST(matches_patterns)
{
	ck_assert_msg(scan_map_matches(text_from(patterns[_i].pattern), text_from(patterns[_i].text)) == patterns[_i].does_match, "%s ~ %s",
		      patterns[_i].pattern, patterns[_i].text);
}
END_TEST

START_TEST(asks_for_the_source)
{
	const struct text names[] = { TEXT("XCCDF"), TEXT("OpenSCAP 1.3"), NO_TEXT };
	const struct scan_map any = { .source = NO_TEXT }, tool = { .source = TEXT("openscap") }, start_only = { .source = TEXT("scap*") },
			      whole = { .source = TEXT("open*") }, other = { .source = TEXT("Nessus") };
	ck_assert(scan_map_has_source(&any, names, 3));
	ck_assert(scan_map_has_source(&tool, names, 3));
	ck_assert(!scan_map_has_source(&start_only, names, 3));
	ck_assert(scan_map_has_source(&whole, names, 3));
	ck_assert(!scan_map_has_source(&other, names, 3));
}
END_TEST

Suite *check_scans_suite(void)
{
	Suite *suite = suite_create("check/scans");
	TCase *tcase = tcase_create("scans");
	tcase_add_checked_fixture(tcase, start, finish);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, reads_a_test_result);
	tcase_add_test(tcase, finds_tests_anywhere);
	tcase_add_test(tcase, reads_assessment_results);
	tcase_add_test(tcase, stops_at_too_many_answers);
	tcase_add_test(tcase, reads_what_scanners_write);
	tcase_add_test(tcase, reads_or_refuses_a_file_cut_anywhere);
	tcase_add_loop_test(tcase, matches_patterns, 0, (int)(sizeof patterns / sizeof *patterns));
	tcase_add_test(tcase, asks_for_the_source);
	suite_add_tcase(suite, tcase);
	return suite;
}
