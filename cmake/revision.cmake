# cmake -D SOURCE=dir -D TO=file.cpp -P revision.cmake: the git revision as a function; written only when it changed.
set(revision "unknown")
find_program(git git)
if(git)
  execute_process(COMMAND ${git} --no-optional-locks -C ${SOURCE} rev-parse --short=12 HEAD
    OUTPUT_VARIABLE head OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(revision ${head})
    # only what is compiled in can make a binary differ from its revision
    execute_process(COMMAND ${git} --no-optional-locks -C ${SOURCE} diff --quiet HEAD -- CMakeLists.txt cmake sim models scenarios/reader output
      ERROR_QUIET RESULT_VARIABLE changed)
    if(changed)
      string(APPEND revision "-modified")
    endif()
  endif()
endif()
set(text "#include \"demarche_versions.hpp\"\n\nconst char* demarche::versions::revision() { return \"${revision}\"; }\n")
set(old "")
if(EXISTS ${TO})
  file(READ ${TO} old)
endif()
if(NOT old STREQUAL text)
  file(WRITE ${TO} "${text}")
endif()
