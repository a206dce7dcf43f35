// A key at whose use the power goes: what was recorded before is all that there will be of the act. And one
// that says that it does not sign.
#pragma once

#include "crypto/signer.h"

namespace shomei::test {

struct PowerCut {};  // thrown: nothing that would come after it is done

class DeadSigner final : public crypto::Signer {
 public:
  explicit DeadSigner(const crypto::Signer& alive) : alive_(alive) {}
  const crypto::PublicKey& public_key() const override { return alive_.public_key(); }
  Result<Bytes> sign(ByteView) override { throw PowerCut(); }

 private:
  const crypto::Signer& alive_;
};

class LostSigner final : public crypto::Signer {
 public:
  explicit LostSigner(const crypto::Signer& of) : of_(of) {}
  const crypto::PublicKey& public_key() const override { return of_.public_key(); }
  Result<Bytes> sign(ByteView) override { return unavailable("token_lost"); }

 private:
  const crypto::Signer& of_;
};

}  // namespace shomei::test
