#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shots.sh APP-OFFLINE FOLDER [--readme]
# Pictures of every screen of the real window at 1024x700: light, dark and high contrast, 100 % and 200 %; in a
# language 40 % longer than English (zz), and from right to left (zz_RTL). FOLDER/*-sheet.png shows each
# round at a glance. With --readme the pictures that the README shows are copied to packaging/screenshots.
set -eu
app=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder"
rm -f "$folder"/*.png
round() { # round PALETTE SCALE LANGUAGE
    name=$1-$2-$3
    QT_SCALE_FACTOR=$(($2 / 100)) QT_FONT_DPI=96 "$here/run-gui.sh" --size "$((1024 * $2 / 100))x$((700 * $2 / 100))" \
        "$here/shots.py" "$app" "$folder/$name" "$3" --palette "$1"
    montage "$folder/$name"-[0-9]*.png -tile 4x -geometry 620x+6+6 -background gray "$folder/$name-sheet.png"
    echo "$name"
}
for palette in light dark contrast; do
    for scale in 100 200; do
        round $palette $scale en
    done
done
for language in zz zz_RTL; do
    for scale in 100 200; do
        round light $scale $language
    done
done
if [ "${3:-}" = --readme ]; then
    target=$here/../../packaging/screenshots
    mkdir -p "$target"
    shrink() { # shrink FROM TO
        convert "$folder"/$1.png -bordercolor black -border 1 -trim +repage -colors 128 -strip "PNG8:$target/$2.png"
    }
    for page in start check domain policy reports dane hosting service review deliver publish proof senders practice-break practice-check; do
        shrink "light-100-en-[0-9][0-9]-$page" "$page"
    done
    shrink "dark-100-en-[0-9][0-9]-check" check-dark
fi
