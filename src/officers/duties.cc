#include "officers/duties.h"

#include <algorithm>

namespace shomei::officers {
namespace {

using enum Role;

constexpr Roles kAtTheCounter{counter_clerk, supervisor};
constexpr Roles kOfTheRegister{counter_clerk, supervisor, registrar};
constexpr Roles kWhoLook{counter_clerk, supervisor, registrar, auditor, key_officer};
constexpr Roles kWhoAgree{supervisor, registrar, key_officer};
constexpr Roles kOfMany{registrar, key_officer};
constexpr Roles kOfKeys{key_officer};

constexpr Duty kDuties[] = {
    {"decide", "ask what would be decided", "判断の問い合わせ", kWhoLook},
    {"issue", "issue certificates", "証明書の発行", kAtTheCounter},
    {"confirm", "say that a card holds its certificate", "カードへの格納の確認", kAtTheCounter},
    {"revoke", "revoke one certificate", "証明書の失効", kAtTheCounter},
    {"suspend", "hold one certificate", "証明書の一時停止", kAtTheCounter},
    {"restore", "take a hold back", "一時停止の解除", kAtTheCounter},
    {"settle_card", "look at a card, and end what was interrupted on it", "カードの確認と後始末",
     kAtTheCounter},
    {"change_pin", "change a PIN at the counter", "暗証番号の変更", kAtTheCounter},
    {"reset_pin", "let a PIN be set anew", "暗証番号の初期化", kAtTheCounter},
    {"make_card", "take a blank virtual card", "仮想カードの受取り", kAtTheCounter},
    {"exception", "do what is only done \"in principle\" otherwise", "原則に対する例外", kAtTheCounter,
     Reach::office, 1},
    {"import", "take people into the register", "台帳への取込み", Roles{registrar}},
    {"event", "record what happened to a person or a card", "異動の記録", kOfTheRegister},
    {"erase_person", "forget a person's part of the journal", "個人の記録の消去", Roles{registrar},
     Reach::everywhere, 1},
    {"block_key", "block a key, and revoke what was issued for it", "鍵の発行停止",
     Roles{supervisor, key_officer}},
    {"import_bad_keys", "take in a list of bad keys", "既知の不良鍵の取込み", kOfKeys, Reach::everywhere},
    {"mass_revoke", "revoke many certificates in one act", "一括失効", kOfMany, Reach::everywhere, 2},
    {"mass_suspend", "hold many certificates in one act", "一括一時停止", kOfMany, Reach::everywhere, 2},
    {"mass_reissue", "have many certificates issued anew", "一括再発行", kOfMany, Reach::everywhere, 2},
    {"mass_notify", "write to many holders in one act", "一括通知", kOfMany, Reach::everywhere, 1},
    {"pause_mass", "let a mass act pause", "一括処理の一時停止", kOfMany, Reach::everywhere},
    {"found_authority", "hold a ceremony", "認証局の鍵の儀式", kOfKeys, Reach::everywhere, 1},
    {"make_responder_key", "make a new key for a responder", "応答者の鍵の作成", kOfKeys, Reach::everywhere},
    {"certify_officer", "certify the key of an officer", "職員の鍵の証明", Roles{supervisor, key_officer}},
    {"appoint_clerk", "appoint or dismiss a counter clerk", "窓口担当者の任免",
     Roles{supervisor, key_officer}, Reach::office, 0},
    {"appoint_officer", "appoint or dismiss any other officer", "その他の職員の任免", kOfKeys,
     Reach::everywhere, 1},
    {"approve", "agree to what another officer proposed", "他の職員の申出への同意", kWhoAgree},
    {"acknowledge", "look into a broken glass", "緊急措置の確認", Roles{auditor}},
};

}  // namespace

std::string_view name(Reach reach) {
  return reach == Reach::office ? "office" : "everywhere";
}

std::span<const Duty> duties() {
  return kDuties;
}

const Duty* find_duty(std::string_view act) {
  const auto* found = std::ranges::find(kDuties, act, &Duty::act);
  return found == std::end(kDuties) ? nullptr : found;
}

}  // namespace shomei::officers
