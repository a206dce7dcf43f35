#include "texts/tables.h"

namespace shomei::texts {

std::span<const Sentence> of_filter() {
  static constexpr Sentence kSentences[] = {
      {"filter_form", "This is not a revocation filter as it was written: {what}; fetch it again.",
       "失効フィルタの形ではありません: {what}。もう一度取得してください。"},
      {"filter_unsigned",
       "The revocation filter bears no signature of the key {key} that holds: fetch it again, and compare "
       "the "
       "verifier key with the one that the authority publishes.",
       "失効フィルタに鍵 {key} の正しい署名がありません。もう一度取得し、検証鍵を認証局が公開しているものと"
       "比べてください。"},
      {"filter_of_another_journal",
       "The checkpoint is of the journal {origin}, and the key is of {key}: use the key of that journal.",
       "チェックポイントはジャーナル {origin} のもので、鍵は {key} のものです。そのジャーナルの鍵を使って"
       "ください。"},
      {"filter_too_large",
       "The filter would have {bytes} bytes, and a gibibyte is allowed: split the journal.",
       "フィルタが {bytes} バイトになります。上限は1ギビバイトです。ジャーナルを分けてください。"},
      {"filter_authorities_unfit", "No filter can be written for these authorities: {what}.",
       "これらの認証局のフィルタは作れません: {what}"},
      {"filter_source_moved",
       "The states of the certificates changed while the filter was written: write it again, from a list "
       "that "
       "stands still.",
       "フィルタの作成中に証明書の状態が変わりました。変わらない一覧から作り直してください。"},
      {"filter_serial_twice",
       "The authority {authority} has issued one serial number twice, by what the list of states says: check "
       "the "
       "journal.",
       "状態の一覧では、認証局 {authority} が同じ発行番号を2回使っています。台帳を検査してください。"},
      {"filter_delta_of_another",
       "The delta was made from the filter {base}, and this is {filter}: fetch the delta for this one, or "
       "the "
       "latest filter.",
       "差分はフィルタ {base} のもので、このフィルタは {filter} です。このフィルタの差分か、最新のフィルタを"
       "取得してください。"},
      {"filter_delta_older",
       "The delta leads to {size} entries of the journal, and the filter stands at {standing} already: fetch "
       "a "
       "later one.",
       "差分は記録 {size} 件の時点のもので、フィルタはすでに {standing} 件の時点です。新しい差分を取得して"
       "ください。"},
      {"filter_delta_backwards",
       "A delta leads forward: the filter stands at {base_size} entries, and the checkpoint is over {size} "
       "or "
       "was made earlier.",
       "差分は前に進むものです。フィルタは記録 {base_size} 件の時点で、チェックポイントは {size} "
       "件か、それより前の時刻です。"},
      {"filter_authorities_moved",
       "The authorities are not those of the filter in its order: write a new filter.",
       "認証局がフィルタのものと順序どおりに一致しません。フィルタを新しく作ってください。"},
      {"filter_certificate_foreign",
       "The certificate {serial} names another issuer: give the certificate of the authority that issued it.",
       "証明書 {serial} の発行者は別の認証局です。発行した認証局の証明書を指定してください。"},
  };
  return kSentences;
}

}  // namespace shomei::texts
