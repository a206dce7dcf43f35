#include "texts/tables.h"

namespace shomei::texts {

namespace {

constexpr Sentence kSentences[] = {
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
    {"trust_not_pinned",
     "The certificate with the SHA-256 fingerprint {fingerprint} is of no authority that this program "
     "knows: "
     "fetch it anew from the authority, or name the fingerprint that the authority publishes with "
     "--fingerprint.",
     "SHA-256 指紋 {fingerprint} "
     "の証明書は、このプログラムが知る認証局のものではありません。認証局から取得し直すか、"
     "認証局が公表している指紋を --fingerprint で指定してください。"},
    {"trust_fingerprint_differs",
     "The certificate has the SHA-256 fingerprint {fingerprint}, not {told}: do not use it, fetch it anew.",
     "証明書の SHA-256 指紋は {fingerprint} で、指定された {told} "
     "と違います。使わずに取得し直してください。"},
    {"trust_not_an_authority",
     "The certificate {fingerprint} is of no authority: take the authority's own certificate.",
     "証明書 {fingerprint} は認証局のものではありません。認証局自身の証明書を使ってください。"},
    {"trust_fingerprint_form",
     "\"{text}\" is no SHA-256 fingerprint: write its 64 hexadecimal digits, with or without colons.",
     "「{text}」は SHA-256 指紋ではありません。16進数64桁で書いてください(コロン区切りも可)。"},
    {"trust_file_changed",
     "{path} is not the certificate that its name says: somebody changed it. Remove it and add the "
     "authority "
     "anew.",
     "{path} "
     "の内容がファイル名の指紋と違います。変更されたおそれがあります。削除して認証局を追加し直してください"
     "。"},
    {"trust_unknown",
     "No authority with the fingerprint {fingerprint} was taken in: look at card trust list.",
     "指紋 {fingerprint} の認証局は登録されていません。card trust list で確かめてください。"},
    {"trust_folder_unknown",
     "There is no folder for the authorities: set HOME or XDG_DATA_HOME, or name one with --trust.",
     "認証局を置くフォルダーがありません。HOME か XDG_DATA_HOME を設定するか、--trust "
     "で指定してください。"},
    {"card_error_retryable", "Then the same can be tried again.", "その後、同じ操作をもう一度できます。"},
    {"card_error_fatal", "To try the same again does not help.", "同じ操作を繰り返しても成功しません。"},
    {"pin_last_try",
     "One try is left, and a wrong PIN would block the card: say --last-try, or type the PIN on the "
     "terminal.",
     "残りは1回です。間違えるとカードがロックされます。--last-try を付けるか、端末で入力してください。"},
    {"pin_tries_changed",
     "While you were asked, another program has tried a PIN: {tries} left. Nothing was sent; begin again.",
     "入力を待つ間に別のプログラムが暗証番号を試しました(残り {tries} "
     "回)。何も送っていません。最初からやり直してください。"},
    {"card_several",
     "There are several cards, and the PIN is of one: name its reader with --reader (shomei card info lists "
     "the readers).",
     "カードが複数あります。暗証番号を使うカードのリーダーを --reader で指定してください(リーダーの一覧は "
     "shomei card info)。"},
    {"pin_answer_lost",
     "No answer came to the PIN ({cause}): a try may be gone. Put the card back; shomei card info says how "
     "many are left.",
     "暗証番号への応答がありませんでした({cause})。試行回数が1回減ったおそれがあります。カードを置き直し、"
     "shomei card info で残りの回数を確かめてください。"},
    {"new_pin_answer_lost",
     "No answer came to the new PIN ({cause}): it may hold already. Put the card back, and type the new PIN "
     "before the old one; shomei card info says how many tries are left.",
     "新しい暗証番号への応答がありませんでした({cause})。すでに変更されたおそれがあります。カードを置き直し、"
     "先に新しい暗証番号を試してください。残りの回数は shomei card info で確かめられます。"},
    {"pin_given_twice", "{option} and {other} both give a PIN: leave one of them out.",
     "{option} と {other} の両方で暗証番号が指定されています。一方だけにしてください。"},
    {"card_trace_incomplete", "{path} lacks what was said last: make room on the disk and trace again.",
     "{path} にすべてを書き込めませんでした。ディスクに空きを作って記録し直してください。"},
    {"card_scheme_unknown", "\"{scheme}\" is no signature scheme: say pkcs1 or pss.",
     "「{scheme}」という署名方式はありません。pkcs1 か pss を指定してください。"},
    {"card_scheme_of_other_key",
     "The card's key is of the type {type}, which signs by no scheme {scheme}: leave --scheme out.",
     "カードの鍵の種類は {type} で、{scheme} では署名できません。--scheme を外してください。"},
    {"card_cms_option", "--pem and --signing-time are of CMS signatures: say --cms too.",
     "--pem と --signing-time は CMS 署名のオプションです。--cms も指定してください。"},
    {"trust_action", "\"{action}\" is not complete: say list, add FILE or remove FINGERPRINT.",
     "「{action}」は正しくありません。list、add ファイル、remove 指紋のいずれかを指定してください。"},
    {"card_trace_form", "This is no card trace: {what}. See docs/formats/card-trace.md.",
     "カードのトレースではありません: {what}。docs/formats/card-trace.md を見てください。"},
    {"card_trace_unwritable", "{path} cannot be written: choose another place for the trace.",
     "{path} に書き込めません。トレースの書き込み先を変えてください。"},
};

}  // namespace

std::span<const Sentence> of_card_client() {
  return kSentences;
}

}  // namespace shomei::texts
