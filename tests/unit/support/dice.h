/* SPDX-License-Identifier: MIT
 *
 * Numbers at random that are the same on every machine.
 */
#ifndef XINGJI_TESTS_DICE_H
#define XINGJI_TESTS_DICE_H

#include <stdint.h>

/* Where they begin; never 0, which stays 0. */
void dice_start(uint64_t seed);
/* From 0 up to below that. */
uint32_t dice_roll(uint32_t below);

#endif
