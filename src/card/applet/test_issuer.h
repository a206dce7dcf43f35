// For the tests of this folder: the issuer at one end of the channel, the chip at the other.
#pragma once

#include <optional>

#include "card/applet/test_card.h"
#include "card/channel/host_channel.h"
#include "card/instruction.h"
#include "crypto/random.h"
#include "der/writer.h"

namespace shomei::card::applet {

using channel::HostChannel;
using channel::Level;

inline constexpr std::string_view kSelectDomain = "00a4040c07a0000001510000";

inline Bytes object(der::Tag tag, ByteView content) {
  return der::encode(tag, content);
}

inline Bytes named(ApplicationId application_id, FileId file) {
  Bytes id;
  append_u16(id, file);
  return concatenate({object(0x4F, application(application_id).name), object(0x51, id)});
}

inline Bytes u16_object(der::Tag tag, std::size_t value) {
  Bytes content;
  append_u16(content, static_cast<std::uint16_t>(value));
  return object(tag, content);
}

// As a certificate begins, as far as the chip reads it.
inline Bytes certificate_for(const crypto::PublicKey& key) {
  const Bytes filler = der::sequence({der::octet_string(Bytes(40, 0x11))});
  const Bytes tbs = der::sequence({der::constructed(der::context_constructed(0), {der::integer(2)}),
                                   der::integer(7), filler, filler, filler, filler, key.spki()});
  return der::sequence({tbs, filler, der::bit_string(Bytes(256, 0x5A))});
}

// What a certification request is signed over.
inline Bytes request_info(const crypto::PublicKey& key) {
  const Bytes subject = der::encode(der::kSequence, {});
  return der::sequence({der::integer(0), subject, key.spki(),
                        der::constructed(der::context_constructed(0), {der::octet_string(Bytes(30, 0x41))})});
}

struct IssuerAndCard {
  explicit IssuerAndCard(ChipState state) : card(std::move(state)) {}

  static ChipState born(CardKind kind = CardKind::standard) { return ChipState::born(kind, test_factory()); }

  void open(Level level = Level::all) {
    card.expect({{kSelectDomain, "9000"}});
    host.emplace(HostChannel::begin(test_factory()->issuer_keys.clone(), crypto::random_bytes(8)));
    const auto update = parse_answer(card.chip.respond(host->initialize_update().reveal())).value();
    if (update.word != sw::kDone) return;  // the card could not store its counter
    const auto authenticate = host->external_authenticate(update.data, level).value();
    (void)host->unwrap(card.chip.respond(authenticate.reveal()));
  }

  Answer send(std::uint8_t ins, std::uint8_t p1, std::uint8_t p2, ByteView data = {},
              std::optional<std::uint32_t> le = {}) {
    const auto wrapped = host->wrap({kOwnClass, ins, p1, p2, data, le});
    if (!wrapped) return sw::kConditions;  // the channel is closed
    return host->unwrap(card.chip.respond(wrapped->reveal())).value_or(Answer(sw::kConditions));
  }
  StatusWord write(ApplicationId application, FileId file, const Bytes& content, std::size_t block = 200) {
    for (std::size_t offset = 0;; offset += block) {
      const auto count = std::min(block, content.size() - offset);
      Bytes data = named(application, file);
      append(data, u16_object(0x54, offset));
      if (offset == 0) append(data, u16_object(0x80, content.size()));
      append(data, object(0x53, ByteView(content).subspan(offset, count)));
      const auto word = send(ins::kUpdateBinary, 0, 0, data).word;
      if (word != sw::kDone || offset + count == content.size()) return word;
    }
  }
  Answer generate(Kind kind, ByteView challenge) {
    return send(ins::kGenerateKeyPair, 0, 0,
                concatenate({named(ApplicationId::jpki, key_file(kind)), object(0x81, challenge)}), 2048);
  }
  Answer sign_with_pending(Kind kind, ByteView message) {
    return send(ins::kComputeSignature, 0x9E, 0x9A,
                concatenate({named(ApplicationId::jpki, key_file(kind)), object(0x53, message)}), 1024);
  }
  Answer open_pin(ApplicationId application, FileId file) {
    return send(ins::kResetRetryCounter, 3, 0, named(application, file));
  }
  const ChipState& state() const { return card.chip.state(); }

  TestCard card;
  std::optional<HostChannel> host;
};

}  // namespace shomei::card::applet
