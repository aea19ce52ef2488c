#include "drafts.h"

#include <stdio.h>

void draft_name(char name[DRAFT_NAME_SIZE], const char *what, unsigned session)
{
    (void)snprintf(name, DRAFT_NAME_SIZE, "%s/%u", what, session);
}
