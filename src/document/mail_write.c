/* The bytes of a mail: RFC 5322, RFC 2045, RFC 2047, RFC 3676. */
#include "turnabout/document/mail.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "turnabout/base/base64.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/unicode.h"

enum {
    LINE = 76,       /* bytes of a line of the header or of encoded text */
    FLOW = 72,       /* columns of a line of text */
    PLAIN_MOST = 60, /* bytes of a name or subject that needs no folding */
    LINE_MOST = 998, /* bytes of a line, by RFC 5322 */
    ROOM_LEAST = 16, /* bytes of an encoded word, its marks aside, that is worth beginning */
};

/* The header: fields of tokens, which go on in another line where one is full */

struct field {
    struct ta_text *out;
    size_t column;
};

static struct field begin_field(struct ta_text *out, const char *name)
{
    ta_text_addf(out, "%s:", name);
    return (struct field){out, strlen(name) + 1};
}

static void put_token(struct field *field, const char *token, size_t length)
{
    bool folds = field->column + 1 + length > LINE;
    ta_text_add(field->out, folds ? "\n " : " ");
    ta_text_add_bytes(field->out, token, length);
    field->column = (folds ? 0 : field->column) + 1 + length;
}

static void end_field(struct field *field)
{
    ta_text_add(field->out, "\n");
}

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80) {
        text++;
    }
    return !*text;
}

/* What another program would not read back as it stands: "=?" begins an encoded word. */
static bool needs_encoding(const char *text)
{
    return !is_ascii(text) || strlen(text) > PLAIN_MOST || strstr(text, "=?");
}

/* How much of a text fits into so many bytes: whole characters, at least one. */
static size_t fitting(const char *text, size_t length, size_t room)
{
    size_t taken = plain_character(text, length);
    while (taken < length) {
        size_t next = taken + plain_character(text + taken, length - taken);
        if (next > room) {
            break;
        }
        taken = next;
    }
    return taken;
}

static void put_encoded(struct field *field, const char *text)
{
    static const char opening[] = "=?UTF-8?B?";
    static const char closing[] = "?=";
    const size_t marks = 1 + strlen(opening) + strlen(closing);
    size_t length = strlen(text);
    for (size_t at = 0, taken = 0; at < length; at += taken) {
        size_t used = field->column + marks;
        size_t room = LINE - (used + ROOM_LEAST <= LINE ? used : marks);
        taken = fitting(text + at, length - at, room / 4 * 3);
        struct ta_text word = {0};
        ta_text_add(&word, opening);
        ta_base64_write(&word, text + at, taken);
        ta_text_add(&word, closing);
        put_token(field, word.bytes, word.length);
        ta_text_release(&word);
    }
}

/* Words with one blank between them. */
static bool is_phrase(const char *name)
{
    if (strstr(name, "  ")) {
        return false;
    }
    for (; *name; name++) {
        if (!isalnum((unsigned char)*name) && !strchr(" !#$%&'*+-/=?^_`{|}~", *name)) {
            return false;
        }
    }
    return true;
}

static void put_quoted(struct field *field, const char *name)
{
    struct ta_text quoted = {0};
    ta_text_add(&quoted, "\"");
    for (; *name; name++) {
        ta_text_addf(&quoted, "%s%c", *name == '"' || *name == '\\' ? "\\" : "", *name);
    }
    ta_text_add(&quoted, "\"");
    put_token(field, quoted.bytes, quoted.length);
    ta_text_release(&quoted);
}

static void add_person(struct ta_text *out, const char *name, const struct ta_person *person)
{
    struct field field = begin_field(out, name);
    if (needs_encoding(person->name)) {
        put_encoded(&field, person->name);
    } else if (is_phrase(person->name)) {
        put_token(&field, person->name, strlen(person->name));
    } else {
        put_quoted(&field, person->name);
    }
    struct ta_text address = {0};
    ta_text_addf(&address, "<%s>", person->email);
    put_token(&field, address.bytes, address.length);
    ta_text_release(&address);
    end_field(&field);
}

static void add_subject(struct ta_text *out, const char *subject)
{
    struct field field = begin_field(out, "Subject");
    if (needs_encoding(subject)) {
        put_encoded(&field, subject);
    } else {
        put_token(&field, subject, strlen(subject));
    }
    end_field(&field);
}

