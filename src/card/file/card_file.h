// CardFile: a chip whose memory is a file: the line "SHOMEI-CARD 2", then the chip's state sealed with the
// home's card key for this one card (docs/formats/card-file.md). Whoever has it open holds the lock on
// "<path>.lock": a card is in one reader.
//
// A file can be copied, and an old copy has its old try counters: this is a card for tests and
// demonstrations, with the durability of a card and not with the security of a chip.
#pragma once

#include <filesystem>
#include <memory>

#include "base/identifier.h"
#include "base/result.h"
#include "base/secret.h"
#include "card/applet/chip.h"
#include "files/lock.h"

namespace shomei::card::file {

class CardFile final : public applet::ChipStorage {
 public:
  // A new card in that state, as it left the factory. conflict "file_exists"; what files/ says of a disk.
  static Result<std::unique_ptr<CardFile>> create(const std::filesystem::path& path, const CardId& id,
                                                  const SecretBytes& key, applet::ChipState state,
                                                  applet::ChipSettings settings = {});
  // conflict "card_in_use" when it is in a reader; not_found "file_missing"; malformed "card_file_magic";
  // refused "seal_broken" with another key or another card's file; malformed "card_state_form". A file of
  // version 1 is a card without an issuer's channel, and is version 2 from its first change on.
  static Result<std::unique_ptr<CardFile>> open(const std::filesystem::path& path, const CardId& id,
                                                const SecretBytes& key, applet::ChipSettings settings = {});
  CardFile(const CardFile&) = delete;
  CardFile& operator=(const CardFile&) = delete;

  applet::Chip& chip() { return chip_; }
  const CardId& id() const { return id_; }
  Result<void> save(ByteView state) override;  // for the chip

 private:
  CardFile(std::filesystem::path path, CardId id, const SecretBytes& key, files::FileLock lock,
           applet::ChipState state, applet::ChipSettings settings);

  std::filesystem::path path_;
  CardId id_;
  SecretBytes key_;
  files::FileLock lock_;
  applet::Chip chip_;
};

}  // namespace shomei::card::file
