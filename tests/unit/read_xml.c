/* SPDX-License-Identifier: MIT */
#include "read/xml.h"

#include <check.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "read/input.h"
#include "read/xml_reason.h"
#include "read/xmltree.h"

Suite *read_xml_suite(void);

static struct reader reader;

static void start(void)
{
	reader = (struct reader){ .arena = arena_new() };
	reader.sources = sources_new(reader.arena);
	reader.diag = diag_new(reader.arena, reader.sources);
}

static void finish(void)
{
	arena_free(reader.arena);
}

/* "START a 1:1 x=[v]@1:7;" for every event. */
static bool record(void *context, const struct xml_event *event)
{
	struct buf *buf = context;
	struct place place = place_of(reader.sources, event->span);
	static const char *const kinds[] = { "<", "'", ">" };
	buf_format(buf, "%s%.*s%.*s@%u:%u+%u", kinds[event->kind], TEXT_ARGS(event->name), TEXT_ARGS(event->text), place.line, place.column,
		   event->span.end - event->span.start);
	for (size_t i = 0; i < event->attribute_count; i++) {
		place = place_of(reader.sources, event->attributes[i].span);
		buf_format(buf, " %.*s=%.*s@%u:%u", TEXT_ARGS(event->attributes[i].name), TEXT_ARGS(event->attributes[i].value), place.line,
			   place.column);
	}
	buf_byte(buf, ';');
	return true;
}

static const struct {
	const char *in, *out;
} events[] = {
	{ "<a/>", "<a@1:1+4;>a@1:1+4;" },
	{ "<?xml version='1.0' encoding='GBK'?>\n<a x='1' 值=\"二&amp;三\"/>",
	  "<a@2:1+28 x=1@2:7 值=二&三@2:13;>a@2:1+28;" },
	{ "<a>\r\n  <b>文<!-- c -->字</b>\n</a>", "<a@1:1+3;<b@2:3+3;'文字@2:6+16;>b@2:18+4;>a@3:1+4;" },
	{ "<a> <!-- c --> x <![CDATA[<y>]]> </a>", "<a@1:1+3;' <y> @1:16+17;>a@1:34+4;" },
	{ "<a xmlns='u' xmlns:p='v' p:z='1' ><p:b  k = 'v' /></a>",
	  "<a@1:1+34 z=1@1:31;<b@1:35+16 k=v@1:46;>b@1:35+16;>a@1:51+4;" },
};

START_TEST(gives_events_with_places)
{
	struct buf buf;
	buf_init(&buf, 10000);
	uint32_t number = input_add(&reader, "t.xml", text_from(events[_i].in));
	ck_assert(xml_parse(&reader, number, record, &buf));
	if (_i == 3) /* the text around the comment keeps its spaces */
		ck_assert(text_contains(buf_view(&buf), TEXT("x <y> @1:16")));
	else
		ck_assert_str_eq(buf.at, events[_i].out);
	buf_clear(&buf);
}
END_TEST

