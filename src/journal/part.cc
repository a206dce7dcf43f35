#include "journal/part.h"

#include <vector>

#include "der/reader.h"
#include "der/writer.h"

namespace shomei::journal {
namespace {

constexpr std::int64_t kVersion = 1;

Error bad(std::string_view what) {
  return malformed("part_form", {{"what", std::string(what)}});
}

Result<std::string> take_name(der::Reader& field) {
  if (field.peek() != der::kUtf8String) return bad("a field's name is not a UTF8String");
  return field.take_string();
}

Result<Fields> take_fields(ByteView der) {
  if (der.size() > kPartBytesMax) return bad("it is too long");
  SHOMEI_TRY(auto reader, der::enter_single(der));
  SHOMEI_TRY(const auto version, reader.take_integer());
  if (version != kVersion) return bad("it is of version " + std::to_string(version));
  SHOMEI_TRY(auto list, reader.enter(der::kSequence));
  SHOMEI_CHECK(reader.expect_done());
  Fields fields;
  while (!list.done()) {
    SHOMEI_TRY(auto field, list.enter(der::kSequence));
    SHOMEI_TRY(auto name, take_name(field));
    SHOMEI_TRY(const auto value, field.take_octet_string());
    SHOMEI_CHECK(field.expect_done());
    // Ascending and unique, so that a set of fields has one encoding only.
    if (!fields.empty() && name <= fields.rbegin()->first) return bad("the fields are not in order");
    fields.emplace_hint(fields.end(), std::move(name), to_bytes(value));
  }
  return fields;
}

}  // namespace

Bytes encode_fields(const Fields& fields) {
  std::vector<Bytes> list;
  for (const auto& [name, value] : fields)
    list.push_back(der::sequence({der::utf8_string(name), der::octet_string(value)}));
  return der::sequence({der::integer(kVersion), der::sequence(list)});
}

Result<Fields> parse_fields(ByteView der) {
  auto fields = take_fields(der);
  if (!fields && fields.error().code != "part_form") return bad(fields.error().parameter("what"));
  return fields;
}

std::string text(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : to_text(found->second);
}

}  // namespace shomei::journal
