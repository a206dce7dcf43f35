// A journal is published and then changed in every way that its publisher, a mirror or the network could: an
// outsider with the verifier key must find each change and its place.
#include "journal/published/verify_published.h"

#include <gtest/gtest.h>

#include <map>

#include "journal/published/compare.h"
#include "journal/published/entry_bundle.h"
#include "journal/published/publish.h"
#include "store/memory/engine.h"
#include "tests/support/small_authority.h"

namespace shomei {
namespace {

using journal::Phase;
using Files = std::map<std::string, Bytes>;

class StepClock final : public Clock {
 public:
  InstantMs now_ms() const override { return now_ += step; }
  std::chrono::milliseconds step{0};

 private:
  mutable InstantMs now_{std::chrono::milliseconds{1'795'305'600'000}};
};

class PublishedTest : public testing::Test {
 protected:
  PublishedTest()
      : signer_(crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519))),
        spine_(engine_, *signer_, clock_, "published.example"),
        key_(*journal::parse_verifier_key(
            journal::encode_verifier_key("published.example", signer_->public_key()))) {}

  // In one transaction: an act of one entry each.
  void grow(std::uint64_t to, const std::string& prefix = "act-number-") {
    auto transaction = std::move(spine_.begin().value());
    while (size_ < to) {
      const auto id = *ActId::parse(prefix + std::to_string(size_));
      size_ = transaction.append({.act = id}).value() + 1;
    }
    ASSERT_TRUE(transaction.commit().has_value());
  }

  std::string checkpoint() { return *spine_.read().value()->latest_checkpoint().value(); }

  // Everything that a mirror of this size has.
  Files published() {
    Files files;
    auto rows = std::move(spine_.read().value());
    const auto put = [&](journal::TilePath path) {
      path.width = journal::width_at(size_, path.level, path.index);
      if (path.width == 0) return false;
      files[journal::encode_tile_path(path)] = journal::published_tile(*rows, size_, path).value();
      return true;
    };
    for (std::uint64_t i = 0; put({journal::TileKind::entries, 0, i, 256}); ++i) continue;
    for (unsigned level = 0; level < 8; ++level)
      for (std::uint64_t i = 0; put({journal::TileKind::hashes, level, i, 256}); ++i) continue;
    files["checkpoint"] = to_bytes(checkpoint());
    return files;
  }

  static journal::PublishedFiles reader(const Files& files) {
    return [&files](const std::string& path, std::size_t bytes_max) -> Result<Bytes> {
      const auto found = files.find(path);
      if (found == files.end()) return not_found("url_missing", {{"url", path}});
      if (found->second.size() > bytes_max) return malformed("file_too_large");
      return found->second;
    };
  }

  journal::PublishedReport verify(const Files& files, std::optional<std::string> since = {}) {
    return journal::verify_published(reader(files), {key_, std::move(since)}).value();
  }

  static std::vector<std::string> told(const journal::PublishedReport& report) {
    std::vector<std::string> all;
    for (const auto& f : report.findings) all.push_back(std::to_string(f.sequence) + " " + f.code);
    return all;
  }
  std::vector<std::string> told(const Files& files, std::optional<std::string> since = {}) {
    return told(verify(files, std::move(since)));
  }

  using Told = std::vector<std::string>;
  StepClock clock_;
  std::unique_ptr<crypto::Signer> signer_;
  store::MemoryStore store_;
  store::MemoryEngine engine_{store_};
  journal::Journal spine_;
  journal::VerifierKey key_;
  std::uint64_t size_ = 0;
};

// The entries of a bundle, changed and put back.
void bend_bundle(Bytes& bundle, std::size_t count, const std::function<void(std::vector<Bytes>&)>& bend) {
  std::vector<Bytes> entries;
  const auto parsed = journal::parse_bundle(bundle, count).value();
  for (const auto entry : parsed) entries.push_back(to_bytes(entry));
  bend(entries);
  bundle = journal::encode_bundle(entries);
}

TEST_F(PublishedTest, JournalsOfEverySizeAroundTheTilesHold) {
  for (const std::uint64_t size : {1, 2, 255, 256, 257, 511, 512, 513, 600}) {
    grow(size);
    const auto report = verify(published());
    EXPECT_EQ(told(report), Told{}) << size;
    EXPECT_EQ(report.entries, size);
    EXPECT_EQ(report.acts, size);
    EXPECT_EQ(report.tiles, (size + 255) / 256 + (size >= 256)) << size;
  }
}

TEST_F(PublishedTest, AFullTileStandsInForThePartialOneBeforeIt) {
  grow(300);
  auto files = published();
  grow(600);
  const auto later = published();
  for (const std::string kind : {"0", "entries"}) {
    files.erase("tile/" + kind + "/001.p/44");
    files["tile/" + kind + "/001"] = later.at("tile/" + kind + "/001");
  }
  EXPECT_EQ(told(files), Told{});
  files["tile/0/001"].pop_back();
  EXPECT_EQ(told(files), Told{"256 file_form"});
}

