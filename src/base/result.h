// Result<T>: the value, or an Error that a caller can act on. For expected failures that cross a folder's
// border. Broken invariants stop the process (base/check.h); exceptions of libraries are caught in the file
// that calls the library.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace shomei {

// Named for what the caller can do about it.
enum class Fault {
  malformed,    // the input is not of its form: correct it
  refused,      // a rule says no: `rule` names it
  not_found,    // no such thing
  conflict,     // the state has moved on, or the same request was made with other content
  unavailable,  // a part that is needed does not answer: try again later
  internal,     // a fault of ours
};

std::string_view name(Fault fault);  // "malformed", "refused", ...

struct Parameter {
  std::string name;
  std::string value;
};

// `code` names the one sentence (in each language) that texts/ renders for it, with the parameters filled in.
// `rule` is a citation ("RFC 5280 4.1.2.5", "seed: age restriction") or empty. Both have static storage.
struct Error {
  Fault fault = Fault::internal;
  std::string_view code;
  std::string_view rule;
  std::vector<Parameter> parameters;

  // The value of the parameter of that name, or "" when there is none.
  std::string_view parameter(std::string_view wanted) const;
  // The same error with one more parameter: callers add what they know (the file, the line, the resident).
  Error with(std::string parameter_name, std::string value) &&;
};

using Parameters = std::vector<Parameter>;

inline Error malformed(std::string_view code, Parameters p = {}, std::string_view rule = {}) {
  return {Fault::malformed, code, rule, std::move(p)};
}
inline Error refused(std::string_view code, Parameters p = {}, std::string_view rule = {}) {
  return {Fault::refused, code, rule, std::move(p)};
}
inline Error not_found(std::string_view code, Parameters p = {}, std::string_view rule = {}) {
  return {Fault::not_found, code, rule, std::move(p)};
}
inline Error conflict(std::string_view code, Parameters p = {}, std::string_view rule = {}) {
  return {Fault::conflict, code, rule, std::move(p)};
}
inline Error unavailable(std::string_view code, Parameters p = {}, std::string_view rule = {}) {
  return {Fault::unavailable, code, rule, std::move(p)};
}
inline Error internal(std::string_view code, Parameters p = {}, std::string_view rule = {}) {
  return {Fault::internal, code, rule, std::move(p)};
}

// tl::expected is not [[nodiscard]]; this is, and an Error converts to it.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using Base = tl::expected<T, Error>;
  using Base::Base;
  Result(Error error) : Base(tl::unexpect, std::move(error)) {}  // NOLINT: `return refused(...)` is the point
  Result(Base base) : Base(std::move(base)) {}                   // NOLINT: what the monads return
};

template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
 public:
  using Base = tl::expected<void, Error>;
  using Base::Base;
  Result(Error error) : Base(tl::unexpect, std::move(error)) {}  // NOLINT
  Result(Base base) : Base(std::move(base)) {}                   // NOLINT
};

}  // namespace shomei

#define SHOMEI_JOIN_(a, b) a##b
#define SHOMEI_JOIN(a, b) SHOMEI_JOIN_(a, b)

// SHOMEI_TRY(auto tree, parse(bytes)); declares `tree`, or returns the error to the caller.
#define SHOMEI_TRY(declaration, ...)                                                             \
  auto SHOMEI_JOIN(result_, __LINE__) = (__VA_ARGS__);                                           \
  if (!SHOMEI_JOIN(result_, __LINE__)) return std::move(SHOMEI_JOIN(result_, __LINE__)).error(); \
  declaration = *std::move(SHOMEI_JOIN(result_, __LINE__))

// SHOMEI_CHECK(insert(row)); for results without a value.
#define SHOMEI_CHECK(...) \
  if (auto result_ = (__VA_ARGS__); !result_) return std::move(result_).error()
