"""The steps by which a ledger came to hold what a desk has beside it, and its pages to read less of the file.

Promise: as of `migrations_found`, whose steps these follow.
"""

from __future__ import annotations

DESK = (
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
    -- An event by its reading and its number there, which come first since readings alone have an index of their own:
    -- to find the events that a statement speaks of, the rows of all events of its document were read.
    CREATE INDEX events_by_number ON events (number, reading);
    """,
    """
    -- A search as of a day asks for the day of every statement that has the words: by indexes in which hundreds lie in
    -- a block, and not by rows of which few do.
    CREATE INDEX statements_readings ON statements (id, reading);
    CREATE INDEX documents_days ON documents (id, published, outlet);
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
    """
    CREATE TABLE reworked (               -- one row: how often something could fall away from what is told of events
        times INTEGER NOT NULL,           -- a decision, another reading of a document, other rules of threads
        reading INTEGER NOT NULL          -- the last reading by then
    ) STRICT;
    INSERT INTO reworked SELECT (SELECT count(*) FROM decisions), coalesce(max(id), 0) FROM readings;
    CREATE TRIGGER reworked_by_decision AFTER INSERT ON decisions BEGIN
        UPDATE reworked SET times = times + 1, reading = (SELECT coalesce(max(id), 0) FROM readings);
    END;
    CREATE TRIGGER reworked_by_reading AFTER INSERT ON readings
        WHEN EXISTS (SELECT 1 FROM readings r WHERE r.document = new.document AND r.id < new.id) BEGIN
        UPDATE reworked SET times = times + 1, reading = new.id;
    END;
    CREATE TRIGGER reworked_by_rules AFTER UPDATE OF rules ON threading
        WHEN old.rules > 0 AND new.rules <> old.rules BEGIN
        UPDATE reworked SET times = times + 1, reading = (SELECT coalesce(max(id), 0) FROM readings);
    END;
    """,
    """
    CREATE TABLE statement_days (         -- between which days those statements are whose numbers lie side by side
        part INTEGER PRIMARY KEY,         -- their numbers divided by 4,096
        first TEXT NOT NULL, last TEXT NOT NULL  -- '' and '~' where one is of no known day
    ) STRICT;
    INSERT INTO statement_days
        SELECT s.id >> 12, min(coalesce(substr(d.published, 1, 10), '')), max(coalesce(substr(d.published, 1, 10), '~'))
        FROM statements s INDEXED BY statements_readings
        CROSS JOIN readings r INDEXED BY readings_documents ON r.id = s.reading
        CROSS JOIN documents d INDEXED BY documents_days ON d.id = r.document GROUP BY 1;
    CREATE TRIGGER statements_dated AFTER INSERT ON statements BEGIN
        INSERT INTO statement_days
            SELECT new.id >> 12, coalesce(substr(d.published, 1, 10), ''), coalesce(substr(d.published, 1, 10), '~')
            FROM readings r CROSS JOIN documents d ON d.id = r.document WHERE r.id = new.reading
            ON CONFLICT (part) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last);
    END;
    -- Who speaks is asked for by the reading and his number there: so what a document's others say is not read.
    DROP INDEX statements_by_reading;
    CREATE INDEX statements_by_reading ON statements (reading, entity);
    -- How often somebody was heard by a day is added up of those entities alone that were heard.
    CREATE INDEX entities_heard ON entities (id, reading, number, heard) WHERE heard > 0;
    """,
    """
    -- Documents by the words of their titles and of the text of the reading that counts, which `ledger/texts.py` keeps.
    DROP TRIGGER documents_titled;
    DROP TABLE titles;
    CREATE VIRTUAL TABLE texts USING fts5 (
        title, text, content = '', tokenize = "unicode61 remove_diacritics 2"
    );
    INSERT INTO texts (texts, rank) VALUES ('rank', 'bm25(4.0, 1.0)');  -- a word in the title counts for four
    CREATE TABLE texting (rules INTEGER NOT NULL) STRICT;  -- one row: the rules by which they were kept; 0: not yet
    INSERT INTO texting VALUES (0);
    CREATE TABLE untexted (               -- documents whose text is yet to be kept, by whichever version added them
        document INTEGER PRIMARY KEY REFERENCES documents (id),
        reading INTEGER REFERENCES readings (id)  -- the one whose text is kept meanwhile; NULL: none
    ) STRICT;
    CREATE TRIGGER readings_untexted AFTER INSERT ON readings
        WHEN NOT EXISTS (SELECT 1 FROM untexted u WHERE u.document = new.document) BEGIN
        INSERT INTO untexted
            SELECT new.document, max(r.id) FROM readings r WHERE r.document = new.document AND r.id < new.id;
    END;
    -- Those of one type that are heard most, without those of all others.
    CREATE INDEX identities_by_type ON identities (type, heard DESC, tellings DESC, id, first);
    """,
    """
    CREATE TABLE day_stamps (             -- which state all that is told of events by a day is in: the last row by then
        day TEXT PRIMARY KEY,
        stamp BLOB NOT NULL               -- by chance, so that it is another in every file
    ) STRICT, WITHOUT ROWID;
    INSERT INTO day_stamps VALUES ('', randomblob(16));
    CREATE TRIGGER day_stamps_changed BEFORE INSERT ON day_stamps BEGIN
        DELETE FROM day_stamps WHERE day >= new.day;
    END;
    CREATE TRIGGER unthreaded_done AFTER DELETE ON unthreaded BEGIN  -- by an older program too that has the file open
        INSERT INTO day_stamps VALUES (old.day, randomblob(16));
    END;
    CREATE TRIGGER superseded_told AFTER INSERT ON superseded BEGIN  -- what it told leads to an older text from now on
        INSERT INTO day_stamps SELECT min(e.day), randomblob(16) FROM readings r
            JOIN events e ON e.reading = r.id
            WHERE r.document = new.document HAVING min(e.day) IS NOT NULL;
    END;
    """,
    """
    -- Two events of a document may rest on the same words: a talk about the claim of one is found by where the document
    -- names that one, in code points of its text. NULL: it is about no event, or was begun before this step.
    ALTER TABLE comments ADD COLUMN named_start INTEGER;
    ALTER TABLE comments ADD COLUMN named_stop INTEGER;
    """,
    """
    CREATE TABLE listed (                 -- pages that a feed, a sitemap or a list names, as they were asked for last
        listed_in TEXT NOT NULL,
        address TEXT NOT NULL,
        mark TEXT NOT NULL,               -- another one once anything else is said of it; empty: nothing shows that
        failures INTEGER NOT NULL,        -- in a row; 0: it is kept
        again TEXT,                       -- when one that failed is due
        PRIMARY KEY (listed_in, address)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX listed_due ON listed (listed_in, again) WHERE again IS NOT NULL;
    """,
    """
    CREATE TABLE looked (                 -- up to where somebody has seen what the ledger holds
        user INTEGER PRIMARY KEY REFERENCES users (id),
        document INTEGER NOT NULL         -- the last one that it held then, of which the number alone counts
    ) STRICT;
    """,
    """
    -- What could not be read is shown some at a time, each with what named it.
    CREATE INDEX problems_open ON problems (id) WHERE solved IS NULL;
    CREATE INDEX listed_failing ON listed (address) WHERE failures > 0;
    """,
    """
    CREATE TABLE addressed (              -- documents by the addresses at which they stand
        address TEXT NOT NULL,            -- one for all that name one page (`page/address.py`)
        document INTEGER NOT NULL REFERENCES documents (id),
        text BLOB NOT NULL,               -- SHA-256 of the document's text; empty: it came in before this step
        PRIMARY KEY (address, document)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO addressed SELECT url, id, x'' FROM documents WHERE url IS NOT NULL;

    -- As it was, but with the columns of its key first: SQLite 3.40 takes one between them for damage when a file is
    -- checked.
    CREATE TABLE related (                -- how an event stands to another of the same document
        event INTEGER NOT NULL REFERENCES events (id),
        kind TEXT NOT NULL,               -- prepares, part_of, follows, replaces
        other TEXT NOT NULL, reading INTEGER NOT NULL,  -- the other's id and reading
        PRIMARY KEY (event, kind, other)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO related (event, kind, other, reading) SELECT event, kind, other, reading FROM relations;
    DROP TABLE relations;
    ALTER TABLE related RENAME TO relations;
    CREATE INDEX relations_by_other ON relations (reading, other);
    """,
    """
    -- What people wrote by its words and by who wrote it. Rows of both are only added to.
    CREATE VIRTUAL TABLE comments_text USING fts5 (
        body, person, content = '', tokenize = "unicode61 remove_diacritics 2"
    );
    INSERT INTO comments_text (rowid, body, person) SELECT id, body, person FROM comments;
    CREATE TRIGGER comments_indexed AFTER INSERT ON comments BEGIN
        INSERT INTO comments_text (rowid, body, person) VALUES (new.id, new.body, new.person);
    END;
    CREATE VIRTUAL TABLE decisions_text USING fts5 (
        value, was, reason, person, content = '', tokenize = "unicode61 remove_diacritics 2"
    );
    INSERT INTO decisions_text (rowid, value, was, reason, person)
        SELECT d.id, d.value, (SELECT group_concat(j.value, ' ') FROM json_each(d.was) j), d.reason, d.person
        FROM decisions d;
    CREATE TRIGGER decisions_indexed AFTER INSERT ON decisions BEGIN
        INSERT INTO decisions_text (rowid, value, was, reason, person) VALUES (
            new.id, new.value, (SELECT group_concat(j.value, ' ') FROM json_each(new.was) j), new.reason, new.person
        );
    END;
    """,
)
"""The steps in order."""
