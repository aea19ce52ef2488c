#include <stdlib.h>

#include "programme.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/document/released.h"

/* The words of sessions are read where they lie: the database has none of them a second time. */

/* What is not there, or cannot be read, is as never said. */
bool programme_is_none(const struct ta_error *problem)
{
    return problem->code == TA_ABSENT || problem->code == TA_DAMAGED;
}

bool programme_words(struct ta_reading *reading, const char *commit, unsigned session, char **text,
                     bool *withheld, struct ta_error *err)
{
    struct ta_error problem;
    struct ta_released_session said = {0};
    char *path = ta_session_path(session, "released.md");
    *text = NULL;
    bool ok = ta_reading_text(reading, commit, path, text, &problem);
    free(path);
    if (!ok && !programme_is_none(&problem)) {
        return ta_fail(err, problem.code, "%s", problem.text);
    }
    if (*text != NULL && ta_released_session_read(&said, *text, NULL)) {
        *withheld = said.withheld;
    } else {
        free(*text);
        *text = NULL;
    }
    ta_released_session_release(&said);
    return true;
}

struct words {
    struct ta_desk *desk;
    const struct ta_member *member;
    void (*visit)(const struct ta_released_row *row, void *data);
    void *data;
    struct ta_error *err;
    bool ok;
};

bool programme_reading(struct ta_desk *desk, struct ta_error *err)
{
    if (desk->released != NULL) {
        return true;
    }
    char *path = ta_programme_path(desk);
    bool ok = ta_reading_open(&desk->released, desk->git, path, err);
    free(path);
    return ok;
}

static void lend(const struct ta_released_row *row, void *data)
{
    struct words *words = data;
    struct ta_released_row whole = *row;
    char *text = NULL;
    if (words->ok && words->member->attendance.level >= TA_SHARED_TAKEAWAYS) {
        words->ok = programme_reading(words->desk, words->err) &&
                    programme_words(words->desk->released, words->member->taken, row->session,
                                    &text, &whole.withheld, words->err);
    }
    if (words->ok) {
        whole.text = text;
        words->visit(&whole, words->data);
    }
    free(text);
}

bool ta_programme_sessions(struct ta_desk *desk, const struct ta_member *member,
                           void (*visit)(const struct ta_released_row *row, void *data), void *data,
                           struct ta_error *err)
{
    struct words words = {desk, member, visit, data, err, true};
    return ta_store_released_sessions(desk->programme, member->id, lend, &words, err) && words.ok;
}
