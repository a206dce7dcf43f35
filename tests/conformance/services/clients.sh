#!/usr/bin/env bash
# Five clients that others wrote agree with the services on every state, on the certificate's last day and on the day after,
# for each form of the question that they know. states.sh says what each of them cannot.
. "$(dirname "$0")/states.sh"

forms='
openssl   POST sha1   nonce
openssl   POST sha1   -
openssl   POST sha256 nonce
openssl   POST sha256 -
openssl   GET  sha1   -
openssl   GET  sha256 -
gnutls    POST sha1   nonce
gnutls    POST sha1   -
gnutls    GET  sha1   -
nss       GET  sha1   -
nss       POST sha1   -
easy-ocsp POST sha1   nonce
easy-ocsp POST sha1   -
pkijs     POST sha1   nonce
pkijs     POST sha1   -
pkijs     POST sha256 nonce
pkijs     POST sha256 -
pkijs     GET  sha1   nonce
pkijs     GET  sha1   -
pkijs     GET  sha256 nonce
pkijs     GET  sha256 -
'
states='good revoked hold unknown foreign'

# Which marks an answer has to have on that day: an archiveCutoff (RFC 6960 4.4.4) when the certificate has ended, which here
# is the authority's first day, and none before, nor for what was never issued.
marks() {  # MOMENT CLIENT STATE
  local kept=
  [[ $1 = before || $3 = unknown || $3 = foreign ]] || kept=yes
  case $2.$kept in
    openssl.yes) printf '%s\n' "OCSP Archive Cutoff: *$" "^ +$(LC_ALL=C date -ud "$first_second" '+%b %e %T %Y GMT')$" ;;
    openssl.) echo '!Archive Cutoff' ;;
    nss.*) ;;  # -P shows one, in its own words, and -S none
    pkijs.yes) echo " archiveCutoff $(date -ud "$first_second" +%FT%T.000Z)$" ;;
    pkijs.) echo '!archiveCutoff' ;;
    easy-ocsp.*) if [[ $1 = after && $3 != foreign ]]; then echo 'already expired'; else echo '!already expired'; fi ;;
  esac
}

table() {  # MOMENT
  local client method hash nonce state marks
  # shellcheck disable=SC2086
  ask_modules $states
  while read -r client method hash nonce; do
    [ -n "$client" ] || continue
    for state in $states; do
      mapfile -t marks < <(marks "$1" "$client" "$state")
      row "$1" "$client" "$method" "$hash" "$nonce" "$state" "${marks[@]}"
      [ "$client.$state" != openssl.revoked ] || grep -E '^\s(Reason|Revocation Time):' <<< "$said" >> "$1.revocations"
    done
  done <<< "$forms"
}

# From the very seconds that it takes: `--at` moves the services' clock from their start on, and the clients' goes as far ahead.
move_to() {  # WHEN
  client_shift=$(($(date -d "$1" +%s) - $(date +%s)))
  start_services --at "$(date -ud "$1" +%FT%TZ)"
}

# openssl lets no delegate answer for two authorities at once ("root ca not trusted", RFC 6960 4.2.2.2), and is told to trust
# this one when a stranger's certificate is among the others.
several() {
  proves "one question about several: each gets its own state, and those of another authority are unknown among them"
  local about=() pair
  for state in good revoked hold unknown; do about+=(-cert "$state.pem"); done
  expect 0 '^Response verify OK$' at_their_time openssl ocsp -url "http://$address/ocsp" -CAfile "$issuer" -issuer "$issuer" \
    "${about[@]}"
  expect 0 '^Response verify OK$' at_their_time openssl ocsp -url "http://$address/ocsp" \
    -VAfile "$SHOMEI_HOME/public/$kind-1-responder.crt" -issuer "$issuer" "${about[@]}" -issuer stranger.pem -cert foreign.pem
  for pair in good:good revoked:revoked hold:revoked unknown:unknown foreign:unknown; do
    grep -qx "${pair%:*}.pem: ${pair#*:}" <<< "$said" || fail "not $pair" "$said"
  done
  for method in POST GET; do
    run "ask_pkijs" $method sha256 - good+revoked+hold+unknown+foreign
    sed 's/ archiveCutoff [^,]*//g' <<< "$said" |
      grep -q '| good, revoked keyCompromise, revoked certificateHold, unknown, unknown$' || fail "pkijs $method" "$said"
  done
}

