#include "store/postgres/address.h"

#include <libpq-fe.h>
#include <string.h>

#include <algorithm>
#include <array>
#include <memory>

namespace shomei::store::postgres {
namespace {

// Where the address is silent. A server that vanishes without a word is noticed after some 25 s.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kDefaults{{
    {"connect_timeout", "5"},
    {"fallback_application_name", "shomei"},
    {"client_encoding", "UTF8"},
    {"tcp_user_timeout", "15000"},
    {"keepalives_idle", "10"},
    {"keepalives_interval", "5"},
    {"keepalives_count", "3"},
}};

bool is_secret(std::string_view keyword) {
  return keyword == "password" || keyword == "sslpassword";
}

std::string_view value_of(const Address::Keywords& keywords, std::string_view wanted) {
  const auto at = std::ranges::find(keywords, wanted, &Address::Keywords::value_type::first);
  return at == keywords.end() ? std::string_view{} : at->second.reveal_text();
}

std::string shown_of(const Address::Keywords& given) {
  const auto or_else = [&](std::string_view keyword, std::string_view otherwise) {
    const auto value = value_of(given, keyword);
    return std::string(value.empty() ? otherwise : value);
  };
  const auto port = value_of(given, "port");
  // Where a service says where, libpq alone knows it.
  if (const auto service = value_of(given, "service"); !service.empty())
    return "postgresql:///" + std::string(value_of(given, "dbname")) + "?service=" + std::string(service);
  return "postgresql://" + or_else("host", or_else("hostaddr", "localhost")) +
         (port.empty() ? "" : ":" + std::string(port)) + "/" + or_else("dbname", or_else("user", ""));
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

// What libpq has made of an address, the password too.
struct WipeAndFree {
  void operator()(PQconninfoOption* options) const {
    for (auto* o = options; o->keyword != nullptr; ++o)
      if (o->val) explicit_bzero(o->val, strlen(o->val));
    PQconninfoFree(options);
  }
};
using Options = std::unique_ptr<PQconninfoOption, WipeAndFree>;

// Null where it is not understood. libpq's own message quotes that, which may be the password: it is not told
// on. (While it reads, libpq has one more copy, which it frees as it is.)
Options options_of(std::string_view text) {
  std::string with_end(text);
  char* message = nullptr;
  Options options(PQconninfoParse(with_end.c_str(), &message));
  explicit_bzero(with_end.data(), with_end.size());
  if (message) explicit_bzero(message, strlen(message));
  PQfreemem(message);
  return options;
}

}  // namespace

Result<Address> Address::parse(std::string_view text) {
  const auto options = options_of(text);
  if (!options) return malformed("store_url_form");
  Address address;
  for (const auto* o = options.get(); o->keyword != nullptr; ++o)
    if (o->val) address.given_.emplace_back(o->keyword, SecretBytes::of_text(o->val));
  address.shown_ = shown_of(address.given_);
  address.several_ = value_of(address.given_, "host").find(',') != std::string_view::npos ||
                     value_of(address.given_, "hostaddr").find(',') != std::string_view::npos;
  return address;
}

bool Address::has_secrets() const {
  return std::ranges::any_of(given_, [](const auto& keyword) { return is_secret(keyword.first); });
}

void Address::set_password(SecretBytes password) {
  std::erase_if(given_, [](const auto& keyword) { return keyword.first == "password"; });
  given_.emplace_back("password", std::move(password));
}

Address::Keywords Address::keywords() const {
  Keywords all;
  for (const auto& [keyword, value] : given_) all.emplace_back(keyword, value.clone());
  for (const auto& [keyword, value] : kDefaults)
    if (value_of(given_, keyword).empty()) all.emplace_back(keyword, SecretBytes::of_text(value));
  return all;
}

std::string Address::without_secrets(std::string_view message) const {
  std::string text(message);
  for (const auto& [keyword, value] : given_)
    if (is_secret(keyword) && !value.empty()) replace_all(text, value.reveal_text(), "…");
  while (!text.empty() && text.back() == '\n') text.pop_back();
  replace_all(text, "\n", "; ");
  return text;
}

}  // namespace shomei::store::postgres
