#include "turnabout/base/config.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum { CONFIG_LIMIT = 1 << 20 };

struct word {
    const char *word;
    bool means;
};

static const struct word words[] = {
    {"yes", true}, {"true", true},   {"on", true},   {"1", true},
    {"no", false}, {"false", false}, {"off", false}, {"0", false},
};

static bool set_bell(struct ta_config *config, const char *value)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcasecmp(value, words[i].word) == 0) {
            config->bell = words[i].means;
            return true;
        }
    }
    return false;
}

/* An empty value is as good as none. */
static bool set_string(char **string, const char *value)
{
    ta_replace(string, value[0] == '\0' ? NULL : value);
    return true;
}

static bool set_name(struct ta_config *config, const char *value)
{
    return set_string(&config->name, value);
}

static bool set_email(struct ta_config *config, const char *value)
{
    return set_string(&config->email, value);
}

static bool set_theme(struct ta_config *config, const char *value)
{
    return set_string(&config->theme, value);
}

static bool set_mail(struct ta_config *config, const char *value)
{
    return set_string(&config->mail, value);
}

static bool set_key(struct ta_config *config, const char *value)
{
    return set_string(&config->key, value);
}

struct setting {
    const char *section, *name;
    bool (*set)(struct ta_config *config, const char *value);
};

static const struct setting settings[] = {
    {"identity", "name", set_name}, {"identity", "email", set_email}, {"look", "theme", set_theme},
    {"look", "bell", set_bell},     {"mail", "command", set_mail},    {"signing", "key", set_key},
};

static int take_setting(void *config, const char *section, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        const struct setting *setting = &settings[i];
        if (strcmp(section, setting->section) == 0 && strcmp(name, setting->name) == 0) {
            return setting->set(config, value);
        }
    }
    return 0;
}

static bool read_own(struct ta_config *config, const char *path, struct ta_error *err)
{
    struct ta_text text = {0};
    struct ta_error problem;
    if (!ta_file_read(&text, path, CONFIG_LIMIT, &problem)) {
        return problem.code == TA_ABSENT || ta_fail(err, problem.code, "%s", problem.text);
    }
    bool valid = ta_utf8_is_valid(text.bytes, text.length);
    int line = valid && text.length > 0 ? ini_parse_string(text.bytes, take_setting, config) : 0;
    ta_text_release(&text);
    if (!valid) {
        return ta_fail(err, TA_WRONG, "%s is not UTF-8 text; write it anew.", path);
    }
    if (line != 0) {
        return ta_fail(err, TA_WRONG,
                       "Line %d of %s is not understood; it can set name and email under "
                       "[identity], theme and bell under [look], command under [mail], key under "
                       "[signing].",
                       line, path);
    }
    return true;
}

/* "~/" is the person's own folder; any other path that is not absolute begins at config.ini. */
static void resolve_key(struct ta_config *config, const char *folder, char *(*lookup)(const char *))
{
    const char *home = lookup("HOME");
    char *key = config->key;
    if (key == NULL || key[0] == '/') {
        return;
    }
    bool at_home = strncmp(key, "~/", 2) == 0 && home != NULL;
    config->key = at_home ? ta_path_join(home, key + 2) : ta_path_join(folder, key);
    free(key);
}

/* The value of a line of git's, without quotes around it and a comment behind it. */
static char *plain_value(struct ta_piece value)
{
    bool quoted = ta_piece_starts(value, "\"");
    size_t from = quoted ? 1 : 0;
    size_t end = from;
    while (end < value.length && strchr(quoted ? "\"" : "#;", value.at[end]) == NULL) {
        end++;
    }
    return ta_piece_copy(ta_piece_trim((struct ta_piece){value.at + from, end - from}));
}

/* Takes the line's value where it is `name` and nothing is known yet. */
static void take_if(char **string, const char *name, struct ta_piece key, struct ta_piece value)
{
    if (*string != NULL || key.length != strlen(name) ||
        strncasecmp(key.at, name, key.length) != 0) {
        return;
    }
    char *plain = plain_value(value);
    if (plain[0] != '\0' && ta_utf8_is_valid(plain, strlen(plain))) {
        ta_replace(string, plain);
    }
    free(plain);
}

static void take_user(struct ta_config *config, struct ta_piece rest)
{
    static const char user[] = "[user]";
    bool inside = false;
    for (struct ta_piece line; ta_next_line(&rest, &line);) {
        line = ta_piece_trim(line);
        if (ta_piece_starts(line, "[")) {
            inside = line.length >= strlen(user) && strncasecmp(line.at, user, strlen(user)) == 0;
            continue;
        }
        struct ta_piece key;
        if (inside && ta_next_part(&line, '=', &key)) {
            take_if(&config->name, "name", key, ta_piece_trim(line));
            take_if(&config->email, "email", key, ta_piece_trim(line));
        }
    }
}

/* What git has set is a help, not a duty: a file that cannot be read says nothing. */
static void read_git(struct ta_config *config, const char *path)
{
    struct ta_text text = {0};
    if (ta_file_read(&text, path, CONFIG_LIMIT, NULL)) {
        take_user(config, (struct ta_piece){text.bytes, text.length});
    }
    ta_text_release(&text);
}

static void read_git_below(struct ta_config *config, const char *folder, const char *name)
{
    if (folder != NULL && folder[0] != '\0') {
        char *path = ta_path_join(folder, name);
        read_git(config, path);
        free(path);
    }
}

static void look_into_git(struct ta_config *config, char *(*lookup)(const char *))
{
    const char *only = lookup("GIT_CONFIG_GLOBAL");
    if (only != NULL) {
        read_git(config, only);
        return;
    }
    const char *xdg = lookup("XDG_CONFIG_HOME");
    bool has_xdg = xdg != NULL && xdg[0] != '\0';
    read_git_below(config, lookup("HOME"), ".gitconfig");
    read_git_below(config, has_xdg ? xdg : lookup("HOME"),
                   has_xdg ? "git/config" : ".config/git/config");
}

bool ta_config_read(struct ta_config *config, const char *folder, char *(*lookup)(const char *),
                    struct ta_error *err)
{
    *config = (struct ta_config){0};
    char *path = ta_path_join(folder, "config.ini");
    bool ok = read_own(config, path, err);
    free(path);
    if (!ok) {
        ta_config_release(config);
        return false;
    }
    resolve_key(config, folder, lookup);
    if (config->name == NULL || config->email == NULL) {
        look_into_git(config, lookup);
    }
    return true;
}

void ta_config_release(struct ta_config *config)
{
    free(config->name);
    free(config->email);
    free(config->theme);
    free(config->mail);
    free(config->key);
    *config = (struct ta_config){0};
}
