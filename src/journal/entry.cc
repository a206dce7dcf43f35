#include "journal/entry.h"

#include <algorithm>

#include "base/check.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::journal {
namespace {

constexpr std::string_view kPartDomain = "shomei journal part v1";
constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kRecordedMsMax = 253402300799999;  // the last millisecond of the year 9999

Error bad(std::string_view what) {
  return malformed("entry_form", {{"what", std::string(what)}});
}

Result<Sha256> take_digest(der::Reader& reader) {
  SHOMEI_TRY(const auto bytes, reader.take_octet_string());
  Sha256 digest{};
  if (bytes.size() != digest.size()) return bad("a commitment is not of 32 bytes");
  std::ranges::copy(bytes, digest.begin());
  return digest;
}

Result<Phase> take_phase(der::Reader& reader) {
  SHOMEI_TRY(const auto number, reader.take_enumerated());
  if (number > static_cast<std::uint8_t>(Phase::written_off)) return bad("there is no such phase");
  return static_cast<Phase>(number);
}

Result<ActId> take_act(der::Reader& reader) {
  if (reader.peek() != der::kUtf8String) return bad("the act is not a UTF8String");
  SHOMEI_TRY(const auto text, reader.take_string());
  return ActId::parse(text);
}

Result<Entry> take_entry(ByteView der) {
  SHOMEI_TRY(auto reader, der::enter_single(der));
  SHOMEI_TRY(const auto version, reader.take_integer());
  if (version != kVersion) return bad("it is of version " + std::to_string(version));
  SHOMEI_TRY(const auto sequence, reader.take_integer());
  if (sequence < 0) return bad("the sequence number is negative");
  SHOMEI_TRY(const auto recorded, reader.take_integer());
  if (recorded < 0 || recorded > kRecordedMsMax) return bad("the time is outside 1970 to 9999");
  Entry entry;
  entry.sequence = static_cast<std::uint64_t>(sequence);
  entry.recorded_at = InstantMs{std::chrono::milliseconds{recorded}};
  SHOMEI_TRY(entry.act, take_act(reader));
  SHOMEI_TRY(entry.phase, take_phase(reader));
  for (auto& commitment : entry.commitments) {
    SHOMEI_TRY(commitment, take_digest(reader));
  }
  SHOMEI_CHECK(reader.expect_done());
  return entry;
}

}  // namespace

std::string_view name(PartKind kind) {
  switch (kind) {
    case PartKind::status:
      return "status";
    case PartKind::person:
      return "person";
    case PartKind::officer:
      return "operator";
  }
  SHOMEI_INVARIANT(false);
}

std::string_view name(Phase phase) {
  switch (phase) {
    case Phase::whole:
      return "whole";
    case Phase::intent:
      return "intent";
    case Phase::result:
      return "result";
    case Phase::confirmation:
      return "confirmation";
    case Phase::written_off:
      return "written_off";
  }
  SHOMEI_INVARIANT(false);
}

Sha256 commit(PartKind kind, const Part& part) {
  const Bytes separator_and_kind{0x00, static_cast<std::uint8_t>(kind)};
  return crypto::sha256({view(kPartDomain), separator_and_kind, part.salt, part.body});
}

Bytes encode_entry(const Entry& entry) {
  SHOMEI_INVARIANT(entry.sequence <= static_cast<std::uint64_t>(INT64_MAX));
  return der::sequence(
      {der::integer(kVersion), der::integer(static_cast<std::int64_t>(entry.sequence)),
       der::integer(entry.recorded_at.time_since_epoch().count()), der::utf8_string(entry.act.text()),
       der::enumerated(static_cast<std::uint8_t>(entry.phase)), der::octet_string(entry.commitments[0]),
       der::octet_string(entry.commitments[1]), der::octet_string(entry.commitments[2])});
}

Result<Entry> parse_entry(ByteView der) {
  auto entry = take_entry(der);
  if (entry || entry.error().code == "entry_form") return entry;
  if (entry.error().code == "identifier_form") return bad("the act is not an identifier");
  return bad(entry.error().parameter("what"));
}

}  // namespace shomei::journal
