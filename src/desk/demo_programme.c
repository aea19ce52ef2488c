#include <stdlib.h>
#include <string.h>

#include "programme.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/demo.h"
#include "turnabout/desk/sample.h"
#include "turnabout/ledger/chain.h"
#include "turnabout/ledger/programme.h"

enum { PAIRS = 48, WEEKS = 26, ENTRIES = 4, SEED = 48 };

static const int64_t day_ms = 86400000;

struct making {
    struct ta_desk *desk;
    char *path;
    struct ta_member members[PAIRS];
    struct ta_pair_ref refs[PAIRS];
    size_t count, ref_count;
};

static bool is_taken(const char *slug, void *data)
{
    const struct making *making = data;
    for (size_t i = 0; i < making->count; i++) {
        if (strcmp(making->members[i].slug, slug) == 0) {
            return true;
        }
    }
    return false;
}

/* In the programme since the first of them began; those that signed nothing joined at times. */
static void add_member(struct making *making, const struct ta_sample *sample)
{
    struct ta_member *member = &making->members[making->count];
    struct ta_text url = {0};
    int days = sample->count > 0 ? WEEKS * 7 : 8 + 9 * (int)(making->count % 5);
    member->mentor = ta_copy(sample->mentor);
    member->mentee = ta_copy(sample->mentee);
    member->topic = ta_copy(sample->topic);
    member->added = ta_desk_now(making->desk) - days * day_ms;
    member->attendance.joined = ta_day_of(ta_moment_local(member->added));
    member->attendance.read = ta_desk_today(making->desk);
    member->slug = programme_slug(member, is_taken, making);
    ta_text_addf(&url, "https://git.example.org/mentoring/%s.git", member->slug);
    member->url = ta_text_take(&url);
    making->count++;
}

static bool commit_steps(struct making *making, const struct ta_sample *sample,
                         struct ta_error *err)
{
    struct ta_pair_ref *ref = &making->refs[making->ref_count++];
    struct ta_link *links = ta_allocate(sample->count, sizeof *links);
    struct ta_change(*changes)[TA_SAMPLE_FILES] = ta_allocate(sample->count, sizeof *changes);
    for (size_t i = 0; i < sample->count; i++) {
        const struct ta_sample_step *step = &sample->steps[i];
        links[i] = (struct ta_link){step->subject, step->when / 1000, changes[i], 0};
        for (size_t j = 0; j < TA_SAMPLE_FILES && step->files[j].path != NULL; j++) {
            changes[i][links[i].count++] =
                (struct ta_change){.path = step->files[j].path, .text = step->files[j].text};
        }
    }
    ref->slug = making->members[making->count - 1].slug;
    bool ok =
        ta_ledger_chain_apart(making->desk->git, making->path, links, sample->count, ref->tip, err);
    free(changes);
    free(links);
    return ok;
}

static bool make_pairs(struct making *making, struct ta_error *err)
{
    const struct ta_sample_plan plan = {
        .seed = SEED, .today = ta_desk_today(making->desk), .weeks = WEEKS, .entries = ENTRIES};
    bool ok = true;
    for (unsigned i = 0; ok && i < PAIRS; i++) {
        struct ta_sample sample;
        ta_sample_make(&sample, &plan, i);
        add_member(making, &sample);
        ok = sample.count == 0 || commit_steps(making, &sample, err);
        ta_sample_release(&sample);
    }
    return ok;
}

static bool add_members(struct making *making, struct ta_error *err)
{
    struct ta_desk *desk = making->desk;
    int64_t ids[PAIRS];
    if (!ta_store_members_add(desk->programme, making->members, making->count, NULL, err)) {
        return false;
    }
    for (size_t i = 0; i < making->count; i++) {
        ids[i] = making->members[i].id;
    }
    return ta_store_members_fetched(desk->programme, ids, making->count, ta_desk_now(desk), err);
}

bool ta_demo_make_programme(struct ta_desk *desk, struct ta_error *err)
{
    struct making *making = ta_allocate(1, sizeof *making);
    making->desk = desk;
    making->path = ta_programme_path(desk);
    bool ok = ta_programme_open(desk, err) && ta_programme_create(making->path, err) &&
              make_pairs(making, err) &&
              ta_programme_set(making->path, making->refs, making->ref_count, err) &&
              add_members(making, err) && ta_desk_programme_refresh(desk, NULL, err);
    for (size_t i = 0; i < making->count; i++) {
        ta_member_release(&making->members[i]);
    }
    free(making->path);
    free(making);
    return ok;
}
