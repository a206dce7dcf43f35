#include "home/card_issuer.h"

#include "crypto/random.h"
#include "files/file.h"

namespace shomei::home {
namespace {

constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

// Two processes may open the home at the same moment: whoever comes second takes what the first has made.
Result<SecretBytes> master_key(KeyStore& keys) {
  auto there = keys.open_secret(kCardMasterName);
  if (there || there.error().code != "key_missing") return there;
  const auto made = keys.create_secret(kCardMasterName, crypto::random_secret(issuer::kMasterKeyBytes));
  if (!made && made.error().code != "key_exists") return made.error();
  return keys.open_secret(kCardMasterName);
}

Result<std::unique_ptr<crypto::Signer>> maker_key(KeyStore& keys) {
  auto there = keys.open(kCardMakerName);
  if (there || there.error().code != "key_missing") return there;
  auto made = keys.generate(kCardMakerName, crypto::KeyType::ec_p256);
  if (made || made.error().code != "key_exists") return made;
  return keys.open(kCardMakerName);
}

// The certificate is made of the key alone: one that was lost is made again, and says the same.
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
  SHOMEI_TRY(auto master, master_key(keys));
  SHOMEI_TRY(auto signer, maker_key(keys));
  SHOMEI_TRY(const auto certificate, maker_certificate(layout, *signer, organization, now));
  SHOMEI_TRY(auto maker, issuer::CardMaker::open(certificate, *signer));
  SHOMEI_TRY(auto issuer, issuer::Issuer::open(std::move(master), std::move(maker)));
  return std::make_unique<CardIssuer>(CardIssuer{std::move(signer), std::move(issuer)});
}

}  // namespace shomei::home
