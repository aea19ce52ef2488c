/* Release: the exact text that would leave the pair, and two keys. */
#include <stdlib.h>
#include <string.h>

#include "release_page.h"
#include "screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/summary.h"
#include "turnabout/desk/sync.h"

/* Reading */

const struct ta_released_lines *release_lines(const struct release_page *page)
{
    return page->plain.count > 0 ? &page->plain : &page->state.lines;
}

/* Where the text is not made of lines that can be struck, its own lines are shown. */
static void make_plain(struct release_page *page)
{
    struct ta_piece rest = ta_piece_of(page->state.text);
    struct ta_piece line;
    enum ta_release_standing standing = page->state.standing;
    ta_released_lines_release(&page->plain);
    if (standing != TA_RELEASE_ATTENDANCE && standing != TA_RELEASE_WITHHELD) {
        return;
    }
    while (ta_next_line(&rest, &line)) {
        struct ta_released_line *added =
            ta_append(&page->plain.items, page->plain.count++, sizeof *page->plain.items);
        added->kind = TA_RELEASED_BLANK;
        added->text = ta_piece_copy(line);
    }
}

/* A summary that waits has no place in the record yet: its draft is looked at. */
static bool read_draft(struct ta_desk *desk, const struct ta_pair *pair, unsigned session,
                       struct ta_release_state *state, struct ta_error *err)
{
    struct ta_summary_state summary = {0};
    bool ok = ta_desk_summary(desk, pair, session, &summary, err) &&
              ta_desk_release_draft(desk, pair, &summary.summary, state, err);
    ta_summary_state_release(&summary);
    return ok;
}

static bool read_state(struct ta_face *face, struct release_page *page, unsigned session,
                       struct ta_error *err)
{
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_release_state fresh;
    struct ta_error refusal = {0};
    bool ok = ta_desk_release(desk, &page->pair, session, &fresh, &refusal);
    if (!ok && refusal.code == TA_ABSENT) {
        ok = read_draft(desk, &page->pair, session, &fresh, NULL);
    }
    if (!ok) {
        return ta_fail(err, refusal.code, "%s", refusal.text);
    }
    if (page->state.standing != fresh.standing && fresh.standing == TA_RELEASE_WITHHELD) {
        page->list.chosen = 0;
    }
    ta_release_state_release(&page->state);
    page->state = fresh;
    page->today = ta_desk_today(desk);
    page->has_place = ta_desk_has_remote(desk, &page->pair, TA_REMOTE_RELEASED);
    page->is_sent = page->has_place && ta_desk_release_is_sent(desk, &page->pair, &page->state);
    make_plain(page);
    ta_list_set_count(&page->list, release_lines(page)->count);
    return true;
}

static bool refresh(struct ta_face *face, void *state, struct ta_error *err)
{
    struct release_page *page = state;
    return read_state(face, page, page->state.session, err);
}

/* What became another text under the person's eyes is not approved by a key that was on its way. */
static bool heard(struct ta_face *face, void *state)
{
    struct release_page *page = state;
    struct ta_error err;
    char before[TA_DIGEST_SIZE];
    memcpy(before, page->state.digest, sizeof before);
    if (ta_face_check(face, refresh(face, state, &err), &err) &&
        strcmp(before, page->state.digest) != 0) {
        page->moved = true;
        ta_face_say(face, TA_CAUTION, "The text was changed meanwhile: look at it again.");
    }
    return true;
}

static bool open_release(struct ta_face *face, void *state, const void *argument,
                         struct ta_error *err)
{
    struct release_page *page = state;
    const unsigned *session = argument;
    bool ok = ta_desk_pair(ta_face_desk(face), NULL, &page->pair, err) &&
              read_state(face, page, session ? *session : 0, err);
    if (!ok) {
        ta_pair_release(&page->pair);
    } else if (page->list.count > 1 && page->plain.count == 0) {
        page->list.chosen = 1; /* the first that can be struck */
    }
    return ok;
}

static void close_release(struct ta_face *face, void *state)
{
    (void)face;
    struct release_page *page = state;
    ta_release_state_release(&page->state);
    ta_released_lines_release(&page->plain);
    ta_pair_release(&page->pair);
}

/* Acts */

/* The text that stands there was on the screen before this key. */
static bool was_seen(struct ta_face *face, struct release_page *page)
{
    if (!page->moved) {
        return true;
    }
    page->moved = false;
    ta_face_say(face, TA_CAUTION,
                "The text was changed meanwhile: look at it, then press it again.");
    return false;
}

static bool settle(struct ta_face *face, struct release_page *page, bool ok, struct ta_error *err)
{
    if (!ok && err->code == TA_BUSY && ta_face_check(face, refresh(face, page, err), err)) {
        ta_face_say(face, TA_CAUTION, "The text was changed meanwhile: look at it again.");
        return false;
    }
    struct ta_error problem;
    return ta_face_check(face, ok, err) &&
           ta_face_check(face, refresh(face, page, &problem), &problem);
}

