#include "turnabout/desk/programme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "programme.h"
#include "remotes.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/ledger/programme.h"
#include "turnabout/ledger/transport.h"

enum { URL_LONGEST = 2000, TOPIC_LONGEST = 500 }; /* bytes */

char *ta_programme_path(const struct ta_desk *desk)
{
    return ta_path_join(desk->places.data, "programme/programme.git");
}

static char *database_path(const struct ta_desk *desk)
{
    return ta_path_join(desk->places.data, "programme/programme.db");
}

bool ta_programme_open(struct ta_desk *desk, struct ta_error *err)
{
    if (desk->programme != NULL) {
        return true;
    }
    char *folder = ta_path_join(desk->places.data, "programme");
    char *path = database_path(desk);
    bool ok = ta_folder_make(folder, err) && ta_store_open_programme(&desk->programme, path, err);
    if (ok && desk->store != NULL) {
        ta_store_ring_with(desk->programme, desk->store);
    }
    free(path);
    free(folder);
    return ok;
}

bool ta_desk_has_programme(struct ta_desk *desk)
{
    bool any = false;
    char *path = database_path(desk);
    bool is_there = access(path, F_OK) == 0;
    free(path);
    return is_there && ta_programme_open(desk, NULL) &&
           ta_store_has_members(desk->programme, &any, NULL) && any;
}

/* What is said of a pair */

static bool refuse_name(enum ta_person_verdict verdict, const char *role, struct ta_error *err)
{
    static const char *const whys[] = {
        [TA_PERSON_NO_NAME] = "has no name",
        [TA_PERSON_BAD_EMAIL] = "has an address that is none: write 'Name <name@example.org>'",
        [TA_PERSON_NOT_TEXT] = "has a name that is not one line of plain text",
        [TA_PERSON_TOO_LONG] = "has a name of more than 200 bytes",
    };
    return verdict == TA_PERSON_FINE || ta_fail(err, TA_WRONG, "the %s %s", role, whys[verdict]);
}

/* Their addresses are no business of the coordinator's machine. */
static bool read_name(char **name, const char *given, const char *role, struct ta_error *err)
{
    struct ta_person person = {0};
    if (given == NULL || *given == '\0') {
        *name = ta_copy("");
        return true;
    }
    bool ok = refuse_name(ta_person_read(&person, ta_piece_of(given)), role, err);
    *name = ok ? ta_copy(person.name) : NULL;
    ta_person_release(&person);
    return ok;
}

static bool read_topic(char **topic, const char *given, struct ta_error *err)
{
    size_t length = given != NULL ? strlen(given) : 0;
    if (length > TOPIC_LONGEST || !ta_is_line((struct ta_piece){given, length})) {
        return ta_fail(err, TA_WRONG, "the topic is not one line of at most %d bytes",
                       TOPIC_LONGEST);
    }
    *topic = length > 0 ? ta_copy(given) : NULL;
    return true;
}

/* A folder is known by its whole path: the next command may be given elsewhere. */
static bool read_url(char **url, const char *given, struct ta_error *err)
{
    size_t length = given != NULL ? strlen(given) : 0;
    if (length == 0) {
        return ta_fail(err, TA_WRONG, "there is no address of a released repository");
    }
    if (length > URL_LONGEST) {
        return ta_fail(err, TA_WRONG, "the address is longer than %d bytes", URL_LONGEST);
    }
    char *whole = ta_transport_absolute(given);
    if (!remote_is_usable(whole, err)) {
        free(whole);
        return false;
    }
    *url = whole;
    return true;
}

/* The name of a folder is told by the last word of an address that says something. */
static char *name_of_url(const char *url)
{
    struct ta_piece rest = ta_piece_of(url);
    struct ta_piece part;
    struct ta_piece name = {"pair", 4};
    while (ta_next_part(&rest, '/', &part)) {
        size_t length = part.length;
        length -= length > 4 && memcmp(part.at + length - 4, ".git", 4) == 0 ? 4 : 0;
        bool says = length > 0 && !(length == 8 && memcmp(part.at, "released", 8) == 0);
        name = says ? (struct ta_piece){part.at, length} : name;
    }
    return ta_piece_copy(name);
}

