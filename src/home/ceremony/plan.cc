#include "authority/ceremony.h"
#include "authority/generations.h"
#include "home/ceremony/hold.h"
#include "home/ceremony/planned.h"
#include "home/ceremony/progress.h"

namespace shomei::home {
namespace {

using What = CeremonyStep::What;

// A ceremony may be prepared on one day and held on the next; nobody dates an authority further back.
constexpr std::chrono::days kBeginsBeforeMax{1};

class Plan {
 public:
  Plan(Home& home, const CeremonyFile& file, const Progress& progress, journal::Rows& rows)
      : home_(home), file_(file), progress_(progress), rows_(rows) {}

  Result<std::vector<CeremonyStep>> make() {
    SHOMEI_CHECK(check_checkpoint());
    for (const auto& key : keys_of(file_)) SHOMEI_CHECK(plan_key(key));
    SHOMEI_TRY(records_, rows_.list_authorities());
    for (const auto& planned : file_.authorities) SHOMEI_CHECK(plan_authority(planned));
    for (const auto& planned : file_.authorities) plan_files(planned);
    return std::move(steps_);
  }

 private:
  Result<void> check_checkpoint() {
    if (file_.checkpoint) return {};
    SHOMEI_TRY(const bool there, home_.keys().has(KeyUse::checkpoint, kCheckpointKeyName));
    if (!there) return refused("ceremony_needs_checkpoint");
    return {};
  }

  Result<void> plan_key(const KeyToMake& key) {
    auto& places = home_.keys();
    const KeyPlace set = places.settings().place_of(key.use, key.name);
    if (!(set == key.key.place))
      return refused("ceremony_place_differs", {{"name", key.name},
                                                {"use", std::string(home::name(key.use))},
                                                {"ceremony", key.key.place.text()},
                                                {"settings", set.text()}});
    SHOMEI_TRY(auto* ring, places.ring(set));
    SHOMEI_TRY(const bool there, ring->has(key.name));
    if (there && !progress_.noted(key.name)) return crypto::key_exists(key.name, set.text());
    if (const auto found = there ? std::nullopt : places.found_elsewhere(set, key.name))
      return crypto::key_exists(key.name, found->text());
    steps_.push_back({What::key, key.name, key.use, key.key, there});
    return {};
  }

  Result<void> plan_authority(const PlannedAuthority& planned) {
    const std::string name = planned.authority_name();
    SHOMEI_TRY(const auto founded, authority::find_founded(rows_, founding_act(file_.digest, name)));
    steps_.push_back({What::authority, name, KeyUse::authorities, planned.key, founded.has_value()});
    if (founded) return {};
    SHOMEI_CHECK(check_name(planned));
    SHOMEI_CHECK(check_generation(planned));
    return check_time(planned);
  }

  Result<void> check_name(const PlannedAuthority& planned) const {
    std::string wanted;
    for (const auto& part : planned.name) wanted += (wanted.empty() ? "" : ", ") + part;
    const auto found = authority::authority_name(home_.settings().profile, planned.kind).text();
    if (wanted == found) return {};
    return refused("ceremony_name_differs",
                   {{"authority", planned.authority_name()}, {"ceremony", wanted}, {"settings", found}});
  }

  // Of this kind: the latest of the home, or of the file above.
  struct Before {
    std::uint32_t generation = 0;
    Instant not_after;
  };
  Result<Before> before(const PlannedAuthority& planned) const {
    Before found;
    if (const auto* latest = authority::latest_generation(records_, planned.kind)) {
      SHOMEI_TRY(const auto certificate, pki::parse_certificate(latest->certificate));
      found = {latest->generation, certificate.tbs.not_after};
    }
    for (const auto& other : file_.authorities) {
      if (&other == &planned) break;
      if (other.kind == planned.kind && other.generation > found.generation)
        found = {other.generation, authority::end_of_authority(begins(other), other.years)};
    }
    return found;
  }

  Instant begins(const PlannedAuthority& planned) const {
    return planned.not_before.value_or(home_.clock().now());
  }

  Result<void> check_generation(const PlannedAuthority& planned) const {
    SHOMEI_TRY(const auto latest, before(planned));
    const auto next = latest.generation + 1;
    if (planned.generation != next)
      return refused("ceremony_generation",
                     {{"authority", planned.authority_name()}, {"next", std::to_string(next)}});
    if (planned.link && next == 1)
      return refused("ceremony_link_alone", {{"authority", planned.authority_name()}});
    return {};
  }

  Result<void> check_time(const PlannedAuthority& planned) const {
    const Instant from = begins(planned);
    if (from + kBeginsBeforeMax < home_.clock().now())
      return refused("ceremony_begins_before",
                     {{"authority", planned.authority_name()}, {"not_before", format_jst(from)}});
    SHOMEI_TRY(const auto latest, before(planned));
    const Instant ends = authority::end_of_authority(from, planned.years);
    if (latest.generation == 0 || latest.not_after < ends) return {};
    return refused("ceremony_ends_earlier", {{"authority", planned.authority_name()},
                                             {"ends", format_jst(ends)},
                                             {"before", format_jst(latest.not_after)}});
  }

  void plan_files(const PlannedAuthority& planned) {
    for (const auto& name : published_names(planned)) {
      const bool responder = name == planned.authority_name() + "-responder";
      std::error_code ignored;
      const bool there = std::filesystem::exists(home_.layout().certificate(name), ignored);
      steps_.push_back({responder ? What::responder : What::publication, name, {}, {}, there});
    }
  }

  Home& home_;
  const CeremonyFile& file_;
  const Progress& progress_;
  journal::Rows& rows_;
  std::vector<journal::AuthorityRecord> records_;
  std::vector<CeremonyStep> steps_;
};

}  // namespace

Result<std::vector<CeremonyStep>> plan_with(Home& home, const CeremonyFile& file, const Progress& progress) {
  SHOMEI_TRY(const auto rows, home.rows());
  return Plan(home, file, progress, *rows).make();
}

Result<std::vector<CeremonyStep>> plan_ceremony(Home& home, const CeremonyFile& file) {
  SHOMEI_TRY(const auto progress, Progress::open(home.layout().ceremonies(), file.digest));
  return plan_with(home, file, progress);
}

}  // namespace shomei::home
