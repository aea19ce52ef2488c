#include "turnabout/desk/merge.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "turnabout/base/memory.h"

/* Where a place is, in a few words: "contract.md, Goals". */
static void say_place(struct ta_text *out, const struct ta_conflict *conflict)
{
    bool has_heading = conflict->heading[0] != '\0';
    ta_text_addf(out, "%s%s%s", conflict->document, has_heading ? ", " : "", conflict->heading);
}

static const char *state_of(const struct ta_conflict *conflict)
{
    return conflict->is_chosen ? "chosen" : "to choose";
}

/* Listing */

static void print_row(struct ta_cli *cli, const struct ta_conflict *conflict, size_t number)
{
    struct ta_printer *printer = &cli->printer;
    struct ta_text shown = {0};
    ta_text_addf(&shown, "%zu", number);
    ta_print_object(printer, NULL);
    ta_print_number(printer, "number", (int64_t)number, shown.bytes);
    ta_print_string(printer, "document", conflict->document, conflict->document);
    ta_print_string(printer, "heading", conflict->heading, conflict->heading);
    ta_print_flag(printer, "whole", conflict->whole, NULL);
    ta_print_flag(printer, "chosen", conflict->is_chosen, state_of(conflict));
    ta_print_string(printer, "base", conflict->base, NULL);
    ta_print_string(printer, "ours", conflict->ours, NULL);
    ta_print_string(printer, "theirs", conflict->theirs, NULL);
    ta_print_string(printer, "choice", conflict->choice, NULL);
    ta_print_end(printer);
    ta_text_release(&shown);
}

bool ta_cli_conflict_list(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_conflicts conflicts;
    if (!ta_desk_conflicts(&cli->desk, &cli->pair, &conflicts, err)) {
        return false;
    }
    ta_print_list(&cli->printer, NULL);
    for (size_t i = 0; i < conflicts.count; i++) {
        print_row(cli, &conflicts.items[i], i + 1);
    }
    ta_print_end(&cli->printer);
    if (conflicts.count == 0) {
        ta_print_say(&cli->printer, "Nothing is to be chosen.");
    } else {
        ta_cli_hint(cli, "To look at one: turnabout conflict show N");
    }
    ta_conflicts_release(&conflicts);
    return true;
}

/* The ones that are meant: that of a number, or without one those that are not chosen yet. */

struct chosen {
    struct ta_conflicts all;
    size_t first, count; /* of a number: one; else all, and those that are chosen are passed over */
    bool has_number;
};

static bool read_number(struct ta_cli *cli, const char *word, struct chosen *chosen,
                        struct ta_error *err)
{
    int number = 0;
    chosen->count = chosen->all.count;
    chosen->has_number = word != NULL;
    if (word == NULL) {
        return chosen->all.left > 0 ||
               ta_fail(err, TA_ABSENT,
                       "Nothing is to be chosen: main and what the remote had are "
                       "one, or become one with the next turnabout sync.");
    }
    if (!ta_cli_number(cli, word, "the number of a place", &number, err)) {
        return false;
    }
    if (number < 1 || (size_t)number > chosen->all.count) {
        return ta_fail(err, TA_ABSENT,
                       "There is no place %s to choose at: turnabout conflict list shows them.",
                       word);
    }
    chosen->first = (size_t)number - 1;
    chosen->count = 1;
    return true;
}

static bool find(struct ta_cli *cli, size_t word, struct chosen *chosen, struct ta_error *err)
{
    *chosen = (struct chosen){0};
    return ta_desk_conflicts(&cli->desk, &cli->pair, &chosen->all, err) &&
           read_number(cli, cli->word_count > word ? cli->words[word] : NULL, chosen, err);
}

/* The next that is meant from `at` on; NULL: no more. */
static const struct ta_conflict *next(const struct chosen *chosen, size_t *at)
{
    while (*at < chosen->first + chosen->count) {
        const struct ta_conflict *conflict = &chosen->all.items[(*at)++];
        if (chosen->has_number || !conflict->is_chosen) {
            return conflict;
        }
    }
    return NULL;
}

/* Without a number there must be one only. */
static bool find_one(struct ta_cli *cli, size_t word, struct chosen *chosen,
                     const struct ta_conflict **conflict, struct ta_error *err)
{
    size_t at;
    if (!find(cli, word, chosen, err)) {
        return false;
    }
    if (!chosen->has_number && chosen->all.left > 1) {
        return ta_fail(err, TA_WRONG,
                       "%zu places are to be chosen: give the number of one (turnabout conflict "
                       "list shows them).",
                       chosen->all.left);
    }
    at = chosen->first;
    *conflict = next(chosen, &at);
    return *conflict != NULL || ta_fail(err, TA_ABSENT, "Nothing is to be chosen.");
}

/* Showing */

static void say_text(struct ta_cli *cli, const char *title, const char *text)
{
    ta_print_say(&cli->printer, "\n%s", title);
    if (text == NULL) {
        ta_print_say(&cli->printer, "  (the document is not there)");
    } else if (text[0] == '\0') {
        ta_print_say(&cli->printer, "  (nothing)");
    }
    struct ta_piece rest = ta_piece_of(text != NULL ? text : "");
    struct ta_piece line;
    while (ta_next_line(&rest, &line)) {
        ta_print_say(&cli->printer, "  %.*s", (int)line.length, line.at);
    }
}

