#include "card/applet/interior.h"
#include "der/reader.h"
#include "der/writer.h"

namespace shomei::card::applet {
namespace {

constexpr der::Tag kVersionTag = der::context_constructed(0);
constexpr int kFieldsBeforeKey = 5;  // serial number, signature, issuer, validity, subject

Result<Bytes> find_subject_key(ByteView certificate) {
  SHOMEI_TRY(auto outer, der::enter_single(certificate));
  SHOMEI_TRY(auto tbs, outer.enter(der::kSequence));
  SHOMEI_CHECK(tbs.take_if(kVersionTag));
  for (int field = 0; field < kFieldsBeforeKey; ++field) SHOMEI_CHECK(tbs.take());
  SHOMEI_TRY(const auto key, tbs.take(der::kSequence));
  return der::encode(der::kSequence, key.content);
}

}  // namespace

bool is_whole_certificate(ByteView file) {
  return file.size() > 4 && file[0] == der::kSequence && file[1] == 0x82 &&
         der::parse_single(file).has_value();
}

Bytes subject_key_of(ByteView certificate) {
  auto key = find_subject_key(certificate);
  return key ? *std::move(key) : Bytes{};
}

}  // namespace shomei::card::applet
