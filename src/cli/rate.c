#include "turnabout/desk/rating.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"

/* What was answered */

static int answer_to(const struct ta_rated *rated, enum ta_statement statement, unsigned session)
{
    const struct ta_rating *rating = ta_ratings_of(&rated->ratings, session);
    return rating != NULL ? rating->value[statement] : TA_RATING_SKIPPED;
}

static void print_answer(struct ta_printer *printer, const char *name, int value, const char *shown)
{
    if (value != TA_RATING_SKIPPED) {
        ta_print_number(printer, name, value, shown);
    } else {
        ta_print_nothing(printer, name, shown);
    }
}

/* For programs; people see the line. */
static void print_answers(struct ta_printer *printer, const struct ta_rated *rated,
                          enum ta_statement statement, unsigned last)
{
    ta_print_list(printer, "answers");
    for (unsigned session = 1; session <= last; session++) {
        print_answer(printer, NULL, answer_to(rated, statement, session), NULL);
    }
    ta_print_end(printer);
}

/* "▆▃▁·█  5" */
static void print_line(struct ta_printer *printer, const struct ta_rated *rated,
                       enum ta_statement statement, unsigned last)
{
    struct ta_text line = {0};
    int value = answer_to(rated, statement, last);
    for (unsigned session = 1; session <= last; session++) {
        ta_text_add(&line, ta_rating_mark(answer_to(rated, statement, session)));
    }
    if (value != TA_RATING_SKIPPED) {
        ta_text_addf(&line, "  %d", value);
    }
    print_answer(printer, "answer", value, line.bytes);
    ta_text_release(&line);
}

static void print_statement(struct ta_cli *cli, const struct ta_rated *rated,
                            enum ta_statement statement, unsigned last)
{
    struct ta_printer *printer = &cli->printer;
    const struct ta_statement_facts *facts = ta_statement_facts(statement);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "statement", facts->name, facts->name);
    ta_print_string(printer, "words", facts->words, facts->words);
    print_line(printer, rated, statement, last);
    if (cli->option[TA_OPTION_JSON] != NULL) {
        print_answers(printer, rated, statement, last);
    }
    ta_print_number(printer, "low_in_a_row", ta_ratings_run(&rated->ratings, statement), NULL);
    ta_print_end(printer);
}

static void show(struct ta_cli *cli, const struct ta_rated *rated, unsigned last)
{
    struct ta_text suggestion = {0};
    ta_print_list(&cli->printer, NULL);
    for (enum ta_statement statement = 0; statement < TA_STATEMENTS; statement++) {
        if (ta_statement_is_for(statement, rated->role)) {
            print_statement(cli, rated, statement, last);
        }
    }
    ta_print_end(&cli->printer);
    ta_rated_suggest(&suggestion, rated);
    if (suggestion.length > 0) {
        ta_cli_hint(cli, "%s", suggestion.bytes);
    }
    ta_text_release(&suggestion);
}

/* Answering */

static bool read_value(struct ta_cli *cli, const char *word, int *value, struct ta_error *err)
{
    return ta_cli_number(cli, word, "an answer from 1 to 5, or 0 to skip", value, err) &&
           ((*value >= TA_RATING_SKIPPED && *value <= TA_RATING_MOST) ||
            ta_fail(err, TA_WRONG,
                    "An answer goes from 1 (not at all) to 5 (entirely), 0 skips; %s is outside.",
                    word));
}

/* The statement of the next value that stands without a name; TA_STATEMENTS: no more. */
static enum ta_statement next_for(enum ta_role role, enum ta_statement statement)
{
    while (statement < TA_STATEMENTS && !ta_statement_is_for(statement, role)) {
        statement++;
    }
    return statement;
}

