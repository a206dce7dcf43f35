#include "home/ceremony/progress.h"

#include "files/file.h"
#include "home/keys/key_settings.h"

namespace shomei::home {
namespace {

constexpr std::size_t kProgressBytesMax = 64 * 1024;
constexpr std::size_t kNameBytes = 8;
constexpr std::string_view kFirstLine = "shomei ceremony progress v1";

}  // namespace

std::string kept_name(const crypto::Sha256& digest) {
  return to_hex(ByteView(digest).first(kNameBytes));
}

Result<Progress> Progress::open(const std::filesystem::path& folder, const crypto::Sha256& digest) {
  if (folder.empty()) return Progress({});
  Progress progress(folder / (kept_name(digest) + ".progress"));
  const auto content = files::read_file(progress.path_, kProgressBytesMax);
  if (!content && content.error().code == "file_missing") return progress;
  if (!content) return content.error();
  const std::string text = to_text(*content);
  std::string_view rest = text;
  for (bool first = true; !rest.empty(); first = false) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    if (end == std::string_view::npos || (first ? line != kFirstLine : !is_key_name(line)))
      return malformed("progress_form", {{"path", progress.path_.string()}});
    if (!first) progress.keys_.emplace(line);
    rest.remove_prefix(end + 1);
  }
  return progress;
}

Result<void> Progress::note(const std::string& key_name) {
  keys_.insert(key_name);
  if (path_.empty()) return {};
  std::string text(kFirstLine);
  text += '\n';
  for (const auto& key : keys_) text += key + "\n";
  return files::replace_file(path_, view(text));
}

}  // namespace shomei::home
