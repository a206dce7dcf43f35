# Mutual TLS with a card: sourced after session.sh. A server of openssl that admits holders of the user-authentication
# certificate alone.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.crt -days 2 \
  -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2> /dev/null
port=24433
mkdir -p www

# begin_server OPTIONS...: the next one takes the place of the one before.
server=''
begin_server() {
  end_server
  (cd www && exec openssl s_server -accept 127.0.0.1:$port -cert ../server.crt -key ../server.key -CAfile "$(authority_of user_authentication)" \
    -Verify 3 -verify_return_error -quiet "$@") > server.log 2>&1 < /dev/null &
  server=$!
  await 5 "the server" grep -q ":$(printf '%X' $port) 00000000:0000 0A " /proc/net/tcp
}
end_server() {
  [ -z "$server" ] || { kill "$server" && wait "$server" || true; } 2> /dev/null
  server=''
}
trap 'end_server; leave_work' EXIT

engine_conf "$module" > engine.cnf
engine_conf "$opensc" > engine-opensc.cnf

curl_with_card() {  # CONF TOKEN [MORE...]
  OPENSSL_CONF=$work/$1 curl --silent --show-error --max-time 20 --cacert server.crt --engine pkcs11 --key-type ENG \
    --key "$2;id=%01;type=private?pin-value=$pin" --cert user_authentication.crt "${@:3}" "https://localhost:$port/"
}
