#!/bin/sh
# Installs the system libraries that Qt and the tests need, or names them with the command that does.
set -eu

wanted="libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 sane-utils xvfb
fonts-noto-cjk fonts-wqy-zenhei fonts-wqy-microhei fonts-arphic-ukai fonts-arphic-uming
fonts-lxgw-wenkai fonts-dejavu-core fonts-liberation fonts-ocr-b"

command -v dpkg-query >/dev/null 2>&1 || {
    echo "Not a Debian-like system: Qt's xcb libraries, SANE's scanimage, Xvfb and Chinese fonts must already be there."
    exit 0
}

missing=""
for name in $wanted; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $name"
done
[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
    echo "Installing system libraries:$missing"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $command >/dev/null
else
    echo "System libraries are missing. Run this once, then try again:"
    echo "  sudo $command"
    exit 1
fi
