#include <stdlib.h>

#include "repository.h"
#include "turnabout/base/file.h"

/*
 * libgit2 would refuse these too, but with words about its own insides, and 1.5 loses memory while
 * it looks for what is wrong.
 */
struct format {
    const char *key;
    const char *words;
};

static const struct format formats[] = {
    {"extensions.objectformat", "it names its commits with SHA-256"},
    {"extensions.partialclone", "it is a partial clone"},
    {"extensions.refstorage", "it keeps its branches in a reftable"},
};

static const char *words_for(const struct ta_git *git, git_config *config)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        git_config_entry *entry = NULL;
        if (git->config_get_entry(&entry, config, formats[i].key) == 0) {
            git->config_entry_free(entry);
            return formats[i].words;
        }
    }
    return "it asks for a newer git";
}

bool ta_format_check(const struct ta_git *git, const char *path, struct ta_error *err)
{
    git_config *config = NULL;
    int version = 0;
    const char *words = NULL;
    char *file = ta_path_join(path, "config");
    /* one that is not there or cannot be read is told by opening the repository */
    if (git->config_open_ondisk(&config, file) == 0 &&
        git->config_get_int32(&version, config, "core.repositoryformatversion") == 0 &&
        version > 0) {
        words = words_for(git, config);
    }
    git->config_free(config);
    free(file);
    return words == NULL || ta_fail(err, TA_DAMAGED,
                                    "The record %s has a format that Turnabout does not know (%s); "
                                    "make a plain copy of it with git.",
                                    path, words);
}
