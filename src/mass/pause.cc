#include <nlohmann/json.hpp>

#include "counter/admit.h"
#include "counter/traced.h"
#include "crypto/random.h"
#include "mass/carry_out.h"
#include "mass/running.h"

namespace shomei::mass {
namespace {

constexpr std::string_view kAct = "pause_mass";

// An act of its own: another entry of the order's would tell whoever carries it out that somebody else does.
Result<void> record(const counter::Parts& parts, const counter::Officer& officer, const Standing& standing) {
  const nlohmann::json said{{"order", standing.order.id.text()}, {"through", standing.through}};
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .officer = counter::officer_fields(kAct, officer)};
  draft.officer.insert_or_assign(std::string(journal::field::kMass), to_bytes(said.dump()));
  SHOMEI_TRY(auto transaction, parts.journal.begin());
  SHOMEI_CHECK(transaction.append(draft));
  return transaction.commit();
}

Result<Standing> pause_now(const Parts& parts, const counter::Officer& officer, Standing standing) {
  SHOMEI_CHECK(expect_not_ended(standing));
  // Whoever carries it out looks beside the list: on another machine nobody would hear of it.
  if (const auto list = parts.folder.list(standing.order.id); !std::filesystem::exists(list))
    return not_found("mass_list_missing", {{"path", list.string()}});
  SHOMEI_CHECK(record(parts.counter, officer, standing));
  SHOMEI_CHECK(files::replace_file(parts.folder.pause(standing.order.id), ByteView{}));
  return standing;
}

}  // namespace

Result<Standing> pause(const Parts& parts, const counter::Officer& officer, const ActId& order) {
  SHOMEI_CHECK(counter::admit(parts.counter, kAct, officer));
  SHOMEI_TRY(auto rows, parts.counter.journal.read());
  SHOMEI_TRY(auto standing, read_standing(*rows, order));
  rows.reset();
  return counter::traced(parts.counter, kAct, officer, {}, pause_now(parts, officer, std::move(standing)));
}

}  // namespace shomei::mass
