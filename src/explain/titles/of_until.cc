#include "explain/titles/tables.h"

namespace shomei::explain {
namespace {

constexpr RuleTitle kTitles[] = {
    {"birthday_limit", "The fifth birthday", "5回目の誕生日",
     "A certificate holds until the end of the fifth birthday after the day of issue. A birthday on the day "
     "of issue does not count; 29 February counts as 28 February in a common year (both UNCONFIRMED).",
     "電子証明書は、発行の日から5回目の誕生日の終わりまで有効です。発行の日が誕生日の場合、その日は数えません"
     "。2月29日は平年では2月28日とします(いずれも未確認)。"},
    {"renewal_limit", "A renewal loses nothing", "更新後の有効期限",
     "A renewed certificate holds until the fifth birthday after the old one's last day, so that nothing is "
     "lost by renewing early (UNCONFIRMED). Cities write \"the sixth birthday after the renewal\", which can "
     "be set instead.",
     "更新後の電子証明書は、更新前の有効期限から5回目の誕生日まで有効です。早めに更新しても期間は短くなりませ"
     "ん(未確認)。市区町村の案内にある「更新の日から6回目の誕生日」とすることも設定できます。"},
    {"card_limit", "No longer than the card", "カードの有効期限による制限",
     "A certificate ends on the card's last day at the latest.",
     "電子証明書の有効期限は、カードの有効期限を超えません。"},
    {"stay_limit", "No longer than the period of stay", "在留期間による制限",
     "A foreign resident's certificate ends with the period of stay, except for permanent and special "
     "permanent residents and for statuses without an end; after it none is issued. While an extension is "
     "pending the stay can count for two months longer, which is a setting. A longer stay does not lengthen "
     "a certificate: it makes a new issue possible.",
     "外国人住民の電子証明書の有効期限は、在留期間の満了日を超えません。満了後は発行しません。永住者、特別永"
     "住者、在留期間に定めのない方は除きます。在留期間の更新申請中に2か月長く扱うかどうかは設定で定めます。在"
     "留期間が延長されても有効期限は延びませんが、新たに発行を受けられます。"},
    {"authority_limit", "No longer than the authority", "認証局による制限",
     "A certificate does not outlive the certificate of the authority that issued it, and a generation of "
     "the authority stops issuing in time.",
     "電子証明書の有効期限は、発行した認証局の有効期限を超えません。認証局の各世代は、余裕をもって発行を終え"
     "ます。"},
    {"authentication_limit", "A signature no longer than user authentication",
     "利用者証明用による署名用の制限",
     "A signature certificate ends on the last day of the user authentication certificate beside it at the "
     "latest. Where both are made at once, user authentication is decided first.",
     "署名用電子証明書の有効期限は、同じカードの利用者証明用電子証明書の有効期限を超えません。同時に発行・更"
     "新するときは、利用者証明用を先に判断します。"},
};

}  // namespace

std::span<const RuleTitle> of_until() {
  return kTitles;
}

}  // namespace shomei::explain
