# One set of compile options for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(demarche_flags INTERFACE)
target_include_directories(demarche_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(demarche_flags INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Werror
  # a fused multiply-add rounds once where two operations round twice: results would depend on the processor
  -ffp-contract=off)
if(DEMARCHE_NATIVE)
  target_compile_options(demarche_flags INTERFACE -march=native)
endif()
if(DEMARCHE_SANITIZE)
  target_compile_options(demarche_flags INTERFACE -fsanitize=${DEMARCHE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(demarche_flags INTERFACE -fsanitize=${DEMARCHE_SANITIZE})
endif()
