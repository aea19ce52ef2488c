#include "turnabout/desk/rating.h"

#include "papers.h"
#include "turnabout/store/ratings.h"

bool ta_desk_rater(const struct ta_pair *pair, enum ta_role as, enum ta_role *role,
                   struct ta_error *err)
{
    *role = as != TA_NOBODY ? as : pair->me;
    if (*role == TA_NOBODY) {
        return ta_fail(err, TA_WRONG,
                       "You both sit at this machine: say which of you answers, --as mentor (%s) "
                       "or --as mentee (%s).",
                       pair->person[TA_MENTOR].name, pair->person[TA_MENTEE].name);
    }
    return pair->me == TA_NOBODY || pair->me == *role ||
           ta_fail(err, TA_REFUSED,
                   "Each answers alone: the answers of %s are on their own machine, and for them "
                   "only.",
                   pair->person[*role].name);
}

static bool read_held(struct ta_desk *desk, const struct ta_pair *pair, unsigned *held,
                      struct ta_error *err)
{
    struct papers papers;
    unsigned next = 1;
    bool ok = papers_open(&papers, desk, pair, err) && papers_session(&papers, &next, err);
    papers_close(&papers);
    *held = next - 1;
    return ok;
}

bool ta_desk_ratings(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role role,
                     struct ta_rated *rated, struct ta_error *err)
{
    *rated = (struct ta_rated){.role = role};
    return read_held(desk, pair, &rated->held, err) &&
           ta_store_ratings(desk->store, pair->id, role, &rated->ratings, err);
}

static bool can_be_rated(const struct ta_rated *rated, unsigned session, struct ta_error *err)
{
    return (session >= 1 && session <= rated->held) ||
           ta_fail(err, TA_ABSENT,
                   "Session %u cannot be rated yet: that is asked once its summary is committed.",
                   session);
}

bool ta_desk_rate(struct ta_desk *desk, const struct ta_pair *pair, struct ta_rated *rated,
                  const struct ta_rating *rating, struct ta_error *err)
{
    if (!can_be_rated(rated, rating->session, err) ||
        !ta_store_ratings_put(desk->store, pair->id, rated->role, rating, err)) {
        return false;
    }
    for (enum ta_statement statement = 0; statement < TA_STATEMENTS; statement++) {
        ta_ratings_put(&rated->ratings, rating->session, statement, rating->value[statement]);
    }
    return true;
}

void ta_rated_release(struct ta_rated *rated)
{
    ta_ratings_release(&rated->ratings);
    *rated = (struct ta_rated){0};
}

void ta_rated_suggest(struct ta_text *out, const struct ta_rated *rated)
{
    enum ta_statement concern = ta_ratings_concern(&rated->ratings);
    if (concern == TA_STATEMENTS) {
        return;
    }
    const struct ta_statement_facts *facts = ta_statement_facts(concern);
    ta_text_addf(out, "\"%s\" was %s for you %u times in a row. %s", facts->words,
                 facts->burdens ? "true" : "low", ta_ratings_run(&rated->ratings, concern),
                 facts->suggestion);
}
