#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

# What the card itself answers to a signature for which nobody has logged in: only raw commands can ask that. Without SELECT of
# the application it is as the last process left it.
expect_nothing_left() {  # KEY-FILE WHY
  printf '%s\n' "00A4020C02$1" 802A008001AA00 > apdus
  input=apdus run scriptor -r 'Virtual PCD 00 00'
  grep -qE '^< 69 82' <<< "$said" || fail "$2" "$said"
}

proves "after logout, and after the last session, no other process can use the key"
begin_application one
says one CKR_OK open 0
says one CKR_OK login "$pin"
says one "CKR_OK state 1" info
says one CKR_OK init sha256-rsa
says one 'CKR_OK [0-9a-f]{512}' sign hello
says one CKR_OK logout
expect_nothing_left 0017 "the PIN has outlived the logout"
says one CKR_OK login "$pin"
says one CKR_OK close
expect_nothing_left 0017 "the PIN has outlived the last session"
says one CKR_OK open 0
says one CKR_OK login "$pin"
says one CKR_OK finalize
expect_nothing_left 0017 "the PIN has outlived the library"
says one CKR_OK initialize
says one CKR_OK open 0
says one CKR_OK login "$pin"
end_application one
expect_nothing_left 0017 "the PIN has outlived an application that ended without C_Finalize"

proves "the signature password is forgotten after each signature, and wanted for each"
begin_application two
says two CKR_OK open 1
says two CKR_OK login abc123
says two 'CKR_OK 1 2 3 4' find
expect_nothing_left 001A "the password has outlived the login"
says two CKR_OK init sha256-rsa
says two CKR_USER_NOT_LOGGED_IN sign hello
says two CKR_OK init sha256-rsa
says two CKR_OK context abc123
says two 'CKR_OK [0-9a-f]{512}' sign hello
says two CKR_OK init sha256-rsa
says two CKR_USER_NOT_LOGGED_IN sign hello
says two CKR_OPERATION_NOT_INITIALIZED context abc123
expect_nothing_left 001A "the password has outlived the signature"

proves "two applications share the card: each signs for itself, and neither's reading logs the other out"
begin_application three
says three CKR_OK open 0
says three CKR_OK login "$pin"
begin_application four
says four 'CKR_OK serial' token 0
says four CKR_OK open 0
says four 'CKR_OK 1 2 4' find
says four CKR_USER_NOT_LOGGED_IN init rsa
says three CKR_OK init sha256-rsa
says three 'CKR_OK [0-9a-f]{512}' sign hello
says four CKR_OK login "$pin"
for name in three four; do
  says $name CKR_OK init sha256-rsa
  says $name 'CKR_OK [0-9a-f]{512}' sign hello
done

proves "who is logged out by another program is told so, and logs in again"
printf '%s\n' 00A4040C0AD392F000260100000001 > apdus
input=apdus expect 0 '^< 90 00' scriptor -r 'Virtual PCD 00 00'
says three CKR_OK init sha256-rsa
says three CKR_USER_NOT_LOGGED_IN sign hello
says three "CKR_OK state 0" info
says three CKR_OK login "$pin"
says three CKR_OK init sha256-rsa
says three 'CKR_OK [0-9a-f]{512}' sign hello

proves "a reset by another process is noticed, and costs a login and no PIN"
expect 0 . opensc-tool --reset
says three CKR_OK init sha256-rsa
says three CKR_USER_NOT_LOGGED_IN sign hello
says three CKR_OK login "$pin"
[ "$(tries_left user_authentication)" -eq 3 ] || fail "a try was lost"

proves "a child has no library until it begins one, and its parent does not notice"
says two CKR_CRYPTOKI_NOT_INITIALIZED child info
says two CKR_CRYPTOKI_NOT_INITIALIZED child slots
says two CKR_OK child initialize
says two "CKR_OK state 1" info
for name in two three four; do
  says $name CKR_OK finalize
  says $name CKR_CRYPTOKI_NOT_INITIALIZED finalize
  end_application $name
done
