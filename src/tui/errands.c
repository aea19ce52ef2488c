/* What goes on beside the face: one errand at a time, and what git and ssh ask for meanwhile. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "errand.h"
#include "face.h"
#include "screens/screens.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/sync.h"

/* Sending */

static bool open_errand(struct ta_face *face, const char *const *arguments, struct ta_error *err)
{
    if (!ta_listener_open(&face->listener, err)) {
        return false;
    }
    if (!ta_errand_start(&face->errand, arguments, face->listener.path, err)) {
        ta_listener_close(&face->listener);
        return false;
    }
    face->declines = false;
    face->asked_count = 0;
    return true;
}

bool ta_face_send(struct ta_face *face, const char *name, const char *const *arguments)
{
    struct ta_error err;
    if (face->errand != NULL) {
        ta_face_say(face, TA_CAUTION, "%s is still under way: wait for its end, or stop it with S.",
                    face->errand_name);
        return false;
    }
    face->errand_name = name;
    face->sender = ta_face_top(face)->screen;
    return ta_face_check(face, open_errand(face, arguments, &err), &err);
}

bool ta_face_is_away(const struct ta_face *face)
{
    return face->errand != NULL;
}

void ta_face_stop(struct ta_face *face)
{
    if (face->errand != NULL) {
        ta_errand_stop(face->errand);
        ta_face_say(face, TA_QUIET, "%s is being stopped.", face->errand_name);
    }
}

static bool has_remote(struct ta_face *face, const struct ta_pair *pair, bool *has,
                       struct ta_error *err)
{
    struct ta_remote_state remotes[TA_REMOTES];
    if (!ta_desk_remotes(ta_face_desk(face), pair, remotes, err)) {
        return false;
    }
    *has = remotes[TA_REMOTE_RECORD].url != NULL || remotes[TA_REMOTE_RELEASED].url != NULL;
    ta_remotes_release(remotes);
    return true;
}

static void sync_pair(struct ta_face *face, const struct ta_pair *pair)
{
    struct ta_error err;
    bool has = false;
    if (!ta_face_check(face, has_remote(face, pair, &has, &err), &err)) {
        return;
    }
    if (!has) {
        ta_face_push(face, &remotes_screen, NULL);
        return;
    }
    const char *const arguments[] = {"sync", "--porcelain", "--pair", pair->slug, NULL};
    (void)ta_face_send(face, "Sync", arguments);
}

void ta_face_sync(struct ta_face *face)
{
    struct ta_pair pair = {0};
    struct ta_error err;
    if (face->errand != NULL) {
        ta_face_stop(face);
        return;
    }
    if (ta_face_check(face, ta_desk_pair(ta_face_desk(face), NULL, &pair, &err), &err)) {
        sync_pair(face, &pair);
    }
    ta_pair_release(&pair);
}

/* Its end */

void ta_face_end_errand(struct ta_face *face)
{
    if (face->errand == NULL) {
        return;
    }
    ta_face_answer(face, NULL);
    ta_listener_close(&face->listener);
    ta_errand_free(face->errand);
    face->errand = NULL;
    face->sender = NULL;
}

static void say_end(struct ta_face *face, const struct ta_errand_state *state)
{
    static const enum ta_role_of_cell roles[] = {
        [TA_ERRAND_UNDER_WAY] = TA_PLAIN,   [TA_ERRAND_DONE] = TA_GOOD,
        [TA_ERRAND_CONFLICTS] = TA_CAUTION, [TA_ERRAND_REWRITTEN] = TA_CAUTION,
        [TA_ERRAND_REFUSED] = TA_ALARM,     [TA_ERRAND_FAILED] = TA_CAUTION,
        [TA_ERRAND_STOPPED] = TA_QUIET,
    };
    /* What the command line says of these two names commands. */
    static const char *const sentences[] = {
        [TA_ERRAND_CONFLICTS] = "Received. Somewhere you both changed the same sentence: Enter "
                                "on home leads to the choice.",
        [TA_ERRAND_REWRITTEN] = "The other side's history was rewritten. Nothing was taken or "
                                "sent: Enter on home leads to the choice.",
        [TA_ERRAND_STOPPED] = NULL,
    };
    const char *sentence = sentences[state->outcome];
    ta_face_say(face, roles[state->outcome], "%s%s", sentence != NULL ? sentence : state->sentence,
                state->outcome == TA_ERRAND_FAILED ? " S tries again." : "");
}

/* A page of its own, which stays until it is closed; not under the fingers of somebody who types.
 */
static bool may_show_named(const struct ta_face *face)
{
    const struct ta_screen *top = face->count > 0 ? face->layers[face->count - 1].screen : NULL;
    return face->named.length > 0 && top != NULL && !top->typing && !ta_is_overlay(top) &&
           top != &asked_screen && face->question.text == NULL;
}

void ta_face_show_named(struct ta_face *face)
{
    if (!may_show_named(face)) {
        return;
    }
    struct ta_text page = {0};
    ta_text_add(&page, "With the sync came, in your name:\n\n");
    ta_text_add(&page, face->named.bytes);
    ta_text_add(&page,
                "\nIf you did that on another machine of yours, all is well. A name is typed, and "
                "whoever may push to the record can type yours. Nothing is released by it before "
                "your next sync.\n");
    ta_text_release(&face->named);
    ta_face_push(face, &reader_screen,
                 &(struct reader_text){.title = "In your name", .text = page.bytes});
    ta_text_release(&page);
}

