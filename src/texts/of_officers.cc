#include "texts/tables.h"

namespace shomei::texts {

namespace {

constexpr Sentence kSentences[] = {
    {"role_unknown", "\"{role}\" is no role of officers: there are {known}.",
     "「{role}」という役割はありません。役割: {known}"},
    {"officer_entry_unreadable",
     "The journal's entry {sequence} about an officer cannot be read, so nobody knows who may do what: run "
     "`shomei journal verify`.",
     "職員についての記録 {sequence} が読めず、権限が分かりません。`shomei journal verify` "
     "で確かめてください。"},
    {"officer_not_appointed",
     "{officer} is no officer of this authority: ask a key officer for `shomei officer appoint`.",
     "{officer} は職員に任命されていません。鍵管理者に `shomei officer appoint` を依頼してください。"},
    {"officer_unproven",
     "Nothing shows that this is {officer}: give --officer-certificate and --officer-key, or ask over TLS "
     "by "
     "the officer's certificate.",
     "{officer} であることが示されていません。--officer-certificate と --officer-key "
     "を指定するか、職員の証明書を使う TLS で接続してください。"},
    {"credential_unknown",
     "That certificate is not one of {officer}: use the one of the appointment, or have it appointed anew.",
     "この証明書は {officer} "
     "のものとして登録されていません。任命時の証明書を使うか、任命をやり直してください。"},
    {"credential_expired",
     "The certificate of {officer} was good until {not_after}: have a new one certified and appointed.",
     "{officer} の証明書の期限({not_after})が切れています。新しい証明書で任命し直してください。"},
    {"credential_not_valid",
     "The certificate {serial} of {officer} is suspended or revoked: appoint the officer with another one.",
     "{officer} の証明書 {serial} は保留中または失効しています。別の証明書で任命してください。"},
    {"role_lacks_act",
     "{officer} ({roles}) may not do \"{act}\": that is for {who} (`shomei officer table`).",
     "{officer}({roles})に「{act}」の権限はありません。必要な役割: {who}(`shomei officer table`)"},
    {"office_out_of_reach",
     "{officer} is not appointed for {office} (* is all offices): ask somebody who is.",
     "{officer} は {office}(* "
     "はすべての窓口)について任命されていません。権限のある職員に依頼してください。"},
    {"approval_needed",
     "\"{act}\" needs the word of {needed} other officers: it is proposed as {request} until {expires_at}. "
     "When "
     "they have agreed (`shomei approve {request}`), ask again under the same request.",
     "「{act}」には他の職員 {needed} 名の同意が必要です。{request} として {expires_at} "
     "まで提案されました。同意(`shomei approve {request}`)の後、同じ申請番号でもう一度実行してください。"},
    {"approval_missing", "{given} of {needed} other officers have agreed to {request} so far.",
     "{request} に同意した職員は {needed} 名中 {given} 名です。"},
    {"proposal_unknown", "Nothing was proposed under {request}.", "{request} という提案はありません。"},
    {"proposal_expired",
     "The proposal {request} was open until {expires_at}: propose it anew under a new request.",
     "提案 {request} の期限({expires_at})が過ぎました。新しい申請番号で提案し直してください。"},
    {"proposal_of_another", "{request} was proposed by {officer}, who has to carry it out.",
     "{request} は {officer} の提案です。提案した職員が実行してください。"},
    {"own_proposal", "{officer} proposed it, and somebody else, with another key, must agree.",
     "{officer} 自身の提案です。別の鍵を持つ別の職員の同意が必要です。"},
    {"approved_already", "{officer} has agreed to it already, and counts once.",
     "{officer} はすでに同意しています。一人は一回だけ数えます。"},
    {"glass_unknown", "There is no broken glass {act} that waits for an auditor (`shomei glass`).",
     "確認待ちの緊急措置 {act} はありません(`shomei glass`)。"},
    {"officer_unknown", "There is no officer {officer} (`shomei officer list`).",
     "{officer} という職員はいません(`shomei officer list`)。"},
    {"officer_key_unfit", "A key of type {type} is not certified: make one of P-256 or P-384.",
     "{type} の鍵は証明できません。P-256 か P-384 の鍵を使ってください。"},
    {"officer_key_differs", "The key in {path} is not the one of the officer's certificate.",
     "{path} の鍵は職員の証明書の鍵ではありません。"},
    {"credential_of_another",
     "The key of that certificate is one of {officer}: each officer needs a key of their own.",
     "この証明書の鍵は {officer} のものです。職員ごとに別の鍵が必要です。"},
    {"own_clerk",
     "You have appointed {officer} alone, so your word is not that of a second officer: ask another one, or "
     "have {officer} appointed by somebody else.",
     "{officer} を単独で任命した本人の同意は、二人目の同意になりません。別の職員に依頼するか、{officer} を"
     "別の職員が任命し直してください。"},
    {"appointment_changed", "Somebody else has changed what {officer} is meanwhile: look, and ask again.",
     "{officer} の任命が同時に変更されました。確認してもう一度実行してください。"},
    {"last_key_officer", "{officer} is the last key officer for all offices: appoint another one first.",
     "{officer} は全窓口の最後の鍵管理者です。先に別の鍵管理者を任命してください。"},
    {"break_glass_remote", "Glass is broken at the machine that has the keys, and nowhere else.",
     "緊急措置は、鍵のある機械でのみ実行できます。"},
    {"acts_cards_open",
     "services.acts_cards lets in everybody who has a card: set officers.required = true first.",
     "services.acts_cards はカードを持つ全員の接続を許します。先に officers.required = true "
     "を設定してください。"},
};

}  // namespace

std::span<const Sentence> of_officers() {
  return kSentences;
}

}  // namespace shomei::texts
