#include "home/make_responder_key.h"

#include "counter/admit.h"
#include "crypto/random.h"

namespace shomei::home {

namespace field = journal::field;

Result<std::string> make_responder_key(Home& home, const counter::Officer& officer,
                                       const std::string& authority, crypto::KeyType type) {
  constexpr std::string_view kAct = "make_responder_key";
  SHOMEI_CHECK(counter::admit(home.parts(), kAct, officer));
  SHOMEI_CHECK(home.authority(authority));  // there is such a one
  if (type == crypto::KeyType::ed25519) return malformed("responder_key_type");
  SHOMEI_TRY(const auto latest, home.keys().latest_responder(authority));
  auto name = responder_key_name(authority, latest + 1);
  SHOMEI_TRY(const auto signer, home.keys().generate(KeyUse::responders, name, type));
  journal::Draft draft{.act = crypto::ordered_identifier<ActId>(),
                       .officer = counter::officer_fields(kAct, officer)};
  draft.officer.insert_or_assign(std::string(field::kKey),
                                 to_bytes(to_hex_upper(crypto::sha256(signer->public_key().spki()))));
  SHOMEI_TRY(auto transaction, home.journal().begin());
  SHOMEI_CHECK(transaction.append(draft));
  SHOMEI_CHECK(transaction.commit());
  return name;
}

}  // namespace shomei::home
