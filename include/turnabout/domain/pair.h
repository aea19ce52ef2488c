/**
 * A pair: one mentor, who is junior, and one mentee, who is senior, and what they talk about.
 */
#ifndef TURNABOUT_DOMAIN_PAIR_H
#define TURNABOUT_DOMAIN_PAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "turnabout/base/text.h"

enum ta_role { TA_MENTOR, TA_MENTEE, TA_ROLES, TA_NOBODY = TA_ROLES };

struct ta_person {
    char *name;
    char *email; /**< may be NULL */
};

struct ta_pair {
    int64_t id;                        /**< the store's; 0 for a pair not stored yet */
    char *slug;                        /**< its folder, and its name on the command line */
    char *topic;                       /**< may be NULL */
    struct ta_person person[TA_ROLES]; /**< by role */
    enum ta_role me;                   /**< who sits here; TA_NOBODY: both, at one keyboard */
};

struct ta_pairs {
    struct ta_pair *items;
    size_t count;
};

/** "mentor", "mentee"; "nobody" for TA_NOBODY. */
const char *ta_role_name(enum ta_role role);
/** Reads "mentor" or "mentee" in any case. */
bool ta_role_read(enum ta_role *role, struct ta_piece text);
enum ta_role ta_role_other(enum ta_role role);

enum ta_person_verdict {
    TA_PERSON_FINE,
    TA_PERSON_NO_NAME,   /**< nothing but blanks and punctuation, or only an address */
    TA_PERSON_BAD_EMAIL, /**< an address without "@", or with blanks or "<>" in it */
    TA_PERSON_NOT_TEXT,  /**< not UTF-8, or a control character or line end in it */
    TA_PERSON_TOO_LONG,  /**< over 200 bytes */
};

/** Reads "Priya Raman <priya@example.org>" or "Priya Raman". Writes `person` only when fine. */
enum ta_person_verdict ta_person_read(struct ta_person *person, struct ta_piece text);
/** Appends it in the same form. */
void ta_person_write(struct ta_text *out, const struct ta_person *person);
void ta_person_release(struct ta_person *person);

/** The first word of the name (the whole name when it has one word). Points into the person. */
struct ta_piece ta_person_first_name(const struct ta_person *person);

/** How one of the two is named where there is little room: by the first name, or by the whole one
 * where both have the same first name. Points into the pair. */
struct ta_piece ta_pair_short_name(const struct ta_pair *pair, enum ta_role role);

/**
 * Who of the two is meant by a full name, a role word, a first name or an initial ("D" or "D."), in
 * any case and without accents; tried in this order, so a full name is never in doubt. TA_NOBODY
 * when neither, or when both could be meant.
 */
enum ta_role ta_pair_who(const struct ta_pair *pair, struct ta_piece name);
/** Whether both could be meant, so that somebody has to be asked. */
bool ta_pair_names_both(const struct ta_pair *pair, struct ta_piece name);

/**
 * A folder name from both first names ("priya-dana"): folded, letters and digits of any script
 * kept, everything else one hyphen; at most 60 bytes; "pair" when nothing is left. While `is_taken`
 * says so, "-2", "-3", ... follows. Free with free().
 */
char *ta_pair_slug(const struct ta_pair *pair, bool (*is_taken)(const char *slug, void *data),
                   void *data);

void ta_pair_release(struct ta_pair *pair);
void ta_pairs_release(struct ta_pairs *pairs);

#endif
