#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_mass() {
  static constexpr Sentence kSentences[] = {
      {"mass_all_done",
       "All of the order {order} is carried out, and only its lists, notices and report are missing: `shomei "
       "mass "
       "resume {order}` brings it to its end.",
       "命令 {order} は全件実行済みで、リスト・通知・報告だけが残っています。`shomei mass resume {order}` "
       "で完了させてください。"},
      {"mass_verb_unknown", "\"{verb}\" is no mass act: it is revoke, suspend, reissue or notify.",
       "「{verb}」という一括処理はありません。revoke、suspend、reissue、notify のいずれかです。"},
      {"mass_word_unknown", "--{option} does not know \"{value}\": see the help of the command.",
       "--{option} に「{value}」はありません。コマンドのヘルプを見てください。"},
      {"mass_query_item",
       "\"{value}\" cannot stand in \"{member}\" of a query: see docs/formats/mass-act.md.",
       "「{value}」は検索条件の「{member}」に書けません。docs/formats/mass-act.md を見てください。"},
      {"mass_query_empty",
       "A query that asks nothing would be about everything that was ever issued: name an authority, an "
       "office, a time, a key property or a list.",
       "条件のない検索は、これまでに発行したすべての証明書が対象になります。認証局、窓口、期間、鍵の性質、"
       "一覧のいずれかを指定してください。"},
      {"mass_list_line", "Line {line} of the list is not of its form: one serial number or card a line.",
       "一覧の {line} 行目の形が違います。1行に発行番号またはカードを1つ書いてください。"},
      {"mass_list_empty", "The list names nothing: write one a line.",
       "一覧に何もありません。1行に1つ書いてください。"},
      {"mass_nothing_found",
       "No certificate in force was found, so there is nothing to order: look at the query with `shomei "
       "certificate list`.",
       "有効な証明書が見つからないため、実施するものがありません。`shomei certificate list` で条件を確かめて"
       "ください。"},
      {"mass_reason_unfit", "Only a revocation has a reason: leave --reason out.",
       "理由を付けられるのは失効だけです。--reason を外してください。"},
      {"mass_order_unknown", "The journal has no order {order}: see `shomei mass list`.",
       "ジャーナルに指示 {order} はありません。`shomei mass list` を見てください。"},
      {"mass_list_missing",
       "The fixed list {path} is not here: carry the order out where it was planned, or bring the file back "
       "from the backup.",
       "確定した一覧 {path} "
       "がありません。計画した場所で実施するか、バックアップからファイルを戻してください。"},
      {"mass_list_altered",
       "{path} is not the list that was fixed and approved: nothing is carried out. Bring the file back from "
       "the backup, or plan the act anew.",
       "{path} は確定し承認された一覧ではないため、何も実施しません。バックアップからファイルを戻すか、計画"
       "し直してください。"},
      {"mass_list_form", "Line {line} of the fixed list is not of its form.",
       "確定した一覧の {line} 行目の形が違います。"},
      {"mass_record_broken",
       "What the journal says of this mass act cannot be read: {what}. Run `shomei journal verify`.",
       "ジャーナルにあるこの一括処理の記録を読めません: {what}。`shomei journal verify` "
       "を実行してください。"},
      {"mass_ended", "The order {order} has come to its end ({stage}): plan another for what is left.",
       "指示 {order} は終わっています({stage})。残りは新しく計画してください。"},
      {"mass_under_way",
       "Another program is carrying the order {order} out: let it, or stop it with `shomei mass pause`.",
       "指示 {order} は別のプログラムが実施中です。そのまま待つか、`shomei mass pause` で止めてください。"},
      {"mass_revocation_not_decided", "The decision ends no certificate of {authority}.",
       "この判断では {authority} の証明書は失効しません。"},
      {"mass_suspension_not_decided", "The decision holds no certificate of {authority}.",
       "この判断では {authority} の証明書は一時保留になりません。"},
      {"mass_lists_not_published",
       "All is carried out, and the revocation lists of {authority} do not show it yet: run `shomei mass "
       "resume` again.",
       "すべて実施しましたが、{authority} の失効リストにまだ載っていません。もう一度 `shomei mass resume` を"
       "実行してください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
