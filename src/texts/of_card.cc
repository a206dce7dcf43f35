#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_card() {
  static constexpr Sentence kSentences[] = {
      {"apdu_form", "{bytes} bytes are no card command or answer.",
       "{bytes} バイトはカードのコマンドでも応答でもありません。"},
      {"card_state_form", "The card's memory is not of its form: {what}. Issue the card anew.",
       "カードの記憶内容が正しくありません: {what}。カードを作り直してください。"},
      {"card_answer",
       "The card answered {sw} to the command {command}, which no such card does: use another card.",
       "カードがコマンド {command} に {sw} と応答しました。別のカードを使ってください。"},
      {"card_memory",
       "The card could not store what it was told ({sw} to the command {command}): for a virtual card make "
       "room on "
       "the disk and try again; a real one is worn out.",
       "カードが記憶できませんでした(コマンド {command} に "
       "{sw})。仮想カードならディスクに空きを作ってやり直し、"
       "実物なら別のカードを使ってください。"},
      {"card_file_form",
       "The card holds {bytes} bytes that are no certificate and no file of the application.",
       "カードの {bytes} バイトは証明書でもアプリケーションのファイルでもありません。"},
      {"card_in_use", "The card {path} is in a reader: take it out there first.",
       "カード {path} はリーダーに入っています。先に取り出してください。"},
      {"card_file_magic", "{path} is no card file of this version: check the path.",
       "{path} はこの版のカードファイルではありません。パスを確かめてください。"},
      {"reader_missing",
       "No virtual reader listens at {address}: install vsmartcard-vpcd and start pcscd, then try again.",
       "{address} に仮想リーダーがありません。vsmartcard-vpcd を入れて pcscd を起動し、やり直してください。"},
      {"port_unusable", "The card cannot wait for a reader at {address}: {system}. Choose another port.",
       "{address} でリーダーを待てません: {system}。別のポートを選んでください。"},
      {"not_a_jpki_card", "This card has no JPKI application: use an individual number card.",
       "公的個人認証のアプリケーションがないカードです。マイナンバーカードを使ってください。"},
      {"certificate_absent", "The card has no such certificate: it can be issued at a counter.",
       "カードにこの証明書はありません。窓口で発行を受けられます。"},
      {"pin_needed", "The card wants the PIN first: verify it and try again.",
       "先に暗証番号が必要です。暗証番号を入力してやり直してください。"},
      {"pin_wrong", "The PIN is wrong. Tries left before it is blocked: {tries}.",
       "暗証番号が違います。あと {tries} 回間違えるとロックされます。"},
      {"pin_blocked",
       "The PIN is blocked: it is reset at a counter of the municipality. (A card for face authentication "
       "has none.)",
       "暗証番号がロックされています。市区町村の窓口で再設定してください("
       "顔認証用のカードには暗証番号がありませ"
       "ん)。"},
      {"pin_form", "This PIN has exactly four digits; nothing was sent to the card.",
       "この暗証番号は数字4桁です。カードには送っていません。"},
      {"password_form",
       "The password for signatures has 6 to 16 letters and digits (A-Z, 0-9); nothing was sent to the card.",
       "署名用のパスワードは英数字6から16文字です。カードには送っていません。"},
      {"digest_info_length", "The card signs 1 to 245 bytes, not {bytes}: give it a DigestInfo.",
       "カードが署名できるのは1から245バイトです({bytes} バイトは不可)。DigestInfo を渡してください。"},
      {"card_incomplete",
       "The card is not complete: each certificate needs its key pair, its PIN and itself. Write what is "
       "missing.",
       "カードが未完成です。証明書ごとに鍵、暗証番号、証明書が必要です。足りないものを書き込んでください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