/* The errand is put away first, so that the screen that hears of it may send the next. */
static void come_back(struct ta_face *face)
{
    struct ta_errand_state state = ta_errand_state(face->errand);
    char *sentence = ta_copy(state.sentence);
    state.sentence = sentence;
    state.phase = NULL;
    ta_text_add(&face->named, state.named != NULL ? state.named : "");
    state.named = NULL;
    ta_face_end_errand(face);
    const struct ta_subject top = *ta_face_top(face);
    bool is_taken = top.screen->returned != NULL && top.screen->returned(face, top.state, &state);
    if (!is_taken && !(state.outcome == TA_ERRAND_DONE && may_show_named(face))) {
        say_end(face, &state);
        if (ta_is_overlay(top.screen)) {
            ta_face_keep_said(face);
        }
    }
    free(sentence);
}

int ta_face_errand_descriptor(const struct ta_face *face)
{
    return face->errand != NULL ? ta_errand_descriptor(face->errand) : -1;
}

/* Of a question that waits: whether it still does. */
int ta_face_asker_descriptor(const struct ta_face *face)
{
    int listening = face->errand != NULL ? face->listener.handle : -1;
    return face->is_asked ? face->asked.handle : listening;
}

/* What is asked */

void ta_face_answer(struct ta_face *face, const char *answer)
{
    if (face->is_asked) {
        ta_asked_answer(&face->asked, answer);
        face->is_asked = false;
        face->declines = answer == NULL;
    }
}

static bool is_readable(int descriptor)
{
    struct pollfd file = {descriptor, POLLIN, 0};
    return poll(&file, 1, 0) > 0;
}

/* One question at a time: the others wait at the door. */
static bool look_at_questions(struct ta_face *face)
{
    bool news = false;
    if (face->is_asked && is_readable(face->asked.handle)) {
        ta_asked_answer(&face->asked, NULL); /* nobody waits for it any more */
        face->is_asked = false;
        news = true;
    }
    while (!face->is_asked && ta_listener_take(&face->listener, &face->asked)) {
        face->is_asked = true;
        face->asked_count++;
        news = true;
        if (face->declines) {
            ta_face_answer(face, NULL);
        }
    }
    return news;
}

bool ta_face_look_at_errand(struct ta_face *face)
{
    if (face->errand == NULL || face->count == 0) {
        return false;
    }
    bool asked = look_at_questions(face);
    bool said = ta_errand_look(face->errand);
    if (ta_errand_state(face->errand).ended) {
        come_back(face);
    }
    return asked || said;
}

/* A page that came up under the fingers of somebody who types would swallow what they type: they
 * are told, and F8 shows it. Who waits for the errand is asked at once. */
void ta_face_show_asked(struct ta_face *face)
{
    const struct ta_screen *screen = ta_face_top(face)->screen;
    bool waits = screen == face->sender && screen->returned != NULL;
    bool busy = face->question.text != NULL || (screen->typing && !waits);
    if (face->is_asked && !busy && screen != &asked_screen) {
        ta_face_push(face, &asked_screen, NULL);
    }
}

static void answer_asked(struct ta_face *face, void *state)
{
    (void)state;
    if (ta_face_top(face)->screen != &asked_screen) {
        ta_face_push(face, &asked_screen, NULL);
    }
}

const struct ta_command ta_asked_commands[] = {
    {"answer", "F8", "Answer what git or ssh asks for", answer_asked, NULL, false},
};

static bool has_own(const struct ta_screen *screen, const char *key)
{
    bool has = false;
    for (size_t i = 0; !has && i < screen->command_count; i++) {
        struct ta_piece rest =
            ta_piece_of(screen->commands[i].keys != NULL ? screen->commands[i].keys : "");
        for (struct ta_piece name; !has && ta_next_part(&rest, ' ', &name);) {
            has = ta_piece_is(name, key);
        }
    }
    return has;
}

/* Where S is a letter or another command, the list of commands leads there. */
static const char *say_stop(const struct ta_screen *top)
{
    if (ta_is_overlay(top) || (top->typing && top->apart)) {
        return "";
    }
    if (top->typing) {
        return " · A-x sync stops it";
    }
    return has_own(top, "S") && !top->apart ? " · : sync stops it" : " · S stops";
}

void ta_face_say_errand(const struct ta_face *face, struct ta_text *out)
{
    const struct ta_screen *top = face->layers[face->count - 1].screen;
    if (face->errand == NULL && face->named.length > 0 && top->typing) {
        ta_text_add(out, "Something came in your name: it is shown when you have left this page.");
    }
    if (face->errand == NULL || top == &asked_screen) {
        return;
    }
    struct ta_errand_state state = ta_errand_state(face->errand);
    if (face->is_asked) {
        ta_text_addf(out, "%s asks for something: F8 shows it", face->errand_name);
        return;
    }
    ta_text_addf(out, "%s: %s", face->errand_name, state.phase != NULL ? state.phase : "begins");
    if (state.percent > 0) {
        ta_text_addf(out, ", %d %%", state.percent);
    }
    ta_text_add(out, say_stop(top));
}
