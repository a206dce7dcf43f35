// A card made the way a counter makes one, through Personaliser, with its storage in memory.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "card/applet/chip.h"
#include "card/applet/chip_transport.h"
#include "card/client/personaliser.h"
#include "card/client/terminal.h"
#include "der/writer.h"

namespace shomei::card {

class KeptInMemory final : public applet::ChipStorage {
 public:
  Result<void> save(ByteView state) override {
    saved = to_bytes(state);
    return {};
  }
  Bytes saved;
};

// Of that size, beginning as certificates do: 30 82.
inline Bytes certificate_of_size(std::size_t bytes) {
  return der::sequence({der::octet_string(Bytes(bytes - 8, 0xCE))});
}

struct MadeCard {
  std::string user_authentication_pin = "1234";
  std::string signature_password = "ABC123";
  std::map<FileId, Bytes> files{{file_id::kSignatureCertificate, certificate_of_size(1200)},
                                {file_id::kSignatureAuthority, certificate_of_size(900)},
                                {file_id::kUserAuthenticationCertificate, certificate_of_size(1000)},
                                {file_id::kUserAuthenticationAuthority, certificate_of_size(901)}};

  void personalise() {
    applet::ChipTransport transport(chip);
    client::Personaliser personaliser(transport);
    ASSERT_TRUE(personaliser.select_jpki());
    ASSERT_TRUE(
        personaliser.set_pin(Kind::user_authentication, SecretBytes::of_text(user_authentication_pin)));
    ASSERT_TRUE(personaliser.set_pin(Kind::signature, SecretBytes::of_text(signature_password)));
    for (const Kind kind : kKinds) {
      keys.emplace(kind, personaliser.generate_key_pair(kind).value());
      ASSERT_TRUE(personaliser.write_certificate(kind, files.at(certificate_file(kind))));
      ASSERT_TRUE(personaliser.write_authority_certificate(kind, files.at(authority_file(kind))));
    }
    ASSERT_TRUE(personaliser.set_availability({.signature = true, .user_authentication = true}));
    ASSERT_TRUE(personaliser.finish());
  }

  KeptInMemory storage;
  applet::Chip chip{applet::ChipState::born(), storage};
  std::map<Kind, crypto::PublicKey> keys;
};

}  // namespace shomei::card
