-- The situation: who stands where, who holds what, what happened, how it is named, and where accounts part.

-- What one document says of the situation, before it is joined with others (situation.findings): compressed JSON.
CREATE TABLE findings (
    document INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    recipe   TEXT NOT NULL,     -- the recipe of the annotation and the code that found it
    data     BLOB NOT NULL
) STRICT;

-- Clues to who an actor of a document is, beside its names (situation.actors): JSON.
ALTER TABLE cast_members ADD COLUMN clues TEXT NOT NULL DEFAULT '{}';
ALTER TABLE actors ADD COLUMN wikidata TEXT;

-- How actors hang together: the first is the government of, is a part of, belongs to, leads, or speaks for the second.
CREATE TABLE ties (
    id       TEXT PRIMARY KEY,
    actor    TEXT NOT NULL,
    of       TEXT NOT NULL,
    kind     TEXT NOT NULL,     -- government, part, member, leader, spokesperson
    documents INTEGER NOT NULL,
    origins  TEXT NOT NULL,     -- JSON: ids of the independent origins
    score    REAL NOT NULL,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ties_actor ON ties (actor);
CREATE INDEX ties_of ON ties (of);

-- Pairs of actors that may be one, for an editor to settle.
CREATE TABLE undecided (
    a        TEXT NOT NULL,
    b        TEXT NOT NULL,
    score    REAL NOT NULL,     -- how likely they are one
    reason   TEXT NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;

-- Where the words stand that a row is made of; documents and origins of a row are those of its evidence.
CREATE TABLE evidence (
    kind     TEXT NOT NULL,     -- tie, occupancy, event, stance, claim
    row      TEXT NOT NULL,
    place    INTEGER NOT NULL,  -- from 0, the best first
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    origin   TEXT NOT NULL,     -- id of the origin of the passage
    PRIMARY KEY (kind, row, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_document ON evidence (document, start);

-- Posts that actors hold or claim. Dates in this file are records.DateInterval as JSON; NULL where nothing is known.
CREATE TABLE offices (
    id       TEXT PRIMARY KEY,
    name     TEXT NOT NULL,     -- "president of Venezuela"
    post     TEXT NOT NULL,     -- "president"
    body     TEXT,              -- id of the actor whose office it is
    body_name TEXT,
    documents INTEGER NOT NULL,
    origins  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE occupancies (
    id        TEXT PRIMARY KEY,
    actor     TEXT NOT NULL,
    office    TEXT NOT NULL REFERENCES offices (id),
    status    TEXT NOT NULL,    -- holds, claims, former, acting, proposed
    since     TEXT,             -- a date
    until     TEXT,             -- a date
    confirmed TEXT,             -- a date: the last one on which it is told
    voice     TEXT,             -- id of the actor according to whom it is so; NULL where it is the outlet
    outlet    TEXT,             -- the outlet according to whom it is so; NULL where it is an actor, or not known
    documents INTEGER NOT NULL,
    origins   TEXT NOT NULL,
    score     REAL NOT NULL,
    reason    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX occupancies_actor ON occupancies (actor);
CREATE INDEX occupancies_office ON occupancies (office);

CREATE TABLE events (
    id        TEXT PRIMARY KEY,
    type      TEXT,             -- PLOVER
    subtype   TEXT NOT NULL,
    summary   TEXT NOT NULL,    -- the words that tell it, shortened
    at        TEXT,             -- a date
    earliest  TEXT,             -- its days (ISO 8601), for orders and filters
    latest    TEXT,
    place     TEXT,
    modality  TEXT NOT NULL,
    attributed TEXT NOT NULL,   -- JSON list as via: {speakers: [{actor, name}], cue, hedges, negated}
    documents INTEGER NOT NULL,
    origins   TEXT NOT NULL,
    score     REAL NOT NULL,
    reason    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX events_when ON events (earliest, latest);

-- Who takes part in an event.
CREATE TABLE parts (
    event    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    role     TEXT NOT NULL,     -- actor, recipient
    place    INTEGER NOT NULL,
    actor    TEXT,              -- id; NULL for somebody without a name
    name     TEXT NOT NULL,
    PRIMARY KEY (event, role, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX parts_actor ON parts (actor);

CREATE TABLE stances (
    id        TEXT PRIMARY KEY,
    actor     TEXT NOT NULL,
    stance    TEXT NOT NULL,    -- recognises, supports, neutral, opposes, rejects, derecognises
    target    TEXT,             -- id of an actor; NULL where it is an issue
    issue     TEXT,             -- in words; NULL where it is an actor
    as_office TEXT,             -- name of the office as whose holder
    since     TEXT,             -- a date
    until     TEXT,             -- a date
    confirmed TEXT,             -- a date: the last one on which it is told
    starts    TEXT,             -- first day from which it may hold (ISO 8601); NULL: not known
    ends      TEXT,             -- last day until which it may hold; NULL: open
    modality  TEXT NOT NULL,
    attributed TEXT NOT NULL,   -- as in events
    outlets   TEXT NOT NULL,    -- JSON: outlets whose documents tell it
    event     TEXT,             -- id of the event from which it is inferred
    documents INTEGER NOT NULL,
    origins   TEXT NOT NULL,
    score     REAL NOT NULL,
    reason    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX stances_actor ON stances (actor);
CREATE INDEX stances_target ON stances (target);

CREATE TABLE labels (
    id        TEXT PRIMARY KEY,
    actor     TEXT,             -- id of the actor whom it names
    event     TEXT,             -- or of the event
    label     TEXT NOT NULL,    -- the words, in lower case but for names, without an article
    head      TEXT NOT NULL,    -- its noun
    document  INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    outlet    TEXT,
    voice     TEXT,             -- id of the speaker; NULL where it is the outlet's own or the speaker has no name
    voice_name TEXT,            -- of the speaker; NULL where it is the outlet's own voice
    tone      TEXT NOT NULL,    -- plain, loaded, distancing
    scare     INTEGER NOT NULL, -- whether it stands in scare quotes
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    origin    TEXT NOT NULL,    -- of the passage
    score     REAL NOT NULL,
    reason    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX labels_actor ON labels (actor, label);
CREATE INDEX labels_document ON labels (document);

CREATE TABLE claims (
    id        TEXT PRIMARY KEY,
    predicate TEXT NOT NULL,
    arguments TEXT NOT NULL,    -- JSON list of {role, actor, text}
    value     TEXT,             -- what a functional predicate has: a number, a day, a name
    polarity  TEXT NOT NULL,    -- positive, negative
    modality  TEXT NOT NULL,
    at        TEXT,             -- a date
    summary   TEXT NOT NULL,    -- a sentence of the earliest document, shortened
    documents INTEGER NOT NULL,
    origins   TEXT NOT NULL,
    score     REAL NOT NULL,
    reason    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Whom and what claims are about, for lists.
CREATE TABLE claim_actors (
    claim TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    PRIMARY KEY (claim, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_actors_actor ON claim_actors (actor);

CREATE TABLE conflicts (
    id        TEXT PRIMARY KEY,
    question  TEXT NOT NULL,
    kind      TEXT NOT NULL,    -- number, time, holder, polarity, stance
    weight    REAL NOT NULL,    -- how much it matters, for the order: more origins on either side first
    documents INTEGER NOT NULL,
    origins   TEXT NOT NULL,
    score     REAL NOT NULL,
    reason    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sides (
    conflict TEXT NOT NULL REFERENCES conflicts (id) ON DELETE CASCADE,
    place    INTEGER NOT NULL,
    value    TEXT NOT NULL,
    claims   TEXT NOT NULL,     -- JSON: ids of claims, occupancies or stances; their evidence is the side's
    documents TEXT NOT NULL,    -- JSON: ids
    origins  TEXT NOT NULL,     -- JSON: ids
    PRIMARY KEY (conflict, place)
) STRICT, WITHOUT ROWID;

-- What others of the same story and time tell and a document does not.
CREATE TABLE omissions (
    id       TEXT PRIMARY KEY,
    claim    TEXT NOT NULL REFERENCES claims (id) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    carried  TEXT NOT NULL,     -- JSON: ids of documents that carry it
    parent   TEXT,              -- id of the document that it was dropped from
    score    REAL NOT NULL,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX omissions_document ON omissions (document);

UPDATE documents SET situated = '';
