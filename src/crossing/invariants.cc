#include "crossing/invariants.h"

namespace shomei::crossing {
namespace {

namespace i = invariant;

constexpr Invariant kAll[] = {
    {i::kActPerson, "Every entry of an act names the resident and the card of its intent.",
     "一つの手続の各記録は、着手の記録と同じ本人・同じカードを指す。"},
    {i::kActOfficer,
     "Under the request of its intent an act is carried out by the same officer at the same office, and a "
     "certificate is issued under no other.",
     "一つの手続は、着手と同じ申請のもとでは同じ担当者・同じ窓口が行い、証明書は他の申請のもとで発行されない"
     "。"},
    {i::kActBound, "What binds an act is the same in each of its entries, and is of what they name.",
     "手続を結び付ける値は各記録で同じであり、記録が指すものの値である。"},
    {i::kRequestPerson,
     "What was begun under one request is for one resident and one card, by one officer at one office.",
     "一つの申請のもとで着手されたものは、一人の本人・一枚のカード・一人の担当者・一つの窓口のものである。"},
    {i::kRequestAct, "A request leads to the act whose entries name it, and to no other.",
     "一つの申請は、それを記した手続だけに至る。"},
    {i::kCertificatePrepared,
     "A certificate has the subject, key, serial number and validity that its intent prepared, and every "
     "other "
     "byte.",
     "証明書は、着手の記録で準備された主体者・鍵・発行番号・有効期間その他の全バイトを持つ。"},
    {i::kCertificateAttested, "The card that attested the key is the card of the act.",
     "鍵を証明したカードは、その手続のカードである。"},
    {i::kCertificateAttributes,
     "The name, address, gender and day of birth of a signature certificate are those that the register had "
     "of "
     "its resident.",
     "署名用証明書の氏名・住所・性別・生年月日は、その時の住民の記録のものである。"},
    {i::kCertificatePlace,
     "The place in the subject and the list's partition are the municipality that the register had.",
     "主体者の地名と失効リストの区分は、その時の住民の記録の市区町村である。"},
    {i::kStatusPerson,
     "What is revoked, suspended or restored exists and is of the resident and on the card that the entry "
     "names.",
     "失効・一時停止・再開された証明書は存在し、記録が指す本人とカードのものである。"},
    {i::kKeyOnce, "No two certificates have one key.", "一つの鍵の証明書は一つだけである。"},
    {i::kCardHolder, "A card that an entry names is known, and is of the resident that it names.",
     "記録が指すカードは登録されており、記録が指す本人のものである。"},
    {i::kAboutPerson, "An entry is found under the resident whom it names.",
     "記録は、それが指す本人のもとで見つかる。"},
    {i::kFactsPerson, "What the rules looked at is of the resident who was born on that day.",
     "規則が見た事実は、その日に生まれた本人のものである。"},
    {i::kRegisterChain,
     "A register event begins at the record that the one before left, and is about the resident whom it "
     "names.",
     "住民の記録の異動は、直前の異動が残した記録から始まり、記録が指す本人のものである。"},
    {i::kRegisterRow, "A resident's row is what the last entry about it left.",
     "住民の行は、その人についての最後の記録が残したものである。"},
    {i::kRowPerson, "A certificate's row names the resident, card and office of its act.",
     "証明書の行は、その手続の本人・カード・窓口を指す。"},
    {i::kRowCertificate, "A certificate's row has the number, validity, key, partition and bytes of its act.",
     "証明書の行は、その手続の発行番号・有効期間・鍵・区分・バイト列を持つ。"},
    {i::kRowState, "A certificate's row has the state that the entries left it in.",
     "証明書の行は、記録が残した状態を持つ。"},
    {i::kRowMissing, "A certificate that an entry names has a row.", "記録が指す証明書には行がある。"},
};

}  // namespace

std::span<const Invariant> all_invariants() {
  return kAll;
}

}  // namespace shomei::crossing
