#include "mass/order.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace shomei::mass {
namespace {

using Json = nlohmann::json;
namespace field = journal::field;

Error broken(std::string_view what) {
  return internal("mass_record_broken", {{"what", std::string(what)}});
}

Json content_document(const Order& order) {
  return {{"verb", name(order.verb)},
          {"ground", order.ground ? Json(rules::name(*order.ground)) : Json(nullptr)},
          {"reason", order.reason ? Json(rules::name(*order.reason)) : Json(nullptr)},
          {"cause", order.cause},
          {"query", Json::parse(order.query)},
          {"found", Json::parse(encode_found(order.found))},
          {"list_sha256", to_hex_upper(order.list)}};
}

Result<crypto::Sha256> digest_in(const Json& json, const char* member) {
  SHOMEI_TRY(const auto bytes, from_hex(json.at(member).get_ref<const std::string&>()));
  crypto::Sha256 digest{};
  if (bytes.size() != digest.size()) return broken("a digest");
  std::ranges::copy(bytes, digest.begin());
  return digest;
}

Result<void> read_content(const Json& json, Order& order) {
  SHOMEI_TRY(order.verb, parse_verb(json.at("verb").get_ref<const std::string&>()));
  if (!json.at("ground").is_null())
    order.ground = rules::parse_ground(json.at("ground").get_ref<const std::string&>());
  if (!json.at("reason").is_null())
    order.reason = rules::parse_reason(json.at("reason").get_ref<const std::string&>());
  order.cause = json.at("cause").get<std::string>();
  order.query = json.at("query").dump();
  SHOMEI_TRY(order.found, parse_found(json.at("found").dump()));
  SHOMEI_TRY(order.list, digest_in(json, "list_sha256"));
  SHOMEI_TRY(order.content, digest_in(json, "content_sha256"));
  if (order.content != content_of(order)) return broken("its content is not that of its digest");
  return {};
}

Result<void> read_officer(const journal::Fields& fields, Order& order) {
  order.officer.name = journal::text(fields, field::kActor);
  SHOMEI_TRY(order.officer.office, OfficeId::parse(journal::text(fields, field::kOffice)));
  SHOMEI_TRY(order.officer.request, RequestId::parse(journal::text(fields, field::kRequest)));
  return {};
}

}  // namespace

crypto::Sha256 content_of(const Order& order) {
  const ByteArray<1> zero{};
  const auto document = content_document(order).dump();
  return crypto::sha256({view("shomei mass order v1"), zero, view(document)});
}

std::string encode_order(const Order& order) {
  auto document = content_document(order);
  document["order"] = order.id.text();
  document["content_sha256"] = to_hex_upper(order.content);
  document["fixed_at"] = format_jst(order.fixed_at);
  document["officer"] = order.officer.name;
  document["office"] = order.officer.office.text();
  document["request"] = order.officer.request.text();
  document["sequence"] = order.sequence;
  return document.dump();
}

journal::Fields fields_of(const Order& order) {
  auto document = content_document(order);
  document["content_sha256"] = to_hex_upper(order.content);
  auto fields = counter::officer_fields(act_of(order.verb), order.officer);
  fields.insert_or_assign(std::string(field::kMass), to_bytes(document.dump()));
  return fields;
}

Result<Order> read_order(const journal::StoredEntry& intent) {
  const auto& part = intent.parts[static_cast<std::size_t>(journal::PartKind::officer)];
  if (!part || intent.entry.phase != journal::Phase::intent)
    return broken("it does not begin with an intent");
  SHOMEI_TRY(const auto fields, journal::parse_fields(part->body));
  Order order;
  order.id = intent.entry.act;
  order.fixed_at = intent.entry.recorded_at;
  order.sequence = intent.entry.sequence;
  try {
    SHOMEI_CHECK(read_content(Json::parse(journal::text(fields, field::kMass)), order));
  } catch (const Json::exception&) {
    return broken("the order");
  }
  SHOMEI_CHECK(read_officer(fields, order));
  return order;
}

Result<void> expect_agreed(const counter::Parts& parts, const Order& order, const counter::Officer& doer) {
  if (!parts.admission) return {};
  auto asks = doer;
  SHOMEI_TRY(asks.request, RequestId::parse(order.id.text()));
  auto proposer = asks;
  proposer.name = order.officer.name;
  proposer.office = order.officer.office;
  const auto summary = std::string(name(order.verb)) + " " + std::to_string(order.found.certificates) +
                       " certificates" + (order.cause.empty() ? "" : ": " + order.cause);
  return parts.admission->expect_agreed(act_of(order.verb), proposer, order.content, summary, asks);
}

}  // namespace shomei::mass