TEST_F(PublishedTest, ATimeThatFallsIsNamed) {
  clock_.step = std::chrono::milliseconds{-1};
  grow(5);
  EXPECT_EQ(told(published()), Told{}) << "the journal does not let its time fall";
  clock_.step = std::chrono::milliseconds{100};
  grow(9);
  auto files = published();
  bend_bundle(files["tile/entries/000.p/9"], 9, [](auto& entries) { std::swap(entries[6], entries[7]); });
  EXPECT_EQ(told(files), (Told{"6 leaf_wrong", "6 sequence_gap", "7 leaf_wrong", "7 sequence_gap",
                               "7 time_fell", "9 root_wrong"}));
}

TEST_F(PublishedTest, EveryBitOfATileAndOfAnEntryCounts) {
  grow(300);
  const auto good = published();
  for (const auto& [path, content] : good) {
    if (path == "checkpoint") continue;
    for (std::size_t byte = 0; byte < content.size(); byte += 97) {
      auto files = good;
      files[path][byte] ^= static_cast<std::uint8_t>(1 << byte % 8);
      EXPECT_NE(told(files), Told{}) << path << " byte " << byte;
    }
  }
}

TEST_F(PublishedTest, TheCheckpointIsSignedToTheLastByte) {
  grow(3);
  const auto good = published();
  for (std::size_t byte = 0; byte < good.at("checkpoint").size(); ++byte)
    for (const int bit : {0, 3, 7}) {
      auto files = good;
      files["checkpoint"][byte] ^= static_cast<std::uint8_t>(1 << bit);
      EXPECT_EQ(told(files), Told{"0 checkpoint_wrong"}) << byte;
    }
}

TEST_F(PublishedTest, AChangedEntryIsNamed) {
  grow(600);
  auto files = published();
  bend_bundle(files["tile/entries/001"], 256, [](auto& entries) { entries[44].back() ^= 1; });
  EXPECT_EQ(told(files), (Told{"0 tile_wrong", "300 leaf_wrong", "600 root_wrong"}));
}

TEST_F(PublishedTest, AChangedHashIsNamed) {
  grow(600);
  auto files = published();
  files["tile/0/001"][44 * 32] ^= 1;
  EXPECT_EQ(told(files), Told{"300 leaf_wrong"});
  files = published();
  files["tile/1/000.p/2"][32] ^= 1;
  EXPECT_EQ(told(files), Told{"0 tile_wrong"});
  EXPECT_NE(verify(files).findings[0].detail.find("hash 1 of \"tile/1/000.p/2\""), std::string::npos);
}

TEST_F(PublishedTest, ARemovedEntryIsNamed) {
  grow(600);
  auto files = published();
  bend_bundle(files["tile/entries/001"], 256, [](auto& entries) { entries.erase(entries.begin() + 44); });
  EXPECT_EQ(told(files).front(), "256 file_form");
  // And by whoever moves the rest up to hide it.
  bend_bundle(files["tile/entries/001"], 255, [](auto& entries) { entries.push_back(entries.back()); });
  const auto found = told(files);
  ASSERT_GT(found.size(), 3U);
  EXPECT_EQ(found[0], "300 leaf_wrong");
  EXPECT_EQ(found[1], "300 sequence_gap");
}

TEST_F(PublishedTest, SwappedAndRepeatedEntriesAreNamed) {
  grow(300);
  auto files = published();
  bend_bundle(files["tile/entries/000"], 256, [](auto& entries) { std::swap(entries[5], entries[9]); });
  EXPECT_EQ(told(files), (Told{"0 tile_wrong", "5 leaf_wrong", "5 sequence_gap", "9 leaf_wrong",
                               "9 sequence_gap", "300 root_wrong"}));
  files = published();
  bend_bundle(files["tile/entries/000"], 256, [](auto& entries) { entries[9] = entries[8]; });
  EXPECT_EQ(told(files),
            (Told{"0 tile_wrong", "9 leaf_wrong", "9 sequence_gap", "9 phase_order", "300 root_wrong"}));
}

TEST_F(PublishedTest, MissingFilesAreNamed) {
  grow(600);
  const auto good = published();
  for (const auto& [path, content] : good) {
    auto files = good;
    files.erase(path);
    const auto report = verify(files);
    ASSERT_EQ(report.findings.size(), 1U) << path;
    EXPECT_EQ(report.findings[0].code, path == "checkpoint" ? "checkpoint_missing" : "file_missing");
    EXPECT_NE(report.findings[0].detail.find(path), std::string::npos);
  }
  auto files = good;
  files.erase("tile/0/001");
  files.erase("tile/entries/001");
  EXPECT_EQ(told(files), (Told{"256 file_missing", "256 file_missing"})) << "and it does not go on guessing";
}

