#!/usr/bin/python3
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""shots.py PROGRAM PREFIX [OPTION...], inside run-gui.sh: one picture of each page."""
import os
import sys
import tempfile
import time

from drive import App


def main():
    program, prefix, options = sys.argv[1], sys.argv[2], sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        with App([program, '--state-dir', folder, '--delay', '20', *options]) as app:
            def shot(page):
                time.sleep(0.5)
                app.shot('%s-%s.png' % (prefix, page))

            app.find('Check my domain')
            shot('start')
            app.type('Mail domain', 'www.example.org')
            app.press('Check my domain')
            app.wait_label('press the button again')
            shot('asked')
            app.type('Mail domain', 'mixed.example.org')
            app.press('Check my domain')
            app.wait_label(r'^mixed\.example\.org: ')
            shot('check')
            app.press('Close')
            app.type('Mail domain', 'slow.example.org')
            app.press('Check my domain')
            app.wait_label('so far')
            shot('running')
            app.press('Close')
            app.type('Mail domain', 'blocked.example.org')
            app.press('Check my domain')
            app.wait_label('port 25')
            shot('blocked')
            app.press('Close')
            app.type('Mail domain', 'testing.example.org')
            app.press('Set up protection…')
            app.find('#foundView')
            app.press('Look up')
            time.sleep(1.5)
            shot('domain')
            app.press('Next')
            app.find('#testingRadio')
            app.press('#enforceRadio')
            shot('policy')
            app.press('Next')
            app.find('#reportsCheck')
            shot('reports')
            app.press('Next')
            app.wait_label('Preview')
            shot('preview')
            app.press('Next')
            app.type('Folder:', folder)
            shot('export')
            app.press('Save files')
            app.wait_label('Saved in')
            shot('saved')


if __name__ == '__main__':
    main()
