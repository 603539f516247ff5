#!/usr/bin/python3
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""scenarios.py APP-OFFLINE MTA-STS-ASSISTANT NAME, inside run-gui.sh: what a user does, from outside.

Each scenario is a function of one of the modules beside this file; `scenarios.py --list` names them."""
import os
import sys
import tempfile
import time

from drive import App
import checking
import dialogs
import keeping
import practising
import setting_up

SCENARIOS = {f.__name__: f for module in (checking, dialogs, keeping, practising, setting_up) for f in module.SCENARIOS}


class Start:
    """Starts the window on data, or the real program, with the settings folder of the scenario."""

    def __init__(self, offline, real, folder):
        self.offline, self.real, self.folder = offline, real, folder
        self.state = os.path.join(folder, 'state')

    def app(self, *options):
        return App([self.offline, '--state-dir', self.state, '--delay', '20', *options])

    def program(self, *options):
        return App([self.real, '--state-dir', self.state, *options])


def main():
    if sys.argv[1:] == ['--list']:
        print('\n'.join(SCENARIOS))
        return
    offline, real, name = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        SCENARIOS[name](Start(offline, real, folder))
        print('%s: done in %.1f s' % (name, time.monotonic() - begin))


if __name__ == '__main__':
    main()
