/* Mail: the summary as the other will read it, before it goes. */
#include <stdlib.h>
#include <string.h>

#include "screens.h"
#include "tall.h"
#include "turnabout/base/unicode.h"
#include "turnabout/desk/mail.h"

enum {
    MARGIN = 3,
    LABEL = 9,   /* columns of "Subject  " */
    WIDEST = 72, /* columns of the text, as the mail is broken */
    LOW = 18,    /* rows of a window below which there is no blank one */
    BEHIND = 1,  /* milliseconds behind what says that it is sent */
};

enum sending { NOT_YET, ASKED, SHOWN, SENT };

struct mail_page {
    struct ta_pair pair;
    struct ta_mail_state state;
    const char *command; /* the desk's; NULL: none is set */
    enum sending sending;
    int top;   /* rows the text is scrolled by */
    int rows;  /* of the text that showed when it was last drawn */
    bool more; /* there was text below them */
};

static bool read_mail(struct ta_face *face, struct mail_page *page, unsigned session,
                      struct ta_error *err)
{
    struct ta_mail_state state;
    if (!ta_desk_mail(ta_face_desk(face), &page->pair, session, TA_NOBODY, &state, err)) {
        return false;
    }
    ta_mail_state_release(&page->state);
    page->state = state;
    return true;
}

static bool open_mail(struct ta_face *face, void *state, const void *argument, struct ta_error *err)
{
    struct mail_page *page = state;
    const unsigned *session = argument;
    page->command = ta_face_desk(face)->config.mail;
    bool ok = ta_desk_pair(ta_face_desk(face), NULL, &page->pair, err) &&
              read_mail(face, page, *session, err);
    if (!ok) {
        ta_pair_release(&page->pair);
    }
    return ok;
}

static void close_mail(struct ta_face *face, void *state)
{
    (void)face;
    struct mail_page *page = state;
    ta_mail_state_release(&page->state);
    ta_pair_release(&page->pair);
}

/* Drawing */

static int text_columns(const struct ta_surface *surface)
{
    int columns = surface->columns - 2 * MARGIN;
    return columns < WIDEST ? columns : WIDEST;
}

static void draw_label(struct ta_surface *surface, int row, const char *label)
{
    ta_put(surface, row, MARGIN, LABEL, TA_QUIET, label);
}

/* In at most so many rows; returns how many it took. */
static int draw_value(struct ta_surface *surface, int row, int rows, enum ta_role_of_cell role,
                      const char *value)
{
    int column = MARGIN + LABEL;
    struct ta_area area = {row, column, rows, surface->columns - column - MARGIN};
    return put_text(surface, area, role, value);
}

static int draw_person(struct ta_surface *surface, int row, int rows, const char *label,
                       const struct ta_person *person)
{
    struct ta_text text = {0};
    bool fine = ta_mail_address_is_fine(person->email);
    ta_text_add(&text, person->name);
    if (person->email) {
        ta_text_addf(&text, " <%s>", person->email);
    }
    if (!fine) {
        ta_text_add(&text, person->email ? ": no address for mail" : ": no address yet");
    }
    draw_label(surface, row, label);
    int used = draw_value(surface, row, rows, fine ? TA_PLAIN : TA_CAUTION, text.bytes);
    ta_text_release(&text);
    return used;
}

/* Where it goes is never cut before the rest is. */
static int draw_head(const struct mail_page *page, struct ta_surface *surface, int row, int rows)
{
    const struct ta_mail *mail = &page->state.mail;
    row += draw_person(surface, row, rows - 1, "From", &mail->from);
    row += draw_person(surface, row, rows, "To", &mail->to);
    draw_label(surface, row, "Subject");
    row += draw_value(surface, row, rows - 1, TA_STRONG, mail->subject);
    draw_label(surface, row, "Sent by");
    row += draw_value(surface, row, rows - 1, page->command ? TA_QUIET : TA_CAUTION,
                      page->command ? page->command : "no command yet: [mail] in config.ini");
    return row;
}

/* One line of the text in as many rows as it takes, those that are scrolled away not drawn.
 * Returns the row behind it, from the top of the text. */
static int draw_line(struct ta_surface *surface, struct ta_area area, int top, int row,
                     struct ta_piece line)
{
    struct ta_text clean = {0};
    ta_clean(&clean, line.at, line.length);
    size_t at = 0;
    do {
        size_t taken =
            at < clean.length ? ta_wrap(clean.bytes + at, clean.length - at, area.columns) : 0;
        if (taken > 0 && row >= top && row - top < area.rows) {
            ta_put_bytes(surface, area.row + row - top, area.column, area.columns, TA_PLAIN,
                         clean.bytes + at, taken);
        }
        at += taken;
        row++;
    } while (at < clean.length);
    ta_text_release(&clean);
    return row;
}

/* Returns how many rows the whole text takes. */
static int draw_text(struct ta_surface *surface, struct ta_area area, int top, const char *text)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece line;
    int row = 0;
    while (ta_next_line(&rest, &line)) {
        row = draw_line(surface, area, top, row, line);
    }
    return row;
}

static int count_rows(const char *text, int columns)
{
    struct ta_area nowhere = {0, 0, 0, columns};
    return draw_text(NULL, nowhere, 0, text);
}

