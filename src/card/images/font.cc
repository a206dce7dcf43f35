#include "card/images/font.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <filesystem>

namespace shomei::card::images {
namespace {

constexpr std::string_view kPackage = "fonts-ipaexfont-gothic";
constexpr std::string_view kPaths[] = {
    "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf",
    "/usr/share/fonts/truetype/fonts-japanese-gothic.ttf",
    "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
};
constexpr char32_t kMissing = U'\u3013';
constexpr int kFractions = 64;  // FreeType counts in 64ths of a pixel

void copy_black(Picture& picture, const FT_Bitmap& glyph, long left, long top) {
  for (unsigned row = 0; row < glyph.rows; ++row)
    for (unsigned column = 0; column < glyph.width; ++column) {
      const auto byte = glyph.buffer[static_cast<long>(row) * glyph.pitch + column / 8];
      const long x = left + column;
      const long y = top + row;
      const bool inside = x >= 0 && y >= 0 && static_cast<std::size_t>(x) < picture.width &&
                          static_cast<std::size_t>(y) < picture.height;
      if (inside && byte & 0x80 >> column % 8)
        picture.at(static_cast<std::size_t>(x), static_cast<std::size_t>(y)) = kBlack;
    }
}

}  // namespace

struct Font::Face {
  FT_Library library = nullptr;
  FT_Face face = nullptr;

  Face() = default;
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;
  ~Face() {
    if (face) FT_Done_Face(face);
    if (library) FT_Done_FreeType(library);
  }
};

std::span<const std::string_view> Font::known_paths() {
  return kPaths;
}

Result<Font> Font::find() {
  for (const auto path : kPaths) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) continue;
    if (auto font = open(std::string(path))) return font;
  }
  return not_found("font_missing", {{"package", std::string(kPackage)}});
}

Result<Font> Font::open(const std::string& path) {
  auto face = std::make_shared<Face>();
  if (FT_Init_FreeType(&face->library) != 0 ||
      FT_New_Face(face->library, path.c_str(), 0, &face->face) != 0 ||
      FT_Select_Charmap(face->face, FT_ENCODING_UNICODE) != 0)
    return unavailable("font_unusable", {{"path", path}});
  return Font(std::move(face));
}

std::size_t Font::draw(Picture& picture, char32_t character, std::size_t x, std::size_t y,
                       std::size_t square) const {
  FT_Face face = face_->face;
  FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(square));
  auto glyph = FT_Get_Char_Index(face, character);
  if (glyph == 0) glyph = FT_Get_Char_Index(face, kMissing);
  if (FT_Load_Glyph(face, glyph, FT_LOAD_TARGET_MONO) != 0 ||
      FT_Render_Glyph(face->glyph, FT_RENDER_MODE_MONO) != 0)
    return square;
  // The base line, from the font's own proportion of what stands above it.
  const long above = face->ascender * static_cast<long>(square) / (face->ascender - face->descender);
  copy_black(picture, face->glyph->bitmap, static_cast<long>(x) + face->glyph->bitmap_left,
             static_cast<long>(y) + above - face->glyph->bitmap_top);
  return static_cast<std::size_t>(face->glyph->advance.x / kFractions);
}

}  // namespace shomei::card::images
