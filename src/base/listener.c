#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "asking.h"
#include "turnabout/base/asking.h"
#include "turnabout/base/file.h"

enum { BACKLOG = 8, PATIENCE = 200000 /* microseconds until a question has arrived whole */ };

static const char name[] = "asking";

/* sun_path has 108 bytes; /proc/self/fd/N/asking is shorter than any folder somebody may have. */
int ta_socket_address(struct sockaddr_un *address, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = ta_piece_copy(
        (struct ta_piece){path, slash != NULL && slash > path ? (size_t)(slash - path) : 0});
    int handle = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    int length = snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/%s",
                          handle, slash != NULL ? slash + 1 : "");
    if (handle >= 0 && (length < 0 || (size_t)length >= sizeof address->sun_path)) {
        (void)close(handle);
        handle = -1;
    }
    return handle;
}

bool ta_socket_is_ours(int handle)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    return getsockopt(handle, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
}

static bool bind_and_listen(const struct ta_listener *listener)
{
    struct sockaddr_un address;
    int folder = ta_socket_address(&address, listener->path);
    bool ok = listener->handle >= 0 && folder >= 0 &&
              bind(listener->handle, (const struct sockaddr *)&address, sizeof address) == 0 &&
              listen(listener->handle, BACKLOG) == 0;
    int problem = errno;
    if (folder >= 0) {
        (void)close(folder);
    }
    errno = problem;
    return ok;
}

bool ta_listener_open(struct ta_listener *listener, struct ta_error *err)
{
    char *folder;
    *listener = (struct ta_listener){.handle = -1};
    if (!ta_folder_temporary(&folder, err)) { /* mode 0700 */
        return false;
    }
    listener->path = ta_path_join(folder, name);
    listener->handle = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool ok = bind_and_listen(listener);
    if (!ok) {
        (void)ta_fail(
            err, TA_SYSTEM,
            "No place for questions of git and ssh can be made in %s: %s; see to the room "
            "and the permissions there.",
            folder, strerror(errno));
        ta_listener_close(listener);
    }
    free(folder);
    return ok;
}

void ta_listener_close(struct ta_listener *listener)
{
    if (listener->handle >= 0) {
        (void)close(listener->handle);
    }
    if (listener->path != NULL) {
        (void)unlink(listener->path);
        *strrchr(listener->path, '/') = '\0';
        (void)rmdir(listener->path);
    }
    free(listener->path);
    *listener = (struct ta_listener){.handle = -1};
}

/* Who comes next; -1: nobody, or nobody who may. */
int ta_listener_accept(const struct ta_listener *listener)
{
    struct timeval patience = {.tv_usec = PATIENCE};
    int handle = accept4(listener->handle, NULL, NULL, SOCK_CLOEXEC);
    if (handle >= 0 &&
        !(ta_socket_is_ours(handle) &&
          setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0)) {
        (void)close(handle);
        return -1;
    }
    return handle;
}

/* One packet: the hint, a line feed, the question. */
static bool receive(int handle, struct ta_question *question)
{
    char packet[TA_QUESTION_MOST + 1];
    ssize_t length = recv(handle, packet, TA_QUESTION_MOST, 0);
    if (length <= 0) {
        return false;
    }
    packet[length] = '\0';
    char *end = strchr(packet, '\n');
    if (end == NULL) {
        return false;
    }
    *end = '\0';
    ta_question_read(question, end + 1, packet);
    return true;
}

bool ta_listener_take(const struct ta_listener *listener, struct ta_asked *asked)
{
    *asked = (struct ta_asked){.handle = ta_listener_accept(listener)};
    if (asked->handle >= 0 && !receive(asked->handle, &asked->question)) {
        (void)close(asked->handle);
        asked->handle = -1;
    }
    return asked->handle >= 0;
}

void ta_socket_answer(int handle, const char *answer)
{
    char packet[1 + TA_ANSWER_MOST] = {answer != NULL ? '+' : '-'};
    size_t length = answer != NULL ? strnlen(answer, TA_ANSWER_MOST) : 0;
    memcpy(packet + 1, answer != NULL ? answer : "", length);
    (void)send(handle, packet, 1 + length, MSG_NOSIGNAL);
    explicit_bzero(packet, sizeof packet);
}

void ta_asked_answer(struct ta_asked *asked, const char *answer)
{
    ta_socket_answer(asked->handle, answer);
    (void)close(asked->handle);
    asked->handle = -1;
    ta_question_release(&asked->question);
}
