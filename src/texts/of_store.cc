#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_store() {
  static constexpr Sentence kSentences[] = {
      {"store_full", "The disk of {path} is full: this step was not stored; make room and try again.",
       "{path} のディスクがいっぱいで、この操作は保存していません。空きを作ってやり直してください。"},
      {"store_busy", "Another process keeps {path} locked: this step was not stored; try again.",
       "{path} は他の処理が使用中で、この操作は保存していません。もう一度やり直してください。"},
      {"store_broken", "{path} is damaged ({what}): restore a backup.",
       "{path} は壊れています({what})。バックアップから戻してください。"},
      {"store_unavailable",
       "{path} cannot be read or written ({what}): look at the disk and the file's rights, or at the "
       "database "
       "server.",
       "{path} を読み書きできません({what})。ディスクとファイルの権限、またはデータベースサーバーを確かめて"
       "ください。"},
      {"store_missing", "There is no store at {path}: make one with `shomei init`, or choose another --home.",
       "{path} に保存先がありません。`shomei init` で作るか、別の --home を指定してください。"},
      {"store_foreign",
       "{path} is a database of another program: choose another --home, or another database.",
       "{path} は別のプログラムのデータベースです。別の --home か、別のデータベースを指定してください。"},
      {"store_exists",
       "{path} holds the store of a home already, and is left as it is: name another database in [store] "
       "url. "
       "If an "
       "`init` was interrupted there and no home uses it, drop the database and create it anew.",
       "{path} にはすでにホームの記録があり、そのまま残しました。[store] url に別のデータベースを指定して"
       "ください。途中で止まった `init` の残りで、どのホームも使っていなければ、データベースを作り直して"
       "ください。"},
      {"store_read_only", "{path} was opened for reading only.", "{path} は読み取り専用で開かれています。"},
      {"home_newer",
       "{path} was written by a newer shomei (form {found}, this one knows {known}): use that version.",
       "{path} は新しい版の shomei のものです(形式 {found}、この版は {known} "
       "まで)。新しい版を使ってください。"},
      {"home_older",
       "{path} was written by an older shomei (form {found} of {known}): start `shomei serve` once, which "
       "brings "
       "it forward, then read it.",
       "{path} は古い版の shomei のものです(形式 {found}、この版は {known})。`shomei serve` を一度起動すると"
       "新しくなり、読めるようになります。"},
      {"store_misused",
       "A statement to the store failed ({what}): this is a fault of shomei, please report it.",
       "保存先への命令が失敗しました({what})。shomei の不具合です。報告してください。"},
      {"store_row_broken",
       "A row of the store is broken ({what}): run `shomei journal verify`, then restore a backup.",
       "保存された行が壊れています({what})。`shomei journal verify` で確かめ、バックアップから戻して"
       "ください。"},
      {"store_row_missing",
       "The table {table} has no row {key} to change: this is a fault of shomei, please report it.",
       "表 {table} に変更する行 {key} がありません。shomei の不具合です。報告してください。"},
      {"resident_exists", "The resident {resident} is in the register already.",
       "住民 {resident} はすでに登録されています。"},
      {"card_exists", "The card {card} is in the register already.",
       "カード {card} はすでに登録されています。"},
      {"authority_exists", "The authority {authority} is there already.",
       "認証局 {authority} はすでにあります。"},
      {"serial_used", "The serial number {serial} is in use already: draw another.",
       "発行番号 {serial} はすでに使われています。別の番号にしてください。"},
      {"certificate_state_moved",
       "The certificate {serial} is no longer {expected}: look at its state and decide anew.",
       "証明書 {serial} の状態はもう {expected} ではありません。今の状態を見て判断し直してください。"},
      {"request_exists",
       "The request {request} was taken in before, by the act {act}: `shomei certificate list` shows what "
       "came "
       "of it; for a new request use a new identifier.",
       "申請 {request} は受付済みです(処理 {act})。結果は `shomei certificate list` で確かめ、新しい申請には"
       "新しい識別子を使ってください。"},
      {"key_blocked_already", "Nothing is issued for the key {key} already.",
       "鍵 {key} にはすでに何も発行しないことになっています。"},
      {"crl_exists", "The revocation list {number} of {authority} has been recorded already.",
       "{authority} の失効リスト {number} はすでに記録されています。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
