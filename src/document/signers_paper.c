#include "turnabout/document/signers_paper.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/base64.h"
#include "turnabout/base/digest.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

enum {
    FILE_MOST = 16 * 1024, /* bytes; a key of 16,384 bits takes less than 3 KB */
    LENGTH_BYTES = 4,      /* of a string within a key or signature */
    VERSION_BYTES = 4,
};

#define FILE_NAME "contract-signers"
#define OPTIONS "namespaces=\"" TA_SEAL_NAMESPACE "\""
#define BEGINS "-----BEGIN SSH SIGNATURE-----"
#define ENDS "-----END SSH SIGNATURE-----"
#define MAGIC "SSHSIG"

static const char *const types[] = {
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
};

static const char *find_type(struct ta_piece word)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (ta_piece_is(word, types[i])) {
            return types[i];
        }
    }
    return NULL;
}

/* A string as ssh has it: how long it is, then its bytes. */
static bool take_string(struct ta_piece *rest, struct ta_piece *string)
{
    if (rest->length < LENGTH_BYTES) {
        return false;
    }
    uint32_t length = 0;
    for (size_t i = 0; i < LENGTH_BYTES; i++) {
        length = length << 8 | (unsigned char)rest->at[i];
    }
    if (length > rest->length - LENGTH_BYTES) {
        return false;
    }
    *string = (struct ta_piece){rest->at + LENGTH_BYTES, length};
    *rest = (struct ta_piece){string->at + length, rest->length - LENGTH_BYTES - length};
    return true;
}

/* The bytes of a key begin with the name of its type. */
static const char *type_of(struct ta_piece bytes)
{
    struct ta_piece name;
    return take_string(&bytes, &name) && bytes.length > 0 ? find_type(name) : NULL;
}

static char *write_key(struct ta_piece bytes)
{
    struct ta_text key = {0};
    ta_text_addf(&key, "%s ", type_of(bytes));
    ta_base64_write(&key, bytes.at, bytes.length);
    return ta_text_take(&key);
}

/* The file, line by line */

/* "ssh-ed25519 AAAA... dana@laptop": the comment is left out. */
static bool read_key(char **key, struct ta_piece text)
{
    struct ta_piece type;
    struct ta_piece letters;
    struct ta_text bytes = {0};
    bool ok = ta_next_part(&text, ' ', &type) && ta_next_part(&text, ' ', &letters) &&
              find_type(type) != NULL && ta_base64_read(&bytes, letters) &&
              type_of((struct ta_piece){bytes.bytes, bytes.length}) == find_type(type);
    if (ok) {
        *key = write_key((struct ta_piece){bytes.bytes, bytes.length});
    }
    ta_text_release(&bytes);
    return ok;
}

static bool read_signer(struct ta_signers *signers, struct ta_piece line)
{
    struct ta_piece role_word;
    struct ta_piece options;
    enum ta_role role;
    return ta_next_part(&line, ' ', &role_word) && ta_next_part(&line, ' ', &options) &&
           ta_role_read(&role, role_word) && ta_piece_is(role_word, ta_role_name(role)) &&
           ta_piece_is(options, OPTIONS) && signers->key[role] == NULL &&
           read_key(&signers->key[role], line);
}

static bool read_lines(struct ta_signers *signers, struct ta_piece rest, struct ta_error *err)
{
    struct ta_piece line;
    for (size_t number = 1; ta_next_line(&rest, &line); number++) {
        line = ta_piece_trim(line);
        if (line.length > 0 && line.at[0] != '#' && !read_signer(signers, line)) {
            return ta_fail(err, TA_DAMAGED,
                           "Line %zu of " FILE_NAME
                           " is not the key of one of you for contracts: nothing in it is trusted. "
                           "See who changed it: git log -p main -- " FILE_NAME ".",
                           number);
        }
    }
    return true;
}

