/**
 * A terminal as a person has it in front of them: the built program runs in a pseudo-terminal,
 * libvterm is the screen and the keyboard.
 *
 * Nothing here sleeps: who waits, waits for what the screen must come to show, and fails with the
 * screen as it is when that does not come.
 */
#ifndef TURNABOUT_TESTS_JOURNEY_TERMINAL_H
#define TURNABOUT_TESTS_JOURNEY_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

enum { TERMINAL_PATIENCE = 90 * 1000 }; /**< milliseconds; only what fails takes so long */

struct terminal;

/** How one character stands on the screen. */
struct terminal_look {
    bool bold, underline, italic, reverse;
    bool coloured; /**< in another colour than the terminal's own */
};

/** Runs `arguments` (NULL at the end) with exactly this environment. */
struct terminal *terminal_open(char *const *arguments, char *const *environment, int rows,
                               int columns);
/** Ends what still runs. NULL is fine. */
void terminal_close(struct terminal *terminal);

/** Types text as the keyboard sends it. */
void terminal_type(struct terminal *terminal, const char *text);
/** Presses keys by name, blank-separated: "Tab Down F10 C-l S-Tab Enter q". */
void terminal_press(struct terminal *terminal, const char *names);
/** Pastes, between the marks if the program has asked for them. */
void terminal_paste(struct terminal *terminal, const char *text);
void terminal_resize(struct terminal *terminal, int rows, int columns);

/** Takes what the program has written so far, without waiting. */
void terminal_look(struct terminal *terminal);
/** Waits until the program writes something, ends, or the time (in milliseconds) is over. */
bool terminal_wait(struct terminal *terminal, int milliseconds);

/** The row where text stands, from 0; -1: it does not. Text does not run on from row to row. */
int terminal_row(const struct terminal *terminal, const char *text);
/** The column where it begins there. */
int terminal_column(const struct terminal *terminal, const char *text);
/** A row's text without blanks at its end; good until the next call. */
const char *terminal_line(const struct terminal *terminal, int row);
void terminal_cursor(const struct terminal *terminal, int *row, int *column);
struct terminal_look terminal_look_at(const struct terminal *terminal, const char *text);

/** All bytes that the program wrote since terminal_forget() or the start. */
const char *terminal_bytes(const struct terminal *terminal, size_t *length);
void terminal_forget(struct terminal *terminal);
/** Whether the bytes hold these. */
bool terminal_wrote(const struct terminal *terminal, const char *bytes);

/** kill(): SIGKILL, SIGHUP. */
void terminal_signal(struct terminal *terminal, int number);
/** Takes the terminal away from the program, as closing a window does. */
void terminal_hang_up(struct terminal *terminal);

/** Prints the screen to standard error. */
void terminal_print(const struct terminal *terminal);

/** Waits for a text to stand on the screen, or to be gone from it. */
#define see(terminal, text) terminal_expect(terminal, text, true, __FILE__, __LINE__)
#define miss(terminal, text) terminal_expect(terminal, text, false, __FILE__, __LINE__)
void terminal_expect(struct terminal *terminal, const char *text, bool there, const char *file,
                     int line);

/** Waits for something else that the screen must come to. */
#define see_that(terminal, holds, text)                                                            \
    terminal_expect_that(terminal, holds, text, __FILE__, __LINE__)
void terminal_expect_that(struct terminal *terminal,
                          bool (*holds)(struct terminal *terminal, const char *text),
                          const char *text, const char *file, int line);

/** Waits for the program's end: its exit status, or 128 and the signal's number. */
#define ended(terminal) terminal_ended(terminal, __FILE__, __LINE__)
int terminal_ended(struct terminal *terminal, const char *file, int line);

#endif
