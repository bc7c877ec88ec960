#!/usr/bin/env bash
# The AppImage, of what `make package` froze: packaging/linux/appimage.sh VERSION, with appimagetool on the PATH
# (https://github.com/AppImage/appimagetool; the release workflow fetches it). Writes into dist/.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=${1:?the version}
command -v appimagetool >/dev/null || { echo "appimagetool is not on the PATH." >&2; exit 1; }
folder=build/AppDir
rm -rf "$folder"
mkdir -p "$folder/usr/lib" "$folder/usr/share/metainfo"
cp -a build/frozen/presence-desktop "$folder/usr/lib/"
cp packaging/linux/AppRun "$folder/AppRun"
cp packaging/linux/presence-desktop.desktop "$folder/"
cp build/icons/hicolor/scalable/apps/presence-desktop.svg "$folder/"
cp build/icons/hicolor/256x256/apps/presence-desktop.png "$folder/.DirIcon"
cp build/org.presence.desktop.metainfo.xml "$folder/usr/share/metainfo/org.presence.desktop.appdata.xml"
mkdir -p dist
ARCH=$(uname -m) appimagetool --no-appstream "$folder" "dist/presence-desktop-$version-$(uname -m).AppImage"
