#include "texts/tables.h"

namespace shomei::texts {
namespace {

constexpr Sentence kOfAttestation[] = {
    {"attestation_missing",
     "No card says that it made this key: let the card make it over its issuer's channel, or set attestation "
     "= "
     "\"accepted\" under [card] where keys may come from elsewhere.",
     "この鍵をカードが作ったという証明がありません。発行者の通信路を通してカードに鍵を作らせるか、カード以外"
     "の鍵を"
     "認めるなら [card] の attestation を \"accepted\" にしてください。"},
    {"attestation_form", "The card's proof that it made the key is not of its form: {what}.",
     "カードが鍵を作ったという証明の形式が正しくありません: {what}。"},
    {"attestation_maker_unknown",
     "The card was made by nobody whom this authority knows: only cards of its own maker are issued onto.",
     "この認証局の知らない製造者のカードです。登録された製造者のカードにだけ発行できます。"},
    {"attestation_wrong",
     "The card's proof is for another key, another request or another card: let the card make the key again.",
     "カードの証明が別の鍵、別の申請、または別のカードのものです。カードに鍵を作り直させてください。"},
    {"attestation_of_another_card",
     "Another card than {card} made this key: put the card of the person into the terminal.",
     "この鍵を作ったのはカード {card} ではありません。本人のカードを端末に入れてください。"},
    {"maker_key_differs",
     "The card maker's certificate (public/card-maker.crt) is of another key than the one in keys/: restore "
     "both "
     "from one backup, or remove the certificate.",
     "カード製造者の証明書(public/card-maker.crt)と keys/ "
     "の鍵が合いません。同じバックアップから両方を戻すか、"
     "証明書を削除してください。"},
    {"card_master_form",
     "The issuer's master key has not its length: restore keys/card-master.key from a backup.",
     "発行者のマスター鍵の長さが正しくありません。keys/card-master.key をバックアップから戻してください。"},
};

constexpr Sentence kOfCards[] = {
    {"card_without_channel",
     "The card has no channel to its issuer ({sw} to the command {command}): it is of an earlier version or "
     "of "
     "somebody else. What is on it stays usable; for anything new the person needs another card.",
     "発行者との通信路のないカードです(コマンド {command} に {sw})。以前の版か、他の発行者のカードです。"
     "今の内容は使えますが、新しい発行や再設定には新しいカードが必要です。"},
    {"card_of_another",
     "The card in the terminal is not {card}, the person's card of the register: take it out.",
     "端末のカードは、登録されている本人のカード {card} ではありません。取り出してください。"},
    {"card_key_version", "The card has keys of version {version}, which this issuer does not make.",
     "カードの鍵の版 {version} は、この発行者のものではありません。"},
    {"card_status_form",
     "The card's account of its state is not of its form: {what}. Try again, then another card.",
     "カードの状態の応答が正しくありません: {what}。やり直すか、別のカードで試してください。"},
    {"card_key_form",
     "What the card says of its new key is not of its form: {what}. Try again, then another card.",
     "新しい鍵についてのカードの応答が正しくありません: {what}。やり直すか、別のカードで試してください。"},
    {"answers_count", "The card's answers do not fit the commands: put the card in again.",
     "カードの応答の数がコマンドと合いません。カードを入れ直してください。"},
    {"card_cannot_hold", "This kind of card has no room for a {kind} certificate.",
     "この種類のカードには {kind} の証明書を入れられません。"},
    {"card_has_no_pin",
     "The card has no PIN for {kind}: it gets one when a certificate is issued, and one of the next "
     "generation "
     "has none for input_helper, which user_authentication opens.",
     "カードに {kind} の暗証番号はありません。証明書の発行のときに設定します。次期カードには input_helper "
     "がなく、user_authentication で読みます。"},
    {"pin_set_already", "The card has a PIN for {kind}: use `counter reset-pin`, which the rules decide.",
     "カードには {kind} の暗証番号があります。`counter reset-pin` を使ってください。"},
    {"pin_not_opened", "The card does not take a new PIN now: put it in again and begin anew.",
     "カードが新しい暗証番号を受け付けません。カードを入れ直して、初めからやり直してください。"},
    {"pin_not_set", "The card says that its PIN for {kind} has not changed: put it in again and begin anew.",
     "カードの {kind} の暗証番号は変わっていません。カードを入れ直して、初めからやり直してください。"},
    {"card_unknown", "The register has no card {card}.", "カード {card} は登録されていません。"},
};

constexpr Sentence kOfCounters[] = {
    {"card_issuer_missing", "Nobody here has the keys of the card's issuer: ask the authority that has them.",
     "ここにはカード発行者の鍵がありません。鍵を持つ認証局に依頼してください。"},
    {"blank_cards_none", "There are no virtual cards for counters here: put a card into a reader (--reader).",
     "窓口用の仮想カードはありません。リーダーにカードを入れてください(--reader)。"},
    {"card_handed_out",
     "The virtual card {card} was handed out before, and no card has two holders of its keys: give the "
     "resident "
     "another card in the register.",
     "仮想カード {card} "
     "は渡し済みです。鍵を二者が持つことはできません。住民に別のカードを登録してください。"},
    {"request_half_done",
     "Of the request {request} the card has {serials}, and the other certificate was never begun: ask for "
     "that one "
     "alone under a new identifier.",
     "申請 {request} のうち {serials} "
     "はカードに入りましたが、もう一つは始まっていません。それだけを新しい識別子で"
     "申請してください。"},
    {"errand_form", "What is asked of the card's issuer is not of its form: {errand}.",
     "カード発行者への依頼の形式が正しくありません: {errand}。"},
    {"errand_endless",
     "The card's issuer does not come to an end: try again, then ask who runs the authority.",
     "カード発行者との通信が終わりません。やり直し、だめなら認証局の運用者に連絡してください。"},
    {"card_session_gone",
     "The authority does not know this visit of the card any more (it was too long ago, or the authority has "
     "restarted): put the card in again. What was interrupted is brought to its end then.",
     "認証局はこのカードの手続きを覚えていません(時間がたったか、認証局が再起動しました)"
     "。カードを入れ直してください。"
     "途中だったことは、そのとき終わりまで進みます。"},
    {"card_sessions_full",
     "Too many cards are at this authority's counters at this moment: try again in a minute.",
     "窓口の手続き中のカードが多すぎます。1分後にやり直してください。"},
    {"card_turn_wrong", "The turn {turn} does not follow the last one of this visit: put the card in again.",
     "手順 {turn} は直前の手順の次ではありません。カードを入れ直してください。"},
};

}  // namespace

std::span<const Sentence> of_attestation() {
  return kOfAttestation;
}
std::span<const Sentence> of_issuer() {
  return kOfCards;
}
std::span<const Sentence> of_issuer_at_counters() {
  return kOfCounters;
}

}  // namespace shomei::texts
