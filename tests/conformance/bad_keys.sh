#!/usr/bin/env bash
# Bad keys at the command line, with keys and proofs that openssl makes.
. "$(dirname "$0")/shell.sh"

cd "$work"
copy_home home
cp "$(dirname "$MADE_HOME")/signature.crt" .
fingerprint() { openssl pkey -pubin -in "$1" -outform DER | sha256sum | cut -c1-64 | tr a-f A-F; }
document() { shomei --json "$@" > said.json; }
holds() { jq -e "$1" said.json > /dev/null || fail "not: $1" "$(cat said.json)"; }

proves "a signature of the key over its statement blocks it, and no other does"
for key in 'RSA rsa_keygen_bits:2048 sha256' 'EC ec_paramgen_curve:P-256 sha256' 'EC ec_paramgen_curve:P-384 sha384'; do
  read -r type option digest <<< "$key"
  openssl genpkey -algorithm "$type" -pkeyopt "$option" -out leaked.key 2> made
  openssl pkey -in leaked.key -pubout -out leaked.pub
  expect 0 "^SPKI SHA-256 $(fingerprint leaked.pub)$" shomei bad-keys statement --spki leaked.pub --out statement.txt
  openssl dgst "-$digest" -sign leaked.key -out proof.sig statement.txt
  echo more >> statement.txt
  openssl dgst "-$digest" -sign leaked.key -out other.sig statement.txt
  expect_error 1 refused compromise_unproven shomei bad-keys block --office $office --spki leaked.pub --proof other.sig \
    --cause 'report 17'
  document bad-keys block --office $office --spki leaked.pub --proof proof.sig --cause 'report 17'
  holds ".proven and .cause == \"report 17\" and .spki_sha256 == \"$(fingerprint leaked.pub)\" and .certificates == []"
  expect_error 1 conflict key_blocked_already shomei bad-keys block --office $office --spki leaked.pub --cause again
done
cp leaked.pub shown.pub

proves "the private key itself does, by stdin, and is kept nowhere"
openssl genrsa -traditional -out leaked.key 2048 2> made
openssl pkey -in leaked.key -pubout -out leaked.pub
shomei --json bad-keys block --office $office --private-key - --cause 'sent to us' < leaked.key > said.json
holds ".proven and .spki_sha256 == \"$(fingerprint leaked.pub)\""
secret=$(openssl pkey -in leaked.key -noout -text | sed -n '/^privateExponent/,/^prime1/p' | sed -n 3p | tr -d ' :\n')
sqlite3 "$SHOMEI_HOME/store.sqlite" .dump | tr A-F a-f > dump
grep -q 'block_key\|626c6f636b5f6b6579' dump || fail "the act is not in the store"
grep -q "$secret" dump && fail "the private exponent is in the store"
expect 0 'sent to us' shomei bad-keys list
shomei bad-keys list --json > said.json
holds '.keys | length == 4'

proves "a certificate is revoked with its key, once; the same request is answered as the first time"
document bad-keys show --certificate signature.crt
holds '.blocked == null and .lints == [] and (.certificates | length == 1) and .certificates[0].state == "valid"'
document bad-keys block --office $office --certificate signature.crt --cause 'found on a paste site' --revoke --request report-0001
holds '.proven == false and .certificates[0].reason == "keyCompromise"'
cp said.json first.json
document bad-keys block --office $office --certificate signature.crt --cause 'found on a paste site' --revoke --request report-0001
same_bytes first.json said.json
expect_error 1 conflict request_differs shomei bad-keys block --office $office --certificate signature.crt --cause other \
  --request report-0001
expect 0 'blocking of a key.*cause: found on a paste site' shomei journal show
document certificate status --serial "$(serial_of signature)"
holds '.state == "revoked" and .reason == "keyCompromise"'

