#include "mass/notices.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <tuple>

#include "files/file.h"

namespace shomei::mass {
namespace {

using Json = nlohmann::json;
constexpr std::size_t kPieceBytes = 64 * 1024;

struct Told {
  ResidentId resident;
  pki::CertificateKind kind{};
  Date last_day;
  bool operator<(const Told& other) const {
    return std::tie(resident, kind, last_day) < std::tie(other.resident, other.kind, other.last_day);
  }
};
using Municipalities = std::map<std::string, std::vector<Told>>;

// In the order of Verb.
constexpr std::array<std::string_view, 4> kWhatToDo{"revoked_come_for_new_ones", "suspended_wait_for_word",
                                                    "come_for_new_ones", "read_the_notice"};

Result<Municipalities> gather(const Standing& standing, const FixedList& list,
                              const Authorities& authorities) {
  Municipalities all;
  auto passed = standing.passed_over.begin();
  std::uint64_t place = 0;
  const auto take = [&](const Line& line) {
    if (place == standing.through) return false;
    const bool is_passed = passed != standing.passed_over.end() && passed->place == place;
    if (is_passed) ++passed;
    ++place;
    const auto authority = authorities.find(line.authority);
    if (is_passed || line.resident.empty() || authority == authorities.end()) return true;
    all[line.municipality].push_back({line.resident, authority->second.kind, line.last_day});
    return true;
  };
  SHOMEI_CHECK(list.each(0, take));
  for (auto& [municipality, told] : all) std::ranges::sort(told, std::less<>());
  return all;
}

std::string line_of(std::span<const Told> told, Verb verb) {
  Json certificates = Json::array();
  for (const auto& one : told)
    certificates.push_back({{"kind", pki::name(one.kind)}, {"last_day", format_date(one.last_day)}});
  return Json{{"resident", told.front().resident.text()},
              {"certificates", std::move(certificates)},
              {"what_to_do", kWhatToDo[static_cast<std::size_t>(verb)]}}
             .dump() +
         "\n";
}

Result<void> write_lines(std::span<const Told> all, Verb verb, const files::WritePiece& write) {
  std::string piece;
  while (!all.empty()) {
    const auto other =
        std::ranges::find_if(all, [&](const Told& told) { return told.resident != all.front().resident; });
    const auto count = static_cast<std::size_t>(other - all.begin());
    piece += line_of(all.first(count), verb);
    all = all.subspan(count);
    if (piece.size() < kPieceBytes && !all.empty()) continue;
    SHOMEI_CHECK(write(view(piece)));
    piece.clear();
  }
  return {};
}

}  // namespace

Result<std::uint64_t> write_notices(const Standing& standing, const FixedList& list,
                                    const Authorities& authorities, const std::filesystem::path& folder) {
  SHOMEI_TRY(const auto all, gather(standing, list, authorities));
  SHOMEI_CHECK(files::make_own_folder(folder));
  for (const auto& [municipality, told] : all) {
    const auto name = (municipality.empty() ? "none" : municipality) + ".jsonl";
    SHOMEI_CHECK(files::replace_file(folder / name, [&](const files::WritePiece& write) {
      return write_lines(told, standing.order.verb, write);
    }));
  }
  return all.size();
}

}  // namespace shomei::mass
