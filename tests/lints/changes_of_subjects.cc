// The validity and the subject.
#include "tests/lints/changes.h"

namespace shomei::test {
namespace {

namespace id = pki::extension_id;

}  // namespace

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

}  // namespace shomei::test
