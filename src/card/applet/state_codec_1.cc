// Version 1 of a card's state, which an earlier program wrote: one application, no issuer's channel. Read,
// and never written again.
#include "card/applet/state_members.h"
#include "der/reader.h"

namespace shomei::card::applet {
namespace {

constexpr der::Tag kPinTag = der::context_constructed(0);
constexpr der::Tag kKeyTag = der::context(1);

Result<void> take_kind(ChipState& state, Kind kind, der::Reader reader) {
  auto& half = state.of(kind);
  if (reader.peek() == kPinTag) {
    SHOMEI_TRY(auto members, reader.enter(kPinTag));
    SHOMEI_TRY(state.pin(pin_id(kind)), take_pin(pin_id(kind), members));
    SHOMEI_CHECK(members.expect_done());
  }
  SHOMEI_TRY(const auto key, reader.take_if(kKeyTag));
  if (key) {
    SHOMEI_TRY(half.key, parse_key(crypto::KeyType::rsa_2048, key->content));
  }
  SHOMEI_TRY(half.certificate, take_certificate(reader));
  SHOMEI_TRY(half.authority_certificate, take_certificate(reader));
  return reader.expect_done();
}

}  // namespace

Result<ChipState> parse_state_1(ByteView bytes) {
  SHOMEI_TRY(auto reader, der::enter_single(bytes));
  SHOMEI_TRY(const auto version, reader.take_integer());
  if (version != 1) return bad_state("version " + std::to_string(version));
  ChipState state;
  SHOMEI_TRY(state.phase, take_phase(reader));
  SHOMEI_TRY(state.token_serial, take_array<kTokenSerialBytes>(reader));
  SHOMEI_CHECK(take_array<kAvailabilityBytes>(reader));  // follows from what is there
  for (const Kind kind : kKinds) {
    SHOMEI_TRY(const auto members, reader.enter(der::kSequence));
    SHOMEI_CHECK(take_kind(state, kind, members));
  }
  SHOMEI_CHECK(reader.expect_done());
  return state;
}

}  // namespace shomei::card::applet
