#include "authority/lints/all_lints.h"

#include <algorithm>
#include <array>

namespace shomei::authority {
namespace lints {
namespace {

constexpr std::array kLints{
    // The bytes
    &kDerHeaders,
    &kDerIntegers,
    &kDerBooleans,
    &kDerDefaults,
    &kDerBitStrings,
    &kDerSets,
    &kDerStrings,
    &kDerOids,
    &kTbsStructure,
    &kVersion3,
    &kSize,
    // Serial number, algorithm, issuer
    &kSerialPositive,
    &kSerialLength,
    &kSerialForm,
    &kSignatureAlgorithm,
    &kSignatureParameters,
    &kIssuerIsAuthority,
    // Validity
    &kValidityForm,
    &kValidityOrder,
    &kValidityIsTheDecisions,
    &kValidityWithinAuthority,
    &kValidityEndsWithDay,
    // Subject
    &kSubjectForm,
    &kSubjectStrings,
    &kSubjectLengths,
    &kSubjectPlace,
    &kSubjectOpaque,
    // The key
    &kKeyType,
    &kKeyParameters,
    &kKeyNotAuthoritys,
    &kKeyKnownBad,
    &kRsaModulusLength,
    &kRsaExponent,
    &kRsaSmallFactor,
    &kRsaRoca,
    &kRsaClosePrimes,
    &kRsaSharedPrime,
    &kRsaDebianWeak,
    &kEcPoint,
    // Extensions
    &kExtensionKnown,
    &kExtensionUnique,
    &kExtensionOrder,
    &kCriticality,
    &kKeyUsage,
    &kExtendedKeyUsage,
    &kNotAnAuthority,
    &kNoAttributesInAuthentication,
    &kCertificatePolicies,
    &kIssuerAltName,
    &kCrlDistributionPoint,
    &kAuthorityInformationAccess,
    &kAuthorityKeyIdentifier,
    &kSubjectKeyIdentifier,
    // The attributes of the person
    &kSanNames,
    &kSanBirthDate,
    &kSanGender,
    &kSanLengths,
    &kSanFlags,
    &kSanCharacters,
    &kSanAddressWidth,
};

std::span<const Lint* const> from(const Lint& first, const Lint& last) {
  const auto at = [](const Lint& lint) { return std::ranges::find(kLints, &lint); };
  return {at(first), at(last) + 1};
}

}  // namespace

std::span<const Chapter> chapters() {
  static const std::array kChapters{
      Chapter{"The bytes", "バイト列", from(kDerHeaders, kSize)},
      Chapter{"Serial number, algorithm, issuer", "発行番号、アルゴリズム、発行者",
              from(kSerialPositive, kIssuerIsAuthority)},
      Chapter{"Validity", "有効期間", from(kValidityForm, kValidityEndsWithDay)},
      Chapter{"Subject", "主体者", from(kSubjectForm, kSubjectOpaque)},
      Chapter{"The key", "公開鍵", from(kKeyType, kEcPoint)},
      Chapter{"Extensions", "拡張", from(kExtensionKnown, kSubjectKeyIdentifier)},
      Chapter{"The attributes of the person", "本人の属性", from(kSanNames, kSanAddressWidth)},
  };
  return kChapters;
}

}  // namespace lints

std::span<const Lint* const> all_lints() {
  return lints::kLints;
}

}  // namespace shomei::authority
