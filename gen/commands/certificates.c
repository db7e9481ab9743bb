/* SPDX-License-Identifier: MIT
 *
 * xingji certificates: of a finished build, the certificates of the list in force and the list of plaques
 * (build/certificates.h).
 *
 * A command of its own, since their numbers go into the register: a build writes nothing there and may be thrown
 * away, and publish records what the public saw, which certificates are not.
 */
#include <stdio.h>

#include "build/build.h"
#include "build/certificates.h"
#include "build/finished.h"
#include "build/say.h"
#include "commands/commands.h"

static void say_result(const struct run *run, const struct certificates_result *result)
{
	bool english = run->options->environment.language == LANGUAGE_ENGLISH;
	say_line(stdout, english
		? "certificates %zu; new numbers %zu, of which %zu replace one; void without a new one %zu"
		 : "证书 %zu 份；新编号 %zu 个，其中换发 %zu 个；作废未换发 %zu 个",
		 result->count, result->added, result->replaced, result->voided);
	if (!result->count)
		say_line(stdout, "  %s", english ? "nobody is on the list in force" : "现行名单上没有企业，没有要做的证书");
	say_line(stdout, "  %s", result->path);
}

static void make(struct build *build, const char *folder)
{
	struct certificates_result result;
	if (certificates_make(build, folder, &result))
		say_result(&build->run, &result);
}

int command_certificates(const struct options *options)
{
	return finished_run(options, make);
}
