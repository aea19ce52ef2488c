/**
 * What the files of the programme share. Private to the desk.
 */
#ifndef TURNABOUT_DESK_PROGRAMME_PRIVATE_H
#define TURNABOUT_DESK_PROGRAMME_PRIVATE_H

#include "turnabout/desk/programme.h"

/** What is said of a pair. */
enum programme_field {
    PROGRAMME_MENTOR,
    PROGRAMME_MENTEE,
    PROGRAMME_TOPIC,
    PROGRAMME_URL,
    PROGRAMME_FIELDS
};

/** What is kept of what was said: `*text`, free with free(). The sentence of a refusal is the end
 *  of one, in lower case: "the mentor has no name"; or a whole one. */
bool programme_read(enum programme_field field, const char *given, char **text,
                    struct ta_error *err);
/** A member from what was said of it, without its slug. A refusal is as programme_read()'s. */
bool programme_member(struct ta_desk *desk, const struct ta_programme_entry *entry,
                      struct ta_member *member, struct ta_error *err);
/** The name of a member that nobody has yet. Free with free(). */
char *programme_slug(const struct ta_member *member, bool (*is_taken)(const char *slug, void *data),
                     void *data);

/** The words that a pair released of a session, as of a commit; `*text` (free with free()) is NULL
 *  when there are none, or none that make sense. */
bool programme_words(struct ta_reading *reading, const char *commit, unsigned session, char **text,
                     bool *withheld, struct ta_error *err);
/** Opens the programme's repository for reading, when it is not open yet, as desk->released. */
bool programme_reading(struct ta_desk *desk, struct ta_error *err);
/** Whether a document that could not be read is as never said: it is not there, or not sound. */
bool programme_is_none(const struct ta_error *problem);

#endif
