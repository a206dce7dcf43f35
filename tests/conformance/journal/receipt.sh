#!/usr/bin/env bash
# Receipts: made in the home, proven anywhere; and a person who is forgotten, whose receipt still proves.
. "$(dirname "$0")/../shell.sh"

copy_home home
cd "$work"
key=$(cat "$SHOMEI_HOME/public/checkpoint.vkey")
outsider() { env -u SHOMEI_HOME "$SHOMEI" "$@"; }

proves "a receipt says who, what and when, and is proven without a home"
shomei journal receipt --resident "$hero" --out receipt.json > /dev/null
[ "$(stat -c %a receipt.json)" = 600 ] || fail "others may read the receipt"
outsider journal prove --receipt receipt.json --key "$key" > proven
grep -q '見本' proven && grep -q 'issued, valid' proven && grep -q 'Not proven' proven || fail "$(cat proven)"
grep -q 'inagi-city-hall' proven && fail "the operator part is in it"
outsider --lang ja journal prove --receipt receipt.json > proven.ja
grep -q '証明されました' proven.ja && grep -q '公開されている鍵' proven.ja || fail "$(cat proven.ja)"
shomei journal receipt --serial "$(serial_of signature)" --operator --out full.json > /dev/null
outsider journal prove --receipt full.json --key "$key" | grep -q 'inagi-city-hall' || fail "no operator part"

proves "a bent receipt proves nothing"
sed 's/"salt": "./"salt": "*/' receipt.json > bent.json
expect_error 2 malformed receipt_form shomei journal prove --receipt bent.json
python3 - <<'END'
import base64, json
receipt = json.load(open("receipt.json"))
part = receipt["entries"][0]["parts"]["person"]
body = bytearray(base64.b64decode(part["body"]))
body[-1] ^= 1
part["body"] = base64.b64encode(bytes(body)).decode()
json.dump(receipt, open("bent.json", "w"), ensure_ascii=False, indent=2)
END
expect_error 1 refused receipt_wrong shomei journal prove --receipt bent.json

proves "a person with a certificate in force is not forgotten"
expect_error 1 refused erase_certificate_in_force shomei journal erase --resident "$hero" --office "$office" --ground "asked for"

proves "a person without one is, the journal holds, and the receipt still proves"
for kind in $kinds; do
  shomei counter revoke --office "$office" --serial "$(serial_of "$kind")" --ground wish > /dev/null
done
shomei journal show --resident "$hero" > told
grep -q 'revoked from' told && grep -q 'by cli at inagi-city-hall' told || fail "$(cat told)"
shomei --json journal erase --resident "$hero" --office "$office" --ground "asked for" > erased
jq -e '.erased >= 6' erased > /dev/null || fail "$(cat erased)"
shomei --json journal verify > held
jq -e --argjson erased "$(jq .erased erased)" '.holds and .erased_parts == $erased' held > /dev/null || fail "$(cat held)"
python3 "$source_root/tests/conformance/verify_journal.py" "$SHOMEI_HOME/store.sqlite" "$key"
outsider journal prove --receipt receipt.json --key "$key" | grep -q '見本' || fail "the receipt no longer proves"
shomei --json journal show --person --resident "$hero" | jq -e '[.entries[] | select(has("person")) | .person | length] | add == 0' > /dev/null ||
  fail "the journal still tells of the person"
shomei journal show --resident "$hero" | grep -q 'erasure of a person' || fail "nobody can see that it was done"
shomei journal receipt --resident "$hero" --out later.json > /dev/null
outsider journal prove --receipt later.json --key "$key" > proven
! grep -q '見本' proven || fail "a receipt brings the person back"
