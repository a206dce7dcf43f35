#include "home/import_key_list.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "counter/admit.h"
#include "counter/request.h"
#include "crypto/random.h"
#include "files/file.h"
#include "files/system_error.h"

namespace shomei::home {
namespace {

namespace field = journal::field;

constexpr std::string_view kAct = "import_bad_keys";
constexpr std::string_view kFolder = "known-bad";
constexpr mode_t kOwnerOnly = 0700;

Result<void> write_list(const std::filesystem::path& path, ByteView list) {
  const auto folder = path.parent_path();
  if (::mkdir(folder.c_str(), kOwnerOnly) != 0 && errno != EEXIST) return files::write_error(folder, errno);
  SHOMEI_CHECK(files::sync_folder(folder.parent_path()));
  return files::replace_file(path, list);
}

Result<void> record(Home& home, const counter::Officer& officer, const ImportedKeyList& list,
                    const crypto::Sha256& content) {
  SHOMEI_TRY(auto transaction, home.journal().begin());
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .officer = counter::officer_fields(kAct, officer)};
  draft.officer.insert_or_assign(std::string(field::kList), to_bytes(to_hex_upper(list.sha256)));
  draft.officer.insert_or_assign(std::string(field::kKeys), to_bytes(std::to_string(list.keys)));
  SHOMEI_CHECK(transaction.rows().insert({officer.request, draft.act, content, to_bytes(list.sha256)}));
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

// Whether the request has recorded it before.
Result<bool> is_recorded(Home& home, const RequestId& request, const crypto::Sha256& content) {
  SHOMEI_TRY(const auto rows, home.rows());
  SHOMEI_TRY(const auto first, rows->find_request(request));
  if (first && first->content != content)
    return conflict("request_differs", {{"request", request.text()}, {"act", first->act.text()}});
  return first.has_value();
}

}  // namespace

Result<ImportedKeyList> import_key_list(Home& home, const counter::Officer& officer, const std::string& name,
                                        crypto::KeyDigest digest, std::vector<Bytes> digests) {
  if (!is_key_name(name)) return malformed("key_list_name", {{"name", name}});
  SHOMEI_CHECK(counter::admit(home.parts(), kAct, officer));
  const auto list = crypto::encode_key_list(digest, std::move(digests));
  SHOMEI_TRY(const auto parsed, crypto::KeyList::parse(list));
  ImportedKeyList imported;
  imported.file = std::string(kFolder) + "/" + name + ".keys";
  imported.keys = parsed.size();
  imported.sha256 = crypto::sha256(list);
  imported.in_settings = std::ranges::count(home.settings().keys.known_bad, imported.file) > 0;
  const auto content = counter::content_of({kAct, officer.office.text(), name, to_hex(imported.sha256)});
  SHOMEI_TRY(const bool recorded, is_recorded(home, officer.request, content));
  // It was written before it was recorded, and another list may have taken its place since.
  if (recorded) return imported;
  SHOMEI_CHECK(write_list(home.layout().root / imported.file, list));
  SHOMEI_CHECK(record(home, officer, imported, content));
  return imported;
}

}  // namespace shomei::home
