#include "servers.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum { TRIES = 2000, PAUSE = 10 /* milliseconds */, QUESTIONS = 16 };

const char *asker;

static char said[65536];

__attribute__((format(printf, 2, 0))) static bool run_shell(const struct world *world,
                                                            const char *format, va_list list)
{
    struct ta_text command = {0};
    char line[8192];
    (void)vsnprintf(line, sizeof line, format, list);
    ta_text_addf(&command, "cd '%s' && { %s ; } 2>&1", world->folder, line);
    FILE *stream = popen(command.bytes, "re");
    assert_non_null(stream);
    size_t length = fread(said, 1, sizeof said - 1, stream);
    said[length] = '\0';
    while (length > 0 && said[length - 1] == '\n') {
        said[--length] = '\0';
    }
    ta_text_release(&command);
    return pclose(stream) == 0;
}

const char *says(const struct world *world, const char *command, ...)
{
    va_list list;
    va_start(list, command);
    bool ok = run_shell(world, command, list);
    va_end(list);
    if (!ok) {
        fail_msg("%s: %s", command, said);
    }
    return said;
}

bool runs(const struct world *world, const char *command, ...)
{
    va_list list;
    va_start(list, command);
    bool ok = run_shell(world, command, list);
    va_end(list);
    return ok;
}

int world_open(void **state)
{
    struct world *world = ta_allocate(1, sizeof *world);
    world->silent = -1;
    assert_true(ta_folder_temporary(&world->folder, &world->err));
    world->record = ta_path_join(world->folder, "record.git");
    world->pair = ta_path_join(world->folder, "pair.git");
    const char *const gone[] = {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_DIR",
                                "SSH_AUTH_SOCK",     "http_proxy",        "https_proxy",
                                "all_proxy"};
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++) {
        assert_int_equal(unsetenv(gone[i]), 0);
    }
    assert_int_equal(setenv("HOME", world->folder, 1), 0);
    assert_int_equal(setenv("GIT_CONFIG_NOSYSTEM", "1", 1), 0);
    (void)says(
        world,
        "git config --global user.name 'Dana Holt' && git config --global user.email d@x.org "
        "&& git config --global core.sshCommand \"ssh -F '$PWD/ssh_config'\" && "
        "git init -q --bare -b main record.git && git init -q --bare -b main pair.git");
    (void)says(world, "cd record.git && git update-ref refs/heads/main $(git commit-tree -m first "
                      "$(printf '100644 blob %%s\\tREADME.md\\n' $(echo hello | git hash-object -w "
                      "--stdin) | git mktree)) && git rev-parse main");
    (void)snprintf(world->tip, sizeof world->tip, "%.40s", said);
    *state = world;
    return 0;
}

/* lighttpd, when asked to, looks up from its work only once a second. */
static void end(pid_t *id, int number)
{
    if (*id > 0) {
        (void)kill(*id, number);
        (void)waitpid(*id, NULL, 0);
    }
    *id = 0;
}

int world_close(void **state)
{
    struct world *world = *state;
    end(&world->sshd, SIGTERM);
    end(&world->lighttpd, SIGKILL);
    if (world->silent >= 0) {
        (void)close(world->silent);
    }
    assert_true(ta_folder_remove(world->folder, &world->err));
    free(world->folder);
    free(world->record);
    free(world->pair);
    free(world);
    return 0;
}

