#!/usr/bin/python3
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon's pictures are those of its drawings (packaging/icons.sh), and can be told from light and dark ground."""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
bad = []


def difference(first, second):
    """0 same, 1 as different as can be; renderers differ a little in the edges."""
    said = subprocess.run(['compare', '-metric', 'RMSE', str(first), str(second), 'null:'], text=True,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE).stderr
    return float(said.split('(')[1].rstrip(')\n'))


def contrast(picture, ground):
    """Ratio of the mean colour of what is opaque to the ground (WCAG 1.4.11 asks 3 of a graphic's parts)."""
    def light(colour):
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    pixels = subprocess.check_output(['convert', str(picture), '-depth', '8', 'rgba:-'])
    seen = [pixels[i:i + 3] for i in range(0, len(pixels), 4) if pixels[i + 3] > 200]
    rim = [p for p in seen if min(p) < 200]  # the shield, not the paper
    mean = [sum(p[i] for p in rim) / len(rim) / 255 for i in range(3)]
    bright, dim = sorted((light(mean), light(ground)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([ROOT / 'packaging/icons.sh', folder], check=True)
        made = sorted(pathlib.Path(folder).glob('*.png'))
        if len(made) != 8:
            bad.append('icons.sh made %d pictures' % len(made))
        for picture in made:
            kept = ROOT / 'resources/icons/app' / picture.name
            far = difference(picture, kept) if kept.is_file() else 1
            if far > 0.02:
                bad.append('%s is not its drawing (%.3f): run packaging/icons.sh' % (kept.name, far))
        for size in ('16', '256'):
            for name, ground in (('white', (1, 1, 1)), ('dark', (0.106, 0.118, 0.125))):
                ratio = contrast(pathlib.Path(folder) / (size + '.png'), ground)
                if ratio < 3:
                    bad.append('%s px on %s: contrast %.1f, at least 3' % (size, name, ratio))
    print('\n'.join(bad) or 'icon: pictures are new')
    sys.exit(bool(bad))


main()
