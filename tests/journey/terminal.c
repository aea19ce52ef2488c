#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <vterm.h>

enum { CHUNK = 65536, LINE_MOST = 8192 };

struct terminal {
    pid_t process; /* 0: has ended */
    int status;
    int master; /* -1: hung up */
    VTerm *vterm;
    VTermScreen *screen;
    char *bytes;
    size_t length;
};

/* Time, for limits only */

static int64_t now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Opening and closing */

/* What libvterm sends: keys, paste marks, answers. */
static void to_program(const char *bytes, size_t length, void *data)
{
    struct terminal *terminal = data;
    while (length > 0 && terminal->master >= 0) {
        struct pollfd room = {.fd = terminal->master, .events = POLLOUT};
        (void)poll(&room, 1, TERMINAL_PATIENCE);
        ssize_t sent = write(terminal->master, bytes, length);
        if (sent < 0 && errno != EINTR && errno != EAGAIN) {
            return;
        }
        bytes += sent > 0 ? sent : 0;
        length -= sent > 0 ? (size_t)sent : 0;
    }
}

struct terminal *terminal_open(char *const *arguments, char *const *environment, int rows,
                               int columns)
{
    struct terminal *terminal = calloc(1, sizeof *terminal);
    assert_non_null(terminal);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    terminal->process = forkpty(&terminal->master, NULL, NULL, &size);
    assert_true(terminal->process >= 0);
    if (terminal->process == 0) {
        (void)execve(arguments[0], arguments, environment);
        perror(arguments[0]);
        _exit(127);
    }
    terminal->vterm = vterm_new(rows, columns);
    vterm_set_utf8(terminal->vterm, 1);
    vterm_output_set_callback(terminal->vterm, to_program, terminal);
    terminal->screen = vterm_obtain_screen(terminal->vterm);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_screen_reset(terminal->screen, 1);
    return terminal;
}

static void take_status(struct terminal *terminal, int options)
{
    int status;
    if (terminal->process > 0 && waitpid(terminal->process, &status, options) > 0) {
        terminal->process = 0;
        terminal->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    }
}

void terminal_close(struct terminal *terminal)
{
    if (!terminal) {
        return;
    }
    terminal_signal(terminal, SIGKILL);
    take_status(terminal, 0);
    terminal_hang_up(terminal);
    vterm_free(terminal->vterm);
    free(terminal->bytes);
    free(terminal);
}

void terminal_signal(struct terminal *terminal, int number)
{
    if (terminal->process > 0) {
        (void)kill(terminal->process, number);
    }
}

void terminal_hang_up(struct terminal *terminal)
{
    if (terminal->master >= 0) {
        (void)close(terminal->master);
        terminal->master = -1;
    }
}

/* Reading */

static bool take(struct terminal *terminal)
{
    char chunk[CHUNK];
    ssize_t length = read(terminal->master, chunk, sizeof chunk);
    if (length <= 0) {
        return false;
    }
    char *longer = realloc(terminal->bytes, terminal->length + (size_t)length + 1);
    assert_non_null(longer);
    memcpy(longer + terminal->length, chunk, (size_t)length);
    terminal->bytes = longer;
    terminal->length += (size_t)length;
    longer[terminal->length] = '\0';
    (void)vterm_input_write(terminal->vterm, chunk, (size_t)length);
    return true;
}

bool terminal_wait(struct terminal *terminal, int milliseconds)
{
    struct pollfd output = {.fd = terminal->master, .events = POLLIN};
    if (terminal->master < 0 || poll(&output, 1, milliseconds) <= 0) {
        return false;
    }
    if (take(terminal)) {
        return true;
    }
    take_status(terminal, WNOHANG);
    return false;
}

void terminal_look(struct terminal *terminal)
{
    while (terminal_wait(terminal, 0)) {
    }
}

const char *terminal_bytes(const struct terminal *terminal, size_t *length)
{
    *length = terminal->length;
    return terminal->bytes ? terminal->bytes : "";
}

void terminal_forget(struct terminal *terminal)
{
    terminal->length = 0;
}

bool terminal_wrote(const struct terminal *terminal, const char *bytes)
{
    return terminal->bytes && memmem(terminal->bytes, terminal->length, bytes, strlen(bytes));
}

