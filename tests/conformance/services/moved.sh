#!/usr/bin/env bash
. "$(dirname "$0")/running.sh"

serial=$(serial_of signature)
both_say good signature signature.crt

proves "an act beside the running services is seen at the very next question"
move_house
openssl_says revoked signature signature.crt
grep -q 'Reason: affiliationChanged' <<< "$said" || fail "the reason is not affiliationChanged" "$said"
openssl_says good user_authentication user_authentication.crt
gnutls_says revoked signature signature.crt
gnutls_says good user_authentication user_authentication.crt
openssl_says revoked signature signature.crt -sha256 -no_nonce

proves "certificates that are issued beside the running services are good at once"
other=j8x5p2hk
shomei counter issue --office "$office" --resident "$other" --kind user_authentication --pins pins > issued
shomei certificate show --serial "$(serial_of user_authentication "$other")" --out other.crt > shown
both_say good user_authentication other.crt

published() {
  curl -sf "$status/crl/signature-1.crl" -o list.der &&
    openssl crl -inform DER -in list.der -noout -text | grep -q "$serial"
}
revoked_serials() { openssl crl "$@" -noout -text | sed -n 's/^ *Serial Number: *//p'; }

proves "the published list follows, and so does the one of crl write; openssl and GnuTLS verify both"
await 10 "the revocation in the published list" published
shomei crl write --authority signature-1 --out written.crl > wrote
openssl crl -inform DER -in list.der -out published.crl
curl -sf "$status/crl/signature-1.pem" -o published.pem
same_bytes published.pem written.crl
for list in published.crl written.crl; do
  expect 0 '^verify OK$' openssl crl -in $list -noout -CAfile "$(authority_of signature)"
  expect not0 'verify failure|Error getting CRL issuer' openssl crl -in $list -noout -verify -CAfile "$(authority_of user_authentication)"
  expect 0 'Verified' certtool --verify-crl --load-ca-certificate "$(authority_of signature)" --infile $list
  [ "$(revoked_serials -in $list)" = "$serial" ] || fail "$list does not list exactly $serial" "$(revoked_serials -in $list)"
  expect 0 'Affiliation Changed' openssl crl -in $list -noout -text
done

proves "openssl verify refuses the revoked certificate and accepts the other; GnuTLS too"
shomei crl write --authority user_authentication-1 --out other.crl > wrote
[ -z "$(revoked_serials -in other.crl)" ] || fail "the other authority's list is not empty"
expect not0 'certificate revoked' openssl verify -crl_check -x509_strict -CAfile "$(authority_of signature)" \
  -CRLfile written.crl signature.crt
expect 0 ': OK$' openssl verify -crl_check -x509_strict -CAfile "$(authority_of user_authentication)" \
  -CRLfile other.crl user_authentication.crt
gnutls_verify() {  # KIND LIST
  certtool --verify --verify-profile medium --load-ca-certificate "$(authority_of "$1")" --load-crl "$2" --infile "$1.crt"
}
expect not0 'revoked' gnutls_verify signature written.crl
expect 0 '^Chain verification output: Verified' gnutls_verify user_authentication other.crl

proves "the journal holds with all this in it"
expect 0 '^The journal holds' shomei journal verify
expect 0 '^Nothing crossed' shomei journal check