/* Ports */

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int bound_socket(int *port)
{
    struct sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(handle >= 0);
    assert_int_equal(bind(handle, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(handle, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return handle;
}

static int free_port(void)
{
    int port;
    (void)close(bound_socket(&port));
    return port;
}

static bool answers(int port)
{
    struct sockaddr_in address = loopback(port);
    int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = connect(handle, (struct sockaddr *)&address, sizeof address) == 0;
    (void)close(handle);
    return ok;
}

void start_silence(struct world *world)
{
    world->silent = bound_socket(&world->silent_port);
    assert_int_equal(listen(world->silent, 8), 0);
}

/* Starts a server and waits until it takes connections. */
static pid_t start(const struct world *world, char *const *words, int port)
{
    char *log = ta_path_join(world->folder, "server.log");
    pid_t id = fork();
    if (id == 0) {
        int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
        (void)dup2(out, STDOUT_FILENO);
        (void)dup2(out, STDERR_FILENO);
        (void)execv(words[0], words);
        _exit(127);
    }
    struct timespec pause = {.tv_nsec = PAUSE * 1000000L};
    bool ok = false;
    for (int i = 0; i < TRIES && !ok && waitpid(id, NULL, WNOHANG) == 0; i++) {
        ok = answers(port);
        (void)nanosleep(&pause, NULL);
    }
    if (!ok) {
        fail_msg("%s does not start: %s", words[0], says(world, "tail -5 server.log"));
    }
    free(log);
    return id;
}

/* sshd */

static const char sshd_config[] = "Port %d\nListenAddress 127.0.0.1\nHostKey %s/host_key\n"
                                  "AuthorizedKeysFile %s/authorized_keys\nStrictModes no\n"
                                  "UsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\n"
                                  "KbdInteractiveAuthentication no\nPidFile none\nBanner "
                                  "%s/banner\n";

static const char client_config[] =
    "Host *\n User %s\n HostName 127.0.0.1\n Port %d\n UserKnownHostsFile %s/known_hosts\n"
    " GlobalKnownHostsFile /dev/null\n IdentitiesOnly yes\n IdentityAgent none\n ControlPath "
    "none\n";

struct key {
    const char *name;
    const char *type;
    const char *passphrase;
    const char *command; /* the shell's lines that are all it does; NULL: anything */
};

static const struct key keys[] = {
    {"ed25519", "ed25519", "", NULL},
    {"rsa", "rsa -b 2048", "", NULL},
    {"locked", "ed25519", "open sesame", NULL},
    {"cut", "ed25519", "", "sh -c \"$SSH_ORIGINAL_COMMAND\" | dd bs=1 count=3000 2>/dev/null\n"},
    {"endless", "ed25519", "",
     "while printf 'remote: \\033[2JReceiving objects: 1%%\\r\\n' >&2; do :; done\n"},
    {"drip", "ed25519", "", "while printf 'remote: still at it\\n' >&2; do sleep 0.2; done\n"},
    {"mute", "ed25519", "", "cat > /dev/null\n"},
};

static void make_key(const struct world *world, const struct key *key)
{
    struct ta_error err;
    struct ta_text script = {0};
    ta_text_addf(&script, "%s/only_%s", world->folder, key->name);
    if (key->command != NULL) {
        assert_true(ta_file_write(script.bytes, key->command, strlen(key->command), &err));
        (void)says(world, "printf 'command=\"sh %s\" ' >> authorized_keys", script.bytes);
    }
    (void)says(world,
               "ssh-keygen -q -t %s -N '%s' -f key_%s && cat key_%s.pub >> authorized_keys && "
               "printf 'Host %s-there\\n IdentityFile %s/key_%s\\n' >> ssh_config",
               key->type, key->passphrase, key->name, key->name, key->name, world->folder,
               key->name);
    ta_text_release(&script);
}

static void make_keys(const struct world *world)
{
    (void)says(world, "printf 'Welcome\\033[2J\\033]0;owned\\007\\n' > banner && : > "
                      "authorized_keys");
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        make_key(world, &keys[i]);
    }
    (void)says(world,
               "ssh-keygen -q -t ed25519 -N '' -f key_stranger && printf 'Host "
               "stranger-there\\n IdentityFile %s/key_stranger\\n' >> ssh_config",
               world->folder);
}

static void write_configuration(const struct world *world)
{
    const char *folder = world->folder;
    const struct passwd *user = getpwuid(geteuid());
    assert_non_null(user);
    struct ta_text text = {0};
    struct ta_error err;
    char *path = ta_path_join(folder, "sshd_config");
    ta_text_addf(&text, sshd_config, world->ssh_port, folder, folder, folder);
    assert_true(ta_file_write(path, text.bytes, text.length, &err));
    free(path);
    ta_text_clear(&text);
    path = ta_path_join(folder, "ssh_config");
    ta_text_addf(&text, client_config, user->pw_name, world->ssh_port, folder);
    assert_true(ta_file_write(path, text.bytes, text.length, &err));
    free(path);
    ta_text_release(&text);
}

void start_sshd(struct world *world)
{
    if (world->ssh_port == 0) {
        world->ssh_port = free_port();
        write_configuration(world);
        make_keys(world);
    }
    if (geteuid() == 0) {
        (void)mkdir("/run/sshd", 0755); /* where it goes to before it knows who comes */
    }
    if (!runs(world, "test -e host_key")) {
        (void)says(world, "ssh-keygen -q -t ed25519 -N '' -f host_key");
    }
    char *config = ta_path_join(world->folder, "sshd_config");
    char *words[] = {"/usr/sbin/sshd", "-D", "-e", "-f", config, NULL};
    world->sshd = start(world, words, world->ssh_port);
    free(config);
}

void stop_sshd(struct world *world)
{
    end(&world->sshd, SIGTERM);
}

/* lighttpd */

static const char lighttpd_config[] =
    "server.modules = (\"mod_alias\", \"mod_auth\", \"mod_authn_file\", \"mod_setenv\", "
    "\"mod_cgi\", \"mod_redirect\")\nserver.bind = \"127.0.0.1\"\nserver.port = "
    "%d\nserver.document-root = \"%s\"\n"
    "alias.url = (\"/git\" => \"%s/git-http-backend\")\n"
    "url.redirect = (\"^/to-a-file/(.*)\" => \"file://%s/$1\", \"^/to-another/(.*)\" => "
    "\"http://localhost:%d/git/$1\")\nurl.redirect-code = 302\n"
    "auth.backend = \"plain\"\nauth.backend.plain.userfile = \"%s/users\"\n"
    "auth.require = (\"/git\" => (\"method\" => \"basic\", \"realm\" => \"pairs\", \"require\" => "
    "\"valid-user\"))\n"
    "$HTTP[\"url\"] =~ \"^/git\" {\n cgi.assign = (\"\" => \"\")\n setenv.set-environment = "
    "(\"GIT_PROJECT_ROOT\" => \"%s\", \"GIT_HTTP_EXPORT_ALL\" => \"1\", \"HOME\" => \"%s\")\n}\n";

void start_lighttpd(struct world *world)
{
    struct ta_text text = {0};
    char git[1024];
    (void)snprintf(git, sizeof git, "%s", says(world, "git --exec-path"));
    (void)says(world, "mkdir www && printf 'dana:t0p/secret\\n' > users");
    char *root = ta_path_join(world->folder, "www");
    char *config = ta_path_join(world->folder, "lighttpd.conf");
    world->http_port = free_port();
    ta_text_addf(&text, lighttpd_config, world->http_port, root, git, world->folder,
                 world->http_port, world->folder, world->folder, world->folder);
    assert_true(ta_file_write(config, text.bytes, text.length, &world->err));
    char *words[] = {"/usr/sbin/lighttpd", "-D", "-f", config, NULL};
    world->lighttpd = start(world, words, world->http_port);
    ta_text_release(&text);
    free(root);
    free(config);
}

/* The person */

static const struct reply *find_reply(const struct reply *replies, size_t count, bool *used,
                                      enum ta_asked_kind kind)
{
    for (size_t i = 0; i < count; i++) {
        if (!used[i] && replies[i].kind == kind) {
            used[i] = true;
            return &replies[i];
        }
    }
    return NULL;
}

static _Noreturn void answer_questions(const struct ta_listener *listener, int log,
                                       const struct reply *replies, size_t count)
{
    bool used[QUESTIONS] = {false};
    struct pollfd file = {listener->handle, POLLIN, 0};
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (poll(&file, 1, -1) > 0) {
        struct ta_asked asked;
        if (!ta_listener_take(listener, &asked)) {
            continue;
        }
        (void)dprintf(log, "%d %s\n", (int)asked.question.kind, asked.question.about);
        const struct reply *reply = find_reply(replies, count, used, asked.question.kind);
        struct timespec pause = {.tv_sec = 0};
        pause.tv_sec = reply != NULL ? reply->delay / 1000 : 0;
        pause.tv_nsec = reply != NULL ? reply->delay % 1000 * 1000000L : 0;
        (void)nanosleep(&pause, NULL);
        ta_asked_answer(&asked, reply != NULL ? reply->answer : NULL);
    }
    _exit(0);
}

struct person person_sits_down(const struct reply *replies, size_t count)
{
    struct person person;
    struct ta_error err;
    int pipes[2];
    assert_true(count <= QUESTIONS);
    assert_true(ta_listener_open(&person.listener, &err));
    assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
    person.id = fork();
    if (person.id == 0) {
        answer_questions(&person.listener, pipes[1], replies, count);
    }
    (void)close(pipes[1]);
    person.log = pipes[0];
    return person;
}

char *person_leaves(struct person *person)
{
    char bytes[4096];
    struct ta_text log = {0};
    ssize_t length;
    (void)kill(person->id, SIGKILL);
    (void)waitpid(person->id, NULL, 0);
    while ((length = read(person->log, bytes, sizeof bytes)) > 0) {
        ta_text_add_bytes(&log, bytes, (size_t)length);
    }
    (void)close(person->log);
    ta_listener_close(&person->listener);
    return ta_text_take(&log);
}

/* Fetching */

void fetches(struct world *world, const struct ta_transport *transport, const char *url)
{
    char tip[TA_ID_SIZE];
    if (!ta_transport_fetch(transport, world->record, url, "main", TA_REF_INCOMING, tip,
                            &world->err)) {
        fail_msg("%s", world->err.text);
    }
    assert_string_equal(tip, says(world, "git --git-dir=pair.git rev-parse -q --verify main || :"));
}

void fails(struct world *world, const struct ta_transport *transport, const char *url,
           enum ta_code code, const char *words)
{
    char tip[TA_ID_SIZE];
    assert_false(ta_transport_fetch(transport, world->record, url, "main", TA_REF_INCOMING, tip,
                                    &world->err));
    const char *text = world->err.text;
    if (strstr(text, words) == NULL || world->err.code != code) {
        fail_msg("\"%s\" (%d) is not in: %s (%d)", words, (int)code, text, (int)world->err.code);
    }
    assert_true(ta_is_line(ta_piece_of(text)));
    assert_null(strstr(text, "secret"));
    assert_null(strstr(text, "sesame"));
    assert_int_equal(text[strlen(text) - 1], '.');
}
