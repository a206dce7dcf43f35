#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

engine_conf "$module" > engine.cnf

sign() {  # KIND TOKEN ID PIN
  OPENSSL_CONF=$work/engine.cnf expect 0 'Engine "pkcs11" set' openssl cms -sign -engine pkcs11 -keyform engine \
    -inkey "pkcs11:token=JPKI%20%28$2%20PIN%29;id=%$3;type=private?pin-value=$4" -signer "$1.crt" \
    -in letter -binary -outform DER -out "$1.p7" -nosmimecap
}
verify() {  # KIND CONTENT [MORE...]
  openssl cms -verify -inform DER -in "$1.p7" -content "$2" -binary -CAfile "$(authority_of "$1")" -out "$1.out" "${@:3}"
}

proves "openssl cms signs through its PKCS#11 engine with both keys"
sign user_authentication User%20Authentication 01 "$pin"
sign signature Digital%20Signature 02 "$password"

# The authentication certificate's extended key usage is clientAuth alone, so it is no signer of mail: openssl's default
# purpose must refuse it, and the purpose that it was made for must do.
proves "openssl and GnuTLS verify them under the authorities, each certificate for what it is for"
expect 0 'CMS Verification successful' verify signature letter
expect 0 'CMS Verification successful' verify user_authentication letter -purpose sslclient
for kind in $kinds; do
  same_bytes "$kind.out" letter
  expect 0 'Signature status: ok' certtool --p7-verify --inder --load-data letter \
    --load-ca-certificate "$(authority_of "$kind")" --infile "$kind.p7"
done
expect not0 'unsuitable certificate purpose' verify user_authentication letter

proves "a changed letter and a foreign authority do not verify"
sed 's/hill/till/' letter > changed
expect not0 'CMS Verification failure' verify signature changed
expect not0 'verification failed|failure' certtool --p7-verify --inder --load-data changed \
  --load-ca-certificate "$(authority_of signature)" --infile signature.p7
expect not0 'CMS Verification failure' openssl cms -verify -inform DER -in signature.p7 -content letter -binary \
  -CAfile "$(authority_of user_authentication)" -out /dev/null
