#include "turnabout/domain/pair.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unictype.h>

#include "characters.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum { PERSON_LONGEST = 200, SLUG_LONGEST = 60 }; /* bytes */

static const char *const role_names[] = {
    [TA_MENTOR] = "mentor",
    [TA_MENTEE] = "mentee",
    [TA_NOBODY] = "nobody",
};

const char *ta_role_name(enum ta_role role)
{
    return role_names[role];
}

bool ta_role_read(enum ta_role *role, struct ta_piece text)
{
    for (enum ta_role candidate = TA_MENTOR; candidate < TA_ROLES; candidate++) {
        const char *name = role_names[candidate];
        if (text.length == strlen(name) && strncasecmp(text.at, name, text.length) == 0) {
            *role = candidate;
            return true;
        }
    }
    return false;
}

enum ta_role ta_role_other(enum ta_role role)
{
    static const enum ta_role other[] = {
        [TA_MENTOR] = TA_MENTEE,
        [TA_MENTEE] = TA_MENTOR,
        [TA_NOBODY] = TA_NOBODY,
    };
    return other[role];
}

static bool holds_any(struct ta_piece text, const char *bytes)
{
    for (size_t i = 0; i < text.length; i++) {
        if (strchr(bytes, text.at[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* git takes no name that is nothing but blanks and punctuation. */
static bool is_name(struct ta_piece name)
{
    for (size_t i = 0; i < name.length; i++) {
        unsigned char byte = (unsigned char)name.at[i];
        if (byte >= 0x80 || isalnum(byte)) {
            return true;
        }
    }
    return false;
}

static bool is_address(struct ta_piece address)
{
    return address.length >= 3 && !holds_any(address, " <>") &&
           memchr(address.at + 1, '@', address.length - 2) != NULL;
}

/* What does not end in ">" keeps its "<", which no address may hold. */
static void split_person(struct ta_piece text, struct ta_piece *name, struct ta_piece *email)
{
    const char *open = text.length > 0 ? memchr(text.at, '<', text.length) : NULL;
    *name = text;
    *email = (struct ta_piece){0};
    if (open == NULL) {
        return;
    }
    name->length = (size_t)(open - text.at);
    *name = ta_piece_trim(*name);
    *email = (struct ta_piece){open, text.length - (size_t)(open - text.at)};
    if (email->length >= 2 && text.at[text.length - 1] == '>') {
        *email = ta_piece_trim((struct ta_piece){open + 1, email->length - 2});
    }
}

enum ta_person_verdict ta_person_read(struct ta_person *person, struct ta_piece text)
{
    struct ta_piece all = ta_piece_trim(text);
    if (!ta_is_line(all)) {
        return TA_PERSON_NOT_TEXT;
    }
    if (all.length > PERSON_LONGEST) {
        return TA_PERSON_TOO_LONG;
    }
    struct ta_piece name;
    struct ta_piece email;
    split_person(all, &name, &email);
    if (!is_name(name) || (email.at == NULL && is_address(name))) {
        return TA_PERSON_NO_NAME;
    }
    if (holds_any(name, ">") || (email.at != NULL && !is_address(email))) {
        return TA_PERSON_BAD_EMAIL;
    }
    person->name = ta_piece_copy(name);
    person->email = email.at != NULL ? ta_piece_copy(email) : NULL;
    return TA_PERSON_FINE;
}

void ta_person_write(struct ta_text *out, const struct ta_person *person)
{
    ta_text_add(out, person->name);
    if (person->email != NULL) {
        ta_text_addf(out, " <%s>", person->email);
    }
}

void ta_person_release(struct ta_person *person)
{
    if (person == NULL) {
        return;
    }
    free(person->name);
    free(person->email);
    *person = (struct ta_person){0};
}

struct ta_piece ta_person_first_name(const struct ta_person *person)
{
    struct ta_piece name = {0};
    if (person->name != NULL) {
        name = ta_piece_trim(ta_piece_of(person->name));
    }
    struct ta_piece rest = name;
    size_t length = 0;
    ucs4_t character = 0;
    while (ta_next_character(&rest, &character) && !uc_is_property_white_space(character)) {
        length = (size_t)(rest.at - name.at);
    }
    return (struct ta_piece){name.at, length};
}

static bool are_equal(const struct ta_text *a, const struct ta_text *b)
{
    return a->length > 0 && a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0;
}

static bool agrees(struct ta_piece known, struct ta_piece given)
{
    struct ta_text a = ta_folded(known);
    struct ta_text b = ta_folded(given);
    bool equal = are_equal(&a, &b);
    ta_text_release(&a);
    ta_text_release(&b);
    return equal;
}

static bool is_full_name(const struct ta_pair *pair, enum ta_role role, struct ta_piece given)
{
    return agrees(ta_piece_of(pair->person[role].name), given);
}

static bool is_role_word(const struct ta_pair *pair, enum ta_role role, struct ta_piece given)
{
    (void)pair;
    enum ta_role meant = TA_NOBODY;
    return ta_role_read(&meant, given) && meant == role;
}

static bool is_first_name(const struct ta_pair *pair, enum ta_role role, struct ta_piece given)
{
    return agrees(ta_person_first_name(&pair->person[role]), given);
}

struct ta_piece ta_pair_short_name(const struct ta_pair *pair, enum ta_role role)
{
    struct ta_piece one = ta_person_first_name(&pair->person[TA_MENTOR]);
    struct ta_piece other = ta_person_first_name(&pair->person[TA_MENTEE]);
    if (one.length == other.length && strncasecmp(one.at, other.at, one.length) == 0) {
        return ta_piece_trim(ta_piece_of(pair->person[role].name));
    }
    return role == TA_MENTOR ? one : other;
}

static bool is_initial(const struct ta_pair *pair, enum ta_role role, struct ta_piece given)
{
    if (given.length > 1 && given.at[given.length - 1] == '.') {
        given.length--;
    }
    struct ta_piece initial = ta_person_first_name(&pair->person[role]);
    initial.length = ta_character_next(initial.at, initial.length, 0);
    return agrees(initial, given);
}

/* The surer way to name somebody goes first: "Dana" is Dana, though Dana Holt is there too. `both`
 * tells whether the surest way that leads anywhere leads to the two of them. */
static enum ta_role find_who(const struct ta_pair *pair, struct ta_piece name, bool *both)
{
    static bool (*const ways[])(const struct ta_pair *, enum ta_role, struct ta_piece) = {
        is_full_name,
        is_role_word,
        is_first_name,
        is_initial,
    };
    struct ta_piece given = ta_piece_trim(name);
    *both = false;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        bool mentor = pair->person[TA_MENTOR].name != NULL && ways[i](pair, TA_MENTOR, given);
        bool mentee = pair->person[TA_MENTEE].name != NULL && ways[i](pair, TA_MENTEE, given);
        if (mentor || mentee) {
            *both = mentor && mentee;
            return *both ? TA_NOBODY : (mentor ? TA_MENTOR : TA_MENTEE);
        }
    }
    return TA_NOBODY;
}

enum ta_role ta_pair_who(const struct ta_pair *pair, struct ta_piece name)
{
    bool both = false;
    return find_who(pair, name, &both);
}

bool ta_pair_names_both(const struct ta_pair *pair, struct ta_piece name)
{
    bool both = false;
    (void)find_who(pair, name, &both);
    return both;
}

/* Appends the letters and digits of `name`, and one hyphen for whatever else stands among them. */
static void add_to_slug(struct ta_text *slug, struct ta_piece name)
{
    struct ta_text folded = ta_folded(name);
    struct ta_piece rest = {folded.bytes, folded.length};
    const char *from = rest.at;
    bool gap = slug->length > 0;
    ucs4_t character = 0;
    for (; ta_next_character(&rest, &character); from = rest.at) {
        if (!ta_is_word_character(character)) {
            gap = slug->length > 0;
            continue;
        }
        size_t size = (size_t)(rest.at - from);
        if (slug->length + gap + size > SLUG_LONGEST) {
            break;
        }
        ta_text_add(slug, gap ? "-" : "");
        ta_text_add_bytes(slug, from, size);
        gap = false;
    }
    ta_text_release(&folded);
}

char *ta_pair_slug(const struct ta_pair *pair, bool (*is_taken)(const char *slug, void *data),
                   void *data)
{
    struct ta_text base = {0};
    add_to_slug(&base, ta_person_first_name(&pair->person[TA_MENTOR]));
    add_to_slug(&base, ta_person_first_name(&pair->person[TA_MENTEE]));
    if (base.length == 0) {
        ta_text_add(&base, "pair");
    }
    struct ta_text slug = {0};
    ta_text_add(&slug, base.bytes);
    for (unsigned number = 2; is_taken != NULL && is_taken(slug.bytes, data); number++) {
        ta_text_clear(&slug);
        ta_text_addf(&slug, "%s-%u", base.bytes, number);
    }
    ta_text_release(&base);
    return ta_text_take(&slug);
}

void ta_pair_release(struct ta_pair *pair)
{
    if (pair == NULL) {
        return;
    }
    free(pair->slug);
    free(pair->topic);
    for (size_t role = 0; role < TA_ROLES; role++) {
        ta_person_release(&pair->person[role]);
    }
    *pair = (struct ta_pair){0};
}

void ta_pairs_release(struct ta_pairs *pairs)
{
    if (pairs == NULL) {
        return;
    }
    for (size_t i = 0; i < pairs->count; i++) {
        ta_pair_release(&pairs->items[i]);
    }
    free(pairs->items);
    *pairs = (struct ta_pairs){0};
}
