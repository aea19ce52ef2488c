#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "programme.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/csv.h"

static const char *const titles[PROGRAMME_FIELDS] = {"mentor", "mentee", "topic", "url"};

struct import {
    struct ta_desk *desk;
    const char *name;
    struct ta_csv csv;
    size_t place[PROGRAMME_FIELDS]; /* in a row; SIZE_MAX: there is none */
    struct ta_members members;
    void *slugs; /* a tree of those that are taken */
    void *urls;  /* of those that were there */
    void *fresh; /* of those that this list adds */
    struct ta_imported *counts;
};

static int compare(const void *one, const void *other)
{
    return strcmp(one, other);
}

/* Titles in any case, with blanks around them. */
static bool find_columns(struct import *import, struct ta_error *err)
{
    const struct ta_csv_row *head = import->csv.rows;
    for (enum programme_field column = PROGRAMME_MENTOR; column < PROGRAMME_FIELDS; column++) {
        import->place[column] = SIZE_MAX;
        for (size_t i = 0; import->csv.count > 0 && i < head->count; i++) {
            char *title = ta_piece_copy(ta_piece_trim(ta_piece_of(head->fields[i])));
            bool found = strcasecmp(title, titles[column]) == 0;
            import->place[column] = found ? i : import->place[column];
            free(title);
        }
        if (import->place[column] == SIZE_MAX && column != PROGRAMME_TOPIC) {
            return ta_fail(err, TA_WRONG,
                           "%s, line 1: there is no column %s. The first line names the columns: "
                           "mentor,mentee,topic,url. Nothing was taken from it.",
                           import->name, titles[column]);
        }
    }
    return true;
}

static char *field(const struct import *import, const struct ta_csv_row *row,
                   enum programme_field column)
{
    size_t place = import->place[column];
    return place < row->count ? ta_piece_copy(ta_piece_trim(ta_piece_of(row->fields[place])))
                              : ta_copy("");
}

static bool refuse(const struct import *import, const struct ta_csv_row *row,
                   enum programme_field column, const char *why, struct ta_error *err)
{
    size_t length = strlen(why);
    length -= length > 0 && why[length - 1] == '.' ? 1 : 0;
    return ta_fail(err, TA_WRONG, "%s, line %u, column %zu (%s): %.*s. Nothing was taken from it.",
                   import->name, row->line, import->place[column] + 1, titles[column], (int)length,
                   why);
}

static bool is_taken(const char *slug, void *data)
{
    const struct import *import = data;
    return tfind(slug, &import->slugs, compare) != NULL;
}

static void keep(struct import *import, struct ta_member *member)
{
    member->slug = programme_slug(member, is_taken, import);
    struct ta_members *members = &import->members;
    *(struct ta_member *)ta_append(&members->items, members->count++, sizeof *members->items) =
        *member;
    (void)tsearch(member->slug, &import->slugs, compare);
    (void)tsearch(member->url, &import->fresh, compare);
}

/* In a list each pair has its names. */
static bool check(const struct import *import, char *const *texts, struct ta_member *member,
                  enum programme_field *wrong, struct ta_error *err)
{
    for (*wrong = PROGRAMME_MENTOR; *wrong <= PROGRAMME_MENTEE; (*wrong)++) {
        if (texts[*wrong][0] == '\0') {
            return ta_fail(err, TA_WRONG, "the %s has no name", titles[*wrong]);
        }
    }
    struct ta_programme_entry entry = {texts[PROGRAMME_MENTOR], texts[PROGRAMME_MENTEE],
                                       texts[PROGRAMME_TOPIC], texts[PROGRAMME_URL]};
    if (!programme_member(import->desk, &entry, member, wrong, err)) {
        return false;
    }
    *wrong = PROGRAMME_URL;
    return tfind(member->url, &import->fresh, compare) == NULL ||
           ta_fail(err, TA_WRONG, "a line above has the same address");
}

static bool take_row(struct import *import, const struct ta_csv_row *row, struct ta_error *err)
{
    char *texts[PROGRAMME_FIELDS];
    struct ta_error problem;
    struct ta_member member = {0};
    enum programme_field wrong;
    for (enum programme_field column = PROGRAMME_MENTOR; column < PROGRAMME_FIELDS; column++) {
        texts[column] = field(import, row, column);
    }
    bool ok = check(import, texts, &member, &wrong, &problem) ||
              refuse(import, row, wrong, problem.text, err);
    bool known = ok && tfind(member.url, &import->urls, compare) != NULL;
    import->counts->known += known;
    if (ok && !known) {
        keep(import, &member);
    } else {
        ta_member_release(&member);
    }
    for (enum programme_field column = PROGRAMME_MENTOR; column < PROGRAMME_FIELDS; column++) {
        free(texts[column]);
    }
    return ok;
}

static void keep_nothing(void *node)
{
    (void)node;
}

/* The trees point into the members, of which those that were there come first. */
static bool take_rows(struct import *import, size_t known, struct ta_error *err)
{
    bool ok = find_columns(import, err);
    for (size_t i = 1; ok && i < import->csv.count; i++) {
        ok = take_row(import, &import->csv.rows[i], err);
    }
    import->counts->added = import->members.count - known;
    return ok && ta_store_members_add(import->desk->programme, import->members.items + known,
                                      import->counts->added, NULL, err);
}

bool ta_desk_programme_import(struct ta_desk *desk, const char *csv, const char *name,
                              struct ta_imported *imported, struct ta_error *err)
{
    struct import import = {.desk = desk, .name = name, .counts = imported};
    const struct ta_overview_query all = {.order = TA_ORDER_NEED};
    *imported = (struct ta_imported){0};
    if (!ta_programme_open(desk, err) ||
        !ta_store_members(desk->programme, &all, &import.members, err)) {
        return false;
    }
    for (size_t i = 0; i < import.members.count; i++) {
        (void)tsearch(import.members.items[i].slug, &import.slugs, compare);
        (void)tsearch(import.members.items[i].url, &import.urls, compare);
    }
    bool ok =
        ta_csv_read(&import.csv, csv, name, err) && take_rows(&import, import.members.count, err);
    tdestroy(import.slugs, keep_nothing);
    tdestroy(import.urls, keep_nothing);
    tdestroy(import.fresh, keep_nothing);
    ta_members_release(&import.members);
    ta_csv_release(&import.csv);
    return ok;
}
