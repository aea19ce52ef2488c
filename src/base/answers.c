#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asking.h"
#include "turnabout/base/asking.h"
#include "turnabout/base/memory.h"

struct ta_kept {
    char *question;
    char *answer;
    unsigned round; /* in which it was typed, or told, last */
};

static void forget(struct ta_kept *kept)
{
    explicit_bzero(kept->answer, strlen(kept->answer));
    free(kept->answer);
    free(kept->question);
}

bool ta_answers_begin(struct ta_answers *answers)
{
    answers->round++;
    if (answers->listener.path == NULL) {
        return ta_listener_open(&answers->listener, NULL);
    }
    ta_answers_attend(answers);
    return true;
}

static struct ta_kept *find(const struct ta_answers *answers, const char *question)
{
    for (size_t i = 0; i < answers->count; i++) {
        if (strcmp(answers->items[i].question, question) == 0) {
            return &answers->items[i];
        }
    }
    return NULL;
}

static void drop(struct ta_answers *answers, struct ta_kept *kept)
{
    forget(kept);
    *kept = answers->items[--answers->count];
}

static void tell(struct ta_answers *answers, int handle, const char *question)
{
    struct ta_kept *kept = find(answers, question);
    if (kept != NULL && kept->round == answers->round) {
        drop(answers, kept); /* it was wrong */
        kept = NULL;
    }
    ta_socket_answer(handle, kept != NULL ? kept->answer : NULL);
    if (kept != NULL) {
        kept->round = answers->round;
    }
}

static void keep(struct ta_answers *answers, const char *question, const char *answer)
{
    struct ta_kept *kept = find(answers, question);
    if (kept != NULL) {
        drop(answers, kept);
    }
    kept = ta_append(&answers->items, answers->count, sizeof *kept);
    answers->count++;
    *kept = (struct ta_kept){ta_copy(question), ta_copy(answer), answers->round};
}

/* One packet: what it is, the question, and behind a NUL the answer. */
static void take(struct ta_answers *answers, int handle)
{
    char packet[TA_QUESTION_MOST + TA_ANSWER_MOST + 4];
    ssize_t length = recv(handle, packet, sizeof packet - 2, 0);
    if (length > 1) {
        packet[length] = '\0';
        packet[length + 1] = '\0';
        const char *question = packet + 1;
        if (packet[0] == '?') {
            tell(answers, handle, question);
        } else if (packet[0] == '=') {
            keep(answers, question, question + strlen(question) + 1);
        }
    }
    explicit_bzero(packet, sizeof packet);
}

void ta_answers_attend(struct ta_answers *answers)
{
    int handle = ta_listener_accept(&answers->listener);
    while (handle >= 0) {
        take(answers, handle);
        (void)close(handle);
        handle = ta_listener_accept(&answers->listener);
    }
}

void ta_answers_release(struct ta_answers *answers)
{
    for (size_t i = 0; i < answers->count; i++) {
        forget(&answers->items[i]);
    }
    free(answers->items);
    if (answers->listener.path != NULL) {
        ta_listener_close(&answers->listener);
    }
    *answers = (struct ta_answers){0};
}
