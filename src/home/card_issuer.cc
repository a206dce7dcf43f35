#include "home/card_issuer.h"

#include "crypto/random.h"
#include "files/file.h"

namespace shomei::home {
namespace {

constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

// A home of an earlier version has none of the issuer's keys, and no certificate of the card maker. Where
// that is there, a key that is missing was lost: another one in its place would make strangers of all cards.
bool was_made(const Layout& layout) {
  std::error_code failed;
  return std::filesystem::exists(layout.card_maker(), failed) || failed;
}

// Two processes may open the home at the same moment: whoever comes second takes what the first has made.
Result<SecretBytes> master_key(const Layout& layout, KeyStore& keys) {
  const bool made_before = was_made(layout);  // before the key is looked for: the certificate comes last
  auto there = keys.open_secret(kCardMasterName);
  if (there || there.error().code != "key_missing" || made_before) return there;
  const auto made = keys.create_secret(kCardMasterName, crypto::random_secret(issuer::kMasterKeyBytes));
  if (!made && made.error().code != "key_exists") return made.error();
  return keys.open_secret(kCardMasterName);
}

Result<std::unique_ptr<crypto::Signer>> maker_key(const Layout& layout, KeyStore& keys) {
  const bool made_before = was_made(layout);
  if (made_before) return keys.open(kCardMakerName);
  return keys.open_or_generate(kCardMakerName, crypto::KeyType::ec_p256);
}

// One that was lost is made again of its key, with another serial number.
Result<Bytes> maker_certificate(const Layout& layout, crypto::Signer& signer, std::string_view organization,
                                Instant now) {
  const auto text = files::read_file(layout.card_maker(), kCertificateFileBytesMax);
  if (text) return pki::from_pem("CERTIFICATE", to_text(*text));
  if (text.error().code != "file_missing") return text.error();
  SHOMEI_TRY(auto made, issuer::make_maker_certificate(organization, signer, now));
  SHOMEI_CHECK(files::replace_file(layout.card_maker(), view(pki::to_pem("CERTIFICATE", made.der)),
                                   files::kReadableByAll));
  return std::move(made.der);
}

}  // namespace

Result<std::unique_ptr<CardIssuer>> open_card_issuer(const Layout& layout, KeyStore& keys,
                                                     std::string_view organization, Instant now) {
  SHOMEI_TRY(auto master, master_key(layout, keys));
  SHOMEI_TRY(auto signer, maker_key(layout, keys));
  SHOMEI_TRY(const auto certificate, maker_certificate(layout, *signer, organization, now));
  SHOMEI_TRY(auto maker, issuer::CardMaker::open(certificate, *signer));
  SHOMEI_TRY(auto issuer, issuer::Issuer::open(std::move(master), std::move(maker)));
  return std::make_unique<CardIssuer>(CardIssuer{std::move(signer), std::move(issuer)});
}

}  // namespace shomei::home
