#include "texts/tables.h"

namespace shomei::texts {

namespace {

constexpr Sentence kSentences[] = {
    {"status_authority_unknown", "The list of states has no authority \"{authority}\": add it first.",
     "状態の一覧に認証局「{authority}」がありません。先に追加してください。"},
    {"status_authority_taken",
     "The authority \"{authority}\" has another certificate here than in the journal: build this node anew "
     "from the journal.",
     "認証局「{authority}」の証明書が台帳と違います。このノードを台帳から作り直してください。"},
    {"status_serial_taken",
     "The serial number {serial} is issued already under this issuer name: check the journal.",
     "発行番号 {serial} はこの発行者名ですでに使われています。台帳を検査してください。"},
    {"status_serial_unknown",
     "The authority {authority} has issued no certificate {serial}: check the journal.",
     "認証局 {authority} は証明書 {serial} を発行していません。台帳を検査してください。"},
    {"status_move_impossible",
     "The certificate {serial} is {from} and cannot become {to}: check the journal.",
     "証明書 {serial} の状態 {from} は {to} に変えられません。台帳を検査してください。"},
    {"status_delegate_unfit",
     "The OCSP signer for {authority} cannot be used: {what}; issue it a certificate with that authority's "
     "key.",
     "{authority} のOCSP署名者は使えません: {what}。その認証局の鍵で証明書を発行してください。"},
    {"status_delegate_missing", "There is no OCSP signer for {authority}: set one in the configuration.",
     "{authority} のOCSP署名者がありません。設定で指定してください。"},
    {"status_delegate_out_of_days",
     "The certificate of the OCSP signer for {authority} is not valid today: issue a new one.",
     "{authority} のOCSP署名者の証明書は有効期間外です。新しく発行してください。"},
    {"status_issuer_foreign", "Every certificate asked for is of another authority: ask that authority.",
     "問い合わせの証明書はすべて別の認証局のものです。その認証局に問い合わせてください。"},
    {"status_list_old",
     "The list of states was last complete at {since}, which is too old to answer from: check the "
     "connection to "
     "the journal.",
     "状態の一覧は {since} の時点のもので、古くて答えられません。台帳との接続を確かめてください。"},
    {"status_part_untrue",
     "The status part of journal entry {sequence} is not the one that was recorded: nothing is answered "
     "from it.",
     "記録 {sequence} の状態部分が改変されています。この記録からは答えません。"},
    {"status_journal_shrank",
     "The journal has {size} entries and had {next}: it was set back, and nothing is answered from it.",
     "記録が {next} 件から {size} 件に減っています。この記録からは答えません。"},
    {"status_sequence_gap",
     "The journal does not give its entry {sequence}: nothing is answered from it; check the journal.",
     "記録 {sequence} が台帳から得られません。この台帳からは答えません。台帳を検査してください。"},
    {"status_root_differs",
     "The journal's first {size} entries are not what this node has read and its key has signed: it has "
     "forked "
     "or its past was changed, and nothing is answered from it. Compare it with a kept copy.",
     "台帳の最初の {size} "
     "件が、このノードの読んだもの、鍵の署名したものと違います。枝分かれしたか、過去が書き換えられ"
     "ています。この台帳からは答えません。保管した写しと比べてください。"},
    {"status_checkpoint_foreign",
     "The checkpoint is of another journal, {origin}: nothing is answered from it. Check where the store "
     "is.",
     "チェックポイントは別の台帳 {origin} "
     "のものです。この台帳からは答えません。保存先を確かめてください。"},
    {"status_snapshot_form", "The status snapshot cannot be read: {what}. Make it again.",
     "状態の写しを読めません: {what}。作り直してください。"},
    {"status_snapshot_untrue",
     "The status snapshot is not what the journal's key has signed: it is not used. Make it again.",
     "状態の写しが、台帳の鍵の署名したものと違います。使いません。作り直してください。"},
    {"status_at_form", "This is not a statement about a certificate's past: {what}.",
     "証明書の過去の状態についての書類の形ではありません: {what}"},
    {"status_at_wrong", "The statement does not hold, by the check of {check}: {what}.",
     "この書類は成り立ちません(検査 {check}: {what})。"},
    {"jws_form", "This is not a signed text (JWS) of the form that is read here: {what}.",
     "署名されたテキスト(JWS)の形ではありません: {what}"},
    {"instant_to_come", "{at} is still to come: ask about an instant that is over.",
     "{at} はまだ来ていません。過ぎた時点について問い合わせてください。"},
    {"query_missing", "The query lacks {member}: ask as ?authority=…&serial=…&at=….",
     "問い合わせに {member} がありません。?authority=…&serial=…&at=… の形で指定してください。"},
    {"history_busy", "Another question about the past is being answered: ask again in a few seconds.",
     "過去の状態についての別の問い合わせに回答中です。数秒後にもう一度問い合わせてください。"},
    {"life_too_long",
     "The journal has more than {max} changes of the certificate {serial}: verify the journal.",
     "証明書 {serial} の記録が {max} 件を超えています。ジャーナルを検査してください。"},
    {"ocsp_path_form", "The path is not an OCSP request: {what}; send base64 of the DER, or use POST.",
     "パスがOCSP要求ではありません: {what}。DERのbase64を送るか、POSTを使ってください。"},
};

}  // namespace

std::span<const Sentence> of_status() {
  return kSentences;
}

}  // namespace shomei::texts
