/**
 * The search index: excerpts of every document that may be read here, in a database of its own
 * (search.db), so that what is in progress is never touched by it, and the first screen never pays
 * for it.
 *
 * Derived: it may be deleted at any time, and the desk fills it again. It is not flushed; after a
 * power failure it is whole, and may lack what came last. A source is one repository, known by a
 * key; its papers are compared by digest, so that bringing it up to another commit writes only what
 * changed. A file that is damaged or of another version is thrown away when it is opened; damage
 * that is met later is TA_DAMAGED, and then whoever met it opens the index anew with
 * ta_search_renew().
 *
 * The words are kept by FTS5 with a tokenizer of our own (ta_next_word(), folded), and are found in
 * any script without regard to case and accents.
 */
#ifndef TURNABOUT_STORE_SEARCH_H
#define TURNABOUT_STORE_SEARCH_H

#include "turnabout/domain/sought.h"
#include "turnabout/store/index.h"

struct ta_search;

/** Opens `path`, or makes it. */
bool ta_search_open(struct ta_search **search, const char *path, struct ta_error *err);
void ta_search_close(struct ta_search *search);
/** Throws the file away and begins with an empty one. `*search` is NULL when it fails. */
bool ta_search_renew(struct ta_search **search, struct ta_error *err);

/** One repository. */
struct ta_search_source {
    const char *key;   /**< "record/priya-dana", "released/priya-dana": what the desk calls it */
    const char *names; /**< what `pair:` looks at: slug, mentor and mentee, a line each */
    bool ours;         /**< the record of a pair on this machine; else released */
    const char *tip;   /**< the commit that the papers are of */
    const struct ta_day *days; /**< of sessions, from session 1 at 0; year 0: not known */
    size_t day_count;
    struct ta_day latest; /**< of what has no day of its own */
};

/** A document of it. */
struct ta_search_paper {
    const char *path; /**< in the repository */
    const char *text;
    struct ta_day day; /**< of what says no day itself and is of no session; year 0: the source's
                            latest */
};

/** The commit that a source was read from last; "" when it is not known. */
bool ta_search_tip(struct ta_search *search, const char *key, char tip[TA_COMMIT_SIZE],
                   struct ta_error *err);
/** What is put and dropped from here to ta_search_finish() is one transaction. The words are
 * written at its end, in their order: many sources at once are much faster than one by one. */
bool ta_search_begin(struct ta_search *search, struct ta_error *err);
bool ta_search_finish(struct ta_search *search, bool ok, struct ta_error *err);
/** These are all papers of a source. Within a transaction. */
bool ta_search_put(struct ta_search *search, const struct ta_search_source *source,
                   const struct ta_search_paper *papers, size_t count, struct ta_error *err);
/** Visits the sources whose keys begin so ("": all), each with the commit it was read from. */
bool ta_search_sources(struct ta_search *search, const char *beginning,
                       void (*visit)(const char *key, const char *tip, void *data), void *data,
                       struct ta_error *err);
/** Drops a source with all that is found in it. Within a transaction. */
bool ta_search_forget(struct ta_search *search, const char *key, struct ta_error *err);

/** A small value by name, for what tells at one glance that nothing has changed; `*value` is NULL
 *  when absent; free(). Setting it is one transaction. */
bool ta_search_mark(struct ta_search *search, const char *name, char **value, struct ta_error *err);
bool ta_search_set_mark(struct ta_search *search, const char *name, const char *value,
                        struct ta_error *err);

struct ta_search_order {
    const char *source; /**< only this one; NULL: all */
    bool ours, released;
    bool ranked; /**< best first (bm25 without regard to length, for excerpts are short), and of
                    equals the newest; of tens of thousands only the newest are compared. Else
                    newest first, which costs the same however much there is */
    size_t limit;
    bool (*stopped)(void *data); /**< asked now and then; NULL: it goes on to the end */
    void *data;
};

/** What fits, `hits` being empty. Something that is sought by filters alone is not ranked, nor is
 *  the mere beginning of one word with less than three letters. */
bool ta_search_find(struct ta_search *search, const struct ta_sought *sought,
                    const struct ta_search_order *order, struct ta_hits *hits,
                    struct ta_error *err);

#endif
