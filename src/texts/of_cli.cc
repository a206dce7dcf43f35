#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_cli() {
  static constexpr Sentence kSentences[] = {
      {"usage_form", "The command line is not understood: {what}. `shomei --help` shows what there is.",
       "コマンドラインを解釈できません: {what}。`shomei --help` で使い方を確かめてください。"},
      {"option_empty",
       "{option} is given with nothing in it: give a value, or leave it out. (Is a variable of the shell "
       "empty?)",
       "{option} の値が空です。値を書くか、指定を外してください(シェル変数が空ではありませんか)。"},
      {"library_threw", "A library gave up ({what}): this is a fault of shomei, please report it.",
       "ライブラリーが中断しました({what})。shomei の不具合です。報告してください。"},
      {"output_unwritable",
       "The answer cannot be written to standard output: {system}. What was asked for may be done: look "
       "before "
       "you ask again.",
       "標準出力に書けません: {system}。処理は済んでいることがあります。やり直す前に確かめてください。"},
      {"no_terminal",
       "There is no terminal to ask on: give the secrets in a file, for example with --pins FILE.",
       "端末がないため尋ねられません。--pins FILE のようにファイルで渡してください。"},
      {"prompt_cancelled",
       "The question was cancelled, and nothing has been done: ask again when you are ready.",
       "入力は取り消され、何も行われていません。準備ができたらやり直してください。"},
      {"secret_file_missing", "{path} is not there: check the path.",
       "{path} がありません。パスを確かめてください。"},
      {"secret_file_unreadable", "{path} cannot be read: {system}. Name a file with one secret a line.",
       "{path} を読めません: {system}。秘密を1行に1つ書いたファイルを指定してください。"},
      {"secret_file_form", "{path} has a line of more than 256 bytes: write one secret a line.",
       "{path} に256バイトを超える行があります。秘密は1行に1つ書いてください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
