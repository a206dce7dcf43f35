// Outcome<T>: a value, or what a function of PKCS#11 answers instead. As Result (base/result.h), with the
// interface's own codes, and made for the same macros: in a function that returns CK_RV, SHOMEI_TRY returns
// the code.
#pragma once

#include <p11-kit/pkcs11.h>

#include <tl/expected.hpp>
#include <utility>

#include "base/result.h"

namespace shomei::pkcs11 {

struct Refusal {
  CK_RV rv = CKR_GENERAL_ERROR;
  operator CK_RV() const { return rv; }  // NOLINT: `return refusal;` from a function of the interface
};

template <class T>
class [[nodiscard]] Outcome : public tl::expected<T, Refusal> {
 public:
  using Base = tl::expected<T, Refusal>;
  using Base::Base;
  Outcome(Refusal refusal) : Base(tl::unexpect, refusal) {}  // NOLINT: as Result
};

template <>
class [[nodiscard]] Outcome<void> : public tl::expected<void, Refusal> {
 public:
  using Base = tl::expected<void, Refusal>;
  using Base::Base;
  Outcome(Refusal refusal) : Base(tl::unexpect, refusal) {}  // NOLINT
};

// The one table from the client's errors to PKCS#11 (docs/formats/pkcs11.md). A card or reader that is gone
// is CKR_DEVICE_REMOVED, as it is for whoever had a session.
Refusal refusal_of(const Error& error);
// The same for a question about a slot, where nothing was there to be removed.
Refusal of_slot(Refusal refusal);

}  // namespace shomei::pkcs11
