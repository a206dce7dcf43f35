# Functions to run the services of a copied home on free ports ($status, $authority, $metrics are their addresses) and to ask
# them; sourced. The services end with the test.
. "$(dirname "${BASH_SOURCE[0]}")/../shell.sh"

serve_by=()  # what runs the program, when it is not run by itself
start_services() {  # [ARGUMENTS...]
  rm -f "$work/serve.json"
  "${serve_by[@]}" "$SHOMEI" serve --json "$@" > "$work/serve.json" 2> "$work/serve.log" < /dev/null &
  serve=$!
  trap 'kill "$serve" 2> /dev/null || true; wait "$serve" || true; cat "$work/serve.log" >&2; leave_work' EXIT
  await 20 "the services" grep -q '}$' "$work/serve.json"
  status=$(jq -r .status "$work/serve.json")
  # shellcheck disable=SC2034
  authority=$(jq -r .authority "$work/serve.json") metrics=$(jq -r .metrics "$work/serve.json")
}

stop_services() {
  local code=0
  kill "$serve"
  wait "$serve" || code=$?
  [ "$code" -eq 0 ] || fail "the services ended with $code" "$(cat "$work/serve.log")"
}

# The addresses inside the certificates name port 0, as a home with free ports has it: every client is told where to ask.
openssl_says() {  # STATE KIND CERTIFICATE [MORE...]
  local about=$3
  expect 0 "^$about: $1$" openssl ocsp -issuer "$(authority_of "$2")" -CAfile "$(authority_of "$2")" -url "$status/ocsp" \
    "${@:4}" -cert "$about"
  grep -q '^Response verify OK$' <<< "$said" || fail "openssl did not verify the answer" "$said"
}

gnutls_says() {  # STATE KIND CERTIFICATE [MORE...]
  expect 0 "Certificate Status: $1$" ocsptool --ask="$status/ocsp" --load-cert "$3" --load-issuer "$(authority_of "$2")" \
    --load-trust "$(authority_of "$2")" "${@:4}"
  grep -q 'Verifying OCSP Response: Success' <<< "$said" || fail "GnuTLS did not verify the answer" "$said"
}

both_say() {  # STATE KIND CERTIFICATE
  openssl_says "$@"
  gnutls_says "$@"
}

move_house() {
  shomei resident event --resident "$hero" --event moved --value 神奈川県横浜市中区本町１丁目 --municipality 14104 \
    --office "$office" > "$work/event"
}
