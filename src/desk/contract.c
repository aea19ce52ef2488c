#include "turnabout/desk/contract.h"

#include <stdlib.h>
#include <string.h>

#include "drafts.h"
#include "papers.h"
#include "pins.h"
#include "readme.h"
#include "sealing.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/record.h"
#include "turnabout/document/contract_paper.h"
#include "turnabout/store/drafts.h"

#define IN_FORCE "contract.md"
#define PROPOSED "contract-proposed.md"
#define SIGNATURES "signatures.md"

/* The paper on the desk when nobody wrote anything yet. */
static char *preset_paper(const struct ta_pair *pair, unsigned version)
{
    struct ta_contract contract = {0};
    ta_contract_init(&contract, pair);
    contract.version = version;
    char *paper = ta_contract_paper_new(&contract);
    ta_contract_release(&contract);
    return paper;
}

static bool read_signatures(const struct papers *papers, struct ta_contract_state *state,
                            struct ta_error *err)
{
    char *text = NULL;
    bool ok = papers_text(papers, SIGNATURES, &text, err) &&
              (!text || ta_signatures_read(&state->signatures, text, err));
    state->next_version = ta_signatures_version(&state->signatures) + 1;
    free(text);
    return ok;
}

static bool both_signed(struct ta_contract_state *state, const char *text)
{
    ta_digest(state->digest, text, strlen(text));
    return ta_signatures_both(&state->signatures, state->digest);
}

static bool read_in_force(struct papers *papers, struct ta_contract_state *state,
                          struct ta_error *err)
{
    const struct ta_contract *contract = NULL;
    if (!papers_contract(papers, &contract, err)) {
        return false;
    }
    if (papers->contract_text && both_signed(state, papers->contract_text) &&
        ta_signatures_in_force(&state->signatures, state->digest)) {
        state->in_force = ta_copy(papers->contract_text);
        state->version_in_force = contract->version;
    }
    return true;
}

static bool choose_paper(const struct papers *papers, struct ta_contract_state *state,
                         const struct ta_draft *draft, struct ta_error *err)
{
    bool is_draft = draft->text && !both_signed(state, draft->text);
    const char *text = is_draft ? draft->text : state->proposed ? state->proposed : state->in_force;
    state->revision = draft->revision;
    state->drafted = text || papers->contract_text;
    if (!text && papers->contract_text) {
        return ta_contract_paper_set_version(&state->paper, papers->contract_text,
                                             state->next_version, err);
    }
    state->paper = text ? ta_copy(text) : preset_paper(papers->pair, state->next_version);
    return true;
}

/* Most of the time the paper on the desk is the text that both_signed() was last asked about. */
static void compare_signatures(struct ta_contract_state *state, const struct ta_draft *draft)
{
    const char *asked = draft->text ? draft->text : state->in_force;
    if (!asked || strcmp(state->paper, asked) != 0) {
        ta_digest(state->digest, state->paper, strlen(state->paper));
    }
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        state->signed_by[role] = ta_signatures_find(&state->signatures, role, state->digest);
    }
}

/* The paper in force was understood already; most of the time it is the one on the desk. */
static bool understand(struct papers *papers, struct ta_contract_state *state, struct ta_error *err)
{
    if (ta_contract_state_in_force(state)) {
        ta_contract_copy(&state->contract, &papers->contract);
        return true;
    }
    bool ok = ta_contract_paper_read(&state->contract, state->paper, err);
    state->outdated = ok && state->contract.version != state->next_version;
    return ok;
}

bool contract_read(struct papers *papers, struct ta_contract_state *state, struct ta_error *err)
{
    memset(state, 0, sizeof *state);
    memcpy(state->tip, papers->tip, sizeof state->tip);
    struct ta_draft draft = {0};
    bool ok = read_signatures(papers, state, err) && read_in_force(papers, state, err) &&
              papers_text(papers, PROPOSED, &state->proposed, err) &&
              ta_store_draft(papers->desk->store, papers->pair->id, DRAFT_CONTRACT, &draft, err) &&
              choose_paper(papers, state, &draft, err) && understand(papers, state, err);
    if (ok) {
        compare_signatures(state, &draft);
    }
    ta_draft_release(&draft);
    if (!ok) {
        ta_contract_state_release(state);
    }
    return ok;
}

bool ta_desk_contract(struct ta_desk *desk, const struct ta_pair *pair,
                      struct ta_contract_state *state, struct ta_error *err)
{
    struct papers papers;
    memset(state, 0, sizeof *state);
    bool ok = papers_open(&papers, desk, pair, err) && contract_read(&papers, state, err);
    papers_close(&papers);
    return ok;
}

