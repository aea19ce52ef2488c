#include "turnabout/document/calendar.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plain.h"
#include "turnabout/base/memory.h"
#include "turnabout/document/mail.h"

enum {
    LINE_MOST = 75, /* bytes of a line, without its end */
    SECOND = 1000,
    MINUTE = 60 * SECOND,
    STAMP_SIZE = 80,
};

/* Lines */

/* A line too long goes on in the next, behind a blank; no character is cut. */
static void put_line(struct ta_text *out, const char *line)
{
    size_t length = strlen(line);
    size_t column = 0;
    for (size_t at = 0, bytes = 0; at < length; at += bytes) {
        bytes = plain_character(line + at, length - at);
        if (column + bytes > LINE_MOST) {
            ta_text_add(out, "\r\n ");
            column = 1;
        }
        ta_text_add_bytes(out, line + at, bytes);
        column += bytes;
    }
    ta_text_add(out, "\r\n");
}

__attribute__((format(printf, 2, 3))) static void put(struct ta_text *out, const char *format, ...)
{
    struct ta_text line = {0};
    va_list arguments;
    va_start(arguments, format);
    ta_text_addv(&line, format, arguments);
    va_end(arguments);
    put_line(out, line.bytes);
    ta_text_release(&line);
}

/* "NAME:text", of which nothing is read as more than text. */
static void put_text(struct ta_text *out, const char *name, const char *text)
{
    char *plain = plain_copy(text);
    struct ta_text line = {0};
    ta_text_addf(&line, "%s:", name);
    for (const char *at = plain; *at; at++) {
        ta_text_addf(&line, "%s%c", strchr("\\;,", *at) ? "\\" : "", *at);
    }
    put_line(out, line.bytes);
    ta_text_release(&line);
    free(plain);
}

/* "20261124T100000": the time at the wall that is so many minutes east of UTC. */
static void say_wall(char out[STAMP_SIZE], int64_t instant, int offset)
{
    struct ta_moment moment = {instant, offset};
    struct ta_day day = ta_day_of(moment);
    char time[TA_DATE_SIZE];
    ta_moment_time(time, moment);
    (void)snprintf(out, STAMP_SIZE, "%04d%02d%02dT%.2s%.2s%02d", day.year, day.month, day.day, time,
                   time + 3, (int)(instant / SECOND % 60));
}

static void put_instant(struct ta_text *out, const char *name, int64_t instant)
{
    char stamp[STAMP_SIZE];
    say_wall(stamp, instant, 0);
    put(out, "%s:%sZ", name, stamp);
}

/* Events: a date with all that it was moved to */

struct event {
    unsigned root;                    /* id of the date that was planned first */
    const struct ta_meeting *meeting; /* what it was moved to in the end */
    unsigned moves;
};

static const struct ta_meeting *find(const struct ta_meetings *meetings, unsigned id)
{
    for (size_t i = 0; i < meetings->count; i++) {
        if (meetings->items[i].id == id) {
            return &meetings->items[i];
        }
    }
    return NULL;
}

static bool was_moved_to(const struct ta_meetings *meetings, unsigned id)
{
    for (size_t i = 0; i < meetings->count; i++) {
        if (meetings->items[i].state == TA_MEETING_MOVED && meetings->items[i].moved_to == id) {
            return true;
        }
    }
    return false;
}

/* People edit the file: a date may have moved to one that is not there, and even around. */
static struct event follow(const struct ta_meetings *meetings, const struct ta_meeting *root)
{
    struct event event = {root->id, root, 0};
    while (event.meeting->state == TA_MEETING_MOVED && event.moves < meetings->count) {
        const struct ta_meeting *next = find(meetings, event.meeting->moved_to);
        if (!next) {
            break;
        }
        event.meeting = next;
        event.moves++;
    }
    return event;
}

static bool is_off(const struct event *event)
{
    return event->meeting->state == TA_MEETING_CANCELLED ||
           event->meeting->state == TA_MEETING_MOVED;
}

static bool is_planned(const struct event *event)
{
    return event->meeting->state == TA_MEETING_PLANNED;
}

