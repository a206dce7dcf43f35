#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/card_session.h"
#include "app/command_list.h"
#include "app/describe.h"
#include "app/in_file.h"
#include "app/pin_questions.h"
#include "card/reading/personal_data.h"
#include "card/sealing/session_transport.h"
#include "cli/print.h"
#include "cli/prompt.h"
#include "crypto/public_key.h"
#include "files/file.h"

namespace shomei::app {
namespace {

using card::ApplicationId;
using card::PinId;
using card::pcsc::HeldCard;
using card::reading::FilesSigner;
using card::reading::PersonalReader;
using nlohmann::json;

constexpr std::size_t kKeyBytesMax = 4096;

constexpr cli::Option kPin{
    "pin", "FILE",
    "file (or - for stdin) with the four digits of the input helper; asked on the terminal when left out"};
constexpr cli::Option kReferenceA{"reference-a", "FILE",
                                  "instead: file with reference number A, the twelve digits of the number"};
constexpr cli::Option kReferenceB{
    "reference-b", "FILE",
    "instead: file with reference number B: birth date YYMMDD in years of the era, card's last year, code"};
constexpr cli::Option kBirthDate{
    "birth-date", "FILE",
    "file with the birth date YYMMDD in years of the era; asked on the terminal when left out"};
constexpr cli::Option kSealed{"sealed", "", "let the card seal what is read (the PIN itself is not sealed)"};
constexpr cli::Option kRoot{"root", "FILE",
                            "public key (DER) of the root that certifies who signs cards' files"};
// One way to open a file: a PIN or number, the option that names its file, and what is asked on the terminal.
struct Way {
  PinId pin{};
  std::string_view option;
  std::string_view question;
  std::string_view question_ja;
};

constexpr Way kHelperPin{PinId::input_helper, "pin", "PIN of the input helper, 4 digits",
                         "券面事項入力補助用の暗証番号、数字4桁"};
constexpr Way kHelperA{PinId::input_helper_a, "reference-a", "Reference number A, 12 digits",
                       "照合番号A、数字12桁"};
constexpr Way kHelperB{PinId::input_helper_b, "reference-b", "Reference number B, 14 digits",
                       "照合番号B、数字14桁"};
constexpr Way kFaceA{PinId::face_a, "reference-a", kHelperA.question, kHelperA.question_ja};
constexpr Way kFaceB{PinId::face_b, "reference-b", kHelperB.question, kHelperB.question_ja};
constexpr Way kFaceBirthDate{PinId::face_birth_date, "birth-date", "Birth date, YYMMDD of the era",
                             "生年月日、和暦のYYMMDD"};

// The first whose option was given; the first of all is asked for on the terminal.
Result<Way> way_of(const cli::Invocation& invocation, std::initializer_list<Way> ways) {
  const Way* chosen = nullptr;
  for (const auto& way : ways) {
    if (!invocation.has(way.option)) continue;
    if (chosen) return malformed("card_read_two_ways");
    chosen = &way;
  }
  return chosen ? *chosen : *ways.begin();
}

Result<void> verify(const cli::Invocation& invocation, HeldCard& held, ApplicationId application,
                    const Way& way) {
  const PinErrand errand{
      .ask_card = [&](card::Transport& to) -> Result<std::optional<unsigned>> {
        PersonalReader reader(to);
        SHOMEI_CHECK(reader.select(application));
        return reader.tries_left(way.pin);
      },
      .ask_person =
          [&, name = held.transport->reader()](std::optional<unsigned> tries) {
            return read_pin(invocation, way.option, kPinFdOption.name,
                            of_reader(name) + said(invocation, way.question, way.question_ja) +
                                tries_text(tries, invocation.language));
          },
      .send = [&](card::Transport& to,
                  const SecretBytes& digits) { return PersonalReader(to).verify(way.pin, digits); },
      .pin_option = way.option};
  return run_pin_errand(invocation, held, errand);
}

using Root = std::optional<crypto::PublicKey>;

// Before a PIN is asked for.
Result<Root> root_option(const cli::Invocation& invocation) {
  if (!invocation.has("root")) return Root{};
  const auto file = invocation.get("root");
  SHOMEI_TRY(const auto der, files::read_file(file, kKeyBytesMax));
  SHOMEI_TRY(auto key, in_file(file, crypto::PublicKey::parse(der)));
  return Root(std::move(key));
}

// 1995-06-07; what nobody knows stays 00.
std::string day_text(std::string_view eight_digits) {
  std::string text(eight_digits);
  return text.insert(6, "-").insert(4, "-");
}

json common_members(const card::pcsc::PcscTransport& transport, const FilesSigner& signer) {
  return {{"reader", transport.reader()},
          {"vouched_by", name(signer.vouching)},
          {"root", to_hex_upper(signer.root)}};
}

std::string vouching_text(const cli::Invocation& invocation, const FilesSigner& signer) {
  if (signer.vouching == card::reading::Vouching::root)
    return said(invocation, "Signed under the root that you gave.\n",
                "指定されたルートの下で署名されています。\n");
  return said(invocation,
              "Signed by the key that the card itself names: nobody else vouches for it (--root).\n",
              "カード自身が示す鍵で署名されています。ほかに保証する者はありません(--root)。\n");
}

std::string born_text(const cli::Invocation& invocation, std::string_view born) {
  return said(invocation, "born ", "生年月日 ") + day_text(born);
}

std::string sex_text(const cli::Invocation& invocation, card::contents::Sex sex) {
  using card::contents::Sex;
  switch (sex) {
    case Sex::male:
      return said(invocation, name(sex), "男");
    case Sex::female:
      return said(invocation, name(sex), "女");
    default:
      return std::string(name(sex));
  }
}

// What is common to the files of the input helper: select, verify, seal if wanted, and then read.
template <class Value>
struct Read {
  FilesSigner signer;
  Value value;
};

template <class Reading>
auto read_helper(const cli::Invocation& invocation, const Root& root, HeldCard& held,
                 std::initializer_list<Way> ways, Reading reading)
    -> Result<Read<std::decay_t<decltype(*reading(std::declval<PersonalReader&>(),
                                                  std::declval<const FilesSigner&>()))>>> {
  PersonalReader plain(*held.transport);
  SHOMEI_TRY(const auto way, way_of(invocation, ways));
  if (invocation.has("sealed") && way.pin != PinId::input_helper) return malformed("card_sealed_wants_pin");
  SHOMEI_CHECK(verify(invocation, held, ApplicationId::input_helper, way));
  SHOMEI_TRY(auto signer, read_signer(plain, root));
  if (!invocation.has("sealed")) {
    SHOMEI_TRY(auto value, reading(plain, signer));
    return Read<std::decay_t<decltype(value)>>{std::move(signer), std::move(value)};
  }
  SHOMEI_TRY(const auto key, read_session_key(plain));
  SHOMEI_TRY(auto session, card::sealing::SessionTransport::begin(*held.transport, key));
  PersonalReader sealed(session);
  SHOMEI_TRY(auto value, reading(sealed, signer));
  return Read<std::decay_t<decltype(value)>>{std::move(signer), std::move(value)};
}

Result<cli::Output> read_attributes(const cli::Invocation& invocation, const Root& root) {
  SHOMEI_TRY(auto held, hold_reader(invocation, invocation.get("reader")));
  SHOMEI_TRY(const auto read, read_helper(invocation, root, held, {kHelperPin, kHelperB},
                                          [](PersonalReader& reader, const FilesSigner& signer) {
                                            return card::reading::read_attributes(reader, signer);
                                          }));
  const auto& attributes = read.value.attributes;
  json document = common_members(*held.transport, read.signer);
  document["name"] = attributes.name;
  document["address"] = attributes.address;
  document["born"] = day_text(attributes.born);
  document["sex"] = name(attributes.sex);
  return cli::Output{text_of(document), attributes.name + "\n" + attributes.address + "\n" +
                                            born_text(invocation, attributes.born) + ", " +
                                            sex_text(invocation, attributes.sex) + "\n" +
                                            vouching_text(invocation, read.signer)};
}

Result<cli::Output> read_number(const cli::Invocation& invocation, const Root& root) {
  SHOMEI_TRY(auto held, hold_reader(invocation, invocation.get("reader")));
  SHOMEI_TRY(const auto read, read_helper(invocation, root, held, {kHelperPin, kHelperA},
                                          [](PersonalReader& reader, const FilesSigner& signer) {
                                            return card::reading::read_number(reader, signer);
                                          }));
  json document = common_members(*held.transport, read.signer);
  document["number"] = read.value;
  return cli::Output{text_of(document), read.value + "\n" + vouching_text(invocation, read.signer)};
}

Result<std::string> write_picture(const std::filesystem::path& folder, std::string_view file,
                                  ByteView picture) {
  const auto path = (folder / file).string();
  SHOMEI_CHECK(files::write_output(path, picture, files::kOwnerOnly));
  return path;
}

Result<json> write_pictures(const std::filesystem::path& folder, const card::contents::CardFace& face) {
  json paths;
  SHOMEI_TRY(paths["name"], write_picture(folder, "name.png", face.name));
  SHOMEI_TRY(paths["address"], write_picture(folder, "address.png", face.address));
  SHOMEI_TRY(paths["photo"], write_picture(folder, "photo.jp2", face.photo));
  SHOMEI_TRY(paths["security_code"], write_picture(folder, "security-code.png", face.security_code));
  return paths;
}

Result<cli::Output> read_face(const cli::Invocation& invocation, const Root& root) {
  if (!invocation.has("out")) return malformed("card_read_no_folder");
  const std::filesystem::path folder(invocation.get("out"));
  if (!std::filesystem::is_directory(folder)) return not_found("folder_missing", {{"path", folder.string()}});
  SHOMEI_TRY(auto held, hold_reader(invocation, invocation.get("reader")));
  PersonalReader reader(*held.transport);
  SHOMEI_TRY(const auto way, way_of(invocation, {kFaceB, kFaceA}));
  SHOMEI_CHECK(verify(invocation, held, ApplicationId::face, way));
  SHOMEI_TRY(const auto signer, read_signer(reader, root));
  SHOMEI_TRY(const auto face, card::reading::read_face(reader, signer));
  SHOMEI_TRY(auto paths, write_pictures(folder, face));
  if (way.pin == PinId::face_a) {
    SHOMEI_TRY(const auto number, read_number_image(reader, signer));
    SHOMEI_TRY(paths["number"], write_picture(folder, "number.png", number.image));
  }
  json document = common_members(*held.transport, signer);
  document["born"] = day_text(face.born);
  document["sex"] = name(face.sex);
  document["valid_until"] = day_text(face.valid_until);
  document["files"] = paths;
  // The issuer's signature is over the other parts (card/contents/card_face.h).
  document["not_signed"] = {"valid_until", "files.security_code"};
  const auto unsigned_text =
      said(invocation, "The card's last day and the picture of its security code are signed by nobody.\n",
           "カードの有効期限とセキュリティコードの画像には署名がありません。\n");
  return cli::Output{text_of(document),
                     born_text(invocation, face.born) + ", " + sex_text(invocation, face.sex) +
                         said(invocation, "; the card ends on ", "、カードの有効期限 ") +
                         day_text(face.valid_until) + said(invocation, "\nPictures: ", "\n画像: ") +
                         folder.string() + "\n" + vouching_text(invocation, signer) + unsigned_text};
}

Result<cli::Output> read_age(const cli::Invocation& invocation, const Root& root) {
  SHOMEI_TRY(auto held, hold_reader(invocation, invocation.get("reader")));
  PersonalReader reader(*held.transport);
  SHOMEI_CHECK(verify(invocation, held, ApplicationId::face, kFaceBirthDate));
  SHOMEI_TRY(const auto signer, read_signer(reader, root));
  SHOMEI_TRY(const auto record, card::reading::read_age(reader, signer));
  json document = common_members(*held.transport, signer);
  document["born"] = day_text(record.born);
  return cli::Output{text_of(document),
                     born_text(invocation, record.born) + "\n" + vouching_text(invocation, signer)};
}

struct Content {
  std::string_view name;
  Result<cli::Output> (*read)(const cli::Invocation&, const Root&);
  std::initializer_list<std::string_view> ways;  // the options that open it
};

constexpr std::string_view kPlainWays[] = {"pin", "reference-a", "reference-b", "birth-date", "sealed"};

// A number that opens something else is refused and not passed over: it was meant for something.
Result<void> check_ways(const cli::Invocation& invocation, const Content& content) {
  for (const auto option : kPlainWays)
    if (invocation.has(option) && std::ranges::find(content.ways, option) == content.ways.end())
      return malformed("card_read_other_way",
                       {{"option", std::string(option)}, {"what", std::string(content.name)}});
  return {};
}

Result<cli::Output> read(const cli::Invocation& invocation) {
  static const Content kContents[] = {
      {"attributes", read_attributes, {"pin", "reference-b", "sealed"}},
      {"number", read_number, {"pin", "reference-a", "sealed"}},
      {"face", read_face, {"reference-a", "reference-b"}},
      {"age", read_age, {"birth-date"}},
  };
  const auto what = invocation.get("what");
  const auto* found = std::ranges::find(kContents, what, &Content::name);
  if (found == std::end(kContents)) return malformed("card_read_unknown", {{"what", what}});
  SHOMEI_CHECK(check_ways(invocation, *found));
  SHOMEI_TRY(const auto root, root_option(invocation));
  return found->read(invocation, root);
}

}  // namespace

std::vector<cli::Command> card_read_commands() {
  return {{"card read",
           "what the card says of its holder, by the input helper's PIN or what is printed on the card",
           "shomei card read attributes",
           {{"what", "WHAT", "attributes, number, face (with --out) or age", true, true},
            kPin,
            kReferenceA,
            kReferenceB,
            kBirthDate,
            kPinFdOption,
            {"out", "DIR", "folder for the pictures of the face; it must be there"},
            kSealed,
            kRoot,
            kLastTryOption,
            kWaitOption,
            kReaderOption},
           card_act<read>}};
}

}  // namespace shomei::app
