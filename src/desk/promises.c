#include <stdlib.h>
#include <string.h>

#include "papers.h"
#include "readme.h"
#include "turnabout/desk/meetings.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"

static bool read_promises(struct ta_desk *desk, const struct ta_pair *pair, bool whole,
                          struct ta_promises *promises, struct ta_error *err)
{
    struct papers papers;
    const struct ta_promises *read = NULL;
    memset(promises, 0, sizeof *promises);
    bool ok = papers_open(&papers, desk, pair, err);
    papers.whole = whole;
    ok = ok && papers_promises(&papers, &read, err);
    if (ok) {
        *promises = papers.promises;
        memset(&papers.promises, 0, sizeof papers.promises);
    }
    papers_close(&papers);
    return ok;
}

bool ta_desk_promises(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_promises *promises, struct ta_error *err)
{
    return read_promises(desk, pair, true, promises, err);
}

bool ta_desk_promises_waiting(struct ta_desk *desk, const struct ta_pair *pair,
                              struct ta_promises *promises, struct ta_error *err)
{
    return read_promises(desk, pair, false, promises, err);
}

/* What became of one */

static bool refuse(enum ta_promise_verdict verdict, const struct ta_promise *promise,
                   const struct ta_pair *pair, struct ta_error *err)
{
    enum ta_role owner = promise->owner;
    const char *other = owner < TA_ROLES ? pair->person[ta_role_other(owner)].name : "the other";
    switch (verdict) {
    case TA_PROMISE_FINE:
        return true;
    case TA_PROMISE_SO_ALREADY:
        return ta_fail(err, TA_REFUSED, "P%u is %s already: nothing to do.", promise->id,
                       promise->state == TA_PROMISE_TOLD ? "told back"
                                                         : ta_promise_state_name(promise->state));
    case TA_PROMISE_NOT_DONE:
        return ta_fail(err, TA_REFUSED,
                       "P%u is still open: say that it is done first, then that it was told back.",
                       promise->id);
    case TA_PROMISE_WAS_TOLD:
        return ta_fail(err, TA_REFUSED,
                       "P%u was told back: %s takes that back first, then it can be open again.",
                       promise->id, other);
    case TA_PROMISE_NOT_THEIRS:
        return ta_fail(err, TA_REFUSED,
                       "Only %s, whom P%u was promised to, can say whether it was told back.",
                       other, promise->id);
    case TA_PROMISE_WHO_IS_ASKED:
        return ta_fail(err, TA_REFUSED,
                       "Only %s can say whether P%u was told back: tell who you are with --as "
                       "mentor or --as mentee.",
                       other, promise->id);
    }
    return false;
}

static const char *const news_of[] = {
    [TA_PROMISE_OPEN] = "open again", [TA_PROMISE_DONE] = "done", [TA_PROMISE_TOLD] = "told back"};

/* The promise as it will be, and the commit's subject. */
static bool change(struct papers *papers, unsigned id, enum ta_promise_state to, enum ta_role who,
                   char **text, struct ta_text *subject, struct ta_error *err)
{
    const struct ta_promises *promises = NULL;
    papers->whole = true;
    if (!papers_promises(papers, &promises, err)) {
        return false;
    }
    const struct ta_promise *found = id ? ta_promises_find(promises, id) : NULL;
    if (!found) {
        return ta_fail(err, TA_ABSENT,
                       "There is no promise P%u: turnabout promise list shows them.", id);
    }
    if (!refuse(ta_promise_may(found, to, who), found, papers->pair, err)) {
        return false;
    }
    struct ta_promise promise = *found; /* its texts stay those of the papers */
    bool back = found->state == TA_PROMISE_TOLD;
    ta_promise_become(&promise, to, ta_desk_today(papers->desk));
    ta_text_addf(subject, "Promise P%u %s: %s", id, back ? "not told back yet" : news_of[to],
                 promise.text);
    char *whole = NULL;
    bool ok = papers_text(papers, "promises.md", &whole, err) &&
              ta_promises_put(text, whole, &promise, papers->pair, err);
    free(whole);
    return ok;
}

bool ta_desk_promise_become(struct ta_desk *desk, const struct ta_pair *pair, unsigned id,
                            enum ta_promise_state to, enum ta_role as, struct ta_error *err)
{
    struct papers papers;
    char *text = NULL;
    char *readme = NULL;
    char tip[TA_ID_SIZE];
    struct ta_text subject = {0};
    enum ta_role who = as != TA_NOBODY ? as : pair->me;
    bool ok =
        papers_open(&papers, desk, pair, err) && change(&papers, id, to, who, &text, &subject, err);
    struct readme_news news = {.promises = text};
    ok = ok && readme_make(&papers, &news, &readme, err);
    memcpy(tip, papers.tip, sizeof tip);
    papers_close(&papers);
    struct ta_commit commit = {.subject = subject.bytes,
                               .pair = pair,
                               .author = ta_desk_actor(pair, who, TA_MENTEE),
                               .when = ta_desk_moment(desk)};
    struct ta_document documents[2] = {{.path = "promises.md", .text = text},
                                       {.path = "README.md", .text = readme}};
    ok = ok && ta_record_commit(desk, &commit, documents, 2, tip, err);
    ta_text_release(&subject);
    free(text);
    free(readme);
    return ok;
}
