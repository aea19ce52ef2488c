#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "turnabout/base/asking.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum { WORDS_MOST = 1024, ABOUT_COLUMNS = 200 };

/* How git (credential.c) and ssh (sshconnect2.c, readpass.c) begin, and what ends the part that
 * tells what it is about. A server's own words never stand at the beginning: ssh puts who and where
 * before them, in brackets. */
struct form {
    const char *begins;
    const char *ends; /* the part; NULL: there is none */
    enum ta_asked_kind kind;
};

static const struct form forms[] = {
    {"Username for '", "': ", TA_ASKED_USER},
    {"Password for '", "': ", TA_ASKED_PASSWORD},
    {"Enter passphrase for key '", "': ", TA_ASKED_PASSPHRASE},
    {"Enter passphrase for ", ": ", TA_ASKED_PASSPHRASE},
    {"Enter PIN for ", ": ", TA_ASKED_PIN},
    {"Enter PIN and confirm user presence for ", ": ", TA_ASKED_PIN},
    {"The authenticity of host '", "' can't be established", TA_ASKED_HOST},
    {"Please type 'yes', 'no'", NULL, TA_ASKED_HOST},
    {"Confirm user presence for key ", "\n", TA_ASKED_TOUCH},
};

/* What a server asks in its own words, by a word in them. */
struct word {
    const char *word;
    enum ta_asked_kind kind;
};

static const struct word words[] = {
    {"code", TA_ASKED_CODE},     {"otp", TA_ASKED_CODE},          {"token", TA_ASKED_CODE},
    {"one-time", TA_ASKED_CODE}, {"password", TA_ASKED_PASSWORD},
};

static char *cleaned(const char *bytes, size_t length, int columns)
{
    struct ta_text clean = {0};
    ta_clean(&clean, bytes, length);
    size_t fit = ta_fit(clean.bytes, clean.length, columns);
    if (fit < clean.length) {
        ta_text_remove(&clean, fit, clean.length - fit);
    }
    return ta_text_take(&clean);
}

static void set_about(struct ta_question *question, const char *bytes, size_t length)
{
    free(question->about);
    question->about = cleaned(bytes, length, ABOUT_COLUMNS);
}

static bool read_form(struct ta_question *question, const char *prompt)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const struct form *form = &forms[i];
        size_t length = strlen(form->begins);
        if (strncmp(prompt, form->begins, length) == 0) {
            const char *part = prompt + length;
            const char *end = form->ends != NULL ? strstr(part, form->ends) : part;
            set_about(question, part, end != NULL ? (size_t)(end - part) : strlen(part));
            question->kind = form->kind;
            return true;
        }
    }
    return false;
}

/* "dana@host's password: " */
static bool read_password(struct ta_question *question, const char *prompt)
{
    static const char ending[] = "'s password: ";
    size_t length = strlen(prompt);
    size_t tail = strlen(ending);
    if (length <= tail || strcmp(prompt + length - tail, ending) != 0 || prompt[0] == '(') {
        return false;
    }
    set_about(question, prompt, length - tail);
    question->kind = TA_ASKED_PASSWORD;
    return true;
}

/* "(dana@host) Verification code: " */
static bool read_server(struct ta_question *question, const char *prompt)
{
    const char *end = strstr(prompt, ") ");
    if (prompt[0] != '(' || end == NULL) {
        return false;
    }
    set_about(question, prompt + 1, (size_t)(end - prompt - 1));
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcasestr(end, words[i].word) != NULL) {
            question->kind = words[i].kind;
            break;
        }
    }
    return true;
}

/* "ED25519 key fingerprint is SHA256:abc." */
static void read_fingerprint(struct ta_question *question, const char *prompt)
{
    static const char sign[] = " key fingerprint is ";
    const char *at = strstr(prompt, sign);
    struct ta_text text = {0};
    if (question->kind == TA_ASKED_HOST && at != NULL) {
        const char *kind = at;
        while (kind > prompt && isgraph((unsigned char)kind[-1])) {
            kind--;
        }
        const char *print = at + strlen(sign);
        size_t length = strcspn(print, " .\r\n");
        ta_text_addf(&text, "%.*s %.*s", (int)(at - kind), kind, (int)length, print);
    }
    free(question->fingerprint);
    question->fingerprint = cleaned(text.bytes, text.length, ABOUT_COLUMNS);
    ta_text_release(&text);
}

