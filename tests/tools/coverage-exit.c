/* SPDX-License-Identifier: MIT
 *
 * Linked into what `make coverage` builds, with --wrap=_exit: a worker ends by _exit, which would lose its counts.
 */
void __gcov_dump(void);
_Noreturn void __real__exit(int code);
_Noreturn void __wrap__exit(int code);

_Noreturn void __wrap__exit(int code)
{
	__gcov_dump();
	__real__exit(code);
}
