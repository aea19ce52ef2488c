#include <stdlib.h>
#include <string.h>

#include "demo_words.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"
#include "turnabout/desk/sample.h"
#include "turnabout/document/record_paper.h"
#include "turnabout/domain/contract.h"

/*
 * A pair is lived through from its contract on, date by date, and each thing that becomes known is
 * a step. Chance is a sequence of its own for every pair, so that one more pair changes no other.
 */
enum { WEEK = 7, HOUR = 9, MINUTES_USUAL = 45, ZONE = 60 };

static const int64_t day_ms = 86400000;

struct life {
    const struct ta_sample_plan *plan;
    const struct demo_language *language;
    struct ta_sample *sample;
    uint64_t chance;
    enum ta_shared level;
    unsigned planned, rhythm;
    int since; /* of days ago: the contract */
    int until; /* they fall silent then; 0: they do not */
    struct ta_text meetings;
    unsigned meeting, session; /* numbers given so far */
    unsigned made, done, told; /* promises */
};

/* splitmix64 */
static uint64_t next(uint64_t *state)
{
    uint64_t value = *state += 0x9E3779B97F4A7C15U;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
    return value ^ (value >> 31);
}

/* Each by itself, never two among the arguments of one call: their order is the compiler's. */
static unsigned below(struct life *life, unsigned limit)
{
    return (unsigned)(next(&life->chance) % limit);
}

static bool happens(struct life *life, unsigned percent)
{
    return below(life, 100) < percent;
}

/* Ten in the morning, so many days before today. */
static struct ta_moment morning(const struct life *life, int days_ago)
{
    static const struct ta_day epoch = {1970, 1, 1};
    int64_t day = ta_days_between(epoch, life->plan->today) - days_ago;
    return (struct ta_moment){.instant = day * day_ms + HOUR * 3600000LL, .offset = ZONE};
}

/* Texts */

static char *write_pair(const struct life *life)
{
    static const char *const levels[] = {"nothing", "attendance", "takeaways", "summary"};
    const struct ta_sample *sample = life->sample;
    struct ta_text text = {0};
    char since[TA_DATE_SIZE];
    ta_moment_write(since, morning(life, life->since));
    ta_text_addf(&text,
                 "---\nturnabout: released/1\nmentor: %s\nmentee: %s\ntopic: %s\nlevel: %s\n"
                 "contract: 1\nsince: %s\nplanned: %u\nrhythm: %u\nminutes: %d\n",
                 sample->mentor, sample->mentee, sample->topic, levels[life->level], since,
                 life->planned, life->rhythm, MINUTES_USUAL);
    if (life->level >= TA_SHARED_TAKEAWAYS) {
        ta_text_addf(&text, "promises: {open: %u, done: %u, told: %u}\n",
                     life->made - life->done - life->told, life->done, life->told);
    }
    ta_text_addf(&text, "---\n# %s and %s\n\n- Contract version 1 is in force.\n", sample->mentor,
                 sample->mentee);
    return ta_text_take(&text);
}

static char *write_meetings(const struct life *life)
{
    struct ta_text text = {0};
    ta_text_addf(&text, "---\nturnabout: meetings/1\n---\n# Meetings\n\n%s",
                 life->meetings.bytes != NULL ? life->meetings.bytes : "");
    return ta_text_take(&text);
}

static void write_takeaways(struct life *life, struct ta_text *text)
{
    const struct demo_language *language = life->language;
    unsigned least = life->plan->entries - life->plan->entries / 3;
    unsigned count = least + below(life, 2 * (life->plan->entries - least) + 1);
    for (unsigned i = 0; i < count; i++) {
        const char *finding = language->findings[below(life, FINDINGS)];
        const char *context = language->contexts[below(life, CONTEXTS)];
        ta_text_addf(text, "- %s%s%s\n", context, language->joint, finding);
    }
}

