#include "base/shown_text.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shomei {
namespace {

// UTF-8 by hand, so that the test does not lean on what it tests.
std::string utf8(char32_t code) {
  const auto byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  const auto tail = [&](int shift) { return byte(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) return {byte(code)};
  if (code < 0x800) return {byte(0xC0 | code >> 6), tail(0)};
  if (code < 0x10000) return {byte(0xE0 | code >> 12), tail(6), tail(0)};
  return {byte(0xF0 | code >> 18), tail(12), tail(6), tail(0)};
}

bool unfit(char32_t code) {
  for (const auto& [first, last] : std::initializer_list<std::pair<char32_t, char32_t>>{{0x00, 0x1F},
                                                                                        {0x7F, 0x9F},
                                                                                        {0x61C, 0x61C},
                                                                                        {0x200E, 0x200F},
                                                                                        {0x2028, 0x2029},
                                                                                        {0x202A, 0x202E},
                                                                                        {0x2066, 0x2069}})
    if (first <= code && code <= last) return true;
  return false;
}

TEST(ShownText, EveryCharacterIsKeptOrAQuestionMark) {
  for (char32_t code = 0; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    const std::string text = "a" + utf8(code) + "b";
    ASSERT_EQ(shown_line(text), unfit(code) ? "a?b" : text) << std::hex << static_cast<unsigned>(code);
  }
}

TEST(ShownText, BytesThatAreNotOfUtf8AreReplaced) {
  const std::string none = "\xEF\xBF\xBD";
  EXPECT_EQ(shown_line("\xFF"), none);
  EXPECT_EQ(shown_line("a\x9B[31m"), "a" + none + "[31m") << "C1 in one byte";
  EXPECT_EQ(shown_line("\xC0\x9B"), none + none) << "an overlong escape";
  EXPECT_EQ(shown_line("\xE0\x82\x9B"), none + none + none) << "an overlong U+009B";
  EXPECT_EQ(shown_line("\xF0\x80\x82\x9B"), none + none + none + none);
  EXPECT_EQ(shown_line("\xED\xA0\x80"), none + none + none) << "a surrogate";
  EXPECT_EQ(shown_line("\xF4\x90\x80\x80"), none + none + none + none) << "after the last character";
  EXPECT_EQ(shown_line("\xF8\x88\x80\x80\x80"), none + none + none + none + none);
  EXPECT_EQ(shown_line("\xE5\xAD"), none + none) << "a cut character";
  EXPECT_EQ(shown_line("\xE5\x1B[m"), none + "?[m") << "a lead byte does not swallow an escape";
}

TEST(ShownText, OnlyLinesKeepLineFeeds) {
  EXPECT_EQ(shown_line("a\nb\r\n"), "a?b??");
  EXPECT_EQ(shown_lines("a\nb\r\n"), "a\nb?\n");
  EXPECT_EQ(shown_lines("\x1b[2J\xC2\x9B\xE2\x80\xAE\t"), "?[2J???");
}

TEST(ShownText, AValueOfASentenceIsShort) {
  EXPECT_EQ(fit_for_sentence("見本　太郎"), "見本　太郎");
  EXPECT_EQ(fit_for_sentence(std::string(100, 'a')), std::string(100, 'a'));
  EXPECT_EQ(fit_for_sentence(std::string(101, 'a')), std::string(100, 'a') + "...");
  EXPECT_EQ(fit_for_sentence(std::string(99, 'a') + "字"), std::string(99, 'a') + "...");
  EXPECT_EQ(fit_for_sentence("\x1b]0;x\x07"), "?]0;x?");
  EXPECT_EQ(fit_for_sentence(std::string(200, '\x80')), "...");
}

TEST(ShownTextProperty, WhatIsShownIsFitAndStaysAsItIs) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    const auto once = shown_line(bytes);
    RC_ASSERT(shown_line(once) == once);
    for (const char c : once) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
    RC_ASSERT(fit_for_sentence(bytes).size() <= 303U);
  }));
}

}  // namespace
}  // namespace shomei
