#include "texts/tables.h"

namespace shomei::texts {

namespace {

// Of home/ and app/.
constexpr Sentence kSentences[] = {
    {"rehearsal_key_on_token",
     "The key of {key} rests on {place}: a copy of the home would sign with the very token. Rehearse on a "
     "home "
     "whose keys rest in files.",
     "{key} の鍵は {place} "
     "にあり、複製もその装置で署名してしまいます。鍵がファイルにあるホームで訓練してください。"},
    {"rehearsal_left",
     "{path} looks like a copy of the home, keys and all, that a drill left when it was killed: delete it "
     "with "
     "`rm -r`, or hold the next drill, which deletes what has its lock (drill.lock).",
     "{path} は、中断された訓練が残したホームの複製(鍵を含む)と思われます。`rm -r` "
     "で削除してください(drill.lock があるものは次の訓練が削除します)。"},
    {"drill_too_few",
     "There are {there} certificates to revoke and not {wanted}, and nothing is made up in a home that is no "
     "demo: ask for fewer.",
     "失効できる証明書は {there} 件で、{wanted} "
     "件ありません。デモでないホームでは作り足しません。件数を減らして"
     "ください。"},
    {"drill_untrue", "It came out otherwise than it must: {what}.", "期待した結果になりませんでした: {what}"},
    {"drill_node_silent",
     "A node of the drill did not show what was committed within five minutes: look at the load of this "
     "machine.",
     "訓練のノードが5分以内に反映しませんでした。この機械の負荷を確かめてください。"},
    {"drill_report_differs", "{path} is not the document that the signed page is about.",
     "{path} は署名されたページの対象の文書ではありません。"},
    {"folder_missing", "There is no folder {path}: make it first.",
     "フォルダー {path} がありません。先に作ってください。"},
    {"home_missing", "There is no home at {home}: make one with `shomei --home {home} init`.",
     "{home} にホームがありません。`shomei --home {home} init` で作ってください。"},
    {"acts_plain",
     "Acts do not go over {address} without TLS: use a Unix socket, or https ([services.acts_tls] at the "
     "authority, [services.counter_tls] at the counter); a demo may set acts_plain_loopback on loopback.",
     "TLS なしでは {address} で手続を扱いません。Unix ソケットか https(発行局は [services.acts_tls]、窓口は "
     "[services.counter_tls])を使ってください。デモのループバックでは acts_plain_loopback も使えます。"},
    {"responder_not_certified",
     "There is no certificate in public/ that holds for the responder's key of {authority}: start "
     "`shomei serve --only authority`, which makes one.",
     "{authority} のレスポンダーの鍵に有効な証明書が public/ にありません。"
     "`shomei serve --only authority` を起動すると作られます。"},
    {"home_exists", "{home} is there already and is left as it is: use it, or name another with --home.",
     "{home} は既にあります。そのまま使うか、--home で別の場所を指定してください。"},
    {"home_key_form",
     "{path} is not a home key: it has 32 bytes. Restore it from the backup of the keys folder.",
     "{path} はホームの鍵ではありません。鍵のバックアップから戻してください。"},
    {"settings_form", "The settings cannot be read: {what}.", "設定を読めません: {what}"},
    {"setting_unknown", "There is no setting \"{key}\": correct or remove it.",
     "「{key}」という設定はありません。直すか消してください。"},
    {"setting_value", "The setting \"{key}\" must be {wanted}.",
     "設定「{key}」は {wanted} でなければなりません。"},
    {"settings_newer", "The home has format {found}, and this program knows {known}: use the newer program.",
     "ホームの形式は {found} で、このプログラムは {known} までです。新しい版を使ってください。"},
    {"address_text_form", "\"{text}\" is not an address with a port: write it like 127.0.0.1:8440.",
     "「{text}」は 127.0.0.1:8440 の形の住所ではありません。"},
    {"clock_not_movable", "--at moves the clock of a demo home only; this one has demo = false.",
     "--at はデモのホームだけで使えます。"},
    {"clock_before_journal",
     "The clock says {now}, and the last entry of the journal is of {last}: in a demo, give a later time "
     "with --at; else set the clock right.",
     "時計は {now} ですが、記録の最後は {last} です。デモでは --at "
     "でその後の日時を指定し、そうでなければ時計を合わせてください。"},
    {"at_out_of_range", "--at {at} is too far away: the clock moves to the years 2000 to 2199.",
     "--at {at} は範囲外です。2000年から2199年までを指定してください。"},
    {"authority_unknown", "There is no authority \"{authority}\" in this home.",
     "認証局「{authority}」はありません。"},
    {"resident_name_ambiguous", "{name} is the name of several residents: name one by identifier ({ids}).",
     "「{name}」という住民は複数います。識別子({ids})で指定してください。"},
    {"pin_unknown", "\"{name}\" is no PIN of a card: write signature, user_authentication or input_helper.",
     "「{name}」という暗証番号はありません。signature、user_authentication、input_helper "
     "のどれかを書いてください。"},
    {"pins_missing", "The file has not the secrets that are needed: write one a line.",
     "必要な暗証番号がありません。1行に1つ書いてください。"},
    {"port_form", "\"{text}\" is not a port: use 0 to 65533.",
     "「{text}」はポート番号ではありません。0から65533です。"},
    {"number_form", "\"{text}\" is not a number from 0 to 9223372036854775807.",
     "「{text}」は0から9223372036854775807までの数ではありません。"},
    {"key_unclear",
     "Name one key: by --spki or --certificate, or where it makes sense by --sha256 or --private-key.",
     "鍵を一つだけ指定してください: --spki か --certificate、使えるところでは --sha256 か --private-key "
     "です。"},
    {"fingerprint_form", "\"{text}\" is no SHA-256 in hexadecimal: it has 64 digits.",
     "「{text}」は16進数64桁のSHA-256ではありません。"},
    {"number_out_of_range", "--{name} is a number from 1 to {max}.", "--{name} は1から{max}までの数です。"},
    {"bench_needs_acts",
     "Nothing listens for acts here: set services.acts = \"127.0.0.1:0\" and acts_plain_loopback = true in "
     "shomei.toml.",
     "手続を受け付ける場所がありません。shomei.toml で services.acts = \"127.0.0.1:0\" と "
     "acts_plain_loopback = true を設定してください。"},
    {"bench_nothing_issued",
     "No certificate was issued in this home: fill it with `shomei bench fill` or `shomei bench issue` "
     "first.",
     "このホームでは証明書が発行されていません。先に `shomei bench fill` か `shomei bench issue` "
     "で作ってください。"},
    {"fill_count_form", "\"{text}\" is not how many certificates to fill in: an even number from 2 to {max}.",
     "「{text}」は作る証明書の数ではありません。2から{max}までの偶数です。"},
    {"over_form", "--over takes http, not \"{text}\".",
     "--over は http だけです(「{text}」ではありません)。"},
    {"bench_needs_demo",
     "Only a demo home is measured, since what is issued stays in it: make one with `shomei --home "
     "/tmp/bench "
     "init --empty`.",
     "発行したものが残るため、デモのホームだけを測れます。`shomei --home /tmp/bench init --empty` で作って"
     "ください。"},
    {"seconds_form", "\"{text}\" is not for how long to measure: use 1 to 600 seconds.",
     "「{text}」は測る秒数ではありません。1から600です。"},
    {"question_unclear", "Say whose facts: --facts FILE, --resident R or --journal SEQ, and one of them.",
     "--facts ファイル、--resident 住民、--journal 番号 のうち一つを指定してください。"},
    {"option_unfit", "{option} has no meaning with {with}: leave out or change one of the two.",
     "{option} は {with} と一緒には使えません。どちらかを除くか、直してください。"},
    {"option_needs", "{option} goes with {needs}: add it, or leave out {option}.",
     "{option} は {needs} と使います。{needs} を加えるか、{option} を除いてください。"},
    {"option_unfit_source", "{option} goes with --resident; with {source} it would be passed over.",
     "{option} は --resident と使います。{source} では使えません。"},
    {"weak_pin_warning",
     "This PIN is among the first that others try, and a counter may refuse it. It is being set all the "
     "same.",
     "推測されやすい暗証番号です(窓口では設定できないことがあります)。このまま設定します。"},
    {"exception_too_long", "The ground of an exception has up to {bytes_max} bytes: shorten it.",
     "例外の理由は{bytes_max}バイトまでです。短くしてください。"},
    {"act_needed", "Say which act: --act issue, renew, revoke, ...",
     "--act で手続(issue、renew、revoke など)を指定してください。"},
    {"entry_unknown", "The journal has no entry {sequence}: shomei journal show lists them.",
     "記録 {sequence} はありません。shomei journal show で一覧できます。"},
    {"entry_without_decision",
     "Entry {sequence} records no decision, or its person part was forgotten: issues, revocations, "
     "register "
     "events and refusals of the rules record one.",
     "記録 {sequence} に判断はありません(または個人の部分が消去されています)。"},
    {"replay_differs",
     "Decided again, entry {sequence} differs from what was recorded: verify the journal (shomei journal "
     "verify) and look for a change of this program's rules.",
     "記録 {sequence} を再判断した結果が記録と異なります。shomei journal verify "
     "で記録を検証してください。"},
    {"pins_differ", "The two new PINs are not the same: nothing was sent to the card. Start again.",
     "二度入力された新しい暗証番号が一致しません。カードには何も送っていません。最初からやり直してください"
     "。"},
    {"passphrases_differ", "The two passphrases are not the same: nothing was changed. Type them again.",
     "二つのパスフレーズが一致しません。何も変えていません。もう一度入力してください。"},
    {"passphrase_unclear", "Give either --none or --new-passphrase-file, not both.",
     "--none と --new-passphrase-file はどちらか一つにしてください。"},
    {"responder_key_type",
     "A responder's key is rsa-2048, rsa-3072, ec-p256 or ec-p384: clients do not know others.",
     "OCSPレスポンダーの鍵は rsa-2048、rsa-3072、ec-p256、ec-p384 のどれかです。"},
    {"card_unnamed", "Say whose card: --resident R or --card C.",
     "--resident R か --card C でカードを指定してください。"},
    {"crl_none_yet", "{authority} has published no revocation list yet: `shomei crl write` makes the first.",
     "{authority} の失効リストはまだありません。`shomei crl write` で作ってください。"},
    {"checkpoint_none_yet", "The journal has no checkpoint yet: nothing has been recorded.",
     "記録がまだないため、チェックポイントもありません。"},
    {"export_of_another",
     "{path} is the checkpoint of another journal, or of a later state: export into another folder.",
     "{path} は別のジャーナルか、より新しい状態のチェックポイントです。別のフォルダーに書き出してください。"},
    {"memory_mib_range", "{mib} MiB of memory cannot be used: name 1 to {max}.",
     "メモリー {mib} MiB は指定できません。1 から {max} までにしてください。"},
    {"key_needed", "Name the verifier key with --key VKEY: without a home there is none to trust.",
     "--key で検証鍵を指定してください。ホームなしでは信頼できる鍵がありません。"},
    {"nothing_issued", "No certificate has been issued to the resident {resident}: name an act with --act.",
     "住民 {resident} に発行された証明書はありません。--act で手続を指定してください。"},
    {"certificates_of_what", "Say whose certificates: --resident R or --office O, and one of them.",
     "誰の証明書かを --resident R か --office O のどちらか一つで指定してください。"},
    {"receipt_of_what", "Say of what: one of --act ACT, --serial S or --resident R.",
     "--act、--serial、--resident のどれか一つで指定してください。"},
    {"receipt_of_a_fork",
     "The receipt is of another history than the checkpoint that was kept: the key of {origin} has signed "
     "both. "
     "`shomei journal compare` writes the proof.",
     "この控えは、保管したチェックポイントとは別の履歴のものです。{origin} の鍵が両方に署名しています。"
     "`shomei journal compare` で証明を書き出してください。"},
    {"certificate_not_made",
     "No certificate was made under the serial number {serial} ({state}), and nothing was written: choose "
     "another of `certificate list`.",
     "番号 {serial} の証明書は作られていません(状態 {state})。何も書き出していません。`certificate list` "
     "の別の番号を指定してください。"},
    {"card_not_made", "The card {card} has not been made yet: issue certificates onto it first.",
     "カード {card} はまだ作られていません。先に証明書を発行してください。"},
    {"card_issued_already",
     "Certificates were issued onto the card {card} before: no blank one of it is given away again. Put the "
     "card "
     "into a reader (--reader), or work where its file is.",
     "カード {card} "
     "には証明書が発行されたことがあります。白紙のカードは渡せません。リーダー(--reader)か、カードの"
     "ファイルのある所で作業してください。"},
    {"verifier_name_form", "\"{name}\" is not a name of a verifier: 1 to 64 of a-z, 0-9, '.', '-' and '_'.",
     "「{name}」は検証者の名前になりません。a-z、0-9、'.'、'-'、'_' の1〜64文字で書いてください。"},
    {"snapshot_nowhere", "The settings name no snapshot (status.snapshot): say where to with --out.",
     "設定に写しの置き場所がありません(status.snapshot)。--out で指定してください。"},
};

}  // namespace

std::span<const Sentence> of_app() {
  return kSentences;
}

}  // namespace shomei::texts
