#include "turnabout/desk/decks.h"

#include <stdio.h>

#include "command.h"

/* Each file that could not be read, on standard error; the others work. */
static void say_troubles(struct ta_cli *cli, const struct ta_decks *decks)
{
    for (size_t i = 0; i < decks->trouble_count; i++) {
        ta_cli_remark(cli, "%s", decks->troubles[i]);
    }
}

static void print_deck(struct ta_printer *printer, const struct ta_deck *deck)
{
    char prompts[32];
    (void)snprintf(prompts, sizeof prompts, "%zu prompt%s", deck->count,
                   deck->count == 1 ? "" : "s");
    ta_print_object(printer, NULL);
    ta_print_string(printer, "name", deck->name, deck->name);
    ta_print_string(printer, "title", deck->title, deck->title);
    ta_print_string(printer, "when", ta_arc_name(deck->when),
                    deck->when == TA_ARC_ANY ? "" : ta_arc_name(deck->when));
    ta_print_string(printer, "about", deck->about, NULL);
    ta_print_number(printer, "prompts", (int64_t)deck->count, prompts);
    ta_print_flag(printer, "own", deck->own, deck->own ? "yours" : "");
    ta_print_end(printer);
}

bool ta_cli_deck_list(struct ta_cli *cli, struct ta_error *err)
{
    (void)err;
    struct ta_decks decks;
    ta_desk_decks(&cli->desk, &decks);
    ta_print_list(&cli->printer, NULL);
    for (size_t i = 0; i < decks.count; i++) {
        print_deck(&cli->printer, &decks.items[i]);
    }
    ta_print_end(&cli->printer);
    say_troubles(cli, &decks);
    ta_decks_release(&decks);
    return true;
}

static void say_prompt(struct ta_printer *printer, const struct ta_prompt *prompt, size_t number)
{
    struct ta_piece rest = ta_piece_of(prompt->note != NULL ? prompt->note : "");
    struct ta_piece line;
    ta_print_say(printer, "%2zu  %s", number, prompt->text);
    while (ta_next_line(&rest, &line)) {
        ta_print_say(printer, "    %.*s", (int)line.length, line.at);
    }
}

static void print_prompts(struct ta_printer *printer, const struct ta_deck *deck)
{
    ta_print_list(printer, "prompts");
    for (size_t i = 0; i < deck->count; i++) {
        const struct ta_prompt *prompt = &deck->items[i];
        ta_print_object(printer, NULL);
        ta_print_number(printer, "n", (int64_t)i + 1, NULL);
        ta_print_string(printer, "text", prompt->text, NULL);
        ta_print_string(printer, "note", prompt->note, NULL);
        ta_print_end(printer);
        say_prompt(printer, prompt, i + 1);
    }
    ta_print_end(printer);
}

static void print_whole(struct ta_printer *printer, const struct ta_deck *deck)
{
    ta_print_say(printer, "%s (%s)", deck->title, deck->name);
    ta_print_say(printer, "%s", deck->about);
    if (deck->note != NULL) {
        ta_print_say(printer, "\n%s\n", deck->note);
    }
    ta_print_object(printer, NULL);
    ta_print_string(printer, "name", deck->name, NULL);
    ta_print_string(printer, "title", deck->title, NULL);
    ta_print_string(printer, "when", ta_arc_name(deck->when), NULL);
    ta_print_string(printer, "about", deck->about, NULL);
    ta_print_string(printer, "note", deck->note, NULL);
    ta_print_flag(printer, "own", deck->own, NULL);
    print_prompts(printer, deck);
    ta_print_end(printer);
}

bool ta_cli_deck_show(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_decks decks;
    ta_desk_decks(&cli->desk, &decks);
    const struct ta_deck *deck = ta_decks_find(&decks, cli->words[0]);
    if (deck != NULL) {
        print_whole(&cli->printer, deck);
    } else {
        ta_fail(err, TA_ABSENT, "There is no deck \"%s\": turnabout deck list names them.",
                cli->words[0]);
    }
    say_troubles(cli, &decks);
    ta_decks_release(&decks);
    return deck != NULL;
}
