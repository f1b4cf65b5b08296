"""The steps by which a ledger came to hold what documents tell: texts, events, decisions, copies, people and bodies.

Promise: no step that a file may have taken is changed; what is to be otherwise is a step of its own, behind all others.
"""

from __future__ import annotations

TOLD = (
    """
    CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        digest BLOB NOT NULL UNIQUE,      -- SHA-256 of the bytes and of what was said of them from outside
        name TEXT NOT NULL,               -- the document's own id
        path TEXT, url TEXT, title TEXT, outlet TEXT,
        published TEXT,                   -- ISO 8601, NULL where nothing says
        original BLOB NOT NULL,           -- the original bytes, packed with zlib
        observed TEXT NOT NULL            -- when it was added, UTC
    ) STRICT;
    CREATE INDEX documents_by_day ON documents (published);
    CREATE INDEX documents_by_name ON documents (name);

    CREATE TABLE readers (
        id INTEGER PRIMARY KEY,
        version TEXT NOT NULL,
        models TEXT NOT NULL,             -- JSON: the name of each model
        UNIQUE (version, models)
    ) STRICT;

    CREATE TABLE readings (
        id INTEGER PRIMARY KEY,
        document INTEGER NOT NULL REFERENCES documents (id),
        reader INTEGER NOT NULL REFERENCES readers (id),
        body BLOB NOT NULL,               -- the reading as JSON (docs/reading-format.md), packed with zlib
        observed TEXT NOT NULL,
        UNIQUE (document, reader)
    ) STRICT;

    CREATE TABLE statements (
        id INTEGER PRIMARY KEY,
        reading INTEGER NOT NULL REFERENCES readings (id),
        number TEXT NOT NULL,             -- the statement's id in its reading
        form TEXT NOT NULL, kind TEXT NOT NULL, polarity TEXT NOT NULL,
        speaker TEXT,                     -- the name that the text gives, else the words; NULL where nobody is named
        how TEXT NOT NULL,
        via TEXT NOT NULL,                -- the chain, nearest to the reader first, parted by line feeds
        words TEXT NOT NULL,
        start INTEGER NOT NULL, stop INTEGER NOT NULL,  -- code points of the document's text
        confidence REAL NOT NULL
    ) STRICT;
    CREATE INDEX statements_by_reading ON statements (reading);
    CREATE INDEX statements_by_speaker ON statements (speaker);
    CREATE VIRTUAL TABLE statements_text USING fts5 (
        words, speaker, content = 'statements', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
    );
    CREATE TRIGGER statements_indexed AFTER INSERT ON statements BEGIN
        INSERT INTO statements_text (rowid, words, speaker) VALUES (new.id, new.words, new.speaker);
    END;

    CREATE TABLE problems (
        id INTEGER PRIMARY KEY,
        place TEXT NOT NULL,              -- the file, and the line of a JSON Lines file
        reason TEXT NOT NULL,
        observed TEXT NOT NULL,
        solved TEXT                       -- when the same place was read after all
    ) STRICT;
    CREATE INDEX problems_by_place ON problems (place);

    -- The reading that counts of each document: that of the newest reader.
    CREATE VIEW current AS
        SELECT max(id) AS reading, document FROM readings GROUP BY document;
    """,
    """
    ALTER TABLE readings ADD COLUMN told INTEGER NOT NULL DEFAULT 0;  -- the rules that took its events out; 0: not yet

    CREATE TABLE events (
        id INTEGER PRIMARY KEY,
        reading INTEGER NOT NULL REFERENCES readings (id),
        number TEXT NOT NULL,             -- the event's id in its reading
        day TEXT NOT NULL,                -- when its document was published, ISO 8601
        family TEXT NOT NULL,             -- the kind, those that are one to different reporters taken together
        name TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
        last TEXT,                        -- the last day of its date, NULL where it has none
        body TEXT NOT NULL                -- JSON: what the document tells of it
    ) STRICT;
    CREATE INDEX events_by_reading ON events (reading);
    CREATE INDEX events_by_day ON events (day);
    CREATE INDEX events_by_last ON events (last);

    CREATE TABLE event_keys (             -- the names by which an event is told from others
        key TEXT NOT NULL, family TEXT NOT NULL, day TEXT NOT NULL,
        event INTEGER NOT NULL REFERENCES events (id),
        PRIMARY KEY (key, family, day, event)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE threads (                -- which events of documents are one; made again from `events` where need be
        event INTEGER PRIMARY KEY REFERENCES events (id),
        thread TEXT NOT NULL,
        why TEXT NOT NULL                 -- JSON: what they share; empty for the first
    ) STRICT;
    CREATE INDEX threads_by_thread ON threads (thread);

    CREATE TABLE threading (              -- one row: the rules that made the threads; 0 where they are to be made again
        rules INTEGER NOT NULL
    ) STRICT;
    INSERT INTO threading VALUES (0);

    CREATE VIEW claims AS
        SELECT e.id AS event, c.value ->> 'attribute' AS attribute, c.value ->> 'value' AS value,
            c.value ->> 'settled' AS settled, c.value ->> 'statement' AS statement, c.value ->> 'by_rule' AS by_rule
        FROM events e, json_each(e.body, '$.claims') c;
    """,
    """
    CREATE TABLE decisions (              -- what people decided; they win over the machine, and none is overwritten
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,               -- same, apart, claim, speaker, undo
        subject TEXT NOT NULL,            -- event, entity, statement
        attribute TEXT, value TEXT, settled TEXT,
        was TEXT NOT NULL,                -- JSON: the values that it takes the place of
        undone INTEGER REFERENCES decisions (id),  -- of an undo: the decision that no longer holds
        person TEXT NOT NULL, reason TEXT NOT NULL,
        observed TEXT NOT NULL            -- when it was made, UTC
    ) STRICT;

    CREATE TABLE decided (                -- the passages that a decision is about, which every reading has
        decision INTEGER NOT NULL REFERENCES decisions (id),
        document INTEGER NOT NULL REFERENCES documents (id),
        start INTEGER NOT NULL, stop INTEGER NOT NULL,  -- code points of the document's text
        side INTEGER NOT NULL             -- of apart: which of the two
    ) STRICT;
    CREATE INDEX decided_by_document ON decided (document);
    CREATE INDEX decided_by_decision ON decided (decision);

    CREATE TRIGGER statements_changed AFTER UPDATE OF speaker ON statements BEGIN
        INSERT INTO statements_text (statements_text, rowid, words, speaker)
            VALUES ('delete', old.id, old.words, old.speaker);
        INSERT INTO statements_text (rowid, words, speaker) VALUES (new.id, new.words, new.speaker);
    END;
    """,
    """
    -- The reading that counts of each document, that of the newest reader, kept as a table: to work it out for each
    -- question would take longer than the question.
    DROP VIEW current;
    CREATE TABLE current (
        document INTEGER PRIMARY KEY REFERENCES documents (id),
        reading INTEGER NOT NULL UNIQUE REFERENCES readings (id)
    ) STRICT;
    INSERT INTO current SELECT document, max(id) FROM readings GROUP BY document;
    CREATE TRIGGER readings_current AFTER INSERT ON readings BEGIN
        DELETE FROM current WHERE document = new.document;  -- no OR REPLACE: it would be the inserting statement's OR
        INSERT INTO current VALUES (new.document, new.id);
    END;
    """,
    """
    DROP TABLE event_keys;                -- to be taken out of the readings again
    CREATE TABLE event_keys (             -- the names by which an event is told from others
        key TEXT NOT NULL, family TEXT NOT NULL, day TEXT NOT NULL,
        event INTEGER NOT NULL REFERENCES events (id),
        own INTEGER NOT NULL,             -- 1: of the event itself, 0: stands near it
        PRIMARY KEY (key, family, day, event)
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE sketches (               -- what a document's text is compared by when copies are looked for
        document INTEGER PRIMARY KEY REFERENCES documents (id),
        shingles BLOB NOT NULL,           -- its runs of words in order, four bytes each, little end first
        names TEXT NOT NULL,              -- what may be a name in it, two blanks between
        credited INTEGER NOT NULL DEFAULT 0  -- how many copies of its own day name its outlet
    ) STRICT;
    CREATE TABLE anchors (                -- the shingles by which texts with a passage in common find each other
        shingle INTEGER NOT NULL,
        document INTEGER NOT NULL REFERENCES documents (id),
        length INTEGER NOT NULL,          -- shingles of that document
        PRIMARY KEY (shingle, document)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE copies (                 -- pairs of documents of which one is a copy of the other, each both ways
        document INTEGER NOT NULL REFERENCES documents (id),
        other INTEGER NOT NULL REFERENCES documents (id),
        common INTEGER NOT NULL,          -- shingles that both have
        share REAL NOT NULL,              -- of the shorter text's shingles, what the longer has too
        credits INTEGER NOT NULL,         -- 1: of one day with the other it names the other's outlet
        PRIMARY KEY (document, other)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE copying (                -- one row: the rules that found the copies; 0 where that is to be done
        rules INTEGER NOT NULL
    ) STRICT;
    INSERT INTO copying VALUES (0);
    """,
    """
    ALTER TABLE statements ADD COLUMN entity TEXT;  -- the number in `entities` of who speaks; NULL where not known
    CREATE TABLE naming (                 -- the rules that took the entities out of a reading
        reading INTEGER PRIMARY KEY REFERENCES readings (id),
        rules INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE named (                  -- one row: the rules by which `entities` was made; 0: some is older
        rules INTEGER NOT NULL
    ) STRICT;
    INSERT INTO named VALUES (0);

    CREATE TABLE entities (               -- whom and what the newest reading of a document names
        id INTEGER PRIMARY KEY,
        reading INTEGER NOT NULL REFERENCES readings (id),
        number TEXT NOT NULL,             -- its id in the reading; of a speaker by office alone, his first statement's
        type TEXT NOT NULL,
        name TEXT NOT NULL,               -- empty where only an office is told
        block TEXT NOT NULL,              -- only entities of one block are ever compared
        place TEXT NOT NULL,              -- day, name and digest of the document: the order in which they are compared
        body TEXT NOT NULL                -- JSON: other names, gender, offices
    ) STRICT;
    CREATE INDEX entities_by_reading ON entities (reading, number);
    CREATE INDEX entities_by_block ON entities (block, place);

    CREATE TABLE identities (             -- somebody or something across documents
        id TEXT PRIMARY KEY,
        type TEXT NOT NULL,               -- that of the entity that it begins with
        block TEXT NOT NULL,
        first TEXT NOT NULL,              -- the place of the entity that it begins with
        given TEXT NOT NULL,              -- a person's given name there, folded; else empty
        open INTEGER NOT NULL             -- 0 where it could be one of several: nothing joins it
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX identities_by_block ON identities (block, first);

    CREATE TABLE identified (             -- which entity of a document is which identity
        entity INTEGER PRIMARY KEY REFERENCES entities (id),
        identity TEXT NOT NULL,
        place TEXT NOT NULL,
        why TEXT NOT NULL                 -- JSON: rule, score, what they share
    ) STRICT;
    CREATE INDEX identified_by_identity ON identified (identity, place, entity);

    CREATE TABLE identity_words (         -- the words by which identities are asked for
        word TEXT NOT NULL, identity TEXT NOT NULL, block TEXT NOT NULL,
        place TEXT NOT NULL,              -- where it was first called so
        PRIMARY KEY (word, identity, block)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX identity_words_by_block ON identity_words (block, place);

    CREATE TABLE offices (                -- who is told to hold an office whose land or body is told
        office TEXT NOT NULL, place TEXT NOT NULL,
        entity INTEGER NOT NULL REFERENCES entities (id),
        PRIMARY KEY (office, place, entity)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX offices_by_entity ON offices (entity);

    CREATE TABLE mentioned (              -- of whom or what a statement's words speak by name, office or pronoun
        entity INTEGER NOT NULL REFERENCES entities (id),
        statement INTEGER NOT NULL REFERENCES statements (id),
        PRIMARY KEY (entity, statement)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE spoken_of (              -- the events that a statement speaks of, each by its id in the reading
        reading INTEGER NOT NULL REFERENCES readings (id),
        event TEXT NOT NULL,
        statement INTEGER NOT NULL REFERENCES statements (id),
        PRIMARY KEY (reading, event, statement)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE unidentified (           -- from where on each block is to be compared again
        block TEXT NOT NULL, place TEXT NOT NULL,
        whole INTEGER NOT NULL DEFAULT 0, -- 1: to its end, since something has gone or a user has decided
        PRIMARY KEY (block, place)
    ) STRICT, WITHOUT ROWID;
    """,
)
"""The steps in order, the first ones of all."""
