#include "counter/import_register.h"

#include "counter/admit.h"
#include "crypto/random.h"

namespace shomei::counter {
namespace {

namespace field = journal::field;

constexpr std::size_t kProgressEvery = 1000;

Result<void> import_one(journal::Transaction& transaction, const Officer& officer,
                        residents::RegisterLine& line) {
  auto& resident = line.resident;
  if (resident.id.empty()) resident.id = crypto::random_identifier<ResidentId>();
  SHOMEI_CHECK(transaction.rows().insert(resident));
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .officer = officer_fields("import", officer),
                       .about = resident.id};
  draft.person = {{std::string(field::kResident), to_bytes(resident.id.text())},
                  {std::string(field::kAfter), to_bytes(residents::encode_resident(resident))}};
  if (line.card) {
    line.card->holder = resident.id;
    if (line.card->id.empty()) line.card->id = crypto::random_identifier<CardId>();
    SHOMEI_CHECK(transaction.rows().insert(*line.card));
    draft.person.emplace(field::kCard, to_bytes(line.card->id.text()));
  }
  SHOMEI_CHECK(transaction.append(draft));
  return {};
}

// A municipality that a file names is part of the file's form, where a command's own is a thing to look up.
Result<void> expect_fit(const Parts& parts, const residents::Resident& resident, Date today) {
  if (auto known = parts.directory.municipality(resident.municipality); !known) {
    auto error = std::move(known).error();
    error.fault = Fault::malformed;
    return error;
  }
  return residents::expect_born(resident, today);
}

Error at_line(Error error, const residents::RegisterLine& line) {
  return std::move(error).with("line", std::to_string(line.number));
}

}  // namespace

Result<std::vector<residents::RegisterLine>> read_register(std::string_view text) {
  std::vector<residents::RegisterLine> lines;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto parsed = residents::parse_register_line(line);
    if (!parsed) return std::move(parsed).error().with("line", std::to_string(number));
    parsed->number = number;
    lines.push_back(*std::move(parsed));
  }
  return lines;
}

Result<Imported> import_register(const Parts& parts, const Officer& officer,
                                 std::vector<residents::RegisterLine> lines,
                                 const std::function<void(std::size_t)>& progress) {
  SHOMEI_CHECK(admit(parts, "import", officer));
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  const Date today = jst_date(parts.journal.clock().now());
  Imported imported;
  for (auto& line : lines) {
    if (auto fit = expect_fit(parts, line.resident, today); !fit)
      return at_line(std::move(fit).error(), line);
    if (auto taken = import_one(transaction, officer, line); !taken)
      return at_line(std::move(taken).error(), line);
    imported.residents.push_back(line.resident);
    if (imported.residents.size() % kProgressEvery == 0) progress(imported.residents.size());
  }
  SHOMEI_CHECK(transaction.commit());
  return imported;
}

}  // namespace shomei::counter
