#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"
. "$(dirname "$0")/tls.sh"

# Chromium asks for the PIN in a window of its own, so that it needs a screen: Xvfb is one. Everything is in a home of its own,
# and the policy that spares the choice of a certificate is seen in this mount namespace alone.
for program in chromium Xvfb openbox xdotool modutil; do
  command -v $program > /dev/null || fail "$program is missing: scripts/install.sh"
done
debugging=29222
export HOME=$work/chromium-home
mkdir -p "$HOME"
echo '<!doctype html><title>Admitted by the card</title>' > www/page.html

policies=/etc/chromium/policies/managed
write_policy() {
  mkdir -p $policies
  mount -t tmpfs tmpfs $policies 2> /dev/null || true
  local holder
  holder=$(openssl x509 -in user_authentication.crt -noout -subject -nameopt multiline | sed -n 's/ *commonName *= //p')
  jq -n --arg for "{\"pattern\":\"https://localhost:$port\",\"filter\":{\"SUBJECT\":{\"CN\":\"$holder\"}}}" \
    '{AutoSelectCertificateForUrls: [$for]}' > $policies/shomei.json
}

know_module() {  # NAME MODULE
  rm -rf "$HOME/.pki/nssdb"
  mkdir -p "$HOME/.pki/nssdb"
  certutil -N -d "sql:$HOME/.pki/nssdb" --empty-password
  certutil -A -d "sql:$HOME/.pki/nssdb" -n authority -t CT,C,C -i "$(authority_of user_authentication)"
  certutil -A -d "sql:$HOME/.pki/nssdb" -n server -t CT,, -i server.crt
  modutil -force -dbdir "sql:$HOME/.pki/nssdb" -add "$1" -libfile "$2" > /dev/null
}

begin_screen() {
  Xvfb -displayfd 3 -screen 0 1024x768x24 -nolisten tcp 3> display > xvfb.log 2>&1 &
  screen=$!
  await 10 "the screen's number" grep -q . display
  DISPLAY=:$(cat display)
  export DISPLAY
  await 10 "the screen" xdotool getdisplaygeometry
  openbox > openbox.log 2>&1 &
  windows=$!
}

browser=''
begin_browser() {
  ip link set lo up 2> /dev/null || true
  setsid chromium --no-sandbox --disable-gpu --no-first-run --no-default-browser-check --disable-background-networking \
    --disable-component-update --disable-sync --password-store=basic --user-data-dir="$work/profile-$1" \
    --remote-debugging-port=$debugging "https://localhost:$port/page.html" > chromium.log 2>&1 < /dev/null &
  browser=$!
}
end_all() {
  [ -z "$browser" ] || kill -KILL -- "-$browser" 2> /dev/null || true
  browser=''
  [ -z "${windows:-}" ] || kill "$windows" 2> /dev/null || true
  [ -z "${screen:-}" ] || kill "$screen" 2> /dev/null || true
}
trap 'end_all; end_server; rm -f $policies/shomei.json; sleep 0.2; leave_work' EXIT

titles() { curl --silent --max-time 5 "http://127.0.0.1:$debugging/json" | jq -r '.[] | select(.type == "page") | .title'; }
is_admitted() { [ "$(titles)" = 'Admitted by the card' ]; }
asks_for_pin() { xdotool search --onlyvisible --name 'Unlock Security Device|Sign in|security device' > dialog; }
type_pin() {
  await 40 "the question for the PIN" asks_for_pin
  sleep 0.3
  xdotool windowactivate --sync "$(head -1 dialog)"
  xdotool type --delay 30 "$1"
  xdotool key Return
}

log_in() {  # NAME MODULE SERVER-OPTIONS...
  know_module "$1" "$2"
  begin_server -WWW "${@:3}"
  begin_browser "$1"
  type_pin "$pin"
  await 20 "the page of the server" is_admitted
  kill -KILL -- "-$browser" 2> /dev/null || true
  browser=''
}

write_policy
begin_screen

proves "Chromium logs in by mutual TLS 1.3 with the card through this module"
export SHOMEI_PKCS11_SLOTS=user_authentication
log_in shomei "$module" -tls1_3
[ "$(tries_left user_authentication)" -eq 3 ] || fail "a try was lost"

proves "and by TLS 1.2 through OpenSC's"
cat > opensc-user.conf <<'CONF'
app default { card_drivers = jpki; framework pkcs15 { use_file_caching = no; } }
app opensc-pkcs11 { pkcs11 { create_slots_for_pins = "user"; } }
CONF
OPENSC_CONF=$work/opensc-user.conf log_in opensc "$opensc" -tls1_2 -client_sigalgs RSA+SHA256
