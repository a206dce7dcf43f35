#include "home/settings.h"

namespace shomei::home {

// Every setting stands here with its default and why it is so; settings_test.cc holds the text against the
// parser.
std::string default_settings_text(const Address& status, const Address& authority, const Address& metrics) {
  const std::string ocsp_url = "http://" + format_address(status) + "/ocsp";
  return R"toml(# The settings of this home. Unknown keys are refused. `shomei doctor` checks the file.
format = 1
demo = true                     # synthetic people; the clock may be moved with --at
journal_origin = "shomei.demo/journal"   # names this journal in its signed checkpoints

[services]
status = ")toml" +
         format_address(status) +
         R"toml("      # OCSP and CRL; everything listens on loopback unless you change it
authority = ")toml" +
         format_address(authority) + R"toml("   # the authorities' certificates
metrics = ")toml" +
         format_address(metrics) + R"toml("
ocsp_validity_seconds = 900     # nextUpdate of a status answer
crl_validity_seconds = 86400    # nextUpdate of a revocation list
acts = ""                       # where counters elsewhere ask for acts: "unix:acts.sock", "127.0.0.1:8443"
acts_workers = 16               # acts that are under way at once
acts_patience_seconds = 60      # an issue that stands half-done for longer is written off
acts_cards = ""                 # the same for officers who show a card: TLS 1.2 alone, "127.0.0.1:8445"
acts_plain_loopback = false     # true lets a demo take acts on loopback without TLS (docs/operations.md)
authority_of_counter = ""       # whom `counter` asks: "unix:/path", "https://host:port"; "" is this home

[status]                        # the status service: how it answers, and whom
silence_seconds = 60            # without word from the journal for longer, every answer is tryLater
threads = 0                     # that answer; 0 is one a core
connections_max = 16000
answers_max = 65536             # kept signed, to be given again; some 3 KiB each
snapshot = "public/status.snapshot"      # started from, where it is there; made by `shomei snapshot write`
access = "open"                 # or "registered": those of [[verifier]] alone
requests_per_second = 0         # of each address that is no verifier's; 0 is any number
tls = ""                        # where it is asked over TLS by client certificate: "127.0.0.1:8444"
# tls_certificate = "tls/status.pem"     # and tls_key, and tls_clients: the CAs of the clients
# [[verifier]]                  # `shomei verifier token` makes a token and its digest
# name = "bank.example"
# token_sha256 = "…"            # or certificate_sha256
# requests_per_second = 100

[store]                         # register, certificates and journal
url = ""                        # "" is store.sqlite beside this file; "postgresql://user@host/name"
password = ""                   # its user's: "credential:NAME", "file:/path", "env:NAME"; "" is libpq's own

[profile]                       # the shape of every certificate; defaults are those of JPKI test cards
organization = "SHOMEI-DEMO"
organization_ja = "署名デモ公的個人認証サービス"
agency = "Japan Agency for Local Authority Information Systems"
agency_ja = "地方公共団体情報システム機構"
cps_uri = "http://www.jpki.go.jp/cps.html"
authority_key = "rsa-2048"
subject_key = "rsa-2048"        # of people's certificates; "ec-p384" with cards of the next generation
authority_years = 10
serial = "random-64"            # or "sequential-32", as the real authority numbers
substitute_character = "●"     # for a character outside JIS; which one the real authority uses is unconfirmed

[profile.signature]
unit = "JPKI for digital signature"
unit_ja = "公的個人認証サービス署名用"
policy = "1.2.392.200149.8.5.1.0.20"
ocsp_url = ")toml" +
         ocsp_url + R"toml("   # "" leaves authorityInfoAccess out: whether real ones have it is unconfirmed
issuing = ""                    # a generation that issues although there is a newer one; "" is the newest

[profile.user_authentication]
unit = "JPKI for user authentication"
unit_ja = "公的個人認証サービス利用者証明用"
policy = "1.2.392.200149.8.5.1.0.30"   # of test cards: unconfirmed, by analogy
ocsp_url = ")toml" +
         ocsp_url + R"toml("
issuing = ""

[keys]                          # where each use's keys rest: "file", or "token:NAME" of a [[token]]
authorities = "file"
crl = "file"                    # keys for revocation lists alone, for an authority whose ceremony made one
responders = "file"
checkpoint = "file"             # Ed25519: not every token has it
responder_days = 7              # of a responder's certificate; the services renew it when a third is left
known_bad = []                  # lists of bad keys, made by `shomei bad-keys import`
# [keys.named]                  # keys that rest elsewhere than their use says
# signature-1 = "file"
# [[token]]
# name = "root"
# module = "/usr/lib/softhsm/libsofthsm2.so"
# label = "root"                # or serial
# pin = "credential:shomei-token-pin"    # or "file:/path", "env:NAME", "ask"

[officers]                      # who may do what (docs/officers.md)
required = false                # true: appointed officers alone, who show who they are, by their roles
proposal_hours = 24             # so long others may agree to what one has proposed
# [officers.approvals]          # how many others must agree, where that is not the table's number
# mass_revoke = 2

[card]
blocked_word = "6984"           # what a blocked PIN answers; "6983" is what OpenSC calls CKR_PIN_LOCKED
secure_messaging_word = "6882"  # what commands of a class with secure messaging answer; "69FC" was seen too
hides_empty_files = true        # false: the file of a certificate that a card has not is there, and empty
attestation = "required"        # "accepted" issues for keys of which no card says that it made them

[rules]                         # what the law and its sources leave open; every decision records it
renewal_counts_from = "old_last_day"     # or "day_of_renewal": the sixth birthday after the renewal
hold_is_final = true            # a suspension is never taken back; false lets a profile release it
weak_pins_refused = false       # true refuses 1234, 1111 and dates of birth; a demo's cards have such PINs
reason_of_death = "cessationOfOperation"           # unconfirmed, like the other reasons here
reason_of_leaving_japan = "cessationOfOperation"
reason_of_lost_status = "cessationOfOperation"
reason_of_returned_card = "cessationOfOperation"
reason_of_recording_error = "unspecified"          # nothing changed, and no key is in doubt
reason_of_key_doubt = "keyCompromise"              # after loss, theft or a leak
stay_special_period_since = ""  # from this day a stay whose extension is pending counts two months longer
overseas_address_ja = "国外転出 {date}(予定)"     # in the place of the address; {date} is YYYY/MM/DD
overseas_address_en = "Moving Abroad {date} (Scheduled Move Date)"

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
hours = ""                      # "Mo-Fr 08:30-17:15, Sa 09:00-12:00"; "" is always open

[[office]]
id = "naka-ward-office"
kind = "city_hall"
municipality = "14104"
name = "横浜市中区役所 / Naka Ward Office"
)toml";
}

std::string toml_string(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      quoted += {'\\', 'u', '0', '0', kHex[byte >> 4U], kHex[byte & 0xFU]};
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace shomei::home
