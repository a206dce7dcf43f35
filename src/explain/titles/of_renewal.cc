#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"renewal_window", "Renewal in the last three months", "更新できる期間",
     "A renewal is possible from three months before the last day (the same day of the month, or the month's "
     "last day where it has none) to the last day. Before, it is refused with the first possible day; after, "
     "there is a new issue. The old certificate ends as superseded. One that is suspended is not renewed.",
     "更新できるのは、有効期限の3か月前の同じ日(その日がない月は月末)"
     "から有効期限の日までです。それより前は、更新できる最初の日を示してお断りし、有効期限を過ぎた後は新規発"
     "行になります。更新前の電子証明書は失効します。一時保留中の電子証明書は更新できません。"},
    {"notice_recipient", "Who gets a notice of expiry", "有効期限通知書の送付先",
     "No notice goes to those who died, gave the card up, left Japan without continued use (which is for "
     "Japanese nationals), or are not in the register any more.",
     "亡くなった方、カードを返納した方、継続利用(日本国民に限ります)"
     "の手続をせずに国外へ転出した方、住民基本台帳に記録がない方には、有効期限通知書を送りません。"},
    {"expiry_notice", "When the notice of expiry is sent", "有効期限通知書の送付時期",
     "The notice is sent between three and two months before the last day of the valid certificate that ends "
     "first; for a child under 15 or an adult ward, to the legal representative.",
     "有効期限通知書は、先に期限を迎える有効な電子証明書の有効期限の3か月前から2か月前までの間に送ります。15"
     "歳未満の方と成年被後見人については、法定代理人に送ります。"},
    {"next_renewal", "From when the new certificate is renewed", "次に更新できる日",
     "Every new certificate comes with the first day on which it can be renewed: three months before its "
     "last day.",
     "新しい電子証明書には、次に更新できる最初の日(有効期限の3か月前)を示します。"},
};

}  // namespace

std::span<const RuleTitle> of_renewal() {
  return kTitles;
}

}  // namespace shomei::explain
