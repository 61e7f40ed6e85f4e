# `cmake --install build/release --prefix DIR`: the program, its Python package and its scenarios
include(GNUInstallDirs)
install(TARGETS demarche RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY output/python/ DESTINATION ${CMAKE_INSTALL_DATADIR}/demarche/python OPTIONAL PATTERN __pycache__ EXCLUDE)
install(DIRECTORY scenarios/ DESTINATION ${CMAKE_INSTALL_DATADIR}/demarche/scenarios
  PATTERN reader EXCLUDE PATTERN CMakeLists.txt EXCLUDE)
install(FILES LICENSE CITATION.cff DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/demarche)
