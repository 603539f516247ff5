#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# shots.sh APP-OFFLINE FOLDER [--readme]
# Pictures of every page of the real window: light and dark, 100 % and 200 %. With --readme the ones
# that the README shows are copied to packaging/screenshots.
set -eu
app=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder"
for palette in light dark; do
    for scale in 1 2; do
        option=
        [ $palette = light ] || option=--dark
        size=$((1000 * scale))x$((700 * scale))
        QT_SCALE_FACTOR=$scale QT_FONT_DPI=96 "$here/run-gui.sh" --size "$size" \
            "$here/shots.py" "$app" "$folder/$palette-${scale}00" $option
    done
done
if [ "${3:-}" = --readme ]; then
    target=$here/../../packaging/screenshots
    mkdir -p "$target"
    for page in start check domain policy reports preview export; do
        convert "$folder/light-100-$page.png" -bordercolor black -border 1 -trim +repage -colors 128 -strip "PNG8:$target/$page.png"
    done
    convert "$folder/dark-100-check.png" -bordercolor black -border 1 -trim +repage -colors 128 -strip "PNG8:$target/check-dark.png"
fi
