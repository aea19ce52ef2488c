/*
 * merge_now: merges what the remote had into the record of the pair in hand, and prints how many
 * milliseconds that took with libgit2 at hand, as it is when a sync has checked what it fetched.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "turnabout/desk/merge.h"
#include "turnabout/desk/record.h"
#include "turnabout/ledger/refs.h"

static char *lookup(const char *name)
{
    return getenv(name);
}

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static bool merge(struct ta_desk *desk, const struct ta_pair *pair, struct ta_error *err)
{
    char theirs[TA_ID_SIZE];
    char *record = ta_record_path(desk, pair);
    enum ta_merged merged = TA_MERGED_NOTHING;
    size_t conflicts = 0;
    ta_record_prepare(desk, pair);
    double start = now_ms();
    bool ok = ta_ledger_ref(record, TA_REF_REMOTE, theirs, err) &&
              ta_desk_merge(desk, pair, theirs, &merged, &conflicts, err);
    (void)printf("%.3f\n", now_ms() - start);
    free(record);
    return ok && (merged == TA_MERGED_BOTH || ta_fail(err, TA_REFUSED, "Nothing was merged."));
}

int main(void)
{
    struct ta_desk desk;
    struct ta_pair pair = {0};
    struct ta_error err;
    bool ok = ta_desk_open(&desk, lookup, &err) && ta_desk_pair(&desk, NULL, &pair, &err) &&
              merge(&desk, &pair, &err);
    if (!ok) {
        (void)fprintf(stderr, "merge_now: %s\n", err.text);
    }
    ta_pair_release(&pair);
    ta_desk_close(&desk);
    return ok ? 0 : 1;
}
