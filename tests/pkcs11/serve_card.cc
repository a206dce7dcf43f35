// serve_card KIND FOLDER: an issued card of that kind in vpcd's first reader until SIGTERM, with the PINs and
// certificates of test_readers.h; writes authority.crt, user_authentication.crt and signature.crt into FOLDER
// before. For scripts whose home issues another kind.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <fstream>
#include <iostream>

#include "card/vpcd/serve.h"
#include "pki/certificate.h"
#include "tests/pkcs11/test_readers.h"

namespace {

using namespace shomei;

std::atomic<bool> stop = false;

class Nowhere final : public card::applet::ChipStorage {
 public:
  Result<void> save(ByteView) override { return {}; }
};

void write_certificate(const std::string& folder, std::string_view name, ByteView der) {
  if (!der.empty())
    std::ofstream(folder + "/" + std::string(name) + ".crt") << pki::to_pem("CERTIFICATE", der);
}

}  // namespace

int main(int count, char** arguments) {
  const auto kind = std::ranges::find_if(
      card::kCardKinds, [&](auto one) { return count == 3 && card::name(one) == arguments[1]; });
  if (kind == card::kCardKinds.end()) {
    std::cerr << "usage: serve_card KIND FOLDER\n";
    return 2;
  }
  std::signal(SIGTERM, [](int) { stop = true; });
  auto state = pkcs11::issued_card(*kind);
  const std::string folder = arguments[2];
  for (const auto half : card::kKinds)
    write_certificate(folder, card::name(half), state.of(half).certificate);
  write_certificate(folder, "authority", state.of(card::Kind::user_authentication).authority_certificate);
  Nowhere storage;
  card::applet::Chip chip(std::move(state), storage);
  const auto served = card::vpcd::serve_vpcd(chip, {}, stop);
  if (!served) std::cerr << "serve_card: " << served.error().code << "\n";
  return served ? 0 : 1;
}
