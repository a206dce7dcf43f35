#!/usr/bin/env bash
# A home whose key is sealed: what needs the passphrase, where it is looked for, and how it is changed. $SHOMEI is the program.
. "$(dirname "$0")/../conformance/shell.sh"

export SHOMEI_HOME=$work/home
unset SHOMEI_PASSPHRASE_FILE CREDENTIALS_DIRECTORY
cd "$work"
printf '%s\n' "$pin" "$password" > pins
echo 'a first passphrase' > first
echo 'a second passphrase' > second
echo 'short' > short
mkdir credentials
cp second credentials/shomei-passphrase

proves "a home is sealed at init, and a short passphrase is refused"
expect_error 2 malformed passphrase_short shomei init --port 0 --passphrase-file short
[ ! -e home ] || fail "a home was left"
shomei --home plain init --no-authorities --port 0 > made
sed 's/^authority_key = .*/authority_key = "ec-p256"/' plain/shomei.toml > settings
shomei init --settings settings --passphrase-file first > made
head -c 18 home/keys/home.key | grep -qx 'SHOMEI-HOME-KEY 1' || fail "it is not sealed"

proves "reading needs no passphrase, acting does"
expect 0 "$hero" shomei resident list
issue() { setsid "$SHOMEI" "$@" counter issue --office $office --resident $hero --pins pins; }
sentence='passphrase' expect 1 'SHOMEI_PASSPHRASE_FILE' issue
SHOMEI_PASSPHRASE_FILE=$PWD/second expect 1 'does not open under this passphrase' issue
SHOMEI_PASSPHRASE_FILE=$PWD/nowhere expect 1 'nowhere is not there' issue
SHOMEI_PASSPHRASE_FILE=$PWD/first expect 0 . issue

proves "the passphrase is changed, and keys and cards stay"
cp home/keys/signature-1.key kept
SHOMEI_PASSPHRASE_FILE=$PWD/second expect 1 'does not open' shomei keys passphrase --new-passphrase-file second
SHOMEI_PASSPHRASE_FILE=$PWD/first expect 0 'new passphrase' shomei keys passphrase --new-passphrase-file second
same_bytes kept home/keys/signature-1.key
SHOMEI_PASSPHRASE_FILE=$PWD/first expect 1 'does not open' shomei keys show
CREDENTIALS_DIRECTORY=$PWD/credentials SHOMEI_PASSPHRASE_FILE=$PWD/first expect 0 'signature-1  ec-p256  file' shomei keys show
CREDENTIALS_DIRECTORY=$PWD/credentials expect 0 'safe as the disk' shomei keys passphrase --none
expect 0 'checkpoint  ed25519  file' shomei keys show

proves "doctor wants one for a home that is no demo"
! { shomei --json doctor || true; } | grep -q 'sealed under' || fail "a demo was asked for one"
sed -i 's/^demo = true/demo = false/' home/shomei.toml
expect not0 'MISSING  the home key is sealed' shomei doctor
expect 0 'new passphrase' shomei keys passphrase --new-passphrase-file first
{ shomei doctor || true; } | grep -q 'ok       the home key is sealed' || fail "doctor does not see it"

proves "a new key of a responder is made beside the old one"
export SHOMEI_PASSPHRASE_FILE=$PWD/first
expect 0 'Made signature-1-responder-2' shomei keys responder --authority signature-1 --key ec-p256
expect 0 'signature-1-responder-2  ec-p256  file' shomei keys show
expect_error 2 malformed responder_key_type shomei keys responder --authority signature-1 --key ed25519
expect_error 1 not_found authority_unknown shomei keys responder --authority signature-9