TEST_F(PublishedTest, AnEndCutOffIsARollbackToWhoeverKeptACheckpoint) {
  grow(300);
  const auto old_files = published();
  grow(600);
  const auto kept = checkpoint();
  EXPECT_EQ(told(old_files), Told{}) << "the older state holds by itself";
  const auto report = verify(old_files, kept);
  EXPECT_EQ(told(report), Told{"300 not_a_continuation"});
  EXPECT_NE(report.findings[0].detail.find("rolled back"), std::string::npos);
  EXPECT_EQ(told(published(),
                 journal::sign_checkpoint({"published.example", 0, journal::empty_root()}, *signer_).value()),
            Told{});
}

TEST_F(PublishedTest, AForkWithTheSameKeyIsFoundByWhoeverKeptACheckpoint) {
  grow(300);
  const auto kept = checkpoint();
  store::MemoryStore other_store;
  store::MemoryEngine other_engine(other_store);
  const journal::Journal other(other_engine, *signer_, clock_, "published.example");
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(test::append(other, {.act = *ActId::parse("act-other-" + std::to_string(i))}).has_value());
  const auto forked = *other.read().value()->latest_checkpoint().value();
  const auto report = verify(published(), forked);
  EXPECT_EQ(told(report), Told{"3 not_a_continuation"});
  EXPECT_NE(report.findings[0].detail.find("forked"), std::string::npos);
  EXPECT_EQ(told(published(), kept), Told{});
}

TEST_F(PublishedTest, ACheckpointOfAnotherJournalOrKeyIsNoContinuation) {
  grow(3);
  const auto other = crypto::software_signer(crypto::PrivateKey::generate(crypto::KeyType::ed25519));
  const auto foreign = *journal::sign_checkpoint({"published.example", 2, {}}, *other);
  EXPECT_EQ(told(published(), foreign), Told{"0 not_a_continuation"});
  auto files = published();
  files["checkpoint"] = to_bytes(foreign);
  EXPECT_EQ(told(files), Told{"0 checkpoint_wrong"});
}

TEST_F(PublishedTest, TheOrderOfActsIsFollowedInSmallMemoryToo) {
  grow(700);
  auto transaction = std::move(spine_.begin().value());
  ASSERT_TRUE(
      transaction.append({.act = *ActId::parse("act-number-17"), .phase = Phase::result}).has_value());
  ASSERT_TRUE(transaction.commit().has_value());
  size_ = 701;
  const auto files = published();
  EXPECT_EQ(told(files), Told{"700 phase_order"});
  const auto report = journal::verify_published(reader(files), {.key = key_, .memory_bytes = 0});
  EXPECT_EQ(told(*report), Told{"700 phase_order"});
  EXPECT_EQ(report->acts, 700U);
}

// A server that answers one thing at the first reading and another later.
TEST_F(PublishedTest, ASourceThatMovesBetweenTwoReadingsIsFound) {
  grow(700);
  auto files = published();
  std::map<std::string, int> reads;
  const auto moving = [&](const std::string& path, std::size_t bytes_max) -> Result<Bytes> {
    if (path == "tile/entries/001" && ++reads[path] == 2)
      bend_bundle(files[path], 256, [](auto& entries) { entries[3].back() ^= 1; });
    return reader(files)(path, bytes_max);
  };
  const auto report = journal::verify_published(moving, {.key = key_, .memory_bytes = 0});
  EXPECT_EQ(told(*report), Told{"700 source_moved"});
}

TEST_F(PublishedTest, ASourceThatDoesNotAnswerIsAnError) {
  grow(3);
  const auto files = published();
  const auto dead = [&](const std::string& path, std::size_t bytes_max) -> Result<Bytes> {
    if (path != "checkpoint") return unavailable("fetch_failed", {{"url", path}});
    return reader(files)(path, bytes_max);
  };
  EXPECT_EQ(journal::verify_published(dead, {key_, {}}).error().code, "fetch_failed");
}

TEST_F(PublishedTest, NothingBeyondTheCheckpointIsPublished) {
  grow(300);
  auto rows = std::move(spine_.read().value());
  for (const std::string_view path : {"tile/0/001.p/45", "tile/0/001", "tile/0/002", "tile/entries/001.p/45",
                                      "tile/1/000.p/2", "tile/2/000.p/1", "tile/63/000"}) {
    const auto tile = journal::published_tile(*rows, size_, *journal::parse_tile_path(path));
    ASSERT_FALSE(tile.has_value()) << path;
    EXPECT_EQ(tile.error().code, "tile_beyond_checkpoint") << path;
  }
  EXPECT_EQ(journal::published_tile(*rows, size_, *journal::parse_tile_path("tile/0/001.p/12"))->size(),
            12U * 32);
}

