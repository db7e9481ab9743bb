/* SPDX-License-Identifier: MIT
 *
 * The PDF canvas.  Fonts are cut before the first page, because what stands on the
 * pages are codes in the cut fonts; everything that must know all pages (ToUnicode,
 * structure, outline) is written at the end.
 */
#include "render/haru.h"

#include <stdlib.h>

#include "base/arena.h"

enum { STORED_GUESS = (256 << 10) - 1 /* bytes, and the NUL: the streams of a diagnosis */ };

static struct haru *haru_of(struct canvas *canvas)
{
	return (struct haru *)(void *)canvas;
}

static void begin(struct canvas *canvas, const struct pages *pages)
{
	struct haru *haru = haru_of(canvas);
	haru->pages = pages;
	haru->doc = haru_open_document(haru);
	haru->is_open = true;
	if (!haru->doc)
		return;
	haru->page_objects = memory_resize(NULL, pages->count * sizeof *haru->page_objects);
	for (size_t i = 0; i < pages->count; i++) { /* now, so that links can name pages to come */
		HPDF_Dict page = haru->page_objects[i] = haru_dict(haru);
		haru_register(haru, page);
		page->header.obj_class |= HPDF_OSUBCLASS_PAGE; /* for libharu's count of the tree */
		haru_set_name(haru, page, "Type", "Page");
	}
	haru->resources = haru_dict(haru);
	haru->states = haru_dict(haru);
	haru_register(haru, haru->resources);
	haru_set(haru, haru->resources, "ExtGState", haru->states);
	haru_begin_tags(haru);
	haru_begin_fonts(haru);
}

static void begin_page(struct canvas *canvas, const struct page *page)
{
	struct haru *haru = haru_of(canvas);
	haru->next_mcid = 0;
	haru->annotations = NULL;
	haru_begin_content(haru, page);
}

static void glyphs(struct canvas *canvas, const struct draw_op *op)
{
	haru_glyphs(haru_of(canvas), op);
}

static void path(struct canvas *canvas, const struct draw_op *op)
{
	haru_path(haru_of(canvas), op);
}

static void paint_link(struct canvas *canvas, const struct draw_op *op)
{
	haru_add_link(haru_of(canvas), op);
}

static void set_page(struct haru *haru, HPDF_Dict page, HPDF_Dict content)
{
	const struct page *source = &haru->pages->pages[haru->page];
	HPDF_Array box = haru_array(haru), kids = HPDF_Dict_GetItem(haru->doc->root_pages, "Kids", HPDF_OCLASS_ARRAY);
	haru_push_integer(haru, box, 0);
	haru_push_integer(haru, box, 0);
	haru_push_real(haru, box, source->width_pt);
	haru_push_real(haru, box, source->height_pt);
	haru_set(haru, page, "Parent", haru->doc->root_pages);
	haru_set(haru, page, "MediaBox", box);
	haru_set(haru, page, "Resources", haru->resources);
	haru_set(haru, page, "Contents", content);
	HPDF_Dict group = haru_dict(haru); /* so that opacity mixes in the colours we mean */
	haru_set_name(haru, group, "Type", "Group");
	haru_set_name(haru, group, "S", "Transparency");
	haru_set_name(haru, group, "CS", "DeviceRGB");
	haru_set(haru, page, "Group", group);
	if (haru->pages->tag_count) {
		haru_set_integer(haru, page, "StructParents", (int64_t)haru->page);
		haru_set_name(haru, page, "Tabs", "S");
	}
	haru_push(haru, kids, page);
}

static void end_page(struct canvas *canvas)
{
	struct haru *haru = haru_of(canvas);
	haru_end_content(haru);
	if (haru->content.overflowed)
		canvas_fail(canvas, "a page is too long");
	size_t before = haru->stored.size;
	HPDF_Dict content = haru_stream_small(haru, buf_view(&haru->content));
	haru_fingerprint(haru, text_slice(buf_view(&haru->stored), before, haru->stored.size));
	set_page(haru, haru->page_objects[haru->page], content);
	haru->page++;
}

/* Everything into the output, packed. */
static bool save(struct haru *haru)
{
	char id[16];
	struct buf file;
	for (int i = 0; i < 16; i++)
		id[i] = (char)(haru->fingerprint[i / 8] >> (8 * (i % 8)) & 0xFF);
	buf_init(&file, BUF_LIMIT_FILE);
	const struct haru_more tree = { haru_tree_size(haru), haru_tree_write };
	bool is_good = haru_read_back(haru, &file) &&
	               haru_pack(haru, (struct haru_file){ buf_view(&file), { id, sizeof id } }, &tree);
	buf_clear(&file);
	return is_good;
}

static bool finish(struct canvas *canvas)
{
	struct haru *haru = haru_of(canvas);
	haru_finish_fonts(haru);
	haru_finish_tags(haru);
	haru_finish_meta(haru);
	haru_finish_attachments(haru);
	haru_finish_intent(haru);
	return save(haru);
}

static void release(struct canvas *canvas)
{
	struct haru *haru = haru_of(canvas);
	if (haru->is_open)
		haru_close_document(haru);
	haru_clear_fonts(haru);
	free(haru->page_objects);
	free(haru->figures);
	free(haru->boxes);
	free(haru->box_pages);
	LIST_FREE(&haru->parts);
	LIST_FREE(&haru->elements);
	LIST_FREE(&haru->links);
	map_clear(&haru->anchors);
	LIST_FREE(&haru->streams);
	buf_clear(&haru->stored);
	buf_clear(&haru->content);
	buf_clear(&haru->scratch);
	free(haru);
}

static const struct canvas_ops operations = {
	.begin = begin, .begin_page = begin_page, .glyphs = glyphs, .path = path,
	.link = paint_link, .end_page = end_page, .close = finish, .free = release,
};

struct canvas *haru_canvas_new(const struct theme *theme, struct fonts *fonts, struct buf *output)
{
	struct haru *haru = memory_resize(NULL, sizeof *haru);
	*haru = (struct haru){ .canvas = { .ops = &operations, .theme = theme }, .fonts = fonts, .output = output,
			       .fingerprint = { UINT64_C(0xCBF29CE484222325), UINT64_C(0x84222325CBF29CE4) } };
	buf_init(&haru->content, BUF_LIMIT_PAGE);
	buf_init(&haru->scratch, BUF_LIMIT_PAGE);
	buf_init(&haru->stored, BUF_LIMIT_FILE);
	(void)buf_room(&haru->stored, STORED_GUESS);
	return &haru->canvas;
}

void haru_canvas_archive(struct canvas *canvas)
{
	haru_of(canvas)->is_archive = true;
}
