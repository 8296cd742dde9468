-- Who said what: attributions, who speaks in them, actors across documents, and utterances. The next build fills them.
CREATE TABLE cast_members (
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    names    TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    score    REAL NOT NULL,
    actor    TEXT,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX cast_members_actor ON cast_members (actor);

CREATE TABLE actors (
    id        TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    aliases   TEXT NOT NULL,
    iso3166   TEXT,
    documents INTEGER NOT NULL,
    score     REAL NOT NULL,
    reason    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attributions (
    n         INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    document  INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    zone      TEXT,
    kind      TEXT NOT NULL,
    source    TEXT NOT NULL,
    cue       TEXT NOT NULL,
    content   TEXT NOT NULL,
    hedges    TEXT NOT NULL,
    negated   INTEGER NOT NULL,
    stance    TEXT NOT NULL,
    modality  TEXT NOT NULL,
    within    TEXT,
    start     INTEGER NOT NULL,
    words     TEXT NOT NULL,
    plain     TEXT NOT NULL,
    score     REAL NOT NULL,
    reason    TEXT NOT NULL,
    utterance TEXT
) STRICT;
CREATE INDEX attributions_document ON attributions (document, start);
CREATE INDEX attributions_utterance ON attributions (utterance);

CREATE TABLE speakers (
    attribution INTEGER NOT NULL REFERENCES attributions (n) ON DELETE CASCADE,
    place       INTEGER NOT NULL,
    member      INTEGER,
    name        TEXT NOT NULL,
    actor       TEXT,
    PRIMARY KEY (attribution, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX speakers_actor ON speakers (actor, name);

CREATE TABLE utterances (
    id           TEXT PRIMARY KEY,
    speakers     TEXT NOT NULL,
    attributions INTEGER NOT NULL,
    documents    INTEGER NOT NULL,
    altered      INTEGER NOT NULL,
    score        REAL NOT NULL,
    reason       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE said USING fts5 (
    plain,
    content = 'attributions', content_rowid = 'n',
    tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER attributions_added AFTER INSERT ON attributions BEGIN
    INSERT INTO said (rowid, plain) VALUES (new.n, new.plain);
END;
CREATE TRIGGER attributions_removed AFTER DELETE ON attributions BEGIN
    INSERT INTO said (said, rowid, plain) VALUES ('delete', old.n, old.plain);
END;

ALTER TABLE documents ADD COLUMN situated TEXT NOT NULL DEFAULT '';
