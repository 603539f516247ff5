# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The few kinds of target that the tree is made of: a room of src/, a test.

add_library(assistant_options INTERFACE)
target_compile_options(assistant_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion
    $<$<BOOL:${ASSISTANT_WERROR}>:-Werror>)
target_compile_definitions(assistant_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
    QT_NO_FOREACH QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_BEFORE=0x060400
    ASSISTANT_VERSION="${PROJECT_VERSION}")
target_include_directories(assistant_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
if(ASSISTANT_SANITIZE)
    target_compile_options(assistant_options INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(assistant_options INTERFACE -fsanitize=address,undefined)
    target_compile_definitions(assistant_options INTERFACE ASSISTANT_SANITIZED)
elseif(UNIX AND NOT APPLE)
    target_compile_options(assistant_options INTERFACE -fstack-protector-strong
        $<$<CONFIG:Release,RelWithDebInfo>:-D_FORTIFY_SOURCE=2>)
    target_link_options(assistant_options INTERFACE -Wl,-z,relro,-z,now)
endif()

# assistant_precompiled(target base|gui): shares the precompiled headers of base, or those of gui. Half of a compiler's
# time is Qt's headers. Every file still finds all that it names by its own includes: the option is off unless asked for.
function(assistant_precompiled target owner)
    if(ASSISTANT_PRECOMPILED)
        target_precompile_headers(${target} REUSE_FROM ${owner})
    endif()
endfunction()

# assistant_room(mail SOURCES a.cpp ... LINK other rooms and libraries)
# A room is a static library of its own, so that the linker keeps the order of the rooms.
function(assistant_room name)
    cmake_parse_arguments(ROOM "" "" "SOURCES;LINK" ${ARGN})
    add_library(${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(${name} PUBLIC assistant_options ${ROOM_LINK})
    if(NOT name STREQUAL base)
        assistant_precompiled(${name} base)
    endif()
    # What libFuzzer watches, for the rooms of the parsers: everything else would only be slower. Not
    # -fsanitize=fuzzer-no-link, which the precompiled headers would have to share.
    if(ASSISTANT_FUZZ AND name MATCHES "^(base|mail|dns|net|dane)$")
        target_compile_options(${name} PRIVATE
            -fsanitize-coverage=inline-8bit-counters,indirect-calls,trace-cmp,pc-table)
    endif()
endfunction()

# assistant_test(tst_policy LABELS fast SOURCES tst_policy.cpp LINK mail)
# One executable for one source file; labels: fast, real, gui.
function(assistant_test name)
    cmake_parse_arguments(TEST "" "TIMEOUT" "LABELS;SOURCES;LINK;ENVIRONMENT" ${ARGN})
    if(NOT TEST_SOURCES)
        set(TEST_SOURCES ${name}.cpp)
    endif()
    if(NOT TEST_LABELS)
        set(TEST_LABELS fast)
    endif()
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 120)
    endif()
    add_executable(${name} ${TEST_SOURCES})
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PRIVATE assistant_options Qt6::Test ${TEST_LINK})
    if("gui" IN_LIST TEST_LINK OR "fakeengine" IN_LIST TEST_LINK)
        assistant_precompiled(${name} gui)
    else()
        assistant_precompiled(${name} base)
    endif()
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_compile_definitions(${name} PRIVATE
        TESTS_DATA_DIR="${PROJECT_SOURCE_DIR}/tests/data"
        TESTS_SOURCE_DIR="${PROJECT_SOURCE_DIR}/tests"
        TESTS_BINARY_DIR="${PROJECT_BINARY_DIR}")
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES
        LABELS "${TEST_LABELS}" TIMEOUT ${TEST_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/lsan.supp;${TEST_ENVIRONMENT}")
endfunction()
