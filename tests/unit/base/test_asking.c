#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "turnabout/base/asking.h"
#include "turnabout/base/file.h"
#include "turnabout/base/memory.h"

enum { PATIENCE = 20000 /* milliseconds: as long as it takes to be wrong */ };

/* As OpenSSH 9.2 puts it. */
#define HOST_QUESTION                                                                              \
    "The authenticity of host '[127.0.0.1]:2222 ([127.0.0.1]:2222)' can't be established.\n"       \
    "ED25519 key fingerprint is SHA256:eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8.\n"             \
    "This key is not known by any other names.\n"                                                  \
    "Are you sure you want to continue connecting (yes/no/[fingerprint])? "

struct row {
    const char *prompt;
    const char *hint;
    enum ta_asked_kind kind;
    bool is_secret;
    const char *about;
    const char *said;
};

static const struct row rows[] = {
    {"Username for 'https://git.example.org': ", NULL, TA_ASKED_USER, false,
     "https://git.example.org", "User name for https://git.example.org"},
    {"Password for 'https://dana@git.example.org': ", NULL, TA_ASKED_PASSWORD, true,
     "https://dana@git.example.org", "Password for https://dana@git.example.org"},
    {"dana@host's password: ", "", TA_ASKED_PASSWORD, true, "dana@host", "Password for dana@host"},
    {"Enter passphrase for key '/home/dana/.ssh/id_ed25519': ", "", TA_ASKED_PASSPHRASE, true,
     "/home/dana/.ssh/id_ed25519", "Passphrase of the key /home/dana/.ssh/id_ed25519"},
    {"Enter passphrase for /home/dana/.ssh/id_rsa: ", "", TA_ASKED_PASSPHRASE, true,
     "/home/dana/.ssh/id_rsa", "Passphrase of the key /home/dana/.ssh/id_rsa"},
    {"Enter PIN for ED25519-SK key /k: ", "", TA_ASKED_PIN, true, "ED25519-SK key /k",
     "PIN of the key ED25519-SK key /k"},
    {"(dana@host) Verification code: ", "", TA_ASKED_CODE, false, "dana@host",
     "One-time code for dana@host"},
    {"(dana@host) Password: ", "", TA_ASKED_PASSWORD, true, "dana@host", "Password for dana@host"},
    {"(dana@host) Enter passphrase for key '/home/dana/.ssh/id_rsa': ", "", TA_ASKED_OTHER, true,
     "dana@host", "(dana@host) Enter passphrase for key '/home/dana/.ssh/id_rsa'"},
    {HOST_QUESTION, "", TA_ASKED_HOST, false, "[127.0.0.1]:2222 ([127.0.0.1]:2222)",
     "[127.0.0.1]:2222 ([127.0.0.1]:2222) is not known here yet. Its key is ED25519 "
     "SHA256:eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8.\nIs that what whoever runs it says (yes "
     "or no)"},
    {"Please type 'yes', 'no' or the fingerprint: ", "", TA_ASKED_HOST, false, "",
     "Is the host's key right (yes or no)"},
    {"Confirm user presence for key ED25519-SK SHA256:abc", "none", TA_ASKED_TOUCH, false,
     "ED25519-SK SHA256:abc", "Touch the key ED25519-SK SHA256:abc"},
    {"Allow shared connection to host? ", "confirm", TA_ASKED_CONFIRM, false, "",
     "Allow shared connection to host"},
    {"Your mother's maiden name? ", NULL, TA_ASKED_OTHER, true, "", "Your mother's maiden name"},
    {"Username for '", NULL, TA_ASKED_USER, false, "", "Username for '"},
    {"", NULL, TA_ASKED_OTHER, true, "", ""},
    {"Password for 'https://h\033[2J\342\200\256x': ", NULL, TA_ASKED_PASSWORD, true,
     "https://h\357\277\275[2J\357\277\275x", "Password for https://h\357\277\275[2J\357\277\275x"},
};

static void each_question_is_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ta_question question = {0};
        struct ta_text said = {0};
        ta_question_read(&question, rows[i].prompt, rows[i].hint);
        ta_question_say(&said, &question);
        assert_string_equal(question.about, rows[i].about);
        assert_int_equal(question.kind, rows[i].kind);
        assert_int_equal(ta_question_is_secret(&question), rows[i].is_secret);
        assert_string_equal(said.length > 0 ? said.bytes : "", rows[i].said);
        ta_text_release(&said);
        ta_question_release(&question);
    }
}

