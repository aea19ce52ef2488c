#include "input.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum { ESCAPE = 0x1B, ESCAPE_PATIENCE = 25, PATIENCE = 500, PASTE_PATIENCE = 2000 };

/* What reading a piece came to. */
enum reading {
    WHOLE,   /* a key */
    NOTHING, /* bytes that mean no key to us */
    PARTIAL, /* the rest is still to come */
};

struct sequence {
    char final;
    int numbers[3];
    size_t count;
    bool private; /* "<": a mouse report */
};

static const char paste_begin[] = "\033[200~";
static const char paste_end[] = "\033[201~";

static struct ta_piece waiting(const struct ta_input *input)
{
    size_t length = input->bytes.length - input->at;
    return (struct ta_piece){length == 0 ? "" : input->bytes.bytes + input->at, length};
}

/* What was read may have been a password: it does not stay here. */
static void wipe(struct ta_text *text, size_t length)
{
    if (length > 0) {
        explicit_bzero(text->bytes, length);
    }
}

void ta_input_take(struct ta_input *input, const char *bytes, size_t length)
{
    wipe(&input->bytes, input->at);
    ta_text_remove(&input->bytes, 0, input->at);
    input->at = 0;
    ta_text_add_bytes(&input->bytes, bytes, length);
}

void ta_input_release(struct ta_input *input)
{
    wipe(&input->bytes, input->bytes.length);
    wipe(&input->paste, input->paste.length);
    ta_text_release(&input->bytes);
    ta_text_release(&input->paste);
    *input = (struct ta_input){0};
}

/* Characters */

struct control {
    unsigned char byte;
    enum ta_key_code code;
};

static const struct control controls[] = {
    {'\t', TA_KEY_TAB},       {'\r', TA_KEY_ENTER},     {'\n', TA_KEY_ENTER},
    {'\b', TA_KEY_BACKSPACE}, {0x7F, TA_KEY_BACKSPACE},
};

static enum reading read_control(struct ta_key *key, unsigned char byte)
{
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        if (controls[i].byte == byte) {
            key->code = controls[i].code;
            return WHOLE;
        }
    }
    bool letter = byte >= 1 && byte <= 26;
    key->code = TA_KEY_TEXT;
    key->control = true;
    key->text[0] = (char)(byte == 0 ? ' ' : byte | (letter ? 0x60 : 0x40));
    return WHOLE;
}

static enum reading read_character(struct ta_piece piece, size_t *taken, struct ta_key *key)
{
    unsigned char first = (unsigned char)piece.at[0];
    *taken = 1;
    if (first < ' ' || first == 0x7F) {
        return read_control(key, first);
    }
    ucs4_t point;
    int length = u8_mbtoucr(&point, (const uint8_t *)piece.at, piece.length);
    if (length == -2) {
        return PARTIAL;
    }
    if (length < 0 || (point >= 0x80 && point < 0xA0)) {
        *taken = length < 0 ? 1 : (size_t)length;
        return NOTHING;
    }
    *taken = (size_t)length;
    key->code = TA_KEY_TEXT;
    memcpy(key->text, piece.at, *taken);
    return WHOLE;
}

/* Sequences */

struct lettered {
    char final;
    enum ta_key_code code;
};

static const struct lettered lettered[] = {
    {'A', TA_KEY_UP},     {'B', TA_KEY_DOWN},   {'C', TA_KEY_RIGHT},    {'D', TA_KEY_LEFT},
    {'H', TA_KEY_HOME},   {'F', TA_KEY_END},    {'P', TA_KEY_F1},       {'Q', TA_KEY_F1 + 1},
    {'R', TA_KEY_F1 + 2}, {'S', TA_KEY_F1 + 3}, {'Z', TA_KEY_BACK_TAB}, {'M', TA_KEY_ENTER},
};

struct numbered {
    int number;
    enum ta_key_code code;
};

