/* Taking back what was released, when nothing new may be: a history that was projected before, with
 * less in it. */
#include <stdlib.h>
#include <string.h>

#include "released.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/record_paper.h"

#define PAIR "pair.md"

static bool is_page(const char *path, unsigned session)
{
    char *page = ta_session_path(session, "released.md");
    bool is_same = strcmp(path, page) == 0;
    free(page);
    return is_same;
}

/* NULL: its words stay. */
static const struct ta_retracted *find(const struct ta_retraction *retraction, const char *path)
{
    for (size_t i = 0; i < retraction->count; i++) {
        if (is_page(path, retraction->items[i].session)) {
            return &retraction->items[i];
        }
    }
    return NULL;
}

static bool is_of_session(const char *path)
{
    static const char sessions[] = "sessions/";
    return strncmp(path, sessions, sizeof sessions - 1) == 0;
}

/* The first line is fact. */
static char *page_without_words(const char *text)
{
    struct ta_text page = {0};
    ta_text_add_bytes(&page, text, strcspn(text, "\n"));
    ta_text_add(&page, "\n\nWithheld.\n");
    return ta_text_take(&page);
}

/* pair.md */

static bool begins(struct ta_piece line, const char *with)
{
    size_t length = strlen(with);
    return line.length >= length && memcmp(line.at, with, length) == 0;
}

static void lower_line(struct ta_text *out, struct ta_piece line, enum ta_shared level)
{
    bool counts = begins(line, "promises: ") || begins(line, RELEASED_PROMISES);
    if (begins(line, "level: ")) {
        ta_text_addf(out, "level: %s\n", ta_shared_name(level));
    } else if (begins(line, RELEASED_SEEN)) {
        ta_text_addf(out, RELEASED_SEEN "%s\n", released_seen(level));
    } else if (!counts || level >= TA_SHARED_TAKEAWAYS) {
        ta_text_add_bytes(out, line.at, line.length);
        ta_text_add(out, "\n");
    }
}

/* Everything else of it stays as it was; what was not of a higher level stays whole. */
static char *lower_pair(const char *text, enum ta_shared level)
{
    struct ta_released_pair pair;
    struct ta_text out = {0};
    bool is_higher = ta_released_pair_read(&pair, text, NULL) && pair.level > level;
    ta_released_pair_release(&pair);
    if (!is_higher) {
        return ta_copy(text);
    }
    while (*text != '\0') {
        struct ta_piece line = {text, strcspn(text, "\n")};
        lower_line(&out, line, level);
        text += line.length + (text[line.length] == '\n');
    }
    return ta_text_take(&out);
}

/* The steps */

struct taking {
    const struct ta_retraction *retraction;
    char *pair; /* pair.md as it stood last */
    bool is_less;
};

static void drop(struct ta_projected_step *step, size_t at)
{
    free(step->texts[at].path);
    free(step->texts[at].text);
    step->count--;
    for (size_t i = at; i < step->count; i++) {
        step->texts[i] = step->texts[i + 1];
    }
}

static void withhold(struct ta_projected_step *step, size_t at, unsigned session)
{
    struct ta_text subject = {0};
    ta_text_addf(&subject, "Session %u withheld", session);
    ta_replace(&step->subject, subject.bytes);
    ta_text_release(&subject);
    char *page = page_without_words(step->texts[at].text);
    free(step->texts[at].text);
    step->texts[at].text = page;
}

/* Whether the text is still there. */
static bool take_words(struct taking *taking, struct ta_projected_step *step, size_t at)
{
    const struct ta_projected_text *text = &step->texts[at];
    const struct ta_retracted *gone = find(taking->retraction, text->path);
    bool is_shared = taking->retraction->level >= TA_SHARED_TAKEAWAYS;
    if (is_shared && gone == NULL) {
        return true;
    }
    if (is_shared && gone->withheld) {
        char *before = ta_copy(text->text);
        withhold(step, at, gone->session);
        taking->is_less |= strcmp(before, text->text) != 0;
        free(before);
        return true;
    }
    taking->is_less = true;
    drop(step, at);
    return false;
}

/* What says the same as before says nothing. */
static bool take_of_pair(struct taking *taking, struct ta_projected_step *step, size_t at)
{
    char *lowered = lower_pair(step->texts[at].text, taking->retraction->level);
    bool is_less = strcmp(lowered, step->texts[at].text) != 0;
    bool is_news = taking->pair == NULL || strcmp(taking->pair, lowered) != 0;
    taking->is_less |= is_less;
    ta_replace(&taking->pair, lowered);
    free(step->texts[at].text);
    step->texts[at].text = lowered;
    if (!is_news) {
        drop(step, at);
    }
    return is_news;
}

static bool take(struct taking *taking, struct ta_projected_step *step, size_t at)
{
    const char *path = step->texts[at].path;
    if (strcmp(path, PAIR) == 0) {
        return take_of_pair(taking, step, at);
    }
    return !is_of_session(path) || take_words(taking, step, at);
}

static void release_step(struct ta_projected_step *step)
{
    while (step->count > 0) {
        drop(step, step->count - 1);
    }
    free(step->subject);
}

static bool take_from_all(struct ta_projection *projection, const struct ta_retraction *retraction)
{
    struct taking taking = {.retraction = retraction};
    size_t kept = 0;
    for (size_t i = 0; i < projection->count; i++) {
        struct ta_projected_step step = projection->items[i];
        for (size_t at = 0; at < step.count;) {
            at += take(&taking, &step, at);
        }
        if (step.count > 0) {
            projection->items[kept++] = step;
        } else {
            release_step(&step);
        }
    }
    projection->count = kept;
    free(taking.pair);
    return taking.is_less;
}

static bool says_nothing(const struct ta_projection *projection)
{
    struct ta_released_pair pair;
    const char *text = ta_projected_at_end(projection, PAIR);
    bool is_read = text != NULL && ta_released_pair_read(&pair, text, NULL);
    bool is_nothing = is_read && projection->count == 1 && pair.level == TA_SHARED_NOTHING;
    if (is_read) {
        ta_released_pair_release(&pair);
    }
    return is_nothing;
}

bool ta_retract(struct ta_projection *projection, const struct ta_retraction *retraction)
{
    if (retraction->level != TA_SHARED_NOTHING) {
        return take_from_all(projection, retraction);
    }
    if (projection->count == 0 || says_nothing(projection)) {
        return false;
    }
    ta_projection_release(projection);
    ta_project_nothing(projection);
    return true;
}

const char *ta_projected_at_end(const struct ta_projection *projection, const char *path)
{
    for (size_t i = projection->count; i-- > 0;) {
        const struct ta_projected_step *step = &projection->items[i];
        for (size_t text = 0; text < step->count; text++) {
            if (strcmp(step->texts[text].path, path) == 0) {
                return step->texts[text].text;
            }
        }
    }
    return NULL;
}
