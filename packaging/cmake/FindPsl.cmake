# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Looked for by hand: not every distribution ships a pkg-config file that can be used as it is.
find_path(Psl_INCLUDE_DIR libpsl.h)
find_library(Psl_LIBRARY psl)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Psl REQUIRED_VARS Psl_LIBRARY Psl_INCLUDE_DIR)
if(Psl_FOUND AND NOT TARGET Psl::Psl)
    add_library(Psl::Psl UNKNOWN IMPORTED)
    set_target_properties(Psl::Psl PROPERTIES
        IMPORTED_LOCATION ${Psl_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${Psl_INCLUDE_DIR})
endif()
