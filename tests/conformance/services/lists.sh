#!/usr/bin/env bash
# Revocation lists while they are replaced: what a reader sees who never stops, over the publisher's death and sleep; which lists
# a change touches; and what openssl, GnuTLS and strongSwan read in those of a home with a few hundred revocations.
. "$(dirname "$0")/serving.sh"

copy_home home
cd "$work"
shomei bench fill --certificates 240 > filled
mapfile -t names < <(sqlite3 "$SHOMEI_HOME/store.sqlite" "SELECT DISTINCT 'signature-1/' || partition FROM certificate
  WHERE authority = 'signature-1' AND state = 'valid' ORDER BY 1")
[ ${#names[@]} -ge 2 ] || fail "all certificates are of one municipality" "${names[@]}"
sed -i 's/^crl_validity_seconds = [0-9]*/crl_validity_seconds = 12/' "$SHOMEI_HOME/shomei.toml"

publish() {  # starts who publishes, in a process of its own
  "$SHOMEI" serve --only authority --json > publisher.json 2> publisher.log < /dev/null &
  publisher=$!
  await 20 "the publisher" grep -q '}$' publisher.json
}
number_of() { sqlite3 "$SHOMEI_HOME/store.sqlite" "SELECT coalesce(max(number), 0) FROM crl WHERE authority = '$1'"; }
changed_since() { [ "$(number_of "$1")" -gt "$2" ]; }
end_all() { kill -KILL "$publisher" "$reader" 2> /dev/null || true; }

reader='' publisher=''
publish
await 20 "the first lists" changed_since "${names[-1]}" 0
start_services --only status
trap 'end_all; kill "$serve" 2> /dev/null || true; wait "$serve" || true; leave_work' EXIT
read_on() {
  python3 "$source_root/tests/conformance/services/read_lists.py" "$status" "$(authority_of signature)" signature-1 "${names[@]:0:2}" \
    > read 2> read_wrong < /dev/null &
  reader=$!
  await 20 "the reader" grep -q reading read
}
still_reads() { kill -0 "$reader" 2> /dev/null || fail "what was read is not as promised $1" "$(cat read_wrong)"; }
read_on

proves "lists are replaced beside a reader who sees none that is missing, half, older, or in disagreement with its delta list"
shomei bench revoke --count 40 --batch 4 --pause-ms 200 > revoked
await 10 "a list of all revocations" changed_since signature-1 2
still_reads "while lists were replaced"

proves "neither when the publisher is killed at any moment, and started again"
for after in 0.02 0.1 0.25 0.4 0.55; do
  shomei bench revoke --count 8 --batch 8 > revoked
  sleep "$after"
  kill -KILL "$publisher"
  wait "$publisher" 2> /dev/null || true
  publish
done
before=$(number_of signature-1)
shomei bench revoke --count 8 > revoked
await 20 "a list after the last start" changed_since signature-1 "$before"
still_reads "while the publisher was killed"

proves "nor when the publisher sleeps until the lists are over half of their life"
before=$(number_of "${names[0]}")
kill -STOP "$publisher"
sleep 7
still_reads "while nobody published"
kill -CONT "$publisher"
await 5 "a list in the place of the old one" changed_since "${names[0]}" "$before"
still_reads "after the sleep"
kill "$reader"
wait "$reader" || fail "what was read is not as promised" "$(cat read_wrong)"
tail -1 read
[ "$(sed -n 's/.* downloads, \([0-9]*\) lists.*/\1/p' read)" -gt 20 ] || fail "hardly anything was compared" "$(cat read)"

proves "a revocation signs the list of all and that of its municipality, and no other"
kill "$publisher"
wait "$publisher"
sed -i 's/^crl_validity_seconds = [0-9]*/crl_validity_seconds = 86400/' "$SHOMEI_HOME/shomei.toml"
publish
numbers() { sqlite3 "$SHOMEI_HOME/store.sqlite" "SELECT authority, max(number) FROM crl GROUP BY authority"; }
short() { sqlite3 "$SHOMEI_HOME/store.sqlite" "SELECT count(*) FROM crl AS c WHERE next_update < unixepoch() + 80000 AND
  number = (SELECT max(number) FROM crl AS d WHERE d.authority = c.authority)"; }
await 40 "lists that all live a day" eval '[ "$(short)" -eq 0 ]'
settled() { [ "$(numbers)" = "$(cat before)" ] || { numbers > before; false; }; }
numbers > before
await 20 "lists that stand" eval 'sleep 0.7; settled'
shomei bench revoke --count 1 > revoked
read -r of_authority of_place < <(sqlite3 -separator ' ' "$SHOMEI_HOME/store.sqlite" "SELECT authority, partition FROM certificate
  WHERE state = 'revoked' ORDER BY revoked_at DESC, number DESC LIMIT 1")
await 10 "the list with it" changed_since "$of_authority/$of_place" "$(sed -n "s#^$of_authority/$of_place|##p" before)"
sleep 0.7
numbers > after
printf '%s\n' "$of_authority" "$of_authority/$of_place" "$of_authority/$of_place/delta" "$of_authority/delta" > wanted
{ diff before after || true; } | sed -n 's/^> \(.*\)|.*/\1/p' | LC_ALL=C sort > signed
diff <(LC_ALL=C sort wanted) signed > differ || fail "other lists were signed, or not these" "$(cat differ)"

proves "openssl, GnuTLS and strongSwan read and verify the list of all, a municipality's, and their delta lists"
of=$(authority_of signature)
holder=$(openssl x509 -in "$of" -noout -ext subjectKeyIdentifier | sed -n 's/^ *\([0-9A-F:]*\)$/\1/p')
place=$(sqlite3 "$SHOMEI_HOME/store.sqlite" "SELECT partition FROM certificate WHERE authority = 'signature-1' AND state = 'revoked'
  GROUP BY partition ORDER BY count(*) DESC LIMIT 1")
for name in signature-1 "signature-1/$place" signature-1/delta "signature-1/$place/delta"; do
  curl -sf "$status/crl/$name.crl" -o list.der
  openssl crl -inform DER -in list.der -out list.pem
  expect 0 '^verify OK$' openssl crl -in list.pem -noout -CAfile "$of"
  expect not0 'verify failure|Error getting CRL issuer' openssl crl -in list.pem -noout -CAfile "$(authority_of user_authentication)"
  expect 0 'X509v3 CRL Number' openssl crl -in list.pem -noout -text
  text=$said
  grep -A3 'X509v3 Authority Key Identifier: *$' <<< "$text" > key || fail "$name has no authorityKeyIdentifier, or a critical one" "$text"
  grep -qF "$holder" key || fail "$name names another key" "$(cat key)"
  grep -q 'DirName:.*OU *= *JPKI for digital signature' key || fail "$name names no certificate" "$(cat key)"
  grep -q 'serial:01$' key || fail "$name names another certificate" "$(cat key)"
  scoped=$(grep -c 'X509v3 Issuing Distribution Point: critical' <<< "$text" || true)
  case $name in
    */$place*)
      [ "$scoped" -eq 1 ] && grep -A4 'Issuing Distribution Point' <<< "$text" | grep -q 'CRL Distribution Points' ||
        fail "$name is not of its distribution point" "$text" ;;
    *) [ "$scoped" -eq 0 ] || fail "$name has a scope" "$text" ;;
  esac
  expect 0 'Verified' certtool --verify-crl --load-ca-certificate "$of" --infile list.pem
  expect 0 'Number' certtool --crl-info --infile list.pem
  expect 0 "^ *authKeyId: *$(tr A-F a-f <<< "$holder")" pki --print --type crl --in list.der
  swan=$(sed -n 's/^ *\([0-9]*\) revoked certificates*:.*/\1/p' <<< "$said")
  count=$(grep -c 'Serial Number:' <<< "$text" || true)
  [ "${swan:-0}" -eq "$count" ] || fail "$name has $count entries to openssl and ${swan:-none} to strongSwan"
  echo "$name: $count entries"
  [ "$name" != signature-1 ] || [ "$count" -gt 40 ] || fail "hardly anything is on the list of all"
done
