// Files over the issuer's channel: gathered block by block, and stored whole or not at all.
#include <utility>

#include "base/limits.h"
#include "card/applet/issuer_commands.h"

namespace shomei::card::applet {
namespace {

constexpr auto kWritable = {Content::certificate, Content::authority_certificate, Content::data,
                            Content::records};

std::size_t bytes_max(const FileEntry& file) {
  const bool data = file.content == Content::data || file.content == Content::records;
  return data ? kDataFileBytesMax : limits::kCertificateBytesMax;
}

// A certificate is taken only for the key that waits or for the one in use: a card never shows a certificate
// that its key does not fit.
OrWord<ChipState> with_certificate(ChipState next, Kind kind, Bytes certificate) {
  if (!is_whole_certificate(certificate)) return Refusal(sw::kWrongData);
  auto& half = next.of(kind);
  const Bytes key = subject_key_of(certificate);
  if (half.pending_key && half.pending_key->public_key().spki() == key)
    half.key = std::exchange(half.pending_key, std::nullopt);
  else if (!half.key || half.key->public_key().spki() != key)
    return Refusal(sw::kWrongData);
  half.certificate = std::move(certificate);
  return next;
}

OrWord<ChipState> with_file(ChipState next, const FileEntry& file, Staging whole) {
  switch (file.content) {
    case Content::certificate:
      return with_certificate(std::move(next), *file.kind, std::move(whole.content));
    case Content::authority_certificate:
      if (!is_whole_certificate(whole.content)) return Refusal(sw::kWrongData);
      next.of(*file.kind).authority_certificate = std::move(whole.content);
      return next;
    default:
      if (whole.content.empty())
        next.files.erase(whole.name);
      else
        next.files[whole.name] = std::move(whole.content);
      return next;
  }
}

// The first block says how long the file will be; any other continues where the last one ended.
StatusWord gather(std::optional<Staging>& staging, const FileEntry& file, const DataObjects& objects) {
  const FileName name{*objects.application, *objects.file};
  const ByteView block = objects.data.value_or(ByteView{});
  const std::size_t offset = objects.offset.value_or(0);
  if (offset == 0) {
    staging.reset();
    if (!objects.total) return sw::kWrongData;
    if (*objects.total > bytes_max(file)) return sw::kNoRoom;
    staging = Staging{name, *objects.total, {}};
  } else if (objects.total || !staging || staging->name != name || staging->content.size() != offset) {
    return sw::kWrongOffset;
  }
  if (staging->content.size() + block.size() > staging->total) return sw::kWrongData;
  append(staging->content, block);
  return sw::kDone;
}

}  // namespace

Answer update_binary(Interior& chip, const Command&, const DataObjects& objects) {
  const auto file = named_file(chip, objects, kWritable);
  if (!file) return file.error();
  auto& staging = chip.session.staging;
  if (const auto word = gather(staging, **file, objects); word != sw::kDone) return word;
  if (staging->content.size() < staging->total) return sw::kDone;
  auto next = with_file(chip.state, **file, *std::exchange(staging, std::nullopt));
  if (!next) return next.error();
  return chip.keep(*std::move(next)) ? sw::kDone : sw::kMemoryFailure;
}

}  // namespace shomei::card::applet
