#include "turnabout/desk/decks.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "being-heard_deck.h"
#include "careers_deck.h"
#include "caring_deck.h"
#include "closing_deck.h"
#include "difference_deck.h"
#include "disability_deck.h"
#include "feedback_deck.h"
#include "first-session_deck.h"
#include "gender_deck.h"
#include "generations_deck.h"
#include "ideas_deck.h"
#include "language_deck.h"
#include "policies_deck.h"
#include "race-and-culture_deck.h"
#include "review_deck.h"
#include "tools_deck.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"

enum { DECK_LARGEST = 64 * 1024 /* bytes */ };

static const char ending[] = ".md";

static const struct {
    const char *name;
    const char *text;
} compiled_in[] = {
    {"first-session", ta_first_session_deck},
    {"review", ta_review_deck},
    {"closing", ta_closing_deck},
    {"being-heard", ta_being_heard_deck},
    {"careers", ta_careers_deck},
    {"caring", ta_caring_deck},
    {"difference", ta_difference_deck},
    {"disability", ta_disability_deck},
    {"feedback", ta_feedback_deck},
    {"gender", ta_gender_deck},
    {"generations", ta_generations_deck},
    {"ideas", ta_ideas_deck},
    {"language", ta_language_deck},
    {"policies", ta_policies_deck},
    {"race-and-culture", ta_race_and_culture_deck},
    {"tools", ta_tools_deck},
};

static void add_trouble(struct ta_decks *decks, const char *sentence)
{
    char **trouble = ta_append(&decks->troubles, decks->trouble_count++, sizeof *decks->troubles);
    *trouble = ta_copy(sentence);
}

static struct ta_deck *find(const struct ta_decks *decks, const char *name)
{
    for (size_t i = 0; i < decks->count; i++) {
        if (strcmp(decks->items[i].name, name) == 0) {
            return &decks->items[i];
        }
    }
    return NULL;
}

/* In place of one of its name, else behind the others. */
static void put(struct ta_decks *decks, const struct ta_deck *deck)
{
    struct ta_deck *place = find(decks, deck->name);
    if (place) {
        ta_deck_release(place);
    } else {
        place = ta_append(&decks->items, decks->count++, sizeof *decks->items);
    }
    *place = *deck;
}

static void add(struct ta_decks *decks, const char *name, const char *text, const char *file,
                bool own)
{
    struct ta_deck deck;
    struct ta_error err;
    if (ta_deck_read(&deck, name, text, file, &err)) {
        deck.own = own;
        put(decks, &deck);
    } else {
        add_trouble(decks, err.text);
    }
}

/* The person's own */

static void add_file(struct ta_decks *decks, const char *folder, const char *file)
{
    char *path = ta_path_join(folder, file);
    char *name = ta_copy_bytes(file, strlen(file) - strlen(ending));
    struct ta_text text = {0};
    struct ta_error err;
    if (ta_file_read(&text, path, DECK_LARGEST, &err)) {
        add(decks, name, text.bytes ? text.bytes : "", path, true);
    } else {
        add_trouble(decks, err.text);
    }
    ta_text_release(&text);
    free(name);
    free(path);
}

static int is_deck(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    size_t tail = strlen(ending);
    return entry->d_name[0] != '.' && length > tail &&
           strcmp(entry->d_name + length - tail, ending) == 0;
}

static void add_own(const struct ta_desk *desk, struct ta_decks *decks)
{
    char *folder = ta_path_join(desk->places.data, "conversation");
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_deck, alphasort);
    if (count < 0 && errno != ENOENT) {
        struct ta_error err;
        ta_fail(&err, TA_SYSTEM, "The folder of your own decks, %s, cannot be read: %s.", folder,
                strerror(errno));
        add_trouble(decks, err.text);
    }
    for (int i = 0; i < count; i++) {
        add_file(decks, folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    free(folder);
}

/* Along the arc, then by title. */
static int compare(const void *one, const void *other)
{
    const struct ta_deck *left = one;
    const struct ta_deck *right = other;
    int left_place = left->when == TA_ARC_ANY ? TA_ARCS : (int)left->when;
    int right_place = right->when == TA_ARC_ANY ? TA_ARCS : (int)right->when;
    return left_place != right_place ? left_place - right_place : strcmp(left->title, right->title);
}

void ta_desk_decks(const struct ta_desk *desk, struct ta_decks *decks)
{
    memset(decks, 0, sizeof *decks);
    for (size_t i = 0; i < sizeof compiled_in / sizeof *compiled_in; i++) {
        add(decks, compiled_in[i].name, compiled_in[i].text, compiled_in[i].name, false);
    }
    add_own(desk, decks);
    if (decks->count > 0) {
        qsort(decks->items, decks->count, sizeof *decks->items, compare);
    }
}

void ta_decks_release(struct ta_decks *decks)
{
    for (size_t i = 0; i < decks->count; i++) {
        ta_deck_release(&decks->items[i]);
    }
    for (size_t i = 0; i < decks->trouble_count; i++) {
        free(decks->troubles[i]);
    }
    free(decks->items);
    free(decks->troubles);
    memset(decks, 0, sizeof *decks);
}

/* Finding */

const struct ta_deck *ta_decks_find(const struct ta_decks *decks, const char *name)
{
    return find(decks, name);
}

const struct ta_deck *ta_decks_for(const struct ta_decks *decks, enum ta_arc arc)
{
    const struct ta_deck *found = NULL;
    for (size_t i = 0; arc != TA_ARC_ANY && i < decks->count; i++) {
        const struct ta_deck *deck = &decks->items[i];
        if (deck->when == arc && (!found || (deck->own && !found->own))) {
            found = deck;
        }
    }
    return found;
}

bool ta_decks_prompt(const struct ta_decks *decks, const char *place, const struct ta_deck **deck,
                     const struct ta_prompt **prompt, struct ta_error *err)
{
    const char *colon = strrchr(place, ':');
    char *end = NULL;
    unsigned long number = colon ? strtoul(colon + 1, &end, 10) : 0;
    if (!colon || colon[1] < '0' || colon[1] > '9' || *end != '\0') {
        return ta_fail(err, TA_WRONG, "\"%.60s\" is no prompt of a deck: name it as being-heard:3.",
                       place);
    }
    char *name = ta_copy_bytes(place, (size_t)(colon - place));
    *deck = find(decks, name);
    free(name);
    if (!*deck) {
        return ta_fail(err, TA_ABSENT, "There is no deck \"%.*s\": turnabout deck list names them.",
                       (int)(colon - place), place);
    }
    if (number < 1 || number > (*deck)->count) {
        return ta_fail(err, TA_ABSENT, "The deck %s has prompts 1 to %zu.", (*deck)->name,
                       (*deck)->count);
    }
    *prompt = &(*deck)->items[number - 1];
    return true;
}

char *ta_deck_origin(const struct ta_deck *deck)
{
    struct ta_text origin = {0};
    ta_text_addf(&origin, "the deck %s", deck->name);
    return ta_text_take(&origin);
}
