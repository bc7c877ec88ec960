#!/usr/bin/env bash
# The disk image for macOS, of what `make package` froze there: packaging/macos/dmg.sh VERSION. Signed where
# MACOS_IDENTITY names a certificate, notarised where NOTARY_PROFILE names a stored profile. Writes into dist/.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=${1:?the version}
app="build/frozen/Presence Desktop.app"
image="dist/presence-desktop-$version-$(uname -m).dmg"
staging=build/dmg
if [ -n "${MACOS_IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$MACOS_IDENTITY" "$app"
fi
rm -rf "$staging" "$image"
mkdir -p "$staging" dist
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
hdiutil create -volname "Presence Desktop" -srcfolder "$staging" -format UDZO -fs HFS+ -ov "$image"
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
