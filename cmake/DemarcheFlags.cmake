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
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # g++ 12 reports copies that overlap in `"literal" + std::string` where none do (GCC bug 105651)
  target_compile_options(demarche_flags INTERFACE -Wno-restrict)
endif()
if(DEMARCHE_NATIVE)
  target_compile_options(demarche_flags INTERFACE -march=native)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # g++ 12's own AVX-512 header sets off this alarm wherever Eigen uses it (GCC bug 105593)
    target_compile_options(demarche_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
if(DEMARCHE_SANITIZE)
  target_compile_options(demarche_flags INTERFACE -fsanitize=${DEMARCHE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(demarche_flags INTERFACE -fsanitize=${DEMARCHE_SANITIZE})
endif()
# What is checked at every access to memory doubles the compile time of code that handles text. AddressSanitizer sees a
# null pointer and one beyond its object as well; where pointers are reckoned with, in sim, the other two are on.
# Each of these must be linked behind demarche_flags, since the last word counts.
add_library(demarche_pointer_flags INTERFACE)
if(DEMARCHE_SANITIZE MATCHES undefined)
  target_compile_options(demarche_flags INTERFACE
    -fno-sanitize=null,vptr,object-size,return,alignment,pointer-overflow)
  target_compile_options(demarche_pointer_flags INTERFACE -fsanitize=alignment,pointer-overflow)
endif()

# For the tests' own files, which are mostly rapidcheck's templates: what they would cost in compile time buys nothing.
# The modules under test have it all.
add_library(demarche_test_flags INTERFACE)
target_compile_options(demarche_test_flags INTERFACE $<$<CONFIG:Release>:-O1>)
