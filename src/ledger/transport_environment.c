#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "transport.h"
#include "turnabout/base/asking.h"
#include "turnabout/base/memory.h"

#define PASSWORD "TURNABOUT_PASSWORD"

/* Of the variables that the person has set these must not reach git. */
static const char *const removed[] = {
    "GIT_",        "LC_ALL=",    "LANGUAGE=",    "SSH_ASKPASS",
    TA_ASKING "=", TA_ASKER "=", TA_ANSWERS "=", PASSWORD "=",
};

static bool is_removed(const char *variable)
{
    for (size_t i = 0; i < sizeof removed / sizeof removed[0]; i++) {
        if (strncmp(variable, removed[i], strlen(removed[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void set(char **environment, size_t *count, const char *name, const char *value)
{
    struct ta_text variable = {0};
    ta_text_addf(&variable, "%s=%s", name, value);
    environment[(*count)++] = ta_text_take(&variable);
}

/* git is in a session of its own, where /dev/tty is nothing: the terminal goes by its name. */
static void set_where(char **environment, size_t *count, const char *asking)
{
    char name[64];
    bool is_terminal = strcmp(asking, "terminal") == 0;
    if (is_terminal && (ttyname_r(STDIN_FILENO, name, sizeof name) == 0 ||
                        ttyname_r(STDERR_FILENO, name, sizeof name) == 0 ||
                        ttyname_r(STDOUT_FILENO, name, sizeof name) == 0)) {
        struct ta_text where = {0};
        ta_text_addf(&where, "terminal:%s", name);
        set(environment, count, TA_ASKING, where.bytes);
        ta_text_release(&where);
    } else {
        set(environment, count, TA_ASKING, asking);
    }
}

/* A credential helper for that place alone, in place of those of the person, which would keep the
 * password. It is one for shells, and finds it in its environment, where only this user may look.
 */
static void set_password(char **environment, size_t *count, const struct ta_git_address *address)
{
    struct ta_text key = {0};
    ta_text_addf(&key, "credential.%s.helper", address->place);
    set(environment, count, "GIT_CONFIG_COUNT", "2");
    set(environment, count, "GIT_CONFIG_KEY_0", key.bytes);
    set(environment, count, "GIT_CONFIG_VALUE_0", "");
    set(environment, count, "GIT_CONFIG_KEY_1", key.bytes);
    set(environment, count, "GIT_CONFIG_VALUE_1",
        "!give() { test \"$1\" = get && printf 'password=%s\\n' \"$" PASSWORD "\"; }; give");
    set(environment, count, PASSWORD, address->password);
    ta_text_release(&key);
}

char **ta_git_environment(char *const *environment, const struct ta_git_run *run)
{
    enum { OURS = 17 };
    const struct ta_transport *transport = run->transport;
    const struct ta_git_address *address = run->address;
    const char *asker = transport->asker != NULL ? transport->asker : "/bin/false";
    size_t count = 0;
    while (environment[count] != NULL) {
        count++;
    }
    char **made = ta_allocate(count + OURS, sizeof *made);
    count = 0;
    for (size_t i = 0; environment[i] != NULL; i++) {
        if (!is_removed(environment[i])) {
            made[count++] = ta_copy(environment[i]);
        }
    }
    set(made, &count, "LC_ALL", "C");
    set(made, &count, "GIT_TERMINAL_PROMPT", "0");
    set(made, &count, "GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh");
    set(made, &count, "GIT_NO_REPLACE_OBJECTS", "1");
    set(made, &count, "GIT_ASKPASS", asker);
    set(made, &count, "SSH_ASKPASS", asker);
    set(made, &count, "SSH_ASKPASS_REQUIRE", "force");
    if (transport->asker != NULL && transport->asking != NULL) {
        set(made, &count, TA_ASKER, run->mark);
        set_where(made, &count, transport->asking);
        if (transport->answers != NULL && transport->answers->listener.path != NULL) {
            set(made, &count, TA_ANSWERS, transport->answers->listener.path);
        }
    }
    if (address != NULL && address->password != NULL) {
        set_password(made, &count, address);
    }
    return made;
}

void ta_git_environment_free(char **environment)
{
    for (size_t i = 0; environment[i] != NULL; i++) {
        free(environment[i]);
    }
    free(environment);
}

/* The address */

/* The value of a digit, 16: it is none. */
static unsigned digit(char byte)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = byte != '\0' ? strchr(digits, tolower((unsigned char)byte)) : NULL;
    return at != NULL ? (unsigned)(at - digits) : 16;
}

char *ta_git_decoded(struct ta_piece from)
{
    char *to = ta_allocate(from.length + 1, 1);
    size_t length = 0;
    for (size_t i = 0; i < from.length; i++) {
        to[length] = from.at[i];
        unsigned high = from.at[i] == '%' && i + 2 < from.length ? digit(from.at[i + 1]) : 16;
        unsigned low = high < 16 ? digit(from.at[i + 2]) : 16;
        if (low < 16) {
            to[length] = (char)(high * 16 + low);
            i += 2;
        }
        length++;
    }
    if (strcspn(to, "\r\n") < length) {
        free(to);
        return NULL;
    }
    return to;
}

void ta_git_address_open(struct ta_git_address *address, const char *url)
{
    *address = (struct ta_git_address){.url = ta_transport_shown(url)};
    size_t plain = strlen(address->url);
    size_t hidden = strlen(url) - plain; /* ":password" */
    if (hidden < 2 || strncmp(url, "http", strlen("http")) != 0) {
        return;
    }
    size_t colon = 0;
    while (url[colon] == address->url[colon]) {
        colon++;
    }
    const char *host = strchr(address->url + colon, '@') + 1;
    address->password = ta_git_decoded((struct ta_piece){url + colon + 1, hidden - 1});
    address->place =
        ta_copy_bytes(address->url, (size_t)(host - address->url) + strcspn(host, "/?#"));
    if (address->password == NULL) {
        ta_git_address_close(address);
        address->url = ta_copy(url);
    }
}

void ta_git_address_close(struct ta_git_address *address)
{
    if (address->password != NULL) {
        explicit_bzero(address->password, strlen(address->password));
    }
    free(address->url);
    free(address->place);
    free(address->password);
    *address = (struct ta_git_address){0};
}