struct events {
    struct event *items;
    size_t count;
};

static void list_events(struct events *events, const struct ta_meetings *meetings)
{
    for (size_t i = 0; i < meetings->count; i++) {
        if (!was_moved_to(meetings, meetings->items[i].id)) {
            struct event *event = ta_append(&events->items, events->count++, sizeof *events->items);
            *event = follow(meetings, &meetings->items[i]);
        }
    }
}

static unsigned held_sessions(const struct ta_meetings *meetings)
{
    unsigned held = 0;
    for (size_t i = 0; i < meetings->count; i++) {
        held = meetings->items[i].session > held ? meetings->items[i].session : held;
    }
    return held;
}

/* The number of the session that a date is for; 0: it is off. */
static unsigned session_of(const struct ta_meetings *meetings, const struct ta_meeting *meeting)
{
    if (meeting->state != TA_MEETING_PLANNED) {
        return meeting->session;
    }
    unsigned number = held_sessions(meetings) + 1;
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *other = &meetings->items[i];
        number += other->state == TA_MEETING_PLANNED && other->when.instant < meeting->when.instant;
    }
    return number;
}

/* Every version of a contract may change the place and the length. */
static unsigned contract_changes(const struct ta_calendar_source *source)
{
    return source->version > 0 ? source->version - 1 : 0;
}

/* What all events have */

static void add_first_names(struct ta_text *out, const struct ta_pair *pair)
{
    struct ta_piece mentor = ta_person_first_name(&pair->person[TA_MENTOR]);
    struct ta_piece mentee = ta_person_first_name(&pair->person[TA_MENTEE]);
    ta_text_addf(out, "%.*s and %.*s", (int)mentor.length, mentor.at, (int)mentee.length,
                 mentee.at);
}

/* An address as a URI has it. */
static void add_uri(struct ta_text *out, const char *address)
{
    ta_text_add(out, "mailto:");
    for (; *address; address++) {
        bool plain = isalnum((unsigned char)*address) || strchr("@.-_~+", *address);
        ta_text_addf(out, plain ? "%c" : "%%%02X", (unsigned char)*address);
    }
}

static void put_organizer(struct ta_text *out, const struct ta_person *mentee)
{
    if (!ta_mail_address_is_fine(mentee->email)) {
        return;
    }
    struct ta_text line = {0};
    char *name = plain_copy(mentee->name);
    for (char *quote = strchr(name, '"'); quote; quote = strchr(quote, '"')) {
        *quote = '\'';
    }
    ta_text_addf(&line, "ORGANIZER;CN=\"%s\":", name);
    add_uri(&line, mentee->email);
    put_line(out, line.bytes);
    ta_text_release(&line);
    free(name);
}

static void put_alarm(struct ta_text *out, const struct ta_calendar_source *source)
{
    if (source->lead == 0) {
        return;
    }
    struct ta_text said = {0};
    struct ta_piece mentor = ta_person_first_name(&source->pair->person[TA_MENTOR]);
    struct ta_piece mentee = ta_person_first_name(&source->pair->person[TA_MENTEE]);
    ta_text_addf(&said, "In %u hours you meet: %.*s shares the agenda with %.*s now.", source->lead,
                 (int)mentee.length, mentee.at, (int)mentor.length, mentor.at);
    put_line(out, "BEGIN:VALARM");
    put_line(out, "ACTION:DISPLAY");
    put(out, "TRIGGER:-PT%uH", source->lead);
    put_text(out, "DESCRIPTION", said.bytes);
    put_line(out, "END:VALARM");
    ta_text_release(&said);
}

static void begin_event(struct ta_text *out, const struct ta_calendar_source *source,
                        const char *name, unsigned sequence)
{
    put_line(out, "BEGIN:VEVENT");
    put(out, "UID:%s.%s@turnabout", name, source->id);
    put_instant(out, "DTSTAMP", source->now);
    put(out, "SEQUENCE:%u", sequence);
    put_organizer(out, &source->pair->person[TA_MENTEE]);
}

