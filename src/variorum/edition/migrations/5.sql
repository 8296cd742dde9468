-- Dates: time expressions, and when documents were published (see schema.sql).

CREATE TABLE times (
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    number   INTEGER NOT NULL,  -- in the order of the text
    zone     TEXT,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    type     TEXT NOT NULL,     -- DATE, TIME, DURATION, SET
    value    TEXT NOT NULL,     -- TIMEX3
    mod      TEXT,
    earliest TEXT,              -- ISO 8601 days that the value covers; NULL where it is no definite time
    latest   TEXT,
    method   TEXT NOT NULL,     -- said (the words have the whole date), publication, text (a date before), unanchored
    reliable INTEGER NOT NULL,  -- 0 where it counts from a doubtful date
    meaning  TEXT NOT NULL,     -- what the words say before they are counted from a day (language.times.Meaning): JSON
    about    TEXT NOT NULL,     -- lemmas of the words around with their distance: JSON
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX times_when ON times (earliest, latest);

-- What bounds the day of publication of a document that bears no reliable one (situation.dates).
CREATE TABLE bounds (
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    number   INTEGER NOT NULL,  -- the surest first
    earliest TEXT,              -- ISO 8601 days; both NULL for a rule that the reason tells
    latest   TEXT,
    method   TEXT NOT NULL,
    score    REAL NOT NULL,
    reason   TEXT NOT NULL,
    start    INTEGER,           -- the words, in the stored text
    "end"    INTEGER,
    other    TEXT,              -- id of the document that it comes from
    verdict  TEXT NOT NULL,     -- used, agrees, overruled
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- Documents whose date was inferred, with what it is without that, which all stages before start from.
CREATE TABLE dated (
    document INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    base     TEXT NOT NULL,     -- records.DateInterval: JSON
    inferred TEXT NOT NULL
) STRICT;

UPDATE documents SET situated = '';