static void draw_body(struct mail_page *page, struct ta_surface *surface, struct ta_area area)
{
    int most = count_rows(page->state.mail.body, area.columns) - area.rows;
    most = most > 0 ? most : 0;
    page->top = page->top < most ? page->top : most;
    page->rows = area.rows;
    page->more = page->top < most;
    draw_text(surface, area, page->top, page->state.mail.body);
}

static const char *standing(const struct mail_page *page)
{
    return page->sending == SENT ? "handed over" : page->more ? "more ↓" : "not sent yet";
}

static void draw(const struct ta_face *face, const void *state, struct ta_surface *surface)
{
    (void)face;
    /* Where the text is scrolled to is a matter of showing it. */
    struct mail_page *page = (struct mail_page *)state;
    bool low = surface->rows < LOW;
    int row = draw_head(page, surface, low ? 1 : 2, low ? 2 : 4);
    ta_rule(surface, row);
    row += low ? 1 : 2;
    struct ta_area area = {row, MARGIN, surface->rows - 2 - row, text_columns(surface)};
    draw_body(page, surface, area);
    struct ta_text title = {0};
    ta_text_addf(&title, "Mail of session %u%s", page->state.session,
                 page->state.committed ? "" : "   draft");
    ta_title(surface, title.bytes, standing(page));
    ta_text_release(&title);
    surface->cursor_row = area.row;
    surface->cursor_column = area.column;
}

/* Keys */

static bool can_go(const void *state)
{
    const struct mail_page *page = state;
    return page->state.text && page->sending == NOT_YET;
}

static bool has_bytes(const void *state)
{
    return ((const struct mail_page *)state)->state.text != NULL;
}

static bool lacks_address(const void *state)
{
    return !has_bytes(state);
}

static void hand_over(struct ta_face *face, struct mail_page *page)
{
    struct ta_error err;
    bool ok = ta_desk_mail_send(ta_face_desk(face), &page->state, &err);
    page->sending = ok ? SENT : NOT_YET;
    if (ta_face_check(face, ok, &err)) {
        ta_face_say(face, TA_GOOD, "Handed over for %s <%s>.", page->state.mail.to.name,
                    page->state.mail.to.email);
    }
}

/* A command may take a while: that it runs is on the screen before it does. */
static void send_mail(struct ta_face *face, void *state)
{
    struct mail_page *page = state;
    if (!page->command) {
        hand_over(face, page);
        return;
    }
    page->sending = ASKED;
    ta_face_say(face, TA_QUIET, "Handing it to %s …", page->command);
}

static int64_t tick(struct ta_face *face, void *state, int64_t now)
{
    struct mail_page *page = state;
    if (page->sending == ASKED) {
        page->sending = SHOWN;
        return now + BEHIND;
    }
    if (page->sending == SHOWN) {
        hand_over(face, page);
    }
    return 0;
}

static bool answer_file(struct ta_face *face, void *state, const char *text)
{
    struct mail_page *page = state;
    struct ta_error err;
    if (!ta_face_check(face, ta_mail_state_save(&page->state, text, &err), &err)) {
        return false;
    }
    ta_face_say(face, TA_GOOD, "The mail is in %s.", text);
    return true;
}

static void ask_file(struct ta_face *face, void *state)
{
    struct mail_page *page = state;
    struct ta_text name = {0};
    ta_text_addf(&name, "~/%s-session-%u.eml", page->pair.slug, page->state.session);
    ta_face_ask_file(face, "Write the mail to", name.bytes, answer_file);
    ta_text_release(&name);
}

static bool answer_address(struct ta_face *face, void *state, const char *text)
{
    struct mail_page *page = state;
    struct ta_error err;
    return ta_face_check(
        face,
        ta_desk_pair_address(ta_face_desk(face), &page->pair, page->state.lacks, text, &err) &&
            read_mail(face, page, page->state.session, &err),
        &err);
}

static void ask_address(struct ta_face *face, void *state)
{
    struct mail_page *page = state;
    const struct ta_person *person = &page->pair.person[page->state.lacks];
    struct ta_text question = {0};
    ta_text_addf(&question, "Mail address of %s", person->name);
    ta_face_ask(face, question.bytes, person->email ? person->email : "", answer_address);
    ta_text_release(&question);
}

static void leave(struct ta_face *face, void *state)
{
    (void)state;
    ta_face_pop(face);
}

static const struct ta_command commands[] = {
    {"address", "Enter a", "The address that is missing", ask_address, lacks_address, false},
    {"send", "Enter y", "Send the mail as it stands here", send_mail, can_go, false},
    {"write to a file", "w", "Write the mail to a file, for another program", ask_file, has_bytes,
     false},
    {"back", "Esc q", "To the screen before; nothing is sent", leave, NULL, false},
};

static bool key(struct ta_face *face, void *state, const struct ta_key *pressed)
{
    (void)face;
    struct mail_page *page = state;
    return ta_scroll_key(&page->top, page->rows, pressed);
}

const struct ta_screen mail_screen = {
    .name = "mail",
    .size = sizeof(struct mail_page),
    .commands = commands,
    .command_count = sizeof commands / sizeof *commands,
    .open = open_mail,
    .key = key,
    .tick = tick,
    .draw = draw,
    .close = close_mail,
};
