#include "turnabout/tui/theme.h"

#include <assert.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "default_theme.h"
#include "dusk_theme.h"
#include "paper_theme.h"
#include "turnabout/base/file.h"
#include "turnabout/base/text.h"

static const char *const roles[TA_CELL_ROLES] = {
    [TA_PLAIN] = "plain",         [TA_QUIET] = "quiet",       [TA_STRONG] = "strong",
    [TA_TITLE] = "title",         [TA_FOOT] = "foot",         [TA_KEY_NAME] = "key",
    [TA_FRAME] = "frame",         [TA_ACCENT] = "accent",     [TA_CHOSEN] = "chosen",
    [TA_SELECTION] = "selection", [TA_GOOD] = "good",         [TA_CAUTION] = "caution",
    [TA_ALARM] = "alarm",         [TA_MINE] = "mine",         [TA_TAKEAWAY] = "takeaway",
    [TA_PROMISE] = "promise",     [TA_QUESTION] = "question", [TA_DIFFERENCE] = "difference",
    [TA_CLOCK] = "clock",         [TA_ADDED] = "added",       [TA_REMOVED] = "removed",
};

/* In the order of the terminal's own numbers. */
static const char *const colours[] = {"black", "red",     "green", "yellow",
                                      "blue",  "magenta", "cyan",  "white"};

static const char bright[] = "bright-";

static bool read_colour_number(short *colour, const char *word)
{
    char *end;
    long number = strtol(word, &end, 10);
    if (word[0] < '0' || word[0] > '9' || *end != '\0' || number > 255) {
        return false;
    }
    *colour = (short)number;
    return true;
}

static bool read_colour(short *colour, const char *word)
{
    if (strcmp(word, "default") == 0) {
        *colour = -1;
        return true;
    }
    bool is_bright = strncmp(word, bright, sizeof bright - 1) == 0;
    const char *name = is_bright ? word + sizeof bright - 1 : word;
    for (short i = 0; i < 8; i++) {
        if (strcmp(name, colours[i]) == 0) {
            *colour = (short)(is_bright ? i + 8 : i);
            return true;
        }
    }
    return read_colour_number(colour, word);
}

static bool *attribute(struct ta_look *look, const char *word)
{
    const struct {
        const char *word;
        bool *attribute;
    } attributes[] = {
        {"bold", &look->bold},           {"dim", &look->dim},         {"italic", &look->italic},
        {"underline", &look->underline}, {"reverse", &look->reverse},
    };
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        if (strcmp(word, attributes[i].word) == 0) {
            return attributes[i].attribute;
        }
    }
    return NULL;
}

static bool read_word(struct ta_look *look, const char *word, bool *behind_on)
{
    bool *found = attribute(look, word);
    if (found != NULL) {
        *found = true;
        return true;
    }
    if (strcmp(word, "on") == 0) {
        bool first = !*behind_on;
        *behind_on = true;
        return first;
    }
    return read_colour(*behind_on ? &look->background : &look->foreground, word);
}

static bool read_look(struct ta_look *look, const char *value)
{
    *look = (struct ta_look){.foreground = -1, .background = -1};
    struct ta_piece rest = ta_piece_of(value);
    struct ta_piece word;
    bool behind_on = false;
    bool ok = true;
    while (ok && ta_next_part(&rest, ' ', &word)) {
        char *copy = ta_piece_copy(word);
        ok = copy[0] == '\0' || read_word(look, copy, &behind_on);
        free(copy);
    }
    return ok;
}

static int take_role(void *user, const char *section, const char *name, const char *value)
{
    struct ta_theme *theme = user;
    for (size_t i = 0; i < TA_CELL_ROLES && strcmp(section, "roles") == 0; i++) {
        if (strcmp(name, roles[i]) == 0) {
            return read_look(&theme->look[i], value) ? 1 : 0;
        }
    }
    return 0;
}

void ta_theme_default(struct ta_theme *theme)
{
    for (size_t i = 0; i < TA_CELL_ROLES; i++) {
        theme->look[i] = (struct ta_look){.foreground = -1, .background = -1};
    }
    int line = ini_parse_string(ta_default_theme, take_role, theme);
    assert(line == 0);
    (void)line;
}

bool ta_theme_read(struct ta_theme *theme, const char *text, const char *name, struct ta_error *err)
{
    ta_theme_default(theme);
    int line = ini_parse_string(text, take_role, theme);
    if (line == 0) {
        return true;
    }
    ta_theme_default(theme);
    return ta_fail(err, TA_WRONG,
                   "Line %d of the theme %s is not understood: write a role, \"=\" and a look such "
                   "as \"bold cyan on 236\" under [roles].",
                   line, name);
}

/* Finding */

enum { THEME_LIMIT = 1 << 16 };

static const struct {
    const char *name, *text;
} compiled_in[] = {
    {"default", ta_default_theme},
    {"dusk", ta_dusk_theme},
    {"paper", ta_paper_theme},
};

static bool find_compiled_in(struct ta_theme *theme, const char *path, const char *name,
                             struct ta_error *err)
{
    for (size_t i = 0; i < sizeof compiled_in / sizeof compiled_in[0]; i++) {
        if (strcmp(name, compiled_in[i].name) == 0) {
            return ta_theme_read(theme, compiled_in[i].text, name, err);
        }
    }
    return ta_fail(err, TA_ABSENT,
                   "There is no theme \"%s\": put %s there, or choose default, dusk or paper in "
                   "config.ini.",
                   name, path);
}

static char *path_of(const char *config, const char *name)
{
    struct ta_text path = {0};
    ta_text_addf(&path, "%s/themes/%s.theme", config, name);
    return ta_text_take(&path);
}

bool ta_theme_find(struct ta_theme *theme, const char *config, const char *name,
                   struct ta_error *err)
{
    ta_theme_default(theme);
    if (name == NULL) {
        return true;
    }
    if (strchr(name, '/') != NULL) {
        return ta_fail(err, TA_WRONG, "\"%s\" in config.ini is a path; a theme has a plain name.",
                       name);
    }
    struct ta_text text = {0};
    struct ta_error problem;
    char *path = path_of(config, name);
    bool ok = ta_file_read(&text, path, THEME_LIMIT, &problem);
    if (ok) {
        ta_text_add(&text, "");
        ok = ta_theme_read(theme, text.bytes, path, err);
    } else if (problem.code == TA_ABSENT) {
        ok = find_compiled_in(theme, path, name, err);
    } else {
        ok = ta_fail(err, problem.code, "%s", problem.text);
    }
    ta_text_release(&text);
    free(path);
    return ok;
}
