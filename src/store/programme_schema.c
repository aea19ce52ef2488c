#include "internal.h"

/* One more (or less) of a kind (enum ta_figure_kind). Triggers count: whoever changes a row, and
   however, the sums agree with the rows. */
#define COUNT(values)                                                                              \
    "INSERT INTO programme_figure (kind, key, count) VALUES " values                               \
    " ON CONFLICT (kind, key) DO UPDATE SET count = count + excluded.count; "

#define COUNT_PAIR(row, sign)                                                                      \
    COUNT("(0, 0, " sign "1), (1, 0, " sign row ".released), (2, 0, " sign "(" row                 \
          ".contract > 0)), (3, 0, " sign row ".held), (4, 0, " sign row                           \
          ".moved), (5, 0, " sign row ".cancelled_mentor), (5, 1, " sign row                       \
          ".cancelled_mentee), (5, 2, " sign row ".cancelled_other)")

/* Of the first session of a pair there is no gap. */
#define COUNT_SESSION(row, sign)                                                                   \
    COUNT("(6, " row ".month, " sign "1), (7, coalesce(" row ".gap, -1), " sign "1)")

#define TRIGGER(event, statements) "CREATE TRIGGER " event " BEGIN " statements "END; "

/* Days are counted from 1970-01-01; one that never comes is the last there is. */
static const char tables[] = SQL(
    CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE programme_pair (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        slug TEXT NOT NULL UNIQUE,
        mentor TEXT NOT NULL,
        mentee TEXT NOT NULL,
        topic TEXT,
        url TEXT NOT NULL UNIQUE,
        added INTEGER NOT NULL,
        fetched INTEGER NOT NULL DEFAULT 0,
        trouble TEXT
    ) STRICT;

    /* Derived from refs/pairs of the programme, as of the commit that is named by the tip. When that
       could not be taken, what stands here, and the sessions, are of the one that was taken before.
       The words of sessions are in the repository alone. */
    CREATE TABLE released_pair (
        pair INTEGER PRIMARY KEY REFERENCES programme_pair ON DELETE CASCADE,
        look INTEGER NOT NULL,
        tip TEXT NOT NULL,
        taken TEXT NOT NULL,
        words TEXT NOT NULL,
        joined INTEGER NOT NULL,
        seen INTEGER NOT NULL,
        released INTEGER NOT NULL,
        level INTEGER NOT NULL,
        contract INTEGER NOT NULL,
        since INTEGER,
        planned INTEGER NOT NULL,
        rhythm INTEGER NOT NULL,
        promises INTEGER NOT NULL,
        open INTEGER NOT NULL,
        done INTEGER NOT NULL,
        told INTEGER NOT NULL,
        held INTEGER NOT NULL,
        moved INTEGER NOT NULL,
        cancelled_mentor INTEGER NOT NULL,
        cancelled_mentee INTEGER NOT NULL,
        cancelled_other INTEGER NOT NULL,
        last INTEGER NOT NULL,
        last_zone INTEGER NOT NULL,
        next INTEGER NOT NULL,
        next_zone INTEGER NOT NULL,
        run INTEGER NOT NULL,
        run_by INTEGER NOT NULL,
        run_day INTEGER,
        course TEXT NOT NULL
    ) STRICT;
    CREATE INDEX released_pair_look ON released_pair (look, pair);

    CREATE TABLE released_session (
        id INTEGER PRIMARY KEY,
        pair INTEGER NOT NULL REFERENCES programme_pair ON DELETE CASCADE,
        session INTEGER NOT NULL,
        held INTEGER NOT NULL,
        zone INTEGER NOT NULL,
        month INTEGER NOT NULL,
        gap INTEGER,
        minutes INTEGER NOT NULL,
        withheld INTEGER NOT NULL,
        UNIQUE (pair, session)
    ) STRICT;

    CREATE TABLE programme_figure (
        kind INTEGER NOT NULL,
        key INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (kind, key)
    ) STRICT, WITHOUT ROWID;
);

/* clang-format off */
static const char counting[] =
    TRIGGER("released_pair_comes AFTER INSERT ON released_pair", COUNT_PAIR("new", "+"))
    TRIGGER("released_pair_goes AFTER DELETE ON released_pair", COUNT_PAIR("old", "-"))
    TRIGGER("released_pair_changes AFTER UPDATE ON released_pair",
            COUNT_PAIR("old", "-") COUNT_PAIR("new", "+"))
    TRIGGER("released_session_comes AFTER INSERT ON released_session", COUNT_SESSION("new", "+"))
    TRIGGER("released_session_goes AFTER DELETE ON released_session", COUNT_SESSION("old", "-"))
    TRIGGER("released_session_changes AFTER UPDATE OF month, gap ON released_session",
            COUNT_SESSION("old", "-") COUNT_SESSION("new", "+"));
/* clang-format on */

/* Whether the last look at a pair was in vain, or there was none. What came once, and by other ways
   than being fetched, was not in vain. */
#define IS_MISSING(pair, released)                                                                 \
    "(" pair ".trouble IS NOT NULL OR (" pair ".fetched = 0 AND NOT " released "))"

#define COUNT_MISSING(row, sign)                                                                   \
    COUNT("(8, 0, " sign row ".missing), (9, 0, " sign "(NOT " row ".released AND NOT " row        \
          ".missing))")

/* clang-format off */
static const char missing[] =
    "ALTER TABLE released_pair ADD COLUMN missing INTEGER NOT NULL DEFAULT 0; "
    "UPDATE released_pair SET missing = (SELECT " IS_MISSING("programme_pair", "released_pair.released")
    " FROM programme_pair WHERE id = pair); "
    "INSERT INTO programme_figure (kind, key, count) VALUES "
    "(8, 0, (SELECT count(*) FROM released_pair WHERE missing)), "
    "(9, 0, (SELECT count(*) FROM released_pair WHERE NOT released AND NOT missing)); "
    "CREATE INDEX released_pair_missing ON released_pair (missing, look, pair); "
    TRIGGER("released_pair_missing_comes AFTER INSERT ON released_pair",
            COUNT_MISSING("new", "+"))
    TRIGGER("released_pair_missing_goes AFTER DELETE ON released_pair", COUNT_MISSING("old", "-"))
    TRIGGER("released_pair_missing_changes AFTER UPDATE OF missing, released ON released_pair",
            COUNT_MISSING("old", "-") COUNT_MISSING("new", "+"))
    TRIGGER("programme_pair_asked AFTER UPDATE OF fetched, trouble ON programme_pair",
            "UPDATE released_pair SET missing = " IS_MISSING("new", "released")
            " WHERE pair = new.id AND missing <> " IS_MISSING("new", "released") "; ");
/* clang-format on */

/* Letters that are folded since (ta_fold()). */
static const char folding[] = SQL(
    UPDATE released_pair
    SET words = replace(replace(replace(replace(words, 'ı', 'i'), 'ł', 'l'), 'ø', 'o'), 'đ', 'd')
    WHERE words GLOB '*[ıłøđ]*';
);

static const char *const steps[] = {
    tables,
    counting,
    missing,
    folding,
};
const struct ta_schema ta_programme_schema = {steps, sizeof steps / sizeof steps[0]};
