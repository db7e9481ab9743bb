/* SPDX-License-Identifier: MIT
 *
 * Files inside the document, and what an archive edition says of its colours.
 */
#include <stdio.h>

#include "base/date.h"
#include "doc/doc.h"
#include "render/haru.h"
#include "render/srgb.h"

/* For readers that know no Unicode names. */
static void write_plain_name(struct buf *buf, struct text name, size_t number)
{
	buf_format(buf, "%zu-", number);
	for (size_t i = 0; i < name.size; i++)
		if ((unsigned char)name.at[i] < 0x7F)
			buf_byte(buf, name.at[i]);
}

static HPDF_Dict embedded_file(struct haru *haru, const struct attachment *file)
{
	HPDF_Dict stream = haru_stream_small(haru, file->bytes), parameters = haru_dict(haru);
	haru_set_name(haru, stream, "Type", "EmbeddedFile");
	haru_set_name(haru, stream, "Subtype", file->media_type);
	haru_set_integer(haru, parameters, "Size", (int64_t)file->bytes.size);
	struct date date;
	if (date_parse_iso(haru->pages->date, &date)) {
		char stamp[40];
		snprintf(stamp, sizeof stamp, "D:%04d%02d%02d000000+08'00'", date.year, date.month, date.day);
		haru_set_bytes(haru, parameters, "ModDate", text_from(stamp));
	}
	haru_set(haru, stream, "Params", parameters);
	haru_fingerprint(haru, file->bytes);
	return stream;
}

void haru_finish_attachments(struct haru *haru)
{
	const struct pages *pages = haru->pages;
	if (!pages->attachment_count || haru->is_archive)
		return;
	HPDF_Array names = haru_array(haru), associated = haru_array(haru);
	HPDF_Dict tree = haru_dict(haru), all = haru_dict(haru);
	for (size_t i = 0; i < pages->attachment_count; i++) {
		const struct attachment *file = &pages->attachments[i];
		HPDF_Dict specification = haru_dict(haru), streams = haru_dict(haru);
		struct buf plain;
		buf_init(&plain, 1024);
		write_plain_name(&plain, file->name, i + 1); /* one digit in front, so they are in order */
		haru_register(haru, specification);
		haru_set_name(haru, specification, "Type", "Filespec");
		haru_set_bytes(haru, specification, "F", buf_view(&plain));
		haru_set_text(haru, specification, "UF", file->name);
		if (file->description.size)
			haru_set_text(haru, specification, "Desc", file->description);
		haru_set_name(haru, specification, "AFRelationship", "Data");
		HPDF_Dict stream = embedded_file(haru, file);
		haru_set(haru, streams, "F", stream);
		haru_set(haru, streams, "UF", stream);
		haru_set(haru, specification, "EF", streams);
		haru_push_bytes(haru, names, buf_view(&plain));
		haru_push(haru, names, specification);
		haru_push(haru, associated, specification);
		buf_clear(&plain);
	}
	haru_set(haru, tree, "Names", names);
	haru_set(haru, all, "EmbeddedFiles", tree);
	haru_set(haru, haru->doc->catalog, "Names", all);
	haru_set(haru, haru->doc->catalog, "AF", associated);
}

void haru_finish_intent(struct haru *haru)
{
	if (!haru->is_archive)
		return;
	struct buf profile;
	buf_init(&profile, 1 << 16);
	srgb_write_profile(&profile);
	HPDF_Dict stream = haru_stream_small(haru, buf_view(&profile)), intent = haru_dict(haru);
	HPDF_Array intents = haru_array(haru);
	haru_set_integer(haru, stream, "N", 3);
	haru_set_name(haru, intent, "Type", "OutputIntent");
	haru_set_name(haru, intent, "S", "GTS_PDFA1");
	haru_set_text(haru, intent, "OutputConditionIdentifier", TEXT("sRGB IEC61966-2.1"));
	haru_set_text(haru, intent, "Info", TEXT("sRGB IEC61966-2.1"));
	haru_set(haru, intent, "DestOutputProfile", stream);
	haru_push(haru, intents, intent);
	haru_set(haru, haru->doc->catalog, "OutputIntents", intents);
	buf_clear(&profile);
}