static void write_rest(struct life *life, struct ta_text *text, unsigned promises, int days_ago)
{
    if (life->level == TA_SHARED_TAKEAWAYS) {
        ta_text_addf(text, "\nPromises made: %u\n", promises);
        return;
    }
    char due[TA_DATE_SIZE];
    ta_day_write(due, ta_day_of(morning(life, days_ago - (int)life->rhythm * WEEK)));
    ta_text_add(text, promises > 0 ? "\n## Promises\n" : "");
    for (unsigned i = 0; i < promises; i++) {
        const char *deed = life->language->deeds[below(life, DEEDS)];
        const char *owner = happens(life, 70) ? life->sample->mentee : life->sample->mentor;
        ta_text_addf(text, "- %s: %s (due %s)\n", owner, deed, due);
    }
    ta_text_addf(text, "\n## Questions\n- %s\n", life->language->questions[below(life, QUESTIONS)]);
}

static char *write_session(struct life *life, int days_ago, unsigned minutes)
{
    struct ta_text text = {0};
    char day[TA_DATE_SIZE];
    unsigned promises = below(life, 3);
    ta_day_short(day, ta_day_of(morning(life, days_ago)), (struct ta_day){0});
    ta_text_addf(&text, "# Session %u, %s, %u min\n", life->session, day, minutes);
    life->told += life->done;
    life->done = 0;
    if (happens(life, 5)) {
        ta_text_add(&text, "\nWithheld.\n");
        return ta_text_take(&text);
    }
    bool last = life->session == life->planned;
    life->done = !last && happens(life, 8) && life->made > life->told ? 1 : 0;
    life->told += life->made - life->told - life->done > 2 ? 1 : 0;
    life->made += promises;
    write_takeaways(life, &text);
    write_rest(life, &text, promises, days_ago);
    return ta_text_take(&text);
}

/* Steps */

static struct ta_sample_step *add_step(struct life *life, int64_t when, const char *format,
                                       unsigned number)
{
    struct ta_sample *sample = life->sample;
    struct ta_sample_step *step = ta_append(&sample->steps, sample->count++, sizeof *sample->steps);
    struct ta_text subject = {0};
    ta_text_addf(&subject, "%s %u", format, number);
    step->subject = ta_text_take(&subject);
    step->when = when;
    step->files[0] = (struct ta_sample_file){ta_copy("meetings.md"), write_meetings(life)};
    step->files[1] = (struct ta_sample_file){ta_copy("pair.md"), NULL};
    return step;
}

static void end_step(const struct life *life, struct ta_sample_step *step)
{
    step->files[1].text = write_pair(life);
}

static void meet(struct life *life, int days_ago)
{
    struct ta_moment when = morning(life, days_ago);
    char date[TA_DATE_SIZE];
    unsigned minutes = 38 + below(life, 15);
    ta_moment_write(date, when);
    life->session++;
    ta_text_addf(&life->meetings, "- M%u %s held as session %u, %u min\n", ++life->meeting, date,
                 life->session, minutes);
    struct ta_sample_step *step = add_step(life, when.instant, "Session held:", life->session);
    if (life->level >= TA_SHARED_TAKEAWAYS) {
        step->files[2].path = ta_session_path(life->session, "released.md");
        step->files[2].text = write_session(life, days_ago, minutes);
    }
    end_step(life, step);
}

static const char *who_asks(struct life *life)
{
    unsigned chance = below(life, 100);
    return chance < 70 ? " by mentee" : chance < 92 ? " by mentor" : "";
}

static void fail_to_meet(struct life *life, int days_ago, bool moved)
{
    char date[TA_DATE_SIZE];
    ta_moment_write(date, morning(life, days_ago));
    life->meeting++;
    ta_text_addf(&life->meetings, "- M%u %s ", life->meeting, date);
    unsigned notice = moved ? 1 + below(life, 90) : below(life, 48);
    const char *asker = who_asks(life);
    if (moved) {
        ta_text_addf(&life->meetings, "moved to M%u%s, %u h notice\n", life->meeting + 1, asker,
                     notice);
    } else {
        ta_text_addf(&life->meetings, "cancelled%s, %u h notice\n", asker, notice);
    }
    end_step(life, add_step(life, morning(life, days_ago).instant,
                            moved ? "Meeting moved:" : "Meeting cancelled:", life->meeting));
}