static const struct numbered numbered[] = {
    {1, TA_KEY_HOME},      {3, TA_KEY_DELETE},   {4, TA_KEY_END},      {5, TA_KEY_PAGE_UP},
    {6, TA_KEY_PAGE_DOWN}, {7, TA_KEY_HOME},     {8, TA_KEY_END},      {11, TA_KEY_F1},
    {12, TA_KEY_F1 + 1},   {13, TA_KEY_F1 + 2},  {14, TA_KEY_F1 + 3},  {15, TA_KEY_F1 + 4},
    {17, TA_KEY_F1 + 5},   {18, TA_KEY_F1 + 6},  {19, TA_KEY_F1 + 7},  {20, TA_KEY_F1 + 8},
    {21, TA_KEY_F1 + 9},   {23, TA_KEY_F1 + 10}, {24, TA_KEY_F1 + 11},
};

static enum ta_key_code code_of_letter(char final)
{
    for (size_t i = 0; i < sizeof lettered / sizeof lettered[0]; i++) {
        if (lettered[i].final == final) {
            return lettered[i].code;
        }
    }
    return TA_KEY_NONE;
}

static enum ta_key_code code_of_number(int number)
{
    for (size_t i = 0; i < sizeof numbered / sizeof numbered[0]; i++) {
        if (numbered[i].number == number) {
            return numbered[i].code;
        }
    }
    return TA_KEY_NONE;
}

/* xterm's modifiers: one more than the sum of shift 1, alt 2, control 4. */
static void set_modifiers(struct ta_key *key, int parameter)
{
    int bits = parameter > 1 ? parameter - 1 : 0;
    key->shift = (bits & 1) != 0;
    key->alt = (bits & 2) != 0;
    key->control = (bits & 4) != 0;
}

/* A mouse report: button 0 pressed, or the wheel; the rest is not asked for. */
static enum reading read_mouse(struct ta_key *key, int button, int column, int row, bool released)
{
    enum { SHIFT = 4, ALT = 8, CONTROL = 16, WHEEL = 64 };
    switch (button & ~(SHIFT | ALT | CONTROL)) {
    case 0:
        key->code = TA_KEY_CLICK;
        break;
    case WHEEL:
        key->code = TA_KEY_WHEEL_UP;
        break;
    case WHEEL + 1:
        key->code = TA_KEY_WHEEL_DOWN;
        break;
    default:
        return NOTHING;
    }
    key->shift = (button & SHIFT) != 0;
    key->alt = (button & ALT) != 0;
    key->control = (button & CONTROL) != 0;
    key->row = row;
    key->column = column;
    return released || row < 0 || column < 0 ? NOTHING : WHOLE;
}

static enum reading read_sequence(struct ta_key *key, const struct sequence *sequence)
{
    if (sequence->private) {
        return sequence->count == 3 && (sequence->final == 'M' || sequence->final == 'm')
                   ? read_mouse(key, sequence->numbers[0], sequence->numbers[1] - 1,
                                sequence->numbers[2] - 1, sequence->final == 'm')
                   : NOTHING;
    }
    if (sequence->final == '~') {
        key->code = code_of_number(sequence->numbers[0]);
    } else if (sequence->numbers[0] <= 1) { /* more is a report, such as the cursor's place */
        key->code = code_of_letter(sequence->final);
    }
    set_modifiers(key, sequence->count > 1 ? sequence->numbers[1] : 0);
    return key->code == TA_KEY_NONE ? NOTHING : WHOLE;
}

/* "ESC [ M" and three bytes, from terminals that do not know the SGR reports. */
static enum reading read_old_mouse(struct ta_piece piece, size_t *taken, struct ta_key *key)
{
    if (piece.length < 6) {
        return PARTIAL;
    }
    *taken = 6;
    const unsigned char *bytes = (const unsigned char *)piece.at + 3;
    return read_mouse(key, bytes[0] - ' ', bytes[1] - '!', bytes[2] - '!', false);
}