bool ta_desk_contract_in_force(struct ta_desk *desk, const struct ta_pair *pair,
                               struct ta_contract_state *state, struct ta_error *err)
{
    struct papers papers;
    memset(state, 0, sizeof *state);
    bool ok = papers_open(&papers, desk, pair, err);
    memcpy(state->tip, papers.tip, sizeof state->tip);
    ok = ok && read_signatures(&papers, state, err) && read_in_force(&papers, state, err);
    if (ok && state->in_force) {
        state->paper = ta_copy(state->in_force);
        ta_contract_copy(&state->contract, &papers.contract);
        compare_signatures(state, &(struct ta_draft){0});
    }
    papers_close(&papers);
    if (!ok) {
        ta_contract_state_release(state);
    }
    return ok;
}

void ta_contract_state_release(struct ta_contract_state *state)
{
    free(state->paper);
    free(state->in_force);
    free(state->proposed);
    ta_contract_release(&state->contract);
    ta_signatures_release(&state->signatures);
    memset(state, 0, sizeof *state);
}

bool ta_contract_state_in_force(const struct ta_contract_state *state)
{
    return state->in_force && strcmp(state->in_force, state->paper) == 0;
}

static bool refuse_choice(const struct ta_clause_facts *facts, struct ta_error *err)
{
    struct ta_text choices = {0};
    for (size_t i = 0; facts->choices[i]; i++) {
        ta_text_addf(&choices, "%s%s", i ? ", " : "", facts->choices[i]);
    }
    ta_fail(err, TA_WRONG, "%s is one of: %s.", facts->title, choices.bytes);
    ta_text_release(&choices);
    return false;
}

bool ta_clause_refuse(enum ta_clause clause, enum ta_clause_verdict verdict, struct ta_error *err)
{
    const struct ta_clause_facts *facts = ta_clause_facts(clause);
    switch (verdict) {
    case TA_CLAUSE_EMPTY:
        return ta_fail(err, TA_WRONG, "%s is empty: write it before you sign.", facts->title);
    case TA_CLAUSE_TOO_MANY:
        return ta_fail(err, TA_WRONG, "%s takes at most %u: choose those that matter most.",
                       facts->title, facts->most);
    case TA_CLAUSE_TOO_LONG:
        return ta_fail(err, TA_WRONG, "%s is too long: say it in at most 20,000 bytes.",
                       facts->title);
    case TA_CLAUSE_NOT_A_NUMBER:
        return ta_fail(err, TA_WRONG, "%s is a whole number of %s from %u to %u.", facts->title,
                       facts->unit ? facts->unit : "units", facts->least, facts->most);
    case TA_CLAUSE_OUT_OF_RANGE:
        return ta_fail(err, TA_WRONG, "%s is from %u to %u %s.", facts->title, facts->least,
                       facts->most, facts->unit ? facts->unit : "units");
    case TA_CLAUSE_NOT_A_CHOICE:
        return refuse_choice(facts, err);
    case TA_CLAUSE_NOT_ONE_LINE:
        return ta_fail(err, TA_WRONG, "%s is one line: leave the line ends out.", facts->title);
    case TA_CLAUSE_NOT_TEXT:
        return ta_fail(
            err, TA_WRONG,
            "%s is not plain UTF-8 text, or has a control character in it: type it again.",
            facts->title);
    case TA_CLAUSE_A_HEADING:
        return ta_fail(
            err, TA_WRONG,
            "A line of %s begins with \"#\", which would end the clause in the paper: begin "
            "it with another character.",
            facts->title);
    case TA_CLAUSE_FINE:
        break;
    }
    return ta_fail(err, TA_WRONG, "%s cannot be written so.", facts->title);
}

/* A clause may be empty while it is drafted; what is required is asked for when it is signed. */
static bool may_stand(enum ta_clause clause, const char *value, struct ta_error *err)
{
    enum ta_clause_verdict verdict = ta_clause_check(clause, value);
    return verdict == TA_CLAUSE_FINE || verdict == TA_CLAUSE_EMPTY ||
           ta_clause_refuse(clause, verdict, err);
}

/* A paper that differs from the one in force is the next version, and says so in its text. */
static bool set_version(const struct ta_contract_state *state, char **paper, struct ta_error *err)
{
    char *versioned = NULL;
    if (!ta_contract_paper_set_version(&versioned, *paper, state->next_version, err)) {
        return false;
    }
    free(*paper);
    *paper = versioned;
    return true;
}

static bool save_draft(struct ta_desk *desk, const struct ta_pair *pair,
                       const struct ta_contract_state *read, const char *paper,
                       struct ta_error *err)
{
    int64_t revision = read->revision;
    return ta_store_draft_put(desk->store, pair->id, DRAFT_CONTRACT, paper, &revision,
                              ta_desk_now(desk), err);
}

