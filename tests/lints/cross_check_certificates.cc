// cross_check_certificates FOLDER: makes certificates of every sort that an authority signs, and writes each
// with what our parser reads in it, NAME.der and NAME.json, for cross_check.py to ask others.
#include <filesystem>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>

#include "authority/link.h"
#include "tests/lints/small_lint_country.h"

namespace shomei::test {
namespace {

using crypto::KeyType;
using nlohmann::json;
using pki::CertificateKind;
namespace id = pki::extension_id;

constexpr std::array kUses{"digitalSignature", "nonRepudiation", "keyEncipherment",
                           "dataEncipherment", "keyAgreement",   "keyCertSign",
                           "cRLSign",          "encipherOnly",   "decipherOnly"};

json names_of(const pki::Name& name) {
  json names = json::array();
  const std::string text = name.text();
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(", ", at), text.size());
    names.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return names;
}

json uses_of(const pki::TbsCertificate& tbs) {
  json uses = json::array();
  const auto* usage = tbs.find(id::key_usage());
  if (!usage) return uses;
  der::Reader reader(usage->value);
  const auto bits = reader.take_named_bits().value();
  for (std::size_t i = 0; i < kUses.size(); ++i)
    if (bits & 0x8000U >> i) uses.push_back(kUses[i]);
  return uses;
}

json attributes_of(const pki::TbsCertificate& tbs) {
  json attributes = json::array();
  const auto* names = tbs.find(id::subject_alt_name());
  if (!names) return attributes;
  const auto others = pki::parse_other_names(names->value).value();
  for (const auto& name : others) attributes.push_back({name.type.dotted(), name.value});
  return attributes;
}

json read(const pki::TbsCertificate& tbs) {
  return {{"serial", tbs.serial.hex()},
          {"issuer", names_of(tbs.issuer)},
          {"subject", names_of(tbs.subject)},
          {"not_before", format_utc(tbs.not_before)},
          {"not_after", format_utc(tbs.not_after)},
          {"other_names", attributes_of(tbs)},
          {"key_usage", uses_of(tbs)}};
}

class Folder {
 public:
  explicit Folder(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::create_directories(path_);
  }
  void add(const std::string& name, ByteView der) const {
    const auto certificate = pki::parse_certificate(der).value();
    write(name + ".der", to_text(der));
    write(name + ".json", read(certificate.tbs).dump(1));
  }

 private:
  void write(const std::string& name, std::string_view content) const {
    std::ofstream file(path_ / name, std::ios::binary);
    file << content << std::flush;
    if (!file) throw std::runtime_error("cannot write " + name);
  }
  std::filesystem::path path_;
};

void add_person(const Folder& folder, const std::string& name, const LintCountry& country,
                std::string_view at = "2026-11-22T01:02:03Z") {
  const auto linted = country.prepare(country.decide(at)).value();
  folder.add(name, authority::sign_certificate(linted.tbs_der(), *country.signer).value().der);
}

// The authority's own certificate, and the key of a second generation under it, in both numberings.
void add_generations(const Folder& folder, const std::string& name, const LintCountry& country) {
  folder.add(name + "-authority", country.authority->certificate().der);
  const auto signer = crypto::software_signer(crypto::PrivateKey::generate(country.profile.authority_key));
  const auto second = authority::make_authority_certificate(country.profile, country.authority->kind(),
                                                            *pki::SerialNumber::parse_hex("02"), *signer,
                                                            *parse_instant("2031-11-22T00:00:00Z"))
                          .value();
  const auto link = [&](authority::LinkNumber number) {
    return authority::make_link_certificate(second, *country.authority, number).value().der;
  };
  folder.add(name + "-link", link(authority::LinkNumber::of_subject));
  folder.add(name + "-link-numbered", link(authority::LinkNumber::own));
}

void add_all(const Folder& folder) {
  for (auto kind : kKinds)
    for (auto type : kKeyTypes) {
      const LintCountry country(kind, type, type);
      const std::string name = std::string(pki::name(kind)) + "-" + std::string(crypto::name(type));
      add_person(folder, name, country);
      add_generations(folder, name, country);
      folder.add(name + "-responder",
                 authority::appoint_responder(*country.authority, country.subject_key(),
                                              *parse_instant("2026-11-23T00:00:00Z"), std::chrono::days{90})
                     .value()
                     .der);
    }
  LintCountry later(CertificateKind::signature, KeyType::ec_p384, KeyType::ec_p384,
                    authority::SerialForm::sequential_32);
  later.subject.attributes = {"髙橋　𠮷乃", std::string(100, '1') + "丁目-", pki::GenderDigit::unknown,
                              *parse_date("2001-12-31")};
  add_person(folder, "generalized-time", later, "2050-01-01T00:00:00Z");
  add_person(folder, "over-the-year-2050", later, "2049-12-31T23:59:59Z");
}

}  // namespace
}  // namespace shomei::test

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "cross_check_certificates FOLDER\n";
    return 2;
  }
  shomei::test::add_all(shomei::test::Folder(words[1]));
  return 0;
}
