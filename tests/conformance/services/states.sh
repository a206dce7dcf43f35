# Certificates of every state, and five clients that ask about them; sourced. None of the clients shares code with the services,
# nor with another, but for easy-ocsp, which reads and verifies by pkijs.
#
# What a client cannot, found out with the versions of Debian 12 and of tests/lints/node, is of the client:
#   openssl ocsp     sends POST alone: for GET, curl carries its question and its answer, without a nonce, as it adds one of its
#                    own to a question that it reads with -reqin ("Nonce Verify error"). `-attime` moves the day on which the
#                    responder's certificate is judged, but not the hour of thisUpdate and nextUpdate: hence faketime.
#   ocsptool         names certificates by SHA-1 alone and sends POST alone (curl carries GET); it has no time option; it
#                    shows no reason, so that a hold reads "revoked"; it shows no archiveCutoff.
#   ocspclnt (NSS)   names certificates by SHA-1 alone and sends no nonce. `-S` sends GET, and POST when GET brought no state;
#                    it verifies, says "revoked" for a hold, and exits 0 whatever it found. `-R` sends POST and keeps the answer,
#                    which `-P` shows with its reason, unverified. `-w` moves no hour of thisUpdate. `-V` refuses every
#                    certificate whose certificatePolicies are critical, as the profile's are: "Certificate contains unknown
#                    critical extension". NSS's newer validation (vfychain -pp) knows them, and asks for itself; it refuses what
#                    has ended without asking.
#   easy-ocsp        names certificates by SHA-1 alone and sends POST alone; it refuses to ask about a certificate that has
#                    ended ("The certificate is already expired"): its parser and verifier judge the answer all the same.
#   pkijs            sends nothing (fetch does), and checks neither freshness nor nonce (ask_ocsp.mjs does).
# shellcheck disable=SC2034,SC2154
. "$(dirname "${BASH_SOURCE[0]}")/serving.sh"

kind=user_authentication
node_folder=$source_root/build/node
client_shift=0  # seconds by which the clients' clock goes before the machine's

# A loopback address of this test's own, which certificates can name before the services listen there. Connections to it
# come from 127.0.0.1, so that no other's free port is in its way.
own_address() { echo "127.$((RANDOM % 254 + 1)).$((RANDOM % 254 + 1)).$((RANDOM % 254 + 1)):8440"; }

add_people() {  # STATE...: one for each certificate, born on one day, so that all have the same last day
  local state
  for state in "$@"; do
    echo '{"id":"'"$state"'-0001","name":"見本　花子","address":"東京都稲城市東長沼２１１１番地","gender":"female","born":"1980-05-06","status":"japanese","municipality":"13225","card":{"id":"card-'"$state"'","valid_until":"2034-01-02"}}'
  done > people
  shomei resident import people > imported
}

make_certificate() {  # STATE: STATE.pem; sets $serial
  shomei --json counter issue --office $office --resident "$1-0001" --kind $kind --pins pins > issued
  serial=$(jq -er '.certificates[0].serial' issued)
  shomei certificate show --serial "$serial" --out shown.crt > shown
  openssl x509 -in shown.crt -out "$1.pem"  # easy-ocsp takes nothing before the first line
}

# An authority that is none of these services' business, and its certificate; it names the same address.
make_foreign() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/C=JP/O=SHOMEI-DEMO/CN=stranger' -days 10000 \
    -keyout stranger.key -out stranger.pem 2> /dev/null
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/C=JP/CN=foreign' -keyout foreign.key \
    -out foreign.csr 2> /dev/null
  openssl x509 -req -in foreign.csr -CA stranger.pem -CAkey stranger.key -days 9000 -out foreign.pem \
    -extfile <(echo "authorityInfoAccess=OCSP;URI:http://$address/ocsp") 2> /dev/null
}

