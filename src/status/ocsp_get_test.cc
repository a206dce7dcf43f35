#include "status/ocsp_get.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::status {
namespace {

TEST(OcspGet, TakesTheFormsThatClientsSend) {
  const Bytes der{0x30, 0x03, 0xFB, 0xEF, 0xBF, 0xFF};  // base64 MAP77+9/... has '+' and '/' in it
  const std::string base64 = to_base64(der);
  ASSERT_EQ(base64, "MAP777//");
  EXPECT_EQ(*decode_ocsp_get_path("MAP777//"), der);
  EXPECT_EQ(*decode_ocsp_get_path("MAP777%2F%2f"), der);
  EXPECT_EQ(*decode_ocsp_get_path("/MAP777%2F/"), der) << "a second slash in front";
  EXPECT_EQ(*decode_ocsp_get_path("MA%3D%3D"), Bytes{0x30});
  EXPECT_EQ(*decode_ocsp_get_path("MA=="), Bytes{0x30});
  EXPECT_EQ(to_hex(*decode_ocsp_get_path("M+A%2B")), "33e03e");
}

TEST(OcspGet, RefusesEverythingElse) {
  for (const auto* path : {"", "/", "MA%", "MA%3", "MA%3G", "%"})
    EXPECT_EQ(decode_ocsp_get_path(path).error().code, "ocsp_path_form") << path;
  for (const auto* path : {"MA", "M A=", "MA==/", "M%00==", "MAP777--"})
    EXPECT_EQ(decode_ocsp_get_path(path).error().code, "base64_form") << path;
  EXPECT_EQ(decode_ocsp_get_path(std::string(kOcspPathCharactersMax + 1, 'M')).error().code,
            "ocsp_path_form");
}

TEST(OcspGet, AnyRequestComesThroughHoweverItIsEscaped) {
  EXPECT_TRUE(rc::check([] {
    Bytes der{0x30};
    append(der, *rc::gen::arbitrary<Bytes>());
    std::string path;
    for (const char c : to_base64(der))
      if (*rc::gen::inRange(0, 3) == 0)
        path += "%" + to_hex(Bytes{static_cast<std::uint8_t>(c)});
      else
        path += c;
    RC_ASSERT(*decode_ocsp_get_path(path) == der);
  }));
}

}  // namespace
}  // namespace shomei::status
