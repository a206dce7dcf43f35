#include "app/measure_card_issue.h"

#include <chrono>

#include "card/applet/chip_transport.h"
#include "counter/card_visit.h"
#include "counter/import_register.h"
#include "counter/issue.h"
#include "crypto/random.h"

namespace shomei::app {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

double ms_since(Clock::time_point start) {
  return Milliseconds(Clock::now() - start).count();
}

// Where the time of one issue goes.
struct Split {
  double whole = 0, key_generation = 0, card = 0, issuer = 0;
  std::size_t commands = 0;
  bool making_key = false;  // the next command is GENERATE
};

class TimedCard final : public card::Transport {
 public:
  TimedCard(card::Transport& of, Split& split) : of_(of), split_(split) {}
  Result<Bytes> transmit(ByteView command) override {
    const auto start = Clock::now();
    auto answer = of_.transmit(command);
    (split_.making_key ? split_.key_generation : split_.card) += ms_since(start);
    split_.making_key = false;
    ++split_.commands;
    return answer;
  }

 private:
  card::Transport& of_;
  Split& split_;
};

class TimedIssuer final : public counter::CardIssuer {
 public:
  TimedIssuer(counter::CardIssuer& of, Split& split) : of_(of), split_(split) {}
  Result<counter::Turn> begin(const counter::Errand& errand) override {
    split_.making_key = errand.what == counter::Errand::What::make_key;
    return timed([&] { return of_.begin(errand); });
  }
  Result<counter::Turn> go_on(const std::vector<Bytes>& answers) override {
    return timed([&] { return of_.go_on(answers); });
  }
  const CardId& card() const override { return of_.card(); }

 private:
  template <class Step>
  Result<counter::Turn> timed(const Step& step) {
    const auto start = Clock::now();
    auto turn = step();
    split_.issuer += ms_since(start);
    return turn;
  }
  counter::CardIssuer& of_;
  Split& split_;
};

counter::Officer officer_of(const counter::Parts& parts) {
  return {"bench", parts.directory.offices.front().id, crypto::ordered_identifier<RequestId>()};
}

Result<ResidentId> take_in_somebody(const counter::Parts& parts) {
  residents::RegisterLine line;
  auto& r = line.resident;
  r.id = crypto::ordered_identifier<ResidentId>();
  r.name = "見本　計";
  r.address = "東京都稲城市東長沼２１１１番地";
  r.born = *parse_date("1990-01-02");
  r.municipality = r.registered_domicile = parts.directory.offices.front().municipality;
  line.card.emplace();
  line.card->id = crypto::ordered_identifier<CardId>();
  line.card->valid_until = *parse_date("2036-01-01");
  const auto id = r.id;
  SHOMEI_CHECK(counter::import_register(parts, officer_of(parts), {line}, [](std::size_t) {}));
  return id;
}

Result<Split> issue_one(home::Home& home) {
  const auto parts = home.parts();
  SHOMEI_TRY(const auto resident, take_in_somebody(parts));
  Split split;
  const auto start = Clock::now();
  const counter::IssueRequest request{
      officer_of(parts),
      resident,
      {pki::CertificateKind::user_authentication, pki::CertificateKind::signature},
      {}};
  SHOMEI_TRY(const auto grants, counter::decide_issue(parts, request));
  SHOMEI_TRY(const auto file, home.card_box().take_or_make(grants.holder().card.id, home.make_card()));
  card::applet::ChipTransport chip(file->chip());
  TimedCard card(chip, split);
  counter::CardVisit visit(parts, request.officer, resident);
  TimedIssuer issuer(visit, split);
  SHOMEI_TRY(auto open, counter::carry_out(issuer, card, {.what = counter::Errand::What::open}));
  const counter::CardPins pins{SecretBytes::of_text("8351"), SecretBytes::of_text("HK7Q29")};
  SHOMEI_CHECK(counter::issue(parts, grants, pins, {issuer, card, std::move(open.card)}));
  split.whole = ms_since(start);
  return split;
}

}  // namespace

Result<CardIssueMeasurement> measure_card_issue(home::Home& home, std::size_t cards) {
  std::vector<double> whole, keys, card, issuer, authority;
  CardIssueMeasurement found;
  for (found.cards = 0; found.cards < cards; ++found.cards) {
    SHOMEI_TRY(const auto split, issue_one(home));
    whole.push_back(split.whole);
    keys.push_back(split.key_generation);
    card.push_back(split.card);
    issuer.push_back(split.issuer);
    authority.push_back(split.whole - split.key_generation - split.card - split.issuer);
    found.commands = static_cast<double>(split.commands);
  }
  found.whole_ms = spread_of(whole);
  found.key_generation_ms = spread_of(keys);
  found.card_ms = spread_of(card);
  found.issuer_ms = spread_of(issuer);
  found.authority_ms = spread_of(authority);
  return found;
}

}  // namespace shomei::app