TEST_F(PublishedTest, NoPartIsPublished) {
  auto transaction = std::move(spine_.begin().value());
  ASSERT_TRUE(transaction
                  .append({.act = *ActId::parse("act-of-a-person"),
                           .person = {{"name", to_bytes("MIHON HANAKO")}},
                           .officer = {{"actor", to_bytes("officer-one")}}})
                  .has_value());
  ASSERT_TRUE(transaction.commit().has_value());
  size_ = 1;
  for (const auto& [path, content] : published()) {
    EXPECT_EQ(to_text(content).find("HANAKO"), std::string::npos) << path;
    EXPECT_EQ(to_text(content).find("officer-one"), std::string::npos) << path;
  }
}

class CompareTest : public PublishedTest {
 protected:
  Result<journal::Comparison> compare(const std::string& a, const std::string& b,
                                      const Files* files = nullptr) {
    std::optional<journal::PublishedFiles> source;
    if (files) source = reader(*files);
    return journal::compare_checkpoints(a, b, key_, source);
  }
};

TEST_F(CompareTest, EverySizeContinuesEverySmallerOne) {
  std::map<std::uint64_t, std::string> notes;
  for (const std::uint64_t size : {1, 2, 3, 7, 64, 255, 256, 300, 512, 520}) {
    grow(size);
    notes[size] = checkpoint();
  }
  const auto files = published();
  for (const auto& [m, older] : notes)
    for (const auto& [n, newer] : notes) {
      const auto compared = compare(newer, older, &files);
      ASSERT_TRUE(compared.has_value()) << m << " " << n;
      EXPECT_FALSE(compared->fork.has_value()) << m << " " << n;
      EXPECT_EQ(compared->older.size, std::min(m, n));
    }
  EXPECT_EQ(compare(notes[2], notes[3]).error().code, "compare_needs_tiles");
  EXPECT_FALSE(compare(notes[3], notes[3])->fork.has_value());
}

TEST_F(CompareTest, AForkIsProvenToAnybodyWithTheKey) {
  grow(520);
  const auto newer = checkpoint();
  const auto files = published();
  for (const std::uint64_t size : {0, 1, 2, 3, 8, 256, 300, 519, 520}) {
    const auto forked = *journal::sign_checkpoint({"published.example", size, {0x77}}, *signer_);
    const auto compared = compare(newer, forked, size == 520 ? nullptr : &files);
    ASSERT_TRUE(compared.has_value()) << size;
    ASSERT_TRUE(compared->fork.has_value()) << size;
    const auto& proof = *compared->fork;
    EXPECT_TRUE(journal::verify_fork(proof, key_).has_value()) << size;
    for (std::size_t i = 0; i < proof.path.size(); ++i) {
      auto bent = proof;
      bent.path[i][31] ^= 1;
      EXPECT_FALSE(journal::verify_fork(bent, key_).has_value()) << size << " hash " << i;
    }
    auto unsigned_note = proof;
    unsigned_note.older.front() ^= 1;
    EXPECT_FALSE(journal::verify_fork(unsigned_note, key_).has_value());
  }
}

TEST_F(CompareTest, WhatIsConsistentIsNoProof) {
  grow(3);
  const auto older = checkpoint();
  grow(8);
  auto rows = std::move(spine_.read().value());
  const auto nodes = journal::nodes_of(
      [&](unsigned level, std::uint64_t index) { return Result<Bytes>(*rows->tile(level, index).value()); });
  const journal::ForkProof proof{older, checkpoint(), journal::consistency_proof(3, 8, nodes).value()};
  EXPECT_EQ(journal::verify_fork(proof, key_).error().code, "fork_unproven");
  EXPECT_EQ(journal::verify_fork({older, older, {}}, key_).error().code, "fork_unproven");
}

TEST_F(CompareTest, TilesOfAnotherTreeProveNothing) {
  grow(3);
  const auto older = checkpoint();
  grow(300);
  auto files = published();
  files["tile/0/000"][77] ^= 1;
  EXPECT_EQ(compare(older, checkpoint(), &files).error().code, "tiles_of_another_tree");
  files.erase("tile/0/000");
  EXPECT_EQ(compare(older, checkpoint(), &files).error().code, "published_file_missing");
  const auto other = *journal::sign_checkpoint({"other.example", 3, {}}, *signer_);
  EXPECT_EQ(compare(older, other, &files).error().code, "checkpoint_unsigned")
      << "the key's name is the origin";
}

}  // namespace
}  // namespace shomei
