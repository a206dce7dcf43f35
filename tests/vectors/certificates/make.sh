#!/usr/bin/env bash
# Makes the certificates of this folder with the openssl program and openssl.cnf: make.sh [FOLDER], this folder when left
# out. Signatures of RSA with PKCS#1 v1.5 padding are deterministic: a second run writes the same bytes.
set -euo pipefail
out=$(realpath "${1:-$(dirname "$0")}")
cd "$(dirname "$0")"
WORK=$(mktemp -d)
export WORK
trap 'rm -rf "$WORK"' EXIT
touch "$WORK/signature-index" "$WORK/user-authentication-index"

# make NAME AUTHORITY SERIAL FROM UNTIL SUBJECT [OPTION...]: signs $KEY's request into NAME.der. Times are YYYYMMDDHHMMSSZ.
make() {
  local name=$1 authority=$2 serial=$3 from=$4 until=$5 subject=$6
  shift 6
  echo "$serial" > "$WORK/serial"
  openssl req -new -config openssl.cnf -key "keys/$KEY.pem" -subj "$subject" -out "$WORK/request.pem"
  openssl ca -batch -notext -config openssl.cnf -name "$authority" -extensions "x_${name//-/_}" \
    -startdate "$from" -enddate "$until" -in "$WORK/request.pem" -out "$WORK/$name.pem" "$@" 2> "$WORK/said" ||
    { cat "$WORK/said" >&2; return 1; }
  openssl x509 -in "$WORK/$name.pem" -outform DER -out "$out/$name.der"
}

agency="OU=Japan Agency for Local Authority Information Systems"

KEY=signature-authority make signature-authority signature_authority 01 20261122000000Z 20361121145959Z \
  "/C=JP/O=SHOMEI-DEMO/OU=JPKI for digital signature/$agency" -selfsign
KEY=user-authentication-authority make user-authentication-authority user_authentication_authority 0132C4AC \
  20261122000001Z 20361121145959Z "/C=JP/O=SHOMEI-DEMO/OU=JPKI for user authentication/$agency" -selfsign

KEY=signature make signature signature_authority 9A3C5E7F10213243 20261122010203Z 20310102145959Z \
  "/C=JP/L=Tokyo-to/L=Inagi-shi/CN=997794E9AGCIEG13225003A"
KEY=signature make substituted signature_authority 0A0B0C0D 20261122050607Z 20290520145959Z \
  "/C=JP/L=Tokyo-to/L=Inagi-shi/CN=000001ZZZZZZZZ13225003A"
KEY=user-authentication make user-authentication user_authentication_authority 7FFFFFFFFFFFFFFF 20261122150000Z \
  20310305145959Z "/C=JP/CN=123456A1B2C3D414104003A"
KEY=responder make responder signature_authority 5D0102030405060708090A0B0C0D0E0F 20261123000000Z 20270221000000Z \
  "/C=JP/O=SHOMEI-DEMO/OU=JPKI for digital signature/$agency/CN=OCSP Responder"
