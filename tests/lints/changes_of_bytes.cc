// The bytes, the serial number, the algorithm and the issuer.
#include "tests/lints/changes.h"

namespace shomei::test {
namespace {

using crypto::KeyType;
namespace id = pki::extension_id;

// The bytes with the value at `at` in the long form of its length, which must be short.
void lengthen(DerTree& value) {
  const Bytes whole = value.encode();
  value.instead = concatenate({Bytes{whole[0], 0x81}, ByteView(whole).subspan(1)});
}

}  // namespace

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
  };
}

std::vector<Change> changes_of_the_structure() {
  return {
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

}  // namespace shomei::test
