#include "person.h"

#include <stdlib.h>

void ta_persons_set(struct ta_paper *paper, const struct ta_person person[TA_ROLES])
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        struct ta_text out = {0};
        char *written;

        if (person[role].name != NULL) {
            ta_person_write(&out, &person[role]);
        }
        written = ta_text_take(&out);
        ta_paper_set_value(paper, ta_role_name(role), written);
        free(written);
    }
}

void ta_persons_read(struct ta_person person[TA_ROLES], const struct ta_paper *paper)
{
    for (enum ta_role role = TA_MENTOR; role < TA_ROLES; role++) {
        struct ta_piece value = ta_paper_value(paper, ta_role_name(role));

        if (ta_person_read(&person[role], value) != TA_PERSON_FINE) {
            person[role] = (struct ta_person){.name = ta_piece_copy(value)};
        }
    }
}
