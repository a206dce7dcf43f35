#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

sign_cms() {  # KIND PIN-FILE OUT [MORE...]
  "$SHOMEI" card sign --kind "$1" --in letter --out "$3" --cms --pin "$2" "${@:4}" > sign.out
}
verify_cms() {  # KIND FILE FORM [MORE...]
  openssl cms -verify -inform "$3" -in "$2" -content letter -binary -CAfile "$(authority_of "$1")" -out opened "${@:4}"
}

proves "openssl and GnuTLS verify the detached CMS signatures of shomei's own client, in DER and in PEM"
sign_cms signature password signature.p7s --signing-time
sign_cms user_authentication pin authentication.p7s
sign_cms signature password signature.pem --pem
expect 0 'CMS Verification successful' verify_cms signature signature.p7s DER
same_bytes opened letter
expect 0 'CMS Verification successful' verify_cms signature signature.pem PEM
expect 0 'CMS Verification successful' verify_cms user_authentication authentication.p7s DER -purpose sslclient
expect 0 'Signature status: ok' certtool --p7-verify --inder --load-data letter \
  --load-ca-certificate "$(authority_of signature)" --infile signature.p7s

proves "openssl checks signingCertificateV2 (CAdES), and reads the four signed attributes"
expect 0 'CAdES Verification successful|CMS Verification successful' verify_cms signature signature.p7s DER -cades
openssl cms -cmsout -print -inform DER -in signature.p7s > printed
for attribute in contentType messageDigest signingTime id-smime-aa-signingCertificateV2; do
  grep -q "$attribute" printed || fail "no $attribute" "$(cat printed)"
done
openssl cms -cmsout -print -inform DER -in authentication.p7s > printed
! grep -q signingTime printed || fail "a signing time that nobody asked for"

proves "a changed letter does not verify"
cp letter kept
sed 's/hill/till/' kept > letter
expect not0 'CMS Verification failure' verify_cms signature signature.p7s DER
expect not0 'verification failed|failure' certtool --p7-verify --inder --load-data letter \
  --load-ca-certificate "$(authority_of signature)" --infile signature.p7s
cp kept letter

proves "the card's RSASSA-PSS verifies too, bare and in CMS"
"$SHOMEI" card sign --kind signature --in letter --out pss.sig --scheme pss --pin password > sign.out
expect 0 '^Verified OK$' openssl dgst -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 \
  -sigopt rsa_mgf1_md:sha256 -verify signature.pub -signature pss.sig letter
sign_cms signature password pss.p7s --scheme pss
expect 0 'CMS Verification successful' verify_cms signature pss.p7s DER
