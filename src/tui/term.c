#include "turnabout/tui/term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "input.h"
#include "turnabout/base/memory.h"

struct style {
    attr_t attributes;
    short pair;
};

struct ta_term {
    SCREEN *screen;
    sigset_t mask_before;
    int signals; /* a signalfd */
    struct ta_input input;
    struct ta_surface shown; /* what the terminal shows, when `known` */
    bool known;
    bool burst; /* what was read last was more than a key: the rest of a paste may be there */
    bool resized;
    bool hung_up;
    struct style styles[TA_CELL_ROLES];
};

enum { CHUNK = 4096, KEY_LONGEST = 32 };

/* The modes of xterm that every terminal of today has and others pass over: paste marks (2004),
 * mouse buttons (1000) with coordinates of any size (1006). */
static const char modes_on[] = "\033[?2004h\033[?1000h\033[?1006h";
static const char modes_off[] = "\033[?1006l\033[?1000l\033[?2004l";

static const char without_terminal[] = "the commands work without one: see turnabout --help";

/* Opening */

static void use_utf8(void)
{
    (void)setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0) {
        (void)setlocale(LC_CTYPE, "C.UTF-8");
    }
}

static bool check_terminal(struct ta_error *err)
{
    bool in = isatty(STDIN_FILENO) == 1;
    if (!in || isatty(STDOUT_FILENO) != 1) {
        return ta_fail(err, TA_WRONG,
                       "Standard %s is not a terminal, and the screens need one; %s.",
                       in ? "output" : "input", without_terminal);
    }
    const char *name = getenv("TERM");
    if (name == NULL || name[0] == '\0') {
        return ta_fail(err, TA_WRONG,
                       "TERM is not set, so the terminal cannot be driven: set it to its name, "
                       "often xterm-256color; %s.",
                       without_terminal);
    }
    return true;
}

static void block_signals(struct ta_term *term, sigset_t *watched)
{
    static const int numbers[] = {SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGTSTP};
    (void)sigemptyset(watched);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        (void)sigaddset(watched, numbers[i]);
    }
    (void)sigprocmask(SIG_BLOCK, watched, &term->mask_before);
}

static bool has(const char *capability)
{
    const char *string = tigetstr(capability);
    return string != NULL && (intptr_t)string != -1;
}

static bool start_curses(struct ta_term *term, struct ta_error *err)
{
    const char *name = getenv("TERM");
    use_env(false);
    use_tioctl(true);
    term->screen = newterm(NULL, stdout, stdin);
    if (term->screen == NULL) {
        return ta_fail(err, TA_WRONG,
                       "TERM is \"%s\", a terminal that this system does not know: set it to a "
                       "name that \"toe -a\" lists, often xterm-256color; %s.",
                       name, without_terminal);
    }
    if (!has("cup")) {
        delscreen(term->screen);
        term->screen = NULL;
        return ta_fail(err, TA_WRONG,
                       "TERM is \"%s\", a terminal that cannot place its cursor: set it to the "
                       "terminal's real name, often xterm-256color; %s.",
                       name, without_terminal);
    }
    return true;
}

/*
 * ncurses 6.4 sends every movement of the cursor as a write of its own until it has come back from
 * endwin() once; from then on an update is one write. So it leaves before it begins, with its
 * output going nowhere, and the first update is already a return.
 */
static void gather_writes(void)
{
    int terminal = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (terminal >= 0 && nowhere >= 0 && dup2(nowhere, STDOUT_FILENO) >= 0) {
        (void)endwin();
        (void)dup2(terminal, STDOUT_FILENO);
    }
    (void)close(nowhere);
    (void)close(terminal);
}

/* Past curses, which has no buffer for what it does not know. A terminal that is gone is noticed
 * where keys are read. */
static void send_modes(const char *modes)
{
    if (strncmp(tigetstr("cup"), "\033[", 2) == 0) {
        ssize_t sent = write(STDOUT_FILENO, modes, strlen(modes));
        (void)sent;
    }
}

/* The nearest of the first eight colours: each channel counts when it is over half of the
 * strongest. */
static int nearest_of_eight(int colour)
{
    if (colour < 16) {
        return colour % 8;
    }
    if (colour >= 232) {
        return colour < 244 ? COLOR_BLACK : COLOR_WHITE;
    }
    int cube = colour - 16;
    const int channels[] = {cube / 36, cube / 6 % 6, cube % 6};
    int strongest = 1;
    for (int i = 0; i < 3; i++) {
        strongest = channels[i] > strongest ? channels[i] : strongest;
    }
    int found = 0;
    for (int i = 0; i < 3; i++) {
        found |= channels[i] * 2 > strongest ? 1 << i : 0;
    }
    return found;
}

static int shown_colour(int colour)
{
    return colour < COLORS ? colour : nearest_of_eight(colour);
}

