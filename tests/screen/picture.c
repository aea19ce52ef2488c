#include "picture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unistr.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

enum { PICTURE_LIMIT = 1 << 20 };

static const char role_letters[TA_CELL_ROLES] = {
    [TA_PLAIN] = '.',    [TA_QUIET] = 'q',      [TA_STRONG] = 's',   [TA_TITLE] = 't',
    [TA_FOOT] = 'f',     [TA_KEY_NAME] = 'k',   [TA_FRAME] = '-',    [TA_ACCENT] = 'a',
    [TA_CHOSEN] = 'c',   [TA_SELECTION] = 'x',  [TA_GOOD] = 'g',     [TA_CAUTION] = '!',
    [TA_ALARM] = 'A',    [TA_MINE] = 'm',       [TA_TAKEAWAY] = 'T', [TA_PROMISE] = 'P',
    [TA_QUESTION] = 'Q', [TA_DIFFERENCE] = 'D', [TA_CLOCK] = 'C',    [TA_ADDED] = '+',
    [TA_REMOVED] = '~',
};

static void trim_row(struct ta_text *picture, size_t from, char blank)
{
    while (picture->length > from && picture->bytes[picture->length - 1] == blank) {
        ta_text_remove(picture, picture->length - 1, 1);
    }
    ta_text_add(picture, "\n");
}

/* Adds what one cell of a surface holds. */
typedef void adder(struct ta_text *picture, const struct ta_surface *surface,
                   const struct ta_cell *cell);

static void add_characters(struct ta_text *picture, const struct ta_surface *surface,
                           const struct ta_cell *cell)
{
    wchar_t text[TA_CELL_MARKS + 2];
    ta_cell_text(surface, cell, text);
    for (const wchar_t *point = text; cell->width > 0 && *point != L'\0'; point++) {
        uint8_t bytes[6];
        int length = u8_uctomb(bytes, (ucs4_t)*point, sizeof bytes);
        ta_text_add_bytes(picture, (const char *)bytes, length > 0 ? (size_t)length : 0);
    }
}

static void add_role(struct ta_text *picture, const struct ta_surface *surface,
                     const struct ta_cell *cell)
{
    (void)surface;
    ta_text_add_bytes(picture, &role_letters[cell->role], 1);
}

static void take_picture(struct ta_text *picture, const struct ta_surface *surface, char blank,
                         adder *add)
{
    for (int row = 0; row < surface->rows; row++) {
        size_t from = picture->length;
        for (int column = 0; column < surface->columns; column++) {
            add(picture, surface, &surface->cells[row * surface->columns + column]);
        }
        trim_row(picture, from, blank);
    }
}

/* Both texts, by row, where they differ. */
static void say_difference(const char *expected, const char *picture)
{
    struct ta_piece left = ta_piece_of(expected);
    struct ta_piece right = ta_piece_of(picture);
    for (int row = 1; left.length > 0 || right.length > 0; row++) {
        struct ta_piece line = {"", 0};
        (void)ta_next_line(&left, &line);
        char *wanted = ta_piece_copy(line);
        line.length = 0;
        (void)ta_next_line(&right, &line);
        char *found = ta_piece_copy(line);
        if (strcmp(wanted, found) != 0) {
            (void)printf("# %3d expected |%s\n#        shown |%s\n", row, wanted, found);
        }
        free(wanted);
        free(found);
    }
}

static bool is_updating(void)
{
    const char *wanted = getenv("UPDATE");
    return wanted != NULL && wanted[0] != '\0';
}

static void update(struct script *script, const char *path, const char *picture)
{
    struct ta_error err;
    if (!ta_file_write(path, picture, strlen(picture), &err)) {
        script_fail(script, "%s", err.text);
    }
}

static void compare(struct script *script, const char *path, const char *picture)
{
    struct ta_text file = {0};
    struct ta_error err;
    bool is_there = ta_file_read(&file, path, PICTURE_LIMIT, &err);
    char *expected = ta_text_take(&file);
    if (!is_there) {
        script_fail(script, "%s (UPDATE=1 writes it)", err.text);
    } else if (strcmp(expected, picture) != 0) {
        script_fail(script, "%s is not what is shown", path);
        say_difference(expected, picture);
    }
    free(expected);
}

static void expect(struct script *script, const struct ta_surface *surface, const char *path,
                   char blank, adder *add)
{
    struct ta_text text = {0};
    take_picture(&text, surface, blank, add);
    char *picture = ta_text_take(&text);
    (is_updating() ? update : compare)(script, path, picture);
    free(picture);
}

static char *roles_path(const char *path)
{
    const char *dot = strrchr(path, '.');
    size_t length = dot == NULL ? strlen(path) : (size_t)(dot - path);
    struct ta_text roles = {0};
    ta_text_add_bytes(&roles, path, length);
    ta_text_add(&roles, ".roles");
    return ta_text_take(&roles);
}

void picture_expect(struct script *script, const struct ta_surface *surface, const char *name)
{
    char *path = ta_path_join(script->folder, name);
    char *roles = roles_path(path);
    expect(script, surface, path, ' ', add_characters);
    if (access(roles, F_OK) == 0) {
        expect(script, surface, roles, '.', add_role);
    }
    free(roles);
    free(path);
}

bool picture_holds(const struct ta_surface *surface, const char *text)
{
    struct ta_text picture = {0};
    take_picture(&picture, surface, ' ', add_characters);
    char *rows = ta_text_take(&picture);
    bool holds = strstr(rows, text) != NULL;
    free(rows);
    return holds;
}

void picture_print(const struct ta_surface *surface)
{
    struct ta_text picture = {0};
    take_picture(&picture, surface, ' ', add_characters);
    struct ta_piece rest = {picture.bytes, picture.length};
    struct ta_piece row;
    while (ta_next_line(&rest, &row)) {
        (void)printf("# |%.*s\n", (int)row.length, row.at);
    }
    ta_text_release(&picture);
}

static bool is_harmless(const struct ta_surface *surface, const struct ta_cell *cell)
{
    wchar_t text[TA_CELL_MARKS + 2];
    ta_cell_text(surface, cell, text);
    for (const wchar_t *point = text; *point != L'\0'; point++) {
        bool control = *point < L' ' || (*point >= 0x7F && *point < 0xA0);
        bool bidirectional =
            (*point >= 0x202A && *point <= 0x202E) || (*point >= 0x2066 && *point <= 0x2069);
        if (control || bidirectional) {
            return false;
        }
    }
    return true;
}

void picture_check(struct script *script, const struct ta_surface *surface)
{
    for (int i = 0; i < surface->rows * surface->columns; i++) {
        const struct ta_cell *cell = &surface->cells[i];
        bool is_half = i % surface->columns > 0 && cell[-1].width == 2;
        if (!is_harmless(surface, cell) || (cell->width == 0) != is_half) {
            script_fail(script, "row %d, column %d holds what a terminal must not get",
                        i / surface->columns + 1, i % surface->columns + 1);
            return;
        }
    }
}