static void say_approved(struct ta_face *face, const struct release_page *page, enum ta_role who)
{
    enum ta_role other = ta_role_other(who);
    struct ta_piece name = ta_pair_short_name(&page->pair, other);
    if (page->state.standing == TA_RELEASE_DONE && page->state.is_undated) {
        ta_face_say(face, TA_CAUTION,
                    "Both approved this text. It stays: meetings.md has no date of this session.");
    } else if (page->state.standing == TA_RELEASE_DONE) {
        ta_face_say(face, TA_GOOD,
                    page->has_place ? "Both approved this text: it leaves with the next sync."
                                    : "Both approved this text.");
    } else {
        ta_face_say(face, TA_GOOD, "Approved. It leaves when %.*s approves it, too.",
                    (int)name.length, name.at);
    }
}

static void approve(struct ta_face *face, struct release_page *page, enum ta_role who)
{
    struct ta_error err;
    bool ok = ta_desk_release_approve(ta_face_desk(face), &page->pair, &page->state, who, &err);
    if (settle(face, page, ok, &err)) {
        say_approved(face, page, who);
    }
}

/* Who of the two turns a key at a keyboard that both share; the other one when one did already. */
static void answer_who(struct ta_face *face, void *state, char key)
{
    approve(face, state, key == 'm' ? TA_MENTOR : TA_MENTEE);
}

static void answer_other(struct ta_face *face, void *state, char key)
{
    struct release_page *page = state;
    if (key == 'y') {
        approve(face, page, page->state.approved[TA_MENTOR] ? TA_MENTEE : TA_MENTOR);
    }
}

static void ask_who(struct ta_face *face, const struct release_page *page)
{
    const struct ta_person *person = page->pair.person;
    const bool *approved = page->state.approved;
    struct ta_text question = {0};
    if (approved[TA_MENTOR] || approved[TA_MENTEE]) {
        ta_text_addf(&question, "%s, do you approve this very text?",
                     person[approved[TA_MENTOR] ? TA_MENTEE : TA_MENTOR].name);
        ta_face_ask_key(face, question.bytes, "yn", answer_other);
    } else {
        ta_text_addf(&question, "Who approves it: (m) %s or (e) %s?", person[TA_MENTOR].name,
                     person[TA_MENTEE].name);
        ta_face_ask_key(face, question.bytes, "me", answer_who);
    }
    ta_text_release(&question);
}

static void turn_key(struct ta_face *face, void *state)
{
    struct release_page *page = state;
    if (!was_seen(face, page)) {
        return;
    }
    if (page->pair.me == TA_NOBODY) {
        ask_who(face, page);
    } else {
        approve(face, page, page->pair.me);
    }
}

static bool had_approved(const struct ta_release_state *state)
{
    return state->approved[TA_MENTOR] || state->approved[TA_MENTEE];
}

static void strike(struct ta_face *face, void *state)
{
    struct release_page *page = state;
    bool drops = had_approved(&page->state);
    struct ta_error err;
    if (was_seen(face, page) &&
        settle(face, page,
               ta_desk_release_strike(ta_face_desk(face), &page->pair, &page->state,
                                      &page->list.chosen, 1, &err),
               &err)) {
        ta_face_say(face, TA_PLAIN,
                    drops ? "Struck. What was approved before no longer counts. u puts it back."
                          : "Struck: no reason, no name. u puts it back.");
    }
}

/* The line itself, or the heading it went with. */
static size_t struck_line(const struct release_page *page)
{
    const struct ta_released_lines *lines = &page->state.lines;
    size_t at = page->list.chosen;
    while (at > 0 && !lines->items[at].itself && lines->items[at].struck) {
        at--;
    }
    return at;
}

static void put_back(struct ta_face *face, void *state)
{
    struct release_page *page = state;
    bool drops = had_approved(&page->state);
    bool withheld = page->state.standing == TA_RELEASE_WITHHELD;
    struct ta_desk *desk = ta_face_desk(face);
    struct ta_error err;
    bool ok = withheld ? ta_desk_release_withhold(desk, &page->pair, &page->state, false, &err)
                       : ta_desk_release_restore(desk, &page->pair, &page->state, struck_line(page),
                                                 &err);
    if (settle(face, page, ok, &err)) {
        ta_face_say(face, TA_PLAIN,
                    withheld ? "Its text is back. It leaves when both of you approve it."
                    : drops  ? "Back again. What was approved before no longer counts."
                             : "The line is back.");
    }
}

/* Whose approval can be taken back at this keyboard; TA_NOBODY: nobody's. */
static enum ta_role taker(const struct release_page *page)
{
    const bool *approved = page->state.approved;
    enum ta_role me = page->pair.me;
    if (me == TA_NOBODY && approved[TA_MENTOR] != approved[TA_MENTEE]) {
        me = approved[TA_MENTOR] ? TA_MENTOR : TA_MENTEE;
    }
    return me != TA_NOBODY && approved[me] ? me : TA_NOBODY;
}

static void take_back(struct ta_face *face, void *state)
{
    struct release_page *page = state;
    struct ta_error err;
    if (was_seen(face, page) && settle(face, page,
                                       ta_desk_release_take_back(ta_face_desk(face), &page->pair,
                                                                 &page->state, taker(page), &err),
                                       &err)) {
        ta_face_say(face, TA_PLAIN, "The approval is taken back: nothing of this leaves.");
    }
}

