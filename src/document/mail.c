#include "turnabout/document/mail.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "turnabout/base/memory.h"

enum { ADDRESS_MOST = 254 };

/* What is mine */

/* What a note says when it is read as a promise, without its owner and its day. */
static bool says_promise(const struct ta_mail_source *source, const struct ta_note *note,
                         const char *text)
{
    struct ta_promise promise;
    ta_promise_understand(&promise, ta_piece_of(note->text), source->pair,
                          ta_day_of(source->summary->held));
    bool same = strcmp(promise.text, text) == 0;
    ta_promise_release(&promise);
    return same;
}

static bool says(const struct ta_mail_source *source, const struct ta_note *note, const char *text)
{
    struct ta_piece said = ta_piece_trim(ta_piece_of(text));
    return ta_piece_is(said, note->text) || says_promise(source, note, text);
}

static bool is_mine(const struct ta_mail_source *source, const char *text)
{
    enum ta_note_kind kind;
    struct ta_piece behind;
    (void)ta_note_read(&kind, &behind, ta_piece_of(text));
    bool mine = kind == TA_NOTE_MINE;
    for (size_t i = 0; !mine && source->notes && i < source->notes->count; i++) {
        const struct ta_note *note = &source->notes->items[i];
        mine = note->kind == TA_NOTE_MINE && says(source, note, text);
    }
    return mine;
}

/* What the mail says */

static void add_first_name(struct ta_text *out, const struct ta_person *person)
{
    struct ta_piece first = ta_person_first_name(person);
    char *name = ta_piece_copy(first);
    plain_add(out, name);
    free(name);
}

/* "Dana: "; the whole name where both have the same first one. */
static void add_owner(struct ta_text *out, const struct ta_promise *promise,
                      const struct ta_pair *pair)
{
    if (promise->owner == TA_NOBODY) {
        plain_add(out, promise->named);
        ta_text_add(out, promise->named ? ": " : "");
        return;
    }
    const struct ta_person *owner = &pair->person[promise->owner];
    if (ta_pair_who(pair, ta_person_first_name(owner)) == promise->owner) {
        add_first_name(out, owner);
    } else {
        plain_add(out, owner->name);
    }
    ta_text_add(out, ": ");
}

static void add_promise(struct ta_text *out, const struct ta_promise *promise,
                        const struct ta_pair *pair)
{
    add_owner(out, promise, pair);
    plain_add(out, promise->text);
    if (promise->due.year) {
        char day[TA_DATE_SIZE];
        ta_day_long(day, promise->due);
        ta_text_addf(out, " (by %s)", day);
    }
}

/* What a line of a section says, without a promise's box, id and facts. */
static const char *line_text(const struct ta_summary *summary, enum ta_summary_section section,
                             size_t index)
{
    bool promise = section == TA_SUMMARY_PROMISES && index < summary->promises.count;
    return promise ? summary->promises.items[index].text : summary->lines[section].items[index];
}

static void add_line(struct ta_text *out, const struct ta_mail_source *source,
                     enum ta_summary_section section, size_t index)
{
    const struct ta_summary *summary = source->summary;
    ta_text_add(out, "- ");
    if (section == TA_SUMMARY_PROMISES && index < summary->promises.count) {
        add_promise(out, &summary->promises.items[index], source->pair);
    } else {
        plain_add(out, summary->lines[section].items[index]);
    }
    ta_text_add(out, "\n");
}

static size_t line_count(const struct ta_summary *summary, enum ta_summary_section section)
{
    return section == TA_SUMMARY_PROMISES ? summary->promises.count : summary->lines[section].count;
}

/* A section without a line is left out. */
static size_t add_section(struct ta_text *out, const struct ta_mail_source *source,
                          enum ta_summary_section section)
{
    size_t shown = 0;
    for (size_t i = 0; i < line_count(source->summary, section); i++) {
        if (is_mine(source, line_text(source->summary, section, i))) {
            continue;
        }
        if (shown++ == 0) {
            ta_text_addf(out, "\n%s\n", ta_summary_section_title(section));
        }
        add_line(out, source, section, i);
    }
    return shown;
}

