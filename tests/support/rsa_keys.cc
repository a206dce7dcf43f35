#include "tests/support/rsa_keys.h"

#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace shomei::test {
namespace {

std::vector<std::string> lines_of_file() {
  std::ifstream file(SHOMEI_VECTORS "/keys/rsa-2048.txt");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

crypto::PrivateKey made_or_read(std::size_t number) {
  static const auto lines = lines_of_file();
  if (number >= lines.size()) return crypto::PrivateKey::generate(crypto::KeyType::rsa_2048);
  return crypto::PrivateKey::parse_pkcs8(SecretBytes(from_base64(lines[number]).value())).value();
}

}  // namespace

const crypto::PrivateKey& rsa_key(std::size_t number) {
  static std::mutex mutex;
  static std::map<std::size_t, crypto::PrivateKey> keys;
  const std::lock_guard lock(mutex);
  const auto known = keys.find(number);
  return known != keys.end() ? known->second : keys.emplace(number, made_or_read(number)).first->second;
}

}  // namespace shomei::test
