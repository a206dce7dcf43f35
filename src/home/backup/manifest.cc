#include "home/backup/manifest.h"

#include <algorithm>

#include "json/parse_object.h"

namespace shomei::home {
namespace {

using nlohmann::json;

constexpr std::size_t kPathBytesMax = 255;
constexpr std::size_t kTextBytesMax = 64 * 1024;

Error form(std::string what) {
  return malformed("backup_form", {{"what", std::move(what)}});
}

Result<std::string> text_in(const json& object, const char* member) {
  const auto at = object.find(member);
  if (at == object.end() || !at->is_string()) return form(member);
  auto text = at->get<std::string>();
  if (text.size() > kTextBytesMax) return form(member);
  return text;
}

Result<std::uint64_t> number_in(const json& object, const char* member) {
  const auto at = object.find(member);
  if (at == object.end() || !at->is_number_unsigned()) return form(member);
  return at->get<std::uint64_t>();
}

Result<crypto::Sha256> digest_in(const json& object) {
  SHOMEI_TRY(const auto text, text_in(object, "sha256"));
  const auto bytes = from_hex(text);
  crypto::Sha256 digest{};
  if (!bytes || bytes->size() != digest.size()) return form("sha256");
  std::ranges::copy(*bytes, digest.begin());
  return digest;
}

Result<const json*> array_in(const json& object, const char* member) {
  const auto at = object.find(member);
  if (at == object.end() || !at->is_array()) return form(member);
  for (const auto& item : *at)
    if (!item.is_object()) return form(member);
  return &*at;
}

Result<void> expect_members(const json& object, std::size_t count) {
  if (object.size() != count) return form("a member that is not known");
  return {};
}

// "shomei.toml", or a file of one folder: what is in a home goes no deeper.
bool is_path_in_home(std::string_view path) {
  if (path.empty() || path.size() > kPathBytesMax || std::ranges::count(path, '/') > 1) return false;
  const auto slash = path.find('/');
  const auto folder = slash == path.npos ? std::string_view("x") : path.substr(0, slash);
  const auto name = slash == path.npos ? path : path.substr(slash + 1);
  const auto is_name = [](std::string_view part) {
    return !part.empty() && part.front() != '.' && std::ranges::none_of(part, [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == '\\';
    });
  };
  return is_name(folder) && is_name(name);
}

Result<void> read_files(const json& document, std::vector<BackupFile>& into) {
  SHOMEI_TRY(const auto* list, array_in(document, "files"));
  for (const auto& item : *list) {
    SHOMEI_CHECK(expect_members(item, 3));
    BackupFile file;
    SHOMEI_TRY(file.path, text_in(item, "path"));
    SHOMEI_TRY(file.bytes, number_in(item, "bytes"));
    SHOMEI_TRY(file.sha256, digest_in(item));
    const bool ascending = into.empty() || into.back().path < file.path;
    if (!is_path_in_home(file.path) || !ascending) return form("path");
    into.push_back(std::move(file));
  }
  return {};
}

Result<void> read_rows(const json& document, journal::StoreDigest& into) {
  SHOMEI_TRY(const auto* list, array_in(document, "rows"));
  if (list->size() != journal::kRowKinds) return form("rows");
  for (const auto kind : journal::all_row_kinds()) {
    const auto& item = (*list)[static_cast<std::size_t>(kind)];
    SHOMEI_CHECK(expect_members(item, 3));
    SHOMEI_TRY(const auto kind_name, text_in(item, "kind"));
    if (kind_name != journal::name(kind)) return form("kind");
    SHOMEI_TRY(into.of(kind).rows, number_in(item, "rows"));
    SHOMEI_TRY(into.of(kind).digest, digest_in(item));
  }
  return {};
}

Result<void> read_left_out(const json& document, std::vector<LeftOut>& into) {
  SHOMEI_TRY(const auto* list, array_in(document, "left_out"));
  for (const auto& item : *list) {
    SHOMEI_CHECK(expect_members(item, 2));
    LeftOut left;
    SHOMEI_TRY(left.what, text_in(item, "what"));
    SHOMEI_TRY(left.why, text_in(item, "why"));
    into.push_back(std::move(left));
  }
  return {};
}

}  // namespace

std::string encode_manifest(const Manifest& manifest) {
  json files = json::array(), rows = json::array(), left_out = json::array();
  for (const auto& f : manifest.files)
    files.push_back({{"path", f.path}, {"bytes", f.bytes}, {"sha256", to_hex(f.sha256)}});
  for (const auto kind : journal::all_row_kinds())
    rows.push_back({{"kind", journal::name(kind)},
                    {"rows", manifest.rows.of(kind).rows},
                    {"sha256", to_hex(manifest.rows.of(kind).digest)}});
  for (const auto& left : manifest.left_out) left_out.push_back({{"what", left.what}, {"why", left.why}});
  const json document{
      {"backup_format", kBackupFormat},
      {"made_at", format_jst(manifest.made_at)},
      {"software", manifest.software},
      {"journal",
       {{"origin", manifest.origin}, {"entries", manifest.entries}, {"checkpoint", manifest.checkpoint}}},
      {"rows", std::move(rows)},
      {"files", std::move(files)},
      {"left_out", std::move(left_out)}};
  return document.dump(1) + "\n";
}

Result<Manifest> parse_manifest(std::string_view text) {
  const auto document = shomei::json::parse_object(text, kManifestBytesMax);
  if (!document) return form("no JSON object");
  SHOMEI_TRY(const auto found, number_in(*document, "backup_format"));
  if (found > kBackupFormat)
    return refused("backup_newer",
                   {{"found", std::to_string(found)}, {"known", std::to_string(kBackupFormat)}});
  if (found != kBackupFormat) return form("backup_format");
  SHOMEI_CHECK(expect_members(*document, 7));
  Manifest manifest;
  SHOMEI_TRY(const auto made_at, text_in(*document, "made_at"));
  const auto at = parse_instant(made_at);
  if (!at) return form("made_at");
  manifest.made_at = *at;
  SHOMEI_TRY(manifest.software, text_in(*document, "software"));
  const auto journal = document->find("journal");
  if (journal == document->end() || !journal->is_object()) return form("journal");
  SHOMEI_CHECK(expect_members(*journal, 3));
  SHOMEI_TRY(manifest.origin, text_in(*journal, "origin"));
  SHOMEI_TRY(manifest.entries, number_in(*journal, "entries"));
  SHOMEI_TRY(manifest.checkpoint, text_in(*journal, "checkpoint"));
  SHOMEI_CHECK(read_rows(*document, manifest.rows));
  SHOMEI_CHECK(read_files(*document, manifest.files));
  SHOMEI_CHECK(read_left_out(*document, manifest.left_out));
  return manifest;
}

}  // namespace shomei::home
