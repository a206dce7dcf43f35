// What a mirror serves of a journal: the first byte says which of its files comes from a stranger. Whatever
// is not the file itself is found.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "base/check.h"
#include "crypto/private_key.h"
#include "journal/entry.h"
#include "journal/published/entry_bundle.h"
#include "journal/published/tile_path.h"
#include "journal/published/verify_published.h"
#include "journal/tiles.h"

using namespace shomei;

namespace {

constexpr std::uint64_t kEntries = 300;  // a full tile, a partial one, and one of the level above
constexpr const char* kOrigin = "fuzz.example";

struct Mirror {
  std::map<std::string, Bytes> files;
  std::optional<journal::VerifierKey> key;
};

Bytes entry_of(std::uint64_t sequence) {
  journal::Entry entry;
  entry.sequence = sequence;
  entry.recorded_at = InstantMs{std::chrono::milliseconds{1795305600000 + sequence}};
  entry.act = *ActId::parse("act-number-" + std::to_string(sequence));
  return journal::encode_entry(entry);
}

Mirror make_mirror() {
  Mirror mirror;
  journal::TreeEdge tree;
  std::vector<Bytes> bundle;
  for (std::uint64_t sequence = 0; sequence < kEntries; ++sequence) {
    bundle.push_back(entry_of(sequence));
    tree.add(journal::leaf_hash(bundle.back()));
    const bool last = sequence + 1 == kEntries;
    if (bundle.size() < journal::kTileWidth && !last) continue;
    const journal::TilePath path{journal::TileKind::entries, 0, sequence / journal::kTileWidth,
                                 static_cast<unsigned>(bundle.size())};
    mirror.files[journal::encode_tile_path(path)] = journal::encode_bundle(bundle);
    bundle.clear();
  }
  for (const auto& tile : tree.take_changes()) {
    const journal::TilePath path{journal::TileKind::hashes, tile.level, tile.index,
                                 static_cast<unsigned>(tile.hashes.size() / 32)};
    mirror.files[journal::encode_tile_path(path)] = tile.hashes;
  }
  const auto signer = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  mirror.key = *journal::parse_verifier_key(journal::encode_verifier_key(kOrigin, signer->public_key()));
  mirror.files["checkpoint"] = to_bytes(*journal::sign_checkpoint({kOrigin, kEntries, tree.root()}, *signer));
  return mirror;
}

bool holds(const Mirror& mirror) {
  const auto read = [&](const std::string& path, std::size_t bytes_max) -> Result<Bytes> {
    const auto file = mirror.files.find(path);
    if (file == mirror.files.end()) return not_found("file_missing", {{"path", path}});
    if (file->second.size() > bytes_max) return malformed("file_too_large", {{"path", path}});
    return file->second;
  };
  const auto report = journal::verify_published(read, {*mirror.key, std::nullopt});
  return report && report->holds();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Mirror honest = make_mirror();
  static const bool honest_holds = holds(honest);
  SHOMEI_INVARIANT(honest_holds);
  if (size == 0) return 0;
  Mirror mirror = honest;
  auto file = std::next(mirror.files.begin(), data[0] % mirror.files.size());
  Bytes own = file->second;
  // Short inputs change bytes of the file, long ones are the file.
  if (size < 16) {
    for (std::size_t i = 1; i + 2 < size; i += 3)
      own[(data[i] << 8 | data[i + 1]) % own.size()] = data[i + 2];
  } else {
    own.assign(data + 1, data + size);
  }
  const bool same = own == file->second;
  file->second = std::move(own);
  SHOMEI_INVARIANT(holds(mirror) == same);
  return 0;
}
