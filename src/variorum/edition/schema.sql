-- The schema of an edition, version 6. One edition holds one story, in one SQLite file.
--
-- Ids of documents are texts (see records.document_id) and never change; the integer n of a document is a row number of
-- this file alone, for joins and for the search index, and is never shown.
-- Whatever is derived from a document refers to it with ON DELETE CASCADE, so that a document that is changed or removed
-- retracts everything that was made of it.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,     -- 'decisions': the file of editors' decisions; 'complete': '1' once all stages have run
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The input, byte for byte. Parts of 1 MiB, so that no file is too large for a blob.
CREATE TABLE originals (
    sha256 TEXT NOT NULL,       -- of the whole file
    part   INTEGER NOT NULL,    -- from 0
    data   BLOB NOT NULL,       -- zlib-compressed
    PRIMARY KEY (sha256, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    path   TEXT PRIMARY KEY,    -- below the source, with / between its parts
    size   INTEGER NOT NULL,    -- in bytes
    sha256 TEXT NOT NULL,       -- of its bytes
    recipe TEXT NOT NULL        -- code and options that it was read with; another recipe reads it anew
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    n           INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    file        TEXT NOT NULL REFERENCES files (path) ON DELETE CASCADE,
    path        TEXT NOT NULL,  -- as of the file, with the members of an archive behind it
    key         TEXT NOT NULL,  -- what tells it from the others of its file; '' where the file is one document
    line        INTEGER,        -- line, row or record number in the file
    sha256      TEXT NOT NULL,  -- of the item's own bytes
    recipe      TEXT NOT NULL,  -- hash of the item and of the code and options that it was read with
    outlet_read TEXT,           -- who published it, as far as was read in it alone
    settled     TEXT NOT NULL,  -- hash of all that its settled fields were made of
    words       INTEGER NOT NULL,               -- in the reading text, split at white space
    title       TEXT,
    outlet      TEXT,
    author      TEXT,
    editor      TEXT,
    url         TEXT,
    place       TEXT,           -- of the dateline
    agency      TEXT,           -- of the dateline
    language    TEXT,           -- ISO 639-1
    published_earliest  TEXT,   -- ISO 8601 days
    published_latest    TEXT,
    published_best      TEXT,
    published_precision TEXT NOT NULL,
    published_method    TEXT,
    published_reliable  INTEGER NOT NULL,
    published_reasons   TEXT NOT NULL,          -- JSON list of texts
    score       REAL NOT NULL,
    reason      TEXT NOT NULL,
    annotated   TEXT NOT NULL DEFAULT '',       -- settled and the code of the language stage that its annotation fits
    situated    TEXT NOT NULL DEFAULT ''        -- the recipe of the annotation whose actors and attributions are rows
) STRICT;
CREATE INDEX documents_file ON documents (file);
CREATE INDEX documents_outlet ON documents (outlet);
CREATE INDEX documents_published ON documents (published_best);
CREATE INDEX documents_path ON documents (path, line, key);

-- What is long about a document, apart from what lists and filters look at.
CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    text     TEXT NOT NULL,     -- the stored text, which all offsets refer to
    found    BLOB NOT NULL,     -- what was read in it alone (records.ReadItem without the text): compressed JSON
    lines    BLOB NOT NULL      -- digests of its lines (reading.furniture)
) STRICT;

