-- The second form. Many acts share a commit, and ten million certificates must not make it slower: what an issue
-- writes is laid out so that it lands at the end of its table, and what is random (the serial number, the key, the
-- resident) is in narrow indexes alone. Marks are the first eight bytes of a SHA-256, as a signed number: an index over
-- them is half as wide as one over the text; who asks compares the whole as well.
-- The step from the first form (rows of tiles from rows of nodes, marks, the resident of an entry) is completed by
-- src/store/sqlite/bring_forward.cc, between the two halves of this file.

CREATE TABLE certificate_2 (
  number INTEGER PRIMARY KEY,
  serial_space INTEGER NOT NULL REFERENCES serial_space (number),
  serial BLOB NOT NULL CHECK (length(serial) BETWEEN 1 AND 20),
  authority TEXT NOT NULL,
  kind TEXT NOT NULL,
  resident TEXT NOT NULL,
  resident_mark INTEGER NOT NULL,
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
  key BLOB NOT NULL CHECK (length(key) = 32),
  key_mark INTEGER NOT NULL
) STRICT;

-- What was signed, apart from the row that changes.
CREATE TABLE certificate_der (
  number INTEGER PRIMARY KEY,
  der BLOB NOT NULL
) STRICT;

CREATE TABLE request_2 (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  act TEXT NOT NULL,
  content BLOB NOT NULL CHECK (length(content) = 32),
  answer BLOB NOT NULL DEFAULT x''
) STRICT;

CREATE TABLE blocked_key (
  key BLOB PRIMARY KEY CHECK (length(key) = 32),
  act TEXT NOT NULL,
  cause TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Entry and status part, which a status node may read, apart from the parts about persons. A person is forgotten by
-- setting person_salt and person_body to NULL.
CREATE TABLE journal_2 (
  sequence INTEGER PRIMARY KEY,
  act TEXT NOT NULL,
  entry BLOB NOT NULL,
  status_salt BLOB CHECK (length(status_salt) = 32),
  status_body BLOB
) STRICT;
CREATE TABLE private_part (
  sequence INTEGER PRIMARY KEY,
  person_salt BLOB CHECK (length(person_salt) = 32),
  person_body BLOB,
  operator_salt BLOB CHECK (length(operator_salt) = 32),
  operator_body BLOB
) STRICT;

-- Entries about a resident that no certificate of theirs leads to.
CREATE TABLE entry_about (
  resident_mark INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  resident TEXT NOT NULL,
  PRIMARY KEY (resident_mark, sequence)
) STRICT, WITHOUT ROWID;

-- number = level * 2^56 + index (C2SP tlog-tiles).
CREATE TABLE tile (
  number INTEGER PRIMARY KEY,
  hashes BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0)
) STRICT;

CREATE TABLE head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  size INTEGER NOT NULL,
  last_recorded_at INTEGER NOT NULL, -- milliseconds since 1970, as in the entry
  checkpoint TEXT NOT NULL
) STRICT;

INSERT INTO certificate_der SELECT number, der FROM certificate WHERE length(der) > 0;
INSERT INTO request_2 (id, act, content) SELECT id, act, content FROM request ORDER BY act, id;
INSERT INTO journal_2 SELECT j.sequence, j.act, j.entry, s.salt, s.body
  FROM journal AS j LEFT JOIN status_part AS s ON s.sequence = j.sequence ORDER BY j.sequence;
INSERT INTO private_part SELECT j.sequence, ps.salt, p.body, o.salt, o.body FROM journal AS j
  LEFT JOIN person_part AS p ON p.sequence = j.sequence LEFT JOIN person_salt AS ps ON ps.sequence = j.sequence
  LEFT JOIN operator_part AS o ON o.sequence = j.sequence ORDER BY j.sequence;
-- halves --
DROP TABLE certificate;
ALTER TABLE certificate_2 RENAME TO certificate;
DROP TABLE request;
ALTER TABLE request_2 RENAME TO request;
DROP TABLE status_part;
DROP TABLE person_part;
DROP TABLE person_salt;
DROP TABLE operator_part;
DROP TRIGGER journal_is_never_deleted;
DROP TABLE journal;
ALTER TABLE journal_2 RENAME TO journal;
DROP TRIGGER tree_node_is_never_deleted;
DROP TABLE tree_node;
DROP TABLE checkpoint;

CREATE UNIQUE INDEX certificate_serial ON certificate (serial, serial_space);
CREATE INDEX certificate_resident ON certificate (resident_mark);
CREATE INDEX certificate_key ON certificate (key_mark);
CREATE INDEX certificate_office ON certificate (office);
-- What is few and asked for often has an index over itself alone.
CREATE INDEX certificate_reserved ON certificate (number) WHERE state = 'reserved';
CREATE INDEX certificate_undelivered ON certificate (number) WHERE state = 'valid' AND delivered = 0;
CREATE INDEX certificate_revoked ON certificate (authority, length(serial), serial)
  WHERE state IN ('revoked', 'suspended');
CREATE UNIQUE INDEX request_id ON request (id);
CREATE INDEX journal_act ON journal (act);

-- A slip cannot rewrite history. (Whoever means to can; the signed tree is what finds them out.)
CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal
  BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
  BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER tile_is_only_widened BEFORE UPDATE ON tile
  WHEN NEW.number <> OLD.number OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes
  BEGIN SELECT RAISE(ABORT, 'tile is append-only'); END;
CREATE TRIGGER tile_is_never_deleted BEFORE DELETE ON tile
  BEGIN SELECT RAISE(ABORT, 'tile is append-only'); END;
