/* SPDX-License-Identifier: MIT
 *
 * xingji certificates: of a finished build, the certificates of the list in force and the list of plaques
 * (build/certificates.h).
 *
 * A command of its own, since their numbers go into the register: a build writes nothing there and may be thrown
 * away, and publish records what the public saw, which certificates are not.
 */
#include <stdio.h>

#include "base/file.h"
#include "build/build.h"
#include "build/certificates.h"
#include "build/finished.h"
#include "build/out.h"
#include "build/say.h"
#include "commands/commands.h"
#include "publish/slot.h"

static void say_result(const struct run *run, const struct certificates_result *result)
{
	bool english = run->options->environment.language == LANGUAGE_ENGLISH;
	say_line(stdout, english
		? "certificates %zu; new numbers %zu, of which %zu replace one; void without a new one %zu"
		 : "证书 %zu 份；新编号 %zu 个，其中换发 %zu 个；作废未换发 %zu 个",
		 result->count, result->added, result->replaced, result->voided);
	say_line(stdout, "  %s", result->path);
}

static void make_locked(struct build *build)
{
	struct run *run = &build->run;
	struct certificates_result result;
	struct slot slot;
	const char *folder = text_format(run->arena, "%s/%lld", out_folder(run->options),
		(long long)run->model->campaign.year).at;
	if (!file_is_folder(folder)) {
		finished_check(build, folder); /* says what is not there */
		return;
	}
	if (!slot_hold(&slot, run->arena, folder, run->diag))
		return;
	if (finished_check(build, folder) && certificates_make(build, folder, &result))
		say_result(run, &result);
	lock_release(&slot.lock);
}

int command_certificates(const struct options *options)
{
	struct build build = { .options = options };
	build.scratch = arena_new();
	int code = run_open(&build.run, options);
	if (!code && run_is_good(&build.run))
		make_locked(&build);
	if (!code) {
		fflush(stdout);
		code = run_report(&build.run);
	}
	run_close(&build.run);
	arena_free(build.scratch);
	return code;
}
