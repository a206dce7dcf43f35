#include "status/snapshot.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "crypto/digest_stream.h"
#include "der/reader.h"
#include "der/time.h"
#include "der/writer.h"

namespace shomei::status {
namespace {

constexpr std::string_view kMagic = "SHOMEI-STATUS-SNAPSHOT 1\n";
constexpr std::size_t kMagicBytes = 32;  // zeros behind the line
constexpr std::size_t kHeadBytes = 64;   // and the lengths of what follows
constexpr std::size_t kNoteBytesMax = 4096;
constexpr std::size_t kAuthoritiesMax = 4096;
constexpr std::size_t kPeaksMax = 64;

Error bad(std::string_view what) {
  return malformed("status_snapshot_form", {{"what", std::string(what)}});
}

std::size_t padding(std::size_t bytes) {
  return (8 - bytes % 8) % 8;
}

// ---- the description in front of the tables, in DER

Bytes encode_shape(const TableShape& shape) {
  return der::sequence({der::integer(shape.authority), der::integer(shape.width),
                        der::integer(shape.directory_bits), der::integer(shape.last_day_bytes),
                        der::integer(shape.partition_bytes), der::integer(shape.count),
                        der::integer(shape.changed)});
}

Bytes encode_description(const Snapshot& snapshot) {
  Bytes peaks, authorities, last_days, partitions, tables;
  for (const auto& peak : snapshot.position.peaks) append(peaks, der::octet_string(peak));
  for (const auto& [name, certificate] : snapshot.contents.authorities)
    append(authorities, der::sequence({der::utf8_string(name), der::octet_string(certificate)}));
  for (const auto day : snapshot.contents.last_days)
    append(last_days, der::integer(day.time_since_epoch().count()));
  for (const auto& partition : snapshot.contents.partitions) append(partitions, der::utf8_string(partition));
  for (const auto& table : snapshot.contents.base->tables) append(tables, encode_shape(table.shape()));
  return der::sequence({der::generalized_time(snapshot.made_at),
                        der::integer(static_cast<std::int64_t>(snapshot.position.size)),
                        der::sequence({peaks}), der::octet_string(view(snapshot.position.checkpoint)),
                        der::sequence({authorities}), der::sequence({last_days}), der::sequence({partitions}),
                        der::sequence({tables})});
}

Result<std::uint32_t> take_number(der::Reader& reader) {
  SHOMEI_TRY(const auto value, reader.take_integer());
  if (value < 0 || value > 0xFFFF'FFFF) return bad("a number of a table is out of bounds");
  return static_cast<std::uint32_t>(value);
}

Result<TableShape> take_shape(der::Reader& list) {
  SHOMEI_TRY(auto members, list.enter(der::kSequence));
  TableShape shape;
  for (auto* member : {&shape.authority, &shape.width, &shape.directory_bits, &shape.last_day_bytes,
                       &shape.partition_bytes, &shape.count, &shape.changed}) {
    SHOMEI_TRY(*member, take_number(members));
  }
  SHOMEI_CHECK(members.expect_done());
  return shape;
}

Result<void> take_position(der::Reader& members, Position& position) {
  SHOMEI_TRY(const auto size, members.take_integer());
  if (size < 0) return bad("the size of the journal is negative");
  position.size = static_cast<std::uint64_t>(size);
  SHOMEI_TRY(auto peaks, members.enter(der::kSequence));
  while (!peaks.done()) {
    SHOMEI_TRY(const auto peak, peaks.take_octet_string());
    if (peak.size() != 32 || position.peaks.size() == kPeaksMax) return bad("a peak of the tree is none");
    std::ranges::copy(peak, position.peaks.emplace_back().begin());
  }
  if (position.peaks.size() != static_cast<std::size_t>(std::popcount(position.size)))
    return bad("the tree has another number of peaks");
  SHOMEI_TRY(const auto checkpoint, members.take_octet_string());
  position.checkpoint = to_text(checkpoint);
  return {};
}

Result<void> take_contents(der::Reader& members, ListContents& contents, std::vector<TableShape>& shapes) {
  SHOMEI_TRY(auto authorities, members.enter(der::kSequence));
  while (!authorities.done()) {
    SHOMEI_TRY(auto one, authorities.enter(der::kSequence));
    SHOMEI_TRY(auto name, one.take_string());
    SHOMEI_TRY(const auto certificate, one.take_octet_string());
    SHOMEI_CHECK(one.expect_done());
    if (contents.authorities.size() == kAuthoritiesMax) return bad("there are too many authorities");
    contents.authorities.emplace_back(std::move(name), to_bytes(certificate));
  }
  SHOMEI_TRY(auto last_days, members.enter(der::kSequence));
  while (!last_days.done()) {
    SHOMEI_TRY(const auto seconds, last_days.take_integer());
    contents.last_days.emplace_back(std::chrono::seconds(seconds));
  }
  SHOMEI_TRY(auto partitions, members.enter(der::kSequence));
  while (!partitions.done()) {
    SHOMEI_TRY(auto partition, partitions.take_string());
    contents.partitions.push_back(std::move(partition));
  }
  SHOMEI_TRY(auto tables, members.enter(der::kSequence));
  while (!tables.done()) {
    SHOMEI_TRY(shapes.emplace_back(), take_shape(tables));
  }
  return {};
}

// ---- the file

struct Head {
  std::size_t description, tables, note;  // bytes of each
};

void store_length(ByteArray<kHeadBytes>& head, std::size_t at, std::uint64_t value) {
  std::memcpy(head.data() + at, &value, sizeof value);
}

Bytes encode_head(const Head& head) {
  ByteArray<kHeadBytes> bytes{};
  std::memcpy(bytes.data(), kMagic.data(), kMagic.size());
  store_length(bytes, kMagicBytes, head.description);
  store_length(bytes, kMagicBytes + 8, head.tables);
  store_length(bytes, kMagicBytes + 16, 0);
  return to_bytes(bytes);
}

Result<Head> parse_head(ByteView file) {
  if (file.size() < kHeadBytes) return bad("it is shorter than its head");
  ByteArray<kHeadBytes> wanted{};
  std::memcpy(wanted.data(), kMagic.data(), kMagic.size());
  if (!equal(file.first(kMagicBytes), ByteView(wanted).first(kMagicBytes)))
    return bad("it does not begin as a snapshot of this form");
  std::uint64_t lengths[4];
  std::memcpy(lengths, file.data() + kMagicBytes, sizeof lengths);
  const std::uint64_t room = file.size() - kHeadBytes;
  if (lengths[2] != 0 || lengths[3] != 0) return bad("its head has bytes that mean nothing");
  if (lengths[0] > room || lengths[1] > room) return bad("it has been cut short");
  const std::uint64_t description = lengths[0] + padding(lengths[0]);
  if (description > room || lengths[1] > room - description) return bad("it has been cut short");
  const std::uint64_t note = room - description - lengths[1];
  if (note > kNoteBytesMax) return bad("its signature is too long");
  return Head{static_cast<std::size_t>(lengths[0]), static_cast<std::size_t>(lengths[1]),
              static_cast<std::size_t>(note)};
}

Result<std::shared_ptr<const Base>> open_tables(const ListContents& contents,
                                                const std::vector<TableShape>& shapes, ByteView bytes,
                                                const std::shared_ptr<const void>& owner) {
  auto base = std::make_shared<Base>();
  const TableShape* before = nullptr;
  for (const auto& shape : shapes) {
    if (before && std::pair(before->authority, before->width) >= std::pair(shape.authority, shape.width))
      return bad("the tables are not in their order");
    before = &shape;
    const auto layout = TableLayout::of(shape);
    if (!layout || layout->end > bytes.size()) return bad("a table is longer than the file");
    SHOMEI_TRY(auto table, SerialTable::open(shape, bytes.first(layout->end), owner,
                                             contents.last_days.size(), contents.partitions.size()));
    base->tables.push_back(std::move(table));
    bytes = bytes.subspan(layout->end);
  }
  if (!bytes.empty()) return bad("there are bytes of no table");
  return std::shared_ptr<const Base>(std::move(base));
}

journal::VerifierKey snapshot_key(const journal::VerifierKey& journal) {
  const auto text = journal::encode_verifier_key(snapshot_origin(journal.name), journal.key);
  return journal::parse_verifier_key(text).value();  // a name with a suffix is a name
}

}  // namespace

std::string snapshot_origin(std::string_view journal_origin) {
  return std::string(journal_origin) + "/status-snapshot";
}

Result<void> write_snapshot(const Snapshot& snapshot, std::string_view journal_origin,
                            crypto::Signer& checkpoint_signer, const WritePiece& write) {
  crypto::Sha256Stream digest;
  const auto put = [&](ByteView piece) {
    digest.add(piece);
    return write(piece);
  };
  Bytes description = encode_description(snapshot);
  const Head head{description.size(), snapshot.contents.base->bytes(), 0};
  description.resize(description.size() + padding(description.size()));
  SHOMEI_CHECK(put(encode_head(head)));
  SHOMEI_CHECK(put(description));
  for (const auto& table : snapshot.contents.base->tables) SHOMEI_CHECK(put(table.body()));
  SHOMEI_TRY(const auto note, journal::sign_checkpoint({.origin = snapshot_origin(journal_origin),
                                                        .size = snapshot.position.size,
                                                        .root = digest.finish()},
                                                       checkpoint_signer));
  return write(view(note));
}

Result<Snapshot> parse_snapshot(ByteView file, std::shared_ptr<const void> owner) {
  SHOMEI_TRY(const auto head, parse_head(file));
  const auto description = file.subspan(kHeadBytes, head.description);
  const auto pad = file.subspan(kHeadBytes + head.description, padding(head.description));
  if (std::ranges::any_of(pad, [](auto byte) { return byte != 0; }))
    return bad("its description is followed by bytes that mean nothing");
  Snapshot snapshot;
  std::vector<TableShape> shapes;
  SHOMEI_TRY(auto members, der::enter_single(description));
  SHOMEI_TRY(snapshot.made_at, der::take_generalized_time(members));
  SHOMEI_CHECK(take_position(members, snapshot.position));
  SHOMEI_CHECK(take_contents(members, snapshot.contents, shapes));
  SHOMEI_CHECK(members.expect_done());
  const auto tables = file.subspan(kHeadBytes + head.description + pad.size(), head.tables);
  SHOMEI_TRY(snapshot.contents.base, open_tables(snapshot.contents, shapes, tables, owner));
  return snapshot;
}

Result<Snapshot> open_snapshot(ByteView file, std::shared_ptr<const void> owner,
                               const journal::VerifierKey& key) {
  SHOMEI_TRY(const auto head, parse_head(file));
  const auto signed_part = file.first(file.size() - head.note);
  const auto own_key = snapshot_key(key);
  SHOMEI_TRY(const auto note, journal::open_checkpoint(to_text(file.last(head.note)), own_key));
  crypto::Sha256Stream digest;
  digest.add(signed_part);
  if (note.origin != own_key.name || note.root != digest.finish()) return refused("status_snapshot_untrue");
  SHOMEI_TRY(auto snapshot, parse_snapshot(file, std::move(owner)));
  if (snapshot.position.size != note.size) return refused("status_snapshot_untrue");
  return snapshot;
}

}  // namespace shomei::status
