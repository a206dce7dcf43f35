// The list of the lints: one line for each file <id>.cc.
#pragma once

#include <string_view>

#include "authority/lint.h"

namespace shomei::authority::lints {

// Where a lint stands on the page that shows them (docs/lints.md).
struct Chapter {
  std::string_view title;
  std::string_view title_ja;
  std::span<const Lint* const> lints;
};
std::span<const Chapter> chapters();

// The bytes
extern const Lint kDerHeaders;
extern const Lint kDerIntegers;
extern const Lint kDerBooleans;
extern const Lint kDerDefaults;
extern const Lint kDerBitStrings;
extern const Lint kDerSets;
extern const Lint kDerStrings;
extern const Lint kDerOids;
extern const Lint kTbsStructure;
extern const Lint kVersion3;
extern const Lint kSize;
// Serial number, algorithm, issuer
extern const Lint kSerialPositive;
extern const Lint kSerialLength;
extern const Lint kSerialForm;
extern const Lint kSignatureAlgorithm;
extern const Lint kSignatureParameters;
extern const Lint kIssuerIsAuthority;
// Validity
extern const Lint kValidityForm;
extern const Lint kValidityOrder;
extern const Lint kValidityIsTheDecisions;
extern const Lint kValidityWithinAuthority;
extern const Lint kValidityEndsWithDay;
// Subject
extern const Lint kSubjectForm;
extern const Lint kSubjectStrings;
extern const Lint kSubjectLengths;
extern const Lint kSubjectPlace;
extern const Lint kSubjectOpaque;
// The key
extern const Lint kKeyType;
extern const Lint kKeyParameters;
extern const Lint kKeyNotAuthoritys;
extern const Lint kKeyKnownBad;
extern const Lint kRsaModulusLength;
extern const Lint kRsaExponent;
extern const Lint kRsaSmallFactor;
extern const Lint kRsaRoca;
extern const Lint kRsaClosePrimes;
extern const Lint kRsaSharedPrime;
extern const Lint kRsaDebianWeak;
extern const Lint kEcPoint;
// Extensions
extern const Lint kExtensionKnown;
extern const Lint kExtensionUnique;
extern const Lint kExtensionOrder;
extern const Lint kCriticality;
extern const Lint kKeyUsage;
extern const Lint kExtendedKeyUsage;
extern const Lint kNotAnAuthority;
extern const Lint kNoAttributesInAuthentication;
extern const Lint kCertificatePolicies;
extern const Lint kIssuerAltName;
extern const Lint kCrlDistributionPoint;
extern const Lint kAuthorityInformationAccess;
extern const Lint kAuthorityKeyIdentifier;
extern const Lint kSubjectKeyIdentifier;
// The attributes of the person
extern const Lint kSanNames;
extern const Lint kSanBirthDate;
extern const Lint kSanGender;
extern const Lint kSanLengths;
extern const Lint kSanFlags;
extern const Lint kSanCharacters;
extern const Lint kSanAddressWidth;

}  // namespace shomei::authority::lints
