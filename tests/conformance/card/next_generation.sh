#!/usr/bin/env bash
# A card of the next generation from the counter: P-384, and two PINs.
prepare_home() {
  in_reader=w3h6r5nd
  sed -i 's/^subject_key = "rsa-2048"/subject_key = "ec-p384"/' "$SHOMEI_HOME/shomei.toml"
  shomei counter issue --office "$office" --resident "$in_reader" --kind user_authentication --pins "$beside/pins"
}
. "$(dirname "$0")/session.sh"

proves "it signs with P-384, and openssl agrees"
"$SHOMEI" card certificate --kind user_authentication --out own.der
openssl x509 -in own.der -inform DER -noout -pubkey > own.pub
openssl pkey -pubin -in own.pub -noout -text | grep -q 'secp384r1' || fail "another curve"
"$SHOMEI" card sign --kind user_authentication --pin pin --in letter --out signature
expect 0 '^Verified OK$' openssl dgst -sha384 -verify own.pub -signature signature letter

proves "its one PIN of four digits opens the attributes too"
"$SHOMEI" --json card read attributes --pin pin --root "$SHOMEI_HOME/public/card-files-root.der" |
  jq -e '.name == "例示　松蔵" and .vouched_by == "root"' > /dev/null || fail "attributes"
