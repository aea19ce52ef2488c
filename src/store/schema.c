#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"
#include "turnabout/base/memory.h"
#include "turnabout/base/text.h"

/* Ids of pairs and sittings are never given twice (AUTOINCREMENT): another process may still hold
   one that is there no longer. Events and notes lie in the order of their sitting, without an index
   of their own: adding one writes one page. */
static const char schema[] = SQL(
    CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE pair (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        slug TEXT NOT NULL UNIQUE,
        topic TEXT,
        mentor_name TEXT NOT NULL,
        mentor_email TEXT,
        mentee_name TEXT NOT NULL,
        mentee_email TEXT,
        me TEXT NOT NULL CHECK (me IN ('mentor', 'mentee', 'nobody')),
        added INTEGER NOT NULL
    ) STRICT;

    /* A draft that was dropped keeps its row with no text, so that its revisions go on rising:
       one that was read before the drop is never taken for one that was begun after it. */
    CREATE TABLE draft (
        pair INTEGER NOT NULL REFERENCES pair ON DELETE CASCADE,
        name TEXT NOT NULL,
        text TEXT,
        revision INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        PRIMARY KEY (pair, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sitting (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        pair INTEGER NOT NULL REFERENCES pair ON DELETE CASCADE,
        number INTEGER NOT NULL CHECK (number > 0),
        change INTEGER NOT NULL DEFAULT 1,
        agenda TEXT NOT NULL,
        UNIQUE (pair, number)
    ) STRICT;

    CREATE TABLE event (
        sitting INTEGER NOT NULL REFERENCES sitting ON DELETE CASCADE,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN
            ('start', 'pause', 'resume', 'extend', 'item', 'floor', 'end')),
        at INTEGER NOT NULL,
        value INTEGER NOT NULL,
        PRIMARY KEY (sitting, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE note (
        sitting INTEGER NOT NULL REFERENCES sitting ON DELETE CASCADE,
        position INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN
            ('plain', 'takeaway', 'promise', 'question', 'difference', 'mine')),
        at INTEGER NOT NULL,
        item INTEGER NOT NULL,
        removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
        text TEXT NOT NULL,
        PRIMARY KEY (sitting, position)
    ) STRICT, WITHOUT ROWID;

    /* Derived from the record; the tip is the commit that it was derived from. */
    CREATE TABLE index_tip (
        pair INTEGER PRIMARY KEY REFERENCES pair ON DELETE CASCADE,
        tip TEXT NOT NULL
    ) STRICT;
    CREATE TABLE document (
        pair INTEGER NOT NULL REFERENCES pair ON DELETE CASCADE,
        path TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (pair, path)
    ) STRICT;
);

/* What each thought of a session, for that person alone: it is mine. */
static const char ratings[] = SQL(
    CREATE TABLE rating (
        pair INTEGER NOT NULL REFERENCES pair ON DELETE CASCADE,
        role TEXT NOT NULL CHECK (role IN ('mentor', 'mentee')),
        session INTEGER NOT NULL CHECK (session > 0),
        statement TEXT NOT NULL CHECK (statement IN
            ('openly', 'mattered', 'suited', 'worth', 'cost', 'different')),
        value INTEGER NOT NULL CHECK (value BETWEEN 1 AND 5),
        PRIMARY KEY (pair, role, session, statement)
    ) STRICT, WITHOUT ROWID;
);

/* Derived from the record: what history shows of each commit. The newest has the highest
   position. */
static const char with_log[] = SQL(
    CREATE TABLE log (
        pair INTEGER NOT NULL REFERENCES pair ON DELETE CASCADE,
        position INTEGER NOT NULL,
        id TEXT NOT NULL,
        at INTEGER NOT NULL,
        zone INTEGER NOT NULL,
        session INTEGER NOT NULL,
        subject TEXT NOT NULL,
        author TEXT NOT NULL,
        PRIMARY KEY (pair, position)
    ) STRICT, WITHOUT ROWID;
);

/* Where the clock of the machine stood when the session began, for others to go on from. */
static const char clocks[] = SQL(
    ALTER TABLE sitting ADD COLUMN clock TEXT;
);

/* Where the pair's repositories are synced with, and how that went the last time. */
static const char remotes[] = SQL(
    CREATE TABLE remote (
        pair INTEGER NOT NULL REFERENCES pair ON DELETE CASCADE,
        name TEXT NOT NULL CHECK (name IN ('record', 'released')),
        url TEXT NOT NULL,
        synced INTEGER NOT NULL DEFAULT 0,
        ending TEXT,
        message TEXT,
        PRIMARY KEY (pair, name)
    ) STRICT, WITHOUT ROWID;
);

/* What was chosen where two histories contradict each other, until they are one; no text: the
   document goes. */
static const char choices[] = SQL(
    CREATE TABLE choice (
        pair INTEGER NOT NULL REFERENCES pair ON DELETE CASCADE,
        digest TEXT NOT NULL,
        text TEXT,
        PRIMARY KEY (pair, digest)
    ) STRICT, WITHOUT ROWID;
);

/* Whether the summary of a session that was held here is in the record (enum ta_sitting_standing).
   Of those before this was kept, it is where the index has one of their number. */
static const char standings[] = SQL(
    ALTER TABLE sitting ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;
    UPDATE sitting SET standing = 1 + EXISTS (
        SELECT 1 FROM document WHERE document.pair = sitting.pair AND
            (path = printf('sessions/%02d/summary.md', number) OR
             path LIKE 'sessions/%/' || number || '/summary.md'));
);

/* The first makes the tables as they were first published; what changed since comes behind. */
static const char *const steps[] = {
    schema, ratings, with_log, clocks, remotes, choices, standings,
};
const struct ta_schema ta_pairs_schema = {steps, sizeof steps / sizeof steps[0]};

static bool read_version(struct ta_store *store, int64_t *version, struct ta_error *err)
{
    struct ta_query query = ta_query_once(store, SQL(PRAGMA user_version));
    *version = ta_query_row(&query) ? ta_query_number(&query, 0) : 0;
    return ta_query_end(&query, err);
}

/* A PRAGMA takes no parameter. */
static bool write_version(struct ta_store *store, int version, struct ta_error *err)
{
    struct ta_text sql = {0};
    ta_text_addf(&sql, SQL(PRAGMA user_version = %d), version);
    bool ok = ta_store_run(store, sql.bytes, err);
    ta_text_release(&sql);
    return ok;
}

/* Another process may have migrated since: the version is read again inside the transaction. */
static bool take_steps(struct ta_store *store, const char *const *all, int count,
                       struct ta_error *err)
{
    int64_t version = 0;
    bool ok = read_version(store, &version, err);
    for (int64_t i = version; ok && i < count; i++) {
        ok = ta_store_run(store, all[i], err);
    }
    return ok && (version >= count || write_version(store, count, err));
}

bool ta_schema_migrate(struct ta_store *store, const char *const *all, int count,
                       struct ta_error *err)
{
    return ta_store_begin(store, err) &&
           ta_store_finish(store, take_steps(store, all, count, err), err);
}

bool ta_schema_is_current(struct ta_store *store)
{
    int64_t version = 0;
    return read_version(store, &version, NULL) && version == ta_pairs_schema.count;
}

static bool bring_up_to_date(struct ta_store *store, const struct ta_schema *wanted,
                             int64_t version, struct ta_error *err)
{
    if (version <= 0) {
        return ta_fail(err, TA_DAMAGED,
                       "%s is a database, but not Turnabout's: move it away, and put a backup in "
                       "its place if there is one.",
                       store->path);
    }
    if (version > wanted->count) {
        return ta_fail(err, TA_DAMAGED,
                       "%s was written by a newer Turnabout (its tables are of version %lld, this "
                       "program knows %d): install the newer one; nothing was changed.",
                       store->path, (long long)version, wanted->count);
    }
    return ta_schema_migrate(store, wanted->steps, wanted->count, err);
}

bool ta_schema_update(struct ta_store *store, const struct ta_schema *wanted, struct ta_error *err)
{
    int64_t version = 0;
    return read_version(store, &version, err) &&
           (version == wanted->count || bring_up_to_date(store, wanted, version, err));
}

/* The log comes last: a file whose tables were still in it would be linked without them. */
static bool fill(const char *temporary, const char *path, const struct ta_schema *wanted,
                 struct ta_error *err)
{
    struct ta_store *store = NULL;
    if (!ta_store_connect(&store, temporary, err)) {
        return false;
    }
    ta_replace(&store->path, path);
    store->may_write = true;
    bool ok = ta_schema_migrate(store, wanted->steps, wanted->count, err) &&
              ta_store_run(store, SQL(PRAGMA journal_mode = WAL), err);
    ta_store_close(store);
    return ok;
}

static void remove_all(const char *path)
{
    static const char *const endings[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        struct ta_text name = {0};
        ta_text_addf(&name, "%s%s", path, endings[i]);
        (void)unlink(name.bytes);
        ta_text_release(&name);
    }
}

static bool cannot_be_made(const char *path, struct ta_error *err)
{
    return ta_fail(err, TA_SYSTEM, "%s cannot be made: %s; see to its folder's permissions.", path,
                   strerror(errno));
}

/*
 * Made under another name and linked to its own when it is whole: a kill in between leaves nothing
 * that the next start stumbles over, and of two first starts at once one makes the database. The
 * name is durable with the first change, when SQLite flushes the folder for its new log.
 */
bool ta_schema_create(const char *path, const struct ta_schema *wanted, struct ta_error *err)
{
    struct ta_text temporary = {0};
    ta_text_addf(&temporary, "%s.XXXXXX", path);
    int file = mkostemp(temporary.bytes, O_CLOEXEC); /* mode 0600, which SQLite gives the log too */
    bool ok = file >= 0 || cannot_be_made(path, err);
    if (ok) {
        (void)close(file);
        ok = fill(temporary.bytes, path, wanted, err) &&
             (link(temporary.bytes, path) == 0 || errno == EEXIST || cannot_be_made(path, err));
        remove_all(temporary.bytes);
    }
    ta_text_release(&temporary);
    return ok;
}