char *programme_slug(const struct ta_member *member, bool (*is_taken)(const char *slug, void *data),
                     void *data)
{
    char *named = NULL;
    struct ta_pair pair = {0};
    bool known = member->mentor[0] != '\0' && member->mentee[0] != '\0';
    if (!known) {
        named = name_of_url(member->url);
    }
    pair.person[TA_MENTOR].name = known ? member->mentor : named;
    pair.person[TA_MENTEE].name = known ? member->mentee : (char *)"";
    char *slug = ta_pair_slug(&pair, is_taken, data);
    free(named);
    return slug;
}

bool programme_read(enum programme_field field, const char *given, char **text,
                    struct ta_error *err)
{
    switch (field) {
    case PROGRAMME_MENTOR:
        return read_name(text, given, "mentor", err);
    case PROGRAMME_MENTEE:
        return read_name(text, given, "mentee", err);
    case PROGRAMME_TOPIC:
        return read_topic(text, given, err);
    default:
        return read_url(text, given, err);
    }
}

bool programme_member(struct ta_desk *desk, const struct ta_programme_entry *entry,
                      struct ta_member *member, struct ta_error *err)
{
    *member = (struct ta_member){.added = ta_desk_now(desk)};
    member->attendance.joined = ta_desk_today(desk);
    member->attendance.read = ta_desk_today(desk);
    bool ok = programme_read(PROGRAMME_MENTOR, entry->mentor, &member->mentor, err) &&
              programme_read(PROGRAMME_TOPIC, entry->topic, &member->topic, err) &&
              programme_read(PROGRAMME_URL, entry->url, &member->url, err) &&
              remote_is_elsewhere(desk, NULL, member->url, err) &&
              programme_read(PROGRAMME_MENTEE, entry->mentee, &member->mentee, err);
    if (ok && member->mentor[0] != '\0' && strcmp(member->mentor, member->mentee) == 0) {
        ok = ta_fail(err, TA_WRONG, "mentor and mentee are the same person");
    }
    if (!ok) {
        ta_member_release(member);
    }
    return ok;
}

/* Adding and taking out */

static bool is_taken(const char *slug, void *data)
{
    struct ta_desk *desk = data;
    struct ta_member member = {0};
    bool taken = ta_store_member(desk->programme, slug, &member, NULL);
    ta_member_release(&member);
    return taken;
}

/* "The mentor has no name." of "the mentor has no name". */
static bool say_whole(struct ta_error *err, const struct ta_error *part)
{
    bool upper = part->text[0] >= 'a' && part->text[0] <= 'z';
    return ta_fail(err, part->code, "%c%s%s", upper ? part->text[0] - 'a' + 'A' : part->text[0],
                   part->text + 1, upper ? "." : "");
}

bool ta_desk_programme_add(struct ta_desk *desk, const struct ta_programme_entry *entry,
                           char **slug, struct ta_error *err)
{
    struct ta_member member;
    struct ta_error problem;
    if (!ta_programme_open(desk, err)) {
        return false;
    }
    if (!programme_member(desk, entry, &member, &problem)) {
        return say_whole(err, &problem);
    }
    member.slug = programme_slug(&member, is_taken, desk);
    bool ok = ta_store_members_add(desk->programme, &member, 1, NULL, err);
    if (ok) {
        *slug = ta_copy(member.slug);
    }
    ta_member_release(&member);
    return ok;
}

bool ta_desk_programme_remove(struct ta_desk *desk, const char *slug, struct ta_error *err)
{
    struct ta_pair_ref gone = {.slug = slug};
    char *path = ta_programme_path(desk);
    bool ok = ta_programme_open(desk, err) && ta_store_member_remove(desk->programme, slug, err) &&
              (access(path, F_OK) != 0 || ta_programme_set(path, &gone, 1, err));
    free(path);
    return ok;
}
