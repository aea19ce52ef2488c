#include "turnabout/tui/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/unicode.h"

struct named {
    const char *name;
    enum ta_key_code code;
};

/* The first name of a code is the one that is written. */
static const struct named names_of_codes[] = {
    {"Enter", TA_KEY_ENTER},   {"Esc", TA_KEY_ESCAPE},          {"Escape", TA_KEY_ESCAPE},
    {"Tab", TA_KEY_TAB},       {"Backspace", TA_KEY_BACKSPACE}, {"Delete", TA_KEY_DELETE},
    {"Up", TA_KEY_UP},         {"Down", TA_KEY_DOWN},           {"Left", TA_KEY_LEFT},
    {"Right", TA_KEY_RIGHT},   {"Home", TA_KEY_HOME},           {"End", TA_KEY_END},
    {"PgUp", TA_KEY_PAGE_UP},  {"PgDn", TA_KEY_PAGE_DOWN},      {"Paste", TA_KEY_PASTE},
    {"Click", TA_KEY_CLICK},   {"WheelUp", TA_KEY_WHEEL_UP},    {"WheelDown", TA_KEY_WHEEL_DOWN},
    {"Resize", TA_KEY_RESIZE}, {"HangUp", TA_KEY_HANG_UP},
};

enum { NAMED = sizeof names_of_codes / sizeof names_of_codes[0], WRITTEN = 16 };

static const char *name_of(enum ta_key_code code)
{
    for (size_t i = 0; i < NAMED; i++) {
        if (names_of_codes[i].code == code) {
            return names_of_codes[i].name;
        }
    }
    return "";
}

static bool is_function_key(enum ta_key_code code)
{
    return code >= TA_KEY_F1 && code <= TA_KEY_F12;
}

/* "F1" to "F12". */
static bool read_function_key(struct ta_key *key, const char *name)
{
    if (name[0] != 'F' || name[1] < '1' || name[1] > '9') {
        return false;
    }
    char *end;
    long number = strtol(name + 1, &end, 10);
    if (*end != '\0' || number > 12) {
        return false;
    }
    key->code = TA_KEY_F1 + (enum ta_key_code)(number - 1);
    return true;
}

static bool read_named(struct ta_key *key, const char *name)
{
    for (size_t i = 0; i < NAMED; i++) {
        if (strcmp(names_of_codes[i].name, name) == 0) {
            key->code = names_of_codes[i].code;
            return true;
        }
    }
    return read_function_key(key, name);
}

static bool read_text(struct ta_key *key, const char *name)
{
    const char *text = strcmp(name, "Space") == 0 ? " " : name;
    size_t length = strlen(text);
    bool one = length > 0 && length < sizeof key->text && (unsigned char)text[0] >= ' ' &&
               text[0] != '\x7F' && ta_utf8_is_valid(text, length) &&
               ta_character_next(text, length, 0) == length;
    if (!one) {
        return false;
    }
    key->code = TA_KEY_TEXT;
    memcpy(key->text, text, length + 1);
    return true;
}

/* Takes "C-", "A-", "S-" off the beginning; a "-" alone, or behind one of these, is itself. */
static const char *read_modifiers(struct ta_key *key, const char *name)
{
    while (name[0] != '\0' && name[1] == '-' && name[2] != '\0') {
        bool *modifier = name[0] == 'C'   ? &key->control
                         : name[0] == 'A' ? &key->alt
                         : name[0] == 'S' ? &key->shift
                                          : NULL;
        if (modifier == NULL) {
            break;
        }
        *modifier = true;
        name += 2;
    }
    return name;
}

bool ta_key_read(struct ta_key *key, const char *name)
{
    *key = (struct ta_key){0};
    const char *rest = read_modifiers(key, name);
    if (!read_named(key, rest) && !read_text(key, rest)) {
        return false;
    }
    if (key->code == TA_KEY_TAB && key->shift) {
        key->code = TA_KEY_BACK_TAB;
        key->shift = false;
    }
    return true;
}

void ta_key_write(char out[16], const struct ta_key *key)
{
    char function_key[8];
    const char *name = name_of(key->code);
    bool back_tab = key->code == TA_KEY_BACK_TAB;
    if (key->code == TA_KEY_TEXT) {
        name = strcmp(key->text, " ") == 0 ? "Space" : key->text;
    } else if (back_tab) {
        name = "Tab";
    } else if (is_function_key(key->code)) {
        (void)snprintf(function_key, sizeof function_key, "F%d",
                       (int)(key->code - TA_KEY_F1) % 12 + 1);
        name = function_key;
    }
    char whole[2 * WRITTEN] = "";
    (void)snprintf(whole, sizeof whole, "%s%s%s%.15s", key->control ? "C-" : "",
                   key->alt ? "A-" : "", key->shift || back_tab ? "S-" : "", name);
    memcpy(out, whole, WRITTEN - 1);
    out[WRITTEN - 1] = '\0';
}

static bool is_same(const struct ta_key *one, const struct ta_key *other)
{
    return one->code == other->code && one->control == other->control && one->alt == other->alt &&
           one->shift == other->shift &&
           (one->code != TA_KEY_TEXT || strcmp(one->text, other->text) == 0);
}

bool ta_key_is(const struct ta_key *key, const char *names)
{
    while (*names != '\0') {
        size_t length = strcspn(names, " ");
        char name[32];
        struct ta_key named;
        (void)snprintf(name, sizeof name, "%.*s", (int)length, names);
        if (length > 0 && ta_key_read(&named, name) && is_same(key, &named)) {
            return true;
        }
        names += length;
        names += strspn(names, " ");
    }
    return false;
}
