# Target demarche_versions: the header demarche_versions.hpp (versions of every library, compiler, program) and
# the git revision behind a function of its own tiny library, so that a commit recompiles one small file only.
set(versions_dir ${CMAKE_BINARY_DIR}/versions)

set(DEMARCHE_VERSION_BOOST ${Boost_VERSION_STRING})
set(DEMARCHE_VERSION_EIGEN ${Eigen3_VERSION})
set(DEMARCHE_VERSION_TBB ${TBB_VERSION})
set(DEMARCHE_VERSION_HDF5 ${HDF5_VERSION})
set(DEMARCHE_VERSION_CLI11 ${CLI11_VERSION})
set(DEMARCHE_VERSION_YAML_CPP ${yaml-cpp_VERSION})
set(DEMARCHE_VERSION_JSON ${nlohmann_json_VERSION})
set(DEMARCHE_VERSION_FMT ${fmt_VERSION})
set(DEMARCHE_VERSION_OPENSSL ${OPENSSL_VERSION})
set(DEMARCHE_VERSION_COMPILER "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}")
if(NOT Eigen3_VERSION)
  set(DEMARCHE_VERSION_EIGEN ${EIGEN3_VERSION_STRING})
endif()

set(revision_script ${CMAKE_CURRENT_LIST_DIR}/revision.cmake)
configure_file(${CMAKE_CURRENT_LIST_DIR}/demarche_versions.hpp.in ${versions_dir}/demarche_versions.hpp @ONLY)
add_custom_target(demarche_revision_update
  COMMAND ${CMAKE_COMMAND} -D SOURCE=${CMAKE_SOURCE_DIR} -D TO=${versions_dir}/demarche_revision.cpp -P ${revision_script}
  BYPRODUCTS ${versions_dir}/demarche_revision.cpp
  COMMENT "")
add_library(demarche_revision STATIC ${versions_dir}/demarche_revision.cpp)
add_dependencies(demarche_revision demarche_revision_update)
target_include_directories(demarche_revision PUBLIC ${versions_dir})
target_link_libraries(demarche_revision PRIVATE demarche_flags)

add_library(demarche_versions INTERFACE)
target_link_libraries(demarche_versions INTERFACE demarche_revision)