bool ta_signers_read(struct ta_signers *signers, const char *text, struct ta_error *err)
{
    *signers = (struct ta_signers){0};
    size_t length = strlen(text);
    if (length > FILE_MOST) {
        return ta_fail(err, TA_DAMAGED,
                       FILE_NAME
                       " is larger than %d bytes: it is not taken for a list of two keys.",
                       FILE_MOST);
    }
    bool ok = read_lines(signers, (struct ta_piece){text, length}, err);
    if (!ok) {
        ta_signers_release(signers);
    }
    return ok;
}

char *ta_signers_write(const struct ta_signers *signers)
{
    struct ta_text text = {0};
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (signers->key[role] != NULL) {
            ta_text_addf(&text, "%s " OPTIONS " %s\n", ta_role_name(role), signers->key[role]);
        }
    }
    return ta_text_take(&text);
}

void ta_signers_release(struct ta_signers *signers)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        free(signers->key[role]);
        signers->key[role] = NULL;
    }
}

/* What a signature says of itself */

/* The bytes between the lines that begin and end it. */
static bool take_off_armor(struct ta_text *bytes, const char *signature)
{
    struct ta_piece text = ta_piece_trim(ta_piece_of(signature));
    size_t around = strlen(BEGINS) + strlen(ENDS);
    if (text.length > FILE_MOST || text.length < around || !ta_piece_starts(text, BEGINS) ||
        memcmp(text.at + text.length - strlen(ENDS), ENDS, strlen(ENDS)) != 0) {
        return false;
    }
    return ta_base64_read(bytes, (struct ta_piece){text.at + strlen(BEGINS), text.length - around});
}

/* Magic and version, key, namespace; what comes behind them is ssh-keygen's to judge. */
static bool read_signature(struct ta_piece bytes, struct ta_piece *key)
{
    struct ta_piece name;
    size_t head = strlen(MAGIC) + VERSION_BYTES;
    if (bytes.length < head || !ta_piece_starts(bytes, MAGIC)) {
        return false;
    }
    struct ta_piece rest = {bytes.at + head, bytes.length - head};
    return take_string(&rest, key) && take_string(&rest, &name) &&
           ta_piece_is(name, TA_SEAL_NAMESPACE) && type_of(*key) != NULL;
}

bool ta_seal_key(char **key, const char *signature, struct ta_error *err)
{
    struct ta_text bytes = {0};
    struct ta_piece found;
    bool ok = take_off_armor(&bytes, signature) &&
              read_signature((struct ta_piece){bytes.bytes, bytes.length}, &found);
    *key = ok ? write_key(found) : NULL;
    ta_text_release(&bytes);
    return ok || ta_fail(err, TA_DAMAGED,
                         "This is no signature of a contract that ssh-keygen could have made.");
}

static char from_hexadecimal(const char digits[2])
{
    char pair[3] = {digits[0], digits[1], '\0'};
    return (char)strtoul(pair, NULL, 16);
}

void ta_key_fingerprint(char out[TA_FINGERPRINT_SIZE], const char *key)
{
    enum { BYTES = (TA_DIGEST_SIZE - 1) / 2, LETTERS = 43 };
    const char *blank = strchr(key, ' ');
    struct ta_text bytes = {0};
    struct ta_text letters = {0};
    out[0] = '\0';
    if (blank != NULL && ta_base64_read(&bytes, ta_piece_of(blank + 1)) && bytes.length > 0) {
        char digest[TA_DIGEST_SIZE];
        char raw[BYTES];
        ta_digest(digest, bytes.bytes, bytes.length);
        for (size_t i = 0; i < BYTES; i++) {
            raw[i] = from_hexadecimal(&digest[2 * i]);
        }
        ta_base64_write(&letters, raw, BYTES);
        (void)snprintf(out, TA_FINGERPRINT_SIZE, "SHA256:%.*s", LETTERS, letters.bytes);
    }
    ta_text_release(&letters);
    ta_text_release(&bytes);
}