static enum ta_statement find_named(enum ta_role role, const char *word, size_t length)
{
    enum ta_statement statement = next_for(role, 0);
    while (statement < TA_STATEMENTS) {
        const char *name = ta_statement_facts(statement)->name;
        if (strlen(name) == length && memcmp(name, word, length) == 0) {
            break;
        }
        statement = next_for(role, statement + 1);
    }
    return statement;
}

/* "4", the answer to the next statement, or "worth=4". */
static bool take_answer(struct ta_cli *cli, enum ta_role role, const char *word,
                        enum ta_statement *next, struct ta_rating *rating, struct ta_error *err)
{
    const char *sign = strchr(word, '=');
    enum ta_statement statement =
        sign != NULL ? find_named(role, word, (size_t)(sign - word)) : next_for(role, *next);
    if (statement == TA_STATEMENTS) {
        return ta_cli_misuse(cli, err,
                             sign != NULL ? "\"%s\" names no statement that you are asked for: "
                                            "turnabout rate lists them."
                                          : "\"%s\" is one answer too many: turnabout rate lists "
                                            "the statements.",
                             word);
    }
    *next = sign != NULL ? *next : statement + 1;
    return read_value(cli, sign != NULL ? sign + 1 : word, &rating->value[statement], err);
}

static bool take_text(struct ta_cli *cli, enum ta_role role, const char *text,
                      enum ta_statement *next, struct ta_rating *rating, struct ta_error *err)
{
    static const char blanks[] = " \t\r\n";
    bool ok = true;
    for (text += strspn(text, blanks); ok && *text != '\0'; text += strspn(text, blanks)) {
        size_t length = strcspn(text, blanks);
        char *word = ta_piece_copy((struct ta_piece){text, length});
        ok = take_answer(cli, role, word, next, rating, err);
        free(word);
        text += length;
    }
    return ok;
}

static bool read_answers(struct ta_cli *cli, enum ta_role role, struct ta_rating *rating,
                         struct ta_error *err)
{
    enum ta_statement next = 0;
    bool ok = true;
    for (size_t i = 1; ok && i < cli->word_count; i++) {
        struct ta_text text = {0};
        ok = ta_cli_text(cli, cli->words[i], &text, err) &&
             take_text(cli, role, text.bytes != NULL ? text.bytes : "", &next, rating, err);
        ta_text_release(&text);
    }
    return ok;
}

/* What is not named stays as it was answered before. */
static bool rate(struct ta_cli *cli, struct ta_rated *rated, unsigned session, struct ta_error *err)
{
    const struct ta_rating *before = ta_ratings_of(&rated->ratings, session);
    struct ta_rating rating = {.session = session};
    if (before != NULL) {
        rating = *before;
    }
    return read_answers(cli, rated->role, &rating, err) &&
           ta_desk_rate(&cli->desk, &cli->pair, rated, &rating, err);
}

static bool is_held(const struct ta_rated *rated, unsigned session, struct ta_error *err)
{
    return session <= rated->held ||
           ta_fail(err, TA_ABSENT, "Session %u is not in the record: %u %s.", session, rated->held,
                   rated->held == 1 ? "is" : "are");
}

bool ta_cli_rate(struct ta_cli *cli, struct ta_error *err)
{
    struct ta_rated rated = {0};
    enum ta_role as;
    enum ta_role role;
    unsigned session = 0;
    bool ok = ta_cli_as(cli, &as, err) &&
              (cli->word_count == 0 || ta_cli_session(cli, cli->words[0], &session, err)) &&
              ta_desk_rater(&cli->pair, as, &role, err) &&
              ta_desk_ratings(&cli->desk, &cli->pair, role, &rated, err) &&
              (cli->word_count < 2 || rate(cli, &rated, session, err)) &&
              is_held(&rated, session, err);
    if (ok && rated.held == 0) {
        ta_cli_hint(cli, "No session is in the record yet: there is nothing to rate.");
    } else if (ok) {
        show(cli, &rated, session != 0 ? session : rated.held);
    }
    ta_rated_release(&rated);
    return ok;
}
