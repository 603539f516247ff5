// SPDX-FileCopyrightText: MTA-STS Assistant contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a program and prints what it took, as key=value words on one line:
//   measure TEXT COMMAND...    lines=N last=S: lines of its output without TEXT, and when the last
//                              of them came; wall=S cpu=S peak=MB of the whole run
#include <chrono>
#include <cstdio>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int ends[2];
    if (argc < 3 || pipe(ends) != 0)
        return 64;
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    const auto seconds = [start] {
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    close(ends[1]);
    const std::string excluded = argv[1];
    FILE *output = fdopen(ends[0], "r");
    char *line = nullptr;
    size_t room = 0;
    long lines = 0;
    double last = 0;
    while (getline(&line, &room, output) > 0) {
        if (!excluded.empty() && std::string(line).find(excluded) != std::string::npos)
            continue;
        ++lines;
        last = seconds();
    }
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    const auto asSeconds = [](const timeval &time) {
        return double(time.tv_sec) + double(time.tv_usec) * 1e-6;
    };
    std::printf("lines=%ld last=%.4f wall=%.4f cpu=%.4f peak=%.1f\n", lines, last, seconds(),
                asSeconds(used.ru_utime) + asSeconds(used.ru_stime), double(used.ru_maxrss) / 1024);
    return WIFEXITED(status) && WEXITSTATUS(status) != 127 ? 0 : 1;
}
