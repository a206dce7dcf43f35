#include "home/ceremony/planned.h"

namespace shomei::home {
namespace {

constexpr std::size_t kActBytes = 16;

}  // namespace

std::vector<KeyToMake> keys_of(const CeremonyFile& file) {
  std::vector<KeyToMake> keys;
  if (file.checkpoint)
    keys.push_back(
        {KeyUse::checkpoint, std::string(kCheckpointKeyName), {crypto::KeyType::ed25519, *file.checkpoint}});
  for (const auto& a : file.authorities) {
    keys.push_back({KeyUse::authorities, a.authority_name(), a.key});
    if (a.crl) keys.push_back({KeyUse::crl, crl_key_name(a.authority_name()), *a.crl});
    keys.push_back({KeyUse::responders, responder_key_name(a.authority_name(), 1), a.responder});
  }
  return keys;
}

std::vector<std::string> published_names(const PlannedAuthority& planned) {
  const std::string name = planned.authority_name();
  std::vector<std::string> names{name};
  if (planned.crl) names.push_back(crl_key_name(name));
  if (planned.link) names.insert(names.end(), {name + "-new-with-old", name + "-old-with-new"});
  names.push_back(name + "-responder");
  return names;
}

ActId founding_act(const crypto::Sha256& digest, std::string_view authority) {
  const auto act =
      crypto::sha256({view("shomei ceremony act v1"), Bytes{0}, digest, Bytes{0}, view(authority)});
  return *ActId::parse(to_hex(ByteView(act).first(kActBytes)));
}

}  // namespace shomei::home