/* The screen */

static size_t put_character(char *out, uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t extra = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    const unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(leads[extra] | (point >> (6 * extra)));
    for (size_t i = 1; i <= extra; i++) {
        out[i] = (char)(0x80 | ((point >> (6 * (extra - i))) & 0x3F));
    }
    return extra + 1;
}

/* The text of a row; `columns` (may be NULL) gets the column of each byte. */
static void read_row(const struct terminal *terminal, int row, char out[LINE_MOST], int *columns)
{
    int rows;
    int width;
    size_t used = 0;
    size_t end = 0;
    VTermScreenCell cell;
    vterm_get_size(terminal->vterm, &rows, &width);
    for (int column = 0; column < width && used + 32 < LINE_MOST; column += cell.width) {
        (void)vterm_screen_get_cell(terminal->screen, (VTermPos){row, column}, &cell);
        cell.width = (char)(cell.width < 1 ? 1 : cell.width);
        size_t begin = used;
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++) {
            if (cell.chars[i] != UINT32_MAX) {
                used += put_character(out + used, cell.chars[i]);
            }
        }
        if (used == begin) {
            out[used++] = ' ';
        }
        for (size_t i = begin; columns && i < used; i++) {
            columns[i] = column;
        }
        end = used == begin + 1 && out[begin] == ' ' ? end : used;
    }
    out[end] = '\0';
}

const char *terminal_line(const struct terminal *terminal, int row)
{
    static char line[LINE_MOST];
    read_row(terminal, row, line, NULL);
    return line;
}

int terminal_row(const struct terminal *terminal, const char *text)
{
    int rows;
    int columns;
    vterm_get_size(terminal->vterm, &rows, &columns);
    for (int row = 0; row < rows; row++) {
        if (strstr(terminal_line(terminal, row), text)) {
            return row;
        }
    }
    return -1;
}

void terminal_cursor(const struct terminal *terminal, int *row, int *column)
{
    VTermPos position;
    vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &position);
    *row = position.row;
    *column = position.col;
}

int terminal_column(const struct terminal *terminal, const char *text)
{
    char line[LINE_MOST];
    int columns[LINE_MOST];
    int row = terminal_row(terminal, text);
    assert_true(row >= 0);
    read_row(terminal, row, line, columns);
    return columns[strstr(line, text) - line];
}

struct terminal_look terminal_look_at(const struct terminal *terminal, const char *text)
{
    VTermScreenCell cell;
    VTermPos position = {terminal_row(terminal, text), terminal_column(terminal, text)};
    (void)vterm_screen_get_cell(terminal->screen, position, &cell);
    return (struct terminal_look){
        .bold = cell.attrs.bold,
        .underline = cell.attrs.underline != VTERM_UNDERLINE_OFF,
        .italic = cell.attrs.italic,
        .reverse = cell.attrs.reverse,
        .coloured = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg),
    };
}

void terminal_print(const struct terminal *terminal)
{
    int rows;
    int columns;
    vterm_get_size(terminal->vterm, &rows, &columns);
    for (int row = 0; row < rows; row++) {
        print_error("|%s\n", terminal_line(terminal, row));
    }
    int row;
    int column;
    terminal_cursor(terminal, &row, &column);
    print_error("cursor at %d, %d; the program %s\n", row, column,
                terminal->process ? "runs" : "has ended");
}

/* The keyboard */

