/**
 * README.md as it will stand after a commit: what the record has, with what the commit changes.
 */
#ifndef TURNABOUT_SRC_DESK_README_H
#define TURNABOUT_SRC_DESK_README_H

#include "papers.h"

/** What is new with the commit; NULL: as it was. */
struct readme_news {
    const struct ta_contract *contract; /**< in force from now on */
    const char *meetings;               /**< meetings.md; abridged is enough */
    const char *promises;               /**< promises.md; likewise */
};

/** Free `*readme` with free(). */
bool readme_make(struct papers *papers, const struct readme_news *news, char **readme,
                 struct ta_error *err);

#endif
