/**
 * What bringing up the search index and showing what was found share.
 */
#ifndef TURNABOUT_SRC_DESK_SOURCES_H
#define TURNABOUT_SRC_DESK_SOURCES_H

#include "turnabout/desk/programme.h"
#include "turnabout/desk/search.h"

/** How keys of sources begin. */
#define SEARCH_RECORD "record/"
#define SEARCH_RELEASED "released/"

/** Who they are, as pair.md begins. Free with free(). */
char *search_pair_paper(const struct ta_member *member);

#endif
