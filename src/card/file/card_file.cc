#include "card/file/card_file.h"

#include <utility>

#include "crypto/seal.h"
#include "files/file.h"

namespace shomei::card::file {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "SHOMEI-CARD 2\n";
constexpr std::string_view kMagic1 = "SHOMEI-CARD 1\n";
// Four keys, four certificates, and every file of data at its longest.
constexpr std::size_t kFileBytesMax = 1024 * 1024;

std::string seal_context(const CardId& id) {
  return "card:" + id.text();
}

Bytes sealed(const CardId& id, const SecretBytes& key, ByteView state) {
  return concatenate({view(kMagic), crypto::seal(key, seal_context(id), state)});
}

Result<files::FileLock> take_lock(fs::path path) {
  const std::string card = path.string();
  path += ".lock";
  auto lock = files::FileLock::take(path);
  if (!lock && lock.error().code == "file_locked") return conflict("card_in_use", {{"path", card}});
  return lock;
}

Result<applet::ChipState> read_state(const fs::path& path, const CardId& id, const SecretBytes& key) {
  SHOMEI_TRY(const auto content, files::read_file(path, kFileBytesMax));
  const bool first = starts_with(content, view(kMagic1));
  if (!first && !starts_with(content, view(kMagic)))
    return malformed("card_file_magic", {{"path", path.string()}});
  SHOMEI_TRY(const auto state,
             crypto::open_sealed(key, seal_context(id), ByteView(content).subspan(kMagic.size())));
  return first ? applet::parse_state_1(state.reveal()) : applet::parse_state(state.reveal());
}

}  // namespace

CardFile::CardFile(fs::path path, CardId id, const SecretBytes& key, files::FileLock lock,
                   applet::ChipState state, applet::ChipSettings settings)
    : path_(std::move(path)),
      id_(std::move(id)),
      key_(key.clone()),
      lock_(std::move(lock)),
      chip_(std::move(state), *this, std::move(settings)) {}

Result<std::unique_ptr<CardFile>> CardFile::create(const fs::path& path, const CardId& id,
                                                   const SecretBytes& key, applet::ChipState state,
                                                   applet::ChipSettings settings) {
  SHOMEI_TRY(auto lock, take_lock(path));
  SHOMEI_CHECK(files::create_file(path, sealed(id, key, applet::encode_state(state).reveal())));
  return std::unique_ptr<CardFile>(
      new CardFile(path, id, key, std::move(lock), std::move(state), std::move(settings)));
}

Result<std::unique_ptr<CardFile>> CardFile::open(const fs::path& path, const CardId& id,
                                                 const SecretBytes& key, applet::ChipSettings settings) {
  SHOMEI_TRY(auto lock, take_lock(path));
  SHOMEI_TRY(auto state, read_state(path, id, key));
  return std::unique_ptr<CardFile>(
      new CardFile(path, id, key, std::move(lock), std::move(state), std::move(settings)));
}

Result<void> CardFile::save(ByteView state) {
  return files::replace_file(path_, sealed(id_, key_, state));
}

}  // namespace shomei::card::file
