/* SPDX-License-Identifier: MIT
 *
 * What the tests of setting/ share: faces of the default theme without its file.
 */
#ifndef XINGJI_TESTS_SETTING_FIXTURE_H
#define XINGJI_TESTS_SETTING_FIXTURE_H

#include "base/arena.h"
#include "base/diag.h"
#include "theme/theme.h"

enum { FIXTURE_SONG, FIXTURE_SONG_BOLD, FIXTURE_HEI, FIXTURE_HEI_BOLD, FIXTURE_KAI, FIXTURE_FANG, FIXTURE_FACES };

static inline struct theme *fixture_theme(struct arena *arena)
{
	static const struct face faces[FIXTURE_FACES] = {
		[FIXTURE_SONG] = { TEXT_INIT("Noto Serif CJK SC"), TEXT_INIT("Regular"), NULL, 2 },
		[FIXTURE_SONG_BOLD] = { TEXT_INIT("Noto Serif CJK SC"), TEXT_INIT("Bold"), NULL, 2 },
		[FIXTURE_HEI] = { TEXT_INIT("Noto Sans CJK SC"), TEXT_INIT("Regular"), NULL, 2 },
		[FIXTURE_HEI_BOLD] = { TEXT_INIT("Noto Sans CJK SC"), TEXT_INIT("Bold"), NULL, 2 },
		[FIXTURE_KAI] = { TEXT_INIT("LXGW WenKai"), TEXT_INIT("Regular"), NULL, 0 },
		[FIXTURE_FANG] = { TEXT_INIT("FandolFang"), TEXT_INIT("Regular"), NULL, 0 },
	};
	static const char *const files[FIXTURE_FACES] = {
		[FIXTURE_SONG] = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
		[FIXTURE_SONG_BOLD] = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
		[FIXTURE_HEI] = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
		[FIXTURE_HEI_BOLD] = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
		[FIXTURE_KAI] = "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
		[FIXTURE_FANG] = "out/fonts/FandolFang-Regular.otf",
	};
	static const int lists[ROLES][2][2] = {
		[ROLE_SONG] = { { FIXTURE_SONG, FIXTURE_HEI }, { FIXTURE_SONG_BOLD, FIXTURE_HEI_BOLD } },
		[ROLE_HEI] = { { FIXTURE_HEI, FIXTURE_SONG }, { FIXTURE_HEI_BOLD, FIXTURE_SONG_BOLD } },
		[ROLE_KAI] = { { FIXTURE_KAI, FIXTURE_SONG }, { FIXTURE_SONG_BOLD, FIXTURE_HEI_BOLD } },
		[ROLE_FANG] = { { FIXTURE_FANG, FIXTURE_SONG }, { FIXTURE_SONG_BOLD, FIXTURE_HEI_BOLD } },
		[ROLE_TITLE] = { { FIXTURE_SONG_BOLD, FIXTURE_HEI_BOLD }, { FIXTURE_SONG_BOLD, FIXTURE_HEI_BOLD } },
	};
	struct theme *theme = ARENA_NEW(arena, struct theme);
	theme->faces = ARENA_ARRAY(arena, struct face, FIXTURE_FACES);
	theme->face_count = FIXTURE_FACES;
	theme->hyphens.loosest_em = 0.1;
	theme->hyphens.file = text_string(arena, TEXT("/usr/share/hyphen/hyph_en_US.dic"));
	for (size_t i = 0; i < FIXTURE_FACES; i++) {
		theme->faces[i] = faces[i];
		theme->faces[i].file = text_string(arena, text_from(files[i]));
	}
	for (int role = 0; role < ROLES; role++)
		for (int bold = 0; bold < 2; bold++)
			for (int i = 0; i < ROLE_FACES_MOST; i++)
				theme->role_faces[role][bold][i] = i < 2 ? lists[role][bold][i] : -1;
	return theme;
}

#endif