# make_states STATE...: the home that is in use gets the address; good, revoked, hold are what their names say. What is unknown is
# a true certificate of the authority, issued in a copy of the home that these services never see.
make_states() {
  local state
  address=$(own_address)
  issuer=$(authority_of $kind)
  sed -i -e "s|^status = \"[^\"]*\"|status = \"$address\"|" -e "s|^ocsp_url = \"[^\"]*\"|ocsp_url = \"http://$address/ocsp\"|" \
    "$SHOMEI_HOME/shomei.toml"
  make_foreign
  add_people "$@"
  rm -rf elsewhere
  cp -a "$SHOMEI_HOME" elsewhere
  for state in "$@"; do
    if [ "$state" = unknown ]; then SHOMEI_HOME=$work/elsewhere make_certificate unknown; else make_certificate "$state"; fi
    case $state in
      revoked) shomei counter revoke --office $office --serial "$serial" --ground lost > changed ;;
      hold) shomei counter suspend --office $office --serial "$serial" --ground lost > changed ;;
    esac
  done
}

# The folder of NSS, where it finds certificates by their names.
make_nss() {  # NAME...
  local name
  rm -rf nss
  mkdir nss
  certutil -N -d sql:nss --empty-password
  certutil -A -d sql:nss -n authority -t CT,C,C -a -i "$issuer"
  certutil -A -d sql:nss -n stranger -t CT,C,C -a -i stranger.pem
  for name in "$@"; do certutil -A -d sql:nss -n "$name" -t ,, -a -i "$name.pem"; done
}

# The modules of node, at their pinned versions; without them the test is skipped as a whole rather than short of two clients.
find_modules() {
  "$source_root/tests/lints/node/install.sh" "$node_folder" || exit $?
  ln -sfn "$node_folder/node_modules" node_modules
  cp "$source_root/tests/conformance/services/ask_ocsp.mjs" .
}

# What faketime does, without the process that it takes.
faketime_library=$(faketime -f +0 printenv LD_PRELOAD)
at_their_time() { LD_PRELOAD=$faketime_library FAKETIME=+${client_shift}s "$@"; }

issuer_of() { if [ "$1" = foreign ]; then echo stranger.pem; else echo "$issuer"; fi; }

get() {  # REQUEST OUT
  rm -f "$2"
  curl -sf -m 10 -o "$2" "http://$address/ocsp/$(base64 -w0 "$1" | sed 's/+/%2B/g; s,/,%2F,g; s/=/%3D/g')"
}

# ask_CLIENT METHOD HASH nonce|- STATE: what the client prints. HASH and nonce are what this client can do.
ask_openssl() {
  local nonce=-no_nonce about=(-issuer "$(issuer_of "$4")" "-$2" -cert "$4.pem") question=(-url "http://$address/ocsp")
  [ "$3" = - ] || nonce=-nonce
  if [ "$1" = GET ]; then
    openssl ocsp $nonce "${about[@]}" -reqout question.der
    get question.der answer.der
    question=(-reqin question.der -respin answer.der)
  fi
  at_their_time openssl ocsp -CAfile "$issuer" "${question[@]}" -resp_text $nonce "${about[@]}" 2> complaints
  cat complaints  # not on one stream with the text, whose lines it would break
}

ask_gnutls() {
  local nonce=--no-nonce files=(--load-cert "$4.pem" --load-issuer "$(issuer_of "$4")")
  [ "$3" = - ] || nonce=--nonce
  if [ "$1" = POST ]; then
    at_their_time ocsptool --ask="http://$address/ocsp" "${files[@]}" --load-trust "$issuer" $nonce
  else
    rm -f question.der
    ocsptool --generate-request "${files[@]}" $nonce --outfile question.der > made
    get question.der answer.der
    at_their_time ocsptool --response-info --load-response answer.der
    at_their_time ocsptool --verify-response --load-response answer.der --load-trust "$issuer"
  fi
}

