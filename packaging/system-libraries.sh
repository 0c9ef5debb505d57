#!/bin/sh
# Installs the system libraries that Qt and the tests need, or names them with the command that does.
set -eu

needed="libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0
libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
libxcb-shape0 libxcb-xinerama0 libxcb-xkb1"
# The tests' virtual scanner, display and network camera, and the fonts of specimens and labels.
# An older distribution lacks some of the fonts and does without them.
wished="sane-utils xvfb gir1.2-gst-rtsp-server-1.0 python3-gi
fonts-noto-cjk fonts-wqy-zenhei fonts-wqy-microhei fonts-arphic-ukai fonts-arphic-uming
fonts-lxgw-wenkai fonts-dejavu-core fonts-liberation fonts-ocr-b"
libraries="libEGL.so.1 libGL.so.1 libxkbcommon-x11.so.0 libxcb-cursor.so.0 libdbus-1.so.3
libfontconfig.so.1 libglib-2.0.so.0"

elsewhere() {
    known=$( (ldconfig -p || /sbin/ldconfig -p) 2>/dev/null || true)
    missing=""
    for library in $libraries; do
        case "$known" in *"$library"*) ;; *) missing="$missing $library" ;; esac
    done
    [ -n "$missing" ] || return 0
    echo "These system libraries seem to be missing:$missing"
    if command -v dnf >/dev/null 2>&1; then
        echo "  sudo dnf install mesa-libEGL mesa-libGL libxkbcommon-x11 xcb-util-cursor xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil dbus-libs fontconfig glib2 sane-backends xorg-x11-server-Xvfb google-noto-sans-cjk-fonts"
    elif command -v zypper >/dev/null 2>&1; then
        echo "  sudo zypper install Mesa-libEGL1 Mesa-libGL1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libdbus-1-3 fontconfig sane-backends xorg-x11-server-Xvfb google-noto-sans-cjk-fonts"
    elif command -v pacman >/dev/null 2>&1; then
        echo "  sudo pacman -S --needed libglvnd libxkbcommon-x11 xcb-util-cursor xcb-util-wm xcb-util-image xcb-util-keysyms xcb-util-renderutil dbus fontconfig glib2 sane xorg-server-xvfb noto-fonts-cjk"
    elif command -v apk >/dev/null 2>&1; then
        echo "  PySide6 has no wheels for musl: use a glibc system, such as Debian, Ubuntu, openEuler or Kylin."
    fi
}

is_installed() {
    dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'
}

command -v dpkg-query >/dev/null 2>&1 || { elsewhere; exit 0; }

missing=""
for name in $needed; do
    is_installed "$name" || missing="$missing $name"
done
# Debian splits ensurepip off its own python3; a Python from elsewhere has it.
if [ -n "${PYTHON:-}" ] && ! "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
    missing="$missing python3-venv"
fi
extra=""
for name in $wished; do
    is_installed "$name" || extra="$extra $name"
done
[ -n "$missing$extra" ] || exit 0

if [ "$(id -u)" != 0 ]; then
    echo "System packages are missing. Run this once, then try again:"
    echo "  sudo apt-get install -y --no-install-recommends$missing$extra"
    [ -z "$missing" ] || exit 1
    exit 0
fi

echo "Installing system packages:$missing$extra"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || echo "The lists of packages could not be renewed; trying with the old ones."
offered=""
for name in $extra; do
    if apt-cache show "$name" >/dev/null 2>&1; then
        offered="$offered $name"
    else
        echo "This system does not offer $name; doing without."
    fi
done
apt-get install -y -qq --no-install-recommends $missing $offered >/dev/null || {
    echo "They could not be installed. Run this once, then try again:"
    echo "  apt-get install -y --no-install-recommends$missing$offered"
    exit 1
}
