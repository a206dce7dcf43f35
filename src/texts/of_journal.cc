#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_journal() {
  static constexpr Sentence kSentences[] = {
      {"entry_form", "This is not a journal entry: {what}.", "ジャーナルの記録の形ではありません: {what}"},
      {"part_form", "This is not a part of a journal entry: {what}.",
       "ジャーナルの記録の部分の形ではありません: {what}"},
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
       "ジャーナルの木のタイル(段 {level}、番号 {index})がないか、短すぎます。`shomei journal verify` で確かめ、"
       "バックアップから戻してください。"},
      {"journal_busy", "Others write, and this act did not get its turn in time: nothing was stored; try again.",
       "他の処理が書き込み中で、順番が回りませんでした。何も保存していません。もう一度やり直してください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
