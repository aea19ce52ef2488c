#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "turnabout/base/memory.h"
#include "turnabout/desk/search.h"

enum {
    HITS = 50,
    COLUMNS = 160, /* of a line that is shown to people */
    SLICE = 1000,  /* milliseconds between two words of progress */
};

static bool read_limit(struct ta_cli *cli, size_t *limit, struct ta_error *err)
{
    const char *word = cli->option[TA_OPTION_NUMBER];
    int number = HITS;
    if (word && !ta_cli_number(cli, word, "how many lines", &number, err)) {
        return false;
    }
    *limit = number > 0 ? (size_t)number : 0;
    return number > 0 || ta_cli_misuse(cli, err, "-n takes a number from 1 on.");
}

static void print_hit(struct ta_cli *cli, const struct ta_sought *sought, const struct ta_hit *hit)
{
    struct ta_printer *printer = &cli->printer;
    char day[TA_DATE_SIZE];
    char session[24];
    char *shown = ta_hit_line(hit, sought, COLUMNS);
    (void)snprintf(session, sizeof session, "session %u", hit->excerpt.session);
    ta_day_write(day, hit->excerpt.day);
    ta_print_object(printer, NULL);
    ta_print_string(printer, "pair", ta_hit_slug(hit), ta_hit_slug(hit));
    if (hit->excerpt.session > 0) {
        ta_print_number(printer, "session", hit->excerpt.session, session);
    } else {
        ta_print_nothing(printer, "session", "");
    }
    ta_print_string(printer, "kind", ta_excerpt_kind_name(hit->excerpt.kind),
                    ta_excerpt_kind_name(hit->excerpt.kind));
    ta_print_string(printer, "text", hit->excerpt.text, shown);
    ta_print_thousandths(printer, "score", (int64_t)(hit->score * 1000.0 + 0.5), NULL);
    ta_print_string(printer, "day", hit->excerpt.day.year > 0 ? day : NULL, NULL);
    ta_print_string(printer, "document", hit->path, NULL);
    ta_print_number(printer, "line", (int64_t)hit->excerpt.line + 1, NULL);
    ta_print_end(printer);
    free(shown);
}

static void print_hits(struct ta_cli *cli, const struct ta_sought *sought,
                       const struct ta_hits *hits)
{
    ta_print_list(&cli->printer, NULL);
    for (size_t i = 0; i < hits->count; i++) {
        print_hit(cli, sought, &hits->items[i]);
    }
    ta_print_end(&cli->printer);
    if (ta_sought_is_empty(sought)) {
        ta_cli_hint(cli, "There is no word in that to look for.");
    } else if (hits->count == 0) {
        ta_cli_hint(cli, "Nothing was found.");
    } else if (hits->more && hits->is_ranked) {
        ta_cli_hint(cli, "The best %zu of %s%zu: -n N shows more.", hits->count,
                    hits->is_of_newest ? "the newest " : "", hits->total);
    } else if (hits->more) {
        ta_cli_hint(cli, "The newest %zu: -n N shows more.", hits->count);
    }
}

static bool index_all(struct ta_cli *cli, struct ta_searching *searching, struct ta_error *err)
{
    bool done = false;
    bool ok = true;
    bool told = false;
    while (ok && !done) {
        ok = ta_searching_step(searching, SLICE, &done, err);
        size_t all;
        size_t left = ta_searching_left(searching, &all);
        if (ok && left > 0 && cli->world->terminal) {
            (void)fprintf(stderr, "\rReading: %zu of %zu pairs", all - left, all);
            told = true;
        }
    }
    if (told) {
        (void)fprintf(stderr, "\r%60s\r", "");
    }
    return ok;
}

static bool find(struct ta_cli *cli, const struct ta_sought *sought,
                 const struct ta_search_scope *scope, size_t limit, struct ta_error *err)
{
    struct ta_searching *searching;
    struct ta_search_wish wish = {.ranked = true, .limit = limit};
    struct ta_hits hits = {0};
    if (!ta_searching_open(&searching, &cli->desk, scope, err)) {
        return false;
    }
    bool ok =
        index_all(cli, searching, err) && ta_searching_find(searching, sought, &wish, &hits, err);
    if (ok) {
        print_hits(cli, sought, &hits);
    }
    if (ta_searching_trouble(searching)) {
        ta_cli_remark(cli, "%s", ta_searching_trouble(searching));
    }
    ta_hits_release(&hits);
    ta_searching_close(searching);
    return ok;
}

/* On a screen a filter is left out while it is being typed; a script has typed all of it. */
static bool read_sought(struct ta_cli *cli, struct ta_sought *sought, struct ta_error *err)
{
    char *line = ta_cli_joined(cli);
    ta_sought_read(sought, line, true);
    free(line);
    return !sought->unclear ||
           ta_cli_misuse(cli, err, "%s is no filter: give %s.", sought->unclear, sought->instead);
}

bool ta_cli_search(struct ta_cli *cli, struct ta_error *err)
{
    size_t limit;
    const char *slug = cli->option[TA_OPTION_PAIR];
    struct ta_search_scope scope = {.records = true, .released = true};
    if (!read_limit(cli, &limit, err) ||
        (slug && !ta_desk_pair(&cli->desk, slug, &cli->pair, err))) {
        return false;
    }
    if (slug) {
        scope = (struct ta_search_scope){.pair = &cli->pair, .records = true};
    }
    struct ta_sought sought = {0};
    bool ok = read_sought(cli, &sought, err) && find(cli, &sought, &scope, limit, err);
    ta_sought_release(&sought);
    return ok;
}
