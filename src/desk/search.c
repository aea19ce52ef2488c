#include "searched.h"
#include "sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/programme.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/excerpts.h"
#include "turnabout/document/paper.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/store/search.h"

/* A repository that is searched. */
struct repository {
    char *key;
    size_t index;                 /* of its pair, or of its member */
    char indexed[TA_COMMIT_SIZE]; /* the commit that the index is of; "": it has none of it */
    bool ours;
};

struct repositories {
    struct repository *items; /* sorted by key */
    size_t count;
};

struct ta_searching {
    struct ta_desk *desk;
    struct ta_search *search;
    struct ta_pairs pairs;
    struct ta_members members; /* of the programme, when anything of it moved */
    struct repositories all;
    size_t next;  /* the first that was not looked at yet */
    char *only;   /* the key of the one that is searched; NULL: all */
    char *stamp;  /* of what was released; NULL: it is what the index is of */
    char *missed; /* the key of one that is in the index and nowhere else */
    bool records, released;
    bool renewed; /* the index was thrown away once already */
    char *trouble;
};

/* Which there are */

static void add_repository(struct ta_searching *searching, const char *slug, size_t index,
                           bool ours)
{
    struct ta_text key = {0};
    ta_text_addf(&key, "%s%s", ours ? SEARCH_RECORD : SEARCH_RELEASED, slug);
    struct repository *added =
        ta_append(&searching->all.items, searching->all.count++, sizeof *added);
    *added = (struct repository){.key = ta_text_take(&key), .index = index, .ours = ours};
}

static bool find_pairs(struct ta_searching *searching, const struct ta_pair *only,
                       struct ta_error *err)
{
    if (!ta_desk_pairs(searching->desk, &searching->pairs, err)) {
        return false;
    }
    for (size_t i = 0; i < searching->pairs.count; i++) {
        const char *slug = searching->pairs.items[i].slug;
        if (!only || strcmp(only->slug, slug) == 0) {
            add_repository(searching, slug, i, true);
        }
    }
    if (only) {
        struct ta_text key = {0};
        ta_text_addf(&key, "%s%s", SEARCH_RECORD, only->slug);
        searching->only = ta_text_take(&key);
    }
    return true;
}

/* One glance tells that nothing moved. */
static bool has_moved(struct ta_searching *searching, bool *moved, struct ta_error *err)
{
    char *stamp = NULL;
    char *known = NULL;
    *moved = false;
    bool ok = ta_desk_programme_refresh(searching->desk, NULL, err) &&
              ta_programme_open(searching->desk, err) &&
              ta_store_releases_stamp(searching->desk->programme, &stamp, err) &&
              ta_search_mark(searching->search, "released", &known, err);
    if (ok && (!known || strcmp(known, stamp ? stamp : "") != 0)) {
        *moved = true;
        searching->stamp = ta_copy(stamp ? stamp : "");
    }
    free(stamp);
    free(known);
    return ok;
}

static bool find_members(struct ta_searching *searching, struct ta_error *err)
{
    struct ta_overview_query all = {.order = TA_ORDER_NAME};
    bool moved;
    if (!ta_desk_has_programme(searching->desk)) {
        return true;
    }
    bool ok = has_moved(searching, &moved, err);
    if (!ok || !moved) {
        return ok;
    }
    ok = ta_store_members(searching->desk->programme, &all, &searching->members, err);
    for (size_t i = 0; ok && i < searching->members.count; i++) {
        if (searching->members.items[i].tip[0] != '\0') {
            add_repository(searching, searching->members.items[i].slug, i, false);
        }
    }
    return ok;
}

static int by_key(const void *one, const void *other)
{
    return strcmp(((const struct repository *)one)->key, ((const struct repository *)other)->key);
}

static void note_indexed(const char *key, const char *tip, void *data)
{
    struct ta_searching *searching = data;
    struct repository wanted = {.key = (char *)key};
    struct repository *found =
        searching->all.count > 0
            ? bsearch(&wanted, searching->all.items, searching->all.count, sizeof wanted, by_key)
            : NULL;
    if (found) {
        (void)snprintf(found->indexed, sizeof found->indexed, "%s", tip);
    } else {
        ta_replace(&searching->missed, key);
    }
}

/* What is no longer on this machine is found no longer. */
static bool compare(struct ta_searching *searching, const char *kind, struct ta_error *err)
{
    bool ok = ta_search_sources(searching->search, kind, note_indexed, searching, err);
    while (ok && searching->missed && !searching->only) {
        ok = ta_search_begin(searching->search, err) &&
             ta_search_finish(searching->search,
                              ta_search_forget(searching->search, searching->missed, err), err);
        ta_replace(&searching->missed, NULL);
        ok = ok && ta_search_sources(searching->search, kind, note_indexed, searching, err);
    }
    return ok;
}

