// shomei-lints-page [PAGE]: writes docs/lints.md to the file PAGE, or to standard output.
#include <fstream>
#include <iostream>
#include <string>

#include "authority/lints/all_lints.h"

namespace {

using shomei::authority::Lint;

std::string_view about(Lint::About about) {
  switch (about) {
    case Lint::About::every:
      return "every certificate / すべて";
    case Lint::About::signature:
      return "signature / 署名用";
    case Lint::About::user_authentication:
      return "user authentication / 利用者証明用";
    case Lint::About::rsa_key:
      return "RSA keys / RSA の鍵";
    case Lint::About::ec_key:
      return "EC keys / EC の鍵";
  }
  return {};
}

std::string cell(std::string_view text) {
  return " " + std::string(text) + " |";
}

std::string opening() {
  return R"md(# The lints

<!-- Made from the code by ./dev lints-page. Edit the lints, not this page. -->

What must hold of a certificate before an authority's key signs it: )md" +
         std::to_string(shomei::authority::all_lints().size()) + R"md( lints, each a file
of its own in `src/authority/lints/`. `prepare` encodes the certificate, reads its bytes again, and asks every
lint; none stops the others, and any finding stops the issue with the error `lint_failed`, which names the
first (`lint`, `what`, `rule`) and all (`lints`). The lints take the bytes apart by themselves
(`authority/lints/reading.h`), so that they and the parser of `src/pki/` watch each other. The sources are
told in [sources.md](sources.md).

認証局の鍵で署名する前に、証明書が満たすべき条件です。
証明書を符号化したあとのバイト列を読み直し、すべての検査を行います。1つでも合わなければ署名せず、
`lint_failed` として、最初の検査（`lint`、`what`、`rule`）とすべての検査（`lints`）を示します。

)md";
}

std::string chapter_text(const shomei::authority::lints::Chapter& chapter) {
  std::string text = "## " + std::string(chapter.title) + "\n\n**" + std::string(chapter.title_ja) + "**\n\n";
  text += "| Lint (検査) | What must hold | 条件 | About (対象) | Source (根拠) |\n|---|---|---|---|---|\n";
  for (const Lint* lint : chapter.lints) {
    const std::string id(lint->id);
    text += "|" + cell("[`" + id + "`](../src/authority/lints/" + id + ".cc)") + cell(lint->demand) +
            cell(lint->demand_ja) + cell(about(lint->about)) + cell(lint->citation) + "\n";
  }
  return text + "\n";
}

std::string store_text() {
  std::string text = R"md(## Asked in the transaction

**トランザクションで確かめること**

These need the store. `issue` asks them in the transaction that takes the serial number, so that two issues at
once cannot both pass.

記録が必要なため、発行番号を確保するトランザクションの中で確かめます。

| What must hold | 条件 | Source (根拠) | Error otherwise (合わないときのエラー) |
|---|---|---|---|
)md";
  for (const auto& question : shomei::authority::asked_in_the_transaction())
    text += "|" + cell(question.demand) + cell(question.demand_ja) + cell(question.citation) +
            cell("`" + std::string(question.error) + "`") + "\n";
  return text + "\n";
}

constexpr std::string_view kLimits = R"md(## What no lint sees

**検査では分からないこと**

A bit of a good certificate that is turned is refused by the parser or found by a lint, for every bit of every
byte (`tests/lints/good_certificates_test.cc`), except in the values whose form is all that can be looked at:

| Part (項目) | Form that is checked | 確かめる形式 |
|---|---|---|
| serial number / 発行番号 | its length and sign | 長さと符号 |
| CN of the subject / 主体者名の CN | the kinds of its first 14 characters | 先頭14文字の字種 |
| name and address / 氏名と住所 | characters of JIS, their number, the flags | JIS の文字であること、文字数、フラグ |
| date of birth / 生年月日 | a day of the era that it names | 元号に合う日であること |
| gender / 性別 | 1, 2 or 3 | 1、2、3 のいずれか |

That these are the person's own is the counter's business, that the serial number is new the transaction's. Of
64 random bits one number shows no more than its length.

Keys known to be bad are looked for on the lists that the home has (`keys.known_bad`,
[operations.md](operations.md)); without any, these lints find nothing. No list is part of this program:
Debian 12 has none of its own weak keys any more.

既知の不良鍵は、ホームにある一覧（`keys.known_bad`）で調べます。一覧がなければ何も見つかりません。
)md";

std::string page() {
  std::string text = opening();
  for (const auto& chapter : shomei::authority::lints::chapters()) text += chapter_text(chapter);
  text += store_text();
  text += kLimits;
  return text;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::cout << page();
    return 0;
  }
  std::ofstream file(words[1], std::ios::binary);
  file << page() << std::flush;
  return file ? 0 : 1;
}