bool ta_contract_is_current(const struct ta_contract_state *state, struct ta_error *err)
{
    return !state->outdated ||
           ta_fail(err, TA_REFUSED,
                   "This draft was written before version %u was signed by both. See what differs "
                   "(turnabout contract diff), bring the text up to date in your editor (turnabout "
                   "contract edit), then sign it.",
                   state->next_version - 1);
}

static bool change_clause(struct ta_desk *desk, const struct ta_pair *pair,
                          const struct ta_contract_state *state, enum ta_clause clause,
                          const char *value, struct ta_error *err)
{
    if (state->drafted && strcmp(state->contract.value[clause], value) == 0) {
        return true; /* it says so already: no new version for that */
    }
    char *paper = NULL;
    bool ok = ta_contract_is_current(state, err) &&
              ta_contract_paper_set(&paper, state->paper, clause, value, err) &&
              set_version(state, &paper, err) && save_draft(desk, pair, state, paper, err);
    free(paper);
    return ok;
}

bool ta_desk_contract_set(struct ta_desk *desk, const struct ta_pair *pair, enum ta_clause clause,
                          const char *typed, struct ta_error *err)
{
    char *value = ta_clause_tidy(clause, typed);
    struct ta_contract_state state = {0};
    bool ok = may_stand(clause, value, err) && ta_desk_contract(desk, pair, &state, err) &&
              change_clause(desk, pair, &state, clause, value, err);
    ta_contract_state_release(&state);
    free(value);
    return ok;
}

static bool is_same(const char *one, const char *other)
{
    return one && other ? strcmp(one, other) == 0 : one == other;
}

/* A draft is guarded by its revision; what was signed meanwhile is not seen there. */
static bool is_as_read(struct ta_desk *desk, const struct ta_pair *pair,
                       const struct ta_contract_state *read, struct ta_error *err)
{
    struct ta_contract_state now;
    if (!ta_desk_contract(desk, pair, &now, err)) {
        return false;
    }
    bool same = is_same(now.in_force, read->in_force) && is_same(now.proposed, read->proposed);
    ta_contract_state_release(&now);
    return same || ta_fail(err, TA_BUSY,
                           "The contract was signed or changed meanwhile: look at it again, then "
                           "bring your text in.");
}

bool ta_desk_contract_write(struct ta_desk *desk, const struct ta_pair *pair,
                            const struct ta_contract_state *read, const char *text,
                            struct ta_error *err)
{
    if (strcmp(text, read->paper) == 0 && !read->outdated) {
        return true;
    }
    struct ta_contract contract = {0};
    char *paper = ta_copy(text);
    bool ok = ta_contract_paper_read(&contract, text, err);
    for (enum ta_clause clause = 0; ok && clause < TA_CLAUSES; clause++) {
        ok = may_stand(clause, contract.value[clause], err);
    }
    ok = ok && is_as_read(desk, pair, read, err) && set_version(read, &paper, err) &&
         save_draft(desk, pair, read, paper, err);
    free(paper);
    ta_contract_release(&contract);
    return ok;
}

static bool may_sign(const struct ta_contract_state *state, const struct ta_pair *pair,
                     enum ta_role role, struct ta_error *err)
{
    if (role == TA_NOBODY) {
        return ta_fail(err, TA_WRONG, "Say who signs: --as mentor or --as mentee.");
    }
    if (!state->drafted) {
        return ta_fail(
            err, TA_REFUSED,
            "Nothing is drafted yet: write the goals first (turnabout contract set goals "
            "TEXT), then sign.");
    }
    if (ta_contract_state_in_force(state)) {
        return ta_fail(
            err, TA_REFUSED,
            "Contract v%u is in force, signed by both: there is nothing to sign. Change a "
            "clause to begin version %u.",
            state->version_in_force, state->next_version);
    }
    if (!ta_contract_is_current(state, err)) {
        return false;
    }
    if (state->signed_by[role]) {
        return ta_fail(err, TA_REFUSED, "%s has signed this text already; %s has not yet.",
                       pair->person[role].name, pair->person[ta_role_other(role)].name);
    }
    enum ta_clause unfit = ta_contract_unfit(&state->contract, 0);
    return unfit == TA_CLAUSES ||
           ta_clause_refuse(unfit, ta_clause_check(unfit, state->contract.value[unfit]), err);
}

/* The texts of the commit: the second signature changes what README.md says. */
struct sign_texts {
    char *signatures;
    char *readme;  /* NULL: stays as it is */
    bool had_seal; /* a signature by key stands where this one's would */
    struct sealing seal;
};

static bool is_second(const struct ta_contract_state *state, enum ta_role role)
{
    return state->signed_by[ta_role_other(role)] != NULL;
}

