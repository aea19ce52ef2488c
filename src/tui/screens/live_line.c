/* The line to type on: notes, and commands that begin with "/". */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "live_acts.h"
#include "turnabout/base/memory.h"

static const char floor_command[] = "/floor ";

static void help_line(struct ta_face *face, void *state);

static const struct {
    const char *name;
    const char *help;
    void (*run)(struct ta_face *face, void *state);
} slashes[] = {
    {"/next", "the next item of the agenda", live_next_item},
    {"/back", "the item before", live_previous_item},
    {"/pause", "stop the clock", live_pause_session},
    {"/resume", "let the clock go on", live_resume_session},
    {"/+5", "five minutes more", live_extend},
    {"/floor", "who holds the floor: a first name, or nothing for the next one", live_pass_floor},
    {"/hide", "hide what is only mine, or show it", live_hide_mine},
    {"/end", "end the session and go to its summary", live_end_session},
    {"/help", "what can be typed here", help_line},
};

enum { SLASHES = sizeof slashes / sizeof *slashes };

static void help_line(struct ta_face *face, void *state)
{
    (void)state;
    struct ta_text names = {0};
    for (size_t i = 0; i < SLASHES; i++) {
        ta_text_addf(&names, " %s", slashes[i].name + 1);
    }
    ta_face_say(face, TA_PLAIN, "Signs begin a line: %s:%s. F1 tells all keys.", live_signs_help,
                names.bytes);
    ta_text_release(&names);
}

/* Whether a line is the beginning of a command, or the whole of it and more. */
static bool may_become(const char *line, const char *name)
{
    size_t length = strcspn(line, " ");
    bool whole = length == strlen(name);
    return strncmp(name, line, length) == 0 && (whole || line[length] == '\0');
}

void live_commands_matching(struct ta_text *out, const char *line)
{
    size_t count = 0;
    size_t last = 0;
    for (size_t i = 0; i < SLASHES; i++) {
        if (may_become(line, slashes[i].name)) {
            ta_text_addf(out, "%s%s", count > 0 ? "  " : "", slashes[i].name);
            last = i;
            count++;
        }
    }
    if (count == 0) {
        ta_text_add(out, "no such command; /help tells which there are");
    } else if (count == 1) {
        ta_text_addf(out, "  %s", slashes[last].help);
    }
}

/* Bytes that two texts begin with alike. */
static size_t alike(const char *one, const char *other)
{
    size_t length = 0;
    while (one[length] != '\0' && one[length] == other[length]) {
        length++;
    }
    return length;
}

/* "/floor p" becomes "/floor Priya". */
static void complete_name(struct live *live, const char *line)
{
    struct ta_piece typed = ta_piece_trim(ta_piece_of(line + strlen(floor_command)));
    enum ta_role role = ta_pair_who(&live->pair, typed);
    if (role != TA_NOBODY) {
        struct ta_piece name = ta_person_first_name(&live->pair.person[role]);
        struct ta_text whole = {0};
        ta_text_addf(&whole, "%s%.*s", floor_command, (int)name.length, name.at);
        ta_editor_set(&live->line, whole.bytes);
        ta_text_release(&whole);
    }
}

/* As far as all the commands that begin so are alike; the hint below tells which they are. */
static void complete_slash(struct live *live)
{
    const char *line = ta_editor_text(&live->line);
    const char *found = NULL;
    size_t length = SIZE_MAX;
    if (strncmp(line, floor_command, strlen(floor_command)) == 0) {
        complete_name(live, line);
        return;
    }
    for (size_t i = 0; i < SLASHES; i++) {
        if (strncmp(slashes[i].name, line, strlen(line)) == 0) {
            found = found != NULL ? found : slashes[i].name;
            size_t same = alike(found, slashes[i].name);
            length = same < length ? same : length;
        }
    }
    if (found == NULL || length < strlen(line)) {
        return;
    }
    char *common = ta_copy_bytes(found, length);
    bool takes_name =
        length + 1 == strlen(floor_command) && strncmp(common, floor_command, length) == 0;
    ta_editor_set(&live->line, takes_name ? floor_command : common);
    free(common);
}

