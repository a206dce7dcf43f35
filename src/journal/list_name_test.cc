#include "journal/list_name.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei::journal {
namespace {

TEST(ListName, IsATextOfItsParts) {
  EXPECT_EQ((ListName{"signature-1", "", false}.text()), "signature-1");
  EXPECT_EQ((ListName{"signature-1", "13225", false}.text()), "signature-1/13225");
  EXPECT_EQ((ListName{"signature-1", "13225", true}.text()), "signature-1/13225/delta");
  EXPECT_EQ((ListName{"user_authentication-2", "", true}.text()), "user_authentication-2/delta");
  EXPECT_EQ((ListName{"signature-1", "13225", true}.complete_list().text()), "signature-1/13225");
  EXPECT_EQ((ListName{"signature-1", "13225", false}.delta_list().text()), "signature-1/13225/delta");
}

TEST(ListName, WhatIsWrittenIsReadAgain) {
  EXPECT_TRUE(rc::check([] {
    const auto digits = rc::gen::container<std::string>(rc::gen::inRange('0', static_cast<char>('9' + 1)));
    const ListName name{*rc::gen::element<std::string>("signature-1", "user_authentication-12", "a"),
                        (*digits).substr(0, 10), *rc::gen::arbitrary<bool>()};
    RC_ASSERT(ListName::parse(name.text()).value() == name);
  }));
}

TEST(ListName, NothingElseIsAName) {
  for (const auto* text :
       {"", "/", "/13225", "delta", "signature-1/", "signature-1//delta", "signature-1/13225/", "Signature-1",
        "signature-1/13225/delta/delta", "signature-1/x", "signature-1/13225/14104",
        "signature-1/12345678901", "signature-1/../x", "signature 1", "signature-1/delta/13225",
        "signature-1\n", "/delta", "signature-1.crl"}) {
    const auto parsed = ListName::parse(text);
    if (std::string_view(text) == "delta")
      EXPECT_EQ(parsed->authority, "delta") << "an authority may bear any name";
    else
      EXPECT_EQ(parsed.error().code, "list_name_form") << text;
  }
  EXPECT_FALSE(ListName::parse(std::string(65, 'a')));
}

TEST(ListName, WhatIsReadIsWrittenAsItWas) {
  EXPECT_TRUE(rc::check([] {
    const auto text = *rc::gen::container<std::string>(rc::gen::element('a', '1', '/', '-', 'A', '.', '\0'));
    const auto parsed = ListName::parse(text + *rc::gen::element<std::string>("", "/delta"));
    if (parsed) RC_ASSERT(ListName::parse(parsed->text()).value() == *parsed);
  }));
}

}  // namespace
}  // namespace shomei::journal