static bool find_all(struct ta_searching *searching, const struct ta_search_scope *scope,
                     struct ta_error *err)
{
    bool ok = (!scope->records || find_pairs(searching, scope->pair, err)) &&
              (!scope->released || find_members(searching, err));
    if (searching->all.count > 0) {
        qsort(searching->all.items, searching->all.count, sizeof *searching->all.items, by_key);
    }
    return ok && (!scope->records || compare(searching, SEARCH_RECORD, err)) &&
           (!searching->stamp || compare(searching, SEARCH_RELEASED, err));
}

static bool open_index(struct ta_searching *searching, struct ta_error *err)
{
    char *path = ta_path_join(searching->desk->places.data, "search.db");
    bool ok = ta_search_open(&searching->search, path, err);
    free(path);
    return ok;
}

/* What was found so far of which there are. */
static void forget_all(struct ta_searching *searching)
{
    for (size_t i = 0; i < searching->all.count; i++) {
        free(searching->all.items[i].key);
    }
    free(searching->all.items);
    searching->all = (struct repositories){0};
    ta_pairs_release(&searching->pairs);
    ta_members_release(&searching->members);
    ta_replace(&searching->only, NULL);
    ta_replace(&searching->stamp, NULL);
    ta_replace(&searching->missed, NULL);
}

/* An index that turns out to be damaged at once begins anew. */
static bool begin(struct ta_searching *searching, const struct ta_search_scope *scope,
                  struct ta_error *err)
{
    struct ta_error trouble = {0};
    if (!open_index(searching, err)) {
        return false;
    }
    if (find_all(searching, scope, &trouble)) {
        return true;
    }
    forget_all(searching);
    if (trouble.code != TA_DAMAGED) {
        return ta_fail(err, trouble.code, "%s", trouble.text);
    }
    searching->renewed = true;
    return ta_search_renew(&searching->search, err) && find_all(searching, scope, err);
}

bool ta_searching_open(struct ta_searching **searching, struct ta_desk *desk,
                       const struct ta_search_scope *scope, struct ta_error *err)
{
    struct ta_searching *made = ta_allocate(1, sizeof *made);
    made->desk = desk;
    made->records = scope->records;
    made->released = scope->released;
    *searching = made;
    if (!begin(made, scope, err)) {
        ta_searching_close(made);
        *searching = NULL;
        return false;
    }
    return true;
}

void ta_searching_close(struct ta_searching *searching)
{
    if (searching) {
        forget_all(searching);
        ta_search_close(searching->search);
        free(searching->trouble);
        free(searching);
    }
}

/* Bringing up. What cannot be read is told, and stays as it was; what cannot be written fails. */

static bool put(struct ta_searching *searching, const struct repository *repository,
                const char *names, const char *tip, const struct searched_papers *papers,
                struct ta_error *err)
{
    struct ta_search_source source = {.key = repository->key,
                                      .names = names,
                                      .ours = repository->ours,
                                      .tip = tip,
                                      .days = papers->days,
                                      .day_count = papers->day_count,
                                      .latest = papers->latest};
    return ta_search_put(searching->search, &source, papers->items, papers->count, err);
}

static void say_trouble(struct ta_searching *searching, const struct ta_error *err)
{
    if (!searching->trouble) {
        searching->trouble = ta_copy(err->text);
    }
}

/* What `pair:` looks at. */

static char *names_of(const char *slug, const char *mentor, const char *mentee)
{
    struct ta_text names = {0};
    ta_text_addf(&names, "%s\n%s\n%s", slug, mentor, mentee);
    return ta_text_take(&names);
}

static char *pair_names(const struct ta_pair *pair)
{
    return names_of(pair->slug, pair->person[TA_MENTOR].name, pair->person[TA_MENTEE].name);
}

static char *member_names(const struct ta_member *member)
{
    return names_of(member->slug, member->mentor, member->mentee);
}

static bool bring_up_record(struct ta_searching *searching, const struct repository *repository,
                            struct ta_error *err)
{
    const struct ta_pair *pair = &searching->pairs.items[repository->index];
    struct ta_desk *desk = searching->desk;
    struct ta_error trouble;
    char tip[TA_ID_SIZE];
    if (!ta_record_refresh(desk, pair, tip, &trouble)) {
        say_trouble(searching, &trouble);
        return true;
    }
    if (strcmp(repository->indexed, tip) == 0) {
        return true;
    }
    struct searched_papers papers;
    char *names = pair_names(pair);
    bool ok = searched_papers_of_record(&papers, desk, pair, err) &&
              put(searching, repository, names, tip, &papers, err);
    free(names);
    searched_papers_release(&papers);
    return ok;
}

