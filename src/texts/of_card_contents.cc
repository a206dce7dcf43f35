#include "texts/tables.h"

namespace shomei::texts {

// What stands in a card's data files, reading them, and drawing their pictures.
std::span<const Sentence> of_card_contents() {
  static constexpr Sentence kSentences[] = {
      {"card_content_form",
       "What the card holds is not of its form: {what}. Try again; if it stays so, the card is odd.",
       "カードの内容が決められた形になっていません: {what}。やり直しても同じなら、カードに問題があります。"},
      {"card_file_changed",
       "File {file} of the card is not the one that its issuer signed: believe nothing that stands in it.",
       "カードのファイル {file} は発行者が署名したものではありません。内容を信用しないでください。"},
      {"card_person_form", "No card could hold this person's {member}: correct it and issue again.",
       "この人の {member} はカードに書き込めない値です。直してから発行し直してください。"},
      {"security_code_form", "A security code is the four digits that are printed on the card.",
       "セキュリティコードはカードに印刷された数字4桁です。"},
      {"card_answer_sealed", "The card's sealed answer does not open, and the session is over: begin again.",
       "カードの暗号化された応答を開けません。セッションは終わりました。最初からやり直してください。"},
      {"session_refused", "The card takes no session key ({sw}): read it without --sealed.",
       "カードがセッション鍵を受け付けません({sw})。--sealed なしで読み取ってください。"},
      {"application_absent", "The card has no application {application}: use an individual number card.",
       "カードに {application} のアプリケーションがありません。マイナンバーカードを使ってください。"},
      {"card_file_absent", "The card has no file {file}, or nothing in it: it was issued without.",
       "カードにファイル {file} がないか、空です。発行時に書き込まれていません。"},
      {"digits_form", "Exactly {digits} digits are wanted; nothing was sent to the card.",
       "数字 {digits} 桁が必要です。カードには送っていません。"},
      {"card_signer_unknown",
       "The root that you gave has not certified who signed this card's files; the card names {root}.",
       "指定されたルートは、このカードの署名者を証明していません。カードが示すルートは {root} です。"},
      {"card_read_two_ways", "Name one of the PIN and the reference numbers, not two.",
       "暗証番号と照合番号は、どれか1つだけを指定してください。"},
      {"card_read_unknown", "A card has no \"{what}\" to read: say attributes, number, face or age.",
       "「{what}」は読み取れません。attributes、number、face、age のどれかです。"},
      {"card_read_other_way", "--{option} does not open {what}: see `shomei card read --help`.",
       "--{option} では {what} を読み取れません。`shomei card read --help` を見てください。"},
      {"card_read_no_folder", "Name a folder for the pictures: --out DIR.",
       "画像を書き込むフォルダーを --out で指定してください。"},
      {"card_sealed_wants_pin",
       "A sealed session is opened by the PIN alone: leave out the reference number.",
       "暗号化した読み取りには暗証番号が必要です。照合番号は指定しないでください。"},
      {"font_missing",
       "No font with Japanese letters is installed, and the card's face cannot be drawn: install {package}.",
       "日本語のフォントがないため、券面の画像を作れません。{package} を入れてください。"},
      {"font_unusable", "The font {path} cannot be read: install it again, or name another.",
       "フォント {path} を読めません。入れ直すか、別のフォントを指定してください。"},
      {"picture_failed", "A picture of the card's face could not be made: {what}.",
       "券面の画像を作れませんでした: {what}"},
  };
  return kSentences;
}

}  // namespace shomei::texts
