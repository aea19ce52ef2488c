#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "programme.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"
#include "turnabout/document/csv.h"
#include "turnabout/ledger/transport.h"

static const char *const titles[PROGRAMME_FIELDS] = {"mentor", "mentee", "topic", "url"};
static const char *const others[PROGRAMME_FIELDS] = {"mentor name", "mentee name", NULL, "address"};

struct import {
    struct ta_desk *desk;
    const char *name;
    struct ta_csv csv;
    size_t place[PROGRAMME_FIELDS]; /* in a row; SIZE_MAX: there is none */
    size_t columns;                 /* that the first line names */
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

/* What is wrong */

static void add_fault(struct import *import, unsigned line, size_t column,
                      enum programme_field field, const char *why)
{
    struct ta_imported *counts = import->counts;
    struct ta_text fault = {0};
    size_t length = strlen(why);
    length -= length > 0 && why[length - 1] == '.' ? 1 : 0;
    if (counts->fault_count++ >= TA_FAULTS_MOST) {
        return;
    }
    ta_text_addf(&fault, "line %u", line);
    if (column > 0) {
        ta_text_addf(&fault, ", column %zu", column);
    }
    if (field < PROGRAMME_FIELDS) {
        ta_text_addf(&fault, " (%s)", titles[field]);
    }
    ta_text_addf(&fault, ": %.*s", (int)length, why);
    counts->faults[counts->fault_count - 1] = ta_text_take(&fault);
}

static void refuse_field(struct import *import, const struct ta_csv_row *row,
                         enum programme_field field, const char *why)
{
    add_fault(import, row->line, import->place[field] + 1, field, why);
}

/* The first one, and how many more; who shows them all has them. */
static bool refuse_all(const struct import *import, struct ta_error *err)
{
    const struct ta_imported *counts = import->counts;
    struct ta_text more = {0};
    ta_text_add(&more, "");
    if (counts->fault_count > 1) {
        ta_text_addf(&more, " (and %zu more)", counts->fault_count - 1);
    }
    (void)ta_fail(err, TA_WRONG, "%s, %s%s. Nothing was taken from it.", import->name,
                  counts->faults[0], more.bytes);
    ta_text_release(&more);
    return false;
}

/* Its columns */

static bool is_empty(const struct ta_csv_row *row, size_t from)
{
    for (size_t i = from; i < row->count; i++) {
        if (ta_piece_trim(ta_piece_of(row->fields[i])).length > 0) {
            return false;
        }
    }
    return true;
}

/* Titles in any case, with blanks around them. */
static bool is_title(const char *field, enum programme_field column)
{
    char *title = ta_piece_copy(ta_piece_trim(ta_piece_of(field)));
    bool is_it = strcasecmp(title, titles[column]) == 0 ||
                 (others[column] != NULL && strcasecmp(title, others[column]) == 0);
    free(title);
    return is_it;
}

static void find_column(struct import *import, const struct ta_csv_row *head,
                        enum programme_field column)
{
    import->place[column] = SIZE_MAX;
    for (size_t i = 0; i < head->count; i++) {
        if (!is_title(head->fields[i], column)) {
            continue;
        }
        if (import->place[column] != SIZE_MAX) {
            add_fault(import, head->line, i + 1, column, "this column is there twice");
        }
        import->place[column] = i;
    }
}

/* The titles that are there, as far as a sentence has room. */
static void add_found(struct ta_text *out, const struct ta_csv_row *head)
{
    enum { ROOM = 200 };
    struct ta_text found = {0};
    for (size_t i = 0; i < head->count; i++) {
        struct ta_piece title = ta_piece_trim(ta_piece_of(head->fields[i]));
        ta_text_add(&found, title.length > 0 && found.length > 0 ? ", " : "");
        ta_text_add_bytes(&found, title.at, title.length);
    }
    size_t fit = ta_fit(found.bytes, found.length, ROOM);
    ta_text_addf(out, " (found: %.*s%s)", (int)fit, found.bytes, fit < found.length ? "…" : "");
    ta_text_release(&found);
}

static void miss_columns(struct import *import, const struct ta_csv_row *head)
{
    struct ta_text why = {0};
    for (enum programme_field column = PROGRAMME_MENTOR; column < PROGRAMME_FIELDS; column++) {
        if (import->place[column] == SIZE_MAX && column != PROGRAMME_TOPIC) {
            ta_text_add(&why, why.length == 0 ? "there is no column " : " and no column ");
            ta_text_add(&why, titles[column]);
        }
    }
    if (why.length > 0) {
        if (head->count == 0) {
            ta_text_clear(&why);
            ta_text_add(&why, "the table is empty");
        } else {
            add_found(&why, head);
        }
        ta_text_add(&why, "; the first line names the columns: mentor,mentee,topic,url");
        add_fault(import, head->line, 0, PROGRAMME_FIELDS, why.bytes);
    }
    ta_text_release(&why);
}

/* The index of the row behind it. */
static size_t find_columns(struct import *import)
{
    static const struct ta_csv_row none = {.line = 1};
    size_t at = 0;
    while (at < import->csv.count && is_empty(&import->csv.rows[at], 0)) {
        at++;
    }
    const struct ta_csv_row *head = at < import->csv.count ? &import->csv.rows[at] : &none;
    for (enum programme_field column = PROGRAMME_MENTOR; column < PROGRAMME_FIELDS; column++) {
        find_column(import, head, column);
    }
    miss_columns(import, head);
    import->columns = head->count;
    return at + 1;
}

static char *text_of(const struct import *import, const struct ta_csv_row *row,
                     enum programme_field column)
{
    size_t place = import->place[column];
    return place < row->count ? ta_piece_copy(ta_piece_trim(ta_piece_of(row->fields[place])))
                              : ta_copy("");
}

/* Its rows */

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

/* In a list each pair has its names, and where it was written says nothing about a path in it. */
static bool check_field(enum programme_field field, const char *text, struct ta_error *err)
{
    bool is_name = field == PROGRAMME_MENTOR || field == PROGRAMME_MENTEE;
    bool is_below_home = strncmp(text, "~/", 2) == 0;
    if (is_name && text[0] == '\0') {
        return ta_fail(err, TA_WRONG, "the %s has no name", titles[field]);
    }
    if (field == PROGRAMME_URL && text[0] != '\0' && !is_below_home &&
        !ta_transport_url(text, err)) {
        return false;
    }
    char *read = NULL;
    bool ok = programme_read(field, text, &read, err);
    free(read);
    return ok;
}

static bool check_fields(struct import *import, const struct ta_csv_row *row, char *const *texts)
{
    struct ta_error problem;
    size_t before = import->counts->fault_count;
    for (enum programme_field field = PROGRAMME_MENTOR; field < PROGRAMME_FIELDS; field++) {
        if (!check_field(field, texts[field], &problem)) {
            refuse_field(import, row, field, problem.text);
        }
    }
    return import->counts->fault_count == before;
}

static void take_texts(struct import *import, const struct ta_csv_row *row, char *const *texts)
{
    const struct ta_programme_entry entry = {texts[PROGRAMME_MENTOR], texts[PROGRAMME_MENTEE],
                                             texts[PROGRAMME_TOPIC], texts[PROGRAMME_URL]};
    struct ta_member member;
    struct ta_error problem;
    if (!programme_member(import->desk, &entry, &member, &problem)) {
        refuse_field(import, row, PROGRAMME_MENTEE, problem.text);
        return;
    }
    bool known = tfind(member.url, &import->urls, compare) != NULL;
    bool twice = tfind(member.url, &import->fresh, compare) != NULL;
    import->counts->known += known;
    if (twice) {
        refuse_field(import, row, PROGRAMME_URL, "a line above has the same address");
    }
    if (known || twice) {
        ta_member_release(&member);
    } else {
        keep(import, &member);
    }
}

/* A field too many: what stands behind it is under a wrong title. */
static void refuse_row(struct import *import, const struct ta_csv_row *row)
{
    struct ta_text why = {0};
    ta_text_addf(&why,
                 "%zu fields, the first line names %zu; one that has the separator in it is "
                 "put in double quotes",
                 row->count, import->columns);
    add_fault(import, row->line, import->columns + 1, PROGRAMME_FIELDS, why.bytes);
    ta_text_release(&why);
}

static void take_row(struct import *import, const struct ta_csv_row *row)
{
    char *texts[PROGRAMME_FIELDS];
    if (is_empty(row, 0)) {
        return;
    }
    if (!is_empty(row, import->columns)) {
        refuse_row(import, row);
        return;
    }
    for (enum programme_field field = PROGRAMME_MENTOR; field < PROGRAMME_FIELDS; field++) {
        texts[field] = text_of(import, row, field);
    }
    if (check_fields(import, row, texts)) {
        take_texts(import, row, texts);
    }
    for (enum programme_field field = PROGRAMME_MENTOR; field < PROGRAMME_FIELDS; field++) {
        free(texts[field]);
    }
}

static void keep_nothing(void *node)
{
    (void)node;
}

/* The trees point into the members, of which those that were there come first. */
static bool take_rows(struct import *import, size_t known, struct ta_error *err)
{
    size_t first = find_columns(import);
    bool has_columns = import->counts->fault_count == 0;
    for (size_t i = first; has_columns && i < import->csv.count; i++) {
        take_row(import, &import->csv.rows[i]);
    }
    if (import->counts->fault_count > 0) {
        return refuse_all(import, err);
    }
    import->counts->added = import->members.count - known;
    return ta_store_members_add(import->desk->programme, import->members.items + known,
                                import->counts->added, NULL, err);
}

void ta_imported_release(struct ta_imported *imported)
{
    for (size_t i = 0; i < TA_FAULTS_MOST; i++) {
        free(imported->faults[i]);
    }
    *imported = (struct ta_imported){0};
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
