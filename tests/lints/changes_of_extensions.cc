// The extensions.
#include "tests/lints/changes.h"

namespace shomei::test {
namespace {

namespace id = pki::extension_id;

}  // namespace

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
  };
}

std::vector<Change> changes_of_the_purposes() {
  return {
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
  };
}

std::vector<Change> changes_of_the_addresses() {
  return {
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
  };
}

std::vector<Change> changes_of_the_identifiers() {
  return {
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

}  // namespace shomei::test
