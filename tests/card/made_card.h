// A card in use, with its storage in memory.
#pragma once

#include <map>
#include <string>

#include "card/applet/chip.h"
#include "card/applet/chip_transport.h"
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

inline constexpr std::string_view kMadePin = "1234";
inline constexpr std::string_view kMadePassword = "ABC123";

using MadeFiles = std::map<FileId, Bytes>;

// With files as long as real ones, but for those that are given.
inline MadeFiles made_files(MadeFiles given) {
  given.merge(MadeFiles{{file_id::kSignatureCertificate, certificate_of_size(1200)},
                        {file_id::kSignatureAuthority, certificate_of_size(900)},
                        {file_id::kUserAuthenticationCertificate, certificate_of_size(1000)},
                        {file_id::kUserAuthenticationAuthority, certificate_of_size(901)}});
  return given;
}

inline applet::ChipState made_state(const MadeFiles& files) {
  auto state = applet::ChipState::born();
  state.phase = applet::Phase::operational;
  for (const Kind kind : kKinds) {
    const auto pin = view(kind == Kind::signature ? kMadePassword : kMadePin);
    state.pin(pin_id(kind)) = applet::StoredPin::make(pin_id(kind), pin);
    auto& half = state.of(kind);
    half.key = crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
    half.certificate = files.at(certificate_file(kind));
    half.authority_certificate = files.at(authority_file(kind));
  }
  return state;
}

struct MadeCard {
  explicit MadeCard(MadeFiles given = {}) : files(made_files(std::move(given))) {}

  const crypto::PublicKey& key(Kind kind) const { return chip.state().of(kind).key->public_key(); }

  MadeFiles files;
  KeptInMemory storage;
  applet::Chip chip{made_state(files), storage};
};

}  // namespace shomei::card
