"""The tables of a ledger and how an older file becomes a newer one.

Promise: a file is at one version, and each step to the next is one transaction. The odd case that forced the shape: the
full-text index stores no words of its own, since a statement's words lie in its reading already and would be there
twice.
"""

from __future__ import annotations

MIGRATIONS = (
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
    """
    CREATE TABLE users (                  -- who may log in; a row stays when a user goes, for what he wrote
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,         -- the name, folded
        name TEXT NOT NULL,
        may TEXT NOT NULL,                -- read, write or moderate
        password TEXT NOT NULL,           -- Argon2id
        added TEXT NOT NULL, removed TEXT
    ) STRICT;
    CREATE TABLE tokens (                 -- by which programs say who they are
        id INTEGER PRIMARY KEY,
        user INTEGER NOT NULL REFERENCES users (id),
        digest BLOB NOT NULL UNIQUE,      -- SHA-256 of the token, which is kept nowhere
        prefix TEXT NOT NULL,             -- its first letters, by which people tell it from others
        may TEXT NOT NULL,
        added TEXT NOT NULL, expires TEXT NOT NULL, revoked TEXT
    ) STRICT;
    CREATE TABLE sessions (               -- who is logged in
        digest BLOB PRIMARY KEY,          -- SHA-256 of what the browser has
        user INTEGER NOT NULL REFERENCES users (id),
        expires TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE comments (               -- what readers say of a passage; rows are only added
        id INTEGER PRIMARY KEY,
        talk INTEGER REFERENCES comments (id),  -- the comment that begins the talk; NULL: it is this one
        about TEXT NOT NULL,              -- statement, event or passage
        attribute TEXT,                   -- of an event the claim that it is about
        document INTEGER NOT NULL REFERENCES documents (id),
        start INTEGER NOT NULL, stop INTEGER NOT NULL,  -- code points of the document's text
        words TEXT NOT NULL,              -- what stood there when it was written
        person TEXT NOT NULL, body TEXT NOT NULL, observed TEXT NOT NULL
    ) STRICT;
    CREATE INDEX comments_by_document ON comments (document, start) WHERE talk IS NULL;
    CREATE INDEX comments_by_talk ON comments (talk) WHERE talk IS NOT NULL;
    CREATE TABLE moderated (              -- what moderators did; of each comment the last row counts
        id INTEGER PRIMARY KEY,
        comment INTEGER NOT NULL REFERENCES comments (id),
        what TEXT NOT NULL,               -- hide, restore, close, reopen
        person TEXT NOT NULL, reason TEXT NOT NULL, observed TEXT NOT NULL
    ) STRICT;
    CREATE INDEX moderated_by_comment ON moderated (comment);
    """,
    """
    CREATE TABLE fetched (                -- by what a server tells whether a page is new, once the page is kept
        address TEXT PRIMARY KEY,
        etag TEXT NOT NULL, modified TEXT NOT NULL,  -- empty where it did not say
        observed TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """,
    """
    CREATE TABLE followed (               -- the sources that a watch polls
        id INTEGER PRIMARY KEY,
        address TEXT NOT NULL UNIQUE,     -- an address or a file
        every INTEGER NOT NULL,           -- seconds
        due TEXT NOT NULL,                -- when it is polled next, UTC
        failures INTEGER NOT NULL DEFAULT 0  -- in a row
    ) STRICT;
    CREATE TABLE polls (                  -- how each poll of the last weeks went
        id INTEGER PRIMARY KEY,
        followed INTEGER NOT NULL REFERENCES followed (id) ON DELETE CASCADE,
        moment TEXT NOT NULL, added INTEGER NOT NULL, error TEXT
    ) STRICT;
    CREATE INDEX polls_by_moment ON polls (followed, moment);
    """,
    """
    CREATE TABLE alert_rules (            -- of which changes somebody wants to be told
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,         -- its name, folded
        body TEXT NOT NULL,               -- JSON: `alert_rules.Rule` without where to
        added TEXT NOT NULL,
        document INTEGER NOT NULL,        -- the last document and the last decision that it has been held against
        decision INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE alert_events (           -- the events that a rule names, by the passage that their ids come from
        rule INTEGER NOT NULL REFERENCES alert_rules (id) ON DELETE CASCADE,
        name TEXT NOT NULL,               -- the id that was given
        document INTEGER NOT NULL REFERENCES documents (id),
        start INTEGER NOT NULL, stop INTEGER NOT NULL,
        PRIMARY KEY (rule, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE alert_targets (          -- where what a rule alerts is sent to
        id INTEGER PRIMARY KEY,
        rule INTEGER NOT NULL REFERENCES alert_rules (id) ON DELETE CASCADE,
        address TEXT NOT NULL,
        secret TEXT,                      -- of a webhook: by which it is signed
        private INTEGER NOT NULL,         -- 1: it may be on this machine or the local network
        due TEXT NOT NULL,                -- nothing is sent there before; whoever sends puts it off for a while
        failures INTEGER NOT NULL DEFAULT 0,  -- in a row
        succeeded TEXT, error TEXT,
        UNIQUE (rule, address)
    ) STRICT;
    CREATE TABLE alerts (                 -- the changes that rules have matched
        id INTEGER PRIMARY KEY,
        rule INTEGER NOT NULL REFERENCES alert_rules (id) ON DELETE CASCADE,
        key TEXT NOT NULL,                -- what makes a change the same
        moment TEXT NOT NULL,
        body TEXT NOT NULL,               -- JSON: the change with its passage, and how many tell it
        UNIQUE (rule, key)
    ) STRICT;
    CREATE TABLE deliveries (             -- messages
        id INTEGER PRIMARY KEY,
        target INTEGER NOT NULL REFERENCES alert_targets (id) ON DELETE CASCADE,
        message TEXT NOT NULL UNIQUE,     -- its id, the same whenever it is tried again
        made TEXT NOT NULL, due TEXT NOT NULL,
        sent TEXT, given_up TEXT
    ) STRICT;
    CREATE INDEX deliveries_waiting ON deliveries (target, id) WHERE sent IS NULL AND given_up IS NULL;
    CREATE INDEX deliveries_given_up ON deliveries (target) WHERE given_up IS NOT NULL;
    CREATE TABLE delivering (             -- which alerts a message tells
        delivery INTEGER NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
        alert INTEGER NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
        PRIMARY KEY (delivery, alert)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX delivering_by_alert ON delivering (alert);
    """,
    """
    ALTER TABLE alert_targets ADD COLUMN taken TEXT;    -- till then somebody has it for himself to send to
    ALTER TABLE alert_targets ADD COLUMN failing TEXT;  -- since when, without a message that came through
    ALTER TABLE deliveries ADD COLUMN taken TEXT;       -- when first somebody sent it: a digest takes in no more
    """,
    """
    ALTER TABLE alert_rules ADD COLUMN person TEXT;  -- who added it; NULL: the command line
    CREATE TABLE alert_rules_kept (       -- who added and removed rules; rows are only added
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        what TEXT NOT NULL,               -- added or removed
        person TEXT,                      -- NULL: the command line
        moment TEXT NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE begun (                  -- the passages that the ids of events come from
        name TEXT PRIMARY KEY,            -- of ids that hold no more too
        document INTEGER NOT NULL REFERENCES documents (id),
        start INTEGER NOT NULL, stop INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO begun
        SELECT t.thread, c.document, e.body ->> '$.span[0]', e.body ->> '$.span[1]' FROM threads t
        JOIN events e ON e.id = t.event JOIN current c ON c.reading = e.reading JOIN documents d ON d.id = c.document
        WHERE e.body ->> '$.span[1]' IS NOT NULL
        ORDER BY e.day, datetime(d.published), d.name, d.digest, e.id;
    """,
    """
    -- A table without rowids compares keys in the rows themselves, and a row that overflows its page is read whole for
    -- that: to look for one thread read half a dozen others of up to a hundred kilobytes.
    CREATE TABLE outlines_by_row (
        thread TEXT NOT NULL PRIMARY KEY,
        body BLOB NOT NULL,               -- `tellings.Outline`, packed with msgpack
        before BLOB, until TEXT           -- of threads of which much is told: as of chronicles
    ) STRICT;
    INSERT INTO outlines_by_row SELECT thread, body, before, until FROM outlines ORDER BY thread;
    DROP TABLE outlines;
    ALTER TABLE outlines_by_row RENAME TO outlines;
    CREATE TABLE chronicles_by_row (
        thread TEXT NOT NULL PRIMARY KEY,
        body BLOB NOT NULL,               -- `chronicle.Chronicle` as msgpack; empty where it is to be made again
        before BLOB,                      -- what it was before the last day on which more was told
        until TEXT                        -- the last day of that
    ) STRICT;
    INSERT INTO chronicles_by_row SELECT thread, body, before, until FROM chronicles ORDER BY thread;
    DROP TABLE chronicles;
    ALTER TABLE chronicles_by_row RENAME TO chronicles;
    CREATE INDEX chronicles_unmade ON chronicles (thread) WHERE body = x'';
    """,
    """
    CREATE TABLE superseded (             -- documents behind which another came in under their id
        document INTEGER PRIMARY KEY REFERENCES documents (id)
    ) STRICT;
    INSERT INTO superseded SELECT d.id FROM documents d
        WHERE EXISTS (SELECT 1 FROM documents n WHERE n.name = d.name AND n.id > d.id);
    CREATE TRIGGER documents_superseded AFTER INSERT ON documents BEGIN
        INSERT INTO superseded SELECT d.id FROM documents d
            WHERE d.name = new.name AND d.id < (SELECT max(id) FROM documents WHERE name = new.name)
            AND NOT EXISTS (SELECT 1 FROM superseded s WHERE s.document = d.id);
    END;
    DROP INDEX documents_by_day;
    CREATE INDEX documents_by_day ON documents (published, outlet);  -- documents lie far apart: each is a block to read
    """,
    """
    CREATE TABLE chronicle_stamps (       -- which writing of a chronicle its row holds, so that nobody reads it twice
        thread TEXT PRIMARY KEY,
        stamp BLOB NOT NULL               -- by chance, so that it is another in every file and after what is taken back
    ) STRICT, WITHOUT ROWID;
    INSERT INTO chronicle_stamps SELECT thread, randomblob(16) FROM chronicles ORDER BY thread;
    CREATE TRIGGER chronicles_added AFTER INSERT ON chronicles BEGIN
        INSERT INTO chronicle_stamps VALUES (new.thread, randomblob(16));
    END;
    CREATE TRIGGER chronicles_changed AFTER UPDATE OF body ON chronicles BEGIN
        UPDATE chronicle_stamps SET stamp = randomblob(16) WHERE thread = new.thread;
    END;
    CREATE TRIGGER chronicles_gone AFTER DELETE ON chronicles BEGIN
        DELETE FROM chronicle_stamps WHERE thread = old.thread;
    END;
    """,
    """
    CREATE INDEX readings_documents ON readings (id, document);  -- whose a reading is, without its row of many blocks
    """,
    """
    CREATE TABLE former (                 -- ids of people, bodies and places that hold no more
        id TEXT PRIMARY KEY,
        block TEXT NOT NULL, place TEXT NOT NULL  -- those of the entity that it came from
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER identities_gone AFTER DELETE ON identities BEGIN
        INSERT OR REPLACE INTO former VALUES (old.id, old.block, old.first);
    END;
    CREATE TRIGGER identities_begun AFTER INSERT ON identities BEGIN
        DELETE FROM former WHERE id = new.id;
    END;
    """,
)
"""The steps in order; a file that has had the first N of them is at version N."""

APPLICATION = 0x6F726563
"""What stands in the head of the file ("orec"), so that another program's database is never taken for a ledger."""