static void withhold(struct ta_face *face, struct release_page *page)
{
    struct ta_error err;
    bool ok = ta_desk_release_withhold(ta_face_desk(face), &page->pair, &page->state, true, &err);
    if (settle(face, page, ok, &err)) {
        ta_face_say(face, TA_PLAIN, "Withheld: no reason, no name. u puts its text back.");
    }
}

static void answer_withdraw(struct ta_face *face, void *state, char key)
{
    if (key == 'y') {
        withhold(face, state);
    }
}

/* What was released before is asked about: not everything can be undone. */
static void ask_withhold(struct ta_face *face, void *state)
{
    struct release_page *page = state;
    if (!was_seen(face, page)) {
        return;
    }
    if (page->state.standing == TA_RELEASE_DONE) {
        ta_face_ask_key(face,
                        "Take it back? Copies made before stay, and old objects on the remote.",
                        "yn", answer_withdraw);
    } else {
        withhold(face, page);
    }
}

static void go_contract(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &contract_screen, NULL);
}

static void go_remotes(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_push(face, &remotes_screen, NULL);
}

static void walk(struct ta_face *face, struct release_page *page, unsigned session)
{
    if (session == 0 || !read_state(face, page, session, NULL)) {
        ta_face_say(face, TA_QUIET,
                    session < page->state.session ? "No session before this one."
                                                  : "No session was held after this one.");
        return;
    }
    page->moved = false;
    page->list.chosen = page->list.count > 1 && page->plain.count == 0 ? 1 : 0;
}

static void go_earlier(struct ta_face *face, void *state)
{
    struct release_page *page = state;
    walk(face, page, page->state.session - 1);
}

static void go_later(struct ta_face *face, void *state)
{
    struct release_page *page = state;
    walk(face, page, page->state.session + 1);
}

/* Keys */

static bool is_waiting(const void *state)
{
    const struct release_page *page = state;
    return page->state.standing == TA_RELEASE_WAITING &&
           (page->pair.me == TA_NOBODY || !page->state.approved[page->pair.me]);
}

static bool has_words(const void *state)
{
    const struct release_page *page = state;
    return page->state.standing == TA_RELEASE_WAITING || page->state.standing == TA_RELEASE_DONE;
}

static bool is_on_words(const void *state)
{
    const struct release_page *page = state;
    const struct ta_released_line *line = has_words(state) && page->list.count > 0
                                              ? &page->state.lines.items[page->list.chosen]
                                              : NULL;
    return line && !line->struck && line->kind != TA_RELEASED_FACT &&
           line->kind != TA_RELEASED_BLANK;
}

static bool is_gone(const void *state)
{
    const struct release_page *page = state;
    if (page->state.standing == TA_RELEASE_WITHHELD) {
        return true;
    }
    return has_words(state) && page->list.count > 0 &&
           page->state.lines.items[page->list.chosen].struck &&
           page->state.lines.items[struck_line(page)].itself;
}

/* An approval that has not brought the text to the coordinator. */
static bool may_take_back(const void *state)
{
    const struct release_page *page = state;
    bool is_there = page->state.standing == TA_RELEASE_DONE && page->is_sent;
    return has_words(state) && !is_there && !is_gone(state) && taker(page) != TA_NOBODY;
}

static bool is_closed(const void *state)
{
    const struct release_page *page = state;
    return page->state.level < TA_SHARED_TAKEAWAYS;
}

/* What would leave has nowhere to go. */
static bool has_no_place(const void *state)
{
    const struct release_page *page = state;
    enum ta_release_standing standing = page->state.standing;
    return !page->has_place && (standing == TA_RELEASE_DONE || standing == TA_RELEASE_ATTENDANCE);
}

static const struct ta_command commands[] = {
    {"approve", "A", "Turn your key over this very text", turn_key, is_waiting, false},
    {"strike", "x D Delete", "Strike the line: no reason, no name", strike, is_on_words, false},
    {"put back", "u", "Put back what was struck or withheld", put_back, is_gone, false},
    {"take back", "u", "Take your approval back, before the text has left", take_back,
     may_take_back, false},
    {"withhold", "w", "Withhold the session's words: nobody says why", ask_withhold, has_words,
     false},
    {"address", "o", "Where the coordinator's repository is", go_remotes, has_no_place, false},
    {"contract", "c", "The contract, which says how much is shared", go_contract, is_closed, false},
    {"earlier", "[ Left", "The session before", go_earlier, NULL, true},
    {"later", "] Right", "The session after", go_later, NULL, true},
};

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct release_page *page = state;
    page->moved = false;
    return hits_key(&page->hits, &page->list, pressed) || ta_list_key(&page->list, pressed);
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    release_draw(state, surface);
}

const struct ta_screen release_screen = {
    .name = "release",
    .size = sizeof(struct release_page),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_release,
    .refresh = refresh,
    .heard = heard,
    .key = key,
    .draw = draw,
    .close = close_release,
};
