#include <stdlib.h>

#include "command.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/session.h"

enum { MINUTE = 60 };

static void print_moment(struct ta_printer *printer, const char *name, int64_t instant)
{
    char moment[TA_DATE_SIZE];
    ta_moment_write(moment, ta_moment_local(instant));
    ta_print_string(printer, name, instant != 0 ? moment : NULL, NULL);
}

static void print_item(struct ta_printer *printer, const struct ta_live *live, size_t index,
                       int64_t used)
{
    const struct ta_item *item = &live->agenda.items[index];
    bool in_hand = live->reading.ended == 0 && live->reading.item == (int)index;
    char planned[24];
    char clock[TA_DATE_SIZE];
    struct ta_text title = {0};
    ta_text_addf(&title, "%s %s", in_hand ? "▸" : " ", item->title);
    (void)snprintf(planned, sizeof planned, "%u min", item->minutes);
    ta_span_clock(clock, used);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "title", item->title, title.bytes);
    ta_print_number(printer, "minutes", item->minutes, planned);
    ta_print_number(printer, "used_s", used, clock);
    ta_print_end(printer);
    ta_text_release(&title);
}

static void print_items(struct ta_printer *printer, const struct ta_live *live, int64_t now)
{
    size_t count = live->agenda.count;
    int64_t *used = ta_allocate(count + 1, sizeof *used);
    ta_session_used(used, count, &live->sitting.events, now);
    ta_print_list(printer, "items");
    for (size_t i = 0; i < count; i++) {
        print_item(printer, live, i, used[i]);
    }
    ta_print_end(printer);
    free(used);
}

static void print_note(struct ta_printer *printer, const struct ta_live *live,
                       const struct ta_note *note)
{
    const struct ta_note_facts *facts = ta_note_facts(note->kind);
    const char sign[] = {facts->sign, '\0'};
    char at[TA_DATE_SIZE];
    int64_t elapsed = ta_session_elapsed_at(&live->sitting.events, note->at);
    bool has_item = note->item >= 0 && (size_t)note->item < live->agenda.count;
    ta_span_clock(at, elapsed);
    ta_print_object(printer, NULL);
    ta_print_number(printer, "at_s", elapsed, at);
    ta_print_string(printer, "kind", facts->name, sign);
    ta_print_string(printer, "text", note->text, note->text);
    ta_print_string(printer, "item", has_item ? live->agenda.items[note->item].title : NULL,
                    note->kind == TA_NOTE_MINE ? "mine: only on this machine" : NULL);
    ta_print_end(printer);
}

static void print_notes(struct ta_printer *printer, const struct ta_live *live)
{
    const struct ta_notes *notes = &live->sitting.notes;
    ta_print_list(printer, "notes");
    for (size_t i = 0; i < notes->count; i++) {
        if (!notes->items[i].removed) {
            print_note(printer, live, &notes->items[i]);
        }
    }
    ta_print_end(printer);
}

static void say_head(struct ta_printer *printer, const struct ta_live *live)
{
    const struct ta_reading *reading = &live->reading;
    char started[TA_DATE_SIZE];
    ta_moment_short(started, ta_moment_local(reading->started));
    ta_print_say(printer, "Session %u, %s, begun %s, %lld of %lld min", live->sitting.number,
                 ta_session_state_name(reading->state), started,
                 (long long)((reading->elapsed + MINUTE / 2) / MINUTE),
                 (long long)(reading->planned / MINUTE));
}

static void print_session(struct ta_cli *cli, const struct ta_live *live)
{
    struct ta_printer *printer = &cli->printer;
    const struct ta_reading *reading = &live->reading;
    ta_print_object(printer, NULL);
    ta_print_string(printer, "pair", cli->pair.slug, NULL);
    ta_print_number(printer, "session", live->sitting.number, NULL);
    ta_print_string(printer, "state", ta_session_state_name(reading->state), NULL);
    print_moment(printer, "started", reading->started);
    print_moment(printer, "ended", reading->ended);
    ta_print_number(printer, "elapsed_s", reading->elapsed, NULL);
    ta_print_number(printer, "left_s", reading->left, NULL);
    say_head(printer, live);
    print_items(printer, live, ta_desk_now(&cli->desk));
    print_notes(printer, live);
    ta_print_end(printer);
}

bool ta_cli_session_show(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_live live = {0};
    unsigned number = 0;
    bool ok = (cli->word_count == 0 || ta_cli_session(cli, cli->words[0], &number, err)) &&
              ta_desk_sitting(&cli->desk, &cli->pair, number, &live, err);
    if (ok) {
        print_session(cli, &live);
    }
    ta_live_release(&live);
    return ok;
}
