#include "crypto/key_list.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace shomei::crypto {
namespace {

constexpr std::string_view kOpening = "shomei key list 1 ";
constexpr std::size_t kOpeningBytesMax = 64;
constexpr std::array kDigests{KeyDigest::spki_sha256, KeyDigest::debian_modulus};

Error broken(std::string_view what) {
  return malformed("key_list_form", {{"what", std::string(what)}});
}

std::string_view trimmed(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const auto first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

// "shomei key list 1 spki-sha256 17"
struct Opening {
  KeyDigest digest{};
  std::size_t count = 0;
};
Result<Opening> parse_opening(std::string_view line) {
  if (!line.starts_with(kOpening)) return broken("its first line is another");
  line.remove_prefix(kOpening.size());
  const auto space = std::min(line.find(' '), line.size());
  Opening opening;
  SHOMEI_TRY(opening.digest, parse_key_digest(line.substr(0, space)));
  line.remove_prefix(std::min(space + 1, line.size()));
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), opening.count);
  if (error != std::errc{} || end != line.data() + line.size()) return broken("its first line has no number");
  return opening;
}

}  // namespace

std::string_view name(KeyDigest digest) {
  return digest == KeyDigest::spki_sha256 ? "spki-sha256" : "debian-weak";
}

Result<KeyDigest> parse_key_digest(std::string_view text) {
  const auto found = std::ranges::find(kDigests, text, [](KeyDigest digest) { return name(digest); });
  if (found == kDigests.end()) return malformed("key_digest_unknown", {{"name", std::string(text)}});
  return *found;
}

std::size_t length_of(KeyDigest digest) {
  return digest == KeyDigest::spki_sha256 ? Sha256().size() : DebianDigest().size();
}

DebianDigest debian_digest(ByteView modulus) {
  const auto whole = sha1(view("Modulus=" + to_hex_upper(modulus) + "\n"));
  DebianDigest last{};
  std::ranges::copy(ByteView(whole).last(last.size()), last.begin());
  return last;
}

Result<KeyList> KeyList::parse(ByteView bytes) {
  const auto head = bytes.first(std::min(bytes.size(), kOpeningBytesMax));
  const auto end = std::ranges::find(head, '\n');
  if (end == head.end()) return broken("it has no first line");
  const auto opening_bytes = static_cast<std::size_t>(end - head.begin());
  SHOMEI_TRY(const auto opening, parse_opening(to_text(head.first(opening_bytes))));
  const KeyList list(opening.digest, bytes.subspan(opening_bytes + 1));
  const auto length = length_of(opening.digest);
  if (list.digests_.size() % length != 0 || list.size() != opening.count)
    return broken("it has not as many keys as it says");
  for (std::size_t i = 1; i < list.size(); ++i)
    if (!std::ranges::lexicographical_compare(list.at(i - 1), list.at(i)))
      return broken("its keys are not in order");
  return list;
}

ByteView KeyList::at(std::size_t place) const {
  const auto length = length_of(digest_);
  return digests_.subspan(place * length, length);
}

bool KeyList::contains(ByteView wanted) const {
  std::size_t first = 0, end = size();
  while (first < end) {
    const auto middle = first + (end - first) / 2;
    if (std::ranges::lexicographical_compare(at(middle), wanted))
      first = middle + 1;
    else
      end = middle;
  }
  return first < size() && equal(at(first), wanted);
}

Result<std::vector<Bytes>> parse_key_lines(KeyDigest digest, std::string_view text) {
  std::vector<Bytes> digests;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    auto key = from_hex(line);
    if (!key || key->size() != length_of(digest))
      return malformed("key_list_line",
                       {{"line", std::to_string(number)}, {"wanted", std::to_string(2 * length_of(digest))}});
    digests.push_back(*std::move(key));
  }
  if (digests.empty()) return malformed("key_list_empty");
  return digests;
}

Bytes encode_key_list(KeyDigest digest, std::vector<Bytes> digests) {
  std::ranges::sort(digests);
  digests.erase(std::unique(digests.begin(), digests.end()), digests.end());
  Bytes list = to_bytes(std::string(kOpening) + std::string(name(digest)) + " " +
                        std::to_string(digests.size()) + "\n");
  for (const auto& one : digests) list.insert(list.end(), one.begin(), one.end());
  return list;
}

}  // namespace shomei::crypto
