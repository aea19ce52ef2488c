#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "internal.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

/* Through the folder's descriptor an address is short, however long the folder's path is. */
static bool address_of(struct sockaddr_un *address, int folder, const char *name)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    int length = snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/%s",
                          folder, name);
    return length > 0 && (size_t)length < sizeof address->sun_path;
}

static int open_folder(const struct ta_store *store, bool make)
{
    struct ta_text path = {0};
    ta_text_addf(&path, "%s-bells", store->path);
    if (make) {
        (void)mkdir(path.bytes, S_IRWXU);
    }
    int folder = open(path.bytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ta_text_release(&path);
    return folder;
}

static int open_socket(void)
{
    return socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

/* A name that nobody else takes, whichever process or container they run in. */
static bool name_bell(struct ta_bell *bell)
{
    uint64_t number = 0;
    bool ok = getrandom(&number, sizeof number, GRND_NONBLOCK) == (ssize_t)sizeof number;
    (void)snprintf(bell->name, sizeof bell->name, "%016llx", (unsigned long long)number);
    return ok;
}

static bool hang(struct ta_bell *bell, int folder)
{
    struct sockaddr_un address;
    return bell->socket >= 0 && name_bell(bell) && address_of(&address, folder, bell->name) &&
           bind(bell->socket, (const struct sockaddr *)&address, sizeof address) == 0;
}

int ta_store_listen(struct ta_store *store)
{
    if (store->bell != NULL) {
        return store->bell->socket;
    }
    int folder = open_folder(store, true);
    struct ta_bell bell = {.socket = open_socket()};
    if (folder < 0 || !hang(&bell, folder)) {
        (void)close(bell.socket);
        (void)close(folder);
        return -1;
    }
    (void)close(folder);
    store->bell = ta_allocate(1, sizeof bell);
    *store->bell = bell;
    return bell.socket;
}

bool ta_store_heard(struct ta_store *store)
{
    char rings[64];
    bool heard = false;
    while (store->bell != NULL && recv(store->bell->socket, rings, sizeof rings, 0) >= 0) {
        heard = true;
    }
    return heard;
}

/* A bell that a killed program left behind is taken down by whoever rings it first. A full one has
   been rung enough. */
static void ring_one(int socket, int folder, const char *name)
{
    struct sockaddr_un address;
    if (address_of(&address, folder, name) &&
        sendto(socket, "!", 1, 0, (const struct sockaddr *)&address, sizeof address) < 0 &&
        errno == ECONNREFUSED) {
        (void)unlinkat(folder, name, 0);
    }
}

static bool is_another(const struct ta_store *store, const char *name)
{
    return name[0] != '.' && (store->bell == NULL || strcmp(name, store->bell->name) != 0);
}

static void ring_all(const struct ta_store *store, DIR *folder)
{
    int socket = -1;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (is_another(store, entry->d_name)) {
            socket = socket < 0 ? open_socket() : socket;
            ring_one(socket, dirfd(folder), entry->d_name);
        }
    }
    if (socket >= 0) {
        (void)close(socket);
    }
}

void ta_store_ring_with(struct ta_store *store, const struct ta_store *other)
{
    store->rung = other;
}

void ta_bell_ring(const struct ta_store *changed)
{
    const struct ta_store *store = changed->rung != NULL ? changed->rung : changed;
    int folder = open_folder(store, false);
    DIR *bells = folder < 0 ? NULL : fdopendir(folder);
    if (bells != NULL) {
        ring_all(store, bells);
        (void)closedir(bells);
    } else if (folder >= 0) {
        (void)close(folder);
    }
}

void ta_bell_take_down(struct ta_store *store)
{
    if (store->bell == NULL) {
        return;
    }
    int folder = open_folder(store, false);
    if (folder >= 0) {
        (void)unlinkat(folder, store->bell->name, 0);
        (void)close(folder);
    }
    (void)close(store->bell->socket);
    free(store->bell);
    store->bell = NULL;
}
