-- Collation: which documents are copies of which (see schema.sql).

CREATE TABLE relations (
    id              TEXT PRIMARY KEY,
    a               INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    b               INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    kind            TEXT NOT NULL,
    direction       TEXT NOT NULL,
    ancestor        TEXT NOT NULL,
    ancestor_lost   INTEGER NOT NULL,
    similarity      REAL NOT NULL,
    direction_score REAL NOT NULL,
    reworded        TEXT NOT NULL,
    score           REAL NOT NULL,
    reason          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX relations_a ON relations (a);
CREATE INDEX relations_b ON relations (b);

CREATE TABLE lost_documents (
    id       TEXT PRIMARY KEY,
    credited TEXT,
    score    REAL NOT NULL,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE families (
    origin    TEXT PRIMARY KEY,
    lost      INTEGER NOT NULL,
    documents INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE descents (
    document INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    family   TEXT NOT NULL,
    parent   TEXT,
    kind     TEXT,
    relation TEXT,
    score    REAL NOT NULL,
    reason   TEXT NOT NULL
) STRICT;
CREATE INDEX descents_family ON descents (family);

CREATE TABLE origins (
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    place    INTEGER NOT NULL,
    origin   TEXT NOT NULL,
    spans    TEXT NOT NULL,
    PRIMARY KEY (document, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX origins_origin ON origins (origin);

CREATE TABLE passages (
    id       TEXT PRIMARY KEY,
    relation TEXT NOT NULL REFERENCES relations (id) ON DELETE CASCADE,
    a_start  INTEGER NOT NULL,
    a_end    INTEGER NOT NULL,
    b_start  INTEGER NOT NULL,
    b_end    INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    origin   TEXT NOT NULL,
    score    REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passages_relation ON passages (relation);

CREATE TABLE variants (
    id        TEXT PRIMARY KEY,
    relation  TEXT NOT NULL REFERENCES relations (id) ON DELETE CASCADE,
    a_start   INTEGER,
    a_end     INTEGER,
    b_start   INTEGER,
    b_end     INTEGER,
    kind      TEXT NOT NULL,
    severity  TEXT NOT NULL,
    weight    REAL NOT NULL,
    score     REAL NOT NULL,
    reason    TEXT NOT NULL,
    utterance TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX variants_relation ON variants (relation);
CREATE INDEX variants_utterance ON variants (utterance) WHERE utterance IS NOT NULL;
CREATE INDEX variants_order ON variants (severity, weight);

ALTER TABLE utterances ADD COLUMN origins TEXT NOT NULL DEFAULT '[]';
ALTER TABLE utterances ADD COLUMN original TEXT;
ALTER TABLE utterances ADD COLUMN original_reason TEXT NOT NULL DEFAULT '';

DELETE FROM meta WHERE key IN ('collated', 'situated');
