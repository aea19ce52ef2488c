/**
 * All pairs of a programme at a glance: the one computation behind the screen, the report, CSV and
 * JSON.
 */
#ifndef TURNABOUT_DESK_OVERVIEW_H
#define TURNABOUT_DESK_OVERVIEW_H

#include "turnabout/desk/programme.h"

/** Some pairs, in the order that was asked for; a member's attendance is what its line says. */
struct ta_overview {
    struct ta_members pairs;
    size_t found;   /**< by the words, whatever the limit */
    size_t all;     /**< of the programme */
    size_t in_need; /**< of all, that need a look today */
    size_t missing; /**< of all, that the last look was in vain for, or there was none */
    struct ta_day today;
};

/** Reads some pairs as of the last refresh (programme.h). */
bool ta_desk_overview(struct ta_desk *desk, const struct ta_overview_query *query,
                      struct ta_overview *overview, struct ta_error *err);
void ta_overview_release(struct ta_overview *overview);

/** Which of all that a query finds a pair is; `*place` stays as it is when it is none of them. */
bool ta_desk_overview_place(struct ta_desk *desk, const struct ta_overview_query *query,
                            int64_t pair, size_t *place, struct ta_error *err);

/** Takes what somebody typed apart into the words of a query, folded; `text` holds them and stays
 *  the caller's. */
void ta_overview_words(struct ta_overview_query *query, struct ta_text *text, const char *typed);

/** Days since the last session; -1: none was held yet. */
int ta_days_since(const struct ta_attendance *attendance, struct ta_day today);

/** Why a pair needs a look, in a sentence: "No session for 51 days; they agreed on one every 3
 *  weeks." Appends, whether it does or not. */
void ta_say_need(struct ta_text *out, const struct ta_member *member, enum ta_need need,
                 struct ta_day today);

/** "Amara Osei ⇄ Jo Lindqvist", or the slug while nothing came from them. Appends. */
void ta_say_pair(struct ta_text *out, const struct ta_member *member);
/** "3/6", "3" where it is not known of how many, or "—" while nothing came from them. Appends. */
void ta_say_held(struct ta_text *out, const struct ta_attendance *attendance);
/** "12 d" since the last session, or "—". Appends. */
void ta_say_last(struct ta_text *out, const struct ta_attendance *attendance, struct ta_day today);
/** The next date is before today: what became of it was not released. */
bool ta_is_passed(const struct ta_attendance *attendance, struct ta_day today);
/** "3 Dec", "23 Nov?" when that has passed, "none", or "—" while nothing came from them. Appends.
 */
void ta_say_next(struct ta_text *out, const struct ta_attendance *attendance, struct ta_day today);
/** "The date of 23 Nov has passed; what became of it was not released." Appends. */
void ta_say_passed(struct ta_text *out, const struct ta_attendance *attendance,
                   struct ta_day today);
/** Why nothing newer is known: "Not fetched: ..." with what it was in vain for. The member has a
 *  trouble. Appends. */
void ta_say_trouble(struct ta_text *out, const struct ta_member *member);
/** The names of what a look is needed for: "session, told"; nothing when there is no need. Appends.
 */
void ta_say_needs(struct ta_text *out, const struct ta_attendance *attendance, struct ta_day today);
/** What became of their dates: "●─●─✕─↷" (held, cancelled, moved); of more than `most` the newest,
 *  after a sign that there were others: "‹●─✕─↷"; "" when there was none. Takes no more than 2 *
 *  `most` - 1 columns. Appends. */
void ta_say_course(struct ta_text *out, const char *course, size_t most);
/** Nothing came from them, and the last look was in vain, or there was none: nothing can be said of
 *  them, not even that they have no contract. */
bool ta_is_unfetched(const struct ta_member *member);
/** "v2", "unsigned", "not fetched", or "—" when they share nothing. Appends. */
void ta_say_contract(struct ta_text *out, const struct ta_member *member);
/** "3 open, 1 told", or "—" when it is not shared. Appends. */
void ta_say_promises(struct ta_text *out, const struct ta_attendance *attendance);

/** Of a session whose words are not shared. */
#define TA_NO_WORDS "Only that it was held: no words of it were released."

/** What became of a date that was not held: "2 Nov 2026: cancelled by the mentee, 23 h before",
 *  "2 Nov 2026: moved". Appends. */
void ta_say_lost(struct ta_text *out, const struct ta_meeting *meeting);
/** The dates of a pair, as it released them; release them with ta_meetings_release(). None where
 *  it shares none, or they make no sense. */
bool ta_desk_dates(struct ta_desk *desk, const struct ta_member *member, struct ta_meetings *dates,
                   struct ta_error *err);

enum { TA_FIGURES_FEWEST = 5 }; /**< pairs, below which no figure is broken out [practice.md] */
/** Why, with that number. */
#define TA_FIGURES_FEW                                                                             \
    "With fewer than %d pairs, months and who cancelled are left out: they would tell of single "  \
    "people."

struct ta_month_figure {
    int year, month;
    size_t held;
};

/** Figures of the whole programme. */
struct ta_figures {
    size_t pairs, released; /**< released: of which anything came */
    size_t with_contract;   /**< that have one in force */
    size_t without;         /**< that were asked, and released nothing */
    size_t unknown;         /**< contracts: neither; not fetched, or not shared */
    size_t held, moved;
    size_t cancelled[TA_ROLES + 1]; /**< by role; TA_NOBODY: neither, or unsaid */
    struct ta_month_figure *months; /**< from the first with a session to the last, none left out */
    size_t month_count;
    int median_days; /**< from one session of a pair to its next; -1: no pair had two */
    bool few;        /**< fewer than TA_FIGURES_FEWEST pairs: roles and months are not to be shown,
                          and are 0 */
};

/** As of the last refresh; release them with ta_figures_release(). */
bool ta_desk_figures(struct ta_desk *desk, struct ta_figures *figures, struct ta_error *err);
void ta_figures_release(struct ta_figures *figures);

/** A pair's released sessions, in their order. */
struct ta_review {
    struct ta_member member;
    struct ta_released_row *sessions; /**< their texts are the review's own */
    size_t count;
    struct ta_meetings dates; /**< all that the pair released, without reasons */
};

/** TA_ABSENT: the programme has no such pair. */
bool ta_desk_review(struct ta_desk *desk, const char *slug, struct ta_review *review,
                    struct ta_error *err);
void ta_review_release(struct ta_review *review);

/** Whether nothing came of a date: it was cancelled, or moved. */
bool ta_date_fell(const struct ta_meeting *date);
/** "✕", or "↷" of one that was moved. */
const char *ta_date_sign(const struct ta_meeting *date);
/** How long before it was asked, where that is known: "23 h", from three days on "5 d". Appends. */
void ta_say_hours(struct ta_text *out, const struct ta_meeting *date);
/** "by the mentee, 23 h before", as far as it is known. Appends. */
void ta_say_asked(struct ta_text *out, const struct ta_meeting *date);
/** "The date of Mon 2 Nov 2026 10:00 was moved to Mon 9 Nov 2026 10:00 by the mentee, 23 h before."
 *  Appends. */
void ta_say_fallen(struct ta_text *out, const struct ta_meetings *dates,
                   const struct ta_meeting *date);

#endif
