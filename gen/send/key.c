/* SPDX-License-Identifier: MIT
 *
 * The file: a line that says what it is, the key and its check in hexadecimal digits.  The check is
 * no secret's protection; it tells a file that was cut, edited or joined by a sync program from one
 * that is whole.
 */
#include "send/key.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"

#define HEAD "xingji-key-1\n"
enum {
	CHECK_BYTES = 16, /* the least that BLAKE2b makes here */
	HEAD_SIZE = sizeof HEAD - 1,
	KEY_AT = HEAD_SIZE, CHECK_AT = KEY_AT + 2 * KEY_BYTES + 1,
	FILE_SIZE = CHECK_AT + 2 * CHECK_BYTES + 1,
	HASH_BYTES = 32,
};

/* Sixteen characters of five bits: no 0 o 1 l. */
static const char alphabet[] = "23456789abcdefghijkmnpqrstuvwxyz";
_Static_assert(sizeof alphabet - 1 == 32, "a character is five bits");
_Static_assert((KEY_PASSWORD_SIZE - 1) * 5 >= 64, "a password is guessed at leisure: 64 bits at least");

/* ---- what follows from the key ------------------------------------------------------------ */

static void start_library(void)
{
	int started = sodium_init();
	assert(started >= 0); /* only without any source of chance on the machine */
	(void)started;
}

static void check_of(const unsigned char bytes[KEY_BYTES], unsigned char check[CHECK_BYTES])
{
	crypto_generichash(check, CHECK_BYTES, bytes, KEY_BYTES, (const unsigned char *)HEAD, HEAD_SIZE);
}

static void set_fingerprint(struct key *key)
{
	static const unsigned char purpose[] = "xingji fingerprint";
	unsigned char hash[HASH_BYTES];
	crypto_generichash(hash, sizeof hash, purpose, sizeof purpose, key->bytes, KEY_BYTES);
	sodium_bin2hex(key->fingerprint, sizeof key->fingerprint, hash, (KEY_FINGERPRINT_SIZE - 1) / 2);
}

static void write_characters(const unsigned char *random, char *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = alphabet[random[i] & 31];
	out[count] = '\0';
}

void key_password(const struct key *key, struct text year, struct text credit_code, char out[KEY_PASSWORD_SIZE])
{
	static const unsigned char purpose[] = "xingji password"; /* with its NUL, as the year with its own */
	unsigned char hash[HASH_BYTES];
	crypto_generichash_state state;
	assert(year.size && credit_code.size);
	crypto_generichash_init(&state, key->bytes, KEY_BYTES, sizeof hash);
	crypto_generichash_update(&state, purpose, sizeof purpose);
	crypto_generichash_update(&state, (const unsigned char *)year.at, year.size);
	crypto_generichash_update(&state, (const unsigned char *)"", 1);
	crypto_generichash_update(&state, (const unsigned char *)credit_code.at, credit_code.size);
	crypto_generichash_final(&state, hash, sizeof hash);
	write_characters(hash, out, KEY_PASSWORD_SIZE - 1);
	sodium_memzero(hash, sizeof hash);
	sodium_memzero(&state, sizeof state);
}

void key_owner_password(char out[KEY_OWNER_SIZE])
{
	unsigned char random[KEY_OWNER_SIZE - 1];
	key_random(random, sizeof random);
	write_characters(random, out, sizeof random);
	sodium_memzero(random, sizeof random);
}

void key_random(void *bytes, size_t size)
{
	start_library();
	randombytes_buf(bytes, size);
}

void key_wipe_bytes(void *bytes, size_t size)
{
	sodium_memzero(bytes, size);
}

void key_wipe(struct key *key)
{
	sodium_memzero(key, sizeof *key);
}

/* ---- the file ------------------------------------------------------------------------------ */

static int write_all(int fd, const char *bytes, size_t size)
{
	while (size) {
		ssize_t written = write(fd, bytes, size);
		if (written < 0 && errno != EINTR)
			return errno;
		bytes += written > 0 ? written : 0;
		size -= written > 0 ? (size_t)written : 0;
	}
	return fsync(fd) ? errno : 0;
}

