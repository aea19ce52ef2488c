/**
 * What both ends of the socket for questions share. Private to base.
 */
#ifndef TURNABOUT_BASE_ASKING_PRIVATE_H
#define TURNABOUT_BASE_ASKING_PRIVATE_H

#include <stdbool.h>
#include <sys/socket.h>
#include <sys/un.h>

enum { TA_QUESTION_MOST = 4096 }; /**< bytes of a packet with a question */

/** The address of a socket whatever the length of its path: by its opened folder, which is to be
 *  closed when it was used. -1: there is no such folder. */
int ta_socket_address(struct sockaddr_un *address, const char *path);

struct ta_listener;
/** Who comes next, and has 200 ms to say what for; -1: nobody, or nobody who may. */
int ta_listener_accept(const struct ta_listener *listener);

/** Sends "+" and the answer, or "-" for NULL. */
void ta_socket_answer(int handle, const char *answer);

/** Whether the other end belongs to the same user. */
bool ta_socket_is_ours(int handle);

#endif
