#!/usr/bin/env python3
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""pseudo.py FULL.ts OUT.ts [--rtl]: a language that nobody speaks, to see what a real one will meet.

From every text that lupdate finds: accents on the letters, two fifths longer, in brackets. A text on the screen without
brackets did not come through tr(); one that ends without them is cut. What a translator must keep is kept: %1, %L1,
%n, tags, entities, web addresses, dotted names, options, line ends, the letter behind a single & (each once a page, as
in English). --rtl makes it a language that is written from right to left: each text begins with a mark (U+200F) that says so."""
import re
import sys
import xml.etree.ElementTree as ET

ACCENTS = str.maketrans('aceinorsuyzACEINORSUYZ', 'åçéîñöŕšüýžÅÇÉÎÑÖŔŠÜÝŽ')
KEPT = re.compile(r'%L?\d+|%n|%%|<[^>]*>|&[a-zA-Z]+;|&&|&\w|https?://\S+|--[\w-]+'
                  r'|[\w*-]+(?:\.[\w-]+)+|[\w.+-]+@[\w.-]+|_[\w-]+')
DIRECTION = ('QGuiApplication', 'QT_LAYOUT_DIRECTION')  # Qt asks the language for it


def pseudo(text, mark):
    if not any(c.isalpha() for c in KEPT.sub('', text)):
        return text
    body, at = '', 0
    for kept in KEPT.finditer(text):
        body += text[at:kept.start()].translate(ACCENTS) + kept.group()
        at = kept.end()
    body += text[at:].translate(ACCENTS)
    longer = max(2, (len(KEPT.sub('', text)) * 2 + 4) // 5)
    words = ('lôñgéŕ ' * (longer // 7 + 1))[:longer].strip()
    return '%s[%s %s]' % (mark, body, words)


def main():
    source, target = sys.argv[1:3]
    is_right_to_left = '--rtl' in sys.argv
    mark = '\u200f' if is_right_to_left else ''
    tree = ET.parse(source)
    seen = 0
    for context in tree.iter('context'):
        for message in context.iter('message'):
            text = message.find('source').text or ''
            translation = message.find('translation')
            for old in list(translation):
                translation.remove(old)
            translation.attrib.pop('type', None)
            if (context.find('name').text, text) == DIRECTION:
                translation.text = 'RTL' if is_right_to_left else 'LTR'
            elif message.get('numerus') == 'yes':
                translation.text = None
                for _ in range(2):  # as many as English has: lrelease is told it is English
                    ET.SubElement(translation, 'numerusform').text = pseudo(text, mark)
            else:
                translation.text = pseudo(text, mark)
            seen += 1
    if not seen:
        sys.exit('%s has no texts' % source)
    tree.getroot().set('language', 'en')
    with open(target, 'wb') as file:
        file.write(b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n')
        tree.write(file, encoding='utf-8')
        file.write(b'\n')


if __name__ == '__main__':
    main()
