/**
 * The two persons in the front matter of a paper: `mentor: Priya Raman <priya@example.org>`.
 */
#ifndef TURNABOUT_SRC_DOCUMENT_PERSON_H
#define TURNABOUT_SRC_DOCUMENT_PERSON_H

#include "turnabout/document/paper.h"
#include "turnabout/domain/pair.h"

/** Sets `mentor` and `mentee`. */
void ta_persons_set(struct ta_paper *paper, const struct ta_person person[TA_ROLES]);

/** Reads them; one that is not written as a person is the whole value as name. */
void ta_persons_read(struct ta_person person[TA_ROLES], const struct ta_paper *paper);

#endif
