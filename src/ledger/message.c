#include "message.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/unicode.h"

/* The length of the control character (C0, DEL, C1) at `at`; 0 when there is none. */
static size_t control_at(const char *at)
{
    unsigned char byte = (unsigned char)at[0];
    if (byte == 0xC2) {
        unsigned char next = (unsigned char)at[1];
        return next >= 0x80 && next <= 0x9F ? 2 : 0;
    }
    return byte < 0x20 || byte == 0x7F ? 1 : 0;
}

/*
 * Appends the text without blanks around it, without control characters but those of `kept` (line
 * ends and tabs that are not become blanks), and without any character of `dropped`.
 */
static void add_clean(struct ta_text *out, const char *text, const char *kept, const char *dropped)
{
    struct ta_text clean = {0};
    for (size_t step; *text != '\0'; text += step) {
        size_t control = control_at(text);
        char byte = *text;
        step = control > 0 ? control : 1;
        if (control > 0 && strchr(kept, byte) == NULL) {
            byte = byte == '\n' || byte == '\t' ? ' ' : '\0';
        }
        if (byte != '\0' && strchr(dropped, byte) == NULL) {
            ta_text_add_bytes(&clean, &byte, 1);
        }
    }
    struct ta_piece trimmed = ta_piece_trim((struct ta_piece){clean.bytes, clean.length});
    ta_text_add_bytes(out, trimmed.at, trimmed.length);
    ta_text_release(&clean);
}

static void add_trailer(struct ta_text *out, const char *key, const char *value)
{
    if (value != NULL) {
        ta_text_addf(out, "%s: ", key);
        add_clean(out, value, "", "");
        ta_text_add(out, "\n");
    }
}

void ta_message_subject(struct ta_text *out, const struct ta_commit *commit)
{
    add_clean(out, commit->subject, "", "");
}

void ta_message_write(struct ta_text *out, const struct ta_commit *commit)
{
    struct ta_text body = {0};
    add_clean(&body, commit->body != NULL ? commit->body : "", "\n\t", "");
    ta_message_subject(out, commit);
    ta_text_add(out, "\n\n");
    if (body.length > 0) {
        ta_text_addf(out, "%s\n\n", body.bytes);
    }
    add_trailer(out, "Mentor", commit->pair->person[TA_MENTOR].name);
    add_trailer(out, "Mentee", commit->pair->person[TA_MENTEE].name);
    if (commit->session > 0) {
        ta_text_addf(out, "Session: %u\n", commit->session);
    }
    ta_text_release(&body);
}

unsigned ta_message_session(const char *value)
{
    char *end;
    errno = 0;
    unsigned long number = strtoul(value, &end, 10);
    bool is_number = isdigit((unsigned char)value[0]) && *end == '\0' && errno == 0;
    return is_number && number <= UINT_MAX ? (unsigned)number : 0;
}

/* git takes blanks and these off both ends of a name; one made of nothing else it refuses. */
void ta_author_name(struct ta_text *out, const struct ta_person *person)
{
    struct ta_text name = {0};
    add_clean(&name, person->name != NULL ? person->name : "", "", "<>");
    bool is_empty = name.length == 0 || strspn(name.bytes, " .,:;\"\\'") == name.length;
    ta_text_add(out, is_empty ? "Somebody" : name.bytes);
    ta_text_release(&name);
}

/* Letters and digits of any script; everything between them is one hyphen. */
static void add_slug(struct ta_text *out, const struct ta_text *text)
{
    bool is_gap = false;
    for (size_t i = 0; i < text->length; i++) {
        unsigned char byte = (unsigned char)text->bytes[i];
        bool is_kept = byte >= 0x80 || isalnum(byte);
        if (is_kept && is_gap && out->length > 0) {
            ta_text_add(out, "-");
        }
        if (is_kept) {
            ta_text_add_bytes(out, &text->bytes[i], 1);
        }
        is_gap = !is_kept;
    }
}

void ta_author_email(struct ta_text *out, const struct ta_person *person)
{
    struct ta_text address = {0};
    struct ta_text name = {0};
    struct ta_text folded = {0};
    if (person->email != NULL) {
        add_clean(&address, person->email, "", "<> ");
    }
    if (address.length == 0) {
        ta_author_name(&name, person);
        ta_fold(&folded, name.bytes, name.length);
        add_slug(&address, &folded);
        ta_text_add(&address, address.length > 0 ? "@localhost" : "somebody@localhost");
    }
    ta_text_add(out, address.bytes);
    ta_text_release(&folded);
    ta_text_release(&name);
    ta_text_release(&address);
}
