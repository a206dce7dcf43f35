// The pictures are read back by the readers of the same libraries; that they look right, a person has seen
// once.
#include <gtest/gtest.h>
#include <openjpeg.h>
#include <png.h>

#include <algorithm>

#include "card/contents/test_person.h"
#include "card/images/draw_face.h"
#include "card/images/figure.h"
#include "card/images/jpeg2000.h"
#include "card/images/png.h"
#include "card/images/text_picture.h"

namespace shomei::card::images {
namespace {

std::size_t black(const Picture& picture) {
  return static_cast<std::size_t>(std::ranges::count(picture.pixels, kBlack));
}

Picture read_png(const Bytes& bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  EXPECT_TRUE(png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()));
  image.format = PNG_FORMAT_GRAY;
  Picture picture = Picture::blank(image.width, image.height);
  EXPECT_TRUE(png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr));
  return picture;
}

TEST(CardImages, ATextIsDrawnInLinesOfItsForm) {
  const auto font = Font::find().value();
  const auto number = draw_text(font, "123456789012", {.square = 12, .characters_a_line = 6});
  EXPECT_EQ(number.width, 72U);
  EXPECT_EQ(number.height, 12U);
  EXPECT_GT(black(number), 100U);
  const auto two = draw_text(font, "見本花子見本", {.square = 20, .characters_a_line = 4, .lines_max = 2});
  EXPECT_EQ(two.width, 80U);
  EXPECT_EQ(two.height, 40U);
  const auto cut = draw_text(font, "見本花子見本", {.square = 20, .characters_a_line = 4});
  EXPECT_EQ(cut.height, 20U);
  EXPECT_LT(black(cut), black(two));
  EXPECT_EQ(black(draw_text(font, "　", {.square = 20, .characters_a_line = 4})), 0U);
}

TEST(CardImages, CharactersDifferAndWhatTheFontLacksIsGeta) {
  const auto font = Font::find().value();
  const auto drawn = [&](std::string_view text) {
    return draw_text(font, text, {.square = 20, .characters_a_line = 4}).pixels;
  };
  EXPECT_NE(drawn("見"), drawn("本"));
  EXPECT_EQ(drawn("\U0010FFFD"), drawn("〓"));
  EXPECT_EQ(drawn("\xE8"), drawn("\xE8"));  // a cut character draws something, and nothing breaks
}

TEST(CardImages, APngHasOneBitAPixelAndTheSamePixels) {
  const auto font = Font::find().value();
  const auto drawn = draw_text(font, "東京都稲城市", {.square = 20, .characters_a_line = 6});
  const auto png = encode_png(drawn).value();
  EXPECT_EQ(to_hex(ByteView(png).first(8)), "89504e470d0a1a0a");
  EXPECT_EQ(png[24], 1);  // bit depth, in the header chunk
  const auto read = read_png(png);
  EXPECT_EQ(read.width, drawn.width);
  EXPECT_EQ(read.pixels, drawn.pixels);
}

struct Source {
  const Bytes* bytes;
  std::size_t at = 0;
};

OPJ_SIZE_T read_some(void* to, OPJ_SIZE_T count, void* user) {
  auto& source = *static_cast<Source*>(user);
  const auto left = std::min<std::size_t>(count, source.bytes->size() - source.at);
  std::copy_n(source.bytes->data() + source.at, left, static_cast<std::uint8_t*>(to));
  source.at += left;
  return left == 0 ? static_cast<OPJ_SIZE_T>(-1) : left;
}

TEST(CardImages, ThePhotoReadsBackAsTheFigure) {
  const auto figure = draw_figure(Font::find().value());
  const auto jp2 = encode_jpeg2000(figure, 12).value();
  EXPECT_LT(jp2.size(), 6000U);
  EXPECT_EQ(to_hex(ByteView(jp2).first(12)), "0000000c6a5020200d0a870a");
  Source source{&jp2};
  opj_stream_t* stream = opj_stream_default_create(OPJ_TRUE);
  opj_stream_set_user_data(stream, &source, nullptr);
  opj_stream_set_user_data_length(stream, jp2.size());
  opj_stream_set_read_function(stream, read_some);
  opj_codec_t* codec = opj_create_decompress(OPJ_CODEC_JP2);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  opj_image_t* image = nullptr;
  ASSERT_TRUE(opj_setup_decoder(codec, &parameters));
  ASSERT_TRUE(opj_read_header(stream, codec, &image));
  ASSERT_TRUE(opj_decode(codec, stream, image));
  ASSERT_EQ(image->comps[0].w, figure.width);
  ASSERT_EQ(image->comps[0].h, figure.height);
  double error = 0;
  for (std::size_t i = 0; i < figure.pixels.size(); ++i)
    error += std::abs(image->comps[0].data[i] - figure.pixels[i]);
  EXPECT_LT(error / static_cast<double>(figure.pixels.size()), 6);
  opj_image_destroy(image);
  opj_destroy_codec(codec);
  opj_stream_destroy(stream);
}

TEST(CardImages, ACardsPicturesFitOnTheCard) {
  auto person = contents::test_person();
  person.address.clear();
  for (int i = 0; i < 200; ++i) person.address += "郷";
  const auto images = draw_face(Font::find().value(), person).value();
  EXPECT_TRUE(contents::personal_files(person, images, contents::test_card_keys(), contents::test_issuer()));
}

TEST(CardImages, AMissingFontIsSaid) {
  EXPECT_EQ(Font::open("/nonexistent/font.ttf").error().code, "font_unusable");
}

}  // namespace
}  // namespace shomei::card::images