static bool bring_up_released(struct ta_searching *searching, const struct repository *repository,
                              struct ta_error *err)
{
    const struct ta_member *member = &searching->members.items[repository->index];
    struct searched_papers papers;
    if (strcmp(repository->indexed, member->tip) == 0) {
        return true;
    }
    char *names = member_names(member);
    bool ok = searched_papers_of_release(&papers, searching->desk, member, err) &&
              put(searching, repository, names, member->tip, &papers, err);
    free(names);
    searched_papers_release(&papers);
    return ok;
}

static bool bring_up(struct ta_searching *searching, int64_t until, struct ta_error *err)
{
    bool ok = ta_search_begin(searching->search, err);
    if (!ok) {
        return false;
    }
    do {
        const struct repository *next = &searching->all.items[searching->next];
        ok = next->ours ? bring_up_record(searching, next, err)
                        : bring_up_released(searching, next, err);
        searching->next += ok;
    } while (ok && searching->next < searching->all.count && ta_desk_now(searching->desk) < until);
    return ta_search_finish(searching->search, ok, err);
}

static bool find_members_again(struct ta_searching *searching, struct ta_error *err)
{
    bool ok = find_members(searching, err);
    if (searching->all.count > 0) {
        qsort(searching->all.items, searching->all.count, sizeof *searching->all.items, by_key);
    }
    return ok;
}

/* An index that turns out to be damaged is thrown away, once, and filled again. */
static bool renew(struct ta_searching *searching, const struct ta_error *trouble,
                  struct ta_error *err)
{
    if (trouble->code != TA_DAMAGED || searching->renewed) {
        return ta_fail(err, trouble->code, "%s", trouble->text);
    }
    searching->renewed = true;
    searching->next = 0;
    for (size_t i = 0; i < searching->all.count; i++) {
        searching->all.items[i].indexed[0] = '\0';
    }
    /* What had not moved is not among them. */
    return ta_search_renew(&searching->search, err) &&
           (!searching->released || searching->stamp || find_members_again(searching, err));
}

static bool keep_stamp(struct ta_searching *searching, struct ta_error *err)
{
    bool ok = !searching->stamp ||
              ta_search_set_mark(searching->search, "released", searching->stamp, err);
    free(searching->stamp);
    searching->stamp = NULL;
    return ok;
}

bool ta_searching_step(struct ta_searching *searching, int64_t milliseconds, bool *done,
                       struct ta_error *err)
{
    struct ta_error trouble = {0};
    bool ok = searching->next >= searching->all.count ||
              bring_up(searching, ta_desk_now(searching->desk) + milliseconds, &trouble) ||
              renew(searching, &trouble, err);
    *done = !ok || searching->next >= searching->all.count;
    return ok && (!*done || keep_stamp(searching, err));
}

size_t ta_searching_left(const struct ta_searching *searching, size_t *all)
{
    *all = searching->all.count;
    return searching->all.count - searching->next;
}

const char *ta_searching_trouble(const struct ta_searching *searching)
{
    return searching->trouble;
}

/* Finding */

static bool find_once(struct ta_searching *searching, const struct ta_sought *sought,
                      const struct ta_search_wish *wish, struct ta_hits *hits, struct ta_error *err)
{
    struct ta_search_order order = {.source = searching->only,
                                    .ours = searching->records,
                                    .released = searching->released,
                                    .ranked = wish->ranked,
                                    .limit = wish->limit,
                                    .stopped = wish->stopped,
                                    .data = wish->data};
    return ta_search_find(searching->search, sought, &order, hits, err);
}

static bool fill_again(struct ta_searching *searching, struct ta_error *err)
{
    bool done = false;
    bool ok = true;
    while (ok && !done) {
        ok = ta_searching_step(searching, INT64_MAX / 2, &done, err);
    }
    return ok;
}

bool ta_searching_find(struct ta_searching *searching, const struct ta_sought *sought,
                       const struct ta_search_wish *wish, struct ta_hits *hits,
                       struct ta_error *err)
{
    struct ta_error trouble = {0};
    if (find_once(searching, sought, wish, hits, &trouble)) {
        return true;
    }
    ta_hits_release(hits);
    return renew(searching, &trouble, err) && fill_again(searching, err) &&
           find_once(searching, sought, wish, hits, err);
}
