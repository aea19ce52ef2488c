/**
 * Questions that git and ssh have while nobody sits in front of them: passwords, passphrases, keys
 * of hosts. They run what GIT_ASKPASS and SSH_ASKPASS name, with the question as its argument, and
 * read the answer from its standard output. That program is this one, called with two variables
 * set:
 *
 * - TURNABOUT_ASKER, not empty: this process is to ask, and nothing else. A word that only whoever
 *   runs git knows, and the asker.
 * - TURNABOUT_ASKING: where. The path of a socket (struct ta_listener), or "terminal": /dev/tty, or
 *   "terminal:/dev/pts/3", the terminal by its name, which can be reached from another session.
 *
 * - TURNABOUT_ANSWERS, which may be missing: the socket of struct ta_answers, where answers are
 * kept.
 *
 * While it waits for the answer it says so on standard error (TA_ASKING_BEGINS, TA_ASKING_ENDS,
 * each a line with that word behind it), for whoever runs git and counts how long git has been
 * silent: a host that says the same does not know the word.
 *
 * Over the socket (a local one of packets, SOCK_SEQPACKET) goes one packet each way: the hint that
 * ssh gave in SSH_ASKPASS_PROMPT, a line feed, and the question as it was put; back "+" and the
 * answer, or "-": it is declined. A socket that closes is an answer that is declined, and, the
 * other way round, a question that nobody waits for any more. Both sides look that the other is the
 * same user.
 */
#ifndef TURNABOUT_BASE_ASKING_H
#define TURNABOUT_BASE_ASKING_H

#include <stdbool.h>
#include <stddef.h>

#include "turnabout/base/error.h"
#include "turnabout/base/text.h"

#define TA_ASKING "TURNABOUT_ASKING"
#define TA_ASKER "TURNABOUT_ASKER"
#define TA_ANSWERS "TURNABOUT_ANSWERS"
#define TA_ASKING_BEGINS "turnabout: a question is asked"
#define TA_ASKING_ENDS "turnabout: the question was answered"

enum { TA_ANSWER_MOST = 1024 }; /**< bytes of an answer */

/* What is asked */

enum ta_asked_kind {
    TA_ASKED_OTHER,      /**< in the other side's own words */
    TA_ASKED_USER,       /**< a user name */
    TA_ASKED_PASSWORD,   /**< of a user there */
    TA_ASKED_PASSPHRASE, /**< of a key here */
    TA_ASKED_PIN,        /**< of a key that is a thing */
    TA_ASKED_CODE,       /**< that works once */
    TA_ASKED_HOST,       /**< whether its key is to be trusted: yes, no, or the fingerprint */
    TA_ASKED_CONFIRM,    /**< yes or no */
    TA_ASKED_TOUCH,      /**< nothing is to be typed: a key waits to be touched */
};

/** A question taken apart. Its texts are cleaned. Zero it, end it with ta_question_release(). */
struct ta_question {
    enum ta_asked_kind kind;
    char *about;       /**< "dana@host", "https://host", a key's path; "" when it is not said */
    char *fingerprint; /**< of a host's key: "ED25519 SHA256:..."; else "" */
    char *words;       /**< the question as it was put, at most 1 KB, in lines */
};

/** `hint` is what SSH_ASKPASS_PROMPT holds, or NULL. */
void ta_question_read(struct ta_question *question, const char *prompt, const char *hint);
void ta_question_release(struct ta_question *question);

/** Whether the answer can be given again to the same question. */
bool ta_question_is_lasting(const struct ta_question *question);

/** Whether the answer must not be seen while it is typed. */
bool ta_question_is_secret(const struct ta_question *question);

/** Appends what a person is asked, as one or two lines without a colon or line end. */
void ta_question_say(struct ta_text *out, const struct ta_question *question);

/* Asking */

/** Whether this process was called to ask (TURNABOUT_ASKER). */
bool ta_asker_is_called(void);

/** Asks what argv[1] says and prints the answer; the exit status of the process, not 0: there is no
 *  answer. After five minutes there is none. */
int ta_asker_main(int argc, char **argv);

/** The program that runs, for GIT_ASKPASS. Free with free(). NULL: it is not known. */
char *ta_asker_path(void);

/* Answering */

/** Where questions arrive: a socket in a folder that only this user can enter. */
struct ta_listener {
    int handle; /**< readable: there is a question */
    char *path; /**< for TURNABOUT_ASKING */
};

/** TA_SYSTEM: there is no place for it. */
bool ta_listener_open(struct ta_listener *listener, struct ta_error *err);
/** What was not answered is declined. */
void ta_listener_close(struct ta_listener *listener);

/** A question that somebody waits with. */
struct ta_asked {
    struct ta_question question;
    int handle; /**< readable: nobody waits for the answer any more */
};

/** Takes a question. False: there was none, or it was put by nobody who may. */
bool ta_listener_take(const struct ta_listener *listener, struct ta_asked *asked);

/** Answers it, NULL: declines, and ends it. What held the answer is the caller's to clear. */
void ta_asked_answer(struct ta_asked *asked, const char *answer);

/* Keeping */

/**
 * Answers kept in the memory of whoever runs several gits in a row, as a sync fetches and pushes: a
 * person types a passphrase once. User names, passwords, passphrases and PINs are kept, nothing
 * else. One that was told to a git and is asked for again by the same one was wrong, and is
 * dropped.
 *
 * The asker sends "?" and the question in a packet, and gets back "+" and the answer, or "-"; when
 * the person had to be asked, "=", the question, a NUL and the answer. Zero it, end it with
 * ta_answers_release(), which clears what was kept.
 */
struct ta_kept;
struct ta_answers {
    struct ta_listener listener; /**< path NULL: not open */
    struct ta_kept *items;
    size_t count;
    unsigned round; /**< which git it is */
};

/** Another git begins; opens it before the first. False: it cannot be, and nothing is kept. */
bool ta_answers_begin(struct ta_answers *answers);
/** Takes what has arrived at the listener's handle. */
void ta_answers_attend(struct ta_answers *answers);
void ta_answers_release(struct ta_answers *answers);

#endif
