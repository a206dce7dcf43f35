#include "app/followed_list.h"

#include "files/mapped_file.h"
#include "status/snapshot.h"

namespace shomei::app {

Result<bool> start_from_snapshot(const home::Home& home, status::StatusList& list,
                                 status::Follower& follower) {
  const auto& setting = home.settings().status_service.snapshot;
  if (setting.empty()) return false;
  auto file = files::MappedFile::open(home.layout().root / setting);
  if (!file && file.error().code == "file_missing") return false;
  if (!file) return std::move(file).error();
  const auto owner = std::make_shared<files::MappedFile>(*std::move(file));
  SHOMEI_TRY(const auto key, home.checkpoint_key());
  SHOMEI_TRY(const auto snapshot, status::open_snapshot(owner->bytes(), owner, key));
  SHOMEI_CHECK(follower.resume(snapshot.position));
  if (auto taken = list.take(snapshot.contents); !taken) {
    SHOMEI_CHECK(follower.resume({}));
    return std::move(taken).error();
  }
  return true;
}

Result<std::unique_ptr<FollowedList>> follow_to_head(const home::Home& home,
                                                     const std::function<void(const Error&)>& told) {
  SHOMEI_TRY(const auto key, home.checkpoint_key());
  auto followed = std::make_unique<FollowedList>(home, key);
  if (const auto started = start_from_snapshot(home, followed->list, followed->follower); !started) {
    told(started.error());
    followed = std::make_unique<FollowedList>(home, key);
  }
  SHOMEI_CHECK(followed->follower.catch_up());
  return followed;
}

}  // namespace shomei::app
