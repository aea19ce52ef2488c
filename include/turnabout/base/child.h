/**
 * A program run as a child, without a shell, in a session and process group of its own and so
 * without a terminal, watched until it ends.
 *
 * While it runs, signals that would end this process (SIGINT, SIGTERM, SIGHUP, SIGQUIT) end the
 * child and all that it started first, and come to their effect when that is done; where they are
 * blocked already (the app) they stay with whoever blocked them. SIGTSTP waits, too. The child has
 * every signal as a program expects it, but SIGXFSZ, which it does not see: what would grow too
 * large fails with EFBIG. It goes with this process, should that be killed.
 */
#ifndef TURNABOUT_BASE_CHILD_H
#define TURNABOUT_BASE_CHILD_H

#include <stdbool.h>
#include <stddef.h>

/** What to run, and how long. What is not set has no say. */
struct ta_child {
    char *const *words;       /**< the program and its arguments, ended by NULL */
    char *const *environment; /**< all of it, ended by NULL; the program is sought in its PATH.
                               *   NULL: that of this process */
    const char *input;        /**< its standard input; NULL: nothing */
    size_t length;            /**< of the input */
    size_t largest;           /**< bytes; no file that it writes may grow beyond. 0: any */
    size_t memory;            /**< bytes; more memory it does not get. 0: any */
    bool on_terminal;         /**< it stays in this session and group, and can ask there */
    size_t loudest;           /**< bytes; more it may not write to us altogether. 0: any */
    int seconds;              /**< altogether. 0: as long as it takes */
    int silence;              /**< seconds; longer it may not say nothing. 0: as long as it likes */
    int stop;                 /**< a descriptor; readable: the child is to be ended. 0: none */
    int also;                 /**< a descriptor; readable: `attend` is called. 0: none */
    void (*attend)(void *data);
    /** Takes what it wrote to standard output, or, `is_error`, to standard error, as it comes.
     *  False: `silence` does not count until something is heard again. */
    bool (*hear)(bool is_error, const char *bytes, size_t length, void *data);
    void *data;
};

enum ta_child_end {
    TA_CHILD_ENDED,   /**< by itself: `status` is of waitpid(); TA_CHILD_NOT_FOUND: as its status */
    TA_CHILD_FAILED,  /**< it could not be started: errno says why */
    TA_CHILD_SLOW,    /**< ended, because `seconds` were over */
    TA_CHILD_SILENT,  /**< ended, because it said nothing for too long */
    TA_CHILD_LOUD,    /**< ended, because it wrote more than `loudest` */
    TA_CHILD_STOPPED, /**< ended, because of `stop`, or of a signal, which follows */
};

enum { TA_CHILD_NOT_FOUND = 127 }; /**< the exit status when there is no such program */

/**
 * Runs it until it ends. Children of its own that go on behind it hold nobody up. One that has to
 * be ended is asked to by SIGTERM, with its group, and a second later made to.
 */
enum ta_child_end ta_child_run(const struct ta_child *child, int *status);

/** Between fork() and exec: gives this process every signal as a program expects it, none blocked.
 */
void ta_child_signals(void);

#endif
