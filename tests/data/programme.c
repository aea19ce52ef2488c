/*
 * A programme as a stream for git fast-import: programme NUMBER [SEED [DAY [WEEKS [ENTRIES]]]]
 *     every pair on refs/pairs/<slug>, for one repository that holds them all
 * programme --each ... : every pair on its branch main, a line "# <slug>" before each
 * programme --list URL ... : pairs.csv, the address of each URL/<slug>.git
 */
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/desk/sample.h"
#include "turnabout/domain/pair.h"

enum { SEED = 20261122, WEEKS = 100, ENTRIES = 32 };

static int compare(const void *one, const void *other)
{
    return strcmp(one, other);
}

static bool is_taken(const char *slug, void *data)
{
    return tfind(slug, data, compare) != NULL;
}

/* As a list of them is imported: by their names, in this order. */
static char *slug_of(const struct ta_sample *sample, void **taken)
{
    struct ta_pair pair = {.person = {{.name = sample->mentor}, {.name = sample->mentee}}};
    char *slug = ta_pair_slug(&pair, is_taken, taken);
    (void)tsearch(slug, taken, compare);
    return slug;
}

static void write_file(const struct ta_sample_file *file)
{
    printf("M 100644 inline %s\ndata %zu\n%s\n", file->path, strlen(file->text), file->text);
}

static void write_step(const struct ta_sample_step *step, const char *ref, bool first)
{
    long long seconds = (long long)(step->when / 1000);
    if (first) {
        printf("reset %s\n\n", ref);
    }
    printf("commit %s\nauthor Turnabout <turnabout@localhost> %lld +0000\n", ref, seconds);
    printf("committer Turnabout <turnabout@localhost> %lld +0000\n", seconds);
    printf("data %zu\n%s\n", strlen(step->subject), step->subject);
    for (size_t i = 0; i < TA_SAMPLE_FILES && step->files[i].path != NULL; i++) {
        write_file(&step->files[i]);
    }
    printf("\n");
}

static void write_pair(const struct ta_sample *sample, const char *slug, bool each)
{
    char ref[128];
    if (each) {
        printf("# %s\n", slug);
        (void)snprintf(ref, sizeof ref, "refs/heads/main");
    } else {
        (void)snprintf(ref, sizeof ref, "refs/pairs/%s", slug);
    }
    for (size_t i = 0; i < sample->count; i++) {
        write_step(&sample->steps[i], ref, i == 0);
    }
}

int main(int argc, char **argv)
{
    bool each = argc > 1 && strcmp(argv[1], "--each") == 0;
    bool list = argc > 2 && strcmp(argv[1], "--list") == 0;
    int at = list ? 3 : each ? 2 : 1;
    struct ta_sample_plan plan = {.seed = SEED, .weeks = WEEKS, .entries = ENTRIES};
    plan.today = (struct ta_day){2026, 11, 22};
    unsigned count = argc > at ? (unsigned)strtoul(argv[at], NULL, 10) : 48;
    plan.seed = argc > at + 1 ? strtoull(argv[at + 1], NULL, 10) : plan.seed;
    if (argc > at + 2 && !ta_day_read(&plan.today, ta_piece_of(argv[at + 2]))) {
        (void)fprintf(stderr, "%s is no day\n", argv[at + 2]);
        return 2;
    }
    plan.weeks = argc > at + 3 ? (unsigned)strtoul(argv[at + 3], NULL, 10) : plan.weeks;
    plan.entries = argc > at + 4 ? (unsigned)strtoul(argv[at + 4], NULL, 10) : plan.entries;
    void *taken = NULL;
    printf("%s", list ? "mentor,mentee,topic,url\n" : "");
    for (unsigned i = 0; i < count; i++) {
        struct ta_sample sample;
        ta_sample_make(&sample, &plan, i);
        char *slug = slug_of(&sample, &taken); /* the tree keeps it */
        if (list) {
            printf("%s,%s,\"%s\",%s/%s.git\n", sample.mentor, sample.mentee, sample.topic, argv[2],
                   slug);
        } else {
            write_pair(&sample, slug, each);
        }
        ta_sample_release(&sample);
    }
    tdestroy(taken, free);
    return fflush(stdout) == 0 ? 0 : 1;
}
