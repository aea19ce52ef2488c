/**
 * What the drafts in the store are called: "contract"; and those of a session with its number,
 * "agenda/3", "summary/3", "joined/3", "reply/3", "line/3", "change/3", "written/3".
 */
#ifndef TURNABOUT_SRC_DESK_DRAFTS_H
#define TURNABOUT_SRC_DESK_DRAFTS_H

#define DRAFT_CONTRACT "contract"
#define DRAFT_AGENDA "agenda"
#define DRAFT_SUMMARY "summary"
#define DRAFT_JOINED "joined" /* the summary in the record that the draft has in it already */
#define DRAFT_REPLY "reply"
#define DRAFT_LINE "line"
#define DRAFT_CHANGE "change"
#define DRAFT_WRITTEN "written"

enum { DRAFT_NAME_SIZE = 32 };

void draft_name(char name[DRAFT_NAME_SIZE], const char *what, unsigned session);

#endif
