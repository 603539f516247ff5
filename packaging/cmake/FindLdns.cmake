# SPDX-FileCopyrightText: MTA-STS Assistant contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Looked for by hand: Debian's library comes without a pkg-config file that works.
find_path(Ldns_INCLUDE_DIR ldns/ldns.h)
find_library(Ldns_LIBRARY ldns)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Ldns REQUIRED_VARS Ldns_LIBRARY Ldns_INCLUDE_DIR)
if(Ldns_FOUND AND NOT TARGET Ldns::Ldns)
    add_library(Ldns::Ldns UNKNOWN IMPORTED)
    set_target_properties(Ldns::Ldns PROPERTIES
        IMPORTED_LOCATION ${Ldns_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${Ldns_INCLUDE_DIR})
endif()
