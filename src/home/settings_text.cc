#include "home/settings.h"

namespace shomei::home {

// Every setting stands here with its default and why it is so; settings_test.cc holds the text against the
// parser.
std::string default_settings_text(const Address& status, const Address& authority, const Address& metrics) {
  const std::string ocsp_url = "http://" + format_address(status) + "/ocsp";
  return R"(# The settings of this home. Unknown keys are refused. `shomei doctor` checks the file.
format = 1
demo = true                     # synthetic people; the clock may be moved with --at
journal_origin = "shomei.demo/journal"   # names this journal in its signed checkpoints

[services]
status = ")" +
         format_address(status) +
         R"("      # OCSP and CRL; everything listens on loopback unless you change it
authority = ")" +
         format_address(authority) + R"("   # the authorities' certificates
metrics = ")" +
         format_address(metrics) + R"("
ocsp_validity_seconds = 900     # nextUpdate of a status answer
crl_validity_seconds = 86400    # nextUpdate of a revocation list

[profile]                       # the shape of every certificate; defaults are those of JPKI test cards
organization = "SHOMEI-DEMO"
organization_ja = "署名デモ公的個人認証サービス"
agency = "Japan Agency for Local Authority Information Systems"
agency_ja = "地方公共団体情報システム機構"
cps_uri = "http://www.jpki.go.jp/cps.html"
authority_key = "rsa-2048"
authority_years = 10
serial = "random-64"            # or "sequential-32", as the real authority numbers
substitute_character = "●"     # for a character outside JIS; which one the real authority uses is unconfirmed

[profile.signature]
unit = "JPKI for digital signature"
unit_ja = "公的個人認証サービス署名用"
policy = "1.2.392.200149.8.5.1.0.20"
ocsp_url = ")" +
         ocsp_url + R"("   # "" leaves authorityInfoAccess out: whether real ones have it is unconfirmed

[profile.user_authentication]
unit = "JPKI for user authentication"
unit_ja = "公的個人認証サービス利用者証明用"
policy = "1.2.392.200149.8.5.1.0.30"   # of test cards: unconfirmed, by analogy
ocsp_url = ")" +
         ocsp_url + R"("

[card]
blocked_word = "6984"           # what a blocked PIN answers; "6983" is what OpenSC calls CKR_PIN_LOCKED

[[municipality]]
code = "13225"
prefecture = "Tokyo-to"
city = "Inagi-shi"

[[municipality]]
code = "14104"
prefecture = "Kanagawa-ken"
city = "Yokohama-shi-Naka-ku"

[[office]]
id = "inagi-city-hall"
kind = "city_hall"
municipality = "13225"
name = "稲城市役所 / Inagi City Hall"
)";
}

}  // namespace shomei::home