static void add_digit(struct sequence *sequence, char digit)
{
    size_t last = sequence->count == 0 ? 0 : sequence->count - 1;
    sequence->count = last + 1;
    if (last < 3 && sequence->numbers[last] < 100000) {
        sequence->numbers[last] = sequence->numbers[last] * 10 + (digit - '0');
    }
}

/* Takes parameters up to the final byte; false when that has not come. */
static bool scan(struct ta_piece piece, size_t *at, struct sequence *sequence)
{
    for (; *at < piece.length; (*at)++) {
        char byte = piece.at[*at];
        if (byte >= '0' && byte <= '9') {
            add_digit(sequence, byte);
        } else if (byte == ';') {
            sequence->count = (sequence->count == 0 ? 1 : sequence->count) + 1;
        } else if (byte == '<') {
            sequence->private = true;
        } else if (byte < ' ' || byte >= '@') {
            sequence->final = byte;
            (*at)++;
            return true;
        }
    }
    return false;
}

/* "ESC [": the control sequences. */
static enum reading read_csi(struct ta_piece piece, size_t *taken, struct ta_key *key)
{
    if (piece.length > 2 && piece.at[2] == 'M') {
        return read_old_mouse(piece, taken, key);
    }
    bool linux_console = piece.length > 2 && piece.at[2] == '[';
    struct sequence sequence = {0};
    *taken = linux_console ? 3 : 2;
    if (!scan(piece, taken, &sequence)) {
        return PARTIAL;
    }
    if (linux_console) { /* F1 to F5 there are ESC [ [ A to E */
        bool known = sequence.final >= 'A' && sequence.final <= 'E';
        key->code = known ? TA_KEY_F1 + (enum ta_key_code)(sequence.final - 'A') : TA_KEY_NONE;
        return known ? WHOLE : NOTHING;
    }
    return read_sequence(key, &sequence);
}

static enum reading read_escape(struct ta_piece piece, size_t *taken, struct ta_key *key)
{
    if (piece.length < 2) {
        return PARTIAL;
    }
    switch (piece.at[1]) {
    case '[':
        return read_csi(piece, taken, key);
    case 'O':
        *taken = 3;
        if (piece.length < 3) {
            return PARTIAL;
        }
        key->code = code_of_letter(piece.at[2]);
        return key->code == TA_KEY_NONE ? NOTHING : WHOLE;
    case ESCAPE:
        *taken = 1;
        key->code = TA_KEY_ESCAPE;
        return WHOLE;
    default: {
        struct ta_piece rest = {piece.at + 1, piece.length - 1};
        enum reading reading = read_character(rest, taken, key);
        *taken += 1;
        key->alt = true;
        return reading;
    }
    }
}

/* Pastes */

/* The longest end of the text that may be the beginning of the end mark. */
static size_t begun_mark(struct ta_piece text)
{
    for (size_t length = sizeof paste_end - 2; length > 0; length--) {
        if (text.length >= length &&
            memcmp(text.at + text.length - length, paste_end, length) == 0) {
            return length;
        }
    }
    return 0;
}

/* Line ends become LF; other controls but the tab are nobody's text. */
static void add_pasted(struct ta_text *paste, struct ta_piece text)
{
    for (size_t i = 0; i < text.length && paste->length < TA_PASTE_LIMIT; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        bool behind_return = byte == '\n' && i > 0 && text.at[i - 1] == '\r';
        if (byte == '\r') {
            ta_text_add_bytes(paste, "\n", 1);
        } else if ((byte >= ' ' && byte != 0x7F) || byte == '\t' ||
                   (byte == '\n' && !behind_return)) {
            ta_text_add_bytes(paste, text.at + i, 1);
        }
    }
}

