# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window over the accessibility bus, the way a screen reader sees it.

    with App(['app-offline']) as app:
        app.type('Mail domain', 'mixed.example.org')
        app.press('Check my domain')
        app.wait_label('problem')

A widget is found by its accessible name, or by '#objectName' (needs MTASTS_UI_IDS=1)."""
import re
import signal
import subprocess
import time

import pyatspi

CELLS = (pyatspi.ROLE_TABLE_CELL, pyatspi.ROLE_TREE_ITEM, pyatspi.ROLE_LIST_ITEM)
TABLES = ('table', 'tree table', 'tree', 'list')
BUTTONS = ('push button', 'toggle button', 'radio button', 'check box', 'page tab', 'menu item',
           'push button menu')
NEED_NAME = (pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_TEXT, pyatspi.ROLE_CHECK_BOX,
             pyatspi.ROLE_RADIO_BUTTON, pyatspi.ROLE_COMBO_BOX, pyatspi.ROLE_SPIN_BUTTON,
             pyatspi.ROLE_TABLE, pyatspi.ROLE_TREE, pyatspi.ROLE_TREE_TABLE, pyatspi.ROLE_LIST,
             pyatspi.ROLE_PROGRESS_BAR, pyatspi.ROLE_TOGGLE_BUTTON)


class NotFound(Exception):
    pass


class App:
    def __init__(self, command, timeout=20):
        self.command, self.timeout = command, timeout
        self.process = self.root = None

    def __enter__(self):
        self.process = subprocess.Popen(self.command)
        try:
            self.root = self._until(self._application, 'the program is not on the bus')
            self._until(lambda: self.root.childCount > 0, 'no window')
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _application(self):
        if self.process.poll() is not None:
            raise SystemExit('the program ended with %s' % self.process.returncode)
        for app in pyatspi.Registry.getDesktop(0):
            if app is not None and app.get_process_id() == self.process.pid:
                return app
        return None

    def _until(self, question, complaint):
        end = time.monotonic() + self.timeout
        while True:
            answer = None
            try:
                answer = question()
            except (LookupError, RuntimeError):  # objects vanish while we look
                pass
            except Exception as error:
                if type(error).__name__ != 'GError':
                    raise
            if answer:
                return answer
            if time.monotonic() > end:
                raise NotFound(complaint)
            time.sleep(0.05)

    # Finding -----------------------------------------------------------------
    def walk(self, node=None, depth=0):
        node = node or self.root
        yield node, depth
        for i in range(min(node.childCount, 2000)):
            child = node.getChildAtIndex(i)
            if child is None or not child.getState().contains(pyatspi.STATE_SHOWING):
                continue
            if child.getRole() in CELLS:  # tables are read by table()
                yield child, depth + 1
                continue
            yield from self.walk(child, depth + 1)

    def _match(self, name, role=None):
        for node, _ in self.walk():
            known = node.description if name.startswith('#') else node.name
            if known == name and (role is None or node.getRoleName() in role):
                return node
        return None

    def find(self, name, role=None):
        return self._until(lambda: self._match(name, role), 'no widget named %r' % name)

    def shows(self, name):
        return self._match(name) is not None

    def wait(self, question, complaint):
        return self._until(question, complaint)

    def wait_rows(self, table, text):
        """Until some cell of the table has this text."""
        return self._until(lambda: [r for r in self.table(table) if any(text in c for c in r)],
                           'no %r in %r' % (text, table))

    def wait_gone(self, name):
        self._until(lambda: self._match(name) is None, '%r is still there' % name)

    def wait_label(self, pattern):
        def match():
            for node, _ in self.walk():
                if node.getRole() == pyatspi.ROLE_LABEL and re.search(pattern, node.name or ''):
                    return node.name
            return None
        return self._until(match, 'no label matches %r; there are %r' % (pattern, self.labels()))

    def _showing(self):
        all_of_them = [self.root.getChildAtIndex(i) for i in range(self.root.childCount)]
        return [w for w in all_of_them if w and w.getState().contains(pyatspi.STATE_SHOWING)]

    def windows(self):
        return [w.name for w in self._showing()]

    def wait_window(self, pattern):
        """Until the window with this title has the keyboard: a key sent before goes to another one."""
        def match():
            return [w for w in self._showing() if re.search(pattern, w.name or '') and
                    w.getState().contains(pyatspi.STATE_ACTIVE)]
        self._until(match, 'no window matches %r; there are %r' % (pattern, self.windows()))

    def labels(self):
        try:
            return [n.name for n, _ in self.walk() if n.getRole() == pyatspi.ROLE_LABEL]
        except Exception as error:  # objects vanish while we look
            return ['(%s)' % type(error).__name__]

    # Acting ------------------------------------------------------------------
    def press(self, name):
        node = self.find(name, BUTTONS)
        self._until(lambda: node.getState().contains(pyatspi.STATE_ENABLED),
                    '%r is never enabled' % name)
        action = node.queryAction()
        names = [action.getName(i).lower() for i in range(action.nActions)]
        wanted = ('press', 'click', 'toggle', 'showmenu')
        action.doAction(min((i for i, n in enumerate(names) if n in wanted),
                            key=lambda i: wanted.index(names[i])))

    def type(self, name, text):
        node = self.find(name, ('text',))
        node.queryEditableText().setTextContents(text)
        self._until(lambda: self.text(node) == text, 'the text did not arrive in %r' % name)

    @staticmethod
    def keys(*keys):
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)

    @staticmethod
    def type_keys(text):
        subprocess.run(['xdotool', 'type', '--delay', '10', text], check=True)

    def focused(self):
        best, deepest = None, -1
        for node, depth in self.walk():
            if depth > deepest and node.getState().contains(pyatspi.STATE_FOCUSED):
                # Qt calls the current cell or tab focused even when its view is not
                if node.getRole() in (*CELLS, pyatspi.ROLE_PAGE_TAB) and \
                        not node.parent.getState().contains(pyatspi.STATE_FOCUSED):
                    continue
                best, deepest = node, depth
        return best

    def wait_focus(self, name):
        def match():
            node = self.focused()
            while node is not None and node.getRole() != pyatspi.ROLE_APPLICATION:
                if name in (node.name, node.description):
                    return True
                if node.name and node.getRole() not in CELLS:
                    return False
                node = node.parent
            return False
        self._until(match, '%r never got the focus' % name)

    # Reading -----------------------------------------------------------------
    @staticmethod
    def text(node):
        try:
            content = node.queryText()
            return content.getText(0, content.characterCount)
        except NotImplementedError:
            return node.name

    def read(self, name):
        return self.text(self.find(name))

    def wait_text(self, name, pattern):
        return self._until(lambda: re.search(pattern, self.read(name)),
                           '%r never said %r' % (name, pattern))

    def table(self, name):
        table = self.find(name, TABLES).queryTable()
        return [[table.getAccessibleAt(r, c).name for c in range(table.nColumns)]
                for r in range(table.nRows)]

    def unnamed(self):
        return ['%s %s' % (n.getRoleName(), n.description) for n, _ in self.walk()
                if n.getRole() in NEED_NAME and not (n.name or '').strip()]

    def shot(self, path):
        subprocess.run(['import', '-window', 'root', path], check=True)
