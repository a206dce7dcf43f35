#include "home/bad_keys.h"

#include <algorithm>

#include "counter/shared_primes.h"
#include "files/file.h"
#include "pki/certificate.h"

namespace shomei::home {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kKnownFor{10};
constexpr std::size_t kCertificateFileBytesMax = 64 * 1024;

}  // namespace

// What KnownKeys borrows, beside it.
struct BadKeys::Known {
  std::vector<crypto::PublicKey> own;
  crypto::SharedFactors shared;
  std::vector<std::shared_ptr<const MappedList>> files;
  std::vector<crypto::KeyList> lists;
  authority::KnownKeys keys;
};

Result<std::shared_ptr<const authority::KnownKeys>> BadKeys::known() {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (!known_ || now >= until_) {
    const auto next = std::make_shared<Known>();
    SHOMEI_TRY(const auto rows, engine_.begin(journal::Access::read));
    SHOMEI_TRY(next->own, own_keys(*rows));
    SHOMEI_TRY(next->shared, counter::found_factors(*rows));
    for (const auto& name : settings_.known_bad) {
      SHOMEI_TRY(auto one, list(name));
      next->lists.push_back(one->list);
      next->files.push_back(std::move(one));
    }
    next->keys = {next->own, &next->shared, next->lists};
    known_ = next;
    until_ = now + kKnownFor;
  }
  return std::shared_ptr<const authority::KnownKeys>(known_, &known_->keys);
}

// A list is checked from end to end when it is opened: once, and again when it was replaced.
Result<std::shared_ptr<const BadKeys::MappedList>> BadKeys::list(const std::string& name) {
  const fs::path path = layout_.root / name;
  std::error_code failed;
  const auto written = fs::last_write_time(path, failed);
  const auto known = lists_.find(name);
  if (known != lists_.end() && !failed && known->second->written == written) return known->second;
  auto file = files::MappedFile::open(path);
  if (!file && file.error().code == "file_missing")
    return not_found("key_list_missing", {{"path", path.string()}});
  if (!file) return std::move(file).error();
  auto parsed = crypto::KeyList::parse(file->bytes());
  if (!parsed) return std::move(parsed).error().with("path", path.string());
  auto mapped = std::make_shared<const MappedList>(MappedList{*std::move(file), *std::move(parsed), written});
  lists_[name] = mapped;
  return mapped;
}

Result<std::vector<crypto::PublicKey>> BadKeys::own_keys(journal::Rows& rows) const {
  SHOMEI_TRY(const auto records, rows.list_authorities());
  std::vector<crypto::PublicKey> keys;
  for (const auto& record : records) {
    SHOMEI_TRY(auto certificate, pki::parse_certificate(record.certificate));
    keys.push_back(std::move(certificate.tbs.key));
    SHOMEI_CHECK(add_published(crl_key_name(record.name), keys));
    SHOMEI_CHECK(add_published(record.name + "-responder", keys));
  }
  return keys;
}

// Not every authority has one.
Result<void> BadKeys::add_published(const std::string& name, std::vector<crypto::PublicKey>& keys) const {
  const auto text = files::read_file(layout_.certificate(name), kCertificateFileBytesMax);
  if (!text && text.error().code == "file_missing") return {};
  if (!text) return text.error();
  SHOMEI_TRY(const auto der, pki::from_pem("CERTIFICATE", to_text(*text)));
  SHOMEI_TRY(auto certificate, pki::parse_certificate(der));
  keys.push_back(std::move(certificate.tbs.key));
  return {};
}

}  // namespace shomei::home
