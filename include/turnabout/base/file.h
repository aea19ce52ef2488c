/**
 * Files and folders, written so that a reader finds the old content or the new, never half of it.
 */
#ifndef TURNABOUT_BASE_FILE_H
#define TURNABOUT_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"

/**
 * Reads a whole file in place of what `out` held; on failure `out` is empty. TA_ABSENT: no such
 * file. TA_WRONG: more than `limit` bytes. TA_SYSTEM.
 */
bool ta_file_read(struct ta_text *out, const char *path, size_t limit, struct ta_error *err);

/** The same in a folder that others may write to: what is no file, as a pipe or a device, is
 * refused (TA_WRONG) and never waited for. */
bool ta_file_read_plain(struct ta_text *out, const char *path, size_t limit, struct ta_error *err);

/** Reads a stream to its end, with the same limit and errors. `name` is for the sentence. */
bool ta_stream_read(struct ta_text *out, FILE *stream, const char *name, size_t limit,
                    struct ta_error *err);

/**
 * Replaces a file: a temporary beside it (mode 0600), fsync, rename, fsync of the folder.
 * TA_SYSTEM.
 */
bool ta_file_write(const char *path, const char *bytes, size_t length, struct ta_error *err);

/**
 * The same for a file that somebody named to have it: in a folder of theirs, "~/" is $HOME, and
 * what stands there and is no file, as a folder or a device, is left alone (TA_WRONG).
 */
bool ta_file_hand_out(const char *path, const char *bytes, size_t length, struct ta_error *err);

/** Whether handing out to this path would replace a file. */
bool ta_file_stands(const char *path);

/** A file that is handed out piece by piece, for what is too large to be held at once. */
struct ta_handing {
    FILE *stream;
    char *path, *temporary;
};

/** Begins beside the place that it takes at the end. Errors as of ta_file_hand_out(). */
bool ta_handing_open(struct ta_handing *handing, const char *path, struct ta_error *err);
bool ta_handing_add(struct ta_handing *handing, const char *bytes, size_t length,
                    struct ta_error *err);
/** With `ok` the file takes its place when all of it is on the disk, else nothing is left of it,
 * and what was there stays. */
bool ta_handing_close(struct ta_handing *handing, bool ok, struct ta_error *err);

/** Makes a folder and those above it, mode 0700; one that stands is fine. TA_SYSTEM. */
bool ta_folder_make(const char *path, struct ta_error *err);

/** Removes a folder with everything in it; links are removed, not followed. TA_SYSTEM. */
bool ta_folder_remove(const char *path, struct ta_error *err);

/** A new folder of this process alone under $TMPDIR or /tmp. Free the path with free(). */
bool ta_folder_temporary(char **path, struct ta_error *err);

/** "a/b" of a folder and a name. Free with free(). */
char *ta_path_join(const char *folder, const char *name);

#endif
