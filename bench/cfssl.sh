# The peer of issuing over HTTP: cfssl serve of Debian 12 (golang-cfssl), an RSA-2048 CA without a database; sourced by
# run.sh. $bench is the folder of this run.

# start_cfssl: a CA, a hundred requests of RSA-2048 keys made beforehand, and the server; sets $cfssl_port, $cfssl_pid.
start_cfssl() {
  local work=$bench/cfssl i
  mkdir -p "$work"
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/ca.key" -out "$work/ca.crt" -days 3650 -subj '/C=JP/O=PEER/CN=Peer CA' \
    -addext 'keyUsage=critical,keyCertSign,cRLSign' 2> /dev/null
  cat > "$work/config.json" <<'END'
{"signing":{"default":{"expiry":"43800h","usages":["digital signature","client auth"]},
 "profiles":{"auth":{"expiry":"43800h","usages":["digital signature","client auth"]}}}}
END
  for i in $(seq 100); do
    openssl req -new -newkey rsa:2048 -nodes -keyout "$work/one.key" -subj "/CN=holder-$i" 2> /dev/null |
      jq -Rsc '{certificate_request: ., profile: "auth"}'
  done > "$work/bodies"
  cfssl_port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  cfssl serve -address 127.0.0.1 -port "$cfssl_port" -ca "$work/ca.crt" -ca-key "$work/ca.key" -config "$work/config.json" \
    -loglevel 5 > "$work/log" 2>&1 &
  cfssl_pid=$!
  for i in $(seq 100); do
    if head -1 "$work/bodies" | curl -sf --data-binary @- "http://127.0.0.1:$cfssl_port/api/v1/cfssl/sign" > "$work/first"; then break; fi
    sleep 0.1
  done
  # What it answers is a certificate under that CA.
  jq -r .result.certificate "$work/first" > "$work/first.crt"
  openssl verify -CAfile "$work/ca.crt" "$work/first.crt" > /dev/null
}

# ask_cfssl SECONDS: one line of JSON.
ask_cfssl() {
  CFSSL_BODIES=$bench/cfssl/bodies wrk --threads 1 --connections 8 --duration "$1s" --latency --script bench/cfssl.lua \
    "http://127.0.0.1:$cfssl_port" | tail -1
}

stop_cfssl() {
  [ -z "${cfssl_pid:-}" ] || { kill "$cfssl_pid" 2> /dev/null && wait "$cfssl_pid" 2> /dev/null; } || true
  cfssl_pid=
  rm -rf "$bench/cfssl"
}
