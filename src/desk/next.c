#include "next.h"

#include <stdlib.h>

#include "turnabout/desk/record.h"
#include "turnabout/document/record_paper.h"

bool next_session(struct ta_desk *desk, const struct ta_pair *pair, unsigned *session,
                  struct ta_error *err)
{
    struct ta_meetings meetings = {0};
    char *text = NULL;
    bool ok = ta_record_text(desk, pair, "meetings.md", &text, err) &&
              (!text || ta_meetings_read(&meetings, text, err));
    *session = 1;
    for (size_t i = 0; ok && i < meetings.count; i++) {
        if (meetings.items[i].session >= *session) {
            *session = meetings.items[i].session + 1;
        }
    }
    ta_meetings_release(&meetings);
    free(text);
    return ok;
}