/* "/floor priya": whom. False: the line stays, to be put right. */
static bool floor_by_name(struct ta_face *face, struct live *live, const char *name)
{
    struct ta_piece whom = ta_piece_trim(ta_piece_of(name));
    enum ta_role role = ta_pair_who(&live->pair, whom);
    if (role == TA_NOBODY && !ta_piece_is(whom, "nobody")) {
        ta_face_say(face, TA_ALARM, "The floor is %s's, %s's or nobody's: /floor and a first name.",
                    live->pair.person[TA_MENTOR].name, live->pair.person[TA_MENTEE].name);
        return false;
    }
    return live_happen(face, live, TA_EVENT_FLOOR, (int)role);
}

static bool run_slash(struct ta_face *face, struct live *live, const char *line)
{
    if (strncmp(line, floor_command, strlen(floor_command)) == 0) {
        return floor_by_name(face, live, line + strlen(floor_command));
    }
    for (size_t i = 0; i < SLASHES; i++) {
        if (strcmp(slashes[i].name, line) == 0) {
            slashes[i].run(face, live);
            return true;
        }
    }
    ta_face_say(face, TA_ALARM, "There is no command %s: /help tells which there are.", line);
    return false;
}

static void touch(struct ta_face *face, struct live *live)
{
    live->touched = live->touched ? live->touched : ta_face_now(face);
}

static void take_slash(struct ta_face *face, struct live *live)
{
    char *line = ta_piece_copy(ta_piece_trim(ta_piece_of(ta_editor_text(&live->line))));
    ta_editor_set(&live->line, "");
    touch(face, live);
    if (!run_slash(face, live, line)) {
        ta_editor_set(&live->line, line);
    }
    free(line);
}

/* What a terminal cannot show, and nobody typed but pasted, becomes a blank. */
static char *without_controls(const char *line)
{
    char *copy = ta_copy(line);
    for (char *byte = copy; *byte; byte++) {
        bool control = (unsigned char)*byte < ' ' || *byte == 0x7F;
        if (control) {
            *byte = ' ';
        }
    }
    return copy;
}

static void catch_note(struct ta_face *face, struct live *live)
{
    struct ta_error err;
    char *line = without_controls(ta_editor_text(&live->line));
    if (ta_face_check(face, ta_live_note(ta_face_desk(face), &live->live, line, &err), &err)) {
        ta_editor_release(&live->line);
        ta_editor_init(&live->line, NULL, false, LIVE_LINE_MOST);
        live->touched = 0;
    }
    free(line);
}

static void catch_line(struct ta_face *face, struct live *live)
{
    const char *line = ta_editor_text(&live->line);
    if (ta_piece_trim(ta_piece_of(line)).length == 0) {
        return;
    }
    if (line[0] == '/') {
        take_slash(face, live);
    } else {
        catch_note(face, live);
    }
}

bool live_line_key(struct ta_face *face, struct live *live, const struct ta_key *key)
{
    const char *line = ta_editor_text(&live->line);
    if (key->code == TA_KEY_ENTER) {
        catch_line(face, live);
        return true;
    }
    bool tab = key->code == TA_KEY_TAB || key->code == TA_KEY_BACK_TAB;
    if (tab && line[0] == '/') {
        complete_slash(live);
    }
    if (tab && line[0] != '\0') {
        return true; /* in the middle of a note Tab is nothing, not the next item */
    }
    if (key->code == TA_KEY_WHEEL_UP) {
        notes_view_walk(&live->notes, &live->live.sitting.notes);
        return true;
    }
    enum ta_edited edited = ta_editor_key(&live->line, key, ta_face_clip(face));
    if (edited == TA_EDIT_CHANGED) {
        touch(face, live);
    } else if (edited == TA_EDIT_FULL) {
        ta_face_say(face, TA_CAUTION, "A note is at most %d bytes long: the rest was not taken.",
                    TA_NOTE_LONGEST);
    }
    return edited != TA_EDIT_NOT_MINE;
}
