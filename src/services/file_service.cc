#include "services/file_service.h"

#include <mutex>

#include "crypto/digest.h"
#include "files/file.h"
#include "http/conditional.h"
#include "http/ranges.h"
#include "http/response_head.h"
#include "services/problem.h"

namespace shomei::services {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytesMax = 256 * 1024 * 1024;

// Read again when it has been replaced.
class ServedFile {
 public:
  explicit ServedFile(fs::path path) : path_(std::move(path)) {}

  struct Content {
    std::shared_ptr<const Bytes> bytes;
    std::string tag;
    Instant changed_at;
  };
  Result<Content> content() {
    std::error_code failed;
    const auto written = fs::last_write_time(path_, failed);
    const std::lock_guard lock(mutex_);
    if (!failed && kept_.bytes && written == written_) return kept_;
    SHOMEI_TRY(auto bytes, files::read_file(path_, kFileBytesMax));
    kept_.tag = "\"" + to_hex(crypto::sha256(bytes)) + "\"";
    kept_.changed_at = std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(written));
    kept_.bytes = std::make_shared<const Bytes>(std::move(bytes));
    written_ = written;
    return kept_;
  }

 private:
  const fs::path path_;
  std::mutex mutex_;
  fs::file_time_type written_;
  Content kept_;
};

}  // namespace

void add_file_route(http::Router& router, std::string path, fs::path file, const Clock& clock) {
  const auto served = std::make_shared<ServedFile>(std::move(file));
  router.add("GET", path, [served, &clock](const http::Request& request) {
    auto content = served->content();
    if (!content && content.error().code == "file_missing") return problem_page(404);
    if (!content) return problem(content.error(), language_of(request));
    http::Response response{.status = 200, .shared_body = content->bytes};
    response.headers = {{"Content-Type", "application/octet-stream"},
                        {"ETag", content->tag},
                        {"Last-Modified", http::format_http_date(content->changed_at)},
                        {"Cache-Control", "no-cache"}};
    return http::answer_range(http::answer_conditionally(std::move(response), request, clock.now()), request);
  });
}

}  // namespace shomei::services
