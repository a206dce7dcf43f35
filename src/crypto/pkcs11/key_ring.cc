#include "crypto/key_ring.h"

#include <atomic>
#include <mutex>

#include "crypto/digest.h"
#include "crypto/pkcs11/objects.h"
#include "crypto/pkcs11/sessions.h"
#include "crypto/pkcs11/signature_of.h"
#include "crypto/pkcs11/token.h"

namespace shomei::crypto::pkcs11 {
namespace {

constexpr std::size_t kSignatureBytesMax = 1024;
// Longer messages (revocation lists of megabytes) are hashed here where the token can sign a digest: not
// every device takes them in one piece, and none faster.
constexpr std::size_t kWholeMessageBytesMax = 4096;

struct Mechanisms {
  std::optional<CK_MECHANISM_TYPE> of_message, of_digest;
};

bool can_sign(Sessions& sessions, const Seat& seat, CK_MECHANISM_TYPE mechanism) {
  CK_MECHANISM_INFO info{};
  const CK_RV rv = sessions.module().call<&CK_FUNCTION_LIST::C_GetMechanismInfo>(seat.slot, mechanism, &info);
  return rv == CKR_OK && (info.flags & CKF_SIGN) != 0;
}

Result<Mechanisms> mechanisms_for(Sessions& sessions, const Seat& seat, KeyType type) {
  Mechanisms found;
  const auto look = [&](CK_MECHANISM_TYPE mechanism, std::optional<CK_MECHANISM_TYPE>& to) {
    if (can_sign(sessions, seat, mechanism)) to = mechanism;
  };
  if (type == KeyType::rsa_2048 || type == KeyType::rsa_3072) {
    look(CKM_SHA256_RSA_PKCS, found.of_message);
    look(CKM_RSA_PKCS, found.of_digest);
  } else if (type == KeyType::ed25519) {
    look(CKM_EDDSA, found.of_message);
  } else {
    look(CKM_ECDSA, found.of_digest);
  }
  if (found.of_message || found.of_digest) return found;
  return failed(CKR_MECHANISM_INVALID, "C_GetMechanismInfo", sessions.place())
      .with("mechanism", std::string(name(type)));
}

Bytes to_be_signed_raw(KeyType type, ByteView message) {
  if (type == KeyType::ec_p256) return to_bytes(ByteView(sha256(message)));
  if (type == KeyType::ec_p384) return to_bytes(ByteView(sha384(message)));
  return digest_info_of(message);
}

class TokenSigner final : public Signer {
 public:
  TokenSigner(std::shared_ptr<Sessions> sessions, std::string label, PublicKey key, Mechanisms mechanisms)
      : sessions_(std::move(sessions)),
        label_(std::move(label)),
        key_(std::move(key)),
        mechanisms_(mechanisms) {}

  const PublicKey& public_key() const override { return key_; }

  Result<Bytes> sign(ByteView message) override {
    const bool whole =
        mechanisms_.of_message && (!mechanisms_.of_digest || message.size() <= kWholeMessageBytesMax);
    CK_MECHANISM mechanism{whole ? *mechanisms_.of_message : *mechanisms_.of_digest, nullptr, 0};
    Bytes input = whole ? to_bytes(message) : to_be_signed_raw(key_.type(), message);
    input.reserve(1);  // modules refuse a null pointer, also for an empty message
    SHOMEI_TRY(auto signature, sessions_->with_seat<Bytes>(
                                   [&](const Seat& seat) { return sign_on(seat, mechanism, input); }));
    // A device with a fault may answer with what gives its key away: nothing unverified leaves this place.
    if (!key_.verify(algorithm(), message, signature))
      return internal("token_signature_wrong", parameters_of(sessions_->place())).with("name", label_);
    return signature;
  }

