-- Annotations: what the language stage says of each reading text. The next build fills them.
ALTER TABLE documents ADD COLUMN annotated TEXT NOT NULL DEFAULT '';

CREATE TABLE annotations (
    document INTEGER PRIMARY KEY REFERENCES documents (n) ON DELETE CASCADE,
    recipe   TEXT NOT NULL,
    trouble  TEXT NOT NULL,
    data     BLOB NOT NULL
) STRICT;
CREATE INDEX annotations_trouble ON annotations (document) WHERE trouble != '';
