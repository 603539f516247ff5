// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How long a program takes from its start to its first exposed window, seen from outside by another
// client of the X server, so that the program needs no code for it:
//   firstwindow COMMAND...    prints milliseconds, and ends the program
#include <chrono>
#include <csignal>
#include <cstdio>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <X11/Xlib.h>

namespace {

using Clock = std::chrono::steady_clock;
constexpr int SmallestSide = 100; // helper windows of toolkits are smaller

int ignoreError(Display *, XErrorEvent *)
{
    return 0; // a helper window may be gone before it is asked about
}

bool isLarge(Display *display, Window window)
{
    XWindowAttributes attributes;
    return XGetWindowAttributes(display, window, &attributes) != 0 &&
           attributes.map_state == IsViewable && attributes.width >= SmallestSide &&
           attributes.height >= SmallestSide;
}

/// Until a large top-level window is exposed; false after ten seconds.
bool awaitExposure(Display *display)
{
    const auto deadline = Clock::now() + std::chrono::seconds(10);
    while (Clock::now() < deadline) {
        while (XPending(display) > 0) {
            XEvent event;
            XNextEvent(display, &event);
            if (event.type == CreateNotify) {
                XSelectInput(display, event.xcreatewindow.window, ExposureMask);
                XFlush(display);
            } else if (event.type == Expose && isLarge(display, event.xexpose.window)) {
                return true;
            }
        }
        pollfd one{ConnectionNumber(display), POLLIN, 0};
        poll(&one, 1, 100);
    }
    return false;
}

} // namespace

int main(int argc, char **argv)
{
    Display *display = argc > 1 ? XOpenDisplay(nullptr) : nullptr;
    if (!display)
        return 64;
    XSetErrorHandler(ignoreError);
    XSelectInput(display, DefaultRootWindow(display), SubstructureNotifyMask);
    XSync(display, False);
    const auto start = Clock::now();
    const pid_t child = fork();
    if (child == 0) {
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    const bool isThere = awaitExposure(display);
    const std::chrono::duration<double, std::milli> took = Clock::now() - start;
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    if (!isThere)
        return 1;
    std::printf("%.1f\n", took.count());
    return 0;
}