 private:
  Result<Bytes> sign_on(const Seat& seat, CK_MECHANISM mechanism, Bytes& input) {
    SHOMEI_TRY(const auto handle, handle_on(seat));
    Module& module = sessions_->module();
    CK_RV rv = module.call<&CK_FUNCTION_LIST::C_SignInit>(seat.session, &mechanism, handle);
    if (rv != CKR_OK) return failed(rv, "C_SignInit", sessions_->place());
    Bytes signature(kSignatureBytesMax);
    auto length = static_cast<CK_ULONG>(signature.size());
    rv = module.call<&CK_FUNCTION_LIST::C_Sign>(
        seat.session, input.data(), static_cast<CK_ULONG>(input.size()), signature.data(), &length);
    if (rv != CKR_OK) return failed(rv, "C_Sign", sessions_->place());
    signature.resize(std::min<std::size_t>(length, signature.size()));
    if (mechanism.mechanism == CKM_ECDSA) return ecdsa_signature_of(signature, key_.type());
    return signature;
  }

  // The handle, looked up again under a new login: there it must still be of the key that was opened.
  Result<CK_OBJECT_HANDLE> handle_on(const Seat& seat) {
    const std::scoped_lock lock(mutex_);
    if (handle_ && login_ == seat.login) return *handle_;
    handle_.reset();
    SHOMEI_TRY(const auto found, find_private_key(*sessions_, seat, label_));
    if (!found) return key_missing(label_, sessions_->place().token);
    SHOMEI_TRY(const auto key, read_public_key(*sessions_, seat, *found, label_));
    if (key != key_)
      return conflict("token_key_changed", parameters_of(sessions_->place())).with("name", label_);
    handle_ = *found;
    login_ = seat.login;
    return *found;
  }

  const std::shared_ptr<Sessions> sessions_;
  const std::string label_;
  const PublicKey key_;
  const Mechanisms mechanisms_;
  std::mutex mutex_;
  std::optional<CK_OBJECT_HANDLE> handle_;
  std::uint64_t login_ = 0;
};

class TokenKeyRing final : public KeyRing {
 public:
  explicit TokenKeyRing(std::shared_ptr<Sessions> sessions) : sessions_(std::move(sessions)) {}

  Result<std::unique_ptr<Signer>> generate(std::string_view name, KeyType type) override {
    {
      const std::scoped_lock lock(sessions_->generating());
      SHOMEI_CHECK(sessions_->with_seat<void>([&](const Seat& seat) -> Result<void> {
        SHOMEI_TRY(const auto there, find_private_key(*sessions_, seat, name));
        if (there) return key_exists(name, sessions_->place().token);
        return make_key_pair(*sessions_, seat, name, type);
      }));
    }
    return open(name);
  }

  Result<std::unique_ptr<Signer>> open(std::string_view name) override {
    using Opened = std::unique_ptr<Signer>;
    return sessions_->with_seat<Opened>([&](const Seat& seat) -> Result<Opened> {
      SHOMEI_TRY(const auto found, find_private_key(*sessions_, seat, name));
      if (!found) return key_missing(name, sessions_->place().token);
      SHOMEI_TRY(auto key, read_public_key(*sessions_, seat, *found, name));
      SHOMEI_TRY(const auto mechanisms, mechanisms_for(*sessions_, seat, key.type()));
      return Opened(std::make_unique<TokenSigner>(sessions_, std::string(name), std::move(key), mechanisms));
    });
  }

  Result<bool> has(std::string_view name) override {
    return sessions_->with_seat<bool>([&](const Seat& seat) -> Result<bool> {
      SHOMEI_TRY(const auto found, find_private_key(*sessions_, seat, name));
      return found.has_value();
    });
  }

 private:
  std::shared_ptr<Sessions> sessions_;
};

}  // namespace

std::unique_ptr<KeyRing> token_key_ring(const std::shared_ptr<Token>& token) {
  return std::make_unique<TokenKeyRing>(token->sessions());
}

}  // namespace shomei::crypto::pkcs11
