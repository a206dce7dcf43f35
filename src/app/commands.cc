#include "app/commands.h"

#include <algorithm>

#include "app/command_list.h"
#include "app/officer_options.h"

namespace shomei::app {

namespace {

// Whoever names an officer may have to show who they are.
void add_proof(cli::Command& command) {
  if (std::ranges::find(command.options, "officer", &cli::Option::name) == command.options.end()) return;
  for (auto& option : proof_options()) command.options.push_back(option);
}

}  // namespace

std::span<const cli::Command> commands() {
  static const std::vector<cli::Command> all = [] {
    std::vector<cli::Command> list;
    for (auto part : {init_commands,          serve_commands,        resident_commands,
                      counter_issue_commands, counter_card_commands, counter_commands,
                      card_insert_commands,   card_commands,         card_read_commands,
                      card_info_commands,     card_sign_commands,    card_trace_commands,
                      card_trust_commands,    certificate_commands,  crl_commands,
                      snapshot_commands,      verifier_commands,     filter_commands,
                      journal_commands,       why_commands,          ceremony_commands,
                      keys_commands,          bad_keys_commands,     bad_keys_lists_commands,
                      backup_commands,        migrate_commands,      bench_commands,
                      bench_sign_commands,    bench_card_commands,   bench_card_issue_commands,
                      bench_issue_commands,   bench_find_commands,   bench_fill_commands,
                      bench_ocsp_commands,    bench_revoke_commands, doctor_commands,
                      officer_commands,       agreement_commands,    mass_plan_commands,
                      mass_commands,          bench_crl_commands,    drill_commands})
      for (auto& command : part()) list.push_back(std::move(command));
    for (auto& command : list) add_proof(command);
    return list;
  }();
  return all;
}

}  // namespace shomei::app
