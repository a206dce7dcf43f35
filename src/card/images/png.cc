#include "card/images/png.h"

#include <png.h>

namespace shomei::card::images {
namespace {

// libpng's simplified interface: its errors come back as values, and nothing jumps over our frames.
constexpr std::uint8_t kColours[] = {kBlack, kWhite};  // two entries: it writes one bit a pixel

Error failed(const png_image& image) {
  return internal("picture_failed", {{"what", image.message}});
}

}  // namespace

Result<Bytes> encode_png(const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_GRAY | PNG_FORMAT_FLAG_COLORMAP;
  image.colormap_entries = 2;
  Bytes indices(picture.pixels.size());
  for (std::size_t i = 0; i < indices.size(); ++i) indices[i] = picture.pixels[i] > kWhite / 2 ? 1 : 0;
  png_alloc_size_t size = 0;
  if (!png_image_write_to_memory(&image, nullptr, &size, 0, indices.data(), 0, kColours))
    return failed(image);
  Bytes png(size);
  if (!png_image_write_to_memory(&image, png.data(), &size, 0, indices.data(), 0, kColours))
    return failed(image);
  png.resize(size);
  return png;
}

}  // namespace shomei::card::images
