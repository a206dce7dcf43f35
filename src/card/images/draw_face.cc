#include "card/images/draw_face.h"

#include "card/images/figure.h"
#include "card/images/jpeg2000.h"
#include "card/images/png.h"
#include "card/images/text_picture.h"

namespace shomei::card::images {
namespace {

// The number is 72 by 12 pixels and the code 24 by 12 on a test card; the size of the texts is ours.
constexpr TextForm kDigits{.square = 12, .characters_a_line = 6};
constexpr TextForm kName{.square = 20, .characters_a_line = 20, .lines_max = 5};
constexpr TextForm kAddress{.square = 20, .characters_a_line = 22, .lines_max = 10};
constexpr float kPhotoTimesSmaller = 12;

Result<Bytes> text(const Font& font, std::string_view words, const TextForm& form) {
  return encode_png(draw_text(font, words, form));
}

}  // namespace

Result<contents::FaceImages> draw_face(const Font& font, const contents::Person& person) {
  SHOMEI_TRY(auto images, draw_texts(font, person));
  SHOMEI_TRY(images.photo, draw_photo(font));
  return images;
}

Result<Bytes> draw_photo(const Font& font) {
  return encode_jpeg2000(draw_figure(font), kPhotoTimesSmaller);
}

Result<contents::FaceImages> draw_texts(const Font& font, const contents::Person& person) {
  contents::FaceImages images;
  SHOMEI_TRY(images.name, text(font, person.name, kName));
  SHOMEI_TRY(images.address, text(font, person.address, kAddress));
  SHOMEI_TRY(images.number, text(font, person.number, kDigits));
  SHOMEI_TRY(images.security_code, text(font, person.security_code, kDigits));
  return images;
}

}  // namespace shomei::card::images
