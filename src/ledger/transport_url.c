#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "transport.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum { LONGEST = 2048 };

static const char *const schemes[] = {"file://", "http://", "https://", "ssh://", "git://"};

/* The length of "https://" and its like; 0: it begins with none that may be used. */
static size_t scheme_length(const char *url)
{
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        if (strncmp(url, schemes[i], strlen(schemes[i])) == 0) {
            return strlen(schemes[i]);
        }
    }
    return 0;
}

/* "host:path", as scp has it: a colon before any slash. */
static bool is_host_and_path(const char *url)
{
    size_t host = strcspn(url, ":/");
    return host > 0 && url[host] == ':' && url[host + 1] != '\0';
}

/* Behind "user:password@", where the host begins. */
static const char *find_host(const char *url, size_t scheme)
{
    const char *authority = url + scheme;
    size_t length = strcspn(authority, "/?#");
    const char *at = memrchr(authority, '@', length);
    return at != NULL ? at + 1 : authority;
}

static bool has_usable_host(const char *url)
{
    size_t scheme = scheme_length(url);
    const char *host = find_host(url, scheme);
    if (scheme == strlen("file://") && strncmp(url, "file:", strlen("file:")) == 0) {
        return host[0] == '/';
    }
    return host[0] != '-' && host[0] != '/' && host[0] != ':' && host[0] != '\0';
}

bool ta_transport_url(const char *url, struct ta_error *err)
{
    const char *what = NULL;
    if (url[0] == '\0') {
        what = "is empty";
    } else if (strlen(url) > LONGEST) {
        what = "is too long";
    } else if (!ta_is_line(ta_piece_of(url))) {
        what = "has characters that cannot be shown";
    } else if (url[0] == '-') {
        what = "begins with a dash";
    } else if (url[0] == '/') {
        return true;
    } else if (scheme_length(url) > 0) {
        what = has_usable_host(url) ? NULL : "names no host";
    } else if (strstr(url, "://") != NULL || strstr(url, "::") != NULL) {
        what = "is of a kind that is not used here";
    } else if (!is_host_and_path(url)) {
        what = "is no whole path";
    }
    char *shown = ta_transport_shown(url);
    bool ok = what == NULL ||
              ta_fail(err, TA_WRONG,
                      "The address \"%.200s\" %s: give a path that begins with /, an address with "
                      "https://, http://, ssh:// or git://, or host:path.",
                      shown, what);
    free(shown);
    return ok;
}

char *ta_transport_absolute(const char *url)
{
    const char *home = getenv("HOME");
    if (url[0] == '~' && url[1] == '/' && home != NULL) {
        return ta_path_join(home, url + 2);
    }
    bool is_relative = url[0] != '\0' && url[0] != '-' && url[0] != '/' &&
                       strstr(url, "://") == NULL && url[strcspn(url, ":/")] != ':';
    char *folder = is_relative ? getcwd(NULL, 0) : NULL;
    char *absolute = folder != NULL ? ta_path_join(folder, url) : ta_copy(url);
    free(folder);
    return absolute;
}

char *ta_transport_shown(const char *url)
{
    const char *scheme = strstr(url, "://");
    const char *authority = scheme != NULL ? scheme + strlen("://") : url;
    const char *at = scheme != NULL ? memrchr(authority, '@', strcspn(authority, "/?#")) : NULL;
    const char *colon = at != NULL ? memchr(authority, ':', (size_t)(at - authority)) : NULL;
    struct ta_text shown = {0};
    ta_text_add_bytes(&shown, url, colon != NULL ? (size_t)(colon - url) : strlen(url));
    ta_text_add(&shown, colon != NULL ? at : "");
    return ta_text_take(&shown);
}
