#include "turnabout/tui/frame.h"

#include <string.h>

#include "turnabout/base/unicode.h"

enum { DIGIT_PIXELS = 7, DIGIT_COLUMNS = 4, DIGIT_CELLS = 16, COLON = 10, GLYPHS = 11 };

/* Four pixels a row from the top down, the leftmost in the highest bit; two rows make one row of
 * characters. */
static const unsigned char glyphs[GLYPHS][DIGIT_PIXELS + 1] = {
    {0x6, 0x9, 0x9, 0x9, 0x9, 0x9, 0x6, 0x0}, /* 0 */
    {0x2, 0x6, 0x2, 0x2, 0x2, 0x2, 0x7, 0x0}, /* 1 */
    {0x6, 0x9, 0x1, 0x2, 0x4, 0x8, 0xF, 0x0}, /* 2 */
    {0xE, 0x1, 0x1, 0x6, 0x1, 0x1, 0xE, 0x0}, /* 3 */
    {0x9, 0x9, 0x9, 0xF, 0x1, 0x1, 0x1, 0x0}, /* 4 */
    {0xF, 0x8, 0x8, 0xE, 0x1, 0x1, 0xE, 0x0}, /* 5 */
    {0x6, 0x8, 0x8, 0xE, 0x9, 0x9, 0x6, 0x0}, /* 6 */
    {0xF, 0x1, 0x1, 0x2, 0x2, 0x4, 0x4, 0x0}, /* 7 */
    {0x6, 0x9, 0x9, 0x6, 0x9, 0x9, 0x6, 0x0}, /* 8 */
    {0x6, 0x9, 0x9, 0x7, 0x1, 0x1, 0x6, 0x0}, /* 9 */
    {0x0, 0x0, 0x4, 0x0, 0x4, 0x0, 0x0, 0x0}, /* : */
};

/* By upper pixel * 2 + lower pixel. */
static const char *const halves[] = {" ", "▄", "▀", "█"};

/* By eighths of a column. */
static const char *const eighths[] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};

void ta_title(struct ta_surface *surface, const char *left, const char *right)
{
    int columns = surface->columns;
    ta_paint(surface, (struct ta_area){0, 0, 1, columns}, TA_TITLE);
    int wanted = right == NULL ? 0 : ta_width(right, strlen(right));
    bool both = wanted > 0 && wanted <= columns / 2;
    int room = columns - 2 - (both ? wanted + 2 : 0);
    (void)ta_put(surface, 0, 1, room, TA_TITLE, left);
    if (both) {
        (void)ta_put_right(surface, 0, columns - 1 - wanted, wanted, TA_TITLE, right);
    }
}

void ta_rule(struct ta_surface *surface, int row)
{
    ta_fill(surface, (struct ta_area){row, 1, 1, surface->columns - 2}, TA_FRAME, "─");
}

void ta_bar(struct ta_surface *surface, int row, int column, int columns, enum ta_role_of_cell role,
            int64_t part, int64_t whole)
{
    if (columns <= 0 || whole <= 0 || part <= 0) {
        return;
    }
    int64_t all = (int64_t)columns * 8;
    int64_t filled = part >= whole ? all : (int64_t)((double)part / (double)whole * (double)all);
    int full = (int)(filled / 8);
    ta_fill(surface, (struct ta_area){row, column, 1, full}, role, eighths[8]);
    if (filled % 8 > 0) {
        ta_fill(surface, (struct ta_area){row, column + full, 1, 1}, role, eighths[filled % 8]);
    }
}

static void put_glyph(struct ta_surface *surface, int row, int column, enum ta_role_of_cell role,
                      const unsigned char *pixels)
{
    for (size_t i = 0; i < DIGIT_CELLS; i++) {
        size_t line = i / DIGIT_COLUMNS;
        size_t bit = DIGIT_COLUMNS - 1 - i % DIGIT_COLUMNS;
        int upper = (pixels[2 * line] >> bit) & 1;
        int lower = (pixels[2 * line + 1] >> bit) & 1;
        struct ta_area cell = {row + (int)line, column + (int)(i % DIGIT_COLUMNS), 1, 1};
        if (upper + lower > 0) {
            ta_fill(surface, cell, role, halves[upper * 2 + lower]);
        }
    }
}