static void add_sections(struct ta_text *out, const struct ta_mail_source *source)
{
    size_t shown = 0;
    for (enum ta_summary_section section = 0; section < TA_SUMMARY_SECTIONS; section++) {
        shown += add_section(out, source, section);
    }
    if (shown == 0) {
        ta_text_add(out, "\nNothing was written down this time.\n");
    }
}

static void add_moment(struct ta_text *out, struct ta_moment moment)
{
    char day[TA_DATE_SIZE];
    char time[TA_DATE_SIZE];
    ta_day_long(day, ta_day_of(moment));
    ta_moment_time(time, moment);
    ta_text_addf(out, "%s at %s", day, time);
}

static void add_opening(struct ta_text *out, const struct ta_mail_source *source, const char *title)
{
    const struct ta_summary *summary = source->summary;
    ta_text_add(out, "Hello ");
    add_first_name(out, &source->pair->person[ta_role_other(source->from)]);
    ta_text_addf(out, ",\n\nthis is what stays of our session %u", summary->session);
    if (title[0]) {
        ta_text_addf(out, ", \"%s\"", title);
    }
    ta_text_add(out, ". We met on ");
    add_moment(out, summary->held);
    ta_text_addf(out, " and talked for %u minute%s.", summary->lasted,
                 summary->lasted == 1 ? "" : "s");
    ta_text_add(out, source->draft ? " It is a draft, and not in our record yet.\n" : "\n");
}

static void add_closing(struct ta_text *out, const struct ta_mail_source *source)
{
    if (source->next.instant) {
        ta_text_add(out, "\nWe meet next on ");
        add_moment(out, source->next);
        if (source->place && source->place[0]) {
            ta_text_add(out, ", place: ");
            plain_add(out, source->place);
        }
        ta_text_add(out, ".\n");
    }
    ta_text_add(out, "\n");
    add_first_name(out, &source->pair->person[source->from]);
    ta_text_add(out, "\n");
}

static struct ta_person plain_person(const struct ta_person *person)
{
    return (struct ta_person){plain_copy(person->name), ta_copy(person->email)};
}

void ta_mail_of_summary(struct ta_mail *mail, const struct ta_mail_source *source)
{
    struct ta_text subject = {0};
    struct ta_text body = {0};
    struct ta_text id = {0};
    bool untold = !source->summary->title || is_mine(source, source->summary->title);
    char *title = plain_copy(untold ? "" : source->summary->title);
    ta_text_addf(&subject, "Session %u%s%s", source->summary->session, title[0] ? ": " : "", title);
    add_opening(&body, source, title);
    add_sections(&body, source);
    add_closing(&body, source);
    ta_text_addf(&id, "%s@%s", source->id, source->host);
    *mail = (struct ta_mail){
        .from = plain_person(&source->pair->person[source->from]),
        .to = plain_person(&source->pair->person[ta_role_other(source->from)]),
        .subject = ta_text_take(&subject),
        .body = ta_text_take(&body),
        .date = source->now,
        .id = ta_text_take(&id),
    };
    free(title);
}

void ta_mail_release(struct ta_mail *mail)
{
    ta_person_release(&mail->from);
    ta_person_release(&mail->to);
    free(mail->subject);
    free(mail->body);
    free(mail->id);
    *mail = (struct ta_mail){0};
}

/* Addresses */

static bool is_atom_byte(char byte)
{
    return byte && (isalnum((unsigned char)byte) || strchr("!#$%&'*+-/=?^_`{|}~", byte));
}

static bool is_label_byte(char byte)
{
    return isalnum((unsigned char)byte) || byte == '-';
}

/* Parts with a dot between them, none of them empty. */
static bool is_dotted(struct ta_piece text, bool (*takes)(char byte))
{
    bool begun = false;
    for (size_t i = 0; i < text.length; i++) {
        bool dot = text.at[i] == '.';
        if (dot ? !begun : (unsigned char)text.at[i] >= 0x80 || !takes(text.at[i])) {
            return false;
        }
        begun = !dot;
    }
    return begun;
}

bool ta_mail_address_is_fine(const char *address)
{
    const char *at = address ? strchr(address, '@') : NULL;
    return at && strlen(address) <= ADDRESS_MOST &&
           is_dotted((struct ta_piece){address, (size_t)(at - address)}, is_atom_byte) &&
           is_dotted(ta_piece_of(at + 1), is_label_byte);
}
