#include "app/measure_finding.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <random>

#include "app/spread.h"
#include "authority/serial.h"
#include "counter/change_status.h"
#include "counter/find_resident.h"
#include "crypto/random.h"

namespace shomei::app {
namespace {

using Clock = std::chrono::steady_clock;

// An entry in three is of an issue's result where nothing else happens; this many are looked at for each that
// is wanted.
constexpr std::size_t kTriesMax = 30;

// What is in the store, at random.
struct Sample {
  std::vector<pki::SerialNumber> serials;
  // Of other certificates.
  std::vector<ResidentId> residents;
  std::vector<std::pair<OfficeId, std::string>> places;  // an office, and a serial number that it issued
};

class Sampling {
 public:
  explicit Sampling(journal::Rows& rows) : rows_(rows) {}

  Result<Sample> take(std::size_t count) {
    SHOMEI_TRY(size_, rows_.journal_size());
    Sample sample;
    SHOMEI_TRY(sample.serials, serials(count));
    SHOMEI_TRY(const auto others, serials(count));
    for (const auto& serial : others) {
      SHOMEI_TRY(const auto records, rows_.find_certificates(serial));
      if (records.empty()) continue;
      sample.residents.push_back(records.front().resident);
      sample.places.emplace_back(records.front().office, serial.hex());
    }
    if (sample.serials.empty() || sample.residents.empty()) return not_found("bench_nothing_issued");
    return sample;
  }

 private:
  Result<std::vector<pki::SerialNumber>> serials(std::size_t count) {
    std::vector<pki::SerialNumber> found;
    for (std::size_t tries = 0; size_ > 0 && tries < kTriesMax * count && found.size() < count; ++tries) {
      const auto sequence = std::uniform_int_distribution<std::uint64_t>(0, size_ - 1)(random_);
      SHOMEI_CHECK(rows_.each_entry(sequence, {true, false, false}, [&](const journal::StoredEntry& stored) {
        add(stored, found);
        return false;
      }));
    }
    return found;
  }

  static void add(const journal::StoredEntry& stored, std::vector<pki::SerialNumber>& to) {
    const auto& part = stored.parts[static_cast<std::size_t>(journal::PartKind::status)];
    if (!part) return;
    const auto changes = journal::parse_status_part(part->body);
    if (!changes) return;
    for (const auto& change : *changes)
      if (const auto* issued = std::get_if<journal::CertificateIssued>(&change)) to.push_back(issued->serial);
  }

  journal::Rows& rows_;
  std::uint64_t size_ = 0;
  std::mt19937_64 random_{std::random_device{}()};
};

enum class Expect { there, missing, either };

// How many rows it found.
using Question = std::function<Result<std::size_t>(journal::Rows&, std::size_t number)>;

class Measuring {
 public:
  Measuring(const home::Home& home, std::size_t count) : home_(home), count_(count) {}

  Result<void> ask(std::string what, Expect expected, const Question& question) {
    Found found{.what = std::move(what), .there = expected != Expect::missing};
    std::vector<double> milliseconds;
    for (std::size_t i = 0; i < count_; ++i) {
      const auto start = Clock::now();
      SHOMEI_TRY(const auto rows, home_.rows());
      SHOMEI_TRY(const auto rows_found, question(*rows, i));
      milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
      if (expected != Expect::either && (rows_found > 0) != found.there) ++found.wrong;
    }
    std::ranges::sort(milliseconds);
    found.asked = milliseconds.size();
    found.p50_ms = value_at(milliseconds, 0.50);
    found.p99_ms = value_at(milliseconds, 0.99);
    found.max_ms = milliseconds.back();
    result.questions.push_back(std::move(found));
    return {};
  }
  FindingMeasurement result;

 private:
  const home::Home& home_;
  std::size_t count_;
};

// What is missing is no error here.
template <class T>
Result<std::size_t> one_or_none(const Result<T>& found) {
  if (found) return std::size_t{1};
  if (found.error().fault == Fault::not_found) return std::size_t{0};
  return found.error();
}

template <class T>
Result<std::size_t> how_many(const Result<std::vector<T>>& found) {
  if (!found) return found.error();
  return found->size();
}

Result<void> ask_of_serials(Measuring& measuring, const Sample& sample) {
  SHOMEI_CHECK(measuring.ask("certificate_by_serial", Expect::there, [&](journal::Rows& rows, std::size_t i) {
    return one_or_none(counter::find_certificate(rows, sample.serials[i % sample.serials.size()]));
  }));
  return measuring.ask("certificate_by_serial", Expect::missing, [](journal::Rows& rows, std::size_t) {
    return one_or_none(counter::find_certificate(rows, authority::random_serial()));
  });
}

// As `certificate list --resident` asks: the resident, then the certificates.
Result<std::size_t> certificates_of(journal::Rows& rows, const ResidentId& id) {
  const auto resident = counter::find_resident(rows, id.text());
  if (!resident) return one_or_none(resident);
  return how_many(rows.certificates_of(resident->id));
}

Result<void> ask_of_residents(Measuring& measuring, const Sample& sample) {
  SHOMEI_CHECK(
      measuring.ask("certificates_of_resident", Expect::there, [&](journal::Rows& rows, std::size_t i) {
        return certificates_of(rows, sample.residents[i % sample.residents.size()]);
      }));
  SHOMEI_CHECK(
      measuring.ask("certificates_of_resident", Expect::missing, [](journal::Rows& rows, std::size_t) {
        return certificates_of(rows, crypto::random_identifier<ResidentId>());
      }));
  // Identifiers are random, too: behind a random one stands a random page.
  return measuring.ask("page_of_residents", Expect::either, [](journal::Rows& rows, std::size_t) {
    return how_many(rows.list_residents({crypto::random_identifier_text(), kPageOfResidents}));
  });
}

Result<void> ask_of_offices(Measuring& measuring, const Sample& sample) {
  const auto place = [&](std::size_t i) { return sample.places[i % sample.places.size()]; };
  SHOMEI_CHECK(measuring.ask("newest_of_office", Expect::there, [&](journal::Rows& rows, std::size_t i) {
    return how_many(rows.certificates_of_office(place(i).first, {"", kPageOfOffice}));
  }));
  SHOMEI_CHECK(measuring.ask("page_of_office", Expect::either, [&](journal::Rows& rows, std::size_t i) {
    const auto [office, behind] = place(i);
    return how_many(rows.certificates_of_office(office, {behind, kPageOfOffice}));
  }));
  return measuring.ask("newest_of_office", Expect::missing, [](journal::Rows& rows, std::size_t) {
    return how_many(rows.certificates_of_office(crypto::random_identifier<OfficeId>(), {"", kPageOfOffice}));
  });
}

}  // namespace

Result<FindingMeasurement> measure_finding(const home::Home& home, std::size_t count) {
  Sample sample;
  Measuring measuring(home, count);
  {
    SHOMEI_TRY(const auto rows, home.rows());
    SHOMEI_TRY(sample, Sampling(*rows).take(count));
    SHOMEI_TRY(measuring.result.entries, rows->journal_size());
  }
  SHOMEI_CHECK(ask_of_serials(measuring, sample));
  SHOMEI_CHECK(ask_of_residents(measuring, sample));
  SHOMEI_CHECK(ask_of_offices(measuring, sample));
  return std::move(measuring.result);
}

}  // namespace shomei::app
