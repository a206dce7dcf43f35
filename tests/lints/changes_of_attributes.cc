// The attributes of the person.
#include "tests/lints/changes.h"

namespace shomei::test {
namespace {

namespace id = pki::extension_id;

void set_other_name(Bent& b, int place, std::string_view value) {
  b.bend_extension(id::subject_alt_name(), [&](DerTree& names) { names[place][1][0].content = text(value); });
}

}  // namespace

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

}  // namespace shomei::test
