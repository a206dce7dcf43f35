#include "card/images/jpeg2000.h"

#include <openjpeg.h>

#include <algorithm>
#include <memory>

namespace shomei::card::images {
namespace {

template <auto Release>
struct Free {
  template <class T>
  void operator()(T* object) const {
    Release(object);
  }
};

using Image = std::unique_ptr<opj_image_t, Free<opj_image_destroy>>;
using Codec = std::unique_ptr<opj_codec_t, Free<opj_destroy_codec>>;
using Stream = std::unique_ptr<opj_stream_t, Free<opj_stream_destroy>>;

// A file in memory, which the codec writes back into.
struct Memory {
  Bytes bytes;
  std::size_t at = 0;

  void reach(std::size_t end) { bytes.resize(std::max(bytes.size(), end)); }
};

OPJ_SIZE_T write(void* from, OPJ_SIZE_T count, void* user) {
  auto& memory = *static_cast<Memory*>(user);
  memory.reach(memory.at + count);
  std::copy_n(static_cast<const std::uint8_t*>(from), count, memory.bytes.data() + memory.at);
  memory.at += count;
  return count;
}

OPJ_OFF_T skip(OPJ_OFF_T count, void* user) {
  auto& memory = *static_cast<Memory*>(user);
  if (count < 0) return -1;
  memory.at += static_cast<std::size_t>(count);
  memory.reach(memory.at);
  return count;
}

OPJ_BOOL seek(OPJ_OFF_T to, void* user) {
  auto& memory = *static_cast<Memory*>(user);
  if (to < 0) return OPJ_FALSE;
  memory.at = static_cast<std::size_t>(to);
  memory.reach(memory.at);
  return OPJ_TRUE;
}

Stream stream_into(Memory& memory) {
  Stream stream(opj_stream_default_create(OPJ_FALSE));
  opj_stream_set_user_data(stream.get(), &memory, nullptr);
  opj_stream_set_write_function(stream.get(), write);
  opj_stream_set_skip_function(stream.get(), skip);
  opj_stream_set_seek_function(stream.get(), seek);
  return stream;
}

Image image_of(const Picture& picture) {
  opj_image_cmptparm_t component{};
  component.dx = component.dy = 1;
  component.w = static_cast<OPJ_UINT32>(picture.width);
  component.h = static_cast<OPJ_UINT32>(picture.height);
  component.prec = 8;
  Image image(opj_image_create(1, &component, OPJ_CLRSPC_GRAY));
  if (!image) return image;
  image->x1 = component.w;
  image->y1 = component.h;
  std::ranges::copy(picture.pixels, image->comps[0].data);
  return image;
}

Error failed(std::string_view what) {
  return internal("picture_failed", {{"what", std::string(what)}});
}

}  // namespace

Result<Bytes> encode_jpeg2000(const Picture& picture, float times_smaller) {
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.tcp_numlayers = 1;
  parameters.tcp_rates[0] = times_smaller;
  parameters.cp_disto_alloc = 1;
  parameters.irreversible = 1;
  const Image image = image_of(picture);
  const Codec codec(opj_create_compress(OPJ_CODEC_JP2));
  if (!image || !codec || !opj_setup_encoder(codec.get(), &parameters, image.get()))
    return failed("OpenJPEG does not take the picture");
  Memory memory;
  {
    const Stream stream = stream_into(memory);
    if (!opj_start_compress(codec.get(), image.get(), stream.get()) ||
        !opj_encode(codec.get(), stream.get()) || !opj_end_compress(codec.get(), stream.get()))
      return failed("OpenJPEG does not write the picture");
  }  // the stream writes the rest as it goes
  return std::move(memory.bytes);
}

}  // namespace shomei::card::images
