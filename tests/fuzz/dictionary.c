/* SPDX-License-Identifier: MIT
 *
 * The words of schema.def, choices.def and place.c as a dictionary for libFuzzer, and as pieces
 * for the mutator: what a file of one entity may hold.
 */
#include "fuzz.h"

#include <stdio.h>

#include "model/place.h"
#include "model/schema.h"

static const struct {
	enum choice_set set;
	const char *word, *xml, *synonyms;
} choices[] = {
#define CHOICE(set, value, word, xml, synonyms) { SET_##set, word, xml, synonyms },
#include "model/choices.def"
#undef CHOICE
};

/* What no table lists: marks of the formats, values that are read by a rule of their own. */
static const char *const common[] = {
	"\"\"", "\r\n", "\xEF\xBB\xBF", "\xFF\xFE", "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x8B", "2021-11-30", "2021/9/5", "2021年9月5日", "44444",
	"9.14E+17", "91320100XX00000197", "91320100XX00000272", "91320100XX0000035W", "320106199001011234", "914403000000000000", "#N/A", "=1+1",
	"1星", "2", "增强级", "未达标", "JG001", "PA01-1-01", "P01-2-01", "0.5", "-1", "999999999", "1e9", "合计", "注：", "80%", "１２",
};
static const char *const xml_marks[] = {
	"<!--", "-->", "<![CDATA[", "]]>", "&amp;", "&#38;", "&#x4e2d;", "&lt;", "&nbsp;", "xmlns:x=\"u\"", "xmlns=\"\"", "<x:a ", "encoding=\"GBK\"", "<!DOCTYPE", "<?", "?>", "/>",
	"<stage ", "<publication ", "<region ", "<track ", "<rule ", "<level ", "<class ", "<area ", "<item ", "<requirement>", "<check ", "<advice ",
	"<assessment ", "<result ", "<note>", "<evidence ", "<rule-result idref=\"", "<ident>", "<target>", "<fact name=\"", "<finding>", "<observation uuid=\"", "<subject ", " rounds=\"", " partial=\"", " share=\"", " method=\"", " model=\"", " agency=\"", " label=\"",
	" group=\"", " edition=\"", " basis=\"", " days=\"", " department=\"", " n=\"", "min-of-pa", "threshold", "given", "all", "GB18030", "UTF-16LE",
};

struct words {
	struct text *at;
	size_t count, room;
};

static void add(struct words *words, struct text word)
{
	if (word.size && words->count < words->room)
		words->at[words->count++] = word;
}

static void add_all(struct words *words, const char *list)
{
	struct text rest = text_from(list), word;
	while (text_next(&rest, '|', &word))
		add(words, word);
}

static void add_field(struct words *words, const struct field *field)
{
	add(words, text_from(field->name));
	add(words, text_from(field->heading));
	add_all(words, field->synonyms);
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
		if (choices[i].set == field->set && field->type == FIELD_CHOICE) {
			add(words, text_from(choices[i].word));
			add(words, text_from(choices[i].xml));
			add_all(words, choices[i].synonyms);
		}
	static const char *const cities[] = { "320100", "无锡市", "苏州", "江苏省南京市", "恩施州", "330100" };
	for (size_t i = 0; field->type == FIELD_CITY && i < sizeof cities / sizeof *cities; i++)
		add(words, text_from(cities[i]));
	for (size_t i = 0; field->type == FIELD_INDUSTRY && i < INDUSTRIES; i += 5)
		add(words, text_from(i % 2 ? industries[i].name : industries[i].code));
}

size_t fuzz_words(int entity, bool is_xml, struct text *at, size_t room)
{
	struct words words = { at, 0, room };
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		add(&words, text_from(common[i]));
	for (size_t i = 0; is_xml && i < sizeof xml_marks / sizeof *xml_marks; i++)
		add(&words, text_from(xml_marks[i]));
	for (int kind = 0; kind < ENTITIES; kind++) {
		const struct entity *fields = schema_entity((enum entity_kind)kind);
		/* A campaign and a model hold several entities. */
		for (size_t i = 0; (kind == entity || (is_xml && entity != ENTITY_OBSERVATION)) && i < fields->field_count; i++)
			add_field(&words, &fields->fields[i]);
	}
	return words.count;
}

void fuzz_print_words(int entity, bool is_xml)
{
	struct text words[WORDS_MOST];
	size_t count = fuzz_words(entity, is_xml, words, WORDS_MOST);
	for (size_t i = 0; i < count; i++) {
		putchar('"');
		for (size_t j = 0; j < words[i].size; j++)
			printf("\\x%02X", (unsigned)(unsigned char)words[i].at[j]);
		printf("\"\n");
	}
}