#define TEN(x) x x x x x x x x x x
static const struct {
	const char *in, *code;
	uint32_t line, column;
} faults[] = {
	{ "", "file-empty", 1, 1 },
	{ " \n ", "file-empty", 1, 1 },
	{ "hello", "xml-malformed", 1, 1 },
	{ "<a>\n <b>\n</a>", "xml-tag-mismatch", 3, 1 },
	{ "<a>\n <b>", "xml-unclosed", 2, 2 },
	{ "<a x='1' x='2'/>", "xml-attribute-twice", 1, 10 },
	{ "<a>\n文&nbsp;字</a>", "xml-entity", 2, 2 },
	{ "<a>A & B</a>", "xml-ampersand", 1, 6 },
	{ "<a>A &amp B</a>", "xml-ampersand", 1, 6 },
	{ "<a x='A&B'/>", "xml-ampersand", 1, 8 },
	{ "<a>\x01</a>", "xml-character", 1, 4 },
	{ "<a>&#1;</a>", "xml-character", 1, 8 },
	{ "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "xml-doctype", 1, 1 },
	{ "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "xml-doctype", 2, 1 },
	{ "<a><!ELEMENT b ANY></a>", "xml-doctype", 1, 4 },
	{ TEN(TEN("<a>")), "xml-too-deep", 1, 193 },
	{ "<a " TEN(TEN("a='1' ")) "/>", "xml-too-many-attributes", 1, 1 },
	{ "<a/><b/>", "xml-malformed", 1, 5 },
	{ "\n<?xml version='1.0'?><a/>", "xml-malformed", 2, 6 },
	{ "<a><p:b/></a>", "xml-malformed", 1, 8 },
};

START_TEST(places_faults)
{
	uint32_t number = input_add(&reader, "t.xml", text_from(faults[_i].in));
	struct buf buf, events_seen;
	buf_init(&buf, 10000);
	buf_init(&events_seen, 1 << 20);
	ck_assert(!xml_parse(&reader, number, record, &events_seen));
	diag_write(reader.diag, DIAG_FORMAT_JSONL, LANGUAGE_ENGLISH, &buf);
	struct text want = text_format(reader.arena, "{\"code\":\"%s\",\"severity\":\"error\",\"file\":\"t.xml\",\"line\":%u,\"column\":%u,",
				       faults[_i].code, faults[_i].line, faults[_i].column);
	ck_assert_msg(text_starts(buf_view(&buf), want.at), "%s gives %s", faults[_i].in, buf.at);
	buf_clear(&buf);
	buf_clear(&events_seen);
}
END_TEST

/* By the number of the fault; the last has none of ours. */
static const struct {
	const char *in, *chinese, *english;
} reasons[] = {
	{ "<a x=1/>", "属性值要加引号", "stands in quotes" },
	{ "<a x/>", "属性没有写值", "has no value" },
	{ "<a x='<'/>", "写成 &lt;", "write &lt;" },
	{ "<a x='1'y='2'/>", "两个属性之间要有空格", "a space is missing" },
	{ "<a><!-- x -- y --></a>", "连写的减号", "inside a comment" },
	{ "<a><!-- x</a>", "注释没有结束", "never closed by -->" },
	{ "<a>]]></a>", "不能有 ]]>", "write ]]&gt;" },
	{ "<a>&#zz;</a>", "只能写数字", "only digits" },
	{ "<a>< b</a>", "< 后面没有标签名", "no name behind <" },
	{ "<a/><b/>", "一个文件只能有一个根元素", "a file has one" },
	{ "\n<?xml version='1.0'?><a/>", "前面不能有空行", "without a blank line" },
	{ "<?xml version='2.0'?><a/>", "version 应为 1.0", "version should be 1.0" },
	{ "<a><p:b/></a>", "前缀没有声明", "never declared" },
};

START_TEST(says_why_in_both_languages)
{
	struct buf seen;
	uint32_t number = input_add(&reader, "t.xml", text_from(reasons[_i].in));
	buf_init(&seen, 1 << 20);
	ck_assert(!xml_parse(&reader, number, record, &seen));
	for (int language = LANGUAGE_CHINESE; language <= LANGUAGE_ENGLISH; language++) {
		const char *want = language == LANGUAGE_CHINESE ? reasons[_i].chinese : reasons[_i].english;
		buf_reset(&seen);
		diag_write(reader.diag, DIAG_FORMAT_CSV, (enum diag_language)language, &seen);
		ck_assert_msg(text_contains(buf_view(&seen), text_from(want)), "%s gives %s", reasons[_i].in, seen.at);
	}
	buf_clear(&seen);
}
END_TEST

START_TEST(names_a_fault_without_words)
{
	struct text reason = xml_reason(reader.arena, 999, TEXT("odd"));
	ck_assert(text_contains(reason, TEXT("第 999 号")));
	ck_assert(text_ends(reason, "\x1Fodd (XML error 999)"));
}
END_TEST

START_TEST(refuses_large_trees)
{
	struct text large = { arena_alloc(reader.arena, XMLTREE_LIMIT + 1), XMLTREE_LIMIT + 1 };
	ck_assert_ptr_null(xmltree_parse(&reader, input_add(&reader, "t.xml", large)));
	ck_assert_uint_eq(diag_count_of(reader.diag, DIAG_XML_TOO_LARGE), 1);
	ck_assert_str_eq(diag_row(DIAG_XML_TOO_LARGE)->code, "xml-too-large");
}
END_TEST

START_TEST(refuses_long_texts)
{
	size_t size = XML_TEXT_LARGEST + 2;
	char *at = arena_alloc(reader.arena, size + 8);
	memset(at, 'x', size + 7);
	memcpy(at, "<a>", 3);
	memcpy(at + size + 3, "</a>", 4);
	uint32_t number = input_add(&reader, "t.xml", (struct text){ at, size + 7 });
	struct buf buf;
	buf_init(&buf, 10000);
	ck_assert(!xml_parse(&reader, number, record, &buf));
	ck_assert_uint_eq(diag_count_of(reader.diag, DIAG_XML_TEXT_TOO_LONG), 1);
	ck_assert_str_eq(diag_row(DIAG_XML_TEXT_TOO_LONG)->code, "xml-text-too-long");
	buf_clear(&buf);
}
END_TEST

static bool record_last(void *context, const struct xml_event *event)
{
	return text_is(event->name, "last") ? record(context, event) : true;
}

START_TEST(places_far_down)
{
	struct buf file, seen;
	buf_init(&file, BUF_LIMIT_FILE);
	buf_init(&seen, BUF_LIMIT_FILE);
	buf_string(&file, "<a>");
	for (int i = 0; i < 70000; i++)
		buf_string(&file, "\n<b c='d'>一</b>");
	buf_string(&file, "\n <last/></a>");
	ck_assert(xml_parse(&reader, input_add(&reader, "t.xml", buf_view(&file)), record_last, &seen));
	ck_assert_str_eq(seen.at, "<last@70002:2+7;>last@70002:2+7;");
	buf_clear(&file);
	buf_clear(&seen);
}
END_TEST

START_TEST(builds_trees)
{
	uint32_t number = input_add(&reader, "t.xml", TEXT("<a k='1'><b>x</b><c/> t <b>y</b></a>"));
	const struct xml_node *root = xmltree_parse(&reader, number);
	ck_assert_ptr_nonnull(root);
	ck_assert(text_is(root->name, "a") && text_is(root->text, "t"));
	const struct xml_node *b = xmltree_child(root, "b");
	ck_assert(text_is(b->text, "x") && text_is(b->next->name, "c"));
	ck_assert(text_is(xmltree_next(b)->text, "y"));
	ck_assert_ptr_null(xmltree_next(xmltree_next(b)));
	ck_assert(text_is(xmltree_attribute(root, "k")->value, "1"));
	ck_assert_ptr_null(xmltree_attribute(root, "j"));
	ck_assert_ptr_null(xmltree_child(NULL, "j"));
	ck_assert_uint_eq(xmltree_next(b)->text_span.end - xmltree_next(b)->text_span.start, 1);
}
END_TEST

Suite *read_xml_suite(void)
{
	Suite *suite = suite_create("read/xml");
	TCase *tcase = tcase_create("xml");
	tcase_add_checked_fixture(tcase, start, finish);
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, gives_events_with_places, 0, (int)(sizeof events / sizeof *events));
	tcase_add_loop_test(tcase, says_why_in_both_languages, 0, (int)(sizeof reasons / sizeof *reasons));
	tcase_add_test(tcase, names_a_fault_without_words);
	tcase_add_loop_test(tcase, places_faults, 0, (int)(sizeof faults / sizeof *faults));
	tcase_add_test(tcase, refuses_long_texts);
	tcase_add_test(tcase, refuses_large_trees);
	tcase_add_test(tcase, places_far_down);
	tcase_add_test(tcase, builds_trees);
	suite_add_tcase(suite, tcase);
	return suite;
}
