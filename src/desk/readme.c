#include "readme.h"

#include <stdlib.h>

#include "turnabout/document/record_paper.h"

static void tell_contract(struct ta_readme_facts *facts, const struct ta_contract *contract)
{
    facts->version = contract->version;
    facts->agreed = ta_contract_number(contract, TA_CLAUSE_SESSIONS);
}

static bool read_contract(struct papers *papers, const struct ta_contract *news,
                          struct ta_readme_facts *facts, struct ta_error *err)
{
    if (news) {
        tell_contract(facts, news);
        return true;
    }
    struct ta_contract_state state;
    if (!contract_read(papers, &state, err)) {
        return false;
    }
    if (state.in_force) {
        tell_contract(facts, &papers->contract);
    }
    ta_contract_state_release(&state);
    return true;
}

static bool read_since(struct papers *papers, struct ta_moment *since, struct ta_error *err)
{
    char *text = NULL;
    if (!papers_text(papers, "README.md", &text, err)) {
        return false;
    }
    struct ta_pair before = {0};
    if (!text || !ta_readme_read(&before, since, text, NULL)) {
        *since = ta_desk_moment(papers->desk); /* somebody broke the file: it is made anew */
    }
    ta_pair_release(&before);
    free(text);
    return true;
}

static bool read_meetings(struct papers *papers, const char *news, struct ta_meetings *changed,
                          struct ta_readme_facts *facts, struct ta_error *err)
{
    facts->meetings = changed;
    return news ? ta_meetings_read(changed, news, err)
                : papers_meetings(papers, &facts->meetings, err);
}

static bool read_promises(struct papers *papers, const char *news, struct ta_promises *changed,
                          struct ta_readme_facts *facts, struct ta_error *err)
{
    facts->promises = changed;
    return news ? ta_promises_read(changed, news, papers->pair, err)
                : papers_promises(papers, &facts->promises, err);
}

bool readme_make(struct papers *papers, const struct readme_news *news, char **readme,
                 struct ta_error *err)
{
    struct ta_meetings meetings = {0};
    struct ta_promises promises = {0};
    struct ta_readme_facts facts = {.pair = papers->pair};
    bool ok = read_contract(papers, news->contract, &facts, err) &&
              read_since(papers, &facts.since, err) &&
              read_meetings(papers, news->meetings, &meetings, &facts, err) &&
              read_promises(papers, news->promises, &promises, &facts, err);
    if (ok) {
        *readme = ta_readme_write(&facts);
    }
    ta_meetings_release(&meetings);
    ta_promises_release(&promises);
    return ok;
}
