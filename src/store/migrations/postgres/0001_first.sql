-- The first form of the store (PostgreSQL): the tables of the SQLite store's second form, and what a server adds to them.
-- Days are text YYYY-MM-DD, instants are whole seconds since 1970 in UTC, serial numbers are their bytes without sign or
-- leading zeros, words are those of the JSON documents. Text compares as bytes, whatever the database's language is.
-- Ten million certificates must not make an act slower: rows land at the end of their tables, and what is random (the
-- serial number, the key, the resident) is in one narrow index each. Marks are the first eight bytes of a SHA-256, as a
-- signed number; who asks by one compares the whole as well. Tables that acts write to have no foreign keys: each would
-- cost a question a row, and the writer has looked already.

CREATE TABLE shomei_form (
  single smallint PRIMARY KEY DEFAULT 1 CHECK (single = 1),
  application text NOT NULL,
  version integer NOT NULL
);
INSERT INTO shomei_form (application, version) VALUES ('shomei', 0);

CREATE TABLE resident (
  id text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  address text NOT NULL,
  gender text NOT NULL,
  born text NOT NULL,
  status text NOT NULL,
  period_of_stay_ends text,
  adult_ward bigint NOT NULL CHECK (adult_ward IN (0, 1)),
  municipality text NOT NULL,
  registered_domicile text NOT NULL,
  died text,
  left_register text,
  moving_abroad_planned text,
  moving_abroad_continued_use bigint CHECK (moving_abroad_continued_use IN (0, 1))
);
CREATE INDEX resident_name ON resident (name);

CREATE TABLE card (
  id text COLLATE "C" PRIMARY KEY,
  holder text COLLATE "C" NOT NULL REFERENCES resident (id),
  kind text NOT NULL,
  valid_until text NOT NULL,
  state text NOT NULL
);
CREATE INDEX card_holder ON card (holder);

CREATE TABLE authority (
  name text COLLATE "C" PRIMARY KEY,
  kind text COLLATE "C" NOT NULL,
  generation bigint NOT NULL,
  serial_space text NOT NULL,
  certificate bytea NOT NULL
);

-- last_number counts the serial numbers that were taken one after the other (profile.serial = "sequential-32").
CREATE TABLE serial_space (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  last_number bigint NOT NULL DEFAULT 0 CHECK (last_number >= 0)
);

-- What never changes of a certificate. Its number is given by the writer (head.certificates counts).
CREATE TABLE certificate (
  number bigint PRIMARY KEY,
  serial_space bigint NOT NULL,
  serial bytea NOT NULL CHECK (octet_length(serial) BETWEEN 1 AND 20),
  authority text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  resident text COLLATE "C" NOT NULL,
  resident_mark bigint NOT NULL,
  card text NOT NULL,
  carrier text NOT NULL,
  predecessor bytea,
  office text COLLATE "C" NOT NULL,
  partition text NOT NULL,
  act text COLLATE "C" NOT NULL,
  not_before bigint NOT NULL,
  not_after bigint NOT NULL,
  key bytea NOT NULL CHECK (octet_length(key) = 32),
  key_mark bigint NOT NULL
);
CREATE UNIQUE INDEX certificate_serial ON certificate (serial, serial_space);
CREATE INDEX certificate_resident ON certificate (resident_mark);
CREATE INDEX certificate_key ON certificate (key_mark);
CREATE INDEX certificate_office ON certificate (office, number);

-- What does, apart from it: PostgreSQL writes a row that changes anew, into all indexes of its table.
CREATE TABLE certificate_state (
  number bigint PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('reserved', 'valid', 'suspended', 'revoked', 'written_off')),
  delivered boolean NOT NULL,
  revoked_at bigint,
  reason bigint
) WITH (fillfactor = 80);
-- What is few and asked for often has an index over itself alone.
CREATE INDEX certificate_reserved ON certificate_state (number) WHERE state = 'reserved';
CREATE INDEX certificate_undelivered ON certificate_state (number) WHERE state = 'valid' AND NOT delivered;
CREATE INDEX certificate_revoked ON certificate_state (number) WHERE state IN ('revoked', 'suspended');

CREATE TABLE certificate_der (
  number bigint PRIMARY KEY,
  der bytea NOT NULL
);

CREATE TABLE blocked_key (
  key bytea PRIMARY KEY CHECK (octet_length(key) = 32),
  act text NOT NULL,
  cause text NOT NULL
);

