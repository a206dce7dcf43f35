#include "crossing/recall.h"

#include "crypto/digest.h"
#include "crypto/random.h"

namespace shomei::crossing {
namespace {

constexpr std::size_t kSecretBytes = 32;

}  // namespace

std::string joined(std::initializer_list<std::string_view> words) {
  std::string all;
  for (const auto word : words) all.append(std::to_string(word.size())).append(":").append(word);
  return all;
}

Recall::Key Recall::key_of(Topic topic, std::string_view thing) {
  const std::uint8_t which[] = {static_cast<std::uint8_t>(topic)};
  return journal::PassTable::fingerprint(which, view(thing));
}

Recall::Recall(std::size_t memory_bytes)
    : table_(memory_bytes), secret_(crypto::random_bytes(kSecretBytes)) {}

std::uint64_t Recall::mark_of(std::string_view said) const {
  const auto digest = crypto::sha256({secret_, view(said)});
  std::uint64_t mark = 0;
  for (std::size_t i = 0; i < sizeof mark; ++i) mark = mark << 8U | digest[i];
  return mark == 0 ? 1 : mark;  // 0 is a free place
}

Recall::Heard Recall::look(const Key& key, std::string_view said) {
  if (!table_.has(key)) return Heard::not_now;
  const auto* value = table_.find(key);
  if (!value) return Heard::nothing;
  return *value == mark_of(said) ? Heard::same : Heard::other;
}

Recall::Heard Recall::hear(const Key& key, std::string_view said) {
  const auto heard = look(key, said);
  if (heard == Heard::nothing) table_.put(key, mark_of(said));
  return heard;
}

void Recall::say(const Key& key, std::string_view said) {
  if (!table_.has(key)) return;
  if (auto* value = table_.find(key))
    *value = mark_of(said);
  else
    table_.put(key, mark_of(said));
}

}  // namespace shomei::crossing
