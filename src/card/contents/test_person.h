// A person who does not exist, and keys for a card's files. Of the tests alone.
#pragma once

#include "card/contents/personal_files.h"

namespace shomei::card::contents {

inline const crypto::PrivateKey& test_key(int which) {
  static const crypto::PrivateKey kKeys[] = {crypto::PrivateKey::generate(crypto::KeyType::rsa_2048),
                                             crypto::PrivateKey::generate(crypto::KeyType::rsa_2048),
                                             crypto::PrivateKey::generate(crypto::KeyType::rsa_2048)};
  return kKeys[which];
}
inline const crypto::PrivateKey& root_key() {
  return test_key(0);
}
inline const crypto::PrivateKey& signer_key() {
  return test_key(1);
}
inline const crypto::PrivateKey& card_key() {
  return test_key(2);
}

inline Person test_person() {
  return {.name = "見本　花子",
          .address = "東京都稲城市東長沼２１１１番地",
          .sex = Sex::female,
          .born = parse_date("1995-06-07").value(),
          .number = synthetic_number(view("resident")),
          .municipality = "13225",
          .serial = synthetic_serial(view("card")),
          .card_valid_until = parse_date("2031-06-07").value(),
          .security_code = std::string("0421")};
}

inline FaceImages test_images() {
  return {to_bytes("name"), to_bytes("address"), Bytes(3000, 0x27), to_bytes("number"), to_bytes("code")};
}

inline FileIssuer test_issuer() {
  const FileSigner root(root_key());
  const auto& key = signer_key().public_key();
  return {FileSigner(signer_key()),
          make_cv_certificate(root, key_id(kFaceRootId), key_id("9132250"), key).value(),
          make_cv_certificate(root, key_id(kInputHelperRootId), key_id("9132250"), key).value()};
}

inline CardKeys test_card_keys() {
  return {card_key().public_key()};
}

inline std::vector<PersonalFile> test_files() {
  return personal_files(test_person(), test_images(), test_card_keys(), test_issuer()).value();
}

}  // namespace shomei::card::contents
