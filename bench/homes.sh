# Homes for measurements; sourced by run.sh. $shomei is the program, $bench the folder of this run.

# make_home HOME AUTHORITY_KEY SUBJECT_KEY [STORE_URL]: an empty demo home with both authorities.
make_home() {
  rm -rf "$1" "$1.draft"
  "$shomei" --home "$1.draft" init --no-authorities > /dev/null
  sed -e "s|^authority_key = .*|authority_key = \"$2\"|" -e "s|^subject_key = .*|subject_key = \"$3\"|" \
    -e 's|^acts = ""|acts = "127.0.0.1:0"|' -e 's|^acts_plain_loopback = false|acts_plain_loopback = true|' \
    "$1.draft/shomei.toml" > "$1.toml"
  [ -z "${4:-}" ] || sed -i "s|^url = \"\"|url = \"$4\"|" "$1.toml"
  rm -rf "$1.draft"
  "$shomei" --home "$1" init --empty --settings "$1.toml" > /dev/null
}

# next_generation HOME KEY: both authorities get a second generation, which issues from now on.
next_generation() {
  local home=$1 kind unit
  {
    printf 'ceremony_format = 1\ntitle = "Second generation for a measurement"\nwitnesses = ["bench"]\n'
    for kind in signature user_authentication; do
      unit="JPKI for digital signature"
      [ $kind = signature ] || unit="JPKI for user authentication"
      printf '[[authority]]\nkind = "%s"\ngeneration = 2\nkey = "%s"\nplace = "file"\nyears = 12\n' $kind "$2"
      printf 'name = ["C=JP", "O=SHOMEI-DEMO", "OU=%s", "OU=Japan Agency for Local Authority Information Systems"]\n' "$unit"
      printf 'responder = { key = "ec-p256", place = "file" }\n'
    done
  } > "$home.second.toml"
  "$shomei" --home "$home" ceremony "$home.second.toml" > /dev/null
}
