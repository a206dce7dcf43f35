#include "filter/sealed_file.h"

namespace shomei::filter {
namespace {

constexpr std::size_t kNoteBytesMax = 64 * 1024;
constexpr unsigned kLengthBytes = 4;
constexpr std::uint64_t kLastInstant = 253402300799;  // 9999-12-31T23:59:59Z

std::string_view magic_of(FileKind kind) {
  return kind == FileKind::filter ? "shomei revocation filter 1\n" : "shomei revocation filter delta 1\n";
}

// Its first line has spaces, which no journal's name has: it is never the text of a checkpoint.
std::string signed_text(FileKind kind, const journal::Checkpoint& checkpoint, const crypto::Sha256& digest) {
  return checkpoint.origin +
         (kind == FileKind::filter ? " revocation filter\n" : " revocation filter delta\n") +
         std::to_string(checkpoint.size) + "\n" + to_base64(checkpoint.root) + "\n" + to_base64(digest) +
         "\n";
}

struct Halves {
  ByteView body;  // what is signed
  std::string_view note;
};

Result<Halves> halves_of(ByteView file) {
  if (file.size() > kFileBytesMax) return bad_form("it has more than a gibibyte");
  if (file.size() < kLengthBytes) return bad_form("it is cut off");
  const auto front = file.first(file.size() - kLengthBytes);
  Cursor last(file.subspan(front.size()));
  SHOMEI_TRY(const auto length, last.take_number(kLengthBytes));
  if (length > kNoteBytesMax || length > front.size()) return bad_form("the length of its note cannot be");
  const auto note = front.last(length);
  return Halves{front.first(front.size() - length),
                {reinterpret_cast<const char*>(note.data()), note.size()}};
}

Result<Standing> take_standing(Cursor& cursor, const journal::VerifierKey& key) {
  SHOMEI_TRY(const auto made_at, cursor.take_number(8));
  SHOMEI_TRY(const auto note, cursor.take_text(kLengthBytes));
  if (made_at > kLastInstant) return bad_form("it was made after the year 9999");
  return standing_of(note, Instant(std::chrono::seconds(made_at)), key);
}

}  // namespace

Result<Standing> standing_of(std::string_view checkpoint_note, Instant made_at,
                             const journal::VerifierKey& key) {
  SHOMEI_TRY(auto checkpoint, journal::open_checkpoint(checkpoint_note, key));
  if (checkpoint.origin != key.name)
    return refused("filter_of_another_journal", {{"origin", checkpoint.origin}, {"key", key.name}});
  return Standing{std::move(checkpoint), std::string(checkpoint_note), made_at};
}

Result<Bytes> seal(FileKind kind, const Standing& standing, ByteView content, crypto::Signer& signer) {
  Bytes file = to_bytes(magic_of(kind));
  append_u64(file, static_cast<std::uint64_t>(standing.made_at.time_since_epoch().count()));
  append_u32(file, static_cast<std::uint32_t>(standing.note.size()));
  append(file, view(standing.note));
  append(file, content);
  const auto text = signed_text(kind, standing.checkpoint, crypto::sha256(file));
  SHOMEI_TRY(const auto note, journal::sign_note(text, standing.checkpoint.origin, signer));
  append(file, view(note));
  append_u32(file, static_cast<std::uint32_t>(note.size()));
  if (file.size() > kFileBytesMax)
    return refused("filter_too_large", {{"bytes", std::to_string(file.size())}});
  return file;
}

Result<SealedFile> open_sealed(FileKind kind, ByteView file, const journal::VerifierKey& key) {
  if (!starts_with(file, view(magic_of(kind))))
    return bad_form(kind == FileKind::filter
                        ? "its first line is not that of a revocation filter"
                        : "its first line is not that of a delta of a revocation filter");
  SHOMEI_TRY(const auto halves, halves_of(file));
  const auto text = journal::open_note(halves.note, key);
  if (!text) return refused("filter_unsigned", {{"key", key.name}}, "C2SP signed-note");
  const auto digest = crypto::sha256(halves.body);
  Cursor cursor(halves.body);
  SHOMEI_CHECK(cursor.take(magic_of(kind).size()));
  SHOMEI_TRY(auto standing, take_standing(cursor, key));
  if (*text != signed_text(kind, standing.checkpoint, digest))
    return refused("filter_unsigned", {{"key", key.name}}, "C2SP signed-note");
  return SealedFile{std::move(standing), cursor.rest(), digest};
}

}  // namespace shomei::filter
