-- Roles for those who need less than the owner of the tables has. Run once as an administrator of the server, in the
-- store's database, and again after a new form of the store:
--   psql --single-transaction -f roles.sql "postgresql://…/shomei"
-- shomei_acts makes acts: it cannot change or empty what is append-only, nor drop a trigger.
-- shomei_status answers about certificates: entries, their status parts, the tree, the authorities, lists; no person.
-- shomei_audit reads everything and changes nothing: for whoever verifies the journal and looks things up.
-- Give them to users who log in: GRANT shomei_status TO status_node;
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shomei_acts') THEN
    CREATE ROLE shomei_acts NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shomei_status') THEN
    CREATE ROLE shomei_status NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'shomei_audit') THEN
    CREATE ROLE shomei_audit NOLOGIN;
  END IF;
END $$;

GRANT SELECT ON shomei_form, authority, journal, tile, head, crl TO shomei_status;

GRANT SELECT ON shomei_form, resident, card, authority, serial_space, certificate, certificate_state, certificate_der,
  blocked_key, request, crl, journal, private_part, entry_about, tile, head TO shomei_audit;

GRANT SELECT, INSERT ON resident, card, authority, serial_space, certificate, certificate_state, certificate_der,
  blocked_key, request, crl, journal, private_part, entry_about, tile TO shomei_acts;
GRANT SELECT ON shomei_form, head TO shomei_acts;
GRANT UPDATE ON resident, card, serial_space, certificate_state, tile, head TO shomei_acts;
-- Which an earlier form of this file gave.
REVOKE UPDATE ON request FROM shomei_acts;
GRANT UPDATE (person_salt, person_body) ON private_part TO shomei_acts;