# NSS validates the whole path, policies and all, and demands an answer for its leaf. unknown is as bad as revoked to it.
nss_path() { at_their_time vfychain -d sql:nss -pp -u 0 -g leaf -m ocsp -s failIfNoInfo "$1"; }

copy_home home
cd "$work"
cp "$(dirname "$MADE_HOME")/pins" .
find_modules
make_states good revoked hold unknown
# shellcheck disable=SC2086
make_nss $states
end=$(openssl x509 -in good.pem -noout -enddate | cut -d= -f2)
first_second=$(openssl x509 -in "$issuer" -noout -startdate | cut -d= -f2)
for state in revoked hold; do
  [ "$(openssl x509 -in $state.pem -noout -enddate)" = "notAfter=$end" ] || fail "$state.pem ends on another day"
done

proves "half an hour before the last day ends, all clients say what is true, in every form"
move_to "$end - 30 minutes"
table before
several
expect 0 '^Chain is good!$' nss_path good
for state in revoked hold unknown; do
  expect not0 '^Chain is bad!$' nss_path $state
  grep -q "ERROR -8180: Peer's Certificate has been revoked" <<< "$said" || fail "another reason" "$said"
done
expect 0 'Certificate contains unknown critical extension' at_their_time ocspclnt -d sql:nss -V good -u c
stop_services

proves "half an hour into the next day the answers keep the last state, and say since when states are kept"
move_to "$end + 30 minutes"
table after
several
expect not0 "ERROR -8181: Peer's Certificate has expired" nss_path good
cmp before.revocations after.revocations || fail "another time or reason" "$(cat after.revocations)"
stop_services

# Somebody at the address of the services with a key of his own, and the authority's name on its certificate, calls the
# revoked certificate good.
proves "each client refuses that answer, so that its word above is worth something"
subject='/C=JP/O=SHOMEI-DEMO/OU=JPKI for user authentication/OU=Japan Agency for Local Authority Information Systems'
at_their_time openssl req -x509 -newkey rsa:2048 -nodes -utf8 -subj "$subject" -addext extendedKeyUsage=OCSPSigning -days 9 \
  -keyout liar.key -out liar.pem 2> /dev/null
printf 'V\t390101000000Z\t\t%s\tunknown\t/CN=x\n' "$(openssl x509 -in revoked.pem -noout -serial | cut -d= -f2)" > index
openssl ocsp -no_nonce -issuer "$issuer" -cert revoked.pem -reqout question.der
at_their_time openssl ocsp -index index -CA "$issuer" -rsigner liar.pem -rkey liar.key -ndays 1 -reqin question.der -no_nonce \
  -respout lie.der 2> /dev/null
expect 0 '^revoked.pem: good$' at_their_time openssl ocsp -respin lie.der -noverify -no_nonce -issuer "$issuer" -cert revoked.pem
python3 "$source_root/tests/conformance/services/say_always.py" "${address%:*}" "${address#*:}" lie.der > liar 2>&1 &
serve=$!
await 10 "the liar" grep -q listening liar
says[openssl.revoked]='^Response Verify Failure$'
says[gnutls.revoked]='Verifying OCSP Response: Failure'
says[nss-GET.revoked]='^Check of certificate "revoked" failed'
says[easy-ocsp.revoked]='\| ERROR'
says[pkijs.revoked]='\| ERROR'
ask_modules revoked
for form in 'openssl POST sha1 -' 'gnutls POST sha1 -' 'nss GET sha1 -' 'easy-ocsp POST sha1 -' 'pkijs POST sha1 -' \
  'pkijs GET sha1 -'; do
  # shellcheck disable=SC2086
  row lie $form revoked '!has been revoked'
  tail -1 <<< "$said"
done