static void plan_next(struct life *life, int days_ahead)
{
    char date[TA_DATE_SIZE];
    ta_moment_write(date, morning(life, -days_ahead));
    ta_text_addf(&life->meetings, "- M%u %s planned\n", ++life->meeting, date);
    end_step(life,
             add_step(life, morning(life, 0).instant - day_ms, "Meeting planned:", life->meeting));
}

/* One date after the other, up to today. */
static void live(struct life *life)
{
    int day = life->since - WEEK - (int)below(life, WEEK);
    unsigned troubled = happens(life, 15) ? 45 : 10; /* percent of dates that are given up */
    while (day > life->until && life->session < life->planned) {
        unsigned chance = below(life, 100);
        if (chance < troubled) {
            fail_to_meet(life, day, false);
        } else if (chance < troubled + 10) {
            fail_to_meet(life, day, true);
            day -= 2 + (int)below(life, 5);
            continue;
        } else {
            meet(life, day);
        }
        day -= (int)life->rhythm * WEEK + (int)below(life, 8) - 3;
    }
    if (life->until == 0 && life->session < life->planned && happens(life, 90)) {
        plan_next(life, 1 - day);
    }
}

/* Who they are */

static char *name_of(struct life *life, unsigned which)
{
    const struct demo_language *language = life->language;
    struct ta_text name = {0};
    bool family_first = strcmp(language->last[0], "王") == 0;
    const char *first = language->first[which % NAMES];
    const char *last = language->last[below(life, NAMES)];
    ta_text_addf(&name, "%s%s%s", family_first ? last : first, family_first ? "" : " ",
                 family_first ? first : last);
    return ta_text_take(&name);
}

static void introduce(struct life *life)
{
    struct ta_sample *sample = life->sample;
    unsigned which = below(life, NAMES);
    sample->mentor = name_of(life, which);
    sample->mentee = name_of(life, which + 1 + below(life, NAMES - 1));
    sample->topic = ta_copy(life->language->topics[below(life, TOPICS)]);
}

static void agree(struct life *life)
{
    unsigned shares = below(life, 100);
    life->level = shares < 15   ? TA_SHARED_ATTENDANCE
                  : shares < 75 ? TA_SHARED_TAKEAWAYS
                                : TA_SHARED_SUMMARY;
    life->planned = 6 + 2 * below(life, 3);
    life->rhythm = 2 + below(life, 3);
    life->since = 5 + (int)below(life, life->plan->weeks * WEEK);
    life->until = happens(life, 10) ? life->since / 2 : 0;
    end_step(life,
             add_step(life, morning(life, life->since).instant, "Contract in force: version", 1));
}

void ta_sample_make(struct ta_sample *sample, const struct ta_sample_plan *plan, unsigned number)
{
    *sample = (struct ta_sample){0};
    struct life life = {.plan = plan, .sample = sample};
    life.chance = plan->seed + number * 0x632BE59BD9B4E019U;
    unsigned language = below(&life, 10);
    life.language = &demo_languages[language < LANGUAGES ? language : 0];
    introduce(&life);
    if (happens(&life, 92)) {
        agree(&life);
        live(&life);
    }
    ta_text_release(&life.meetings);
}

void ta_sample_release(struct ta_sample *sample)
{
    for (size_t i = 0; i < sample->count; i++) {
        struct ta_sample_step *step = &sample->steps[i];
        for (size_t j = 0; j < TA_SAMPLE_FILES; j++) {
            free(step->files[j].path);
            free(step->files[j].text);
        }
        free(step->subject);
    }
    free(sample->steps);
    free(sample->mentor);
    free(sample->mentee);
    free(sample->topic);
    *sample = (struct ta_sample){0};
}
