#include "pretence.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/ledger/refs.h"

void fetch_fails(struct world *world, const struct ta_transport *transport, const char *url,
                 enum ta_code code, const char *words)
{
    char tip[TA_ID_SIZE];
    assert_false(ta_transport_fetch(transport, world->record, url, "main", TA_REF_INCOMING, tip,
                                    &world->err));
    if (strstr(world->err.text, words) == NULL) {
        fail_msg("\"%s\" is not in: %s", words, world->err.text);
    }
    assert_int_equal(world->err.code, code);
}

void pretend(struct world *world, const char *script)
{
    static char *path;
    free(path);
    path = strdup(getenv("PATH"));
    assert_true(world_runs(world,
                           "mkdir -p bin && printf '%%s\n' '#!/bin/sh' '%s' > bin/git && "
                           "chmod +x bin/git",
                           script));
    char all[8192];
    (void)snprintf(all, sizeof all, "%s/bin:%s", world->folder, path);
    assert_int_equal(setenv("PATH", all, 1), 0);
}

void stop_pretending(struct world *world)
{
    const char *path = getenv("PATH");
    assert_int_equal(setenv("PATH", path + strlen(world->folder) + strlen("/bin:"), 1), 0);
}
