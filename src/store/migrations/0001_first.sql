-- The first form of the store (SQLite). Days are text YYYY-MM-DD, instants are whole seconds since 1970 in UTC,
-- serial numbers are their bytes without sign or leading zeros, words are those of the JSON documents.

CREATE TABLE resident (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  gender TEXT NOT NULL,
  born TEXT NOT NULL,
  status TEXT NOT NULL,
  period_of_stay_ends TEXT,
  adult_ward INTEGER NOT NULL CHECK (adult_ward IN (0, 1)),
  municipality TEXT NOT NULL,
  registered_domicile TEXT NOT NULL,
  died TEXT,
  left_register TEXT,
  moving_abroad_planned TEXT,
  moving_abroad_continued_use INTEGER CHECK (moving_abroad_continued_use IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX resident_name ON resident (name);

CREATE TABLE card (
  id TEXT PRIMARY KEY,
  holder TEXT NOT NULL REFERENCES resident (id),
  kind TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX card_holder ON card (holder);

CREATE TABLE authority (
  name TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  generation INTEGER NOT NULL,
  serial_space TEXT NOT NULL,
  certificate BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Names of serial spaces are long and few: the index below holds their numbers. last_number counts the serial numbers
-- that were taken one after the other (profile.serial = "sequential-32").
CREATE TABLE serial_space (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  last_number INTEGER NOT NULL DEFAULT 0 CHECK (last_number >= 0)
) STRICT;

-- Rows stand in the order of their issue, so that inserting touches the table's end; the random serial numbers
-- are in one narrow index only. The serial number comes first in it: status questions know nothing else.
CREATE TABLE certificate (
  number INTEGER PRIMARY KEY,
  serial_space INTEGER NOT NULL REFERENCES serial_space (number),
  serial BLOB NOT NULL CHECK (length(serial) BETWEEN 1 AND 20),
  authority TEXT NOT NULL,
  kind TEXT NOT NULL,
  resident TEXT NOT NULL,
  card TEXT NOT NULL,
  carrier TEXT NOT NULL,
  predecessor BLOB,
  office TEXT NOT NULL,
  partition TEXT NOT NULL,
  act TEXT NOT NULL,
  not_before INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reserved', 'valid', 'suspended', 'revoked', 'written_off')),
  delivered INTEGER NOT NULL CHECK (delivered IN (0, 1)),
  revoked_at INTEGER,
  reason INTEGER,
  der BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX certificate_serial ON certificate (serial, serial_space);
CREATE INDEX certificate_resident ON certificate (resident);
-- What is few and asked for often has an index over itself alone.
CREATE INDEX certificate_reserved ON certificate (number) WHERE state = 'reserved';
CREATE INDEX certificate_undelivered ON certificate (number) WHERE state = 'valid' AND delivered = 0;
CREATE INDEX certificate_revoked ON certificate (authority, length(serial), serial)
  WHERE state IN ('revoked', 'suspended');

CREATE TABLE request (
  id TEXT PRIMARY KEY,
  act TEXT NOT NULL,
  content BLOB NOT NULL CHECK (length(content) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE crl (
  authority TEXT NOT NULL,
  number INTEGER NOT NULL,
  this_update INTEGER NOT NULL,
  next_update INTEGER NOT NULL,
  der BLOB NOT NULL,
  PRIMARY KEY (authority, number)
) STRICT;

-- The journal. `entry` is the DER that the tree hashes; each part has a table of its own, so that a reader of the
-- status part never touches the others. A person is forgotten by deleting from person_part and person_salt.
CREATE TABLE journal (
  sequence INTEGER PRIMARY KEY,
  act TEXT NOT NULL,
  entry BLOB NOT NULL
) STRICT;
CREATE INDEX journal_act ON journal (act);

CREATE TABLE status_part (
  sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  body BLOB NOT NULL
) STRICT;
CREATE TABLE person_part (
  sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
  body BLOB NOT NULL
) STRICT;
CREATE TABLE person_salt (
  sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
  salt BLOB NOT NULL CHECK (length(salt) = 32)
) STRICT;
CREATE TABLE operator_part (
  sequence INTEGER PRIMARY KEY REFERENCES journal (sequence),
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  body BLOB NOT NULL
) STRICT;

CREATE TABLE tree_node (
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  size INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;

-- A slip cannot rewrite history. (Whoever means to can; the signed tree is what finds them out.)
CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER tree_node_is_never_updated BEFORE UPDATE ON tree_node
  BEGIN SELECT RAISE(ABORT, 'tree_node is append-only'); END;
CREATE TRIGGER tree_node_is_never_deleted BEFORE DELETE ON tree_node
  BEGIN SELECT RAISE(ABORT, 'tree_node is append-only'); END;
