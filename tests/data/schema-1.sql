-- The tables as they were first published. Not to be changed: databases of this kind are out there.
PRAGMA journal_mode = WAL;

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

PRAGMA user_version = 1;