/* Takes a character off the end that the limit cut in half. */
static void end_whole(struct ta_text *paste)
{
    if (paste->length < TA_PASTE_LIMIT) {
        return;
    }
    size_t at = paste->length;
    while (at > 0 && paste->length - at < 4 &&
           ((unsigned char)paste->bytes[at - 1] & 0xC0) == 0x80) {
        at--;
    }
    ucs4_t point;
    const uint8_t *last = (const uint8_t *)paste->bytes + at - 1;
    if (at > 0 && u8_mbtoucr(&point, last, paste->length - at + 1) < 0) {
        ta_text_remove(paste, at - 1, paste->length - at + 1);
    }
}

static void finish_paste(struct ta_input *input, struct ta_key *key)
{
    input->pasting = false;
    end_whole(&input->paste);
    ta_text_add(&input->paste, "");
    key->code = TA_KEY_PASTE;
    key->pasted = input->paste.bytes;
}

/* Moves what came of a paste; true when its end did. */
static bool read_paste(struct ta_input *input, struct ta_key *key)
{
    struct ta_piece piece = waiting(input);
    const char *end =
        piece.length == 0 ? NULL : memmem(piece.at, piece.length, paste_end, sizeof paste_end - 1);
    size_t length = end != NULL ? (size_t)(end - piece.at) : piece.length - begun_mark(piece);
    bool half_line_end = end == NULL && length > 0 && piece.at[length - 1] == '\r';
    length -= half_line_end ? 1 : 0;
    add_pasted(&input->paste, (struct ta_piece){piece.at, length});
    input->at += length;
    if (end == NULL) {
        return false;
    }
    input->at += sizeof paste_end - 1;
    finish_paste(input, key);
    return true;
}

/* All of it */

static enum reading read_one(struct ta_input *input, struct ta_key *key)
{
    struct ta_piece piece = waiting(input);
    size_t taken = 0;
    *key = (struct ta_key){0};
    enum reading reading = piece.at[0] == ESCAPE ? read_escape(piece, &taken, key)
                                                 : read_character(piece, &taken, key);
    if (reading == PARTIAL) {
        return PARTIAL;
    }
    input->at += taken;
    if (ta_piece_starts(piece, paste_begin)) {
        input->pasting = true;
        ta_text_clear(&input->paste);
    }
    return reading;
}

bool ta_input_next(struct ta_input *input, struct ta_key *key)
{
    *key = (struct ta_key){0};
    if (!input->pasting) {
        wipe(&input->paste, input->paste.length);
        ta_text_clear(&input->paste);
    }
    enum reading reading = NOTHING;
    while (reading == NOTHING && waiting(input).length > 0) {
        if (!input->pasting) {
            reading = read_one(input, key);
        } else {
            reading = read_paste(input, key) ? WHOLE : PARTIAL;
        }
    }
    if (reading != WHOLE) {
        *key = (struct ta_key){0};
    }
    return reading == WHOLE;
}

int ta_input_patience(const struct ta_input *input)
{
    if (input->pasting) {
        return PASTE_PATIENCE;
    }
    struct ta_piece piece = waiting(input);
    if (piece.length == 0) {
        return -1;
    }
    return piece.length == 1 && piece.at[0] == ESCAPE ? ESCAPE_PATIENCE : PATIENCE;
}

bool ta_input_give_up(struct ta_input *input, struct ta_key *key)
{
    struct ta_piece piece = waiting(input);
    *key = (struct ta_key){0};
    if (input->pasting) {
        add_pasted(&input->paste, piece);
        input->at += piece.length;
        finish_paste(input, key);
        return true;
    }
    if (piece.length == 0) {
        return false;
    }
    input->at += piece.length;
    if (piece.at[0] != ESCAPE || piece.length > 2) {
        return false;
    }
    key->code = TA_KEY_ESCAPE;
    if (piece.length == 2) {
        key->code = TA_KEY_TEXT;
        key->alt = true;
        key->text[0] = piece.at[1];
    }
    return true;
}
