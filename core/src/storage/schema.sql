-- The store of one device. Envelopes are the truth; views can be thrown away and made anew from them.
CREATE TABLE facts (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrapped under the platform's key and bound to the name.
CREATE TABLE secrets (
    name TEXT NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Secrets of channels. trusted: made here, or came in the box that let this phone in. stopped_day: since when this phone
-- writes with another.
CREATE TABLE channel_keys (
    key_id BLOB NOT NULL PRIMARY KEY,
    channel TEXT NOT NULL,
    trusted INTEGER NOT NULL,
    stopped_day INTEGER,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Who made which secret for whom; they outlive the envelopes that said so. heads and recipients: ids of 16 bytes, one
-- after another. proven: its box held the secret.
CREATE TABLE rekeys (
    ref BLOB NOT NULL PRIMARY KEY,
    key_id BLOB NOT NULL,
    channel TEXT NOT NULL,
    author BLOB NOT NULL,
    generation INTEGER NOT NULL,
    heads BLOB NOT NULL,
    recipients BLOB NOT NULL,
    proven INTEGER NOT NULL,
    noted_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- until_day: the last day, 65535 for never; ends_lived: the last day of this phone's own life.
-- mailbox: 0 log, 1 content. state: see storage::envelopes::State. The columns after state are known once opened.
CREATE TABLE envelopes (
    id BLOB NOT NULL PRIMARY KEY,
    ref BLOB NOT NULL UNIQUE,
    mailbox INTEGER NOT NULL,
    key_id BLOB NOT NULL,
    expires INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    first_lived INTEGER NOT NULL,
    own INTEGER NOT NULL,
    state INTEGER NOT NULL,
    kind INTEGER,
    device BLOB,
    seq INTEGER,
    document BLOB,
    until_day INTEGER NOT NULL,
    ends_lived INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX envelopes_by_document ON envelopes (document) WHERE document IS NOT NULL;
CREATE INDEX envelopes_by_state ON envelopes (mailbox, state);
CREATE INDEX envelopes_by_until ON envelopes (until_day);
CREATE INDEX envelopes_by_lived ON envelopes (ends_lived);
CREATE INDEX envelopes_by_device ON envelopes (device, seq) WHERE device IS NOT NULL;

CREATE TABLE views (
    document BLOB NOT NULL PRIMARY KEY,
    kind INTEGER NOT NULL,
    opened_s INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    view TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX views_newest ON views (kind, opened_s DESC);

-- What a relay has not acknowledged yet; refused: the relay said that it will never take it.
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    ref BLOB NOT NULL UNIQUE,
    refused INTEGER NOT NULL
) STRICT;

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    due_ms INTEGER,
    made_ms INTEGER NOT NULL,
    draft TEXT NOT NULL
) STRICT;

-- Local facts beside an alert: when its person opened it, and when to say so.
CREATE TABLE reads (
    ref BLOB NOT NULL PRIMARY KEY,
    read_ms INTEGER NOT NULL,
    send_ms INTEGER
) STRICT, WITHOUT ROWID;

-- Keys of letters that this phone could open, wrapped: the keys for boxes that opened them are destroyed before. Empty
-- where no box was for this phone.
CREATE TABLE letter_keys (
    ref BLOB NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE invitations (
    key_id BLOB NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL,
    made_ms INTEGER NOT NULL,
    used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Changes of tokens that the relay has not confirmed yet.
CREATE TABLE token_changes (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL,
    change TEXT NOT NULL
) STRICT;

CREATE TABLE cursors (
    mailbox INTEGER NOT NULL PRIMARY KEY,
    cursor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Ids of what was destroyed, so that it is never taken or offered again.
CREATE TABLE done (
    ref BLOB NOT NULL PRIMARY KEY,
    mailbox INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    ends_lived INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX done_by_until ON done (until_day);

-- What an Erase names, whether held or not.
CREATE TABLE erasures (
    target BLOB NOT NULL,
    erase BLOB NOT NULL,
    PRIMARY KEY (target, erase)
) STRICT, WITHOUT ROWID;
CREATE INDEX erasures_by_erase ON erasures (erase);

-- Ids whose bytes came and were not kept. standing: what the author might do then; see app::surplus.
CREATE TABLE left_ids (
    ref BLOB NOT NULL PRIMARY KEY,
    mailbox INTEGER NOT NULL,
    key_id BLOB NOT NULL,
    device BLOB,
    standing INTEGER NOT NULL,
    until_day INTEGER NOT NULL,
    ends_lived INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX left_by_key ON left_ids (key_id);
