// An authority of a kind with keys of given types, a decision, and the certificate that it prepares: what the
// lints look at, ready to be bent.
#pragma once

#include <map>
#include <optional>

#include "authority/ceremony.h"
#include "authority/prepare.h"
#include "authority/serial.h"
#include "crypto/private_key.h"
#include "tests/lints/der_tree.h"
#include "tests/support/rsa_keys.h"

namespace shomei::test {

inline const authority::Municipality kInagi{"13225", "Tokyo-to", "Inagi-shi"};
inline constexpr std::array kKinds{pki::CertificateKind::signature,
                                   pki::CertificateKind::user_authentication};
inline constexpr std::array kKeyTypes{crypto::KeyType::rsa_2048, crypto::KeyType::rsa_3072,
                                      crypto::KeyType::ec_p256, crypto::KeyType::ec_p384};

// One key of each type and use, made once.
inline const crypto::PrivateKey& key_of(crypto::KeyType type, bool authoritys) {
  if (type == crypto::KeyType::rsa_2048) return rsa_key(authoritys ? 0 : 1);
  static std::map<std::pair<crypto::KeyType, bool>, crypto::PrivateKey> keys;
  const auto at = keys.find({type, authoritys});
  if (at != keys.end()) return at->second;
  return keys.emplace(std::pair(type, authoritys), crypto::PrivateKey::generate(type)).first->second;
}

class LintCountry {
 public:
  explicit LintCountry(pki::CertificateKind kind, crypto::KeyType authority_key = crypto::KeyType::rsa_2048,
                       crypto::KeyType subject_key = crypto::KeyType::rsa_2048,
                       authority::SerialForm form = authority::SerialForm::random_64) {
    profile.authority_key = authority_key;
    profile.subject_key = subject_key;
    profile.serial_form = form;
    profile.user_authentication.ocsp_url = "http://ocsp.user-authentication.example";
    profile.authority_years = 30;  // over the year 2050
    signer = crypto::software_signer(key_of(authority_key, true));
    const auto certificate = *authority::make_authority_certificate(
        profile, kind, *pki::SerialNumber::parse_hex("0132C4AC"), *signer, *parse_instant(kFounded));
    authority =
        *authority::Authority::open({std::string(pki::name(kind)) + "-1", kind, 1,
                                     authority::serial_space_of(certificate.tbs.subject), certificate.der},
                                    *signer);
    subject.attributes = {"見本　太郎", "東京都稲城市東長沼2111", pki::GenderDigit::male,
                          *parse_date("1990-01-02")};
    subject.municipality = kInagi;
    subject.common_name = "997794E9AGCIEG13225003A";
  }

  rules::Decision decide(std::string_view at = "2026-11-22T01:02:03Z") const {
    rules::Facts facts;
    facts.at = *parse_instant(at);
    facts.born = subject.attributes.born;
    facts.status = rules::ResidenceStatus::japanese;
    facts.proofs.add(rules::Proof::document_a);
    facts.card_valid_until = add_years(jst_date(*facts.at), 9);
    facts.authority_valid_until = authority->last_whole_day();
    return rules::decide(rules::current_rule_set(),
                         {rules::Verb::issue, authority::kind_of(authority->kind()), std::nullopt}, facts,
                         jst_date(*facts.at));
  }

  pki::SerialNumber serial() const {
    return profile.serial_form == authority::SerialForm::random_64
               ? *pki::SerialNumber::parse_hex("9A3C5E7F10213243")
               : *pki::SerialNumber::parse_hex("0132C4AD");
  }
  const crypto::PublicKey& subject_key() const { return key_of(profile.subject_key, false).public_key(); }

  Result<authority::LintedCertificate> prepare(const rules::Decision& decision) const {
    return authority::prepare(*authority, profile, decision, subject, subject_key(), serial());
  }

  authority::Profile profile;
  std::unique_ptr<crypto::Signer> signer;
  std::optional<authority::Authority> authority;
  authority::Subject subject;

  static constexpr std::string_view kFounded = "2026-11-22T00:00:00Z";
};

// The certificate of a country, and everything that a lint is told beside it, each to be changed.
class Bent {
 public:
  explicit Bent(const LintCountry& country, std::string_view at = "2026-11-22T01:02:03Z")
      : profile(country.profile),
        place(country.subject.municipality),
        country_(country),
        decision_(country.decide(at)),
        good_(country.prepare(decision_).value().tbs()),
        tree(DerTree::parse(pki::encode_tbs(good_))) {}

  Bytes der() const { return bytes.empty() ? tree.encode() : bytes; }
  // What the parser takes is looked at as it reads it; what it refuses, beside what it was bent from.
  std::string findings() const {
    const Bytes bent = der();
    const auto parsed = pki::parse_tbs(bent);
    return findings(bent, parsed ? *parsed : good_);
  }
  // The parser refuses it, or a lint finds something.
  bool is_seen() const {
    const Bytes bent = der();
    const auto parsed = pki::parse_tbs(bent);
    return !parsed || !findings(bent, *parsed).empty();
  }

  // The members of TBSCertificate.
  DerTree& version() { return tree[0]; }
  DerTree& serial() { return tree[1]; }
  DerTree& algorithm() { return tree[2]; }
  DerTree& issuer() { return tree[3]; }
  DerTree& validity() { return tree[4]; }
  DerTree& subject() { return tree[5]; }
  DerTree& key() { return tree[6]; }
  DerTree& extensions() { return tree[7][0]; }
  DerTree& extension(const der::Oid& id) {
    for (auto& e : extensions().members)
      if (e[0].content == id.content()) return e;
    return extensions().members.at(99);
  }
  // The value within the OCTET STRING, bent by `bend`.
  template <class Bend>
  void bend_extension(const der::Oid& id, Bend bend) {
    Bytes& value = extension(id).members.back().content;
    DerTree inner = DerTree::parse(value);
    bend(inner);
    value = inner.encode();
  }
  void put_in(std::size_t at, const pki::Extension& extension) {
    auto& all = extensions().members;
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(at),
               DerTree::parse(pki::encode_extension(extension)));
  }
  void take_out(const der::Oid& id) {
    std::erase_if(extensions().members, [&](DerTree& e) { return e[0].content == id.content(); });
  }
  // Another key, and its identifier with it.
  void set_key(ByteView spki) {
    key() = DerTree::parse(spki);
    identify_key();
  }
  void identify_key() {
    const Bytes bits(key()[1].content.begin() + 1, key()[1].content.end());
    bend_extension(pki::extension_id::subject_key_identifier(), [&](DerTree& id) {
      const auto digest = crypto::sha1(bits);
      id.content.assign(digest.begin(), digest.end());
    });
  }
  void set_rsa(ByteView modulus, ByteView exponent = Bytes{1, 0, 1}) {
    const Bytes members =
        der::sequence({der::integer_of_magnitude(modulus), der::integer_of_magnitude(exponent)});
    key()[1].content = concatenate({Bytes{0}, members});
    identify_key();
  }

  authority::Profile profile;
  authority::Municipality place;
  authority::KnownKeys known;
  Bytes bytes;  // when not empty: in place of the tree

 private:
  std::string findings(ByteView der, const pki::TbsCertificate& tbs) const {
    std::string ids;
    for (const auto* lint :
         authority::lint({tbs, der, *country_.authority, profile, decision_, place, known}))
      ids += (ids.empty() ? "" : " ") + std::string(lint->id);
    return ids;
  }

  const LintCountry& country_;
  rules::Decision decision_;
  pki::TbsCertificate good_;

 public:
  DerTree tree;
};

}  // namespace shomei::test
