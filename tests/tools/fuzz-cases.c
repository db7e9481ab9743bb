/* SPDX-License-Identifier: MIT
 *
 * Inputs that once failed a reader or taught the fuzzer something, read again by the fuzz targets
 * without the fuzzer, after an empty one: `fuzz-cases KIND FILE…`.  Ends well when nothing crashes; sanitizers make it sharper.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "read/input.h"

/* Those of libFuzzer, in tests/fuzz/fuzz.c. */
int LLVMFuzzerInitialize(int *count, char ***arguments);
int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t size);

int main(int count, char **arguments)
{
	LLVMFuzzerInitialize(&count, &arguments);
	LLVMFuzzerTestOneInput((const unsigned char *)"", 0);
	for (int i = 1; i < count; i++) {
		struct file_bytes bytes;
		printf("  %s\n", arguments[i]);
		fflush(stdout);
		if (file_map(arguments[i], INPUT_LIMIT, &bytes)) {
			fprintf(stderr, "fuzz-cases: cannot read %s\n", arguments[i]);
			return EXIT_FAILURE;
		}
		LLVMFuzzerTestOneInput((const unsigned char *)bytes.text.at, bytes.text.size);
		file_release(&bytes);
	}
	return EXIT_SUCCESS;
}
