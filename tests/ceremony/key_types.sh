#!/usr/bin/env bash
# key_types.sh TYPE: an authority with a key of that type, from its ceremony to a revoked certificate, before openssl and
# GnuTLS. $SHOMEI is the program.
. "$(dirname "$0")/../conformance/shell.sh"

type=$1
# To make an RSA-3072 key takes seconds: the authorities have them, and that is enough.
responder=${type/rsa-3072/ec-p256}
export SHOMEI_HOME=$work/home
cd "$work"
printf '%s\n' "$pin" "$password" > pins
shomei init --no-authorities --port 0 > made
{
  cat <<END
ceremony_format = 1
title = "Authorities of $type"
witnesses = ["First Witness"]
[checkpoint]
place = "file"
END
  for unit in 'signature:digital signature' 'user_authentication:user authentication'; do cat <<END
[[authority]]
kind = "${unit%%:*}"
generation = 1
key = "$type"
place = "file"
years = 10
name = ["C=JP", "O=SHOMEI-DEMO", "OU=JPKI for ${unit#*:}", "OU=Japan Agency for Local Authority Information Systems"]
responder = { key = "$responder", place = "file" }
END
  done
} > ceremony.toml

proves "a rehearsal makes nothing"
expect 0 '^Nothing has been made' shomei ceremony ceremony.toml --dry-run
expect 1 'hold the ceremony' shomei counter issue --office $office --resident $hero --pins pins
[ -z "$(ls "$SHOMEI_HOME/public")" ] || fail "something was published"

proves "the ceremony makes authorities of $type, once"
expect 0 'ceremony is complete' shomei ceremony ceremony.toml --transcript transcript.txt
python3 "$source_root/tests/ceremony/open_note.py" transcript.txt "$SHOMEI_HOME/public/checkpoint.vkey"
expect 0 'Everything was there' shomei ceremony ceremony.toml
sentence='already' expect_error 1 conflict file_exists shomei ceremony ceremony.toml --transcript transcript.txt
echo '# another' >> ceremony.toml
expect_error 1 conflict key_exists shomei ceremony ceremony.toml

proves "openssl takes its certificates"
shomei resident add --line '{"id":"'$hero'","name":"見本　花子","address":"東京都稲城市東長沼２１１１番地","gender":"female","born":"1990-01-02","status":"japanese","municipality":"13225","card":{"id":"card-'$hero'","valid_until":"2034-01-02"}}' > added
shomei counter issue --office $office --resident $hero --pins pins > issued
for kind in $kinds; do
  shomei certificate show --serial "$(serial_of $kind)" --out $kind.crt > shown
  expect 0 ": OK$" openssl verify -x509_strict -CAfile "$(authority_of $kind)" $kind.crt
  expect 0 '^Chain verification output: Verified' certtool --verify --verify-profile low \
    --load-ca-certificate "$(authority_of $kind)" --infile $kind.crt
done

proves "status answers, of $responder, and lists follow a revocation"
"$SHOMEI" serve --json > serve.json 2> serve.log < /dev/null &
serve=$!
trap 'kill "$serve" 2> /dev/null || true; wait "$serve" || true; leave_work' EXIT
await 20 "the services" grep -q '}$' serve.json
status=$(jq -r .status serve.json)
says() {  # STATE
  expect 0 "^signature.crt: $1" openssl ocsp -issuer "$(authority_of signature)" -CAfile "$(authority_of signature)" \
    -url "$status/ocsp" -cert signature.crt
  grep -q '^Response verify OK$' <<< "$said" || fail "openssl did not verify the answer" "$said"
}
says good
shomei resident event --resident $hero --event moved --value 神奈川県横浜市中区本町１丁目 --municipality 14104 \
  --office $office > event
says revoked
for kind in $kinds; do
  shomei crl write --authority $kind-1 --out $kind.crl > wrote
  expect 0 '^verify OK$' openssl crl -in $kind.crl -noout -CAfile "$(authority_of $kind)"
done
expect not0 'certificate revoked' openssl verify -crl_check -x509_strict -CAfile "$(authority_of signature)" \
  -CRLfile signature.crl signature.crt
expect 0 ': OK$' openssl verify -crl_check -x509_strict -CAfile "$(authority_of user_authentication)" \
  -CRLfile user_authentication.crl user_authentication.crt
expect 0 '^The journal holds' shomei journal verify
digest=$(sed '$d' ceremony.toml | sha256sum | cut -d' ' -f1)
shomei --json journal show | jq -e --arg digest "${digest^^}" \
  '[.entries[].operator | select(.ceremony == $digest).authority] == ["signature-1", "user_authentication-1"]' > /dev/null ||
  fail "the journal does not name the ceremony"