static void set_style(struct style *style, const struct ta_look *look, int pair, bool coloured)
{
    const struct {
        bool wanted;
        attr_t attribute;
    } attributes[] = {
        {look->bold, A_BOLD},           {look->dim, A_DIM},         {look->italic, A_ITALIC},
        {look->underline, A_UNDERLINE}, {look->reverse, A_REVERSE},
    };
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        style->attributes |= attributes[i].wanted ? attributes[i].attribute : 0;
    }
    if (coloured && (look->foreground >= 0 || look->background >= 0)) {
        (void)init_extended_pair(pair, shown_colour(look->foreground),
                                 shown_colour(look->background));
        style->pair = (short)pair;
    }
}

/* https://no-color.org: NO_COLOR that is not empty. */
static void set_styles(struct ta_term *term, const struct ta_theme *theme)
{
    const char *no_colour = getenv("NO_COLOR");
    bool coloured = (no_colour == NULL || no_colour[0] == '\0') && has_colors();
    if (coloured) {
        (void)start_color();
        (void)use_default_colors();
    }
    for (int role = 0; role < TA_CELL_ROLES; role++) {
        set_style(&term->styles[role], &theme->look[role], role + 1, coloured);
    }
}

bool ta_term_open(struct ta_term **out, const struct ta_theme *theme, struct ta_error *err)
{
    *out = NULL;
    if (!check_terminal(err)) {
        return false;
    }
    use_utf8();
    struct ta_term *term = ta_allocate(1, sizeof *term);
    sigset_t watched;
    block_signals(term, &watched);
    term->signals = -1;
    if (!start_curses(term, err)) {
        ta_term_close(term);
        return false;
    }
    term->signals = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)typeahead(-1);
    set_styles(term, theme);
    gather_writes();
    send_modes(modes_on);
    ta_surface_init(&term->shown, LINES, COLS);
    term->known = true;
    *out = term;
    return true;
}

void ta_term_close(struct ta_term *term)
{
    if (term == NULL) {
        return;
    }
    if (term->screen != NULL) {
        send_modes(modes_off);
        (void)endwin();
        delscreen(term->screen);
    }
    if (term->signals >= 0) {
        (void)close(term->signals);
    }
    (void)sigprocmask(SIG_SETMASK, &term->mask_before, NULL);
    ta_surface_release(&term->shown);
    ta_input_release(&term->input);
    free(term);
}

/* Showing */

void ta_term_size(const struct ta_term *term, int *rows, int *columns)
{
    (void)term;
    *rows = LINES;
    *columns = COLS;
}

static void put_cell(const struct ta_term *term, const struct ta_surface *surface, int row,
                     int column, const struct ta_cell *cell)
{
    const struct style *style = &term->styles[cell->role];
    wchar_t text[TA_CELL_MARKS + 2];
    cchar_t shown;
    ta_cell_text(surface, cell, text);
    (void)setcchar(&shown, text, style->attributes, style->pair, NULL);
    (void)mvadd_wchnstr(row, column, &shown, 1);
}

/* Which marks a cell has is its surface's affair: two that have some are not compared here. */
static bool is_same(const struct ta_cell *one, const struct ta_cell *other)
{
    return memcmp(one, other, sizeof *one) == 0 && one->marks == 0;
}

/* Only what differs: ncurses compares again, but what it is not given costs it nothing. */
static void put_row(struct ta_term *term, const struct ta_surface *surface, int row)
{
    size_t columns = (size_t)surface->columns;
    const struct ta_cell *cells = surface->cells + (size_t)row * columns;
    struct ta_cell *shown = term->shown.cells + (size_t)row * columns;
    if (term->known && surface->mark_count == 0 &&
        memcmp(cells, shown, columns * sizeof *cells) == 0) {
        return;
    }
    for (int column = 0; column < surface->columns; column++) {
        const struct ta_cell *cell = &cells[column];
        if (cell->width > 0 && (!term->known || !is_same(cell, &shown[column]))) {
            put_cell(term, surface, row, column, cell);
        }
    }
    memcpy(shown, cells, columns * sizeof *cells);
}

void ta_term_show(struct ta_term *term, const struct ta_surface *surface)
{
    if (surface->rows != LINES || surface->columns != COLS) {
        return; /* the terminal has another size by now: a key says so, and the next one fits */
    }
    for (int row = 0; row < surface->rows; row++) {
        put_row(term, surface, row);
    }
    term->known = true;
    bool placed = surface->cursor_row >= 0 && surface->cursor_column >= 0;
    int row = placed ? surface->cursor_row : LINES - 1;
    int column = placed ? surface->cursor_column : COLS - 1;
    (void)move(row < LINES ? row : LINES - 1, column < COLS ? column : COLS - 1);
    (void)refresh();
}

void ta_term_forget(struct ta_term *term)
{
    (void)term;
    (void)clearok(curscr, true);
}

void ta_term_bell(struct ta_term *term)
{
    (void)term;
    (void)beep();
}

/* Sizes, and other programs on the terminal */

static void take_size(struct ta_term *term)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) {
        return;
    }
    if (size.ws_row != LINES || size.ws_col != COLS) {
        (void)resizeterm(size.ws_row, size.ws_col);
        ta_surface_clear(&term->shown, LINES, COLS);
    }
    term->known = false;
    term->resized = true;
    (void)clearok(curscr, true);
}

