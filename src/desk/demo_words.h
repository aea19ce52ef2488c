/**
 * What made-up pairs are called and talk about. Private to the samples.
 */
#ifndef TURNABOUT_DESK_DEMO_WORDS_H
#define TURNABOUT_DESK_DEMO_WORDS_H

enum {
    LANGUAGES = 6,
    NAMES = 12,
    TOPICS = 4,
    CONTEXTS = 8,
    FINDINGS = 8,
    DEEDS = 4,
    QUESTIONS = 3
};

struct demo_language {
    const char *first[NAMES], *last[NAMES]; /* names */
    const char *topics[TOPICS];
    const char *contexts[CONTEXTS]; /* "In the review": when it is so */
    const char *joint;              /* between the two */
    const char *findings[FINDINGS]; /* "silence is taken for agreement": what is so */
    const char *deeds[DEEDS];       /* what one promises */
    const char *questions[QUESTIONS];
};

extern const struct demo_language demo_languages[LANGUAGES];

#endif
