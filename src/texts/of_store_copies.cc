#include "texts/tables.h"

namespace shomei::texts {

// Of journal/copy/, and of stores that were copied.
std::span<const Sentence> of_store_copies() {
  static constexpr Sentence kSentences[] = {
      {"store_moved",
       "{path} was moved to {to} and takes no writes any more: use the home that names {to}; `shomei "
       "migrate` "
       "moves it back.",
       "{path} は {to} に移され、もう書き込めません。{to} を使うホームで操作してください。戻すには `shomei "
       "migrate` を使います。"},
      {"store_not_empty",
       "The new store has rows of its own already (the first is a {kind}), and they are not overwritten: "
       "name an "
       "empty database.",
       "移し先にはすでに別のデータ({kind} など)があり、上書きしません。空のデータベースを指定してください。"},
      {"copy_differs",
       "The copy is not the same as what it was copied from: of {kind} it has {rows} rows, and {rows_wanted} "
       "were "
       "expected, or others. Nothing of it is used: restore another backup, or report it.",
       "写しが元と一致しません({kind}: {rows} 行、元は {rows_wanted} "
       "行、または内容の違い)。写しは使われません。"
       "別のバックアップを使うか、報告してください。"},
      {"journal_not_proven",
       "The journal does not hold at entry {sequence} ({code}: {detail}): nothing was made of it. `shomei "
       "journal "
       "verify` lists everything that was found.",
       "記録の {sequence} 番目が正しくありません({code}: {detail})。何も作っていません。`shomei journal "
       "verify` "
       "で全体を確かめてください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
