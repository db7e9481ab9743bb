/* SPDX-License-Identifier: MIT
 *
 * xingji plan: a year cut into jobs for many machines.
 */
#include "build/part.h"
#include "commands/commands.h"

int command_plan(const struct options *options)
{
	return build_plan(options);
}
