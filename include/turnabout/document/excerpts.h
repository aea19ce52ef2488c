/**
 * What of a document is found by a search: its list entries and sections, each with its place.
 *
 * A contract is found by its clauses, a summary by its lines, an agenda by its items (those that
 * every agenda has only where something was noted under them), promises by those of promises.md,
 * meetings by the reason why one was moved or cancelled, README.md and the released pair.md by who
 * and what about. Signatures and whatever else lies in a repository are not searched.
 */
#ifndef TURNABOUT_DOCUMENT_EXCERPTS_H
#define TURNABOUT_DOCUMENT_EXCERPTS_H

#include "turnabout/domain/excerpt.h"

/** Whether a document with this path is searched at all. */
bool ta_is_searched(const char *path);

/** Adds those of a document, in their order. One that is not what its name says, or is no text, has
 *  none. */
void ta_excerpts_read(struct ta_excerpts *excerpts, const char *path, const char *text);

/** The number in "sessions/03/summary.md"; 0: the document is not of a session. */
unsigned ta_path_session(const char *path);

#endif
