#include "journal/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/check.h"
#include "der/reader.h"

namespace shomei::journal {
namespace {

constexpr std::size_t kNoteBytesMax = 64 * 1024;  // sixteen post-quantum signatures fit, as signed-note asks
constexpr std::string_view kSignatureLead = "\u2014 ";
constexpr std::uint8_t kEd25519Type = 0x01;
// SubjectPublicKeyInfo of an Ed25519 key is this and the 32 bytes of the key (RFC 8410 section 4).
constexpr std::uint8_t kSpkiPrefix[] = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                        0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
constexpr std::size_t kKeyBytes = 32;

Error bad_note(std::string_view what) {
  return malformed("checkpoint_form", {{"what", std::string(what)}}, "C2SP tlog-checkpoint");
}

Error bad_key(std::string_view text) {
  return malformed("verifier_key_form", {{"text", std::string(text)}}, "C2SP signed-note");
}

// Unicode spaces other than U+0020 are left to the person who chooses the name; no ASCII one may stand here.
bool is_key_name(std::string_view name) {
  return !name.empty() && der::is_utf8(view(name)) &&
         std::ranges::none_of(name, [](unsigned char c) { return c <= 0x20 || c == 0x7F || c == '+'; });
}

Bytes key_bytes(const crypto::PublicKey& key) {
  SHOMEI_INVARIANT(key.type() == crypto::KeyType::ed25519 && key.key_bits().size() == kKeyBytes);
  return key.key_bits();
}

ByteArray<4> key_id(std::string_view name, const crypto::PublicKey& key) {
  const Bytes separator{'\n', kEd25519Type};
  const auto digest = crypto::sha256({view(name), separator, key_bytes(key)});
  return {digest[0], digest[1], digest[2], digest[3]};
}

std::string note_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root) +
         "\n";
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

Result<std::uint64_t> parse_size(std::string_view line) {
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size);
  if (error != std::errc() || end != line.data() + line.size() || line != std::to_string(size))
    return bad_note("the size is not a decimal number");
  return size;
}

Result<Checkpoint> parse_text(std::string_view text) {
  const auto lines = lines_of(text);
  if (lines.size() < 3) return bad_note("origin, size or root is missing");
  if (std::ranges::any_of(lines, [](auto line) { return line.empty(); }))
    return bad_note("a line of the text is empty");
  Checkpoint checkpoint{.origin = std::string(lines[0])};
  SHOMEI_TRY(checkpoint.size, parse_size(lines[1]));
  const auto root = from_base64(lines[2]);
  if (!root || root->size() != checkpoint.root.size()) return bad_note("the root is not 32 bytes in base64");
  std::ranges::copy(*root, checkpoint.root.begin());
  return checkpoint;
}

struct SignatureLine {
  std::string_view name;
  Bytes id_and_signature;
};

Result<SignatureLine> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kSignatureLead))
    return bad_note("a signature does not begin with a dash and a space");
  line.remove_prefix(kSignatureLead.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space)))
    return bad_note("a signature has no name of a key");
  auto bytes = from_base64(line.substr(space + 1));
  if (!bytes || bytes->size() <= 4) return bad_note("a signature is not base64 of a key id and more");
  return SignatureLine{line.substr(0, space), std::move(*bytes)};
}

// Signatures of keys that we do not know are passed over; one of the known key that does not hold condemns
// the note.
Result<void> verify_signatures(std::string_view text, std::string_view signatures, const VerifierKey& key) {
  bool verified = false;
  for (const auto line : lines_of(signatures)) {
    SHOMEI_TRY(const auto signature, parse_signature_line(line));
    const ByteView bytes = signature.id_and_signature;
    if (signature.name != key.name || !equal(bytes.first(4), key.id)) continue;
    if (!key.key.verify(crypto::SignatureAlgorithm::ed25519, view(text), bytes.subspan(4)))
      return refused("checkpoint_unsigned", {{"key", key.name}}, "C2SP signed-note");
    verified = true;
  }
  if (!verified) return refused("checkpoint_unsigned", {{"key", key.name}}, "C2SP signed-note");
  return {};
}

bool has_control_character(std::string_view note) {
  return std::ranges::any_of(note, [](unsigned char c) { return c < 0x20 && c != '\n'; });
}

}  // namespace

std::string encode_verifier_key(std::string_view name, const crypto::PublicKey& key) {
  const Bytes typed = concatenate({Bytes{kEd25519Type}, key_bytes(key)});
  return std::string(name) + "+" + to_hex(key_id(name, key)) + "+" + to_base64(typed);
}

Result<VerifierKey> parse_verifier_key(std::string_view text) {
  const auto first = text.find('+');
  const auto second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return bad_key(text);
  const auto typed = from_base64(text.substr(second + 1));
  if (!typed || typed->size() != 1 + kKeyBytes || (*typed)[0] != kEd25519Type) return bad_key(text);
  auto key = crypto::PublicKey::parse(concatenate({kSpkiPrefix, ByteView(*typed).subspan(1)}));
  if (!key) return bad_key(text);
  const std::string_view name = text.substr(0, first);
  if (!is_key_name(name) || encode_verifier_key(name, *key) != text) return bad_key(text);
  return VerifierKey{std::string(name), key_id(name, *key), std::move(*key)};
}

Result<std::string> sign_note(std::string_view text, std::string_view name, crypto::Signer& signer) {
  if (!is_key_name(name))
    return malformed("checkpoint_origin_form", {{"origin", std::string(name)}}, "C2SP signed-note");
  const auto id = key_id(name, signer.public_key());
  SHOMEI_TRY(const auto signature, signer.sign(view(text)));
  return std::string(text) + "\n" + std::string(kSignatureLead) + std::string(name) + " " +
         to_base64(concatenate({id, signature})) + "\n";
}

Result<std::string_view> open_note(std::string_view note, const VerifierKey& key) {
  if (note.size() > kNoteBytesMax) return bad_note("it is too long");
  if (!der::is_utf8(view(note)) || has_control_character(note)) return bad_note("it is not plain UTF-8 text");
  const auto blank = note.rfind("\n\n");
  if (blank == std::string_view::npos || !note.ends_with('\n') || note.ends_with("\n\n"))
    return bad_note("text, blank line and signatures do not follow each other");
  const auto text = note.substr(0, blank + 1);
  SHOMEI_CHECK(verify_signatures(text, note.substr(blank + 2), key));
  return text;
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, crypto::Signer& signer) {
  return sign_note(note_text(checkpoint), checkpoint.origin, signer);
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
  SHOMEI_TRY(const auto text, open_note(note, key));
  return parse_text(text);
}

}  // namespace shomei::journal
