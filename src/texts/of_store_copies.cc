#include "texts/tables.h"

namespace shomei::texts {

// Of journal/copy/, home/move/ and home/backup/.
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
      {"interrupted", "Interrupted: everything is as it was before, and the same command starts again.",
       "中断しました。すべて元のままです。同じコマンドでやり直せます。"},
      {"acts_under_way",
       "Somebody is making acts in {home}, or a service that takes acts is running: end it and try again.",
       "{home} "
       "では手続の処理中か、手続を受け付けるサービスが動いています。終了させてからやり直してください。"},
      {"move_under_way", "Another process is moving the store of {home}: wait until it has ended.",
       "{home} の保存先は別の処理が移動中です。終わるまで待ってください。"},
      {"store_there_already", "The store is at {path} already.", "保存先はすでに {path} です。"},
      {"backup_exists", "{path} is there already and is left as it is: name another folder with --out.",
       "{path} は既にあります。--out で別のフォルダーを指定してください。"},
      {"backup_missing", "There is no backup at {path}: name the folder that has manifest.json in it.",
       "{path} にバックアップがありません。manifest.json のあるフォルダーを指定してください。"},
      {"backup_form",
       "This manifest is not one of a backup, or was changed ({what}): restore another backup.",
       "バックアップの目録が正しくないか、変更されています({what})。別のバックアップを使ってください。"},
      {"backup_newer",
       "The backup was made by a newer shomei (form {found}, this one knows {known}): use that version.",
       "新しい版の shomei のバックアップです(形式 {found}、この版は {known} "
       "まで)。新しい版を使ってください。"},
      {"backup_manifest_differs",
       "The manifest is not the one that was kept: its SHA-256 is {sha256}. The backup was changed, or it is "
       "another one.",
       "目録が控えと一致しません(SHA-256 は {sha256})。バックアップが変更されたか、別のものです。"},
      {"backup_file_missing", "The backup has no {name} any more: restore another backup.",
       "バックアップに {name} がありません。別のバックアップを使ってください。"},
      {"backup_file_differs",
       "{name} is not what was backed up: it was changed or cut. Restore another backup.",
       "{name} が保存時のものと違います。変更されたか途中で切れています。別のバックアップを使ってください。"},
      {"backup_file_unknown",
       "{name} is in the backup, and its manifest does not name it: look at who put it there.",
       "{name} は目録にないファイルです。誰が置いたか確かめてください。"},
      {"backup_has_no_journal",
       "This backup is of a home without entries, which continues no checkpoint: it is older than yours.",
       "このバックアップには記録がなく、控えのチェックポイントより古いものです。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
