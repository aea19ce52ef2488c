#include "kept.h"

#include <stdlib.h>
#include <unistd.h>

#include "screens.h"
#include "turnabout/base/file.h"
#include "turnabout/desk/desk.h"

void keep_text(struct ta_face *face, struct ta_text *kept, struct ta_text *text, const char *name,
               const struct ta_error *why)
{
    char *path = ta_path_join(ta_face_desk(face)->places.data, name);
    ta_text_release(kept);
    *kept = *text;
    *text = (struct ta_text){0};
    bool written = ta_file_write(path, kept->bytes ? kept->bytes : "", kept->length, NULL);
    struct reader_text reader = {.title = "Your text, which is not taken yet",
                                 .text = kept->bytes ? kept->bytes : ""};
    ta_face_push(face, &reader_screen, &reader);
    ta_face_say(face, TA_CAUTION,
                "%s Yours stands here%s%s; on the screen before, e goes on with it.",
                why->code == TA_BUSY ? "It was changed elsewhere meanwhile." : why->text,
                written ? " and in " : "", written ? path : "");
    free(path);
}

void drop_kept(struct ta_face *face, const char *name)
{
    char *path = ta_path_join(ta_face_desk(face)->places.data, name);
    (void)unlink(path);
    free(path);
}
