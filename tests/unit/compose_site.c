/* SPDX-License-Identifier: MIT
 *
 * Sites made from small themes, over real facts in scope public; and attempts of
 * themes, data and addresses to get out what must stay in.
 */
#include "compose/site.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "doc/doc.h"
#include "facts_sample.h"
#include "theme/theme.h"

Suite *compose_site_suite(void);

enum { FILES_MOST = 200 };

static struct sample s;
static struct facts *facts;
static char folder[64];
static struct {
	struct text path, bytes;
} files[FILES_MOST];
static size_t file_count, query_count;

static void set_up(void)
{
	sample_init(&s);
	s.model.enterprises[0].name = TEXT("甲<script>alert(1)</script>&\"'公司");
	s.model.enterprises[4].name = TEXT("=戊,\"五\"公司");
	facts = sample_open(&s, SCOPE_PUBLIC);
	file_count = query_count = 0;
	memcpy(folder, "/tmp/xingji-site-XXXXXX", sizeof "/tmp/xingji-site-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void tear_down(void)
{
	facts_close(facts);
	sample_clear(&s);
	file_remove_tree(folder);
}

static void put(const char *name, const char *text)
{
	ck_assert_int_eq(file_write(file_join(s.arena, folder, text_from(name)), text_from(text), 0600), 0);
}

static bool ask(void *context, struct arena *arena, struct text sql, struct span place, struct rows *rows)
{
	query_count++;
	return facts_query(context, arena, sql, place, rows);
}

static bool keep(void *context, struct text path, struct text bytes)
{
	(void)context;
	static const struct text mark = TEXT_INIT("\xEF\xBB\xBF");
	bool is_read_by_browsers = text_ends(path, ".html") || text_ends(path, ".js") || text_ends(path, ".css");
	ck_assert_uint_lt(file_count, FILES_MOST);
	/* Programs would take the mark for the beginning of a document; CSV has one for spreadsheets. */
	if (is_read_by_browsers || !text_ends(path, ".csv"))
		ck_assert_msg(text_starts(bytes, mark.at) == is_read_by_browsers, "%.*s", TEXT_ARGS(path));
	if (is_read_by_browsers)
		bytes = text_slice(bytes, mark.size, bytes.size);
	files[file_count].path = text_copy(s.arena, path);
	files[file_count++].bytes = text_copy(s.arena, bytes);
	return true;
}

static void write_html(void *context, const struct doc *doc, struct buf *out)
{
	(void)context;
	struct buf plain;
	buf_init(&plain, BUF_LIMIT_PAGE);
	node_plain_text(doc->root, &plain);
	buf_string(out, "<b>");
	buf_html(out, buf_view(&plain));
	buf_string(out, "</b>");
	buf_clear(&plain);
}

static size_t cards_drawn;

/* As letters instead of a picture. */
static bool draw_card(void *context, const struct site_card *card, struct buf *out)
{
	(void)context;
	cards_drawn++;
	buf_format(out, "%.*s|%.*s|%.*s|%.*s", TEXT_ARGS(card->over), TEXT_ARGS(card->title), TEXT_ARGS(card->line), TEXT_ARGS(card->note));
	return !text_is(card->title, "undrawable");
}

static bool make_from(const char *theme_folder, const char *content)
{
	static struct theme_colour colours[] = { { TEXT_INIT("ink"), { 1, 2, 3 }, { 255, 254, 253 } },
						 { TEXT_INIT("accent"), { 0, 0, 9 }, { 0, 0, 255 } },
						 { TEXT_INIT("accent-soft"), { 0, 0, 8 }, { 0, 0, 7 } },
						 { TEXT_INIT("star"), { 9, 9, 0 }, { 255, 255, 0 } } };
	struct theme theme = { .colour_count = 4, .colours = colours };
	cards_drawn = 0;
	return site_compose(s.arena, &(struct site_options){ .card = draw_card, .theme_folder = theme_folder, .content = content, .theme = &theme,
							     .source = { .query = ask, .context = facts }, .sources = s.sources, .diag = s.diag,
							     .html = write_html, .write = keep });
}

/* A site of one page kind: its inside in site.xml, and its template. */
static bool make(const char *page, const char *template)
{
	put("site.xml", text_format(s.arena, "<site>%s</site>", page).at);
	put("t.html", template);
	return make_from(folder, NULL);
}

static const char *file(const char *path)
{
	for (size_t i = 0; i < file_count; i++)
		if (text_is(files[i].path, path))
			return files[i].bytes.at;
	ck_abort_msg("no file %s", path);
	return "";
}

static const char *complaints(void)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	diag_write(s.diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &buf);
	const char *said = text_string(s.arena, buf_view(&buf));
	buf_clear(&buf);
	return said;
}

#define PAGE(path, inside) "<page id='p' path='" path "' template='t.html' title='T'>" inside "</page>"
#define CARD(name, title) "<query name='" name "'>select province as over, " title " as title, null as line, publisher as note from campaign</query>"
#define RANKED "<query name='q'>select 'A&amp;B' as name, 2 as value union all select 'C', 1</query>"
#define FIRMS "<repeat name='this'>select slug, name, city from listed_enterprises</repeat>"

/* ---- pages ------------------------------------------------------------------------ */

START_TEST(makes_one_page_per_row)
{
	ck_assert_msg(make(PAGE("cities/{city_code}/index.html", "<repeat name='this'>select city_code, city from city_summary</repeat>"
				"<query name='own'>select name from listed_enterprises where city_code = :city_code</query>"),
			   "{{root}} {{page.path}} {{page.address}} {{this.city}}:{{#own}}[{{name}}]{{/own}}"),
		      "%s", complaints());
	ck_assert_uint_eq(file_count, 13 + 3);
	ck_assert_str_eq(file("cities/320200/index.html"), "../../ cities/320200/index.html cities/320200/ 无锡市:[己六公司]");
	ck_assert_str_eq(file("cities/320700/index.html"), "../../ cities/320700/index.html cities/320700/ 连云港市:");
}
END_TEST

START_TEST(shares_rows_of_one_query)
{
	ck_assert(make(PAGE("{city_code}.html", "<repeat name='this'>select city_code from city_summary</repeat>"
			    "<query name='rows' by='city_code'>select city_code, track, level_label from listed order by ordinal</query>"),
		       "{{#rows}}{{track}}{{level_label}};{{/rows}}"));
	ck_assert_str_eq(file("320100.html"), "工控2星;工控1星;平台增强级;");
	ck_assert_str_eq(file("320500.html"), "平台基本级;");
	ck_assert_str_eq(file("320300.html"), "");
	ck_assert_uint_eq(query_count, 2 + 4); /* the downloads ask four times */
}
END_TEST

START_TEST(knows_menu_trail_and_assets)
{
	put("site.css", "a { color: {{colour.ink.light}} }{{#colours}}{{name}}={{dark}} {{/colours}}");
	put("plain.js", "{{not a template}}");
	put("site.xml", "<site><asset name='style' file='site.css' template='yes'/><asset name='script' file='plain.js'/>"
			"<page id='home' path='index.html' template='t.html' title='H' menu='M'/>"
			"<page id='list' path='list/index.html' template='t.html' title='L' parent='home' menu='N' foot='F'/>"
			"<page id='one' path='list/{slug}/index.html' template='t.html' title='O' parent='list'>" FIRMS "</page></site>");
	put("t.html", "{{#menu}}{{link}}{{#is_here}}!{{/is_here}}{{#is_above}}^{{/is_above}} {{/menu}}|{{#foot}}{{title}}{{/foot}}|"
		      "{{#crumbs}}{{title}}>{{link}} {{/crumbs}}|{{assets.style}} {{assets.script}}");
	ck_assert_msg(make_from(folder, NULL), "%s", complaints());
	ck_assert(text_starts(text_from(file("index.html")), "./! ./list/ |F||assets/site."));
	ck_assert(text_starts(text_from(file("list/index.html")), "../ ../list/! |F|H>../ |assets/site."));
	bool found = false;
	for (size_t i = 0; i < file_count; i++) {
		if (text_starts(files[i].path, "list/") && text_ends(files[i].path, "/index.html") && files[i].path.size > 20) {
			ck_assert(text_starts(files[i].bytes, "../../ ../../list/^ |F|H>../../ L>../../list/ |"));
			found = true;
		}
		if (text_starts(files[i].path, "assets/site."))
			ck_assert(text_is(files[i].bytes, "a { color: #010203 }ink=#fffefd accent=#0000ff accent-soft=#000007 star=#ffff00 "));
		if (text_starts(files[i].path, "assets/plain."))
			ck_assert(text_is(files[i].bytes, "{{not a template}}"));
	}
	ck_assert(found);
}
END_TEST

/* The index behind the search: hostile names must stay inside their quotes. */
START_TEST(fills_assets_with_rows)
{
	put("index.js", "[{{#rows}}{{name}}{{^-last}},{{/-last}}{{/rows}}] {{n.n}} {{colour.ink.light}}");
	put("site.xml", "<site><asset name='index' file='index.js' template='yes'>"
			"<query name='rows'>select name from listed where name like '%script%' or name like '%戊%' order by ordinal limit 2</query>"
			"<query name='n'>select 3 as n</query></asset>"
			"<page id='home' path='index.html' template='t.html' title='H'/></site>");
	put("t.html", "{{assets.index}}");
	ck_assert_msg(make_from(folder, NULL), "%s", complaints());
	ck_assert(text_starts(text_from(file("index.html")), "assets/index."));
	for (size_t i = 0; i < file_count; i++)
		if (text_starts(files[i].path, "assets/index.")) {
			ck_assert_msg(text_starts(files[i].bytes, "[\""), "%.*s", TEXT_ARGS(files[i].bytes));
			ck_assert_msg(text_ends(files[i].bytes, "\"] 3 \"#010203\""), "%.*s", TEXT_ARGS(files[i].bytes));
			ck_assert(text_contains(files[i].bytes, TEXT("&\\\"'公司")));
		}
	put("site.xml", "<site><asset name='index' file='index.js' template='yes'><query name='rows'>select name, contact from listed</query></asset>"
			"<page id='home' path='index.html' template='t.html' title='H'/></site>");
	ck_assert(!make_from(folder, NULL));
}
END_TEST

START_TEST(takes_texts_from_content)
{
	ck_assert_int_eq(file_make_folder(file_join(s.arena, folder, TEXT("site")), 0700), 0);
	ck_assert_int_eq(file_write(file_join(s.arena, folder, TEXT("site/a.md")), TEXT("{{page.title}} {{who.name}}"), 0600), 0);
	struct file_bytes phrases;
	ck_assert_int_eq(file_map("content/phrases.txt", 1 << 20, &phrases), 0);
	ck_assert_int_eq(file_write(file_join(s.arena, folder, TEXT("phrases.txt")), phrases.text, 0600), 0);
	file_release(&phrases);
	put("site.xml", "<site><page id='p' path='p.html' template='t.html' title='T' text='a.md'>"
			"<query name='who'>select name from listed_enterprises where name like '甲%'</query></page></site>");
	put("t.html", "{{text}}|{{who.name}}");
	ck_assert_msg(make_from(folder, folder), "%s", complaints());
	/* What html gives passes as it is; the same value elsewhere does not. */
	ck_assert_str_eq(file("p.html"), "<b>T 甲&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;公司</b>|"
					 "甲&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;公司");
}
END_TEST

static void put_phrases(const char *name)
{
	struct file_bytes phrases;
	ck_assert_int_eq(file_map("content/phrases.txt", 1 << 20, &phrases), 0);
	put(name, text_string(s.arena, phrases.text));
	file_release(&phrases);
}

/* Sample of 2021, published on its day: a draft and a text of the future are nowhere, not even in menu, foot, trail or sitemap. */
START_TEST(keeps_back_drafts_and_what_is_to_come)
{
	static const char *const headers[] = { "draft: yes\n\n", "date: 2099-01-01\n\n", "date: 2020-01-01\n\n", "draft: no\n\n" };
	bool is_shown = _i >= 2;
	ck_assert_int_eq(file_make_folder(file_join(s.arena, folder, TEXT("content/site")), 0700), 0);
	put_phrases("content/phrases.txt");
	put("content/site/a.md", text_format(s.arena, "%sSECRET\n", headers[_i]).at);
	put("x.xml", "{{#made}}{{path}};{{/made}}");
	put("t.html", "{{#menu}}{{title}} {{link}}{{/menu}}|{{#foot}}{{title}}{{/foot}}|{{#crumbs}}{{title}}{{/crumbs}}");
	put("site.xml", "<site><page id='a' path='a/index.html' template='t.html' title='Aa' menu='Am' foot='Af' text='a.md'/>"
			"<page id='b' path='a/b/index.html' template='t.html' title='Bb' parent='a'/><page id='x' path='x.xml' template='x.xml' title='X'/></site>");
	ck_assert_msg(make_from(folder, file_join(s.arena, folder, TEXT("content"))), "%s", complaints());
	ck_assert_uint_eq(file_count, 3 + 3 - !is_shown);
	ck_assert_int_eq(diag_count_of(s.diag, DIAG_SITE_TEXT_LATER) == 1, strstr(headers[_i], "2099") != NULL);
	ck_assert_str_eq(file("x.xml"), is_shown ? "a/;a/b/;" : "a/b/;");
	ck_assert_str_eq(file("a/b/index.html"), is_shown ? "Am ../../a/|Af|Aa" : "||");
}
END_TEST

START_TEST(refuses_a_date_that_is_none)
{
	ck_assert_int_eq(file_make_folder(file_join(s.arena, folder, TEXT("content/site")), 0700), 0);
	put_phrases("content/phrases.txt");
	put("content/site/a.md", "date: soon\n\nx\n");
	put("t.html", "x");
	put("site.xml", "<site><page id='a' path='a/index.html' template='t.html' title='A' text='a.md'/></site>");
	ck_assert(!make_from(folder, file_join(s.arena, folder, TEXT("content"))));
	ck_assert_uint_eq(diag_count_of(s.diag, DIAG_SITE_TEXT_DATE), 1);
}
END_TEST

/* The error page of a site that stands at /stars/ is the same at any depth. */
START_TEST(takes_the_root_that_a_page_names)
{
	ck_assert_msg(make("<page id='p' path='404.html' template='t.html' title='T' root='/stars/' foot='F'/>", "{{root}} {{#foot}}{{link}}{{/foot}}"), "%s", complaints());
	ck_assert_str_eq(file("404.html"), "/stars/ /stars/404.html");
}
END_TEST

/* Where the site stands is known from the data, or not known. */
START_TEST(takes_the_root_from_the_row_of_a_page)
{
	static const char page[] = "<page id='p' path='{stem}/404.html' template='t.html' title='T' root='{base}'>"
				   "<repeat name='this'>select 'a' as stem, '/b/' as base union all select 'c', NULL</repeat></page>";
	ck_assert_msg(make(page, "{{root}}"), "%s", complaints());
	ck_assert_str_eq(file("a/404.html"), "/b/");
	ck_assert_str_eq(file("c/404.html"), "../");
}
END_TEST

/* Pages of yesterday ask for the file of today; only what stands behind the path tells them apart. */
START_TEST(keeps_the_path_of_an_asset_that_has_one)
{
	char addresses[2][40];
	for (size_t i = 0; i < 2; i++) {
		file_count = 0;
		put("index.js", i ? "two" : "one");
		put("site.xml", "<site><asset name='index' file='index.js' path='assets/index.now.js'/>"
				"<page id='home' path='index.html' template='t.html' title='H'/></site>");
		put("t.html", "{{assets.index}}");
		ck_assert_msg(make_from(folder, NULL), "%s", complaints());
		ck_assert_str_eq(file("assets/index.now.js"), i ? "two" : "one");
		snprintf(addresses[i], sizeof addresses[i], "%s", file("index.html"));
		ck_assert(text_starts(text_from(addresses[i]), "assets/index.now.js?v="));
	}
	ck_assert_str_ne(addresses[0], addresses[1]);
}
END_TEST

/* The bytes of the file that a page shows. */
static const char *card_of(const char *page)
{
	const char *shown = file(page);
	ck_assert(text_starts(text_from(shown), "assets/card."));
	return file(text_string(s.arena, text_slice(text_from(shown), 0, text_find(text_from(shown), TEXT(" ")))));
}

START_TEST(draws_a_card_once_for_all_who_show_it)
{
	put("t.html", "{{#card}}{{path}} {{words}}{{/card}}{{^card}}none{{/card}}");
	put("site.xml", "<site card='share'>" CARD("share", "'名单'")
			"<page id='a' path='a.html' template='t.html' title='A'/>"
			"<page id='c' path='{city_code}.html' template='t.html' title='C' card='own'><repeat name='this'>select city_code, city from city_summary</repeat>"
			CARD("own", ":city") "</page>"
			"<page id='r' path='row-{n}.html' template='t.html' title='R' card='this'><repeat name='this'>select 1 as n, 'x' as over, 'y' as title, '' as line, "
			"'z' as note union all select 2, 'x', 'w', '', 'z'</repeat></page>"
			"<page id='n' path='n.html' template='t.html' title='N' card='no'><query name='no'>select 1 as over, 2 as title, 3 as line, 4 as note where 0</query></page>"
			"<page id='b' path='b.html' template='t.html' title='B'/></site>");
	ck_assert_msg(make_from(folder, NULL), "%s", complaints());
	ck_assert_uint_eq(cards_drawn, 1 + 13 + 2);
	ck_assert_str_eq(file("a.html"), file("b.html"));
	ck_assert_str_eq(file("n.html"), "none");
	ck_assert_ptr_nonnull(strstr(card_of("320200.html"), "|无锡市||"));
	ck_assert_str_eq(card_of("row-2.html"), "x|w||z");
	ck_assert_ptr_nonnull(strstr(file("row-2.html"), ".png x　w　z"));
}
END_TEST

START_TEST(writes_json_pages)
{
	ck_assert(make(PAGE("d.json", "<query name='q'>select year, title from campaign</query>"), "[{{q.year}}, {{q.title}}]"));
	ck_assert_str_eq(file("d.json"), "[2021, \"江苏省2021年度培育工作\"]");
}
END_TEST

/* ---- downloads ----------------------------------------------------------------------- */

START_TEST(downloads_are_as_agreed)
{
	ck_assert(make(PAGE("index.html", "<query name='q'>select slug from listed order by ordinal</query>"), "{{#q}}{{slug}},{{/q}}"));
	struct text slug[5], rest = text_from(file("index.html"));
	for (size_t i = 0; i < 5; i++)
		ck_assert(text_next(&rest, ',', &slug[i]));
	struct text csv = text_format(s.arena,
		"\xEF\xBB\xBF" "年度,企业名称,设区市,行业,类型,级别,级别名称,变化,链接\r\n"
		"2021,\"甲<script>alert(1)</script>&\"\"'公司\",南京市,农副食品加工业,工控,2星,规范防护级,保持,enterprises/%.*s/\r\n"
		"2021,乙二公司,南京市,农副食品加工业,工控,1星,基础建设级,下降,enterprises/%.*s/\r\n"
		"2021,己六公司,无锡市,水的生产和供应业,工控,1星,基础建设级,新达标,enterprises/%.*s/\r\n"
		"2021,\"甲<script>alert(1)</script>&\"\"'公司\",南京市,农副食品加工业,平台,增强级,增强级,新达标,enterprises/%.*s/\r\n"
		"2021,\"'=戊,\"\"五\"\"公司\",苏州市,,平台,基本级,基本级,新达标,enterprises/%.*s/\r\n",
		TEXT_ARGS(slug[0]), TEXT_ARGS(slug[1]), TEXT_ARGS(slug[2]), TEXT_ARGS(slug[3]), TEXT_ARGS(slug[4]));
	ck_assert_str_eq(file("data/listed.csv"), csv.at);
	const char *json = file("data/listed.json");
	struct text head = text_format(s.arena,
		"{\n\"year\": 2021,\n\"title\": \"江苏省2021年度培育工作\",\n\"state\": \"公布\",\n\"date\": \"2021-11-30\",\n\"enterprises\": [\n"
		"{\"年度\": 2021, \"企业名称\": \"甲<script>alert(1)</script>&\\\"'公司\", \"设区市\": \"南京市\", \"行业\": \"农副食品加工业\", "
		"\"类型\": \"工控\", \"级别\": \"2星\", \"级别名称\": \"规范防护级\", \"变化\": \"保持\", \"链接\": \"enterprises/%.*s/\"},\n",
		TEXT_ARGS(slug[0]));
	ck_assert_msg(text_starts(text_from(json), head.at), "%s", json);
	ck_assert_ptr_null(strstr(json, "信用代码"));
	ck_assert_ptr_nonnull(strstr(json, "\"企业名称\": \"=戊,\\\"五\\\"公司\""));
}
END_TEST

START_TEST(downloads_show_codes_only_where_agreed)
{
	facts_close(facts);
	s.model.campaign.publication.credit_code = SHOWN_SHOWN;
	facts = sample_open(&s, SCOPE_PUBLIC);
	ck_assert(make(PAGE("index.html", ""), "x"));
	ck_assert_ptr_nonnull(strstr(file("data/listed.csv"), "链接,统一社会信用代码\r\n"));
	ck_assert_ptr_nonnull(strstr(file("data/listed.json"), "\"统一社会信用代码\": \"91320000CODE00000\"}"));
	ck_assert_ptr_null(strstr(file("data/listed.json"), "CODE00002"));
}
END_TEST

/* ---- what must stay in ------------------------------------------------------------------ */

/* Page (inside <site>), template, the complaint. */
static const struct {
	const char *page, *template;
	enum diag_kind kind;
} refused[] = {
	/* confidential columns and tables */
	{ PAGE("p.html", "<query name='q'>select contact from listed_enterprises</query>"), "x", DIAG_SQL_COLUMN_OUT_OF_SCOPE },
	{ PAGE("p.html", "<query name='q'>select * from participations</query>"), "x", DIAG_SQL_OUT_OF_SCOPE },
	{ PAGE("p.html", "<query name='q'>select * from findings</query>"), "x", DIAG_SQL_OUT_OF_SCOPE },
	{ PAGE("p.html", ""), "{{@q}}select rate from listed{{/q}}{{#q}}{{rate}}{{/q}}", DIAG_SQL_COLUMN_OUT_OF_SCOPE },
	{ PAGE("p.html", ""), "{{@q}}select * from enterprises{{/q}}", DIAG_SQL_OUT_OF_SCOPE },
	{ PAGE("p.html", ""), "{{@q}}attach '/etc/passwd' as x{{/q}}", DIAG_SQL_NOT_ALLOWED },
	{ PAGE("{slug}.html", FIRMS), "{{this.phone}}", DIAG_TEMPLATE_NAME_UNKNOWN },
	/* unescaped values, other files */
	{ PAGE("{slug}.html", FIRMS), "{{{this.name}}}", DIAG_TEMPLATE_RAW },
	{ PAGE("{slug}.html", FIRMS), "{{&this.name}}", DIAG_TEMPLATE_RAW },
	{ PAGE("p.html", ""), "{{> ../../../etc/passwd}}", DIAG_TEMPLATE_PARTIAL },
	{ PAGE("p.html", ""), "{{> /etc/hosts}}", DIAG_TEMPLATE_PARTIAL },
	{ PAGE("p.html", ""), "{{> t}}", DIAG_TEMPLATE_DEEP },
	/* addresses made of data */
	{ PAGE("{p}/index.html", "<repeat name='this'>select '../../internal' as p</repeat>"), "x", DIAG_SITE_PATH_WRONG },
	{ PAGE("{p}/index.html", "<repeat name='this'>select '/etc' as p</repeat>"), "x", DIAG_SITE_PATH_WRONG },
	{ PAGE("{p}/index.html", "<repeat name='this'>select '..' as p</repeat>"), "x", DIAG_SITE_PATH_WRONG },
	{ PAGE("{p}/index.html", "<repeat name='this'>select '' as p</repeat>"), "x", DIAG_SITE_PATH_WRONG },
	{ PAGE("{p}/index.html", "<repeat name='this'>select name as p from listed</repeat>"), "x", DIAG_SITE_PATH_WRONG },
	{ PAGE("{p}/index.html", "<repeat name='this'>select null as p</repeat>"), "x", DIAG_SITE_COLUMN_NULL },
	{ PAGE("{slogan}.html", FIRMS), "x", DIAG_SITE_COLUMN_UNKNOWN },
	{ PAGE("{city_code}.html", "<repeat name='this'>select city_code from listed</repeat>"), "x", DIAG_SITE_PATH_TWICE },
	/* cards */
	{ "<page id='p' path='p.html' template='t.html' title='T' card='q'>" CARD("q", "phone") "</page>", "x", DIAG_SQL_COLUMN_OUT_OF_SCOPE },
	{ "<page id='p' path='p.html' template='t.html' title='T' card='q'><query name='q'>select 1 as title, 2 as note</query></page>", "x", DIAG_SITE_COLUMN_UNKNOWN },
	/* what the rows do not say */
	{ PAGE("p.html", RANKED), "{{?max q}}C最多{{/max}}", DIAG_CLAIM_FALSE },
	{ PAGE("p.html", RANKED), "{{?mx q}}C最多{{/mx}}", DIAG_CLAIM_KIND },
	{ PAGE("p.html", RANKED), "{{?all q}}C最多{{/all}}", DIAG_CLAIM_COLUMNS },
	/* names of columns */
	{ PAGE("{slug}.html", FIRMS "<query name='q'>select :town as x</query>"), "x", DIAG_SITE_COLUMN_UNKNOWN },
	{ PAGE("p.html", "<query name='q'>select :slug as x</query>"), "x", DIAG_SITE_COLUMN_UNKNOWN },
	{ PAGE("{slug}.html", FIRMS "<query name='q' by='town'>select slug from listed</query>"), "x", DIAG_SITE_COLUMN_UNKNOWN },
	{ PAGE("{slug}.html", FIRMS "<query name='q' by='slug'>select name from listed</query>"), "x", DIAG_SITE_COLUMN_UNKNOWN },
};

START_TEST(refuses)
{
	ck_assert(!make(refused[_i].page, refused[_i].template));
	ck_assert_msg(diag_count_of(s.diag, refused[_i].kind) >= 1, "%s", complaints());
}
END_TEST

/* As a page is read: without tags and entities; what nobody sees of it claims nothing. */
START_TEST(holds_pages_to_their_rows)
{
	ck_assert_msg(make(PAGE("p.html", RANKED), "<p title=\"最高\">{{?max q}}<b>{{#q}}{{#-first}}{{name}}{{/-first}}{{/q}}</b>最多{{/max}}"
						   "<!-- 全部 --><script>均</script><style>没有</style></p>全部"),
		      "%s", complaints());
	ck_assert_uint_eq(diag_count_of(s.diag, DIAG_CLAIM_UNBOUND), 2);
	ck_assert_ptr_nonnull(strstr(complaints(), "t.html:1:11: warning: '最高' compares"));
}
END_TEST

START_TEST(binds_values_as_literals)
{
	ck_assert_msg(make(PAGE("{slug}.html", "<repeat name='this'>select 'a1' as slug, 'O''x; drop -- ' as name, 7 as n, null as none</repeat>"
				"<query name='q'>select :name as a, :n + 1 as b, ':name' as c, :none as d /* :nobody */, 'it''s :name' as e -- :x\n</query>"),
			   "{{q.a}}|{{q.b}}|{{q.c}}|{{#q.d}}!{{/q.d}}|{{q.e}}"),
		      "%s", complaints());
	ck_assert_str_eq(file("a1.html"), "O&#39;x; drop -- |8|:name||it&#39;s :name");
}
END_TEST

/* The whole default site: nobody unlisted, nothing confidential, no markup out of data. */
static const char *const secrets[] = {
	"丙三公司", "丁四公司", "庚七公司", "辛八公司", "旧公司", /* unlisted */
	"坏案例", /* a case of an unlisted enterprise */
	"联系人", "1390000000", "CODE0000", "说明1-", "照片", "加固", "A1-1-01", "内部", "{{", "<script>alert",
};

START_TEST(default_site_keeps_secrets)
{
	ck_assert_msg(make_from("themes/default", "content"), "%s", complaints());
	ck_assert_str_eq(complaints(), "");
	ck_assert_uint_gt(file_count, 40);
	for (size_t i = 0; i < file_count; i++)
		for (size_t k = 0; k < sizeof secrets / sizeof *secrets; k++) {
			/* In data a name is a name; nobody runs it. */
			bool is_data = text_starts(files[i].path, "data/listed.") && strcmp(secrets[k], "<script>alert") == 0;
			ck_assert_msg(is_data || !strstr(files[i].bytes.at, secrets[k]), "%s: %s", text_string(s.arena, files[i].path), secrets[k]);
		}
}
END_TEST

Suite *compose_site_suite(void)
{
	Suite *suite = suite_create("compose/site");
	TCase *pages = tcase_create("pages"), *inside = tcase_create("inside");
	tcase_add_checked_fixture(pages, set_up, tear_down);
	tcase_add_test(pages, makes_one_page_per_row);
	tcase_add_test(pages, shares_rows_of_one_query);
	tcase_add_test(pages, knows_menu_trail_and_assets);
	tcase_add_test(pages, fills_assets_with_rows);
	tcase_add_test(pages, takes_texts_from_content);
	tcase_add_loop_test(pages, keeps_back_drafts_and_what_is_to_come, 0, 4);
	tcase_add_test(pages, refuses_a_date_that_is_none);
	tcase_add_test(pages, takes_the_root_that_a_page_names);
	tcase_add_test(pages, takes_the_root_from_the_row_of_a_page);
	tcase_add_test(pages, keeps_the_path_of_an_asset_that_has_one);
	tcase_add_test(pages, draws_a_card_once_for_all_who_show_it);
	tcase_add_test(pages, writes_json_pages);
	tcase_add_test(pages, downloads_are_as_agreed);
	tcase_add_test(pages, downloads_show_codes_only_where_agreed);
	tcase_add_checked_fixture(inside, set_up, tear_down);
	tcase_add_loop_test(inside, refuses, 0, sizeof refused / sizeof *refused);
	tcase_add_test(inside, holds_pages_to_their_rows);
	tcase_add_test(inside, binds_values_as_literals);
	tcase_add_test(inside, default_site_keeps_secrets);
	suite_add_tcase(suite, pages);
	suite_add_tcase(suite, inside);
	return suite;
}