static void end_event(struct ta_text *out, const struct ta_calendar_source *source, bool alarm)
{
    if (source->place[0]) {
        put_text(out, "LOCATION", source->place);
    }
    put_line(out, "CLASS:PRIVATE"); /* whom they meet, and why, is theirs to tell */
    if (alarm) {
        put_alarm(out, source);
    }
    put_line(out, "END:VEVENT");
}

/* Dates that were planned */

static void put_session(struct ta_text *out, const struct ta_calendar_source *source,
                        unsigned session)
{
    struct ta_text summary = {0};
    struct ta_text description = {0};
    ta_text_add(&description, "Reverse mentoring");
    if (session > 0) {
        ta_text_addf(&summary, "Session %u: ", session);
        ta_text_addf(&description, ", session %u", session);
    }
    if (session > 0 && session <= source->agreed) {
        ta_text_addf(&description, " of %u", source->agreed);
    }
    add_first_names(&summary, source->pair);
    put_text(out, "SUMMARY", summary.bytes);
    put_text(out, "DESCRIPTION", description.bytes);
    ta_text_release(&summary);
    ta_text_release(&description);
}

static void put_event(struct ta_text *out, const struct ta_calendar_source *source,
                      const struct event *event)
{
    const struct ta_meeting *meeting = event->meeting;
    bool held = meeting->state == TA_MEETING_HELD;
    unsigned minutes = held && meeting->minutes > 0 ? meeting->minutes : source->minutes;
    char name[32];
    (void)snprintf(name, sizeof name, "meeting-%u", event->root);
    begin_event(out, source, name, event->moves + !is_planned(event) + contract_changes(source));
    put_instant(out, "DTSTART", meeting->when.instant);
    put_instant(out, "DTEND", meeting->when.instant + (int64_t)minutes * MINUTE);
    put_session(out, source, session_of(source->meetings, meeting));
    put_line(out, is_off(event) ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    end_event(out, source, is_planned(event));
}

/* Dates of the rhythm */

static const struct ta_meeting *latest(const struct ta_meetings *meetings)
{
    const struct ta_meeting *latest = NULL;
    for (size_t i = 0; i < meetings->count; i++) {
        const struct ta_meeting *meeting = &meetings->items[i];
        bool counts = meeting->state == TA_MEETING_PLANNED || meeting->state == TA_MEETING_HELD;
        if (counts && (!latest || meeting->when.instant > latest->when.instant)) {
            latest = meeting;
        }
    }
    return latest;
}

unsigned ta_calendar_rhythm(const struct ta_calendar_source *source, struct ta_moment *first)
{
    const struct ta_meeting *last = latest(source->meetings);
    unsigned set = held_sessions(source->meetings);
    for (size_t i = 0; i < source->meetings->count; i++) {
        set += source->meetings->items[i].state == TA_MEETING_PLANNED;
    }
    *first = (struct ta_moment){0};
    if (last) {
        *first = ta_rhythm_next(last->when, source->weeks, source->now);
    }
    return last && set < source->agreed ? source->agreed - set : 0;
}

/* Whatever happens to a date changes what the rhythm still has to give. */
static unsigned rhythm_sequence(const struct ta_calendar_source *source)
{
    unsigned sequence = contract_changes(source);
    for (size_t i = 0; i < source->meetings->count; i++) {
        sequence += source->meetings->items[i].state == TA_MEETING_PLANNED ? 1 : 2;
    }
    return sequence;
}

static void put_observance(struct ta_text *out, const struct ta_zone_change *change)
{
    const char *kind = change->summer ? "DAYLIGHT" : "STANDARD";
    char stamp[STAMP_SIZE];
    say_wall(stamp, change->instant, change->before);
    put(out, "BEGIN:%s", kind);
    put(out, "DTSTART:%s", stamp);
    put(out, "TZOFFSETFROM:%c%02d%02d", change->before < 0 ? '-' : '+', abs(change->before) / 60,
        abs(change->before) % 60);
    put(out, "TZOFFSETTO:%c%02d%02d", change->after < 0 ? '-' : '+', abs(change->after) / 60,
        abs(change->after) % 60);
    put_text(out, "TZNAME", change->letters);
    put(out, "END:%s", kind);
}

static void put_zone(struct ta_text *out, const struct ta_zone *zone)
{
    put_line(out, "BEGIN:VTIMEZONE");
    put(out, "TZID:%s", zone->name);
    for (size_t i = 0; i < zone->count; i++) {
        put_observance(out, &zone->changes[i]);
    }
    put_line(out, "END:VTIMEZONE");
}

/* A rhythm that has nothing left to give takes out of the calendar what it gave before. */
static void put_rhythm(struct ta_text *out, const struct ta_calendar_source *source,
                       const struct ta_zone *zone)
{
    struct ta_moment first;
    unsigned count = ta_calendar_rhythm(source, &first);
    int64_t end = first.instant + (int64_t)source->minutes * MINUTE;
    char stamp[STAMP_SIZE];
    struct ta_text summary = {0};
    begin_event(out, source, "rhythm", rhythm_sequence(source));
    say_wall(stamp, first.instant, first.offset);
    put(out, "DTSTART;TZID=%s:%s", zone->name, stamp);
    say_wall(stamp, end, first.offset);
    put(out, "DTEND;TZID=%s:%s", zone->name, stamp);
    if (count > 0) {
        put(out, "RRULE:FREQ=WEEKLY;INTERVAL=%u;COUNT=%u", source->weeks ? source->weeks : 1,
            count);
    }
    add_first_names(&summary, source->pair);
    ta_text_add(&summary, " (by the rhythm, not planned yet)");
    put_text(out, "SUMMARY", summary.bytes);
    put_text(out, "DESCRIPTION", "Reverse mentoring");
    put_line(out, count > 0 ? "STATUS:TENTATIVE" : "STATUS:CANCELLED");
    end_event(out, source, count > 0);
    ta_text_release(&summary);
}

/* The file */

static bool is_wanted(const struct ta_calendar_source *source, const struct event *event)
{
    return source->all || (source->rhythm && is_planned(event)) ||
           event->meeting == ta_meetings_next(source->meetings);
}

static void begin_file(struct ta_text *out, const char *method)
{
    put_line(out, "BEGIN:VCALENDAR");
    put_line(out, "VERSION:2.0");
    put_line(out, "PRODID:-//Turnabout//Turnabout//EN");
    put_line(out, "CALSCALE:GREGORIAN");
    put(out, "METHOD:%s", method);
}

static void put_wanted(struct ta_text *out, const struct ta_calendar_source *source,
                       const struct ta_zone *zone, const struct events *events)
{
    begin_file(out, "PUBLISH");
    if (source->rhythm) {
        put_zone(out, zone);
    }
    for (size_t i = 0; i < events->count; i++) {
        if (is_wanted(source, &events->items[i])) {
            put_event(out, source, &events->items[i]);
        }
    }
    if (source->rhythm) {
        put_rhythm(out, source, zone);
    }
    put_line(out, "END:VCALENDAR");
}

static void put_cancellation(struct ta_text *out, const struct ta_calendar_source *source,
                             const struct event *event)
{
    begin_file(out, "CANCEL");
    put_event(out, source, event);
    put_line(out, "END:VCALENDAR");
}

static bool put_file(struct ta_text *out, const struct ta_calendar_source *source,
                     const struct ta_zone *zone, const struct events *events)
{
    const struct event *last = events->count > 0 ? &events->items[events->count - 1] : NULL;
    bool next = ta_meetings_next(source->meetings) != NULL;
    if (next || (last && (source->all || (source->rhythm && latest(source->meetings))))) {
        put_wanted(out, source, zone, events);
        return true;
    }
    if (last && is_off(last)) {
        put_cancellation(out, source, last);
        return true;
    }
    return false;
}

bool ta_calendar_write(struct ta_text *out, const struct ta_calendar_source *source,
                       const struct ta_zone *zone)
{
    struct events events = {0};
    list_events(&events, source->meetings);
    bool written = put_file(out, source, zone, &events);
    free(events.items);
    return written;
}