/* In lines, cut at a character's edge. */
static void read_words(struct ta_question *question, const char *prompt)
{
    struct ta_text clean = {0};
    struct ta_piece rest = ta_piece_trim(ta_piece_of(prompt));
    ta_clean(&clean, rest.at, rest.length);
    if (clean.length > WORDS_MOST) {
        size_t end = WORDS_MOST;
        while (end > 0 && ((unsigned char)clean.bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        ta_text_remove(&clean, end, clean.length - end);
    }
    free(question->words);
    question->words = ta_text_take(&clean);
}

void ta_question_read(struct ta_question *question, const char *prompt, const char *hint)
{
    question->kind = TA_ASKED_OTHER;
    set_about(question, "", 0);
    bool is_known = read_form(question, prompt) || read_password(question, prompt) ||
                    read_server(question, prompt);
    if (!is_known && hint != NULL && strcmp(hint, "confirm") == 0) {
        question->kind = TA_ASKED_CONFIRM;
    }
    if (hint != NULL && strcmp(hint, "none") == 0) {
        question->kind = TA_ASKED_TOUCH;
    }
    read_fingerprint(question, prompt);
    read_words(question, prompt);
}

void ta_question_release(struct ta_question *question)
{
    free(question->about);
    free(question->fingerprint);
    free(question->words);
    *question = (struct ta_question){0};
}

/* What the answer to each kind is. */
static const struct {
    bool is_secret;
    bool is_lasting;
} answers[] = {
    [TA_ASKED_OTHER] = {true, false},   [TA_ASKED_USER] = {false, true},
    [TA_ASKED_PASSWORD] = {true, true}, [TA_ASKED_PASSPHRASE] = {true, true},
    [TA_ASKED_PIN] = {true, true},      [TA_ASKED_CODE] = {false, false},
    [TA_ASKED_HOST] = {false, false},   [TA_ASKED_CONFIRM] = {false, false},
    [TA_ASKED_TOUCH] = {false, false},
};

bool ta_question_is_secret(const struct ta_question *question)
{
    return answers[question->kind].is_secret;
}

bool ta_question_is_lasting(const struct ta_question *question)
{
    return answers[question->kind].is_lasting;
}

void ta_question_say(struct ta_text *out, const struct ta_question *question)
{
    static const char *const named[] = {
        [TA_ASKED_USER] = "User name for %s",
        [TA_ASKED_PASSWORD] = "Password for %s",
        [TA_ASKED_PASSPHRASE] = "Passphrase of the key %s",
        [TA_ASKED_PIN] = "PIN of the key %s",
        [TA_ASKED_CODE] = "One-time code for %s",
        [TA_ASKED_TOUCH] = "Touch the key %s",
    };
    const char *form =
        question->kind < sizeof named / sizeof named[0] ? named[question->kind] : NULL;
    const char *at = form != NULL ? strstr(form, "%s") : NULL;
    if (question->kind == TA_ASKED_HOST && question->about[0] != '\0') {
        ta_text_addf(out, "%s is not known here yet. Its key is %s.\n", question->about,
                     question->fingerprint[0] != '\0' ? question->fingerprint : "not told");
        ta_text_add(out, "Is that what whoever runs it says (yes or no)");
    } else if (question->kind == TA_ASKED_HOST) {
        ta_text_add(out, "Is the host's key right (yes or no)");
    } else if (at != NULL && question->about[0] != '\0') {
        ta_text_add_bytes(out, form, (size_t)(at - form));
        ta_text_add(out, question->about);
    } else {
        size_t length = strcspn(question->words, "\n");
        while (length > 0 && strchr(":? ", question->words[length - 1]) != NULL) {
            length--;
        }
        ta_text_add_bytes(out, question->words, length);
    }
}