CREATE TABLE request (
  id text COLLATE "C" PRIMARY KEY,
  act text NOT NULL,
  content bytea NOT NULL CHECK (octet_length(content) = 32),
  answer bytea NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE crl (
  authority text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  this_update bigint NOT NULL,
  next_update bigint NOT NULL,
  der bytea NOT NULL,
  PRIMARY KEY (authority, number)
);

-- Entry and status part, which a status node may read, apart from the parts about persons. A person is forgotten by
-- setting person_salt and person_body to NULL.
CREATE TABLE journal (
  sequence bigint PRIMARY KEY,
  act text COLLATE "C" NOT NULL,
  entry bytea NOT NULL,
  status_salt bytea CHECK (octet_length(status_salt) = 32),
  status_body bytea
);
CREATE INDEX journal_act ON journal (act);
CREATE TABLE private_part (
  sequence bigint PRIMARY KEY,
  person_salt bytea CHECK (octet_length(person_salt) = 32),
  person_body bytea,
  operator_salt bytea CHECK (octet_length(operator_salt) = 32),
  operator_body bytea
);

-- Entries about a resident that no certificate of theirs leads to.
CREATE TABLE entry_about (
  resident_mark bigint NOT NULL,
  sequence bigint NOT NULL,
  resident text COLLATE "C" NOT NULL,
  PRIMARY KEY (resident_mark, sequence)
);

-- number = level * 2^56 + index (C2SP tlog-tiles).
CREATE TABLE tile (
  number bigint PRIMARY KEY,
  hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0)
);

-- Whoever writes locks this row first, so that there is one writer over all processes and servers.
CREATE TABLE head (
  single smallint PRIMARY KEY DEFAULT 1 CHECK (single = 1),
  size bigint NOT NULL DEFAULT 0,
  last_recorded_at bigint NOT NULL DEFAULT 0, -- milliseconds since 1970, as in the entry
  checkpoint text NOT NULL DEFAULT '',
  certificates bigint NOT NULL DEFAULT 0,     -- the last number that was given
  repairs bigint NOT NULL DEFAULT 0,          -- how often somebody held all acts alone
  mark bytea NOT NULL DEFAULT ''              -- of the last commit: random, to know it again
);
INSERT INTO head DEFAULT VALUES;

-- Signatures, hashes and salts do not compress, and what is below a page is read with its row.
ALTER TABLE certificate_der ALTER der SET STORAGE EXTERNAL;
ALTER TABLE certificate_der SET (toast_tuple_target = 8160);
ALTER TABLE crl ALTER der SET STORAGE EXTERNAL;
ALTER TABLE journal SET (toast_tuple_target = 8160);
ALTER TABLE private_part ALTER person_body SET STORAGE EXTERNAL;
ALTER TABLE private_part ALTER operator_body SET STORAGE EXTERNAL;
ALTER TABLE private_part SET (toast_tuple_target = 8160);
ALTER TABLE request SET (toast_tuple_target = 8160);
ALTER TABLE tile ALTER hashes SET STORAGE EXTERNAL;
ALTER TABLE tile SET (toast_tuple_target = 8160);
ALTER TABLE head SET (toast_tuple_target = 8160);

-- A slip cannot rewrite history. (Whoever means to can; the signed tree is what finds them out.)
CREATE FUNCTION shomei_append_only() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER journal_is_never_changed BEFORE UPDATE OR DELETE ON journal
  FOR EACH ROW EXECUTE FUNCTION shomei_append_only();
CREATE TRIGGER journal_is_never_emptied BEFORE TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION shomei_append_only();
CREATE TRIGGER tile_is_only_widened BEFORE UPDATE ON tile FOR EACH ROW
  WHEN (NEW.number <> OLD.number OR substr(NEW.hashes, 1, octet_length(OLD.hashes)) IS DISTINCT FROM OLD.hashes)
  EXECUTE FUNCTION shomei_append_only();
CREATE TRIGGER tile_is_never_deleted BEFORE DELETE ON tile
  FOR EACH ROW EXECUTE FUNCTION shomei_append_only();
CREATE TRIGGER tile_is_never_emptied BEFORE TRUNCATE ON tile
  FOR EACH STATEMENT EXECUTE FUNCTION shomei_append_only();
