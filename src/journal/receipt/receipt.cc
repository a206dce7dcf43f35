#include "journal/receipt/receipt.h"

#include <algorithm>

#include "json/members.h"
#include "json/parse_object.h"

namespace shomei::journal {
namespace {

using Document = nlohmann::json;

constexpr int kVersion = 1;
constexpr std::size_t kInclusionMax = 64;  // a tree has no more levels

Error bad(std::string what) {
  return malformed("receipt_form", {{"what", std::move(what)}});
}

Document encode_part(const Part& part) {
  return {{"body", to_base64(part.body)}, {"salt", to_base64(part.salt)}};
}

Document encode_entry_of(const ReceiptEntry& entry) {
  Document parts = Document::object();
  for (auto kind : kPartKinds)
    if (const auto& part = entry.parts[static_cast<std::size_t>(kind)])
      parts[std::string(name(kind))] = encode_part(*part);
  Document inclusion = Document::array();
  for (const auto& hash : entry.inclusion) inclusion.push_back(to_base64(hash));
  return {{"entry", to_base64(entry.entry)}, {"inclusion", inclusion}, {"parts", parts}};
}

Document document_of(const Receipt& receipt) {
  Document entries = Document::array();
  for (const auto& entry : receipt.entries) entries.push_back(encode_entry_of(entry));
  return {{"checkpoint", receipt.checkpoint},
          {"entries", entries},
          {"key", receipt.key},
          {"shomei_receipt", kVersion}};
}

template <std::size_t N>
Result<ByteArray<N>> exactly(ByteView bytes, const std::string& what) {
  if (bytes.size() != N) return bad(what + " is not of " + std::to_string(N) + " bytes");
  ByteArray<N> array;
  std::ranges::copy(bytes, array.begin());
  return array;
}

Result<Bytes> take_bytes(json::Members& members, std::string_view member) {
  SHOMEI_TRY(const auto text, members.text(member));
  auto bytes = from_base64(text);
  if (!bytes) return bad(members.full(member) + " is not base64");
  return bytes;
}

Result<Part> take_part(json::Members members) {
  Part part;
  SHOMEI_TRY(const auto salt, take_bytes(members, "salt"));
  SHOMEI_TRY(part.salt, exactly<32>(salt, members.full("salt")));
  SHOMEI_TRY(part.body, take_bytes(members, "body"));
  SHOMEI_CHECK(members.expect_no_other());
  return part;
}

Result<std::array<std::optional<Part>, 3>> take_parts(json::Members members) {
  std::array<std::optional<Part>, 3> parts;
  for (auto kind : kPartKinds) {
    SHOMEI_TRY(auto part, members.object_if(name(kind)));
    if (!part) continue;
    SHOMEI_TRY(parts[static_cast<std::size_t>(kind)], take_part(*std::move(part)));
  }
  SHOMEI_CHECK(members.expect_no_other());
  return parts;
}

Result<std::vector<Sha256>> take_inclusion(json::Members& members) {
  SHOMEI_TRY(const auto* array, members.array_if("inclusion", kInclusionMax));
  if (!array) return members.missing("inclusion");
  std::vector<Sha256> hashes;
  for (const auto& item : *array) {
    const auto bytes = item.is_string() ? from_base64(item.get<std::string>()) : Result<Bytes>(bad(""));
    if (!bytes) return bad(members.full("inclusion") + " is not of hashes in base64");
    SHOMEI_TRY(hashes.emplace_back(), exactly<32>(*bytes, members.full("inclusion")));
  }
  return hashes;
}

Result<ReceiptEntry> take_entry(const nlohmann::json& document, std::size_t number) {
  const auto path = "entries[" + std::to_string(number) + "]";
  if (!document.is_object()) return bad(path + " is not an object");
  json::Members members(document, path, kReceiptBytesMax);
  ReceiptEntry entry;
  SHOMEI_TRY(entry.entry, take_bytes(members, "entry"));
  SHOMEI_TRY(entry.inclusion, take_inclusion(members));
  SHOMEI_TRY(auto parts, members.object_if("parts"));
  if (!parts) return members.missing("parts");
  SHOMEI_TRY(entry.parts, take_parts(*std::move(parts)));
  SHOMEI_CHECK(members.expect_no_other());
  return entry;
}

Result<Receipt> take_receipt(const nlohmann::json& document, std::size_t entries_max) {
  const auto version = document.find("shomei_receipt");
  if (version == document.end()) return bad("it has no member shomei_receipt");
  if (*version != kVersion) return bad("it is of another version than 1");
  json::Members members(document, "", kReceiptBytesMax);
  Receipt receipt;
  SHOMEI_TRY(receipt.key, members.text("key"));
  SHOMEI_TRY(receipt.checkpoint, members.text("checkpoint"));
  SHOMEI_TRY(const auto* entries, members.array_if("entries", entries_max));
  if (!entries || entries->empty()) return bad("it has no entries");
  for (const auto& entry : *entries) {
    SHOMEI_TRY(receipt.entries.emplace_back(), take_entry(entry, receipt.entries.size() - 1));
  }
  return receipt;
}

// Without the white space between tokens.
std::string compact(std::string_view text) {
  std::string tokens;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!quoted && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) continue;
    tokens += c;
    if (quoted && c == '\\' && i + 1 < text.size()) tokens += text[++i];
    if (c == '"') quoted = !quoted;
  }
  return tokens;
}

Error as_receipt_error(const Error& error) {
  if (error.code == "receipt_form") return error;
  const auto member = std::string(error.parameter("member"));
  const auto what = std::string(error.parameter("what"));
  if (!member.empty()) return bad("its member " + member + " is missing, unknown or not of its type");
  return bad(what.empty() ? "it is not one JSON object, or too large" : what);
}

}  // namespace

std::string encode_receipt(const Receipt& receipt) {
  return document_of(receipt).dump(2) + "\n";
}

Result<Receipt> parse_receipt(std::string_view text, std::size_t entries_max) {
  const auto document = json::parse_object(text, kReceiptBytesMax);
  if (!document) return as_receipt_error(document.error());
  auto receipt = take_receipt(*document, entries_max);
  if (!receipt) return as_receipt_error(receipt.error());
  // What is not proven has no place to hide in: an escape, another order, a member more.
  if (compact(text) != document_of(*receipt).dump())
    return bad("it is not written in the one form of a receipt");
  return receipt;
}

}  // namespace shomei::journal
