// What is written is read again, byte for byte where the facts give bytes, and what was signed is verified.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "card/contents/application_info.h"
#include "card/contents/attributes.h"
#include "card/contents/card_face.h"
#include "card/contents/card_keys.h"
#include "card/contents/common_record.h"
#include "card/contents/digits.h"
#include "card/contents/integrity_record.h"
#include "card/contents/names.h"
#include "card/contents/reference_numbers.h"
#include "card/contents/test_person.h"
#include "card/contents/tlv.h"

namespace shomei::card::contents {
namespace {

std::string_view code(const auto& result) {
  return result ? "no error" : result.error().code;
}

const Bytes& file(ByteView application, FileId id) {
  static const auto files = test_files();
  for (const auto& one : files)
    if (equal(one.application, application) && one.file == id) return one.content;
  throw std::runtime_error("no such file");
}

TEST(CardContents, TheNumberIsAsTheFactsSay) {
  EXPECT_EQ(to_hex(encode_number("537686677188")), "ff100c353337363836363737313838ffff");
  EXPECT_EQ(parse_number(encode_number("537686677188")).value(), "537686677188");
  EXPECT_EQ(parse_number(ByteView(encode_number("537686677188")).first(15)).value(), "537686677188");
}

// jpki-facts 1.7 and the measured card: offsets count from the first byte of the file.
TEST(CardContents, TheAttributesAreAsTheFactsSay) {
  const Attributes attributes{"A", "B", "19800217", Sex::male};
  EXPECT_EQ(to_hex(encode_attributes(attributes)),
            "ff2022df2108000e00120016"
            "0021df220141df230142df24083139383030323137df250131");
  EXPECT_EQ(to_hex(encode_attributes(attributes, Offsets::of_value)).substr(0, 24),
            "ff2022df2108000b000f0013");
}

TEST(CardContents, BothGenerationsOfOffsetsAreRead) {
  const Attributes attributes{"見本　花子", std::string(200, 'a'), "19950000", Sex::female};
  for (const auto offsets : {Offsets::of_file, Offsets::of_value, Offsets::absent}) {
    const auto parsed = parse_attributes(encode_attributes(attributes, offsets)).value();
    EXPECT_EQ(parsed.attributes, attributes);
    EXPECT_EQ(parsed.offsets, offsets);
  }
  Bytes lying = encode_attributes({"A", "B", "19800217", Sex::male});
  lying[7] ^= 1;
  EXPECT_EQ(parse_attributes(lying).value().offsets, Offsets::wrong);
}

TEST(CardContents, AnyAttributesReadAsTheyWereWritten) {
  EXPECT_TRUE(rc::check([] {
    const auto text = [](std::size_t characters_max) {
      std::string made;
      const auto count = *rc::gen::inRange<std::size_t>(0, characters_max);
      for (std::size_t i = 0; i < count; ++i)
        made += *rc::gen::element<std::string>("見", "本", "　", "a", "𠮷", "１");
      return made;
    };
    const Attributes attributes{
        text(100), text(200), *rc::gen::element<std::string>("19800217", "00000000", "99991231"),
        *rc::gen::element(Sex::male, Sex::female, Sex::not_known, Sex::other, Sex::not_applicable)};
    Bytes written = encode_attributes(attributes);
    written.resize(written.size() + *rc::gen::inRange<std::size_t>(0, 40), 0xFF);
    RC_ASSERT(parse_attributes(written).value().attributes == attributes);
  }));
}

TEST(CardContents, TheDigestsTellAChangedFileAndTheSignatureAChangedDigest) {
  const auto& number = file(kInputHelperApplication, 1);
  const auto& attributes = file(kInputHelperApplication, 2);
  const auto record = parse_integrity_record(file(kInputHelperApplication, 3)).value();
  const auto& key = signer_key().public_key();
  EXPECT_TRUE(record.verify_number(number, key));
  EXPECT_TRUE(record.verify_attributes(attributes, key));
  EXPECT_EQ(code(record.verify_number(number, root_key().public_key())), "signature_wrong");
  for (std::size_t at = 0; at < number.size(); ++at) {  // the filler too
    Bytes changed = number;
    changed[at] ^= 1;
    EXPECT_EQ(code(record.verify_number(changed, key)), "card_file_changed") << at;
  }
  Bytes changed = attributes;
  changed.back() ^= 1;
  EXPECT_EQ(code(record.verify_attributes(changed, key)), "card_file_changed");
  Bytes table = attributes;  // the table is not under the digest
  table[7] ^= 1;
  EXPECT_TRUE(record.verify_attributes(table, key));
  Bytes digest = file(kInputHelperApplication, 3);
  digest[10] ^= 1;
  const auto forged = parse_integrity_record(digest).value();
  EXPECT_EQ(code(forged.verify_number(number, key)), "card_file_changed");
  EXPECT_EQ(code(forged.verify_attributes(attributes, key)), "signature_wrong");
}

TEST(CardContents, ACvCertificateSaysWhichKeySigns) {
  const auto& bytes = file(kFaceApplication, 4);
  const auto certificate = parse_cv_certificate(bytes).value();
  EXPECT_EQ(certificate.public_key(), signer_key().public_key());
  EXPECT_EQ(certificate.issuer, key_id(kFaceRootId));
  EXPECT_TRUE(certificate.verify(root_key().public_key()));
  EXPECT_EQ(code(certificate.verify(signer_key().public_key())), "signature_wrong");
  EXPECT_EQ(to_hex(bytes).substr(0, 20), "7f218202335f4e820129");
  EXPECT_EQ(parse_cv_certificate(ByteView(bytes).subspan(5)).value(), certificate);  // as GET DATA gives it
  EXPECT_EQ(encode_cv_certificate(certificate), bytes);
}

TEST(CardContents, TheFaceIsSignedInThreeParts) {
  const auto& bytes = file(kFaceApplication, 2);
  const auto face = parse_card_face(bytes).value();
  EXPECT_EQ(face.born, "19950607");
  EXPECT_EQ(face.valid_until, "20310607");
  EXPECT_EQ(face.sex, Sex::female);
  EXPECT_EQ(face.photo, test_images().photo);
  EXPECT_EQ(face.security_code, test_images().security_code);
  EXPECT_TRUE(face.verify(signer_key().public_key()));
  EXPECT_EQ(encode_card_face(face), bytes);
  EXPECT_EQ(face.digests.size(), 96U);
  // A signer that cannot pad bytes as given signs in a form of ours; both hold.
  const auto signer = crypto::software_signer(signer_key());
  CardFace other = face;
  ASSERT_TRUE(sign_card_face(other, FileSigner(*signer)));
  EXPECT_NE(other.signature, face.signature);
  EXPECT_TRUE(other.verify(signer_key().public_key()));
  Bytes changed = bytes;
  changed[changed.size() / 2] ^= 1;  // in the photo
  EXPECT_EQ(code(parse_card_face(changed).value().verify(signer_key().public_key())), "signature_wrong");
}

TEST(CardContents, TheSmallFilesReadAsTheyWereWritten) {
  const auto& key = signer_key().public_key();
  const auto age = parse_age_record(file(kFaceApplication, 1)).value();
  EXPECT_EQ(age.born, "19950607");
  EXPECT_EQ(age.key, card_key().public_key());
  EXPECT_TRUE(age.part.verify(key));
  const auto image = parse_number_image(file(kFaceApplication, 5)).value();
  EXPECT_EQ(image.image, test_images().number);
  EXPECT_TRUE(image.part.verify(key));
  const auto signed_key = parse_signed_key(file(kInputHelperApplication, 7)).value();
  EXPECT_EQ(signed_key.key, card_key().public_key());
  EXPECT_TRUE(signed_key.part.verify(key));
  EXPECT_EQ(parse_session_key(encode_session_key(card_key().public_key())).value(), card_key().public_key());
  EXPECT_EQ(parse_face_info(file(kFaceApplication, 3)).value().municipality, "13225");
  EXPECT_TRUE(parse_input_info(file(kInputHelperApplication, 5)));
  const CommonRecord record{"123456789012345", "13225", "20310607"};
  EXPECT_EQ(to_text(encode_common_record(record)),
            "\x01\x1C"
            "1234567890123451322520310607");
  EXPECT_EQ(parse_common_record(encode_common_record(record)).value(), record);
}

TEST(CardContents, WhatGetDataGivesIsDigitsAlone) {
  EXPECT_EQ(to_text(file(kIssuerDomain, 0x00F0)), "13225");
  EXPECT_EQ(to_text(file(kIssuerDomain, 0x00F2)), "20310607");
}

// What a number is made of is in its files, and nothing is that changes while the number does not.
TEST(CardContents, ANumberIsMadeOfWhatItsFilesSay) {
  const auto differ = [](auto change) {
    Person person = test_person();
    change(person);
    const auto others = personal_files(person, test_images(), test_card_keys(), test_issuer()).value();
    const auto pins = fixed_pins(test_person()).value(), other_pins = fixed_pins(person).value();
    std::string different;
    for (std::size_t i = 0; i < pins.size(); ++i) {
      const bool number = pins[i].value.reveal_text() != other_pins[i].value.reveal_text();
      const bool files = std::ranges::any_of(pins[i].made_of, [&](const auto& source) {
        const auto& name = application(source.first).name;
        const auto other = std::ranges::find_if(others, [&](const auto& one) {
          return equal(one.application, name) && one.file == source.second;
        });
        return other->content != file(name, source.second);
      });
      EXPECT_EQ(number, files) << i;
      different += number ? "1" : "0";
    }
    return different;
  };
  EXPECT_EQ(differ([](Person& p) { p.name = "見本　桜子", p.address = "x", p.municipality = "14104"; }),
            "00000");
  EXPECT_EQ(differ([](Person& p) { p.number = synthetic_number(view("another")); }), "10100");
  EXPECT_EQ(differ([](Person& p) { p.born = parse_date("1995-06-08").value(); }), "01011");
  EXPECT_EQ(differ([](Person& p) { p.card_valid_until = parse_date("2036-06-07").value(); }), "01010");
}

TEST(CardContents, EveryFileOfAPersonIsOnTheListOnce) {
  std::string list;
  for (const auto& one : test_files())
    list += to_hex(ByteView(one.application).last(2)) + ":" + std::to_string(one.file) + " ";
  EXPECT_EQ(list,
            "0408:1 0408:2 0408:3 0408:4 0408:5 0408:7 0402:1 0402:2 0402:3 0402:4 0402:5 0100:1 0000:240 "
            "0000:242 ");
  const auto pins = fixed_pins(test_person()).value();
  ASSERT_EQ(pins.size(), 5U);
  EXPECT_EQ(pins[1].value.reveal_text(), "07060720310421");
  EXPECT_EQ(pins[3].value.reveal_text(), "07060720310421");
  EXPECT_EQ(pins[4].value.reveal_text(), "070607");
}

TEST(CardContents, APersonWhomNoCardCouldHoldIsRefused) {
  const auto refused = [](auto change) {
    Person person = test_person();
    change(person);
    const auto made = personal_files(person, test_images(), test_card_keys(), test_issuer());
    return made ? std::string("no error") : std::string(made.error().parameter("member"));
  };
  EXPECT_EQ(refused([](Person& p) { p.name.clear(); }), "name");
  EXPECT_EQ(refused([](Person& p) { p.name = std::string(101, 'a'); }), "name");
  EXPECT_EQ(refused([](Person& p) { p.address = std::string(201, 'a'); }), "address");
  EXPECT_EQ(refused([](Person& p) {
              p.number.back() = p.number.back() == '9' ? '0' : static_cast<char>(p.number.back() + 1);
            }),
            "number");
  EXPECT_EQ(refused([](Person& p) { p.municipality = "1322"; }), "municipality");
  EXPECT_EQ(refused([](Person& p) { p.serial += "0"; }), "serial");
  EXPECT_EQ(refused([](Person& p) { p.security_code = "12a4"; }), "security_code");
  FaceImages images = test_images();
  images.photo = Bytes(31 * 1024);
  EXPECT_EQ(code(personal_files(test_person(), images, test_card_keys(), test_issuer())), "card_person_form");
}

}  // namespace
}  // namespace shomei::card::contents
