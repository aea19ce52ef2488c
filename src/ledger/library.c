#include "library.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/memory.h"

#define LIBRARY "libgit2.so." LIBGIT2_SOVERSION

struct function {
    const char *name;
    size_t member; /* where its pointer lies in struct ta_git */
};

static const struct function functions[] = {
#define GIT_FUNCTION(name) {"git_" #name, offsetof(struct ta_git, name)},
#define ZLIB_FUNCTION(name) {#name, offsetof(struct ta_git, name)},
    TA_GIT_FUNCTIONS(GIT_FUNCTION) TA_ZLIB_FUNCTIONS(ZLIB_FUNCTION)
#undef GIT_FUNCTION
#undef ZLIB_FUNCTION
};

struct ta_git *ta_git_new(void)
{
    return ta_allocate(1, sizeof(struct ta_git));
}

/* The library stays mapped: what stands behind it (TLS, ssh) does not clean up after itself. */
void ta_git_free(struct ta_git *git)
{
    if (git != NULL && git->is_loaded) {
        ta_ledger_let_go(git);
        git->libgit2_shutdown();
    }
    free(git);
}

bool ta_git_is_loaded(const struct ta_git *git)
{
    return git->is_loaded;
}

const char *ta_git_reason(const struct ta_git *git)
{
    const git_error *last = git->error_last();
    return last != NULL && last->message != NULL ? last->message : "git gives no reason";
}

static bool find_functions(struct ta_git *git, void *library, struct ta_error *err)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        void *symbol = dlsym(library, functions[i].name);
        if (symbol == NULL) {
            return ta_fail(err, TA_SYSTEM, "%s has no %s; install the package libgit2-%s again.",
                           LIBRARY, functions[i].name, LIBGIT2_SOVERSION);
        }
        /* ISO C knows no cast from an object's pointer to a function's; POSIX has them alike. */
        memcpy((char *)git + functions[i].member, &symbol, sizeof symbol);
    }
    return true;
}

/*
 * A pair's record behaves the same for everyone: nothing outside of the repository has a say in it.
 * Flushing has to be on before a repository is opened, or its refs are not flushed.
 */
static int set_options(const struct ta_git *git)
{
    static const int levels[] = {GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM,
                                 GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL};
    int code = git->libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
    /* What a tree or commit of ours names was written or read a moment before. */
    code = code == 0 ? git->libgit2_opts(GIT_OPT_ENABLE_STRICT_OBJECT_CREATION, 0) : code;
    for (size_t i = 0; code == 0 && i < sizeof levels / sizeof levels[0]; i++) {
        code = git->libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
    }
    return code;
}

bool ta_git_load(struct ta_git *git, struct ta_error *err)
{
    if (git->is_loaded) {
        return true;
    }
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        return ta_fail(err, TA_SYSTEM,
                       "libgit2, which keeps the pair's record, cannot be opened (%s); install the "
                       "package libgit2-%s.",
                       dlerror(), LIBGIT2_SOVERSION);
    }
    if (!find_functions(git, library, err)) {
        (void)dlclose(library);
        return false;
    }
    if (git->libgit2_init() < 0) {
        return ta_fail(err, TA_SYSTEM, "libgit2 does not start: %s; start the program again.",
                       ta_git_reason(git));
    }
    git->is_loaded = true;
    return set_options(git) == 0 ||
           ta_fail(err, TA_SYSTEM, "libgit2 cannot be set up: %s; start the program again.",
                   ta_git_reason(git));
}
