#include "growing.h"

#include <stdlib.h>

#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"

bool growing_read(struct growing *growing, const struct papers *papers, const char *document,
                  struct ta_error *err)
{
    return ta_record_text(papers->desk, papers->pair, document, &growing->whole, err) &&
           ta_record_brief(papers->desk, papers->pair, document, &growing->brief, err);
}

void growing_release(struct growing *growing)
{
    free(growing->whole);
    free(growing->brief);
    *growing = (struct growing){0};
}

static void take(char **text, char *changed)
{
    free(*text);
    *text = changed;
}

static bool put_meeting(char **text, const struct ta_meeting *meeting, struct ta_error *err)
{
    char *changed = NULL;
    bool ok = ta_meetings_put(&changed, *text, meeting, err);
    if (ok) {
        take(text, changed);
    }
    return ok;
}

static bool put_promise(char **text, const struct ta_promise *promise, const struct ta_pair *pair,
                        struct ta_error *err)
{
    char *changed = NULL;
    bool ok = ta_promises_put(&changed, *text, promise, pair, err);
    if (ok) {
        take(text, changed);
    }
    return ok;
}

bool growing_put_meeting(struct growing *meetings, const struct ta_meeting *meeting,
                         struct ta_error *err)
{
    return put_meeting(&meetings->whole, meeting, err) &&
           put_meeting(&meetings->brief, meeting, err);
}

bool growing_put_promise(struct growing *promises, const struct ta_promise *promise,
                         const struct ta_pair *pair, struct ta_error *err)
{
    return put_promise(&promises->whole, promise, pair, err) &&
           put_promise(&promises->brief, promise, pair, err);
}
