# How everything is compiled. The presets choose SHOMEI_SANITIZE; warnings are errors everywhere.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

set(SHOMEI_SANITIZE "" CACHE STRING "sanitizers for the whole build: address,undefined or thread or empty")
option(SHOMEI_FUZZ "build the libFuzzer targets (needs clang)" OFF)

add_compile_options(-Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Werror
                    -Wno-missing-field-initializers)  # designated initializers leave members at their defaults
add_compile_options(-fstack-protector-strong)
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
else()
  add_compile_definitions(_FORTIFY_SOURCE=2)
endif()
if(SHOMEI_SANITIZE)
  add_compile_options(-fsanitize=${SHOMEI_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SHOMEI_SANITIZE})
  if(SHOMEI_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
    # What UBSan says of each check holds addresses, millions of them: a program that may stand anywhere writes all of them anew
    # at each start, which takes longer than the rest of it.
    add_link_options($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-no-pie>)
  endif()
endif()
if(SHOMEI_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(SHOMEI_CCACHE ccache)
if(SHOMEI_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SHOMEI_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${SHOMEI_CCACHE})
endif()
find_program(SHOMEI_MOLD mold)
if(SHOMEI_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
