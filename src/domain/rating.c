#include "turnabout/domain/rating.h"

#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"

static const struct ta_statement_facts facts[TA_STATEMENTS] = {
    [TA_STATEMENT_OPENLY] =
        {"openly", "I could speak openly",
         "You may say so to the other, in your own words and at a time you choose: \"I held back "
         "last time.\" If that is what is hard, talk to your coordinator first.",
         TA_NOBODY, false},
    [TA_STATEMENT_MATTERED] =
        {"mattered", "We talked about what mattered",
         "Put what matters to you first on the next agenda, or ask at its beginning: \"What would "
         "make this worth our time today?\" The goals of your contract can be changed, too.",
         TA_NOBODY, false},
    [TA_STATEMENT_SUITED] =
        {"suited", "The way we worked suited me",
         "Talk about how you work, not only about your topic: who speaks first, how long, where. "
         "What you agree on then can go into your contract.",
         TA_NOBODY, false},
    [TA_STATEMENT_WORTH] =
        {"worth", "It was worth the time",
         "Take five minutes of the next session for this alone: what should be more, what less? "
         "Your coordinator can help, and either of you may end it without fault.",
         TA_NOBODY, false},
    [TA_STATEMENT_COST] =
        {"cost", "This cost me more than I can keep giving",
         "You need not carry this alone: talk to your coordinator. Fewer sessions or other topics "
         "can be agreed on, and you may end it without fault, with no reason given.",
         TA_MENTOR, true},
    [TA_STATEMENT_DIFFERENT] =
        {"different", "I will do something differently",
         "Ask your mentor in the next session: \"What is one thing you would have me do "
         "differently?\" Then make it a promise that you can keep in a week.",
         TA_MENTEE, false},
};

const struct ta_statement_facts *ta_statement_facts(enum ta_statement statement)
{
    return &facts[statement];
}

bool ta_statement_is_for(enum ta_statement statement, enum ta_role role)
{
    return facts[statement].only == TA_NOBODY || facts[statement].only == role;
}

/* Where the session is, or belongs. */
static size_t place_of(const struct ta_ratings *ratings, unsigned session)
{
    size_t place = 0;
    while (place < ratings->count && ratings->items[place].session < session) {
        place++;
    }
    return place;
}

static bool is_at(const struct ta_ratings *ratings, size_t place, unsigned session)
{
    return place < ratings->count && ratings->items[place].session == session;
}

const struct ta_rating *ta_ratings_of(const struct ta_ratings *ratings, unsigned session)
{
    size_t place = place_of(ratings, session);
    return is_at(ratings, place, session) ? &ratings->items[place] : NULL;
}

void ta_ratings_put(struct ta_ratings *ratings, unsigned session, enum ta_statement statement,
                    int value)
{
    size_t place = place_of(ratings, session);
    if (!is_at(ratings, place, session)) {
        (void)ta_append(&ratings->items, ratings->count, sizeof *ratings->items);
        struct ta_rating *here = ratings->items + place;
        memmove(here + 1, here, (ratings->count - place) * sizeof *here);
        *here = (struct ta_rating){.session = session};
        ratings->count++;
    }
    ratings->items[place].value[statement] = value;
}

void ta_ratings_release(struct ta_ratings *ratings)
{
    free(ratings->items);
    *ratings = (struct ta_ratings){0};
}

const char *ta_rating_mark(int value)
{
    static const char *const marks[TA_RATING_MOST + 1] = {"·", "▁", "▃", "▄", "▆", "█"};
    return marks[value];
}

bool ta_rating_is_low(enum ta_statement statement, int value)
{
    int good = facts[statement].burdens ? TA_RATING_LEAST + TA_RATING_MOST - value : value;
    return value != TA_RATING_SKIPPED && good <= TA_RATING_LEAST + 1;
}

unsigned ta_ratings_run(const struct ta_ratings *ratings, enum ta_statement statement)
{
    unsigned run = 0;
    for (size_t i = ratings->count; i > 0; i--) {
        int value = ratings->items[i - 1].value[statement];
        bool low = ta_rating_is_low(statement, value);
        if (value != TA_RATING_SKIPPED && !low) {
            break;
        }
        run += low;
    }
    return run;
}

enum ta_statement ta_ratings_concern(const struct ta_ratings *ratings)
{
    enum ta_statement concern = TA_STATEMENTS;
    unsigned longest = TA_RATINGS_RUN - 1;
    for (enum ta_statement statement = 0; statement < TA_STATEMENTS; statement++) {
        unsigned run = ta_ratings_run(ratings, statement);
        if (run > longest) {
            longest = run;
            concern = statement;
        }
    }
    return concern;
}
