// A load on the authority: many threads issue, confirm, suspend, restore and revoke as counters elsewhere ask
// for it, some of them the same thing at the same time. What is done is a function of the seed; when, of the
// machine.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "counter/issue_online.h"
#include "journal/checkpoint.h"
#include "tests/faults/act_log.h"

namespace shomei::test {

// One person's request for one certificate, made beforehand: the key signed it and is gone.
struct PreparedRequest {
  RequestId request;
  ResidentId resident;
  pki::CertificateKind kind{};
  Bytes pkcs10;
};

// A request for each of both kinds, of so many people.
Result<std::vector<PreparedRequest>> make_requests(std::size_t people);
// Takes those who request into the register, with cards.
Result<void> take_in(const counter::Parts& parts, const std::vector<PreparedRequest>& requests);

// A file of them, a line each.
bool write_requests(const std::string& path, const std::vector<PreparedRequest>& requests);
std::vector<PreparedRequest> read_requests(const std::string& path);

struct LoadOptions {
  std::uint64_t seed = 0;
  unsigned threads = 6;
  std::size_t issues_max = 1000;
  // Between two sendings of a request that was answered `unavailable`, of which there are kSendingsMax.
  std::chrono::milliseconds patience{10};
};

// Ends when everything was asked once. Errors are in the log alone: after each the next request follows. A
// reader watches meanwhile, and believes checkpoints of that key.
void run_load(const counter::Parts& parts, const journal::VerifierKey& key,
              const std::vector<PreparedRequest>& requests, ActLog& log, const LoadOptions& options);

// The same request once more, as somebody who does not know what became of it would send it.
Result<journal::CertificateRecord> send_issue(const counter::Parts& parts, const PreparedRequest& prepared);
Result<journal::CertificateRecord> send_change(const counter::Parts& parts, ActVerb verb,
                                               const RequestId& request, const pki::SerialNumber& serial);

}  // namespace shomei::test
