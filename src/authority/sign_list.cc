#include "authority/sign_list.h"

namespace shomei::authority {
namespace {

Result<Bytes> sign(const Authority& authority, pki::CrlWriter&& list) {
  SHOMEI_TRY(const auto signature, authority.list_signer().sign(list.finish_tbs()));
  return std::move(list).finish(signature);
}

// Its entries are counted and looked at one by one; no value is made of millions of them.
Result<void> expect_readable(const Result<pki::CrlOutline>& read, const pki::CrlHead& head) {
  if (!read) return read.error();
  if (read->head == head) return {};
  return internal("crl_unreadable");
}

}  // namespace

pki::AuthorityKey authority_key_of(const Authority& authority) {
  const auto& tbs = authority.list_certificate().tbs;
  return {to_bytes(tbs.key.key_identifier()), pki::AuthorityKey::ByCertificate{tbs.issuer.der(), tbs.serial}};
}

Result<Bytes> sign_complete_list(const Authority& authority, const pki::CrlHead& head, ListContent& content) {
  pki::CrlWriter list(head, content.size());
  content.write(list);
  SHOMEI_TRY(auto der, sign(authority, std::move(list)));
  SHOMEI_CHECK(expect_readable(pki::outline_crl(der), head));
  return der;
}

Result<Bytes> sign_delta_list(const Authority& authority, const pki::CrlHead& head,
                              const ListContent& content, std::uint64_t since_revision) {
  pki::CrlWriter list(head, content.changes_since(since_revision));
  content.write_changes_since(since_revision, list);
  SHOMEI_TRY(auto der, sign(authority, std::move(list)));
  SHOMEI_CHECK(expect_readable(pki::outline_delta_crl(der), head));
  return der;
}

}  // namespace shomei::authority
