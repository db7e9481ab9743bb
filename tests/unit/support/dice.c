/* SPDX-License-Identifier: MIT
 *
 * Marsaglia's xorshift of 64 bits.
 */
#include "dice.h"

static uint64_t state = 88172645463325252u;

void dice_start(uint64_t seed)
{
	state = seed;
}

uint32_t dice_roll(uint32_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (uint32_t)(state >> 33) % below;
}
