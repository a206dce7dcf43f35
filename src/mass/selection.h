// Selection: a query made ready to be asked of every certificate there is.
#pragma once

#include <set>

#include "authority/lint.h"
#include "journal/rows.h"
#include "mass/query.h"

namespace shomei::mass {

class Selection {
 public:
  // All are borrowed. `rows` is asked for blocked keys, `known` for what is known of others.
  Selection(const Query& query, journal::Rows& rows, const authority::KnownKeys& known);
  // Whether the certificates must come with their DER, which takes many times as long.
  bool needs_der() const { return query_.key.asks(); }
  // What the store says; malformed "certificate_form" of a certificate that is none.
  Result<bool> matches(const journal::CertificateRecord& record) const;

 private:
  bool is_listed(const journal::CertificateRecord& record) const;
  Result<bool> key_matches(const journal::CertificateRecord& record) const;
  Result<bool> has(Weakness weakness, const journal::CertificateRecord& record, ByteView modulus) const;
  const Query& query_;
  journal::Rows& rows_;
  const authority::KnownKeys& known_;
};

}  // namespace shomei::mass
