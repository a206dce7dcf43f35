#include "texts/tables.h"

namespace shomei::texts {

namespace {

constexpr Sentence kSentences[] = {
    {"entry_form", "This is not a journal entry: {what}.", "ジャーナルの記録の形ではありません: {what}"},
    {"part_form", "This is not a part of a journal entry: {what}.",
     "ジャーナルの記録の部分の形ではありません: {what}"},
    {"list_name_form",
     "\"{name}\" names no revocation list: write it as signature-1, signature-1/13225, signature-1/delta or "
     "signature-1/13225/delta.",
     "「{name}」は失効リストの名前ではありません。signature-1、signature-1/13225、signature-1/delta、"
     "signature-1/13225/delta のように書いてください。"},
    {"part_too_long",
     "The {part} part of the entry has {bytes} bytes, and {bytes_max} are allowed: record less in one act.",
     "記録の {part} 部分が {bytes} バイトあります。上限は {bytes_max} "
     "バイトです。一度に記録する量を減らしてください。"},
    {"checkpoint_form", "This is not a signed checkpoint: {what}.",
     "署名されたチェックポイントの形ではありません: {what}"},
    {"checkpoint_unsigned",
     "The checkpoint bears no signature of the key {key} that holds: compare the verifier key with the one "
     "that "
     "the authority publishes.",
     "チェックポイントに鍵 {key} "
     "の正しい署名がありません。検証鍵を認証局が公開しているものと比べてください。"},
    {"checkpoint_origin_form",
     "\"{origin}\" cannot name a journal: choose a name without spaces and + in shomei.toml.",
     "「{origin}」はジャーナルの名前に使えません。shomei.toml で空白と + を含まない名前にしてください。"},
    {"verifier_key_form",
     "\"{text}\" is not a verifier key: it is <name>+<8 hexadecimal digits>+<base64>, of an Ed25519 key.",
     "「{text}」は検証鍵ではありません。<名前>+<16進数8桁>+<base64> の形(Ed25519)で書いてください。"},
    {"proof_wrong", "The proof does not hold: {what}.", "証明が成り立ちません: {what}"},
    {"journal_tile_short",
     "The tile {index} of level {level} of the journal's tree is missing or too short: run `shomei journal "
     "verify`, then restore a backup.",
     "ジャーナルの木のタイル(段 {level}、番号 {index})がないか、短すぎます。`shomei journal verify` "
     "で確かめ、"
     "バックアップから戻してください。"},
    {"journal_busy",
     "Others write, and this act did not get its turn in time: nothing was stored; try again.",
     "他の処理が書き込み中で、順番が回りませんでした。何も保存していません。もう一度やり直してください。"},
    {"tile_path_form",
     "\"{path}\" names no tile of a journal: it is tile/<level>/<index>, tile/entries/<index>, and "
     ".p/<width> "
     "behind a partial one.",
     "「{path}」はジャーナルのタイルの名前ではありません。tile/<段>/<番号> か tile/entries/<番号>、"
     "途中までのものは .p/<幅> を付けて書いてください。"},
    {"tile_beyond_checkpoint",
     "There is no {path} in a journal of {size} entries: ask for what the checkpoint covers.",
     "{size} 件の記録があるジャーナルに {path} はありません。チェックポイントの範囲で指定してください。"},
    {"tile_form",
     "{path} is not of the length of a tile of that name: fetch it again, or from another mirror.",
     "{path} の長さがタイルの名前と合いません。取得し直すか、別のミラーを使ってください。"},
    {"entry_bundle_form", "This is not a bundle of journal entries: {what}.",
     "ジャーナルの記録の束の形ではありません: {what}"},
    {"published_file_missing",
     "There is no {path} where the journal is published: give the folder or address that holds "
     "\"checkpoint\".",
     "ジャーナルの公開場所に {path} がありません。checkpoint "
     "のあるフォルダーかアドレスを指定してください。"},
    {"checkpoints_of_two_journals",
     "The checkpoints are of two journals, {a} and {b}: compare two of the same one.",
     "チェックポイントが {a} と {b} "
     "の別々のジャーナルのものです。同じジャーナルのもの同士を比べてください。"},
    {"compare_needs_tiles",
     "The checkpoints are of different sizes: name the published tiles with --tiles to compare them.",
     "チェックポイントの大きさが異なります。比べるには --tiles で公開されたタイルを指定してください。"},
    {"tiles_of_another_tree",
     "The tiles do not lead to the root of the checkpoint over {size} entries: take them from where that "
     "checkpoint is published.",
     "タイルから、{size} 件のチェックポイントの根が得られません。そのチェックポイントの公開場所のタイルを"
     "使ってください。"},
    {"fork_unproven", "This proves no fork: the two checkpoints can be of one journal.",
     "これは分岐の証明になっていません。二つのチェックポイントは一つのジャーナルのものでありえます。"},
    {"receipt_form", "This is not a receipt of an act: {what}.", "手続の控えの形ではありません: {what}"},
    {"receipt_wrong", "The receipt does not prove what it says: of entry {sequence}, {what}.",
     "この控えは内容を証明しません(記録 {sequence}: {what})。"},
    {"act_unknown_to_journal", "The journal has no act {act}: `shomei journal show` lists the acts.",
     "手続 {act} はジャーナルにありません。`shomei journal show` で一覧を見てください。"},
    {"erase_certificate_in_force",
     "The certificate {serial} is {state} until {not_after}: what it was issued on stays while it is in "
     "force. "
     "Revoke it first.",
     "証明書 {serial} は {not_after} まで {state} "
     "です。有効な間は発行の記録を消去できません。先に失効させてください。"},
    {"erase_nothing_left", "The journal says nothing about the resident {resident} that could be erased.",
     "ジャーナルには、消去できる住民 {resident} についての記録がありません。"},
    {"journal_entry_missing",
     "The store lacks the journal's entry {sequence}: run `shomei journal verify`, then restore a backup.",
     "ジャーナルの記録 {sequence} が保存されていません。`shomei journal verify` "
     "で確かめ、バックアップから戻してください。"},
};

}  // namespace

std::span<const Sentence> of_journal() {
  return kSentences;
}

}  // namespace shomei::texts
