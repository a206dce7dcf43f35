// Each lint finds the least change of a good certificate that it is for, and where it can be no other does.
#include <gmpxx.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "tests/lints/small_lint_country.h"

namespace shomei::test {
namespace {

using crypto::KeyType;
using pki::CertificateKind;
namespace id = pki::extension_id;

constexpr auto kSignature = CertificateKind::signature;
constexpr auto kAuthentication = CertificateKind::user_authentication;

struct Change {
  const char* what;
  const char* found;  // every lint that finds it, in the order of the list
  CertificateKind kind;
  std::function<void(Bent&)> bend;
  KeyType subject_key = KeyType::rsa_2048;
  KeyType authority_key = KeyType::rsa_2048;
};

Bytes text(std::string_view characters) {
  return to_bytes(characters);
}

void set_other_name(Bent& b, int place, std::string_view value) {
  b.bend_extension(id::subject_alt_name(), [&](DerTree& names) { names[place][1][0].content = text(value); });
}

// Numbers that are the same in every run.
mpz_class prime_of(unsigned bits, unsigned long seed) {
  gmp_randclass random(gmp_randinit_default);
  random.seed(seed);
  mpz_class p = random.get_z_bits(bits);
  mpz_setbit(p.get_mpz_t(), bits - 1);
  mpz_setbit(p.get_mpz_t(), bits - 2);
  mpz_nextprime(p.get_mpz_t(), p.get_mpz_t());
  return p;
}
Bytes bytes_of(const mpz_class& n) {
  Bytes bytes((mpz_sizeinbase(n.get_mpz_t(), 2) + 7) / 8);
  mpz_export(bytes.data(), nullptr, 1, 1, 1, 0, n.get_mpz_t());
  return bytes;
}
// A modulus of 2048 bits that `factor` divides.
Bytes divided_by(unsigned factor) {
  return bytes_of(prime_of(2048, 7) / factor / 2 * 2 * factor + factor);
}
Bytes close_primes() {
  const mpz_class p = prime_of(1024, 1);
  mpz_class q;
  mpz_nextprime(q.get_mpz_t(), p.get_mpz_t());
  return bytes_of(p * q);
}
Bytes published_roca() {
  return *from_hex(
      "9dcd7420e420c270a68060eb8b5aa7457a9f6648f86fafed2775cc1f79ae962f1e63f1b9e51c55f9ea6fdc7332e9b0058c9ff2"
      "eb1fc8985502"
      "9cf6aafe21e689feb38ac9ffb12f1ce371bb5d0e9aae64161abce74b4244bf68f1edb4411f756a097c8929c14740245ea355f8"
      "332d1aa36bb5"
      "0c7dcb4505da8de02e4e53d38f8df06097da7524df0df93db48eac8cc4af2d3a16257eb2b2adca6ba464e5974fa92550d31b1b"
      "abf161e7692d"
      "00b86e3dd886ecab4abfbe1a8f8cc263ff4af55cdb45f4249a5193925f5e983d762f0b6800943eb0267b08f42ed311ce1f5c86"
      "eacbc8ce4d3c"
      "b7a2fee1ef5641423a1cf4114e5ecf50034a60a412523af9e6f4aa11");
}
Bytes sharing(unsigned long seed) {
  return bytes_of(prime_of(1024, 3) * prime_of(1024, seed));
}

// The bytes with the value at `at` in the long form of its length, which must be short.
void lengthen(DerTree& value) {
  const Bytes whole = value.encode();
  value.instead = concatenate({Bytes{whole[0], 0x81}, ByteView(whole).subspan(1)});
}

std::vector<Change> changes_of_the_bytes() {
  return {
      {"a length in the long form", "der_headers", kSignature, [](Bent& b) { lengthen(b.subject()[0]); }},
      {"a length in the long form, inside an extension", "der_headers", kSignature,
       [](Bent& b) { b.bend_extension(id::subject_alt_name(), [](DerTree& n) { lengthen(n[0][1][0]); }); }},
      {"bytes behind the certificate", "tbs_structure", kSignature,
       [](Bent& b) {
         b.bytes = concatenate({b.tree.encode(), Bytes{0x05, 0x00}});
       }},
      {"a value cut off", "der_headers tbs_structure", kSignature,
       [](Bent& b) {
         b.bytes = concatenate({b.tree.encode(), Bytes{0x05}});
       }},
      {"a NULL with content", "der_headers signature_parameters", kSignature,
       [](Bent& b) { b.algorithm()[1].content = {0}; }},
      {"an OCTET STRING in pieces", "der_headers subject_key_identifier", kSignature,
       [](Bent& b) {
         b.bend_extension(id::subject_key_identifier(), [](DerTree& n) {
           n.instead = concatenate({Bytes{0x24, 0x16}, n.encode()});
         });
       }},
      {"a serial number with a zero in front", "der_integers", kSignature,
       [](Bent& b) { b.serial().content = *from_hex("005E7F102132434455"); }},
      {"an exponent with a zero in front", "der_integers", kSignature,
       [](Bent& b) {
         Bytes& bits = b.key()[1].content;
         DerTree key = DerTree::parse(ByteView(bits).subspan(1));
         key[1].content.insert(key[1].content.begin(), 0);
         bits = concatenate({Bytes{0}, key.encode()});
         b.identify_key();
       }},
      {"a TRUE that is 01", "der_booleans", kSignature,
       [](Bent& b) { b.extension(id::key_usage())[1].content = {1}; }},
      {"a FALSE that is written", "der_defaults", kSignature,
       [](Bent& b) {
         auto& members = b.extension(id::issuer_alt_name()).members;
         members.insert(members.begin() + 1, DerTree{der::kBoolean, {0}, {}, {}});
       }},
      {"unused bits that are not zero", "der_bit_strings key_usage", kSignature,
       [](Bent& b) { b.bend_extension(id::key_usage(), [](DerTree& n) {
                       n.content = {6, 0xC1};
                     }); }},
      {"a count of eight unused bits", "der_bit_strings key_usage", kSignature,
       [](Bent& b) { b.bend_extension(id::key_usage(), [](DerTree& n) {
                       n.content = {8, 0xC0};
                     }); }},
      {"two attributes of an RDN in the wrong order",
       "der_sets tbs_structure subject_form subject_lengths subject_place subject_opaque", kSignature,
       [](Bent& b) {
         DerTree first = b.subject()[1][0];
         b.subject()[1].members = {b.subject()[3][0], first};
       }},
      {"an underscore in a PrintableString", "der_strings subject_form", kSignature,
       [](Bent& b) { b.subject()[0][0][1].content = text("J_"); }},
      {"a UTF8String that is none", "der_strings subject_place", kSignature,
       [](Bent& b) {
         b.subject()[1][0][1].content = {0xC0, 0x80};
       }},
      {"an IA5String over ASCII", "der_strings certificate_policies", kSignature,
       [](Bent& b) {
         b.bend_extension(id::certificate_policies(), [](DerTree& n) { n[0][1][0][1].content[0] = 0xE9; });
       }},
      {"an OBJECT IDENTIFIER that ends within an arc", "der_oids extension_known issuer_alt_name", kSignature,
       [](Bent& b) {
         b.extension(id::issuer_alt_name())[0].content = {0x55, 0x1D, 0x92};
       }},
      {"an arc with a zero digit in front", "der_oids extension_known issuer_alt_name", kSignature,
       [](Bent& b) {
         b.extension(id::issuer_alt_name())[0].content = {0x55, 0x1D, 0x80, 0x12};
       }},
      {"a unique identifier", "tbs_structure", kSignature,
       [](Bent& b) {
         b.tree.members.insert(b.tree.members.begin() + 7, DerTree{der::context(2), {0, 1}, {}, {}});
       }},
      {"no version, which is 1", "tbs_structure version_3", kSignature,
       [](Bent& b) { b.version().members.clear(); }},
      {"version 2", "version_3", kSignature, [](Bent& b) { b.version()[0].content = {1}; }},
      {"an address that makes it longer than a card's file", "size", kSignature,
       [](Bent& b) {
         b.profile.cps_uri = "http://" + std::string(8000, 'x');
         b.bend_extension(id::certificate_policies(),
                          [&](DerTree& n) { n[0][1][0][1].content = text(b.profile.cps_uri); });
       }},
  };
}

std::vector<Change> changes_of_the_head() {
  return {
      {"a negative serial number", "serial_positive", kSignature,
       [](Bent& b) { b.serial().content = *from_hex("9A3C5E7F10213243"); }},
      {"the serial number 0", "serial_positive serial_form", kSignature,
       [](Bent& b) { b.serial().content = {0}; }},
      {"a serial number of 21 octets", "serial_length serial_form", kSignature,
       [](Bent& b) {
         b.serial().content = concatenate({Bytes{1}, Bytes(20, 7)});
       }},
      {"a serial number that fits 32 bits", "serial_form", kSignature,
       [](Bent& b) {
         b.serial().content = {0x7A, 0x3C, 0x5E, 0x7F};
       }},
      {"a serial number of 72 bits", "serial_form", kSignature,
       [](Bent& b) { b.serial().content = *from_hex("011122334455667788"); }},
      {"a sequential number where random ones are wanted, and the other way", "serial_form", kAuthentication,
       [](Bent& b) { b.profile.serial_form = authority::SerialForm::sequential_32; }},
      {"a sequential number below the first", "serial_form", kAuthentication,
       [](Bent& b) {
         b.profile.serial_form = authority::SerialForm::sequential_32;
         b.serial().content = {0x7A, 0x3C, 0x5E};
       }},
      {"the algorithm of another key", "signature_algorithm", kSignature,
       [](Bent& b) {
         b.algorithm() = DerTree::parse(crypto::encode_algorithm(crypto::SignatureAlgorithm::ecdsa_sha256));
       }},
      {"no parameters with RSA", "signature_parameters", kSignature,
       [](Bent& b) { b.algorithm().members.pop_back(); }},
      {"NULL parameters with ECDSA", "signature_parameters", kSignature,
       [](Bent& b) {
         b.algorithm().members.push_back({der::kNull, {}, {}, {}});
       },
       KeyType::rsa_2048, KeyType::ec_p384},
      {"an issuer of the same text in another type", "issuer_is_authority", kSignature,
       [](Bent& b) { b.issuer()[1][0][1].tag = der::kPrintableString; }},
  };
}

std::vector<Change> changes_of_the_validity() {
  const auto set = [](std::size_t i, der::Tag tag, std::string_view value) {
    return [=](Bent& b) { b.validity()[i] = {tag, text(value), {}, {}}; };
  };
  return {
      {"GeneralizedTime before 2050", "validity_form", kSignature,
       set(0, der::kGeneralizedTime, "20261122010203Z")},
      {"UTCTime without seconds", "validity_form", kSignature, set(0, der::kUtcTime, "2611220102Z")},
      {"a fraction of a second", "validity_form", kSignature,
       set(1, der::kGeneralizedTime, "20310102145959.5Z")},
      {"an offset", "validity_form", kSignature, set(0, der::kUtcTime, "261122100203+0900")},
      {"a second more", "validity_is_the_decisions validity_ends_with_day", kSignature,
       set(1, der::kUtcTime, "310102150000Z")},
      {"an end that no decision has", "validity_is_the_decisions", kSignature,
       set(1, der::kUtcTime, "310103145959Z")},
      {"a beginning that no decision has", "validity_is_the_decisions", kSignature,
       set(0, der::kUtcTime, "261122010204Z")},
      {"a beginning before the authority's", "validity_is_the_decisions validity_within_authority",
       kSignature, set(0, der::kUtcTime, "261121235959Z")},
      {"an end after the authority's", "validity_is_the_decisions validity_within_authority", kSignature,
       set(1, der::kGeneralizedTime, "20561122145959Z")},
      {"an end before the beginning", "validity_order validity_is_the_decisions", kSignature,
       [=](Bent& b) {
         set(0, der::kUtcTime, "310103145959Z")(b);
         set(1, der::kUtcTime, "310102145959Z")(b);
       }},
  };
}

std::vector<Change> changes_of_the_subject() {
  return {
      {"country and locality in the other order", "subject_form", kSignature,
       [](Bent& b) { std::swap(b.subject()[0], b.subject()[1]); }},
      {"another country", "subject_form", kSignature,
       [](Bent& b) { b.subject()[0][0][1].content = text("US"); }},
      {"an organisation", "subject_form", kSignature,
       [](Bent& b) {
         auto extra = b.subject()[1];
         extra[0][0].content = {0x55, 0x04, 0x0A};
         b.subject().members.insert(b.subject().members.begin() + 1, extra);
       }},
      {"no name at all", "subject_form subject_lengths subject_place subject_opaque", kSignature,
       [](Bent& b) { b.subject().members.clear(); }},
      {"the country as a UTF8String", "subject_strings", kSignature,
       [](Bent& b) { b.subject()[0][0][1].tag = der::kUtf8String; }},
      {"the CN as a PrintableString", "subject_strings", kSignature,
       [](Bent& b) { b.subject()[3][0][1].tag = der::kPrintableString; }},
      {"a locality of 129 characters", "subject_lengths", kSignature,
       [](Bent& b) {
         b.place.city = std::string(129, 'x');
         b.subject()[2][0][1].content = text(b.place.city);
         b.bend_extension(id::crl_distribution_points(), [&](DerTree& n) {
           n[0][0][0][0][0][5][0][1].content = text(b.place.city + " CRLDP");
         });
       }},
      {"a CN of 65 characters", "subject_lengths", kSignature,
       [](Bent& b) {
         b.place.code = std::string(47, '1');
         b.subject()[3][0][1].content = text("997794E9AGCIEG" + b.place.code + "003A");
       }},
      {"another city", "subject_place", kSignature,
       [](Bent& b) { b.subject()[2][0][1].content = text("Tama-shi"); }},
      {"prefecture and city in the other order", "subject_place", kSignature,
       [](Bent& b) { std::swap(b.subject()[1], b.subject()[2]); }},
      {"a CN of another municipality", "subject_opaque", kAuthentication,
       [](Bent& b) { b.subject()[1][0][1].content = text("997794E9AGCIEG13221003A"); }},
      {"a CN with a name in it", "subject_opaque", kAuthentication,
       [](Bent& b) { b.subject()[1][0][1].content = text("997794TaroSmth13225003A"); }},
      {"a letter among the digits of the CN", "subject_opaque", kAuthentication,
       [](Bent& b) { b.subject()[1][0][1].content = text("99779XE9AGCIEG13225003A"); }},
  };
}

std::vector<Change> changes_of_the_key() {
  static const std::vector<crypto::PublicKey> generations{key_of(KeyType::rsa_2048, false).public_key()};
  static const auto shared = [] {
    crypto::SharedFactors factors;
    factors.accept(sharing(5));
    return factors;
  }();
  return {
      {"a key of another type", "key_type", kSignature,
       [](Bent& b) { b.set_key(key_of(KeyType::rsa_3072, false).public_key().spki()); }},
      {"an EC key where RSA is the profile's", "key_type", kSignature,
       [](Bent& b) { b.set_key(key_of(KeyType::ec_p256, false).public_key().spki()); }},
      {"an RSA key without NULL", "key_parameters", kSignature,
       [](Bent& b) { b.key()[0].members.pop_back(); }},
      {"a curve of another name", "key_parameters", kSignature,
       [](Bent& b) {
         b.key()[0][1].content = {0x2B, 0x81, 0x04, 0x00, 0x0A};
       },
       KeyType::ec_p256},
      {"the authority's key", "key_not_authoritys", kSignature,
       [](Bent& b) { b.set_key(key_of(KeyType::rsa_2048, true).public_key().spki()); }},
      {"the key of another generation", "key_not_authoritys", kSignature,
       [](Bent& b) { b.known.authorities = generations; }},
      {"a modulus of 2047 bits", "rsa_modulus_length", kSignature,
       [](Bent& b) { b.set_rsa(bytes_of(prime_of(1024, 1) * prime_of(1023, 2))); }},
      {"the exponent 3", "rsa_exponent", kSignature, [](Bent& b) { b.set_rsa(sharing(5), Bytes{3}); }},
      {"the exponent 65535", "rsa_exponent", kSignature,
       [](Bent& b) {
         b.set_rsa(sharing(5), Bytes{0xFF, 0xFF});
       }},
      {"an even exponent", "rsa_exponent", kSignature,
       [](Bent& b) {
         b.set_rsa(sharing(5), Bytes{1, 0, 0});
       }},
      {"an exponent of 257 bits", "rsa_exponent", kSignature,
       [](Bent& b) {
         b.set_rsa(sharing(5), concatenate({Bytes{1}, Bytes(32, 1)}));
       }},
      {"a modulus that 3 divides", "rsa_small_factor", kSignature, [](Bent& b) { b.set_rsa(divided_by(3)); }},
      {"a modulus that 751 divides", "rsa_small_factor", kSignature,
       [](Bent& b) { b.set_rsa(divided_by(751)); }},
      {"an even modulus", "rsa_small_factor", kSignature,
       [](Bent& b) { b.set_rsa(bytes_of(prime_of(1024, 1) * prime_of(1024, 2) - 1)); }},
      {"a modulus with the fingerprint of ROCA", "rsa_roca", kSignature,
       [](Bent& b) { b.set_rsa(published_roca()); }},
      {"primes next to each other", "rsa_close_primes", kSignature,
       [](Bent& b) { b.set_rsa(close_primes()); }},
      {"a prime in common with a key accepted before", "rsa_shared_prime", kSignature,
       [](Bent& b) {
         b.known.shared = &shared;
         b.set_rsa(sharing(6));
       }},
      {"a point off its curve", "ec_point", kSignature,
       [](Bent& b) {
         b.key()[1].content.back() ^= 1;
         b.identify_key();
       },
       KeyType::ec_p384},
      {"a compressed point", "ec_point", kSignature,
       [](Bent& b) {
         Bytes& bits = b.key()[1].content;
         bits[1] = bits.back() & 1 ? 0x03 : 0x02;
         bits.resize(2 + 32);
         b.identify_key();
       },
       KeyType::ec_p256},
  };
}

std::vector<Change> changes_of_the_extensions() {
  return {
      {"an extension that the profile has not", "extension_known", kSignature,
       [](Bent& b) {
         b.put_in(8 - 1, {der::Oid("2.5.29.16"), false, der::sequence({})});
       }},
      {"an extension twice", "extension_unique", kSignature,
       [](Bent& b) {
         auto& all = b.extensions().members;
         all.insert(all.begin() + 1, all[0]);
       }},
      {"two extensions in the other order", "extension_order", kSignature,
       [](Bent& b) { std::swap(b.extensions()[3], b.extensions()[4]); }},
      {"policies that are not critical", "criticality", kSignature,
       [](Bent& b) {
         auto& members = b.extension(id::certificate_policies()).members;
         members.erase(members.begin() + 1);
       }},
      {"attributes that are critical", "criticality", kSignature,
       [](Bent& b) {
         auto& members = b.extension(id::subject_alt_name()).members;
         members.insert(members.begin() + 1, DerTree{der::kBoolean, {0xFF}, {}, {}});
       }},
      {"nonRepudiation in an authentication certificate", "key_usage", kAuthentication,
       [](Bent& b) { b.bend_extension(id::key_usage(), [](DerTree& n) {
                       n.content = {6, 0xC0};
                     }); }},
      {"no nonRepudiation in a signature certificate", "key_usage", kSignature,
       [](Bent& b) { b.bend_extension(id::key_usage(), [](DerTree& n) {
                       n.content = {7, 0x80};
                     }); }},
      {"keyCertSign", "key_usage", kSignature,
       [](Bent& b) { b.bend_extension(id::key_usage(), [](DerTree& n) {
                       n.content = {2, 0xC4};
                     }); }},
      {"no key usage", "key_usage", kSignature, [](Bent& b) { b.take_out(id::key_usage()); }},
      {"a second purpose", "extended_key_usage", kAuthentication,
       [](Bent& b) {
         b.bend_extension(id::extended_key_usage(), [](DerTree& n) {
           n.members.push_back(DerTree::parse(der::oid(pki::ocsp_signing_purpose())));
         });
       }},
      {"another purpose", "extended_key_usage", kAuthentication,
       [](Bent& b) {
         b.bend_extension(id::extended_key_usage(),
                          [](DerTree& n) { n[0].content = pki::ocsp_signing_purpose().content(); });
       }},
      {"no purpose", "extended_key_usage", kAuthentication,
       [](Bent& b) { b.take_out(id::extended_key_usage()); }},
      {"a purpose in a signature certificate", "extended_key_usage", kSignature,
       [](Bent& b) { b.put_in(1, pki::extended_key_usage(pki::client_auth_purpose())); }},
      {"an authority's constraints", "criticality not_an_authority", kSignature,
       [](Bent& b) { b.put_in(7, pki::basic_constraints_of_authority()); }},
      {"constraints of no authority", "not_an_authority", kSignature,
       [](Bent& b) {
         b.put_in(7, {id::basic_constraints(), false, der::sequence({})});
       }},
      {"attributes in an authentication certificate", "no_attributes_in_authentication", kAuthentication,
       [](Bent& b) {
         b.put_in(1, pki::subject_alt_other_names({{der::Oid("1.2.3"), "x"}}));
       }},
      {"a place in an authentication certificate", "subject_form no_attributes_in_authentication",
       kAuthentication,
       [](Bent& b) {
         auto extra = b.subject()[1];
         extra[0][0].content = {0x55, 0x04, 0x07};
         b.subject().members.insert(b.subject().members.begin() + 1, extra);
       }},
      {"another policy", "certificate_policies", kSignature,
       [](Bent& b) {
         b.bend_extension(id::certificate_policies(), [](DerTree& n) { n[0][0].content.back() ^= 1; });
       }},
      {"a second policy", "certificate_policies", kSignature,
       [](Bent& b) {
         b.bend_extension(id::certificate_policies(), [](DerTree& n) { n.members.push_back(n[0]); });
       }},
      {"the CPS address as a UTF8String", "certificate_policies", kSignature,
       [](Bent& b) {
         b.bend_extension(id::certificate_policies(),
                          [](DerTree& n) { n[0][1][0][1].tag = der::kUtf8String; });
       }},
      {"no policies", "certificate_policies", kSignature,
       [](Bent& b) { b.take_out(id::certificate_policies()); }},
      {"another name of the issuer", "issuer_alt_name", kSignature,
       [](Bent& b) {
         b.bend_extension(id::issuer_alt_name(), [](DerTree& n) { n[0][0].members.pop_back(); });
       }},
      {"the partition of another municipality", "crl_distribution_point", kSignature,
       [](Bent& b) {
         b.bend_extension(id::crl_distribution_points(),
                          [](DerTree& n) { n[0][0][0][0][0][5][0][1].content = text("Tama-shi CRLDP"); });
       }},
      {"two distribution points", "crl_distribution_point", kSignature,
       [](Bent& b) {
         b.bend_extension(id::crl_distribution_points(), [](DerTree& n) { n.members.push_back(n[0]); });
       }},
      {"no distribution point", "crl_distribution_point", kSignature,
       [](Bent& b) { b.take_out(id::crl_distribution_points()); }},
      {"another address of OCSP", "authority_information_access", kAuthentication,
       [](Bent& b) {
         b.bend_extension(id::authority_info_access(), [](DerTree& n) { n[0][1].content.back() ^= 1; });
       }},
      {"an address of OCSP by https", "authority_information_access", kAuthentication,
       [](Bent& b) {
         b.profile.user_authentication.ocsp_url = "https://ocsp.example";
         b.bend_extension(id::authority_info_access(),
                          [](DerTree& n) { n[0][1].content = text("https://ocsp.example"); });
       }},
      {"an address of issuers beside", "authority_information_access", kAuthentication,
       [](Bent& b) {
         b.bend_extension(id::authority_info_access(), [](DerTree& n) {
           n.members.push_back(n[0]);
           n[1][0].content.back() = 2;
         });
       }},
      {"no address of OCSP", "authority_information_access", kAuthentication,
       [](Bent& b) { b.take_out(id::authority_info_access()); }},
      {"an address of OCSP that nobody set", "authority_information_access", kSignature,
       [](Bent& b) { b.put_in(5, pki::ocsp_access("http://ocsp.example")); }},
      {"another authority's key", "authority_key_identifier", kSignature,
       [](Bent& b) {
         b.bend_extension(id::authority_key_identifier(), [](DerTree& n) { n[0].content[0] ^= 1; });
       }},
      {"another generation's serial number", "authority_key_identifier", kSignature,
       [](Bent& b) {
         b.bend_extension(id::authority_key_identifier(), [](DerTree& n) { n[2].content[3] ^= 1; });
       }},
      {"the authority's key alone", "authority_key_identifier", kSignature,
       [](Bent& b) {
         b.bend_extension(id::authority_key_identifier(), [](DerTree& n) { n.members.resize(1); });
       }},
      {"another issuer of the authority", "authority_key_identifier", kSignature,
       [](Bent& b) {
         b.bend_extension(id::authority_key_identifier(), [](DerTree& n) { n[1][0][0].members.pop_back(); });
       }},
      {"another identifier of the key", "subject_key_identifier", kSignature,
       [](Bent& b) {
         b.bend_extension(id::subject_key_identifier(), [](DerTree& n) { n.content[19] ^= 1; });
       }},
      {"no identifier of the key", "subject_key_identifier", kSignature,
       [](Bent& b) { b.take_out(id::subject_key_identifier()); }},
  };
}

std::vector<Change> changes_of_the_attributes() {
  const auto names = [](std::function<void(DerTree&)> bend) {
    return [=](Bent& b) { b.bend_extension(id::subject_alt_name(), bend); };
  };
  const auto value = [](int place, std::string_view of) {
    return [=](Bent& b) { set_other_name(b, place, of); };
  };
  const std::string long_name(101, 'a');
  return {
      {"two attributes in the other order", "san_names", kSignature,
       names([](DerTree& n) { std::swap(n[0], n[1]); })},
      {"an attribute twice", "san_names", kSignature, names([](DerTree& n) { n.members.push_back(n[5]); })},
      {"an attribute less", "san_names san_gender", kSignature,
       names([](DerTree& n) { n.members.erase(n.members.begin() + 2); })},
      {"a seventh attribute", "san_names", kSignature, names([](DerTree& n) {
         n.members.push_back(n[5]);
         n[6][0].content.back() = 7;
       })},
      {"an attribute of another arc", "san_names", kSignature,
       names([](DerTree& n) { n[0][0].content[7] ^= 1; })},
      {"an attribute as an IA5String", "san_names", kSignature,
       names([](DerTree& n) { n[1][1][0].tag = der::kIa5String; })},
      {"an address of mail beside", "san_names", kSignature, names([](DerTree& n) {
         n.members.push_back(DerTree{der::context(1), text("taro@shomei.example"), {}, {}});
       })},
      {"no attributes", "san_names san_birth_date san_gender san_lengths", kSignature,
       [](Bent& b) { b.take_out(id::subject_alt_name()); }},
      {"a day of another era", "san_birth_date", kSignature, value(1, "319900102")},
      {"a day that is none", "san_birth_date", kSignature, value(1, "419900229")},
      {"a day without an era", "san_birth_date", kSignature, value(1, "19900102")},
      {"a birth after the issue", "san_birth_date", kSignature, value(1, "520261123")},
      {"a gender of another digit", "san_gender", kSignature, value(2, "4")},
      {"a gender of two digits", "san_gender", kSignature, value(2, "11")},
      {"a name of 101 characters", "san_lengths", kSignature,
       [=](Bent& b) {
         set_other_name(b, 0, long_name);
         set_other_name(b, 4, std::string(101, '0'));
       }},
      {"an address of 201 characters", "san_lengths", kSignature,
       [](Bent& b) {
         set_other_name(b, 3, std::string(201, 'a'));
         set_other_name(b, 5, std::string(201, '0'));
       }},
      {"no name", "san_lengths", kSignature,
       [](Bent& b) {
         set_other_name(b, 0, "");
         set_other_name(b, 4, "");
       }},
      {"a flag too few", "san_flags", kSignature, value(4, "0000")},
      {"a flag too many", "san_flags", kSignature, value(4, "000000")},
      {"a flag where no substitute stands", "san_flags", kSignature, value(4, "01000")},
      {"a flag of another digit", "san_flags", kSignature, value(4, "02000")},
      {"a character outside JIS", "san_characters", kSignature, value(0, "見本　髙郎")},
      {"a character outside the first plane", "san_characters", kSignature, value(0, "見本　𠮷郎")},
      {"an address in half width", "san_address_width", kSignature, value(3, "東京都稲城市東長沼２１１1")},
      {"an address with a hyphen", "san_address_width", kSignature, value(3, "東京都稲城市東長沼２-１１")},
  };
}

std::vector<Change> all_changes() {
  std::vector<Change> all;
  for (auto part :
       {changes_of_the_bytes(), changes_of_the_head(), changes_of_the_validity(), changes_of_the_subject(),
        changes_of_the_key(), changes_of_the_extensions(), changes_of_the_attributes()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

TEST(EachLint, FindsTheLeastChangeThatItIsFor) {
  for (const auto& change : all_changes()) {
    SCOPED_TRACE(change.what);
    const LintCountry country(change.kind, change.authority_key, change.subject_key);
    Bent bent(country);
    ASSERT_EQ(bent.findings(), "");
    const Bytes before = bent.der();
    change.bend(bent);
    EXPECT_EQ(bent.findings(), change.found);
  }
}

TEST(EachLint, HasAChangeThatItAloneFinds) {
  // What breaks these breaks another with them.
  const std::set<std::string> in_company{"der_bit_strings",
                                         "der_sets",
                                         "der_strings",
                                         "der_oids",
                                         "serial_length",
                                         "validity_order",
                                         "validity_within_authority",
                                         "validity_ends_with_day"};
  std::set<std::string> found;
  std::set<std::string> alone;
  for (const auto& change : all_changes()) {
    const std::string ids = change.found;
    if (ids.find(' ') == std::string::npos) alone.insert(ids);
    for (std::size_t at = 0; at < ids.size();
         at = ids.find(' ', at) == std::string::npos ? ids.size() : ids.find(' ', at) + 1)
      found.insert(ids.substr(at, ids.find(' ', at) - at));
  }
  for (const auto* lint : authority::all_lints()) {
    const std::string lint_id(lint->id);
    EXPECT_TRUE(found.contains(lint_id)) << lint_id;
    EXPECT_NE(alone.contains(lint_id), in_company.contains(lint_id)) << lint_id;
  }
}

TEST(EachLint, HasAnIdentifierACitationAndADemandInBothLanguages) {
  std::set<std::string_view> ids;
  for (const auto* lint : authority::all_lints()) {
    EXPECT_TRUE(ids.insert(lint->id).second) << lint->id;
    EXPECT_FALSE(lint->citation.empty()) << lint->id;
    EXPECT_FALSE(lint->demand.empty() || lint->demand.ends_with('.')) << lint->id;
    EXPECT_FALSE(lint->demand_ja.empty()) << lint->id;
  }
}

}  // namespace
}  // namespace shomei::test
