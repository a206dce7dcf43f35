#!/usr/bin/env bash
. "$(dirname "$0")/session.sh"

# Every driver before jpki's probes the card with its own commands, and certificates are kept on disk.
unset OPENSC_CONF
export HOME=$work XDG_CACHE_HOME=$work/cache

proves "with OpenSC as Debian configures it, after the probes of every other driver, the card is known and signs"
expect 0 '^jpki$' opensc-tool --name
sign_in_slot 0 01 "$pin" authentication.sig
verify_with user_authentication authentication.sig
sign_in_slot 1 02 "$password" signature.sig
verify_with signature signature.sig
