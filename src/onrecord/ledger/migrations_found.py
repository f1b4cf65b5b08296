"""The steps by which what a ledger holds came to be found and counted soon, and quotes to find what they are from.

Promise: as of `migrations_told`, whose steps these follow.
"""

from __future__ import annotations

FOUND = (
    """
    CREATE TABLE unthreaded (             -- days of events that are to be put in their threads
        day TEXT PRIMARY KEY
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX readings_by_told ON readings (told);
    CREATE TABLE relations (              -- how an event stands to another of the same document
        event INTEGER NOT NULL REFERENCES events (id),
        kind TEXT NOT NULL,               -- prepares, part_of, follows, replaces
        reading INTEGER NOT NULL, other TEXT NOT NULL,  -- the other's reading and id there
        PRIMARY KEY (event, kind, other)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX relations_by_other ON relations (reading, other);
    """,
    """
    DROP INDEX events_by_day;             -- indexes that answer by themselves: an event's row is long
    DROP INDEX events_by_last;
    CREATE INDEX events_by_day ON events (day, status, name);
    CREATE INDEX events_by_last ON events (last, day);
    """,
    """
    DROP INDEX events_by_last;
    ALTER TABLE events ADD COLUMN reach INTEGER;  -- days from its telling to its last day, up to one of `days.REACHES`
    UPDATE events SET reach = (
        SELECT min(value) FROM json_each('[1, 4, 16, 64, 256, 1024, 1000000]')
        WHERE value >= julianday(last) - julianday(day)
    );
    CREATE INDEX events_by_reach ON events (reach, day, last) WHERE reach IS NOT NULL;

    CREATE VIRTUAL TABLE event_names USING fts5 (  -- events by what stands in their names
        name, content = 'events', content_rowid = 'id', tokenize = 'trigram'
    );
    INSERT INTO event_names (event_names) VALUES ('rebuild');
    CREATE TRIGGER events_added AFTER INSERT ON events BEGIN
        INSERT INTO event_names (rowid, name) VALUES (new.id, new.name);
    END;
    CREATE TRIGGER events_gone AFTER DELETE ON events BEGIN
        INSERT INTO event_names (event_names, rowid, name) VALUES ('delete', old.id, old.name);
    END;

    CREATE TABLE outlines (               -- what tellings of a thread are compared by; made again where it is not here
        thread TEXT PRIMARY KEY,
        body BLOB NOT NULL                -- `tellings.Outline`, packed with msgpack
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE entities ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;  -- statements that are its own
    UPDATE entities SET heard = (
        SELECT count(*) FROM statements s WHERE s.reading = entities.reading AND s.entity = entities.number
    );
    ALTER TABLE identities ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;  -- the same of all that are one
    ALTER TABLE identities ADD COLUMN tellings INTEGER NOT NULL DEFAULT 0;  -- how many these are
    UPDATE identities SET (heard, tellings) = (
        SELECT coalesce(sum(e.heard), 0), count(*) FROM identified i JOIN entities e ON e.id = i.entity
        WHERE i.identity = identities.id
    );
    CREATE INDEX identities_by_heard ON identities (heard DESC, tellings DESC, id, first);
    CREATE TRIGGER identified_added AFTER INSERT ON identified BEGIN
        UPDATE identities SET tellings = tellings + 1,
            heard = heard + (SELECT heard FROM entities WHERE id = new.entity) WHERE id = new.identity;
    END;
    CREATE TRIGGER identified_gone AFTER DELETE ON identified BEGIN
        UPDATE identities SET tellings = tellings - 1,
            heard = heard - (SELECT heard FROM entities WHERE id = old.entity) WHERE id = old.identity;
    END;
    CREATE TRIGGER identified_changed AFTER UPDATE OF identity ON identified WHEN old.identity != new.identity BEGIN
        UPDATE identities SET tellings = tellings - 1,
            heard = heard - (SELECT heard FROM entities WHERE id = old.entity) WHERE id = old.identity;
        UPDATE identities SET tellings = tellings + 1,
            heard = heard + (SELECT heard FROM entities WHERE id = new.entity) WHERE id = new.identity;
    END;

    -- The full-text index holds the readings that count: words are found without looking at each statement's row.
    INSERT INTO statements_text (statements_text, rowid, words, speaker)
        SELECT 'delete', id, words, speaker FROM statements WHERE reading NOT IN (SELECT reading FROM current);
    DROP TRIGGER readings_current;
    CREATE TRIGGER readings_current AFTER INSERT ON readings BEGIN
        INSERT INTO statements_text (statements_text, rowid, words, speaker)
            SELECT 'delete', s.id, s.words, s.speaker FROM current c JOIN statements s ON s.reading = c.reading
            WHERE c.document = new.document;
        DELETE FROM current WHERE document = new.document;  -- no OR REPLACE: it would be the inserting statement's OR
        INSERT INTO current VALUES (new.document, new.id);
    END;
    """,
    """
    CREATE TABLE chronicles (             -- what questions ask of threads of which much is told, as of any day
        thread TEXT PRIMARY KEY,
        body BLOB NOT NULL,               -- `chronicle.Chronicle` as msgpack; empty where it is to be made again
        before BLOB,                      -- what it was before the last day on which more was told
        until TEXT                        -- the last day of that
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX chronicles_unmade ON chronicles (thread) WHERE body = x'';
    ALTER TABLE threading ADD COLUMN chronicles INTEGER NOT NULL DEFAULT 0;  -- the rules that made them; 0: none yet
    ALTER TABLE outlines ADD COLUMN before BLOB;  -- of threads of which much is told: as of chronicles
    ALTER TABLE outlines ADD COLUMN until TEXT;
    """,
    """
    ALTER TABLE documents ADD COLUMN heard INTEGER NOT NULL DEFAULT 0;  -- the rules that took its words out; 0: not yet
    CREATE INDEX documents_by_heard ON documents (heard);

    CREATE TABLE passages (               -- what transcripts hold, in stretches of one turn each
        id INTEGER PRIMARY KEY,
        document INTEGER NOT NULL REFERENCES documents (id),
        number INTEGER NOT NULL,          -- which passage of its document
        turn INTEGER NOT NULL,
        speaker TEXT,                     -- the label as written; NULL where nobody is named
        start INTEGER NOT NULL, stop INTEGER NOT NULL,  -- code points of the document's text
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX passages_by_document ON passages (document, number);
    CREATE VIRTUAL TABLE passages_found USING fts5 (  -- by the runs of their words, as `check.indexed` has them
        runs, content = '', detail = none, tokenize = 'ascii'
    );
    CREATE TABLE labels (                 -- the labels of a transcript's speakers, and whom each means
        document INTEGER NOT NULL REFERENCES documents (id),
        label TEXT NOT NULL,
        name TEXT NOT NULL,               -- empty where nothing tells
        PRIMARY KEY (document, label)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE quotes (                 -- what articles print between quotation marks
        id INTEGER PRIMARY KEY,
        document INTEGER NOT NULL REFERENCES documents (id),
        number TEXT NOT NULL,             -- its statement's id in the reading, as `check.quotes_of` numbers it
        start INTEGER NOT NULL,           -- where it begins, in code points of the document's text
        text TEXT NOT NULL,
        body TEXT NOT NULL                -- JSON: `check.Quote`
    ) STRICT;
    CREATE INDEX quotes_by_document ON quotes (document, number);
    CREATE VIRTUAL TABLE quotes_found USING fts5 (
        runs, content = '', detail = none, tokenize = 'ascii'
    );
    """,
    """
    ALTER TABLE named ADD COLUMN compared INTEGER NOT NULL DEFAULT 1;  -- the rules by which `identities` was made
    ALTER TABLE identities ADD COLUMN last TEXT NOT NULL DEFAULT '';  -- the place where it was last told of by name
    DROP INDEX identities_by_block;
    CREATE INDEX identities_by_letter ON identities (block, open, substr(given, 1, 1), last, first, given, type);
    DROP TRIGGER identified_added;
    DROP TRIGGER identified_gone;
    DROP TRIGGER identified_changed;
    CREATE TRIGGER identified_added AFTER INSERT ON identified BEGIN
        UPDATE identities SET tellings = tellings + 1, heard = identities.heard + e.heard,
            last = iif(e.name != '' AND new.place > last, new.place, last)
            FROM entities e WHERE e.id = new.entity AND identities.id = new.identity;
    END;
    CREATE TRIGGER identified_gone AFTER DELETE ON identified BEGIN
        UPDATE identities SET tellings = tellings - 1,
            heard = heard - (SELECT heard FROM entities WHERE id = old.entity),
            last = coalesce((
                SELECT i.place FROM identified i JOIN entities e ON e.id = i.entity
                WHERE i.identity = old.identity AND e.name != '' ORDER BY i.place DESC LIMIT 1
            ), '') WHERE id = old.identity;
    END;
    CREATE TRIGGER identified_changed AFTER UPDATE OF identity ON identified WHEN old.identity != new.identity BEGIN
        UPDATE identities SET tellings = tellings - 1,
            heard = heard - (SELECT heard FROM entities WHERE id = old.entity),
            last = coalesce((
                SELECT i.place FROM identified i JOIN entities e ON e.id = i.entity
                WHERE i.identity = old.identity AND e.name != '' ORDER BY i.place DESC LIMIT 1
            ), '') WHERE id = old.identity;
        UPDATE identities SET tellings = tellings + 1, heard = identities.heard + e.heard,
            last = iif(e.name != '' AND new.place > last, new.place, last)
            FROM entities e WHERE e.id = new.entity AND identities.id = new.identity;
    END;
    """,
    """
    -- The same without a reference: each event that goes would have the whole table looked through for its number.
    CREATE TABLE keys_of_events (
        key TEXT NOT NULL, family TEXT NOT NULL, day TEXT NOT NULL,
        event INTEGER NOT NULL,           -- the number of a row of `events`
        own INTEGER NOT NULL,             -- 1: of the event itself, 0: stands near it
        PRIMARY KEY (key, family, day, event)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO keys_of_events SELECT key, family, day, event, own FROM event_keys ORDER BY key, family, day, event;
    DROP TABLE event_keys;
    ALTER TABLE keys_of_events RENAME TO event_keys;
    """,
    """
    CREATE INDEX documents_by_outlet ON documents (outlet, published);
    CREATE VIRTUAL TABLE titles USING fts5 (  -- documents by the words of their titles
        title, content = 'documents', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
    );
    INSERT INTO titles (titles) VALUES ('rebuild');
    CREATE TRIGGER documents_titled AFTER INSERT ON documents BEGIN
        INSERT INTO titles (rowid, title) VALUES (new.id, new.title);
    END;
    """,
)
"""The steps in order."""