CREATE TABLE zones (
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    score    REAL NOT NULL,
    reason   TEXT NOT NULL,
    PRIMARY KEY (document, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE repairs (
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    repaired TEXT NOT NULL,
    kind     TEXT NOT NULL,
    score    REAL NOT NULL,
    reason   TEXT NOT NULL,
    PRIMARY KEY (document, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE clues (
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    number   INTEGER NOT NULL,  -- in the order of records.Document.clues
    field    TEXT NOT NULL,
    value    TEXT NOT NULL,
    method   TEXT NOT NULL,
    score    REAL NOT NULL,
    reason   TEXT NOT NULL,
    start    INTEGER,
    "end"    INTEGER,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- The text as it is read, with its map to the stored text (records.ReadingText); what search looks through.
CREATE TABLE readings (
    document INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,
    map      BLOB NOT NULL      -- runs and blocks: compressed JSON
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
    title, text,
    content = 'readings', content_rowid = 'document',
    tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER readings_added AFTER INSERT ON readings BEGIN
    INSERT INTO search (rowid, title, text) VALUES (new.document, new.title, new.text);
END;
CREATE TRIGGER readings_removed AFTER DELETE ON readings BEGIN
    INSERT INTO search (search, rowid, title, text) VALUES ('delete', old.document, old.title, old.text);
END;
CREATE TRIGGER readings_changed AFTER UPDATE ON readings BEGIN
    INSERT INTO search (search, rowid, title, text) VALUES ('delete', old.document, old.title, old.text);
    INSERT INTO search (rowid, title, text) VALUES (new.document, new.title, new.text);
END;

-- What the language stage says of each reading text, in offsets of the stored text (edition.annotating).
CREATE TABLE annotations (
    document INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    recipe   TEXT NOT NULL,     -- hash of the reading text, its map, the day of publication, the code and the weights
    trouble  TEXT NOT NULL,     -- why nothing could be said of it; '' where it could
    data     BLOB NOT NULL      -- compressed JSON; empty where there is trouble
) STRICT;
CREATE INDEX annotations_trouble ON annotations (document) WHERE trouble != '';

-- The actors of each document, and whom of the whole corpus each is.
CREATE TABLE cast_members (
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    number   INTEGER NOT NULL,
    name     TEXT NOT NULL,
    kind     TEXT NOT NULL,
    names    TEXT NOT NULL,     -- JSON: the forms of the name that the text uses
    mentions INTEGER NOT NULL,
    score    REAL NOT NULL,
    actor    TEXT,              -- id in actors
    clues    TEXT NOT NULL DEFAULT '{}',   -- JSON: what tells who it is, beside its names (situation.actors)
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX cast_members_actor ON cast_members (actor);

-- Actors across documents.
CREATE TABLE actors (
    id        TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    aliases   TEXT NOT NULL,
    iso3166   TEXT,
    documents INTEGER NOT NULL,
    score     REAL NOT NULL,
    reason    TEXT NOT NULL,
    wikidata  TEXT
) STRICT, WITHOUT ROWID;

-- Who said what: spans are JSON lists of [start, end] in the stored text.
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
    within    TEXT,             -- id of the attribution in whose content it stands
    start     INTEGER NOT NULL,
    words     TEXT NOT NULL,    -- the content, its pieces joined by a unit separator (U+001F)
    plain     TEXT NOT NULL,    -- the same with its broken words mended
    score     REAL NOT NULL,
    reason    TEXT NOT NULL,
    utterance TEXT
) STRICT;
CREATE INDEX attributions_document ON attributions (document, start);
CREATE INDEX attributions_utterance ON attributions (utterance);

-- Who speaks in an attribution, in the order of its source.
CREATE TABLE speakers (
    attribution INTEGER NOT NULL REFERENCES attributions (n) ON DELETE CASCADE,
    place       INTEGER NOT NULL,
    member      INTEGER,        -- number in cast_members
    name        TEXT NOT NULL,
    actor       TEXT,
    PRIMARY KEY (attribution, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX speakers_actor ON speakers (actor, name);

-- One thing that one speaker said once, in however many documents.
CREATE TABLE utterances (
    id           TEXT PRIMARY KEY,
    speakers     TEXT NOT NULL,
    attributions INTEGER NOT NULL,
    documents    INTEGER NOT NULL,
    altered      INTEGER NOT NULL,
    score        REAL NOT NULL,
    reason       TEXT NOT NULL,
    origins      TEXT NOT NULL DEFAULT '[]',    -- JSON: ids of the independent origins that carry it
    original     TEXT,          -- id of the attribution whose words are likely the original; NULL where nothing tells
    original_reason TEXT NOT NULL DEFAULT ''    -- why, or that nothing tells; '' where no version is altered
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

-- How documents are related: one row for each pair of which one descends from the other, or both from a third. Rows of
-- collation are written anew whenever a document changes (edition.collation).
CREATE TABLE relations (
    id              TEXT PRIMARY KEY,
    a               INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    b               INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    kind            TEXT NOT NULL,  -- reprint, excerpt, revision, rewrite
    direction       TEXT NOT NULL,  -- a-from-b, b-from-a, siblings, unknown
    ancestor        TEXT NOT NULL,  -- id of the nearest common ancestor: a document, or a lost one
    ancestor_lost   INTEGER NOT NULL,
    similarity      REAL NOT NULL,
    direction_score REAL NOT NULL,
    reworded        TEXT NOT NULL,  -- a or b, which of the two is reworded throughout; '' where neither is
    score           REAL NOT NULL,
    reason          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX relations_a ON relations (a);
CREATE INDEX relations_b ON relations (b);

-- Documents that others descend from and that are not in the edition.
CREATE TABLE lost_documents (
    id       TEXT PRIMARY KEY,
    credited TEXT,              -- whom the descendants credit with it
    score    REAL NOT NULL,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Documents that are mostly copies of one another, by what they all descend from.
CREATE TABLE families (
    origin    TEXT PRIMARY KEY, -- id of a document or of a lost one
    lost      INTEGER NOT NULL,
    documents INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE descents (
    document INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    family   TEXT NOT NULL,
    parent   TEXT,              -- id of a document or of a lost one; NULL for the origin itself
    kind     TEXT,
    relation TEXT,              -- that says so; NULL below a lost document
    score    REAL NOT NULL,
    reason   TEXT NOT NULL
) STRICT;
CREATE INDEX descents_family ON descents (family);

-- Which origin each stretch of a document descends from; most of it from the first.
CREATE TABLE origins (
    document INTEGER NOT NULL REFERENCES documents (n) ON DELETE CASCADE,
    place    INTEGER NOT NULL,
    origin   TEXT NOT NULL,     -- id of a document or of a lost one
    spans    TEXT NOT NULL,     -- JSON list of [start, end] in the stored text
    PRIMARY KEY (document, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX origins_origin ON origins (origin);

-- What two related documents share, and where that differs, in offsets of the stored texts.
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
    a_start   INTEGER,          -- NULL on the side that lacks it
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

-- Time expressions of each document.
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

-- What one document says of the situation, before it is joined with others (situation.findings): compressed JSON.
CREATE TABLE findings (
    document INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    recipe   TEXT NOT NULL,     -- the recipe of the annotation and the code that found it
    data     BLOB NOT NULL
) STRICT;

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

-- Input that could not be read, and what there is to say of input that could.
CREATE TABLE rejected (
    file   TEXT REFERENCES files (path) ON DELETE CASCADE,  -- NULL where not even its bytes could be had
    path   TEXT NOT NULL,
    line   INTEGER,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX rejected_file ON rejected (file);

CREATE TABLE notices (
    file   TEXT REFERENCES files (path) ON DELETE CASCADE,  -- NULL for a notice about the sheet or the decisions
    path   TEXT NOT NULL,
    line   INTEGER,
    text   TEXT NOT NULL
) STRICT;
CREATE INDEX notices_file ON notices (file);

-- Editors' decisions, as replayed at the last build.
CREATE TABLE decisions (
    number  INTEGER PRIMARY KEY,    -- line in the decisions file
    id      TEXT NOT NULL,          -- hash of the line
    content TEXT NOT NULL,          -- the line: JSON
    state   TEXT NOT NULL,          -- applied, unmatched, broken, undone
    reason  TEXT NOT NULL           -- why it is not applied, in words
) STRICT;

-- Results of one document that are not in the edition yet: an interrupted build goes on from here.
CREATE TABLE journal (
    stage  TEXT NOT NULL,
    recipe TEXT NOT NULL,       -- as of documents.recipe, or of annotations.recipe
    data   BLOB NOT NULL,
    PRIMARY KEY (stage, recipe)
) STRICT, WITHOUT ROWID;