static void add_date(struct ta_text *out, struct ta_moment moment)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct ta_day day = ta_day_of(moment);
    char time[TA_DATE_SIZE];
    ta_moment_time(time, moment);
    int minutes = abs(moment.offset);
    ta_text_addf(out, "Date: %s, %d %s %d %s:%02d %c%02d%02d\n", days[ta_day_of_week(day)], day.day,
                 months[day.month - 1], day.year, time, (int)(moment.instant / 1000 % 60),
                 moment.offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/* The text: short lines that a reader may join again */

/* Bytes of the first line: up to behind a blank, where it is wide enough; a word is never cut. */
static size_t flow(struct ta_piece text)
{
    size_t end = 0;
    for (size_t at = 0; at < text.length; at++) {
        bool breaks = text.at[at] == ' ' && at + 1 < text.length && text.at[at + 1] != ' ';
        if (breaks && end > 0 && ta_width(text.at, at) > FLOW) {
            return end;
        }
        end = breaks ? at + 1 : end;
    }
    return end > 0 && ta_width(text.at, text.length) > FLOW ? end : text.length;
}

/* A line that begins so would be read as a quotation, as stuffed, or as another mail's beginning.
 */
static bool needs_stuffing(struct ta_piece line)
{
    return ta_piece_starts(line, " ") || ta_piece_starts(line, ">") ||
           ta_piece_starts(line, "From ");
}

static void add_flowed(struct ta_text *out, struct ta_piece line)
{
    do {
        struct ta_piece first = {line.at, flow(line)};
        ta_text_add(out, needs_stuffing(first) ? " " : "");
        ta_text_add_bytes(out, first.at, first.length);
        ta_text_add(out, "\n");
        line = (struct ta_piece){line.at + first.length, line.length - first.length};
    } while (line.length > 0);
}

static void add_all_flowed(struct ta_text *out, const char *body)
{
    struct ta_piece rest = ta_piece_of(body);
    struct ta_piece line;
    while (ta_next_line(&rest, &line)) {
        while (line.length > 0 && line.at[line.length - 1] == ' ') {
            line.length--;
        }
        add_flowed(out, line);
    }
}

/* Its encodings */

enum encoding { PLAIN, QUOTED, BASE64 };

static const char *const encodings[] = {
    [PLAIN] = "7bit", [QUOTED] = "quoted-printable", [BASE64] = "base64"};

static bool has_plain_lines(const char *text)
{
    struct ta_piece rest = ta_piece_of(text);
    struct ta_piece line;
    while (ta_next_line(&rest, &line)) {
        if (line.length > LINE_MOST || ta_piece_starts(line, ".")) {
            return false;
        }
    }
    return true;
}

/* In quoted-printable a byte that is not ASCII takes three, in base64 any takes four thirds. */
static enum encoding choose(const struct ta_text *text)
{
    size_t wide = 0;
    for (size_t i = 0; i < text->length; i++) {
        wide += (unsigned char)text->bytes[i] >= 0x80;
    }
    if (wide == 0) {
        return has_plain_lines(text->bytes) ? PLAIN : QUOTED;
    }
    return wide > text->length / 6 ? BASE64 : QUOTED;
}

/* A character as it stands in quoted-printable; `first` and `last` of its line. */
static void quote(struct ta_text *out, const char *at, size_t bytes, bool first, bool last)
{
    char byte = *at;
    bool risky = (byte == ' ' && last) || ((byte == '.' || byte == 'F') && first);
    if (bytes == 1 && byte != '=' && !risky) {
        ta_text_add_bytes(out, at, 1);
        return;
    }
    for (size_t i = 0; i < bytes; i++) {
        ta_text_addf(out, "=%02X", (unsigned)(unsigned char)at[i]);
    }
}

static void add_quoted_line(struct ta_text *out, struct ta_piece line)
{
    size_t column = 0;
    for (size_t at = 0, bytes = 0; at < line.length; at += bytes) {
        bytes = plain_character(line.at + at, line.length - at);
        bool last = at + bytes == line.length;
        struct ta_text quoted = {0};
        quote(&quoted, line.at + at, bytes, column == 0, last);
        if (column + quoted.length > LINE - 1) {
            ta_text_add(out, "=\n");
            column = 0;
            ta_text_clear(&quoted);
            quote(&quoted, line.at + at, bytes, true, last);
        }
        ta_text_add_bytes(out, quoted.bytes, quoted.length);
        column += quoted.length;
        ta_text_release(&quoted);
    }
    ta_text_add(out, "\n");
}

static void add_quoted(struct ta_text *out, const struct ta_text *text)
{
    struct ta_piece rest = {text->bytes, text->length};
    struct ta_piece line;
    while (ta_next_line(&rest, &line)) {
        add_quoted_line(out, line);
    }
}

/* What is encoded has the line ends of the network. */
static void add_base64_lines(struct ta_text *out, const struct ta_text *text)
{
    struct ta_text wire = {0};
    struct ta_piece rest = {text->bytes, text->length};
    struct ta_piece line;
    while (ta_next_line(&rest, &line)) {
        ta_text_add_bytes(&wire, line.at, line.length);
        ta_text_add(&wire, "\r\n");
    }
    const size_t most = (size_t)(LINE / 4) * 3;
    for (size_t at = 0; at < wire.length; at += most) {
        size_t left = wire.length - at;
        ta_base64_write(out, wire.bytes + at, left < most ? left : most);
        ta_text_add(out, "\n");
    }
    ta_text_release(&wire);
}

static void add_plain(struct ta_text *out, const struct ta_text *text)
{
    ta_text_add_bytes(out, text->bytes, text->length);
}

static void (*const writers[])(struct ta_text *out, const struct ta_text *text) = {
    [PLAIN] = add_plain, [QUOTED] = add_quoted, [BASE64] = add_base64_lines};

void ta_mail_write(struct ta_text *out, const struct ta_mail *mail)
{
    struct ta_text text = {0};
    add_all_flowed(&text, mail->body);
    enum encoding encoding = choose(&text);
    add_person(out, "From", &mail->from);
    add_person(out, "To", &mail->to);
    add_subject(out, mail->subject);
    add_date(out, mail->date);
    ta_text_addf(out,
                 "Message-ID: <%s>\n"
                 "MIME-Version: 1.0\n"
                 "Content-Type: text/plain; charset=UTF-8; format=flowed\n"
                 "Content-Transfer-Encoding: %s\n\n",
                 mail->id, encodings[encoding]);
    writers[encoding](out, &text);
    ta_text_release(&text);
}