ask_nss() {
  if [ "$1" = GET ]; then
    at_their_time ocspclnt -d sql:nss -S "$4"
  else
    at_their_time ocspclnt -d sql:nss -R "$4" > answer.der
    ocspclnt -d sql:nss -P < answer.der | sed '/Signature Algorithm/,$d'
  fi
}

# What node says is asked of all states at once, by ask_modules: a line for each.
ask_modules() { at_their_time node ask_ocsp.mjs "http://$address/ocsp" "$issuer" stranger.pem . "$@" > modules 2>&1; }
ask_easy-ocsp() { grep -F "easy-ocsp $* |" modules || cat modules; }
ask_pkijs() { grep -F "pkijs $* |" modules || cat modules; }

# What each says of each state: lines, each of which must be found; or, behind a "!", not be found.
declare -A says=(
  [openssl.good]=$'^Response verify OK$\n: good$'
  [openssl.revoked]=$'^Response verify OK$\n: revoked$\nReason: keyCompromise$'
  [openssl.hold]=$'^Response verify OK$\n: revoked$\nReason: certificateHold$'
  [openssl.unknown]=$'^Response verify OK$\n: unknown$'
  [openssl.foreign]='^Responder Error: unauthorized \(6\)$'
  [gnutls.good]=$'Verifying OCSP Response: Success\nCertificate Status: good$'
  [gnutls.revoked]=$'Verifying OCSP Response: Success\nCertificate Status: revoked$'
  [gnutls.hold]=$'Verifying OCSP Response: Success\nCertificate Status: revoked$'
  [gnutls.unknown]=$'Verifying OCSP Response: Success\nCertificate Status: unknown$'
  [gnutls.foreign]='Response Status: unauthorized$'
  [nss-GET.good]='^Check of certificate "good" succeeded'
  [nss-GET.revoked]="^Peer's Certificate has been revoked"
  [nss-GET.hold]="^Peer's Certificate has been revoked"
  [nss-GET.unknown]='^The OCSP server has no status for the certificate'
  [nss-GET.foreign]='^The OCSP server has refused this request as unauthorized'
  [nss-POST.good]='Status: Cert is good'
  [nss-POST.revoked]=$'Status: Cert has been revoked\n^ *01$'
  [nss-POST.hold]=$'Status: Cert has been revoked\n^ *06$'
  [nss-POST.unknown]='Status: Cert is unknown'
  [nss-POST.foreign]='Response Status: unauthorized'
  [easy-ocsp.good]='\| good' [easy-ocsp.revoked]='\| revoked keyCompromise' [easy-ocsp.hold]='\| revoked certificateHold'
  [easy-ocsp.unknown]='\| unknown' [easy-ocsp.foreign]='\| ERROR OCSP server response: unauthorized'
  [pkijs.good]='\| good' [pkijs.revoked]='\| revoked keyCompromise' [pkijs.hold]='\| revoked certificateHold'
  [pkijs.unknown]='\| unknown' [pkijs.foreign]='\| unauthorized'
)

# has_line PATTERN: in $said. Without a process, as there are a thousand such questions.
has_line() {
  local pattern=${1/#^/$'\n'}
  [[ $'\n'$said$'\n' =~ ${pattern/%\$/$'\n'} ]]
}

# row MOMENT CLIENT METHOD HASH nonce|- STATE [PATTERN...]: one line of the table.
row() {
  local client=$2 pattern patterns
  run "ask_$client" "${@:3:4}"
  [ "$client" != nss ] || client=nss-$3
  mapfile -t patterns <<< "${says[$client.$6]}"
  for pattern in "${patterns[@]}" "${@:7}"; do
    if [ "${pattern#!}" = "$pattern" ]; then
      has_line "$pattern" || fail "$* : no line matches \"$pattern\"" "$said"
    else
      ! has_line "${pattern#!}" || fail "$* : a line matches \"${pattern#!}\"" "$said"
    fi
  done
  printf '  %-7s %-9s %-4s %-6s %-5s %s\n' "$1" "$2" "${@:3:4}"
}
