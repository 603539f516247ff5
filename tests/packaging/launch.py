#!/usr/bin/python3
# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""launch.py PREFIX, inside run-gui.sh: starts the window from its desktop entry, as a menu does, and looks at it.
PREFIX is where the program must come from (/usr, or an unpacked package with XDG_DATA_DIRS and PATH set to it)."""
import os
import pathlib
import signal
import subprocess
import sys
import time

import gi
gi.require_version('Gio', '2.0')
from gi.repository import Gio  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / 'gui'))
from drive import App  # noqa: E402

ENTRY = 'io.github.mta_sts_assistant.desktop'


class Launched(App):
    """The program as the desktop started it: not our child, so it is known by its file."""
    def __init__(self, program):
        super().__init__([])
        self.program, self.pid = program, None

    def __enter__(self):
        entry = Gio.DesktopAppInfo.new(ENTRY)
        assert entry, 'no desktop entry %s in %s' % (ENTRY, os.environ.get('XDG_DATA_DIRS'))
        assert entry.launch([], None)
        try:
            self.pid = self._until(self._running, 'the program did not start')
            self.root = self._until(self._application, 'the program is not on the bus')
            self._until(lambda: self.root.childCount > 0, 'no window')
        except BaseException:
            self.__exit__()
            raise
        return self

    def _running(self):
        for link in pathlib.Path('/proc').glob('[0-9]*/exe'):
            try:
                if os.path.samefile(link, self.program) and \
                        ('DISPLAY=' + os.environ['DISPLAY']).encode() in \
                        (link.parent / 'environ').read_bytes().split(b'\0'):
                    return int(link.parent.name)
            except OSError:  # another's, or gone
                pass
        return None

    def _application(self):
        import pyatspi
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and app.get_process_id() == self.pid:
                return app
        return None

    def __exit__(self, *_):
        if self.pid is None:
            return
        os.kill(self.pid, signal.SIGTERM)
        for _ in range(100):
            if not os.path.exists('/proc/%d/exe' % self.pid):
                return
            time.sleep(0.05)
        os.kill(self.pid, signal.SIGKILL)


def property_of(window, name):
    return subprocess.check_output(['xprop', '-id', window, name], text=True)


def main():
    program = os.path.join(sys.argv[1], 'bin/mta-sts-assistant')
    entry = Gio.DesktopAppInfo.new(ENTRY)
    with Launched(program) as app:
        app.find('Check my domain')
        window = subprocess.check_output(['xdotool', 'search', '--onlyvisible', '--pid', str(app.pid)],
                                         text=True).split()[-1]
        assert entry.get_startup_wm_class() in property_of(window, 'WM_CLASS'), \
            'a panel could not tell whose window it is'
        assert 'Icon (' in property_of(window, '_NET_WM_ICON'), 'the window has no icon'
    print('started from the desktop entry: %s' % program)


main()
