#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_store_servers() {
  static constexpr Sentence kSentences[] = {
      {"store_changed",
       "Somebody has written in {path} meanwhile, or has it open: what was filled in is dropped; end the "
       "others "
       "and begin again.",
       "{path} "
       "はその間に書き込まれたか、他で開かれています。作ったものは捨てます。他を終えてからやり直してくだ"
       "さい。"},
      {"store_standby",
       "The database server of {path} takes no writes ({what}): name the primary server in the address, or "
       "wait "
       "until one of the servers has become it.",
       "{path} "
       "のデータベースサーバーは書き込みを受け付けません({what})。主サーバーを指定するか、主サーバーが決まる"
       "まで待ってください。"},
      {"store_server_unfit",
       "The database server of {path} is not fit to keep a journal ({what}): have its operator change that.",
       "{path} "
       "のデータベースサーバーは記録の保存に適していません({what})"
       "。運用担当者に設定の変更を頼んでください。"},
      {"store_commit_unknown",
       "The answer of {path} was lost, and whether it stored this step is not known: ask for the same "
       "request "
       "again, which is carried out once.",
       "{path} の返事が途切れ、この操作が保存されたか分かりません。同じ申請をもう一度送ってください(二重には"
       "処理されません)。"},
      {"store_url_form",
       "The address of the database is not of its form: write it as postgresql://USER@HOST:PORT/NAME.",
       "データベースの場所の書き方が正しくありません。postgresql://USER@HOST:PORT/NAME "
       "の形で書いてください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
