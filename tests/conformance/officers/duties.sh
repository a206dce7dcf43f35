#!/usr/bin/env bash
# Who may do what, at the command line: roles, offices, certificates, agreement, broken glass, and what the journal says of it.
. "$(dirname "$0")/../shell.sh"
. "$(dirname "$0")/setup.sh"
copy_home home
beside_pins=$(dirname "$MADE_HOME")/pins

appointed kobayashi key_officer '*'
appointed kato key_officer '*'
appointed suzuki supervisor "$office"
appointed sato counter_clerk "$office"
appointed tanaka auditor '*'
openssl verify -CAfile "$SHOMEI_HOME/public/operations.crt" -purpose sslclient "$work/sato.pem" > /dev/null ||
  fail "openssl does not take the certificate of an officer"
serial=$(serial_of user_authentication)
officers_required

proves "who shows nothing, or another's certificate, does nothing, and it is recorded"
expect_error 1 refused officer_unproven shomei counter suspend --office "$office" --serial "$serial" --officer sato
expect_error 1 refused officer_not_appointed shomei counter suspend --office "$office" --serial "$serial"
SHOMEI_OFFICER_CERTIFICATE=$work/suzuki.pem SHOMEI_OFFICER_KEY=$work/suzuki.key \
  expect_error 1 refused credential_unknown shomei counter suspend --office "$office" --serial "$serial" --officer sato
SHOMEI_OFFICER_CERTIFICATE=$work/suzuki.pem SHOMEI_OFFICER_KEY=$work/sato.key \
  expect_error 1 refused officer_key_differs shomei counter suspend --office "$office" --serial "$serial" --officer suzuki
last_entry | jq -e '.operator.refusal == "credential_unknown" and .operator.actor == "sato" and .operator.act == "suspend"' > /dev/null ||
  fail "the refusal is not in the journal" "$(last_entry)"

proves "a clerk serves the own office, an auditor changes nothing, and a key officer does not serve at all"
expect 1 'naka-ward-office' as sato counter suspend --office naka-ward-office --serial "$serial"
expect 1 'tanaka' as tanaka counter suspend --office "$office" --serial "$serial"
expect 1 'kato' as kato counter suspend --office "$office" --serial "$serial"
expect 0 '^Suspended' as sato counter suspend --office "$office" --serial "$serial" --ground lost
last_entry | jq -e '.operator | .actor == "sato" and (.credential | length == 64)' > /dev/null ||
  fail "the act does not say by what certificate" "$(last_entry)"

proves "a supervisor makes clerks of the own office, and nothing else of anybody"
certified ito
expect 1 'certification of an officer' as sato officer certify --name ito --csr "$work/ito.csr" --out "$work/ito.pem" --office "$office"
expect 0 . as suzuki officer certify --name ito --csr "$work/ito.csr" --out "$work/ito.pem" --office "$office"
appoint_ito() { officer=$1; shift; as "$officer" officer appoint --name ito --certificate "$work/ito.pem" --office "$office" "$@"; }
expect 1 'naka-ward-office' appoint_ito suzuki --role counter_clerk --for naka-ward-office
expect 1 'appointment of an officer' appoint_ito suzuki --role supervisor --for "$office"
expect 1 'sato' appoint_ito sato --role counter_clerk --for "$office"
expect 0 '^Appointed' appoint_ito suzuki --role counter_clerk --for "$office"
expect 1 'appointment of an officer' as suzuki officer appoint --name kato --role counter_clerk --for "$office" --office "$office"
expect 1 'sato' as suzuki officer appoint --name another --role counter_clerk --for "$office" --office "$office" \
  --certificate "$work/sato.pem"
expect 0 '^Dismissed' as suzuki officer dismiss --name ito --office "$office"
expect 1 'ito' as ito counter restore --office "$office" --serial "$serial"

proves "an officer of another kind needs the word of a second one, for exactly this appointment"
certified yamada
expect 0 . as kato officer certify --name yamada --csr "$work/yamada.csr" --out "$work/yamada.pem" --office "$office"
appoint_yamada() {
  as "$1" officer appoint --name yamada --role "$2" --for '*' --certificate "$work/yamada.pem" --office "$office" \
    --request appoint-yamada-1
}
expect 1 'approve appoint-yamada-1' appoint_yamada kato registrar
expect 1 '0 of 1|0 of' appoint_yamada kato registrar
expect 1 'kato' as kato approve appoint-yamada-1 --office "$office"
expect 1 'suzuki' as suzuki approve appoint-yamada-1 --office "$office"
expect 1 'tanaka' as tanaka approve appoint-yamada-1 --office "$office"
expect 0 '"approved":true' as_json kobayashi approve appoint-yamada-1 --office "$office"
expect 1 'kato' appoint_yamada kobayashi registrar
expect 1 'appoint-yamada-1' appoint_yamada kato supervisor
expect 0 '^Appointed: yamada' appoint_yamada kato registrar
expect 0 '^Appointed: yamada' appoint_yamada kato registrar
[ "$(shomei --json officer list | jq '[.officers[] | select(.officer == "yamada")] | length')" -eq 1 ] || fail "twice an officer"

proves "an exception is agreed to by a second officer, whatever the first one claims"
expect 1 'approve visit-exception-1' as sato counter issue --office "$office" --resident "$hero" --kind signature \
  --pins "$beside_pins" --exception 'the ward may sign' --second-officer --request visit-exception-1
expect 0 'approved: true' as suzuki approve visit-exception-1 --office "$office"
expect 0 '^made_at' shomei proposal visit-exception-1

proves "glass can be broken where the keys are, loudly, and stands open until an auditor has looked"
expect 0 . shomei glass
expect 0 'GLASS IS BROKEN' shomei counter revoke --office "$office" --serial "$serial" --officer night-shift --ground lost \
  --break-glass 'the operations authority does not answer'
expect 1 'night-shift' shomei glass
expect 1 'glass|緊急' shomei doctor
act=$({ shomei --json glass || true; } | jq -er '.broken[0].act')
expect 1 'suzuki' as suzuki glass acknowledge "$act" --office "$office"
expect 0 '^Acknowledged' as tanaka glass acknowledge "$act" --office "$office"
expect 0 . shomei glass

proves "the last key officer cannot be dismissed, and the journal holds"
expect 1 'approve dismiss-kobayashi' as kato officer dismiss --name kobayashi --office "$office" --request dismiss-kobayashi
expect 0 . as kobayashi approve dismiss-kobayashi --office "$office"
expect 0 '^Dismissed' as kato officer dismiss --name kobayashi --office "$office" --request dismiss-kobayashi
run as kato officer dismiss --name kato --office "$office" --request dismiss-kato-1
expect 0 "^The journal holds" shomei journal verify
expect 0 '^Nothing crossed' shomei journal check