proves "lists of both forms are taken in and asked"
openssl genrsa -out weak.key 2048 2> made
openssl pkey -in weak.key -pubout -out weak.pub
{ echo '# of openssl-blacklist'; openssl rsa -in weak.key -noout -modulus | sha1sum | cut -c21-40; } > debian.txt
{ fingerprint weak.pub; seq 1 1000 | while read -r n; do echo "$n" | sha256sum | cut -c1-64; done; } > pwned.txt
document bad-keys import --office $office --in pwned.txt --name pwned
holds '.keys == 1001 and .file == "known-bad/pwned.keys" and .in_settings == false'
document bad-keys import --office $office --in debian.txt --name debian --kind debian-weak
holds '.keys == 1'
document bad-keys show --spki weak.pub
holds '.lints == []'
sed -i 's|^known_bad = .*|known_bad = ["known-bad/pwned.keys", "known-bad/debian.keys"]|' "$SHOMEI_HOME/shomei.toml"
document bad-keys show --spki weak.pub
holds '.lints == ["key_known_bad", "rsa_debian_weak"]'
expect_error 2 malformed key_list_line shomei bad-keys import --office $office --in debian.txt --name debian
openssl x509 -in "$(authority_of signature)" -noout -pubkey > authority.pub
document bad-keys show --spki authority.pub
holds '.lints == ["key_not_authoritys"]'

proves "a list that cannot be asked lets nothing be issued"
shomei resident add --line '{"id":"hero-0002","name":"見本　一郎","address":"東京都稲城市東長沼２１１１番地","gender":"male","born":"1980-05-06","status":"japanese","municipality":"13225","card":{"id":"card-hero-0002","valid_until":"2034-01-02"}}' > added
printf '%s\n' "$pin" "$password" > pins
mv "$SHOMEI_HOME/known-bad/pwned.keys" kept
expect_error 1 not_found key_list_missing shomei counter issue --office $office --resident hero-0002 --pins pins
head -c 1000 kept > "$SHOMEI_HOME/known-bad/pwned.keys"
expect_error 2 malformed key_list_form shomei counter issue --office $office --resident hero-0002 --pins pins
cp kept "$SHOMEI_HOME/known-bad/pwned.keys"
document counter issue --office $office --resident hero-0002 --pins pins --request visit-0001
cp said.json first.json

proves "the same request to issue is answered as the first time, without a PIN"
document counter issue --office $office --resident hero-0002 --request visit-0001
same_bytes first.json said.json
expect_error 1 conflict request_differs shomei counter issue --office $office --resident hero-0002 --kind signature \
  --request visit-0001

proves "honest keys share no primes"
document bad-keys shared-primes --office $office --revoke
holds '.looked_at == 4 and .primes == [] and .keys == []'
expect 0 '^The journal holds' shomei journal verify
expect 0 '^Nothing crossed' shomei journal check

proves "what an earlier version recorded unchecked is shown all the same, and makes no lines of its own"
python3 - "$SHOMEI_HOME/store.sqlite" <<'END'
import sqlite3
import sys

said, unfit = b"report 17", b"report\n\xff7"
store = sqlite3.connect(sys.argv[1])
for sequence, body in store.execute("SELECT sequence, operator_body FROM private_part").fetchall():
    if body and said in body:
        store.execute("UPDATE private_part SET operator_body = ? WHERE sequence = ?", (body.replace(said, unfit), sequence))
store.execute("UPDATE blocked_key SET cause = CAST(? AS TEXT) WHERE cause = ?", (unfit, said.decode()))
store.commit()
END
document bad-keys list
holds '[.keys[] | select(.cause == "report\n\ufffd7")] | length == 3'
[ "$(shomei bad-keys list | wc -l)" -eq "$(jq '.keys | length' said.json)" ] || fail "a cause makes a line"
document journal show
holds '[.entries[] | select(.operator.cause == "report\n\ufffd7")] | length == 3'
[ "$(shomei journal show | wc -l)" -eq "$(jq '.entries | length' said.json)" ] || fail "a cause makes a line"
document bad-keys show --spki shown.pub
holds '.blocked.cause == "report\n\ufffd7"'