static bool write_texts(struct papers *papers, const struct ta_contract_state *state,
                        enum ta_role role, struct sign_texts *texts, struct ta_error *err)
{
    struct ta_signature signature = {.role = role,
                                     .name = papers->pair->person[role].name,
                                     .when = ta_desk_moment(papers->desk),
                                     .version = state->contract.version};
    memcpy(signature.digest, state->digest, sizeof signature.digest);
    char *before = NULL;
    char *seal = NULL;
    char *path = seal_path(state->contract.version, role);
    struct readme_news news = {.contract = &state->contract};
    bool ok = papers_text(papers, SIGNATURES, &before, err) &&
              papers_text(papers, path, &seal, err) &&
              ta_signatures_append(&texts->signatures, before, &signature, err) &&
              (!is_second(state, role) || readme_make(papers, &news, &texts->readme, err));
    texts->had_seal = seal != NULL;
    free(seal);
    free(path);
    free(before);
    return ok;
}

enum { DOCUMENTS_MOST = 6 };

/* The first signature lays the text beside the one in force, the second puts it in its place. */
static size_t list_documents(const struct ta_contract_state *state, bool both,
                             const struct sign_texts *texts,
                             struct ta_document documents[DOCUMENTS_MOST])
{
    size_t count = 0;
    documents[count++] = (struct ta_document){.path = SIGNATURES, .text = texts->signatures};
    documents[count++] = (struct ta_document){.path = PROPOSED, .text = both ? NULL : state->paper};
    if (both) {
        documents[count++] = (struct ta_document){.path = IN_FORCE, .text = state->paper};
        documents[count++] = (struct ta_document){.path = "README.md", .text = texts->readme};
    }
    if (texts->seal.signature || texts->had_seal) {
        documents[count++] =
            (struct ta_document){.path = texts->seal.path, .text = texts->seal.signature};
    }
    if (texts->seal.signers) {
        documents[count++] = (struct ta_document){.path = SIGNERS, .text = texts->seal.signers};
    }
    return count;
}

static bool commit_signature(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role role,
                             const struct ta_contract_state *state, const struct sign_texts *texts,
                             struct ta_error *err)
{
    bool both = is_second(state, role);
    struct ta_document documents[DOCUMENTS_MOST];
    size_t count = list_documents(state, both, texts, documents);
    struct ta_text subject = {0};
    ta_text_addf(&subject, "Contract v%u: signed by %s", state->contract.version,
                 both ? "both" : pair->person[role].name);
    struct ta_commit commit = {.subject = subject.bytes,
                               .pair = pair,
                               .author = &pair->person[role],
                               .when = ta_desk_moment(desk)};
    bool ok = ta_record_commit(desk, &commit, documents, count, state->tip, err);
    ta_text_release(&subject);
    return ok;
}

/* What the papers say is read before somebody looks for a passphrase, and closed meanwhile. */
static bool prepare_signature(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role role,
                              struct ta_signing *signing, struct ta_contract_state *state,
                              struct sign_texts *texts, struct ta_error *err)
{
    struct papers papers;
    bool ok = papers_open(&papers, desk, pair, err) && contract_read(&papers, state, err) &&
              may_sign(state, pair, role, err) && write_texts(&papers, state, role, texts, err);
    papers_close(&papers);
    return ok && sealing_make(desk, pair, state, role, signing, &texts->seal, err);
}

bool ta_desk_contract_sign_with(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role role,
                                struct ta_signing *signing, struct ta_error *err)
{
    struct ta_contract_state state = {0};
    struct sign_texts texts = {0};
    bool ok = prepare_signature(desk, pair, role, signing, &state, &texts, err) &&
              commit_signature(desk, pair, role, &state, &texts, err);
    if (ok) {
        /* What was signed is in the record; a draft that stays says the same, or more. */
        ta_store_draft_drop(desk->store, pair->id, DRAFT_CONTRACT, state.revision, NULL);
    }
    free(texts.signatures);
    free(texts.readme);
    sealing_release(&texts.seal);
    ta_contract_state_release(&state);
    return ok;
}

bool ta_desk_contract_sign(struct ta_desk *desk, const struct ta_pair *pair, enum ta_role role,
                           struct ta_error *err)
{
    return ta_desk_contract_sign_with(desk, pair, role, &(struct ta_signing){0}, err);
}

bool ta_desk_contract_difference(struct ta_desk *desk, const struct ta_pair *pair,
                                 struct ta_comparison *comparison, struct ta_error *err)
{
    struct ta_contract_state state = {0};
    *comparison = (struct ta_comparison){0};
    bool ok = ta_desk_contract(desk, pair, &state, err);
    if (ok) {
        ta_compare_lines(comparison, state.in_force ? state.in_force : "", state.paper);
    }
    ta_contract_state_release(&state);
    return ok;
}