static void a_long_question_is_cut_at_a_character(void **state)
{
    (void)state;
    struct ta_text prompt = {0};
    ta_text_add(&prompt, "?");
    while (prompt.length < 5000) {
        ta_text_add(&prompt, "\303\251");
    }
    struct ta_question question = {0};
    ta_question_read(&question, prompt.bytes, NULL);
    assert_int_equal(strlen(question.words), 1023);
    ta_question_release(&question);
    ta_text_release(&prompt);
}

/* Asking, in a process of its own */

struct asker {
    pid_t id;
    int out;
};

static struct asker start(const char *where, const char *prompt)
{
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t id = fork();
    if (id == 0) {
        char *words[] = {"turnabout", (char *)prompt, NULL};
        (void)setenv(TA_ASKING, where, 1);
        (void)dup2(pipes[1], STDOUT_FILENO);
        (void)dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        (void)close_range(STDERR_FILENO + 1, ~0U, 0); /* a program of its own has none of it */
        _exit(ta_asker_main(2, words));
    }
    (void)close(pipes[1]);
    return (struct asker){id, pipes[0]};
}

/* What it printed, in `said`; its exit status. */
static int finish(struct asker asker, char said[TA_ANSWER_MOST + 2])
{
    int status;
    size_t length = 0;
    ssize_t more;
    while ((more = read(asker.out, said + length, TA_ANSWER_MOST + 1 - length)) > 0) {
        length += (size_t)more;
    }
    said[length] = '\0';
    (void)close(asker.out);
    assert_int_equal(waitpid(asker.id, &status, 0), asker.id);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void wait_for(int file)
{
    struct pollfd ready = {file, POLLIN, 0};
    assert_int_equal(poll(&ready, 1, PATIENCE), 1);
}

static struct ta_listener listen_here(void)
{
    struct ta_listener listener;
    struct ta_error err;
    if (!ta_listener_open(&listener, &err)) {
        fail_msg("%s", err.text);
    }
    return listener;
}

static struct ta_asked take(const struct ta_listener *listener)
{
    struct ta_asked asked;
    wait_for(listener->handle);
    assert_true(ta_listener_take(listener, &asked));
    return asked;
}

static void a_question_goes_through_the_socket(void **state)
{
    (void)state;
    struct ta_listener listener = listen_here();
    char said[TA_ANSWER_MOST + 2];
    struct asker asker = start(listener.path, "dana@host's password: ");
    struct ta_asked asked = take(&listener);
    assert_int_equal(asked.question.kind, TA_ASKED_PASSWORD);
    assert_string_equal(asked.question.about, "dana@host");
    ta_asked_answer(&asked, "s\303\251cret \"$HOME\"");
    assert_int_equal(finish(asker, said), 0);
    assert_string_equal(said, "s\303\251cret \"$HOME\"\n");
    asker = start(listener.path, HOST_QUESTION);
    asked = take(&listener);
    assert_string_equal(asked.question.fingerprint,
                        "ED25519 SHA256:eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8");
    ta_asked_answer(&asked, "Y");
    assert_int_equal(finish(asker, said), 0);
    assert_string_equal(said, "yes\n");
    asker = start(listener.path, "Username for 'https://h': ");
    asked = take(&listener);
    ta_asked_answer(&asked, NULL);
    assert_int_equal(finish(asker, said), 1);
    assert_string_equal(said, "");
    ta_listener_close(&listener);
}

static void who_gives_up_is_noticed_on_both_sides(void **state)
{
    (void)state;
    struct ta_listener listener = listen_here();
    char said[TA_ANSWER_MOST + 2];
    struct asker asker = start(listener.path, "Username for 'https://h': ");
    struct ta_asked asked = take(&listener);
    (void)kill(asker.id, SIGKILL);
    wait_for(asked.handle);
    ta_asked_answer(&asked, "nobody hears this");
    (void)finish(asker, said);
    asker = start(listener.path, "Username for 'https://h': ");
    wait_for(listener.handle);
    ta_listener_close(&listener);
    assert_int_equal(finish(asker, said), 1);
    assert_int_equal(finish(start("/nowhere/asking", "x"), said), 1);
}

static void the_socket_is_for_one_user_only(void **state)
{
    (void)state;
    struct ta_listener listener = listen_here();
    char *path = ta_copy(listener.path);
    struct stat status;
    *strrchr(path, '/') = '\0';
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    ta_listener_close(&listener);
    assert_int_not_equal(stat(path, &status), 0);
    free(path);
}

static void a_folder_may_be_as_deep_as_it_likes(void **state)
{
    (void)state;
    struct ta_error err;
    char *folder;
    const char *before = getenv("TMPDIR");
    assert_true(ta_folder_temporary(&folder, &err));
    struct ta_text deep = {0};
    ta_text_addf(&deep, "%s/%0200d", folder, 0);
    assert_true(ta_folder_make(deep.bytes, &err));
    char *saved = ta_copy(before);
    assert_int_equal(setenv("TMPDIR", deep.bytes, 1), 0);
    a_question_goes_through_the_socket(NULL);
    saved != NULL ? setenv("TMPDIR", saved, 1) : unsetenv("TMPDIR");
    free(saved);
    ta_text_release(&deep);
    assert_true(ta_folder_remove(folder, &err));
    free(folder);
}

/* What is no question is passed over, and holds nobody up for long. */
static void what_is_no_question_is_left(void **state)
{
    (void)state;
    struct ta_listener listener = listen_here();
    struct ta_asked asked;
    assert_false(ta_listener_take(&listener, &asked));
    static const char *const packets[] = {"", "no line end"};
    for (size_t i = 0; i < sizeof packets / sizeof packets[0]; i++) {
        struct asker asker = {fork(), -1};
        if (asker.id == 0) {
            int handle = socket(AF_UNIX, SOCK_SEQPACKET, 0);
            struct sockaddr_un address = {.sun_family = AF_UNIX};
            (void)snprintf(address.sun_path, sizeof address.sun_path, "%s", listener.path);
            bool ok = connect(handle, (struct sockaddr *)&address, sizeof address) == 0;
            if (packets[i][0] != '\0') {
                (void)send(handle, packets[i], strlen(packets[i]), MSG_NOSIGNAL);
            }
            char end;
            (void)recv(handle, &end, 1, 0);
            _exit(ok ? 0 : 2);
        }
        wait_for(listener.handle);
        assert_false(ta_listener_take(&listener, &asked));
        int status;
        assert_int_equal(waitpid(asker.id, &status, 0), asker.id);
        assert_int_equal(status, 0);
    }
    ta_listener_close(&listener);
}

/* On a terminal */

struct terminal {
    int handle; /* the person's end */
    char where[128];
    int slave;
};

static struct terminal open_terminal(void)
{
    struct terminal terminal = {.handle = posix_openpt(O_RDWR | O_NOCTTY)};
    char name[64];
    assert_int_equal(grantpt(terminal.handle), 0);
    assert_int_equal(unlockpt(terminal.handle), 0);
    assert_int_equal(ptsname_r(terminal.handle, name, sizeof name), 0);
    (void)snprintf(terminal.where, sizeof terminal.where, "terminal:%s", name);
    terminal.slave = open(name, O_RDWR | O_NOCTTY);
    assert_true(terminal.slave >= 0);
    return terminal;
}

static void close_terminal(const struct terminal *terminal)
{
    (void)close(terminal->slave);
    (void)close(terminal->handle);
}

static bool echoes(const struct terminal *terminal)
{
    struct termios now;
    assert_int_equal(tcgetattr(terminal->slave, &now), 0);
    return (now.c_lflag & ECHO) != 0;
}

/* Reads what it shows until that has these words. */
static void sees(const struct terminal *terminal, const char *words, struct ta_text *seen)
{
    while (seen->length == 0 || strstr(seen->bytes, words) == NULL) {
        char bytes[512];
        wait_for(terminal->handle);
        ssize_t length = read(terminal->handle, bytes, sizeof bytes);
        assert_true(length > 0);
        ta_text_add_bytes(seen, bytes, (size_t)length);
    }
}

static void types(const struct terminal *terminal, const char *keys)
{
    assert_int_equal(write(terminal->handle, keys, strlen(keys)), strlen(keys));
}

static void a_secret_is_not_shown_on_the_terminal(void **state)
{
    (void)state;
    struct terminal terminal = open_terminal();
    struct ta_text seen = {0};
    char said[TA_ANSWER_MOST + 2];
    struct asker asker = start(terminal.where, "dana@host's \033]0;x\007password: ");
    sees(&terminal, "password", &seen);
    types(&terminal, "opn\177en sesame\n");
    assert_int_equal(finish(asker, said), 0);
    assert_string_equal(said, "open sesame\n");
    sees(&terminal, "\n", &seen);
    assert_null(strstr(seen.bytes, "sesame"));
    assert_null(strchr(seen.bytes, '\033'));
    assert_true(echoes(&terminal));
    ta_text_clear(&seen);
    asker = start(terminal.where, "Username for 'https://h': ");
    sees(&terminal, "User name for https://h: ", &seen);
    types(&terminal, "dana\n");
    assert_int_equal(finish(asker, said), 0);
    assert_string_equal(said, "dana\n");
    sees(&terminal, "dana", &seen);
    ta_text_release(&seen);
    close_terminal(&terminal);
}

static void the_terminal_has_its_echo_back(void **state)
{
    (void)state;
    struct terminal terminal = open_terminal();
    struct ta_text seen = {0};
    char said[TA_ANSWER_MOST + 2];
    struct asker asker = start(terminal.where, "dana@host's password: ");
    sees(&terminal, "dana@host: ", &seen);
    assert_false(echoes(&terminal));
    (void)kill(asker.id, SIGTERM);
    assert_int_equal(finish(asker, said), 1);
    assert_string_equal(said, "");
    assert_true(echoes(&terminal));
    asker = start(terminal.where, "dana@host's password: ");
    ta_text_clear(&seen);
    sees(&terminal, "dana@host: ", &seen);
    types(&terminal, "half\004\004");
    assert_int_equal(finish(asker, said), 1);
    assert_true(echoes(&terminal));
    ta_text_release(&seen);
    close_terminal(&terminal);
}

/* Keeping */

/* Asks, and has whoever is asked answer with `typed`; NULL: nobody may be asked. */
static void is_told(struct ta_answers *answers, const char *prompt, const char *typed,
                    const char *expected)
{
    struct ta_listener person = listen_here();
    char said[TA_ANSWER_MOST + 2];
    struct asker asker = start(person.path, prompt);
    struct pollfd files[] = {
        {answers->listener.handle, POLLIN, 0}, {person.handle, POLLIN, 0}, {asker.out, POLLIN, 0}};
    bool was_asked = false;
    while (files[2].revents == 0) {
        assert_true(poll(files, 3, PATIENCE) > 0);
        if (files[0].revents != 0) {
            ta_answers_attend(answers);
        }
        if (files[1].revents != 0) {
            struct ta_asked asked;
            assert_true(ta_listener_take(&person, &asked));
            ta_asked_answer(&asked, typed);
            was_asked = true;
        }
    }
    assert_int_equal(finish(asker, said), 0);
    assert_string_equal(said, expected);
    assert_int_equal(was_asked, typed != NULL);
    ta_listener_close(&person);
}

static void what_was_typed_is_told_to_the_next_git(void **state)
{
    (void)state;
    static const char passphrase[] = "Enter passphrase for key '/k': ";
    static const char host[] = "Please type 'yes', 'no' or the fingerprint: ";
    static const char code[] = "(dana@host) Verification code: ";
    struct ta_answers answers = {0};
    assert_true(ta_answers_begin(&answers));
    assert_int_equal(setenv(TA_ANSWERS, answers.listener.path, 1), 0);
    is_told(&answers, passphrase, "wrong", "wrong\n");
    is_told(&answers, passphrase, "open sesame", "open sesame\n");
    is_told(&answers, host, "yes", "yes\n");
    is_told(&answers, code, "123456", "123456\n");
    assert_true(ta_answers_begin(&answers));
    is_told(&answers, passphrase, NULL, "open sesame\n");
    is_told(&answers, host, "no", "no\n");
    is_told(&answers, code, "654321", "654321\n");
    is_told(&answers, "Enter passphrase for key '/other': ", "x", "x\n");
    is_told(&answers, passphrase, "changed meanwhile", "changed meanwhile\n");
    assert_true(ta_answers_begin(&answers));
    is_told(&answers, passphrase, NULL, "changed meanwhile\n");
    assert_int_equal(unsetenv(TA_ANSWERS), 0);
    ta_answers_release(&answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_question_is_known),
        cmocka_unit_test(a_long_question_is_cut_at_a_character),
        cmocka_unit_test(a_question_goes_through_the_socket),
        cmocka_unit_test(who_gives_up_is_noticed_on_both_sides),
        cmocka_unit_test(the_socket_is_for_one_user_only),
        cmocka_unit_test(a_folder_may_be_as_deep_as_it_likes),
        cmocka_unit_test(what_is_no_question_is_left),
        cmocka_unit_test(a_secret_is_not_shown_on_the_terminal),
        cmocka_unit_test(the_terminal_has_its_echo_back),
        cmocka_unit_test(what_was_typed_is_told_to_the_next_git),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
