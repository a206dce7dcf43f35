// What each file in commands/ brings to the list.
#pragma once

#include <vector>

#include "cli/command.h"

namespace shomei::app {

std::vector<cli::Command> init_commands();
std::vector<cli::Command> serve_commands();
std::vector<cli::Command> resident_commands();
std::vector<cli::Command> counter_commands();
std::vector<cli::Command> counter_issue_commands();
std::vector<cli::Command> counter_card_commands();
std::vector<cli::Command> card_commands();
std::vector<cli::Command> card_info_commands();
std::vector<cli::Command> card_insert_commands();
std::vector<cli::Command> card_read_commands();
std::vector<cli::Command> card_sign_commands();
std::vector<cli::Command> card_trace_commands();
std::vector<cli::Command> card_trust_commands();
std::vector<cli::Command> certificate_commands();
std::vector<cli::Command> crl_commands();
std::vector<cli::Command> snapshot_commands();
std::vector<cli::Command> verifier_commands();
std::vector<cli::Command> filter_commands();
std::vector<cli::Command> journal_commands();
std::vector<cli::Command> why_commands();
std::vector<cli::Command> bench_commands();
std::vector<cli::Command> bench_sign_commands();
std::vector<cli::Command> bench_card_commands();
std::vector<cli::Command> bench_card_issue_commands();
std::vector<cli::Command> bench_issue_commands();
std::vector<cli::Command> bench_crl_commands();
std::vector<cli::Command> bench_find_commands();
std::vector<cli::Command> bench_fill_commands();
std::vector<cli::Command> bench_ocsp_commands();
std::vector<cli::Command> bench_revoke_commands();
std::vector<cli::Command> doctor_commands();
std::vector<cli::Command> ceremony_commands();
std::vector<cli::Command> keys_commands();
std::vector<cli::Command> bad_keys_commands();
std::vector<cli::Command> bad_keys_lists_commands();
std::vector<cli::Command> backup_commands();
std::vector<cli::Command> migrate_commands();
std::vector<cli::Command> drill_commands();
std::vector<cli::Command> officer_commands();
std::vector<cli::Command> agreement_commands();
std::vector<cli::Command> mass_commands();
std::vector<cli::Command> mass_plan_commands();

}  // namespace shomei::app
