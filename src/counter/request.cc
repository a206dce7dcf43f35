#include "counter/request.h"

namespace shomei::counter {
namespace {

constexpr std::string_view kSpace = "serial_space", kSerial = "serial", kState = "state", kAt = "at",
                           kReason = "reason";

Error answer_broken(const RequestId& request) {
  return internal("store_row_broken", {{"what", "the answer of the request " + request.text()}});
}

Result<journal::CertificateRecord> parse_answer(journal::Rows& rows, const journal::Fields& answer) {
  SHOMEI_TRY(const auto serial, pki::SerialNumber::parse_hex(journal::text(answer, kSerial)));
  SHOMEI_TRY(auto found, rows.find_certificates(serial));
  std::erase_if(found, [&](const auto& c) { return c.serial_space != journal::text(answer, kSpace); });
  if (found.size() != 1) return not_found("certificate_unknown", {{"serial", serial.hex()}});
  auto& record = found.front();
  const std::string state = journal::text(answer, kState);
  if (state.empty()) return std::move(record);  // of an issue: as it is now
  SHOMEI_TRY(record.state, journal::parse_certificate_state(state));
  record.revoked_at.reset();
  record.reason.reset();
  if (answer.contains(kAt)) {
    SHOMEI_TRY(record.revoked_at, parse_instant(journal::text(answer, kAt)));
  }
  if (answer.contains(kReason)) {
    SHOMEI_TRY(record.reason, pki::parse_revocation_reason(journal::text(answer, kReason)));
  }
  return std::move(record);
}

}  // namespace

crypto::Sha256 content_of(std::initializer_list<std::string_view> words) {
  Bytes all;
  for (const auto word : words) {
    append_u32(all, static_cast<std::uint32_t>(word.size()));
    all.insert(all.end(), word.begin(), word.end());
  }
  return crypto::sha256(all);
}

Bytes encode_answer(const journal::CertificateRecord& record) {
  journal::Fields fields{{std::string(kSpace), to_bytes(record.serial_space)},
                         {std::string(kSerial), to_bytes(record.serial.hex())}};
  // What is only reserved will be issued, or written off: who asks again is told what became of it.
  if (record.state != journal::CertificateState::reserved)
    fields.insert({std::string(kState), to_bytes(journal::name(record.state))});
  if (record.revoked_at) fields.insert({std::string(kAt), to_bytes(format_jst(*record.revoked_at))});
  if (record.reason) fields.insert({std::string(kReason), to_bytes(pki::name(*record.reason))});
  return journal::encode_fields(fields);
}

Result<std::optional<journal::CertificateRecord>> answered_before(journal::Rows& rows,
                                                                  const RequestId& request,
                                                                  const crypto::Sha256& content) {
  SHOMEI_TRY(const auto first, rows.find_request(request));
  if (!first) return std::optional<journal::CertificateRecord>{};
  if (first->content != content)
    return conflict("request_differs", {{"request", request.text()}, {"act", first->act.text()}});
  if (first->answer.empty())
    return conflict("request_exists", {{"request", request.text()}, {"act", first->act.text()}});
  const auto answer = journal::parse_fields(first->answer);
  if (!answer) return answer_broken(request);
  SHOMEI_TRY(auto record, parse_answer(rows, *answer));
  return std::optional{std::move(record)};
}

}  // namespace shomei::counter