void ta_term_leave(struct ta_term *term)
{
    send_modes(modes_off);
    (void)endwin();
    (void)sigprocmask(SIG_SETMASK, &term->mask_before, NULL);
}

void ta_term_return(struct ta_term *term)
{
    sigset_t watched;
    sigset_t mask_before = term->mask_before;
    block_signals(term, &watched);
    term->mask_before = mask_before;
    send_modes(modes_on);
    take_size(term);
    (void)refresh();
}

/* Stops this process and those of its job, as the terminal would; where nobody could wake it (an
 * orphaned process group) the kernel passes the signal over and we are back at once. */
static void suspend(struct ta_term *term)
{
    struct sigaction stop = {.sa_handler = SIG_DFL};
    struct sigaction before;
    ta_term_leave(term);
    (void)sigaction(SIGTSTP, &stop, &before);
    (void)kill(0, SIGTSTP);
    sigset_t only;
    (void)sigemptyset(&only);
    (void)sigaddset(&only, SIGTSTP);
    (void)sigprocmask(SIG_UNBLOCK, &only, NULL);
    (void)sigaction(SIGTSTP, &before, NULL);
    ta_term_return(term);
}

/* Waiting */

static void take_signals(struct ta_term *term)
{
    struct signalfd_siginfo signal;
    while (read(term->signals, &signal, sizeof signal) == (ssize_t)sizeof signal) {
        switch (signal.ssi_signo) {
        case SIGWINCH:
            take_size(term);
            break;
        case SIGTSTP:
            suspend(term);
            break;
        default:
            term->hung_up = true;
            break;
        }
    }
}

static void take_bytes(struct ta_term *term)
{
    char bytes[CHUNK];
    ssize_t length = read(STDIN_FILENO, bytes, sizeof bytes);
    term->burst = length > KEY_LONGEST;
    if (length > 0) {
        ta_input_take(&term->input, bytes, (size_t)length);
        explicit_bzero(bytes, (size_t)length); /* it may be a password */
    } else if (length == 0 || (errno != EINTR && errno != EAGAIN)) {
        term->hung_up = true;
    }
}

static bool is_suspend(const struct ta_key *key)
{
    return key->code == TA_KEY_TEXT && key->control && !key->alt && strcmp(key->text, "z") == 0;
}

/* A key that is there without looking at the terminal. */
static bool next_key(struct ta_term *term, struct ta_key *key)
{
    if (term->hung_up || term->resized) {
        *key = (struct ta_key){.code = term->hung_up ? TA_KEY_HANG_UP : TA_KEY_RESIZE};
        term->resized = false;
        return true;
    }
    while (ta_input_next(&term->input, key)) {
        if (!is_suspend(key)) {
            return true;
        }
        suspend(term);
    }
    return false;
}

enum { KEYBOARD, SIGNALS, WATCHED, DESCRIPTORS = WATCHED + TA_TERM_WATCHED };

static const int nothing[TA_TERM_WATCHED] = {-1, -1, -1};

/* One poll and what it brought; the number of descriptors that were ready. */
static int look(struct ta_term *term, int64_t patience, const int watched[TA_TERM_WATCHED])
{
    struct pollfd descriptors[DESCRIPTORS] = {
        [KEYBOARD] = {.fd = STDIN_FILENO, .events = POLLIN},
        [SIGNALS] = {.fd = term->signals, .events = POLLIN},
    };
    for (int i = 0; i < TA_TERM_WATCHED; i++) {
        descriptors[WATCHED + i] = (struct pollfd){.fd = watched[i], .events = POLLIN};
    }
    int ready = poll(descriptors, DESCRIPTORS, patience > INT_MAX ? INT_MAX : (int)patience);
    if (ready <= 0) {
        return ready;
    }
    if (descriptors[SIGNALS].revents != 0) {
        take_signals(term);
    }
    if ((descriptors[KEYBOARD].revents & POLLIN) != 0) {
        take_bytes(term);
    } else if (descriptors[KEYBOARD].revents != 0) {
        term->hung_up = true;
    }
    return ready;
}

void ta_term_wait(struct ta_term *term, int64_t wake_in, const int watched[TA_TERM_WATCHED],
                  struct ta_key *key)
{
    if (next_key(term, key)) {
        return;
    }
    int patience = ta_input_patience(&term->input);
    bool impatient = patience >= 0 && (wake_in < 0 || patience < wake_in);
    int ready = look(term, impatient ? patience : wake_in, watched);
    if (ready == 0 && impatient) {
        (void)ta_input_give_up(&term->input, key);
        return;
    }
    (void)next_key(term, key);
}

bool ta_term_next(struct ta_term *term, struct ta_key *key)
{
    if (next_key(term, key)) {
        return true;
    }
    return term->burst && look(term, 0, nothing) > 0 && next_key(term, key);
}

bool ta_term_is_typed(const struct ta_term *term)
{
    struct pollfd keyboard = {.fd = STDIN_FILENO, .events = POLLIN};
    return term->hung_up || poll(&keyboard, 1, 0) > 0;
}
