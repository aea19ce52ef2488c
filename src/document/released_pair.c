#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "reading.h"
#include "released.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/paper.h"

static const char file[] = "pair.md";

static const char *const promise_keys[TA_PROMISE_STATES] = {"open", "done", "told"};

/* Writing */

char *ta_released_name(const char *name, enum ta_role role)
{
    struct ta_text out = {0};
    char *plain = plain_copy(name);
    struct ta_piece bare = ta_piece_trim((struct ta_piece){plain, strcspn(plain, "<")});
    if (bare.length == 0 || memchr(bare.at, '@', bare.length)) {
        bare = ta_piece_of(ta_role_name(role));
    }
    ta_text_add_bytes(&out, bare.at, bare.length);
    free(plain);
    return ta_text_take(&out);
}

static void set_text(struct ta_paper *paper, const char *key, const char *value)
{
    char *plain = plain_copy(value);
    if (*plain != '\0') {
        ta_paper_set_value(paper, key, plain);
    }
    free(plain);
}

static void set_number(struct ta_paper *paper, const char *key, unsigned number)
{
    struct ta_text digits = {0};
    if (number > 0) {
        ta_text_addf(&digits, "%u", number);
        ta_paper_set_value(paper, key, digits.bytes);
    }
    ta_text_release(&digits);
}

/** In UTC, because the text is the same wherever it is made. */
static void set_since(struct ta_paper *paper, struct ta_moment since)
{
    char written[TA_DATE_SIZE];
    if (since.instant == 0) {
        return;
    }
    ta_moment_write(written, (struct ta_moment){since.instant, 0});
    char *offset = strchr(written, '+');
    if (offset) {
        memcpy(offset, "Z", 2);
    }
    ta_paper_set_value(paper, "since", written);
}

static void set_promises(struct ta_paper *paper, const struct ta_released_pair *pair)
{
    struct ta_text counts = {0};
    if (!pair->has_promises) {
        return;
    }
    for (size_t i = 0; i < TA_PROMISE_STATES; i++) {
        ta_text_addf(&counts, "%s%s: %u", i > 0 ? ", " : "{", promise_keys[i], pair->promises[i]);
    }
    ta_text_add(&counts, "}");
    ta_paper_set_value(paper, "promises", counts.bytes);
    ta_text_release(&counts);
}

static void set_names(struct ta_paper *paper, const struct ta_released_pair *pair,
                      struct ta_text *heading)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        if (!pair->name[role]) {
            continue;
        }
        char *name = ta_released_name(pair->name[role], role);
        ta_paper_set_value(paper, ta_role_name(role), name);
        ta_text_addf(heading, "%s%s", heading->length > 0 ? " and " : "# ", name);
        free(name);
    }
}

char *ta_released_pair_write(const struct ta_released_pair *pair, const char *body)
{
    struct ta_paper paper = {0};
    struct ta_text below = {0};
    ta_paper_set_value(&paper, "turnabout", "released/1");
    set_names(&paper, pair, &below);
    set_text(&paper, "topic", pair->topic);
    ta_paper_set_value(&paper, "level", ta_shared_name(pair->level));
    set_number(&paper, "contract", pair->contract);
    set_since(&paper, pair->since);
    set_number(&paper, "planned", pair->planned);
    set_number(&paper, "rhythm", pair->rhythm);
    set_number(&paper, "minutes", pair->minutes);
    set_promises(&paper, pair);
    ta_text_add(&below, below.length > 0 ? "\n" : "");
    ta_text_addf(&below, "%s%s", below.length > 0 && body ? "\n" : "", body ? body : "");
    ta_paper_replace(&paper, (struct ta_span){paper.count, 0}, below.bytes);
    ta_text_release(&below);
    return ta_paper_take(&paper);
}

/* Reading */

static char *text_of(const struct ta_paper *paper, const char *key)
{
    struct ta_piece value = ta_paper_value(paper, key);
    return value.length > 0 ? ta_piece_copy(value) : NULL;
}

static unsigned number_of(const struct ta_paper *paper, const char *key)
{
    unsigned number;
    return ta_number_read(&number, ta_paper_value(paper, key), 1, TA_NUMBER_MOST) ? number : 0;
}

static enum ta_shared level_of(const struct ta_paper *paper)
{
    struct ta_piece value = ta_paper_value(paper, "level");
    enum ta_shared level = TA_SHARED_SUMMARY;
    while (level > TA_SHARED_NOTHING && !ta_piece_is(value, ta_shared_name(level))) {
        level--;
    }
    return level;
}

static void read_promises(struct ta_released_pair *pair, struct ta_piece map)
{
    pair->has_promises = map.length > 0;
    for (size_t i = 0; i < TA_PROMISE_STATES; i++) {
        if (!ta_map_number(&pair->promises[i], map, promise_keys[i], TA_NUMBER_MOST)) {
            pair->promises[i] = 0;
        }
    }
}

bool ta_released_pair_read(struct ta_released_pair *pair, const char *text, struct ta_error *err)
{
    struct ta_paper paper;
    *pair = (struct ta_released_pair){0};
    if (!ta_paper_read_kind(&paper, text, "released", 1, file, err)) {
        return false;
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        pair->name[role] = text_of(&paper, ta_role_name(role));
    }
    pair->topic = text_of(&paper, "topic");
    pair->level = level_of(&paper);
    pair->contract = number_of(&paper, "contract");
    if (!ta_moment_read(&pair->since, ta_paper_value(&paper, "since"))) {
        pair->since = (struct ta_moment){0};
    }
    pair->planned = number_of(&paper, "planned");
    pair->rhythm = number_of(&paper, "rhythm");
    pair->minutes = number_of(&paper, "minutes");
    read_promises(pair, ta_paper_value(&paper, "promises"));
    ta_paper_release(&paper);
    return true;
}

void ta_released_pair_release(struct ta_released_pair *pair)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        free(pair->name[role]);
    }
    free(pair->topic);
    *pair = (struct ta_released_pair){0};
}
