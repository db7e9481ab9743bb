/* SPDX-License-Identifier: MIT */
#include "build/out.h"
#include "build/say.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "build/folders.h"
#include "build/run.h"

const char *out_folder(const struct options *options)
{
	return options->out ? options->out : "out";
}

int out_check(const struct options *options)
{
	struct arena *arena = arena_new();
	const struct {
		const char *folder, *chinese, *english;
	} inputs[] = {
		{ run_data_folder(options), "输出文件夹不能与数据文件夹相同或互相包含", "the output folder must not be, hold or lie in the folder of the data" },
		{ folders_content(arena, options), "输出文件夹不能与正文文件夹相同或互相包含", "the output folder must not be, hold or lie in the folder of the texts" },
		{ folders_themes(options), "输出文件夹不能与主题文件夹相同或互相包含", "the output folder must not be, hold or lie in the folder of the themes" },
		{ options->theme && strchr(options->theme, '/') ? options->theme : NULL, "输出文件夹不能与主题文件夹相同或互相包含",
		  "the output folder must not be, hold or lie in the folder of the theme" },
	};
	const char *out = file_real(arena, out_folder(options));
	int code = 0;
	for (size_t i = 0; i < sizeof inputs / sizeof *inputs && !code; i++) {
		const char *folder = inputs[i].folder ? file_real(arena, inputs[i].folder) : NULL;
		if (folder && file_exists(folder) && (file_is_within(out, folder) || file_is_within(folder, out)))
			code = say_usage(options, inputs[i].chinese, inputs[i].english, out_folder(options));
	}
	arena_free(arena);
	return code;
}
