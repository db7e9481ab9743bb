/* SPDX-License-Identifier: MIT
 *
 * xingji merge: the parts of a plan put together.
 */
#include "build/part.h"
#include "commands/commands.h"

int command_merge(const struct options *options)
{
	return build_merge(options);
}
