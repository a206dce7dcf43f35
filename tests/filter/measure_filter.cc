// What a filter costs: measure_filter REVOKED ISSUED [MORE_REVOKED MORE_ISSUED]. A program to run by hand, in
// a release build. Certificates are made up from numbers and never kept, so that the peak of memory is the
// builder's. Times are of the processor. With the second pair of numbers also a delta: so many more are
// revoked of the old ones, and so many issued since, of which as many are revoked as of the old ones.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "crypto/random.h"
#include "filter/check.h"
#include "filter/filter_testing.h"

using namespace shomei;
using namespace shomei::filter;

namespace {

// So many of so many, spread evenly.
class Spread {
 public:
  Spread(std::uint64_t of_them, std::uint64_t all) : of_them_(of_them), all_(all), sum_(all / 2) {}
  bool next() {
    sum_ += of_them_;
    if (sum_ < all_) return false;
    sum_ -= all_;
    return true;
  }

 private:
  std::uint64_t of_them_, all_, sum_;
};

struct Counts {
  std::uint64_t revoked, issued, more_revoked, more_issued;
};

class CountedSource : public Source {
 public:
  explicit CountedSource(Counts counts) : counts_(counts) {}
  std::vector<Authority> authorities() const override { return {made_up_authority("signature-1")}; }
  Result<void> each(const Visit& visit) override {
    Spread revoked(counts_.revoked, counts_.issued),
        more(counts_.more_revoked, counts_.issued - counts_.revoked);
    for (std::uint64_t number = 0; number < counts_.issued + counts_.more_issued; ++number) {
      const bool old = number < counts_.issued;
      visit(0, serial_of(number), revoked.next() || (old && more.next()));
    }
    return {};
  }

 private:
  Counts counts_;
};

double seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

long peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

Salt fresh_salt() {
  Salt salt;
  std::ranges::copy(crypto::random_bytes(salt.size()), salt.begin());
  return salt;
}

void measure_answers(const Filter& filter) {
  const auto issuer = made_up_authority("signature-1").issuer;
  constexpr std::uint64_t kQuestions = 1'000'000;
  std::uint64_t revoked = 0;
  const double begun = seconds();
  for (std::uint64_t i = 0; i < kQuestions; ++i)
    revoked += filter.answer(issuer, serial_of(i * 17)) == Answer::revoked_or_held ? 1 : 0;
  std::printf("answer: %.0f ns (%llu of a million revoked)\n", (seconds() - begun) * 1e9 / kQuestions,
              static_cast<unsigned long long>(revoked));
}

}  // namespace

int main(int count, char** words) {
  if (count != 3 && count != 5)
    return std::fprintf(stderr, "usage: measure_filter REVOKED ISSUED [MORE_REVOKED MORE_ISSUED]\n"), 2;
  const auto number = [&](int i) { return std::strtoull(words[i], nullptr, 10); };
  const Journal journal;
  CountedSource source({number(1), number(2), 0, 0});
  const double walked_from = seconds();
  if (!source.each([](std::size_t, const pki::SerialNumber&, bool) {})) return 1;
  const double begun = seconds();
  const auto file = *write_filter(source, journal.edition(1), fresh_salt(), journal.key, *journal.signer);
  const double ended = seconds();
  std::printf(
      "source: %.2f s a walk\nbuilt: %.2f s, two walks among them; %zu bytes, %.3f bits a revoked "
      "certificate; "
      "peak %ld MiB\n",
      begun - walked_from, ended - begun, file.size(),
      static_cast<double>(file.size()) * 8 / static_cast<double>(number(1)), peak_mib());
  const auto opened_from = seconds();
  const auto filter = *Filter::open(file, journal.key);
  const auto& section = filter.sections()[0];
  std::printf("opened: %.3f s; fingerprints of %u bits in %u slots, second map of %u\n",
              seconds() - opened_from, section.first.shape().columns, section.first.shape().slots,
              section.second.shape().slots);
  measure_answers(filter);
  const auto compared = *compare(filter, source);
  std::printf("wrong: %llu of %llu\n", static_cast<unsigned long long>(compared.wrong),
              static_cast<unsigned long long>(compared.certificates));
  if (count == 5) {
    CountedSource later({number(1), number(2), number(3), number(4)});
    const double delta_from = seconds();
    const auto changes = *write_delta(filter, later, journal.edition(2), journal.key, *journal.signer);
    auto brought = filter;
    if (!brought.apply(*Delta::open(changes, journal.key))) return 1;
    std::printf("delta: %.2f s, %zu bytes, wrong after it: %llu\n", seconds() - delta_from, changes.size(),
                static_cast<unsigned long long>(compare(brought, later)->wrong));
  }
  return compared.wrong == 0 ? 0 : 1;
}
