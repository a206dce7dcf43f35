#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

read_certificate() {  # NUMBER OUT [MORE...]
  local number=$1 out=$2
  shift 2
  pkcs15-tool --read-certificate "$number" "$@" --output "$out.pem"
  openssl x509 -in "$out.pem" -outform DER -out "$out.der"
}

proves "the certificates on the card are the authority's, byte for byte; the signature one is read after its password alone"
for kind in $kinds; do openssl x509 -in "$kind.crt" -outform DER -out "$kind.der"; done
read_certificate 1 card-1
same_bytes card-1.der user_authentication.der
expect not0 'read failed' pkcs15-tool --read-certificate 2
[ "$(tries_left signature)" -eq 5 ] || fail "a refused reading has cost a try"
read_certificate 2 card-2 --verify-pin --auth-id 2 --pin "$password"
same_bytes card-2.der signature.der
openssl x509 -in "$(authority_of user_authentication)" -outform DER -out authority-1.der
openssl x509 -in "$(authority_of signature)" -outform DER -out authority-2.der
read_certificate 3 card-3
read_certificate 4 card-4
same_bytes card-3.der authority-1.der
same_bytes card-4.der authority-2.der

verify() { openssl verify -x509_strict -CAfile "$@"; }
policy_signature=1.2.392.200149.8.5.1.0.20
policy_user_authentication=1.2.392.200149.8.5.1.0.30

proves "openssl verifies both under their authorities, strictly, and GnuTLS too"
for kind in $kinds; do
  expect 0 ': OK$' verify "$(authority_of "$kind")" "$kind.crt"
  expect 0 '^Chain verification output: Verified' \
    certtool --verify --verify-profile medium --load-ca-certificate "$(authority_of "$kind")" --infile "$kind.crt"
done

# OpenSSL processes the critical certificatePolicies when it is told which policy is wanted: -explicit_policy turns "none of
# those" into an error, which it otherwise is not.
proves "the critical certificate policies hold for a verifier that demands them, and no other policy does"
for kind in $kinds; do
  policy=policy_$kind
  expect 0 ': OK$' verify "$(authority_of "$kind")" -explicit_policy -policy "${!policy}" "$kind.crt"
  expect not0 'no explicit policy' verify "$(authority_of "$kind")" -explicit_policy \
    -policy 1.2.392.200149.8.5.1.1.10 "$kind.crt"
done

proves "the wrong authority refuses, though it differs by one name and bears the same serial number"
expect not0 'unable to get local issuer' verify "$(authority_of user_authentication)" signature.crt
expect not0 'unable to get local issuer' verify "$(authority_of signature)" user_authentication.crt
expect not0 'NOT trusted' certtool --verify --load-ca-certificate "$(authority_of signature)" --infile user_authentication.crt

proves "the uses are apart: the authentication certificate is for TLS clients, the signature certificate is not limited"
expect 0 ': OK$' verify "$(authority_of user_authentication)" -purpose sslclient user_authentication.crt
expect not0 'unsuitable certificate purpose' verify "$(authority_of user_authentication)" \
  -purpose smimesign user_authentication.crt
expect 0 ': OK$' verify "$(authority_of signature)" -purpose smimesign signature.crt
