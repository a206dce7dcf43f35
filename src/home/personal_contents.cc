#include "home/personal_contents.h"

#include "card/images/draw_face.h"
#include "files/file.h"

namespace shomei::home {
namespace {

namespace contents = card::contents;

constexpr std::string_view kSignerId = "9132250";

contents::Sex sex_of(residents::Gender gender) {
  switch (gender) {
    case residents::Gender::male:
      return contents::Sex::male;
    case residents::Gender::female:
      return contents::Sex::female;
    case residents::Gender::unknown:
      break;
  }
  return contents::Sex::not_known;
}

contents::Person person_of(const residents::Resident& resident, const residents::CardRecord& card) {
  return {.name = resident.name,
          .address = resident.address,
          .sex = sex_of(resident.gender),
          .born = resident.born,
          .number = contents::synthetic_number(view(resident.id.text())),
          .municipality = resident.municipality,
          .serial = contents::synthetic_serial(view(card.id.text())),
          .card_valid_until = card.valid_until,
          .security_code = contents::synthetic_security_code(view(card.id.text()))};
}

card::ApplicationId application_of(ByteView name) {
  return card::find_application(name)->id;
}

counter::CardContents to_write(std::vector<contents::PersonalFile> files,
                               const std::vector<contents::FixedPin>& pins) {
  counter::CardContents all;
  for (auto& file : files)
    all.files.push_back({application_of(file.application), file.file, std::move(file.content)});
  for (const auto& pin : pins)
    all.numbers.push_back(
        {{application_of(pin.application), pin.file, std::string(pin.value.reveal_text())}, pin.made_of});
  return all;
}

Result<contents::FileIssuer> issuer_of(crypto::Signer& signer, crypto::Signer& root) {
  using contents::key_id;
  const contents::FileSigner by_root(root);
  const auto& key = signer.public_key();
  SHOMEI_TRY(auto face,
             contents::make_cv_certificate(by_root, key_id(contents::kFaceRootId), key_id(kSignerId), key));
  SHOMEI_TRY(auto helper, contents::make_cv_certificate(by_root, key_id(contents::kInputHelperRootId),
                                                        key_id(kSignerId), key));
  return contents::FileIssuer{contents::FileSigner(signer), std::move(face), std::move(helper)};
}

}  // namespace

Result<PersonalContents::Maker> PersonalContents::open() {
  SHOMEI_TRY(auto font, card::images::Font::find());
  SHOMEI_TRY(const auto root, keys_.open_or_generate(kCardFilesRootName, crypto::KeyType::rsa_2048));
  SHOMEI_TRY(auto signer, keys_.open_or_generate(kCardFilesName, crypto::KeyType::rsa_2048));
  SHOMEI_TRY(auto issuer, issuer_of(*signer, *root));
  SHOMEI_CHECK(
      files::replace_file(layout_.card_files_root(), root->public_key().spki(), files::kReadableByAll));
  SHOMEI_TRY(auto photo, card::images::draw_photo(font));
  return Maker{std::move(signer), std::move(issuer), std::move(font), std::move(photo)};
}

Result<counter::CardContents> PersonalContents::make(const residents::Resident& resident,
                                                     const residents::CardRecord& card) {
  const auto person = person_of(resident, card);
  const std::lock_guard lock(mutex_);
  if (!maker_) {
    SHOMEI_TRY(maker_, open());
  }
  SHOMEI_TRY(auto images, card::images::draw_texts(maker_->font, person));
  images.photo = maker_->photo;
  SHOMEI_TRY(auto files, contents::personal_files(person, images, {}, maker_->issuer));
  SHOMEI_TRY(const auto pins, contents::fixed_pins(person));
  return to_write(std::move(files), pins);
}

}  // namespace shomei::home
