// Writes filters, deltas, and what they must answer, for a reader that others wrote: make_filter FOLDER. Each
// case is NAME.filter, sometimes NAME.delta, and NAME.questions: a line a certificate, its authority's two
// digests, its serial number, and what the filter says of it before and after the delta ("good", "revoked",
// or "none": its authority is not in the filter). "key" has the verifier key, "vectors/" the files of
// tests/vectors/filter.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "filter/filter_testing.h"

using namespace shomei;
using namespace shomei::filter;

namespace {

namespace fs = std::filesystem;

void put(const fs::path& path, ByteView bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) {
    std::cerr << path << " cannot be written\n";
    std::exit(1);
  }
}

// What the states say, and never what the filter says: before from `source`, after from `later`.
std::string questions(MadeUpSource& source, MadeUpSource& later) {
  const auto said = [](const MadeUpSource& of, std::size_t authority, std::uint64_t number) -> std::string {
    if (authority >= of.certificates.size()) return "none";
    const auto found = of.certificates[authority].find(number);
    return found == of.certificates[authority].end() ? "unknown" : found->second ? "revoked" : "good";
  };
  std::string lines;
  const auto authorities = later.authorities();
  for (std::size_t i = 0; i < authorities.size(); ++i)
    for (const auto& [number, _] : later.certificates[i])
      lines += to_hex(authorities[i].issuer.subject) + " " + to_hex(authorities[i].issuer.key) + " " +
               serial_of(number).hex() + " " + said(source, i, number) + " " + said(later, i, number) + "\n";
  const auto foreign = made_up_authority("nobody").issuer;
  return lines + to_hex(foreign.subject) + " " + to_hex(foreign.key) + " " + serial_of(1).hex() +
         " none none\n";
}

void make_case(const fs::path& folder, const std::string& name, MadeUpSource source, MadeUpSource later) {
  const auto journal = known_journal();
  const auto file = written(source, journal, 1000);
  const auto from = *Filter::open(file, journal.key);
  put(folder / (name + ".filter"), file);
  put(folder / (name + ".delta"),
      *write_delta(from, later, journal.edition(1200), journal.key, *journal.signer));
  put(folder / (name + ".questions"), view(questions(source, later)));
}

// `every`-th of the certificates were revoked, and it is the `then`-th later.
void make_filled(const fs::path& folder, const std::string& name, std::uint64_t every, std::uint64_t then) {
  MadeUpSource source, later;
  source.add("signature-1").fill(0, 3000, every);
  later.add("signature-1").fill(0, 3500, then);
  make_case(folder, name, std::move(source), std::move(later));
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return std::fprintf(stderr, "usage: make_filter FOLDER\n"), 2;
  const fs::path folder = words[1];
  fs::create_directories(folder / "vectors");
  const auto key = known_journal().key;
  put(folder / "key", view(journal::encode_verifier_key(key.name, key.key) + "\n"));
  make_case(folder, "known", known_source(), later_known_source());
  make_case(folder, "empty", MadeUpSource(), MadeUpSource().add("signature-1").fill(0, 20, 3));
  make_filled(folder, "none", 0, 7);
  make_filled(folder, "all", 1, 2);
  make_filled(folder, "half", 2, 3);
  make_filled(folder, "few", 900, 1000);
  make_filled(folder, "ordinary", 20, 20);
  for (const std::string kind : {"filter", "delta"})
    fs::copy_file(folder / ("known." + kind), folder / "vectors" / (kind + "-1"),
                  fs::copy_options::overwrite_existing);
  return 0;
}
