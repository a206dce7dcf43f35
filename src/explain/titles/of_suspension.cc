#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"suspension", "Suspended at once after loss or theft", "紛失・盗難時の一時保留",
     "After loss, theft or a leak valid certificates are held at once, by phone at any hour and at any "
     "counter, on the word of who reports it. They stand on the revocation list as held.",
     "紛失、盗難、漏えいの届出があれば、有効な電子証明書を直ちに一時保留します。電話では24時間、窓口ではどこ"
     "でも受け付け、届出だけで足ります。失効リストには一時保留として載ります。"},
    {"something_suspended", "A release is about suspended certificates", "解除の対象",
     "Where no certificate is suspended there is nothing to release: the act is not applicable.",
     "一時保留中の電子証明書がなければ、解除の対象がありません(該当なし)。"},
    {"hold_is_final", "A suspension is never taken back", "一時保留の解除の制限",
     "A hold that stands on a revocation list is never removed: the certificates are revoked and issued "
     "anew. Profiles outside that of the public service may release it, which is a setting.",
     "失効リストに載った一時保留は解除しません。電子証明書を失効させ、新しく発行します。公的個人認証サービス"
     "以外のプロファイルで解除を認めるかどうかは設定で定めます。"},
    {"release_by_holder", "The holder releases in person", "解除できる人",
     "A suspension is released for the holder in person, or for the legal representative who acts for a "
     "child or a ward; not for an agent.",
     "一時保留の解除は本人、または子どもや成年被後見人の法定代理人が行います。任意代理人にはできません。"},
};

}  // namespace

std::span<const RuleTitle> of_suspension() {
  return kTitles;
}

}  // namespace shomei::explain
