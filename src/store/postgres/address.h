// Address: where a database is, as libpq writes it ("postgresql://user@host,host/name?…" or "host=…
// dbname=…"), with the settings that we add where it says nothing. The password in it is in no error and no
// log. Source: PostgreSQL 15, 34.1.1 Connection Strings and 34.1.2 Parameter Key Words.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace shomei::store::postgres {

class Address {
 public:
  // malformed "store_url_form".
  static Result<Address> parse(std::string_view text);

  // Whether a password is in it, of the user or of a client key.
  bool has_secrets() const;
  // Instead of what the address says; what libpq would find (passfile, …) counts no more.
  void set_password(SecretBytes password);

  // "postgresql://host:port/name": what people are told.
  const std::string& shown() const { return shown_; }
  bool names_several_hosts() const { return several_; }
  // What libpq is given, each with a value.
  using Keywords = std::vector<std::pair<std::string, SecretBytes>>;
  Keywords keywords() const;
  // A message of libpq or the server with the password taken out and on one line.
  std::string without_secrets(std::string_view message) const;

 private:
  Keywords given_;
  std::string shown_;
  bool several_ = false;
};

}  // namespace shomei::store::postgres
