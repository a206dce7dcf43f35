// OcspAnswers: what the status service's loops say themselves: OCSP, from memory where the same was answered
// before and still holds, else signed there and then. Everything else, and every form of a request that is
// not the usual one, is left to the handler.
#pragma once

#include <string>

#include "services/access.h"
#include "services/answer_shelf.h"
#include "services/ocsp_service.h"
#include "wire/answers.h"

namespace shomei::services {

class OcspAnswers final : public wire::Answers {
 public:
  // `answers_max` it keeps, at least two. Who is not admitted is left to the handler, which says so.
  OcspAnswers(OcspParts parts, Access& access, std::size_t answers_max);

  bool answer(const wire::RequestView& request, wire::Output& out) override;
  void woke() override;

 private:
  bool decode(const wire::RequestView& request);
  bool may_repeat(const KeptAnswer& answer) const;
  void answer_anew(const wire::RequestView& request, wire::Output& out);
  std::string head_of(const status::SignedAnswer& answer, bool cacheable) const;
  void write(const AnswerShelf::Found& found, const wire::RequestView& request, wire::Output& out);
  void write_unsigned(ByteView der, const wire::RequestView& request, wire::Output& out);
  void write_head(std::string_view fields, const wire::RequestView& request, wire::Output& out);
  bool admits(const wire::RequestView& request);

  OcspParts parts_;
  Access& access_;
  AnswerShelf shelf_;
  // Of the moment at which the loop woke.
  Instant now_{};
  std::string date_;  // "Date: …", with its line end
  bool silent_ = true;
  // Of the request at hand, kept for its room.
  std::string key_;  // 'G' or 'P', and the request's DER
};

}  // namespace shomei::services