static const struct {
    const char *name;
    VTermKey key;
    VTermModifier modifier;
} keys[] = {
    {"Enter", VTERM_KEY_ENTER, VTERM_MOD_NONE},
    {"Esc", VTERM_KEY_ESCAPE, VTERM_MOD_NONE},
    {"Tab", VTERM_KEY_TAB, VTERM_MOD_NONE},
    {"S-Tab", VTERM_KEY_TAB, VTERM_MOD_SHIFT},
    {"Backspace", VTERM_KEY_BACKSPACE, VTERM_MOD_NONE},
    {"Delete", VTERM_KEY_DEL, VTERM_MOD_NONE},
    {"Up", VTERM_KEY_UP, VTERM_MOD_NONE},
    {"Down", VTERM_KEY_DOWN, VTERM_MOD_NONE},
    {"Left", VTERM_KEY_LEFT, VTERM_MOD_NONE},
    {"Right", VTERM_KEY_RIGHT, VTERM_MOD_NONE},
    {"Home", VTERM_KEY_HOME, VTERM_MOD_NONE},
    {"End", VTERM_KEY_END, VTERM_MOD_NONE},
    {"PgUp", VTERM_KEY_PAGEUP, VTERM_MOD_NONE},
    {"PgDn", VTERM_KEY_PAGEDOWN, VTERM_MOD_NONE},
    {"F2", VTERM_KEY_FUNCTION(2), VTERM_MOD_NONE},
    {"F3", VTERM_KEY_FUNCTION(3), VTERM_MOD_NONE},
    {"F4", VTERM_KEY_FUNCTION(4), VTERM_MOD_NONE},
    {"F8", VTERM_KEY_FUNCTION(8), VTERM_MOD_NONE},
    {"F9", VTERM_KEY_FUNCTION(9), VTERM_MOD_NONE},
    {"F10", VTERM_KEY_FUNCTION(10), VTERM_MOD_NONE},
};

void terminal_type(struct terminal *terminal, const char *text)
{
    to_program(text, strlen(text), terminal);
}

static void press(struct terminal *terminal, const char *name)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i].name, name) == 0) {
            vterm_keyboard_key(terminal->vterm, keys[i].key, keys[i].modifier);
            return;
        }
    }
    if (strncmp(name, "C-", 2) == 0 && name[2] && !name[3]) {
        to_program((const char[]){(char)(name[2] & 0x1F)}, 1, terminal);
        return;
    }
    assert_int_equal(strlen(name), 1);
    terminal_type(terminal, name);
}

void terminal_press(struct terminal *terminal, const char *names)
{
    char name[16];
    int taken;
    while (sscanf(names, " %15s%n", name, &taken) == 1) {
        press(terminal, name);
        names += taken;
    }
}

void terminal_paste(struct terminal *terminal, const char *text)
{
    vterm_keyboard_start_paste(terminal->vterm);
    terminal_type(terminal, text);
    vterm_keyboard_end_paste(terminal->vterm);
}

void terminal_resize(struct terminal *terminal, int rows, int columns)
{
    terminal_look(terminal); /* what was written for the old size is shown in it */
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    vterm_set_size(terminal->vterm, rows, columns);
    assert_int_equal(ioctl(terminal->master, TIOCSWINSZ, &size), 0);
}

/* Waiting */

static bool shows(struct terminal *terminal, const char *text)
{
    return terminal_row(terminal, text) >= 0;
}

static bool lacks(struct terminal *terminal, const char *text)
{
    return terminal_row(terminal, text) < 0;
}

void terminal_expect_that(struct terminal *terminal,
                          bool (*holds)(struct terminal *terminal, const char *text),
                          const char *text, const char *file, int line)
{
    int64_t end = now() + TERMINAL_PATIENCE;
    terminal_look(terminal);
    while (!holds(terminal, text)) {
        int64_t left = end - now();
        bool over = left <= 0 || !terminal->process || terminal->master < 0;
        if (over || (!terminal_wait(terminal, (int)left) && !terminal->process)) {
            print_error("waited for \"%s\"; the screen is:\n", text);
            terminal_print(terminal);
            _fail(file, line);
        }
        terminal_look(terminal);
    }
}

void terminal_expect(struct terminal *terminal, const char *text, bool there, const char *file,
                     int line)
{
    terminal_expect_that(terminal, there ? shows : lacks, text, file, line);
}

int terminal_ended(struct terminal *terminal, const char *file, int line)
{
    int64_t end = now() + TERMINAL_PATIENCE;
    while (terminal->process) {
        bool wrote = terminal_wait(terminal, 100);
        take_status(terminal, WNOHANG);
        if (terminal->master < 0 && terminal->process) {
            (void)poll(NULL, 0, 10); /* there is nothing left that could tell of the end */
        }
        if (!wrote && terminal->process && now() > end) {
            print_error("waited for the program to end; the screen is:\n");
            terminal_print(terminal);
            _fail(file, line);
        }
    }
    terminal_look(terminal);
    return terminal->status;
}