static void show(struct ta_cli *cli, const struct ta_conflict *conflict, size_t number, bool again)
{
    struct ta_text place = {0};
    say_place(&place, conflict);
    ta_print_say(&cli->printer, "%s%zu  %s: %s", again ? "\n" : "", number, place.bytes,
                 state_of(conflict));
    say_text(cli, "As it was:", conflict->base);
    say_text(cli, "Here (ours):", conflict->shown[0]);
    say_text(cli, "On the other machine (theirs):", conflict->shown[1]);
    if (conflict->is_chosen) {
        say_text(cli, "Chosen:", conflict->choice);
    }
    ta_text_release(&place);
}

bool ta_cli_conflict_show(struct ta_cli *cli, struct ta_error *err)
{
    struct chosen chosen;
    size_t shown = 0;
    bool ok = find(cli, 0, &chosen, err);
    size_t at = chosen.first;
    const struct ta_conflict *conflict;
    ta_print_list(&cli->printer, NULL);
    while (ok && (conflict = next(&chosen, &at)) != NULL) {
        if (cli->option[TA_OPTION_JSON] != NULL) {
            print_row(cli, conflict, at);
        } else {
            show(cli, conflict, at, shown++ > 0);
        }
    }
    ta_print_end(&cli->printer);
    ta_conflicts_release(&chosen.all);
    return ok;
}

/* Choosing */

static bool say_left(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_conflicts conflicts;
    if (!ta_desk_conflicts(&cli->desk, &cli->pair, &conflicts, err)) {
        return false;
    }
    if (conflicts.left > 0) {
        ta_print_say(&cli->printer, "%zu more to choose: turnabout conflict list", conflicts.left);
    } else {
        ta_print_say(&cli->printer,
                     "All is chosen: what each of you wrote is one record now. To hand it to the "
                     "other: turnabout sync");
    }
    ta_conflicts_release(&conflicts);
    return true;
}

static bool choose(struct ta_cli *cli, const struct ta_conflict *conflict, const char *text,
                   struct ta_error *err)
{
    struct ta_text place = {0};
    bool ok = ta_desk_conflict_choose(&cli->desk, &cli->pair, conflict, text, err);
    say_place(&place, conflict);
    if (ok) {
        ta_print_say(&cli->printer, "Chosen: %s", place.bytes);
    }
    ta_text_release(&place);
    return ok;
}

bool ta_cli_conflict_take(struct ta_cli *cli, struct ta_error *err)
{
    bool ours = strcmp(cli->words[0], "ours") == 0;
    struct chosen chosen;
    if (!ours && strcmp(cli->words[0], "theirs") != 0) {
        return ta_cli_misuse(cli, err, "\"%s\" is neither: take ours or theirs.", cli->words[0]);
    }
    bool ok = find(cli, 1, &chosen, err);
    size_t at = chosen.first;
    const struct ta_conflict *conflict;
    while (ok && (conflict = next(&chosen, &at)) != NULL) {
        ok = choose(cli, conflict, ours ? conflict->ours : conflict->theirs, err);
    }
    ta_conflicts_release(&chosen.all);
    return ok && say_left(cli, err);
}

/* Writing another text */

static const char mark_ours[] = "<<<<<<< here (ours)\n";
static const char mark_base[] = "||||||| as it was\n";
static const char mark_theirs[] = "======= on the other machine (theirs)\n";
static const char mark_end[] = ">>>>>>> leave what is to stand there, without these lines\n";

static void write_both(struct ta_text *out, const struct ta_conflict *conflict)
{
    const char *const parts[] = {mark_ours,   conflict->ours,   mark_base, conflict->base,
                                 mark_theirs, conflict->theirs, mark_end};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        ta_text_add(out, parts[i] != NULL ? parts[i] : "");
    }
}

static bool write_choice(struct ta_cli *cli, void *state, const char *text, struct ta_error *err)
{
    static const char *const marks[] = {"<<<<<<< ", "||||||| ", "======= ", ">>>>>>> "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (strstr(text, marks[i]) != NULL) {
            return ta_fail(err, TA_WRONG,
                           "A line that begins with %.7s is still there: leave only the words that "
                           "are to stand.",
                           marks[i]);
        }
    }
    return choose(cli, state, text, err);
}

static bool take_input(struct ta_cli *cli, struct ta_conflict *conflict, struct ta_error *err)
{
    struct ta_text text = {0};
    bool ok = ta_cli_text(cli, "-", &text, err) &&
              choose(cli, conflict, text.bytes != NULL ? text.bytes : "", err);
    ta_text_release(&text);
    return ok;
}

bool ta_cli_conflict_edit(struct ta_cli *cli, struct ta_error *err)
{
    struct chosen chosen;
    const struct ta_conflict *found = NULL;
    struct ta_text both = {0};
    bool is_input = cli->word_count > 0 && strcmp(cli->words[cli->word_count - 1], "-") == 0;
    bool changed = is_input;
    cli->word_count -= is_input;
    bool ok = find_one(cli, 0, &chosen, &found, err) && found != NULL;
    struct ta_conflict *conflict = (struct ta_conflict *)found;
    if (ok && is_input) {
        ok = take_input(cli, conflict, err);
    } else if (ok) {
        write_both(&both, conflict);
        ok = ta_cli_edit(cli, both.bytes, "choice.md", write_choice, conflict, &changed, err);
    }
    if (ok && !changed) {
        ta_print_say(&cli->printer, "Nothing was changed, and nothing is chosen.");
    }
    ta_text_release(&both);
    ta_conflicts_release(&chosen.all);
    return ok && (!changed || say_left(cli, err));
}
