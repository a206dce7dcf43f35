// Pending: what a transaction has written and not yet sent, a batch for each table. What is pending is named,
// so that a question knows whether it could be about it; everything is sent before such a question, and at
// the commit.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "journal/rows.h"
#include "store/postgres/batch.h"

namespace shomei::store::postgres {

class Pending {
 public:
  Pending();

  // Rows. The numbers of certificates and of their serial spaces are the writer's to know.
  void put_certificate(std::int64_t number, std::int64_t serial_space, const journal::CertificateRecord& c);
  void put_der(std::int64_t number, ByteView der);
  void change_state(std::int64_t number, const journal::CertificateRecord& c);
  void put_request(const journal::RequestRecord& request);
  // `der` is the entry's.
  void put_entry(const journal::StoredEntry& stored, ByteView der, const ResidentId& about);
  void put_tile(std::int64_t number, ByteView hashes);
  // Of a store that is filled with the rows of another: nobody asks for them before they are sent.
  void put_resident(const residents::Resident& resident);
  void put_card(const residents::CardRecord& card);
  void put_about(const journal::About& about);

  // Names of what the rows are about.
  static std::string of_serial(const pki::SerialNumber& serial);
  static std::string of_key(const journal::Sha256& key);
  static std::string of_resident(const ResidentId& resident);
  static std::string of_request(const RequestId& request);
  static std::string of_state(std::int64_t number);
  static std::string of_tile(std::int64_t number);
  static std::string_view of_entries();

  bool concerns(std::string_view name) const { return names_.contains(std::string(name)); }
  bool empty() const { return names_.empty(); }
  std::size_t bytes() const;
  void take(Pending& later);  // its rows behind these; it is empty then
  void clear();
  void queue_in(Connection& connection);  // and is empty then

 private:
  static constexpr std::size_t kBatches = 10;
  std::array<Batch*, kBatches> all();
  // In the order in which they are sent.
  Batch residents_, cards_, certificates_, states_, ders_, changes_, requests_, entries_, private_parts_,
      abouts_;
  std::map<std::int64_t, Bytes> tiles_;  // the last of each: one statement cannot write a row twice
  std::unordered_set<std::string> names_;
};

}  // namespace shomei::store::postgres
