-- What a relay knows. Nothing here names a person, a street or a kind of message.

-- One row: who this store is, and how many transactions it has committed (see identity.rs).
CREATE TABLE store (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id BLOB NOT NULL CHECK (length(id) = 16),
  commits INTEGER NOT NULL,
  witness BLOB NOT NULL,
  witness_file TEXT NOT NULL
) STRICT;

CREATE TABLE mailboxes (
  mailbox_no INTEGER PRIMARY KEY AUTOINCREMENT,
  mailbox BLOB NOT NULL UNIQUE CHECK (length(mailbox) = 16),
  group_no INTEGER NOT NULL,
  kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
  bytes INTEGER NOT NULL,
  last_cursor INTEGER NOT NULL
) STRICT;

CREATE INDEX mailboxes_by_group ON mailboxes (group_no);

-- ends: a day, 65535 for never; only invitations end by themselves.
CREATE TABLE tokens (
  token_no INTEGER PRIMARY KEY AUTOINCREMENT,
  group_no INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  mark INTEGER NOT NULL CHECK (mark IN (0, 1, 2)),
  ends INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX tokens_by_hash ON tokens (hash, group_no);
CREATE INDEX tokens_by_group ON tokens (group_no);

-- How much of a share a token used on a day. Days gone by are deleted.
CREATE TABLE usage (
  token_no INTEGER NOT NULL,
  day INTEGER NOT NULL,
  share INTEGER NOT NULL,
  envelopes INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (token_no, day, share)
) STRICT;

-- place = mailbox_no * 2^40 + cursor, so that a mailbox lies together in the order of its cursors.
-- received_s is rounded down to the hour; who posted is not kept.
CREATE TABLE envelopes (
  place INTEGER PRIMARY KEY,
  mailbox_no INTEGER NOT NULL,
  id BLOB NOT NULL CHECK (length(id) = 32),
  expires INTEGER NOT NULL,
  received_s INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX envelopes_by_id ON envelopes (mailbox_no, id);
CREATE INDEX envelopes_by_expires ON envelopes (expires);

-- Numbers of registration codes that were used, until their last day.
CREATE TABLE used_codes (
  number INTEGER PRIMARY KEY,
  expires INTEGER NOT NULL
) STRICT;