/* The folder that holds the file: so that its name outlasts a power cut too. */
static int sync_folder(const char *path)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');
	size_t size = slash ? (size_t)(slash - path) + 1 : 0;
	if (size >= sizeof folder)
		return ENAMETOOLONG;
	memcpy(folder, path, size);
	folder[size] = '\0';
	return file_sync_folder(size ? folder : ".");
}

static int make_file(const char *path, const char bytes[FILE_SIZE])
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno;
	int error = fchmod(fd, 0600) ? errno : write_all(fd, bytes, FILE_SIZE);
	if (close(fd) && !error)
		error = errno;
	if (!error)
		error = sync_folder(path);
	if (error)
		unlink(path);
	return error;
}

bool key_new(const char *path, struct diag *diag)
{
	unsigned char bytes[KEY_BYTES], check[CHECK_BYTES];
	char file[FILE_SIZE + 1];
	key_random(bytes, sizeof bytes);
	check_of(bytes, check);
	memcpy(file, HEAD, HEAD_SIZE);
	sodium_bin2hex(file + KEY_AT, 2 * KEY_BYTES + 1, bytes, KEY_BYTES);
	file[CHECK_AT - 1] = '\n';
	sodium_bin2hex(file + CHECK_AT, 2 * CHECK_BYTES + 1, check, CHECK_BYTES);
	file[FILE_SIZE - 1] = '\n';
	int error = make_file(path, file);
	sodium_memzero(bytes, sizeof bytes);
	sodium_memzero(file, sizeof file);
	if (error == EEXIST)
		DIAG(diag, DIAG_KEY_EXISTS, .a = text_from(path));
	else if (error)
		DIAG(diag, DIAG_FILE_UNWRITABLE, .a = text_from(path), .b = file_reason(error));
	return !error;
}

/* One byte more than a key has, so that a longer file is noticed.  Returns an errno. */
static int read_file(const char *path, char bytes[FILE_SIZE + 1], size_t *size, bool *is_open)
{
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno;
	int error = fstat(fd, &status) ? errno : 0;
	if (!error && !S_ISREG(status.st_mode))
		error = EINVAL;
	*is_open = !error && (status.st_mode & (S_IRWXG | S_IRWXO));
	*size = 0;
	for (ssize_t got = 1; !error && !*is_open && got && *size < FILE_SIZE + 1;) {
		got = read(fd, bytes + *size, FILE_SIZE + 1 - *size);
		if (got < 0 && errno != EINTR)
			error = errno;
		*size += got > 0 ? (size_t)got : 0;
	}
	close(fd);
	return error;
}

static bool decode(const char *hex, unsigned char *out, size_t size)
{
	size_t got = 0;
	return sodium_hex2bin(out, size, hex, 2 * size, NULL, &got, NULL) == 0 && got == size && hex[2 * size] == '\n';
}

static bool parse(const char file[FILE_SIZE], struct key *key)
{
	unsigned char check[CHECK_BYTES], wanted[CHECK_BYTES];
	if (memcmp(file, HEAD, HEAD_SIZE) != 0 || !decode(file + KEY_AT, key->bytes, KEY_BYTES) ||
	    !decode(file + CHECK_AT, check, CHECK_BYTES))
		return false;
	check_of(key->bytes, wanted);
	return sodium_memcmp(check, wanted, CHECK_BYTES) == 0;
}

bool key_load(const char *path, struct key *key, struct diag *diag)
{
	char file[FILE_SIZE + 1] = "";
	size_t size = 0;
	bool is_open = false;
	start_library();
	*key = (struct key){ .bytes = { 0 } };
	int error = read_file(path, file, &size, &is_open);
	bool is_sound = !error && !is_open && size == FILE_SIZE && parse(file, key);
	sodium_memzero(file, sizeof file);
	if (is_sound) {
		set_fingerprint(key);
		return true;
	}
	key_wipe(key);
	if (error)
		DIAG(diag, DIAG_FILE_UNREADABLE, .a = text_from(path), .b = file_reason(error));
	else if (is_open)
		DIAG(diag, DIAG_KEY_OPEN, .a = text_from(path));
	else
		DIAG(diag, DIAG_KEY_DAMAGED, .a = text_from(path));
	return false;
}
