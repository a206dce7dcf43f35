#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_crypto() {
  static constexpr Sentence kSentences[] = {
      {"key_type_unknown",
       "There is no key type \"{name}\": use rsa-2048, rsa-3072, ec-p256, ec-p384 or ed25519.",
       "鍵の種類「{name}」はありません。rsa-2048、rsa-3072、ec-p256、ec-p384、ed25519 のどれかです。"},
      {"algorithm_unknown", "The signature algorithm {der} is not supported.",
       "署名アルゴリズム {der} には対応していません。"},
      {"public_key_form", "This is not a usable public key: {what}.", "使える公開鍵ではありません: {what}"},
      {"private_key_form", "This is not a private key in PKCS#8 form.", "PKCS#8形式の秘密鍵ではありません。"},
      {"key_digest_unknown", "There is no kind of key list \"{name}\": use spki-sha256 or debian-weak.",
       "鍵の一覧の種類「{name}」はありません。spki-sha256 か debian-weak です。"},
      {"key_list_form",
       "{path} is no whole list of keys ({what}): make it anew with `shomei bad-keys import`. Until then "
       "nothing "
       "is issued.",
       "{path} は鍵の一覧として完全ではありません({what})。`shomei bad-keys import` で作り直してください。"
       "それまで発行できません。"},
      {"key_list_line",
       "{file}:{line}: this is not one key: {wanted} hexadecimal digits a line, comments behind #.",
       "{file}:{line}: 鍵ではありません。1行に16進数 {wanted} 桁、注釈は # の後に書きます。"},
      {"key_list_empty", "{file} has no key in it.", "{file} に鍵がありません。"},
      {"padding_input_length", "A signature over {bytes} bytes cannot be padded: 1 to 245 are possible.",
       "{bytes} バイトには署名できません。1から245バイトまでです。"},
      {"signature_wrong", "The signature does not hold under the key.", "署名がこの鍵では確かめられません。"},
      {"decryption_failed", "This was not encrypted to the key.",
       "この鍵あてに暗号化されたものではありません。"},
      {"signing_failed", "The key did not sign; look at the log of the token or library.",
       "鍵が署名しませんでした。トークンまたはライブラリの記録を見てください。"},
      {"key_exists",
       "{where} already has a key named \"{name}\": a key is never overwritten. Choose another name.",
       "{where} には「{name}」という鍵がすでにあります。鍵は上書きしません。別の名前を選んでください。"},
      {"key_missing",
       "{where} has no key named \"{name}\": generate it, or correct the name in the settings.",
       "{where} に「{name}」という鍵がありません。鍵を生成するか、設定の名前を直してください。"},
      {"seal_broken", "{what} does not open: it was changed, or sealed with another home's key.",
       "{what} を開けません。変更されたか、別のホームの鍵で封じられています。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
