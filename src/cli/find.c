#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/base/memory.h"
#include "turnabout/domain/contract.h"

/* From here on two words are not taken for each other. */
enum { FAR = 3 };

static size_t least_of(size_t one, size_t two, size_t three)
{
    size_t least = one < two ? one : two;
    return least < three ? least : three;
}

/* How many letters must change, come or go to make one word of the other (Levenshtein), a row at a
 * time: row[j] is the distance of what was seen of `one` to the first j letters of `other`. */
static size_t distance_of(const char *one, const char *other)
{
    size_t width = strlen(other);
    size_t *row = ta_allocate(width + 1, sizeof *row);
    for (size_t j = 0; j <= width; j++) {
        row[j] = j;
    }
    for (size_t i = 0; one[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < width; j++) {
            size_t changed = diagonal + (one[i] != other[j]);
            diagonal = row[j + 1];
            row[j + 1] = least_of(changed, row[j] + 1, diagonal + 1);
        }
    }
    size_t distance = row[width];
    free(row);
    return distance;
}

/* What was typed, and the nearest that could have been meant. */
struct guess {
    const char *typed, *nearest;
    size_t distance;
};

static void consider(struct guess *guess, const char *known)
{
    size_t distance = distance_of(guess->typed, known);
    if (distance < guess->distance) {
        guess->nearest = known;
        guess->distance = distance;
    }
}

static bool is_of(const struct ta_cli_command *command, const char *family)
{
    return strcmp(command->family, family) == 0;
}

static bool say_unknown_family(struct ta_cli *cli, const char *typed, struct ta_error *err)
{
    struct guess guess = {typed, NULL, FAR};
    for (size_t i = 0; i < ta_cli_family_count; i++) {
        consider(&guess, ta_cli_families[i].name);
    }
    if (guess.nearest == NULL) {
        return ta_cli_misuse(cli, err, "There is no command \"%s\": turnabout help lists them.",
                             typed);
    }
    return ta_cli_misuse(cli, err, "There is no command \"%s\"; did you mean turnabout %s?", typed,
                         guess.nearest);
}

static char *verbs_of(const char *family)
{
    struct ta_text verbs = {0};
    for (size_t i = 0; i < ta_cli_command_count; i++) {
        if (is_of(&ta_cli_commands[i], family)) {
            ta_text_addf(&verbs, "%s%s", verbs.length > 0 ? ", " : "", ta_cli_commands[i].verb);
        }
    }
    return ta_text_take(&verbs);
}

bool ta_cli_miss_verb(struct ta_cli *cli, const char *family, struct ta_error *err)
{
    char *verbs = verbs_of(family);
    (void)ta_cli_misuse(cli, err, "Say what to do: turnabout %s with one of %s.", family, verbs);
    free(verbs);
    return false;
}

static bool say_unknown_verb(struct ta_cli *cli, const char *family, const char *typed,
                             struct ta_error *err)
{
    struct guess guess = {typed, NULL, FAR};
    for (size_t i = 0; i < ta_cli_command_count; i++) {
        if (is_of(&ta_cli_commands[i], family)) {
            consider(&guess, ta_cli_commands[i].verb);
        }
    }
    if (guess.nearest != NULL) {
        return ta_cli_misuse(cli, err,
                             "There is no command \"%s %s\"; did you mean turnabout %s %s?", family,
                             typed, family, guess.nearest);
    }
    char *verbs = verbs_of(family);
    (void)ta_cli_misuse(cli, err, "There is no command \"%s %s\": %s has %s.", family, typed,
                        family, verbs);
    free(verbs);
    return false;
}

static bool is_family(const char *word)
{
    for (size_t i = 0; i < ta_cli_family_count; i++) {
        if (strcmp(ta_cli_families[i].name, word) == 0) {
            return true;
        }
    }
    return false;
}

bool ta_cli_find(struct ta_cli *cli, const char *family, const char *verb,
                 const struct ta_cli_command **command, struct ta_error *err)
{
    *command = NULL;
    if (!is_family(family)) {
        return say_unknown_family(cli, family, err);
    }
    for (size_t i = 0; i < ta_cli_command_count && *command == NULL; i++) {
        const struct ta_cli_command *candidate = &ta_cli_commands[i];
        bool fits = candidate->verb == NULL || (verb != NULL && strcmp(candidate->verb, verb) == 0);
        *command = fits && is_of(candidate, family) ? candidate : NULL;
    }
    return *command != NULL || verb == NULL || say_unknown_verb(cli, family, verb, err);
}

void ta_cli_list_clauses(struct ta_text *out)
{
    for (enum ta_clause clause = 0; clause < TA_CLAUSES; clause++) {
        ta_text_addf(out, "%s%s", clause > 0 ? ", " : "", ta_clause_facts(clause)->id);
    }
}
