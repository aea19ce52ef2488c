/**
 * What somebody looks for, understood from the line they typed:
 *
 *     urgent juniors "who speaks first" kind:takeaway pair:priya session:2-4 from:2026-10 to:2026
 *
 * Words stand in any order, and all of them must; the last one counts as the beginning of a word
 * while it is being typed, and any word does with an asterisk behind it. What stands in quotes must
 * stand so. Filters narrow it down: `pair:` a word of a name or of the slug, or several in quotes;
 * `session:` a number or two with a hyphen; `kind:` one of ta_excerpt_kind_name(); `from:` and
 * `to:` a day, a month or a year. Nothing that can be typed is an error: a filter that is not
 * understood is left out, and told.
 */
#ifndef TURNABOUT_DOMAIN_SOUGHT_H
#define TURNABOUT_DOMAIN_SOUGHT_H

#include "turnabout/domain/excerpt.h"

/** Words that must stand one behind the other. */
struct ta_phrase {
    char **words; /**< folded; at least one */
    size_t count;
    bool beginning; /**< of the last one it is known only how it begins */
};

enum { TA_PHRASES_MOST = 16 /**< what is typed behind so many is left out */ };

struct ta_sought {
    struct ta_phrase phrases[TA_PHRASES_MOST];
    size_t count;
    struct ta_phrase pair;                /**< words of names, each counting as a beginning */
    unsigned first_session, last_session; /**< 0 and 0: any */
    unsigned kinds;                       /**< 1 << kind of each that is wanted; 0: any */
    struct ta_day from, to;               /**< both included; year 0: open */
    char *unclear; /**< a filter that was left out, as typed: "kind:foo"; NULL: none was */
    char *instead; /**< what it takes: "a number, or two with a hyphen"; with `unclear` */
};

/** `as_typed`: it is being typed, so the last word may go on. */
void ta_sought_read(struct ta_sought *sought, const char *line, bool as_typed);
/** The same without filters: words only. */
void ta_sought_read_words(struct ta_sought *sought, const char *line);
void ta_sought_release(struct ta_sought *sought);

/** Whether nothing is asked for. */
bool ta_sought_is_empty(const struct ta_sought *sought);

/** Whether every phrase stands in the text; filters are not asked. */
bool ta_sought_fits(const struct ta_sought *sought, struct ta_piece text);
/** Whether names are those of `pair:`. */
bool ta_sought_names(const struct ta_sought *sought, struct ta_piece names);
/** Whether `pair:` is this very slug: then it is meant, and none that goes on behind it. */
bool ta_sought_is_slug(const struct ta_sought *sought, struct ta_piece slug);
/** The next place of any phrase: takes all up to its end off `rest`. False: there is no more. */
bool ta_sought_next(const struct ta_sought *sought, struct ta_piece *rest, struct ta_piece *place);

/** What was found. */
struct ta_hit {
    char *source; /**< where: "record/priya-dana", "released/priya-dana" */
    char *names;  /**< whose: the slug, the mentor, the mentee, a line each; a name may be "" */
    char *path;   /**< of the document there */
    struct ta_excerpt excerpt;
    double score; /**< how well it fits, more is better; 0 when it was not ranked */
};

struct ta_hits {
    struct ta_hit *items;
    size_t count;
    size_t total;      /**< how many there are, when all were looked at; else `count` */
    bool more;         /**< there are more than these */
    bool is_ranked;    /**< best first; else newest first */
    bool is_of_newest; /**< only the `total` newest were compared, for there are very many */
    bool is_stopped;   /**< somebody did not want to wait: there is nothing here */
};

void ta_hits_release(struct ta_hits *hits);

#endif
