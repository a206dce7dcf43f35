#include "app/card_words.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/shown_text.h"

namespace shomei::app {
namespace {

using nlohmann::json;
using texts::Language;

struct Word {
  std::string_view code, en, ja;
};

constexpr auto kWords = std::to_array<Word>({
    {"signature", "Signature", "署名用"},
    {"user_authentication", "User authentication", "利用者証明用"},
    {"good", "of an authority that you took in: ", "登録済みの認証局のものです: "},
    {"authority_unknown", "of no authority that you took in (shomei card trust)",
     "登録された認証局のものではありません(shomei card trust)"},
    {"signature_wrong", "NOT signed by the authority that it names: ", "次の認証局の署名ではありません: "},
    {"use_wrong", "of an authority for another use: ", "用途の違う認証局のものです: "},
    {"not_yet_valid", "not valid yet; its authority: ", "まだ有効期間前です。認証局: "},
    {"expired", "over; its authority: ", "有効期限が切れています。認証局: "},
    {"authority_not_valid",
     "its authority is not within its own days: ", "認証局自身の有効期間ではありません: "},
    {"pin_needed", "a PIN is needed (--pin)", "暗証番号が必要です(--pin)"},
    {"not_sent", "the command is not sent to a card", "カードに送らないコマンドです"},
});

std::string_view pick(Language language, std::string_view en, std::string_view ja) {
  return language == Language::ja ? ja : en;
}

std::string word(std::string_view code, Language language) {
  const auto* found = std::ranges::find(kWords, code, &Word::code);
  return std::string(found == kWords.end() ? code : pick(language, found->en, found->ja));
}

std::string text(const json& document, std::string_view member) {
  const auto at = document.find(member);
  if (at == document.end() || at->is_null()) return {};
  return at->is_string() ? shown_line(at->get_ref<const std::string&>()) : at->dump();
}

std::string day(const json& document, std::string_view member) {
  return text(document, member).substr(0, 10);
}

std::string days_of(const json& certificate, Language language) {
  if (certificate["expired"] == true)
    return std::string(pick(language, "ended on ", "有効期限切れ ")) + day(certificate, "not_after");
  const auto left = text(certificate, "days_left");
  return std::string(pick(language, "until ", "有効期限 ")) + day(certificate, "not_after") +
         std::string(pick(language, ", ", "、残り")) + left +
         std::string(pick(language, left == "1" ? " day left" : " days left", "日"));
}

std::string standing_of(const json& certificate, Language language) {
  return word(text(certificate, "standing"), language) + text(certificate, "authority");
}

std::string tries_of(const json& part, Language language) {
  const auto tries = text(part, "tries_left");
  if (part["blocked"] == true)
    return std::string(pick(language, "PIN blocked (or never set)", "暗証番号はロック中(または未設定)"));
  if (tries.empty()) return std::string(pick(language, "tries left: not known", "残り回数は不明"));
  if (language == Language::ja) return "残り" + tries + "回";
  return tries + (tries == "1" ? " try left" : " tries left");
}

std::string presence_of(const json& part, Language language) {
  if (part.contains("serial")) return days_of(part, language) + "; " + standing_of(part, language);
  if (part["present"] == true)
    return std::string(pick(language, "certificate on the card", "証明書があります"));
  return std::string(pick(language, "the card does not say", "証明書の有無は不明です"));
}

std::string trouble_of(const json& part, Language language) {
  if (!part.contains("error")) return {};
  return std::string(pick(language, "; not all could be read: ", "; 一部を読めません: ")) +
         text(part["error"], "code");
}

std::string kind_text(const json& card, std::string_view kind, Language language) {
  const auto& part = card.at(std::string(kind));
  const auto head = "  " + word(kind, language) + ": ";
  if (part["present"] == false)
    return head + std::string(pick(language, "no certificate", "証明書はありません")) +
           trouble_of(part, language) + "\n";
  return head + presence_of(part, language) + "; " + tries_of(part, language) + trouble_of(part, language) +
         "\n";
}

std::string other_pins_text(const json& card, Language language) {
  std::string all;
  for (const auto& pin : card["pins"]) {
    if (pin["application"] == "jpki") continue;
    const auto tries = text(pin, "tries_left");
    all += (all.empty() ? "" : ", ") + text(pin, "name") + " " + (tries.empty() ? "?" : tries);
  }
  if (all.empty()) return {};
  return "  " + std::string(pick(language, "Tries left of other PINs: ", "その他の残り回数: ")) + all + "\n";
}

std::string card_text(const json& card, Language language) {
  const auto token = text(card, "token");
  return std::string(pick(language, "Card in ", "カード: ")) + text(card, "reader") +
         (token.empty() ? "" : " (" + token + ")") + trouble_of(card["token_info"], language) + "\n" +
         kind_text(card, "user_authentication", language) + kind_text(card, "signature", language) +
         other_pins_text(card, language);
}

// Of those alone whose card is not told.
std::string reader_text(const json& reader, Language language) {
  const auto head = std::string(pick(language, "Reader ", "リーダー: ")) + text(reader, "reader") + ": ";
  if (reader["card"] == false) return head + std::string(pick(language, "no card", "カードなし")) + "\n";
  if (!reader.contains("error")) return {};
  return head + std::string(pick(language, "its card could not be read: ", "カードを読めません: ")) +
         text(reader["error"], "code") + "\n";
}

std::string authority_line(const json& authority, Language language) {
  const auto kind = text(authority, "kind");
  return text(authority, "name") + (kind.empty() ? "" : " (" + word(kind, language) + ")") +
         std::string(pick(language, " until ", " 有効期限 ")) + day(authority, "not_after") + "  " +
         text(authority, "fingerprint") + "\n";
}

}  // namespace

std::string cards_text(const json& info, Language language) {
  if (!info.contains("cards")) return card_text(info, language);
  std::string all;
  for (const auto& card : info["cards"]) all += card_text(card, language);
  for (const auto& reader : info["readers"]) all += reader_text(reader, language);
  return all;
}

std::string verified_text(const json& verified, Language language) {
  return word(text(verified, "kind"), language) + ", " + text(verified, "serial") + ": " +
         days_of(verified, language) + "; " + standing_of(verified, language) + "\n" +
         std::string(pick(language, "Whether it was revoked was not asked.\n",
                          "失効しているかどうかは確かめていません。\n"));
}

std::string trust_text(const json& trust, Language language) {
  if (trust.contains("removed"))
    return std::string(pick(language, "Removed: ", "削除しました: ")) + text(trust, "removed");
  if (!trust.contains("authorities"))
    return std::string(pick(language, "Taken in: ", "登録しました: ")) + authority_line(trust, language);
  std::string all(pick(language, "Authorities that you took in:\n", "登録済みの認証局:\n"));
  for (const auto& authority : trust["authorities"]) all += "  " + authority_line(authority, language);
  if (trust["authorities"].empty()) all += std::string(pick(language, "  none\n", "  なし\n"));
  const auto& missing = trust["known_and_not_taken_in"];
  if (!missing.empty())
    all += pick(language, "Known by their fingerprints, and not taken in:\n",
                "指紋が知られていて、未登録の認証局:\n");
  for (const auto& authority : missing)
    all += "  " + text(authority, "name") + "  " + text(authority, "fingerprint") + "\n";
  return all;
}

std::string replay_text(const json& outcome, Language language) {
  const auto at_line = [&](const json& what) {
    return std::string(pick(language, " in line ", " 行 ")) + text(what, "line") + ": ";
  };
  std::string all = std::string(pick(language, "Answered the same: ", "同じ応答のコマンド数: ")) +
                    text(outcome, "compared") + "\n";
  if (const auto& d = outcome["difference"]; !d.is_null())
    all += std::string(pick(language, "First difference", "最初の違い")) + at_line(d) + text(d, "command") +
           std::string(pick(language, "\n  expected: ", "\n  期待した応答: ")) + text(d, "expected") +
           std::string(pick(language, "\n  found: ", "\n  実際の応答: ")) + text(d, "found") + "\n";
  if (const auto& stopped = outcome["stopped"]; !stopped.is_null())
    all += std::string(pick(language, "Stopped", "中断")) + at_line(stopped) +
           word(text(stopped, "why"), language) + "\n";
  return all;
}

}  // namespace shomei::app
