#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_files() {
  static constexpr Sentence kSentences[] = {
      {"file_missing", "{path} is not there: check the path.",
       "{path} がありません。パスを確かめてください。"},
      {"file_unreadable", "{path} cannot be read: {system}. Check who owns it and its mode.",
       "{path} を読めません: {system}。所有者とアクセス権を確かめてください。"},
      {"file_too_large", "{path} has more than {bytes_max} bytes: it is not the file that it should be.",
       "{path} は {bytes_max} バイトを超えています。正しいファイルか確かめてください。"},
      {"file_exists", "{path} is there already: move it away, or choose another name.",
       "{path} はすでにあります。移動するか、別の名前にしてください。"},
      {"disk_full", "{path} cannot be written, the disk is full: make room and try again.",
       "ディスクがいっぱいで {path} に書けません。空きを作ってやり直してください。"},
      {"file_write_failed", "{path} cannot be written: {system}. Check the folder and its mode.",
       "{path} に書けません: {system}。フォルダーとアクセス権を確かめてください。"},
      {"file_locked", "Another process holds {path}: wait until it has ended, or end it.",
       "別のプロセスが {path} を使用中です。終わるのを待つか、終了させてください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
