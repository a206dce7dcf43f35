#include "texts/tables.h"

namespace shomei::texts {

namespace {

// Of home/keys/ and home/ceremony/; what the rest of home/ says stands in of_app.cc.
constexpr Sentence kSentences[] = {
    {"key_list_missing",
     "There is no list of bad keys at {path}, which keys.known_bad names: put it back, or make it with "
     "`shomei "
     "bad-keys import`. Until then nothing is issued.",
     "keys.known_bad にある不良鍵の一覧 {path} がありません。戻すか、`shomei bad-keys import` "
     "で作ってください。"
     "それまで発行できません。"},
    {"key_list_name", "\"{name}\" names no list of keys: use 1 to 64 of a-z, 0-9, - and _.",
     "「{name}」は鍵の一覧の名前にできません。a-z、0-9、-、_ の1〜64文字にしてください。"},
    {"acts_held",
     "Another process holds all acts of {home} back, to repair them or to move the store, and has not let "
     "go: "
     "wait until it has ended, or end it, and try again.",
     "別のプロセスが {home} の手続をすべて止めて、修復か移動をしています。終わるのを待つか、終了させてから、"
     "やり直してください。"},
    {"passphrase_needed",
     "The keys of {home} are sealed under a passphrase, and nobody is at a terminal to type it: name a "
     "file with "
     "$SHOMEI_PASSPHRASE_FILE, or give the service the credential shomei-passphrase.",
     "{home} の鍵はパスフレーズで封じられていますが、入力する端末がありません。$SHOMEI_PASSPHRASE_FILE "
     "でファイルを指定するか、systemdの資格情報 shomei-passphrase を渡してください。"},
    {"passphrase_wrong",
     "{path} does not open under this passphrase: try again. If it is the right one, the file was changed: "
     "restore it "
     "from the backup.",
     "{path} はこのパスフレーズでは開きません。もう一度試してください。正しいはずなら、"
     "ファイルが壊れています。バックアップから戻してください。"},
    {"passphrase_short", "A passphrase has at least {bytes_min} bytes: take a longer one.",
     "パスフレーズは{bytes_min}バイト以上です。長くしてください。"},
    {"passphrase_form", "The first line of {path} is empty: write the secret there.",
     "{path} の1行目が空です。そこに秘密を書いてください。"},
    {"key_place_form", "\"{text}\" is no place for keys: write \"file\", or \"token:NAME\" of a [[token]].",
     "「{text}」は鍵の置き場所ではありません。\"file\" か、[[token]] の名前で \"token:NAME\" "
     "と書いてください。"},
    {"pin_source_form",
     "\"{text}\" does not say where a PIN is: write \"credential:NAME\", \"file:PATH\", \"env:NAME\" or "
     "\"ask\". The PIN "
     "itself never stands in the settings.",
     "「{text}」はPINの在りかではありません。\"credential:NAME\"、\"file:PATH\"、\"env:NAME\"、\"ask\" "
     "のどれかです。PIN自体は設定に書きません。"},
    {"token_pin_needed",
     "The PIN of the token \"{token}\" is not at hand: shomei.toml says it comes from {source}. Put it "
     "there, or change pin "
     "in [[token]].",
     "トークン「{token}」のPINがありません。shomei.toml では {source} "
     "からとなっています。そこに置くか、[[token]] の pin を直してください。"},
    {"store_url_password",
     "The setting store.url has a password in it, and shomei.toml is no secret: take it out, and name its "
     "place with "
     "password = \"credential:NAME\", \"file:PATH\" or \"env:NAME\", or leave it to ~/.pgpass.",
     "設定 store.url にパスワードが入っています。shomei.toml は秘密のファイルではありません。取り除いて、"
     "password = \"credential:NAME\"、\"file:PATH\"、\"env:NAME\" "
     "のどれかで在りかを書くか、~/.pgpass に置いてください。"},
    {"store_password_needed",
     "The password of the database is not at hand: shomei.toml says it comes from {source}. Put it there, or "
     "change "
     "password in [store].",
     "データベースのパスワードがありません。shomei.toml では {source} からとなっています。そこに置くか、"
     "[store] の password を直してください。"},
    {"store_of_another_home",
     "{path} holds the journal of another home: its last checkpoint is not signed by the key of {home} under "
     "the name "
     "{origin}. Nothing was written. Correct [store] url or journal_origin in shomei.toml, or restore keys/ "
     "of the home that "
     "wrote it.",
     "{path} は別のホームの記録です。最後のチェックポイントは {home} の鍵と名前 {origin} "
     "で署名されていません。何も書いていません。shomei.toml の [store] url か journal_origin "
     "を直すか、書いたホームの keys/ を戻してください。"},
    {"key_elsewhere",
     "shomei.toml says that the key \"{name}\" rests at {place}, and it is at {found}: put {name} = "
     "\"{found}\" under "
     "[keys.named], or correct [keys].",
     "shomei.toml では鍵「{name}」は {place} にあるはずですが、{found} にあります。[keys.named] に {name} "
     "= "
     "\"{found}\" と書くか、[keys] を直してください。"},
    {"ceremony_needed",
     "{home} has no keys yet: hold the ceremony that makes them (shomei ceremony FILE.toml).",
     "{home} にはまだ鍵がありません。鍵を作る式(shomei ceremony ファイル)を行ってください。"},
    {"checkpoint_key_unfit",
     "The place {place} has no Ed25519, which the journal's checkpoints are signed with: set "
     "keys.checkpoint = \"file\", or "
     "use a token that has it.",
     "{place} は、ジャーナルのチェックポイントに要る Ed25519 に対応していません。keys.checkpoint = "
     "\"file\" "
     "とするか、対応するトークンを使ってください。"},
    {"crl_certificate_missing",
     "{path} is not there, and its key for revocation lists is: hold the ceremony that made it once more "
     "(it publishes it "
     "again), or restore public/ from the backup.",
     "失効リスト用の鍵はありますが、{path} がありません。その鍵を作った式をもう一度行うか(再公開されます)、"
     "public/ をバックアップから戻してください。"},
    {"progress_form",
     "{path} is not the record of a ceremony under way: restore it from the backup, or move it away if "
     "that ceremony made "
     "nothing.",
     "{path} "
     "は途中の式の記録ではありません。バックアップから戻すか、その式が何も作っていなければ移してください"
     "。"},
    {"ceremony_newer",
     "The ceremony file has format {found}, and this program knows {known}: use the newer program.",
     "式のファイルの形式は {found} で、このプログラムは {known} までです。新しい版を使ってください。"},
    {"ceremony_place_differs",
     "The ceremony puts the key \"{name}\" at {ceremony}, and shomei.toml has {settings} for {use}: make "
     "the two agree "
     "(keys.{use}, or [keys.named]).",
     "式では鍵「{name}」は {ceremony} に作られますが、shomei.toml の {use} は {settings} です。keys.{use} "
     "か "
     "[keys.named] を合わせてください。"},
    {"ceremony_generation",
     "{authority} is not the next generation of its kind: that is number {next}. Correct generation in the "
     "ceremony file.",
     "{authority} は次の世代ではありません。次は {next} です。式のファイルの generation "
     "を直してください。"},
    {"ceremony_name_differs",
     "The ceremony names {authority} \"{ceremony}\", and the profile of shomei.toml makes it "
     "\"{settings}\": correct one of "
     "them.",
     "式では {authority} の名前は「{ceremony}」ですが、shomei.toml "
     "のプロファイルでは「{settings}」です。どちらかを直してください。"},
    {"ceremony_ends_earlier",
     "{authority} would end at {ends}, and the generation before it ends at {before}: a new generation "
     "lasts longer. Correct "
     "years or not_before.",
     "{authority} は {ends} に終わりますが、前の世代は {before} まで続きます。years か not_before "
     "を直してください。"},
    {"ceremony_begins_before",
     "{authority} would begin at {not_before}, more than a day ago: correct not_before in the ceremony "
     "file.",
     "{authority} の開始 {not_before} は1日以上前です。式のファイルの not_before を直してください。"},
    {"ceremony_link_alone",
     "{authority} is the first generation, and there is none before it to link with: set link = false.",
     "{authority} は最初の世代で、結ぶ前の世代がありません。link = false にしてください。"},
    {"ceremony_needs_checkpoint",
     "This home has no key for the journal's checkpoints yet: add [checkpoint] with its place to the "
     "ceremony file.",
     "このホームにはチェックポイントの鍵がまだありません。式のファイルに [checkpoint] と place "
     "を加えてください。"},
    {"ceremony_key_differs",
     "The key \"{name}\", which this ceremony began to make, is {found} and not {wanted}: somebody else "
     "made it. Take it away "
     "and hold the ceremony again.",
     "この式が作り始めた鍵「{name}」は {wanted} ではなく {found} "
     "です。他で作られています。取り除いてから式をやり直してください。"},
};

}  // namespace

std::span<const Sentence> of_home() {
  return kSentences;
}

}  // namespace shomei::texts
