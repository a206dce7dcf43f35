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
refused_to() {  # NAME CODE COMMAND...
  local name=$1 error=$2
  shift 2
  SHOMEI_OFFICER_CERTIFICATE=$work/$name.pem SHOMEI_OFFICER_KEY=$work/$name.key \
    expect_error 1 refused "$error" shomei "$@" --officer "$name"
}

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

proves "a key is one officer's, whatever certificate it has, and nobody signs another one for it"
openssl req -new -key "$work/suzuki.key" -out "$work/twin.csr" -subj /CN=twin
refused_to sato role_lacks_act officer certify --name twin --csr "$work/twin.csr" --out "$work/twin.pem" --office "$office"
refused_to kato credential_of_another officer certify --name twin --csr "$work/twin.csr" --out "$work/twin.pem" \
  --office "$office"
last_entry | jq -e '.operator | .refusal == "credential_of_another" and .actor == "kato" and .act == "certify_officer"' > /dev/null ||
  fail "what was not certified is not in the journal" "$(last_entry)"
openssl req -x509 -key "$work/suzuki.key" -out "$work/twin.pem" -subj /CN=twin -days 9
refused_to suzuki credential_of_another officer appoint --name twin --role counter_clerk --for "$office" \
  --certificate "$work/twin.pem" --office "$office"
openssl genpkey -algorithm ed25519 -out "$work/odd.key"
openssl req -new -key "$work/odd.key" -out "$work/odd.csr" -subj /CN=odd
refused_to suzuki officer_key_unfit officer certify --name odd --csr "$work/odd.csr" --out "$work/odd.pem" --office "$office"
last_entry | jq -e '.operator | .refusal == "officer_key_unfit" and .actor == "suzuki"' > /dev/null ||
  fail "a key that is unfit is not in the journal" "$(last_entry)"

proves "keys of responders are made by who keeps keys, and mass acts are paused by who may order them, with a trace"
refused_to suzuki role_lacks_act keys responder --authority signature-1 --key ec-p256
expect 0 '^Made signature-1-responder-2' as kato keys responder --authority signature-1 --key ec-p256
last_entry | jq -e '.operator | .act == "make_responder_key" and .actor == "kato" and (.key | length == 64)' > /dev/null ||
  fail "the key of a responder is not in the journal" "$(last_entry)"
order=$(as_json kato mass plan notify --query '{"kinds":["signature"]}' --office "$office" | jq -er .order)
refused_to suzuki role_lacks_act mass pause "$order"
expect 0 . as kobayashi mass pause "$order"
last_entry | jq -e --arg order "$order" '.operator | .act == "pause_mass" and .actor == "kobayashi" and
  (.mass | fromjson | .order == $order)' > /dev/null || fail "the pause is not in the journal" "$(last_entry)"
refused_to kobayashi approval_missing mass run "$order"
last_entry | jq -e '.operator | .refusal == "approval_missing" and .actor == "kobayashi"' > /dev/null ||
  fail "the refusal is not of who ran it" "$(last_entry)"
expect 0 . as kobayashi mass cancel "$order" --office "$office"

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
refused_to kato last_key_officer officer dismiss --name kato --office "$office" --request dismiss-kato-1
last_entry | jq -e '.operator | .refusal == "last_key_officer" and .actor == "kato"' > /dev/null ||
  fail "who wanted the last key officer gone is not in the journal" "$(last_entry)"
expect 0 "^The journal holds" shomei journal verify
expect 0 '^Nothing crossed' shomei journal check
