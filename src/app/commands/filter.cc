#include "filter/filter.h"

#include <nlohmann/json.hpp>

#include "app/command_list.h"
#include "app/describe.h"
#include "app/filter_source.h"
#include "app/in_file.h"
#include "app/open_home.h"
#include "cli/print.h"
#include "crypto/random.h"
#include "files/file.h"
#include "filter/check.h"
#include "filter/write_delta.h"

namespace shomei::app {
namespace {

using nlohmann::json;

constexpr std::size_t kFilterBytesMax = 256 * 1024 * 1024;
constexpr std::size_t kCertificateBytesMax = 64 * 1024;

void tell_unused(const Error& error) {
  cli::print_raw("The snapshot is not used: " + texts::says(error, texts::Language::en) + "\n", false);
}

json describe(const filter::Standing& standing, std::span<const filter::Authority> authorities,
              std::span<const filter::Count> counts) {
  json all = json::array();
  for (std::size_t i = 0; i < authorities.size(); ++i)
    all.push_back({{"authority", authorities[i].name},
                   {"issued", counts[i].issued},
                   {"revoked_or_held", counts[i].revoked}});
  return {
      {"made_at", format_jst(standing.made_at)}, {"entries", standing.checkpoint.size}, {"authorities", all}};
}

Result<journal::VerifierKey> key_of(const cli::Invocation& invocation) {
  if (invocation.has("key")) {
    SHOMEI_TRY(const auto text, files::read_file(invocation.get("key"), kCertificateBytesMax));
    std::string line = to_text(text);
    line.erase(line.find_last_not_of(" \r\n") + 1);
    return in_file(invocation.get("key"), journal::parse_verifier_key(line));
  }
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::read));
  return home->checkpoint_key();
}

Result<filter::Filter> filter_in(const std::string& file, const journal::VerifierKey& key) {
  SHOMEI_TRY(const auto bytes, files::read_file(file, kFilterBytesMax));
  return in_file(file, filter::Filter::open(bytes, key));
}

Result<pki::Certificate> certificate_in(const std::string& file) {
  SHOMEI_TRY(const auto text, files::read_file(file, kCertificateBytesMax));
  SHOMEI_TRY(const auto der, in_file(file, pki::from_pem("CERTIFICATE", to_text(text))));
  return in_file(file, pki::parse_certificate(der));
}

Result<cli::Output> written(const std::filesystem::path& out, const Bytes& bytes, json document) {
  SHOMEI_CHECK(files::write_output(out, bytes));
  document["file"] = out.string();
  document["bytes"] = bytes.size();
  return cli::Output{document.dump(), people_text(document)};
}

Result<cli::Output> write(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  home->leave_acts();
  SHOMEI_TRY(const auto key, home->checkpoint_key());
  SHOMEI_TRY(const auto state, filter_state(*home, tell_unused));
  filter::Salt salt{};
  std::ranges::copy(crypto::random_bytes(salt.size()), salt.begin());
  SHOMEI_TRY(const auto bytes,
             filter::write_filter(*state.source, state.edition, salt, key, home->checkpoint_signer()));
  SHOMEI_TRY(const auto made, filter::Filter::open(bytes, key));
  const std::string out = invocation.get("out", home->layout().revocation_filter().string());
  return written(out, bytes, describe(made.standing(), made.authorities(), made.counts()));
}

Result<cli::Output> write_delta(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto home, open_home(invocation, journal::Access::write));
  home->leave_acts();
  SHOMEI_TRY(const auto key, home->checkpoint_key());
  SHOMEI_TRY(const auto from,
             filter_in(invocation.get("filter", home->layout().revocation_filter().string()), key));
  SHOMEI_TRY(const auto state, filter_state(*home, tell_unused));
  SHOMEI_TRY(const auto bytes,
             filter::write_delta(from, *state.source, state.edition, key, home->checkpoint_signer()));
  SHOMEI_TRY(const auto made, filter::Delta::open(bytes, key));
  const std::string out = invocation.get("out", home->layout().filter_delta().string());
  return written(out, bytes, describe(made.standing(), made.authorities(), made.counts()));
}

Result<cli::Output> check(const cli::Invocation& invocation) {
  SHOMEI_TRY(const auto key, key_of(invocation));
  SHOMEI_TRY(auto filter, filter_in(invocation.get("filter"), key));
  if (invocation.has("delta")) {
    const std::string file = invocation.get("delta");
    SHOMEI_TRY(const auto bytes, files::read_file(file, kFilterBytesMax));
    SHOMEI_TRY(auto delta, in_file(file, filter::Delta::open(bytes, key)));
    SHOMEI_CHECK(in_file(file, filter.apply(std::move(delta))));
  }
  json document = describe(filter.standing(), filter.authorities(), filter.counts());
  if (!invocation.has("certificate")) return cli::Output{document.dump(), people_text(document)};
  if (!invocation.has("issuer"))
    return malformed("option_needs", {{"option", "--certificate"}, {"needs", "--issuer"}});
  SHOMEI_TRY(const auto certificate, certificate_in(invocation.get("certificate")));
  SHOMEI_TRY(const auto issuer, certificate_in(invocation.get("issuer")));
  SHOMEI_TRY(const auto answer, filter::check_certificate(filter, certificate, issuer));
  document["serial"] = certificate.tbs.serial.hex();
  document["answer"] = filter::name(answer);
  return cli::Output{document.dump(), people_text(document), answer == filter::Answer::good ? 0 : 1};
}

}  // namespace

std::vector<cli::Command> filter_commands() {
  return {
      {"filter write",
       "write the revocation filter: everything that is revoked or held, in few bits, for verifiers who ask "
       "nobody",
       "shomei filter write",
       {{"out", "FILE", "where to (default: public/revocation.filter of the home)"}, kAtOption},
       write},
      {"filter delta",
       "write what has changed since a filter was made",
       "shomei filter delta",
       {{"filter", "FILE", "the filter that verifiers have (default: public/revocation.filter)"},
        {"out", "FILE", "where to (default: public/revocation.filter-delta)"},
        kAtOption},
       write_delta},
      {"filter check",
       "verify a filter, and ask it about a certificate; exit 1 unless it is good",
       "shomei filter check --filter revocation.filter --key checkpoint.vkey --certificate c.crt --issuer "
       "signature-1.crt",
       {{"filter", "FILE", "the filter", true},
        {"delta", "FILE", "and what has changed since"},
        {"key", "FILE", "the journal's verifier key (default: the home's)"},
        {"certificate", "FILE", "the certificate in question, PEM"},
        {"issuer", "FILE", "its authority's certificate, PEM"}},
       check}};
}

}  // namespace shomei::app
