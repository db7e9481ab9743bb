/* SPDX-License-Identifier: MIT
 *
 * xingji build: everything, or a part.
 */
#include "build/build.h"
#include "commands/commands.h"

int command_build(const struct options *options)
{
	return build_run(options);
}
