#include "home/settle_box.h"

#include <algorithm>

#include "card/applet/chip_transport.h"
#include "counter/card_policy.h"
#include "counter/facts.h"
#include "crypto/digest.h"

namespace shomei::home {
namespace {

using authority::CardEnd;
using counter::CardEnds;
using issuer::Script;

Error elsewhere(const CardId& card) {
  return not_found("card_not_made", {{"card", card.text()}});
}

// A card of an earlier version has no channel: what it is can be seen, and no more.
Result<CardEnd> end_without_channel(const card::applet::ChipState& state,
                                    const journal::CertificateRecord& record) {
  const auto& half = state.of(counter::card_kind(record.kind));
  if (!half.key || crypto::sha256(half.key->public_key().spki()) != record.key) return elsewhere(record.card);
  const bool holds = state.phase == card::applet::Phase::operational && half.certificate == record.der;
  return holds ? CardEnd::held : CardEnd::rolled_back;
}

Result<void> send(issuer::Session& session, card::Transport& card, issuer::Commands commands) {
  while (!commands.empty()) {
    std::vector<Bytes> answers;
    for (const auto& command : commands) {
      SHOMEI_TRY(auto answer, card.transmit(command));
      answers.push_back(std::move(answer));
    }
    SHOMEI_TRY(commands, session.take(answers));
  }
  return {};
}

}  // namespace

Result<CardEnd> BoxSettling::end_of(const journal::CertificateRecord& record) {
  auto known = settled_.find(record.card);
  if (known == settled_.end()) {
    SHOMEI_TRY(const auto file, box_.take(record.card));
    if (!file->chip().state().factory) return end_without_channel(file->chip().state(), record);
    known = settled_.emplace(record.card, settle(file->chip(), record.resident, record.card)).first;
  }
  if (!known->second) return known->second.error();
  const auto& certificates = known->second->certificates;
  const auto found = std::ranges::find_if(certificates, [&](const auto& c) {
    return c.record.serial == record.serial && c.record.kind == record.kind;
  });
  if (found == certificates.end() || found->end == CardEnd::rolled_back) return elsewhere(record.card);
  return found->end;
}

Result<CardEnds> BoxSettling::settle(card::applet::Chip& chip, const ResidentId& resident,
                                     const CardId& card) {
  SHOMEI_TRY(auto rows, journal_.read());
  SHOMEI_TRY(const auto unsettled, counter::find_unsettled(*rows, resident, card));
  rows.reset();
  return talk(chip, resident, card, unsettled);
}

// A home opens without what draws pictures.
Result<counter::CardContents> BoxSettling::contents_of(const ResidentId& resident) {
  if (!contents_) return counter::CardContents{};
  SHOMEI_TRY(auto rows, journal_.read());
  SHOMEI_TRY(const auto holder, counter::find_holder(*rows, resident));
  rows.reset();
  auto contents = contents_(holder.resident, holder.card);
  if (!contents) return elsewhere(holder.card.id);
  return contents;
}

Result<CardEnds> BoxSettling::talk(card::applet::Chip& chip, const ResidentId& resident, const CardId& card,
                                   const counter::Unsettled& unsettled) {
  issuer::Session session([&](std::uint8_t version, ByteView data) -> Result<card::channel::KeySet> {
    if (!equal(data, issuer::diversification_of(card))) return elsewhere(card);
    return issuer_.keys_of(version, data);
  });
  CardEnds ends;
  auto look = issuer::ask_status([&](const issuer::CardStatus& status) -> Result<Script> {
    ends = counter::judge_card(unsettled, status);
    SHOMEI_CHECK(counter::record_dropped_keys(ends, resident, card, authority::recovering(), journal_));
    counter::CardContents contents;
    if (counter::comes_into_use(ends, status)) {
      SHOMEI_TRY(contents, contents_of(resident));
    }
    return counter::settle_on_card(ends, unsettled, status, contents, issuer::over);
  });
  card::applet::ChipTransport transport(chip);
  SHOMEI_CHECK(send(session, transport, session.open(std::move(look))));
  SHOMEI_CHECK(counter::record_pin_acts(ends, authority::recovering(), journal_));
  return ends;
}

}  // namespace shomei::home
