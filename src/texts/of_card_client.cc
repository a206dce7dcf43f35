#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_card_client() {
  static constexpr Sentence kSentences[] = {
      {"pcsc_service_missing", "The smart-card service does not run: install pcscd and start it.",
       "スマートカードのサービスが動いていません。pcscd を入れて起動してください。"},
      {"reader_none", "There is no card reader: plug one in, or insert a virtual card.",
       "カードリーダーがありません。接続するか、仮想カードを挿入してください。"},
      {"reader_unknown", "There is no reader \"{reader}\": look at the list of the readers for its name.",
       "リーダー「{reader}」はありません。リーダーの一覧で名前を確かめてください。"},
      {"pcsc_denied",
       "The smart-card service does not let you use cards: log in at the machine itself, or let the "
       "administrator add a polkit rule for org.debian.pcsc-lite.access_pcsc and access_card.",
       "スマートカードのサービスが利用を許していません。その端末に直接ログインするか、管理者に "
       "org.debian.pcsc-lite.access_pcsc と access_card の polkit 規則を加えてもらってください。"},
      {"card_missing", "There is no card in \"{reader}\": insert it and try again.",
       "「{reader}」にカードがありません。入れてからやり直してください。"},
      {"card_mute",
       "The card in \"{reader}\" does not answer: take it out, look which side is up, clean the contacts, "
       "insert it again.",
       "「{reader}」のカードが応答しません。取り出して、裏表を確かめ、端子を拭いて、入れ直してください。"},
      {"card_unsupported",
       "The reader \"{reader}\" and the card do not speak the same protocol: use another reader or card.",
       "リーダー「{reader}」とカードの通信方式が合いません。別のリーダーかカードを使ってください。"},
      {"card_reset",
       "Another program has reset the card, and every PIN that was entered is forgotten: begin again.",
       "別のプログラムがカードをリセットし、入力済みの暗証番号が無効になりました。最初からやり直してください"
       "。"},
      {"card_busy", "Another program uses the card in \"{reader}\": end it and try again.",
       "「{reader}」のカードは別のプログラムが使用中です。終了してからやり直してください。"},
      {"pcsc_failed", "The smart-card service failed in {call}: {system}. Look at the log of pcscd.",
       "スマートカードのサービスが {call} で失敗しました: {system}。pcscd の記録を見てください。"},
      {"card_gone", "The card no longer answers: put it back on the reader and begin again.",
       "カードが応答しません。リーダーに置き直して、最初からやり直してください。"},
      {"ecdsa_signature_form",
       "{bytes} bytes are no r and s of an ECDSA signature: the card is not of its kind.",
       "{bytes} バイトは ECDSA 署名の r と s ではありません。カードの種類が違います。"},
      {"cms_key_unsupported", "No signature of a document is made with a key of the type {type}.",
       "鍵の種類 {type} では文書の署名を作れません。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
