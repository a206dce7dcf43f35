#include "mass/fixed_list.h"

#include <array>

namespace shomei::mass {
namespace {

constexpr std::string_view kFirstLine = "shomei mass list 1\n";
constexpr std::size_t kPieceBytes = 256 * 1024;
constexpr std::string_view kNothing = "-";

std::string_view text_of(const files::MappedFile& file) {
  return {reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size()};
}

std::string or_nothing(std::string_view text) {
  return std::string(text.empty() ? kNothing : text);
}
std::string_view or_empty(std::string_view text) {
  return text == kNothing ? std::string_view{} : text;
}

Result<Line> parse_line(std::string_view text) {
  std::array<std::string_view, 5> fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const auto end = text.find(' ');
    if ((end == std::string_view::npos) != (i + 1 == fields.size())) return malformed("mass_list_form");
    fields[i] = text.substr(0, end);
    if (fields[i].empty()) return malformed("mass_list_form");
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  Line line;
  line.authority = fields[0];
  SHOMEI_TRY(line.serial, pki::SerialNumber::parse_hex(fields[1]));
  line.municipality = or_empty(fields[2]);
  if (fields[3] != kNothing) {
    SHOMEI_TRY(line.resident, ResidentId::parse(fields[3]));
  }
  SHOMEI_TRY(line.last_day, parse_date(fields[4]));
  return line;
}

}  // namespace

ListWriter::ListWriter(const files::WritePiece& write) : write_(write), buffer_(kFirstLine) {}

Result<void> ListWriter::add(const Line& line) {
  buffer_ += line.authority + " " + line.serial.hex() + " " + or_nothing(line.municipality) + " " +
             or_nothing(line.resident.text()) + " " + format_date(line.last_day) + "\n";
  return buffer_.size() < kPieceBytes ? Result<void>{} : flush();
}

Result<void> ListWriter::flush() {
  digest_.add(view(buffer_));
  SHOMEI_CHECK(write_(view(buffer_)));
  buffer_.clear();
  return {};
}

Result<crypto::Sha256> ListWriter::finish() {
  SHOMEI_CHECK(flush());
  return digest_.finish();
}

Result<FixedList> FixedList::open(const std::filesystem::path& path, const crypto::Sha256& digest) {
  auto file = files::MappedFile::open(path);
  if (!file && file.error().code == "file_missing")
    return not_found("mass_list_missing", {{"path", path.string()}});
  if (!file) return std::move(file).error();
  if (crypto::sha256(file->bytes()) != digest) return refused("mass_list_altered", {{"path", path.string()}});
  FixedList list(*std::move(file));
  SHOMEI_CHECK(list.look_through());
  return list;
}

Result<void> FixedList::look_through() {
  const auto text = text_of(file_);
  if (!text.starts_with(kFirstLine) || text.back() != '\n')
    return malformed("mass_list_form", {{"line", "1"}});
  for (auto at = kFirstLine.size(); at < text.size(); ++size_) {
    if (size_ % kMarkEvery == 0) marks_.push_back(at);
    at = text.find('\n', at) + 1;
  }
  return {};
}

std::string_view FixedList::lines_from(std::uint64_t first) const {
  if (first >= size_) return {};
  auto text = text_of(file_).substr(marks_[first / kMarkEvery]);
  for (auto skip = first % kMarkEvery; skip > 0; --skip) text.remove_prefix(text.find('\n') + 1);
  return text;
}

Result<void> FixedList::each(std::uint64_t first, const std::function<bool(const Line&)>& each) const {
  auto text = lines_from(first);
  for (auto number = first; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const auto line = parse_line(text.substr(0, end));
    // The first line of the file is no certificate.
    if (!line) return malformed("mass_list_form", {{"line", std::to_string(number + 2)}});
    if (!each(*line)) return {};
    text.remove_prefix(end + 1);
  }
  return {};
}

Result<std::map<std::uint64_t, Line>> FixedList::of_resident(const ResidentId& resident) const {
  std::map<std::uint64_t, Line> found;
  const auto text = text_of(file_);
  const auto field = " " + resident.text() + " ";
  std::uint64_t place = 0;
  for (auto begin = kFirstLine.size();;) {
    const auto hit = text.find(field, begin);
    if (hit == std::string_view::npos) return found;
    for (auto end = text.find('\n', begin); end < hit; end = text.find('\n', begin), ++place) begin = end + 1;
    const auto end = text.find('\n', begin);
    auto line = parse_line(text.substr(begin, end - begin));
    if (!line) return malformed("mass_list_form", {{"line", std::to_string(place + 2)}});
    if (line->resident == resident) found.emplace(place, *std::move(line));
    begin = end + 1;
    ++place;
  }
}

}  // namespace shomei::mass
