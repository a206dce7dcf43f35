// OcspAnswers: what the status service's loops say themselves: OCSP, from memory where the same was answered
// before and still holds, else signed there and then. Everything else, and every form of a request that is
// not the usual one, is left to the handler.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "services/access.h"
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
  struct Kept {
    std::shared_ptr<const status::SignedAnswer> answer;
    std::string head;  // the fields that stay, from Content-Type on, with their line ends
    std::string tag;   // the ETag, as If-None-Match has it; empty: not cacheable
    Instant repeat_before;
    std::uint64_t changes = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const;
    std::uint64_t seed = 0;
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const { return a == b; }
  };
  using Half = std::unordered_map<std::string, Kept, Hash, Equal>;

  bool decode(const wire::RequestView& request);
  const Kept* find(std::string_view key);
  const Kept& keep(std::string_view key, Kept kept);
  Kept made(const status::Response& given, bool by_get) const;
  bool may_repeat(const Kept& kept) const;
  void write(const Kept& kept, const wire::RequestView& request, bool by_get, wire::Output& out);
  void write_unsigned(ByteView der, const wire::RequestView& request, wire::Output& out);
  void write_head(std::string_view fields, const wire::RequestView& request, wire::Output& out);

  bool admits(const wire::RequestView& request);

  OcspParts parts_;
  Access& access_;
  std::size_t half_max_;
  Half young_, old_;
  // Of the moment at which the loop woke.
  Instant now_{};
  std::string date_;  // "Date: …", with its line end
  bool silent_ = true;
  // Of the request at hand, kept for its room.
  std::string key_;  // 'G' or 'P', and the request's DER
};

}  // namespace shomei::services
