/* SPDX-License-Identifier: MIT */
#include "build/model_file.h"

#include "base/buf.h"
#include "base/decimal.h"
#include "base/xml_write.h"
#include "model/model.h"

/* The next element on a line of its own, as deep as it stands. */
static void open_line(struct xml_write *xml, const char *name)
{
	xml_write_line(xml);
	for (size_t i = 0; i < xml->depth; i++)
		xml_write_string(xml, "  ");
	xml_write_open(xml, name);
}

/* Its end, on a line of its own too. */
static void close_line(struct xml_write *xml)
{
	xml_write_line(xml);
	for (size_t i = 1; i < xml->depth; i++)
		xml_write_string(xml, "  ");
	xml_write_close(xml);
}

static void write_given(struct xml_write *xml, const char *name, struct text value)
{
	if (value.size)
		xml_write_attribute(xml, name, value);
}

static void write_check(struct xml_write *xml, const struct item *item)
{
	if (!item->check.size && !item->check_method.size)
		return;
	open_line(xml, "check");
	write_given(xml, "method", item->check_method);
	xml_write_text(xml, item->check);
	xml_write_close(xml);
}

static void write_advice(struct xml_write *xml, const struct item *item)
{
	if (!item->advice.size && !item->advice_department.size && item->advice_days == MISSING)
		return;
	open_line(xml, "advice");
	if (item->advice_days != MISSING)
		xml_write_attribute_format(xml, "days", "%lld", (long long)item->advice_days);
	write_given(xml, "department", item->advice_department);
	xml_write_text(xml, item->advice);
	xml_write_close(xml);
}

static void write_item(struct xml_write *xml, const struct item *item)
{
	struct buf weight;
	buf_init(&weight, BUF_LIMIT_PAGE);
	decimal_write(&weight, item->weight);
	open_line(xml, "item");
	xml_write_attribute(xml, "id", item->id);
	xml_write_attribute_format(xml, "level", "%lld", (long long)item->level);
	xml_write_attribute(xml, "element", text_from(choice_word(SET_ELEMENT, item->element)));
	xml_write_attribute(xml, "weight", buf_view(&weight));
	xml_write_attribute(xml, "risk", text_from(choice_word(SET_RISK, item->risk)));
	xml_write_attribute(xml, "veto", text_from(choice_xml(SET_YESNO, item->veto)));
	open_line(xml, "requirement");
	xml_write_text(xml, item->requirement);
	xml_write_close(xml);
	write_check(xml, item);
	write_advice(xml, item);
	close_line(xml);
	buf_clear(&weight);
}

static void write_area(struct xml_write *xml, const struct catalogue *catalogue, const struct area *area)
{
	open_line(xml, "area");
	xml_write_attribute(xml, "id", area->id);
	xml_write_attribute(xml, "name", area->name);
	for (int32_t i = 0; i < area->item_count; i++)
		write_item(xml, &catalogue->items[area->first_item + i]);
	close_line(xml);
}

static void write_class(struct xml_write *xml, const struct catalogue *catalogue, const struct class *class)
{
	open_line(xml, "class");
	xml_write_attribute(xml, "id", class->id);
	write_given(xml, "group", class->group);
	xml_write_attribute(xml, "name", class->name);
	for (int32_t i = 0; i < class->area_count; i++)
		write_area(xml, catalogue, &catalogue->areas[class->first_area + i]);
	close_line(xml);
}

static void write_levels(struct xml_write *xml, const struct catalogue *catalogue)
{
	for (int n = 1; n <= catalogue->level_count; n++) {
		open_line(xml, "level");
		xml_write_attribute_format(xml, "n", "%d", n);
		xml_write_attribute(xml, "name", catalogue->levels[n].name);
		xml_write_attribute(xml, "label", catalogue->levels[n].label);
		xml_write_close(xml);
	}
}

void model_file_write(const struct catalogue *catalogue, struct buf *buf)
{
	struct xml_write xml;
	xml_write_init(&xml, buf);
	xml_write_instruction(&xml, "xml", "version=\"1.0\" encoding=\"UTF-8\"");
	open_line(&xml, "model");
	xml_write_attribute(&xml, "id", catalogue->id);
	xml_write_attribute(&xml, "track", catalogue->tracks);
	write_given(&xml, "edition", catalogue->edition);
	write_given(&xml, "basis", catalogue->basis);
	write_given(&xml, "note", catalogue->note);
	write_levels(&xml, catalogue);
	for (int32_t i = 0; i < catalogue->class_count; i++)
		write_class(&xml, catalogue, &catalogue->classes[i]);
	close_line(&xml);
	xml_write_end(&xml);
	buf_byte(buf, '\n');
}
