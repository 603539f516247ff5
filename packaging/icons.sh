#!/bin/sh
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# icons.sh [FOLDER]: the program's icon as pictures of the sizes that desktops ask for, from its two drawings.
# Run it after a drawing was changed; tests/packaging/icons.py tells when it was forgotten.
set -eu
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
drawings="$root/resources/icons/app"
folder=${1:-$drawings}
for size in 16 22 24 32 48 64 128 256; do
    drawing=io.github.mta_sts_assistant
    [ $size -gt 32 ] || drawing=small
    rsvg-convert --width $size --height $size --output "$folder/$size.png" "$drawings/$drawing.svg"
done