int ta_large_digits(struct ta_surface *surface, int row, int column, enum ta_role_of_cell role,
                    const char *text)
{
    int used = 0;
    for (; *text != '\0'; text++) {
        int glyph = *text == ':' ? COLON : *text - '0';
        if (glyph < 0 || glyph >= GLYPHS) {
            continue;
        }
        put_glyph(surface, row, column + used, role, glyphs[glyph]);
        used += glyph == COLON ? 3 : DIGIT_COLUMNS + 1;
    }
    return used;
}

/* Lists */

void ta_list_set_count(struct ta_list *list, size_t count)
{
    list->count = count;
    if (list->chosen >= count) {
        list->chosen = count == 0 ? 0 : count - 1;
    }
    if (list->top > list->chosen) {
        list->top = list->chosen;
    }
}

static void choose(struct ta_list *list, bool down, size_t steps)
{
    size_t last = list->count - 1;
    if (down) {
        list->chosen = steps < last - list->chosen ? list->chosen + steps : last;
    } else {
        list->chosen = steps < list->chosen ? list->chosen - steps : 0;
    }
}

enum distance { ROW, WHEEL, PAGE, ALL };

static const struct movement {
    const char *keys;
    bool down;
    enum distance distance;
} movements[] = {
    {"Up k", false, ROW},       {"Down j", true, ROW}, {"WheelUp", false, WHEEL},
    {"WheelDown", true, WHEEL}, {"PgUp", false, PAGE}, {"PgDn", true, PAGE},
    {"Home g", false, ALL},     {"End G", true, ALL},
};

bool ta_list_key(struct ta_list *list, const struct ta_key *key)
{
    for (size_t i = 0; i < sizeof movements / sizeof movements[0]; i++) {
        const struct movement *movement = &movements[i];
        if (!ta_key_is(key, movement->keys)) {
            continue;
        }
        size_t page = list->page > 1 ? list->page - 1 : 1;
        const size_t steps[] = {[ROW] = 1, [WHEEL] = 3, [PAGE] = page, [ALL] = list->count};
        if (list->count > 0) {
            choose(list, movement->down, steps[movement->distance]);
        }
        return true;
    }
    return false;
}

static size_t top_for(const struct ta_list *list, size_t rows)
{
    size_t top = list->top;
    if (rows == 0 || list->count == 0) {
        return 0;
    }
    if (list->chosen < top) {
        top = list->chosen;
    }
    if (list->chosen - top >= rows) {
        top = list->chosen - rows + 1;
    }
    size_t last_top = list->count > rows ? list->count - rows : 0;
    return top < last_top ? top : last_top;
}

size_t ta_list_show(const struct ta_list *list, size_t rows)
{
    struct ta_list *remembered = (struct ta_list *)list;
    remembered->top = top_for(list, rows);
    remembered->page = rows;
    return list->top;
}

static const struct {
    const char *keys;
    int rows, pages;
} scrolls[] = {
    {"Up k", -1, 0},
    {"Down j", 1, 0},
    {"WheelUp", -3, 0},
    {"WheelDown", 3, 0},
    {"PgUp b", 0, -1},
    {"PgDn Space", 0, 1},
    {"Home g", -TA_SCROLL_FAR, 0},
    {"End G", TA_SCROLL_FAR, 0},
};

int ta_scroll(const struct ta_key *key, int rows)
{
    int page = rows > 1 ? rows - 1 : 1;
    for (size_t i = 0; i < sizeof scrolls / sizeof *scrolls; i++) {
        if (ta_key_is(key, scrolls[i].keys)) {
            return scrolls[i].rows + scrolls[i].pages * page;
        }
    }
    return 0;
}

bool ta_scroll_key(int *top, int rows, const struct ta_key *key)
{
    int by = ta_scroll(key, rows);
    *top = *top + by > 0 ? *top + by : 0;
    return by != 0;
}
