#include "script.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

enum { SCRIPT_LIMIT = 1 << 20 };

static void add_step(struct script *script, int number, struct ta_piece line)
{
    size_t verb = 0;
    while (verb < line.length && line.at[verb] != ' ') {
        verb++;
    }
    struct ta_piece about = {line.at + verb, line.length - verb};
    struct step *step = ta_append(&script->steps, script->count, sizeof *step);
    script->count++;
    step->line = number;
    step->verb = ta_copy_bytes(line.at, verb);
    step->about = ta_piece_copy(ta_piece_trim(about));
}

bool script_read(struct script *script, const char *folder, struct ta_error *err)
{
    *script = (struct script){.folder = ta_copy(folder)};
    char *path = ta_path_join(folder, "script");
    struct ta_text text = {0};
    bool ok = ta_file_read(&text, path, SCRIPT_LIMIT, err);
    struct ta_piece rest = {text.bytes, text.length};
    struct ta_piece line;
    for (int number = 1; ok && ta_next_line(&rest, &line); number++) {
        line = ta_piece_trim(line);
        if (line.length > 0 && line.at[0] != '#') {
            add_step(script, number, line);
        }
    }
    ta_text_release(&text);
    free(path);
    return ok;
}

void script_release(struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        free(script->steps[i].verb);
        free(script->steps[i].about);
    }
    free(script->steps);
    free(script->folder);
    *script = (struct script){0};
}

const struct step *script_look(const struct script *script)
{
    return script->at < script->count ? &script->steps[script->at] : NULL;
}

void script_fail(struct script *script, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int line = script->at == 0 ? 0 : script->steps[script->at - 1].line;
    (void)printf("# %s/script:%d: ", script->folder, line);
    (void)vprintf(format, arguments);
    (void)printf("\n");
    va_end(arguments);
    script->failures++;
}
