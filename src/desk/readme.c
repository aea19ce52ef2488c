#include "readme.h"

#include <stdlib.h>

#include "turnabout/desk/record.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/document/record_paper.h"

/* What a file will be: the news, or what the record has; NULL when neither. `kept` is to be freed.
 */
static bool text_of(struct ta_desk *desk, const struct ta_pair *pair, const char *news,
                    const char *document, const char **text, char **kept, struct ta_error *err)
{
    if (!news && !ta_record_text(desk, pair, document, kept, err)) {
        return false;
    }
    *text = news ? news : *kept;
    return true;
}

static bool read_contract(struct ta_desk *desk, const struct ta_pair *pair,
                          const struct ta_contract *news, struct ta_readme_facts *facts,
                          struct ta_error *err)
{
    struct ta_contract kept = {0};
    char *text = NULL;
    bool ok = news || ta_record_text(desk, pair, "contract.md", &text, err);
    ok = ok && (!text || ta_contract_paper_read(&kept, text, err));
    const struct ta_contract *contract = news ? news : text ? &kept : NULL;
    if (ok && contract) {
        facts->version = contract->version;
        facts->agreed = ta_contract_number(contract, TA_CLAUSE_SESSIONS);
    }
    ta_contract_release(&kept);
    free(text);
    return ok;
}

static bool read_since(struct ta_desk *desk, const struct ta_pair *pair, struct ta_moment *since,
                       struct ta_error *err)
{
    char *text = NULL;
    if (!ta_record_text(desk, pair, "README.md", &text, err)) {
        return false;
    }
    struct ta_pair before = {0};
    if (!text || !ta_readme_read(&before, since, text, NULL)) {
        *since = ta_desk_moment(desk); /* somebody broke the file: it is made anew */
    }
    ta_pair_release(&before);
    free(text);
    return true;
}

bool readme_make(struct ta_desk *desk, const struct ta_pair *pair, const struct readme_news *news,
                 char **readme, struct ta_error *err)
{
    struct ta_meetings meetings = {0};
    struct ta_promises promises = {0};
    struct ta_readme_facts facts = {.pair = pair, .meetings = &meetings, .promises = &promises};
    const char *text[2] = {NULL, NULL};
    char *kept[2] = {NULL, NULL};
    bool ok = read_contract(desk, pair, news->contract, &facts, err) &&
              read_since(desk, pair, &facts.since, err) &&
              text_of(desk, pair, news->meetings, "meetings.md", &text[0], &kept[0], err) &&
              text_of(desk, pair, news->promises, "promises.md", &text[1], &kept[1], err) &&
              (!text[0] || ta_meetings_read(&meetings, text[0], err)) &&
              (!text[1] || ta_promises_read(&promises, text[1], pair, err));
    if (ok) {
        facts.held = ta_meetings_held(&meetings);
        *readme = ta_readme_write(&facts);
    }
    free(kept[0]);
    free(kept[1]);
    ta_meetings_release(&meetings);
    ta_promises_release(&promises);
    return ok;
}
