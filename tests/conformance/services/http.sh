#!/usr/bin/env bash
. "$(dirname "$0")/running.sh"

openssl ocsp -no_nonce -issuer "$(authority_of signature)" -cert signature.crt -reqout request.der
encoded=$(base64 -w0 request.der | sed 's/+/%2B/g; s,/,%2F,g; s/=/%3D/g')

ask() {  # OUT ARGUMENTS...: the HTTP status, and the body in OUT
  curl -s -m 10 -o "$1" -w '%{http_code} %{content_type}' "${@:2}"
}
post() { ask "$2" -H 'Content-Type: application/ocsp-request' --data-binary "@$1" "$status/ocsp"; }
is() { [ "$1" = "$2" ] || fail "$3: $1 instead of $2"; }

proves "GET with the request in the path answers as POST does, and may be cached"
for target in "$status/ocsp/$encoded" "$status/ocsp/$(base64 -w0 request.der)"; do
  is "$(ask got.der -D got.head "$target")" '200 application/ocsp-response' "GET"
  is "$(post request.der posted.der)" '200 application/ocsp-response' "POST"
  for answer in got.der posted.der; do
    expect 0 '^signature.crt: good' openssl ocsp -reqin request.der -respin $answer -no_nonce \
      -issuer "$(authority_of signature)" -cert signature.crt -CAfile "$(authority_of signature)"
    openssl ocsp -respin $answer -noverify -resp_text 2>&1 |
      sed -n '/Certificate ID/,/Cert Status/p; /Responder Id/p' > $answer.text
  done
  same_bytes got.der.text posted.der.text
  grep -qi '^cache-control: max-age=[1-9]' got.head || fail "no max-age" "$(cat got.head)"
done

proves "GET is answered in absolute form too, as a proxy may send it on (RFC 9112 3.2.2)"
for host in http://status.example "$status" HTTP://h; do
  is "$(ask absolute.der --request-target "$host/ocsp/$encoded" "$status")" '200 application/ocsp-response' "$host"
  expect 0 '^signature.crt: good' openssl ocsp -reqin request.der -respin absolute.der -no_nonce \
    -issuer "$(authority_of signature)" -cert signature.crt -CAfile "$(authority_of signature)"
done

# malformedRequest of RFC 6960 4.2.1: 30 03 0A 01 01.
malformed=$(printf '\x30\x03\x0a\x01\x01' | base64)
proves "garbage, trailing bytes and every seventh cut of a request get malformedRequest, and the size limits hold"
head -c 300 /dev/urandom > garbage
{ cat request.der; printf x; } > longer
cut=0
for ((length = 0; length < $(stat -c %s request.der); length += 7)); do
  head -c "$length" request.der > "cut-$((cut++))"
done
for body in garbage longer cut-*; do
  is "$(post "$body" answer)" '200 application/ocsp-response' "$body"
  is "$(base64 answer)" "$malformed" "$body"
done
head -c 9000 /dev/zero > large
is "$(post large answer)" '200 application/ocsp-response' "9000 bytes"
is "$(base64 answer)" "$malformed" "9000 bytes"
head -c 3000000 /dev/zero > huge
is "$(post huge answer)" '413 application/problem+json' "3 MB"
is "$(jq -r .code answer)" body_too_large "3 MB"

for path in @@@ %zz MAMK AAAA; do
  is "$(ask answer "$status/ocsp/$path")" '200 application/ocsp-response' "GET of $path"
  is "$(base64 answer)" "$malformed" "GET of $path"
done

proves "what is no question of status gets a problem document"
is "$(ask answer "$status/nowhere")" '404 application/problem+json' "no such path"
is "$(ask answer -X PUT "$status/ocsp")" '405 application/problem+json' "PUT"
is "$(ask answer -d x "$status/ocsp")" '415 application/problem+json' "a form"
is "$(ask answer "$status/crl/nobody-1.crl")" '404 application/problem+json' "no such list"
is "$(ask answer -H "X-Long: $(head -c 20000 /dev/zero | tr '\0' a)" "$status/ocsp/$encoded")" \
  '431 application/problem+json' "a long header"
is "$(ask answer -H 'Accept-Language: ja' "$status/crl/nobody-1.crl")" '404 application/problem+json' "Japanese"
grep -q 'ありません' answer || fail "no Japanese sentence" "$(cat answer)"

proves "clients that say half a request and leave disturb nobody"
address=${status#http://}
for _ in $(seq 20); do
  exec {half}<> "/dev/tcp/${address%:*}/${address#*:}"
  printf 'POST /ocsp HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc' >&"$half"
  exec {half}>&-
done
openssl_says good signature signature.crt

proves "the authorities' certificates are handed out as they are, and the counters count"
is "$(ask authorities.json "$authority/authorities")" '200 application/json' "/authorities"
for kind in $kinds; do
  path=$(jq -er --arg kind "$kind" '.authorities[] | select(.kind == $kind).certificate' authorities.json)
  is "$(ask got.crt "$authority$path")" '200 application/pkix-cert' "$path"
  openssl x509 -in "$(authority_of "$kind")" -outform DER -out own.crt
  same_bytes got.crt own.crt
done
is "$(ask before "$metrics/metrics" | cut -d' ' -f1)" 200 "/metrics"
for _ in $(seq 8); do openssl_says good signature signature.crt; done
ask after "$metrics/metrics" > said
count() { awk '$1 == "shomei_ocsp_answers_total" { print int($2) }' "$1"; }
more=$(($(count after) - $(count before)))  # the server asks itself once a second
[ "$more" -ge 8 ] && [ "$more" -le 12 ] || fail "answers counted: $more more after 8"
