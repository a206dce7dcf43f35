#!/bin/sh
# RSA-2048 keys for tests, so that none waits while they are made: PKCS#8 in base64, one a line. Known to everybody:
# nothing may ever trust one. Usage: make.sh > rsa-2048.txt
set -eu
for _ in $(seq 64); do
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -outform DER 2> /dev/null | base64 -w0
  echo
done
