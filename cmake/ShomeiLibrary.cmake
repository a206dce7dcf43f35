# shomei_library(<folder> [DEPENDS <folder>...] [LIBRARIES <imported target>...] SOURCES <file>... [TESTS <file>...])
# makes the library shomei_<folder> and, from its TESTS, the program <folder>_test.
# DEPENDS is the whole truth about includes: tests/tidy reads it and fails on any other.

function(shomei_library folder)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LIBRARIES;SOURCES;TESTS" ${ARGN})
  set(target shomei_${folder})
  add_library(${target} STATIC ${ARG_SOURCES})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(${target} PUBLIC ${ARG_LIBRARIES})
  foreach(dependency ${ARG_DEPENDS})
    target_link_libraries(${target} PUBLIC shomei_${dependency})
  endforeach()
  if(ARG_TESTS)
    shomei_test(${folder}_test LIBRARIES ${target} SOURCES ${ARG_TESTS})
  endif()
endfunction()

# shomei_test(<name> LIBRARIES <target>... SOURCES <file>...): a GoogleTest program that finds vectors below SHOMEI_VECTORS;
# ctest runs each of its suites by its name.
function(shomei_test name)
  cmake_parse_arguments(ARG "" "" "LIBRARIES;SOURCES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_compile_options(${name} PRIVATE -Wno-dangling-else)  # `if (x) EXPECT_...`: the macro guards itself
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} GTest::gmock GTest::gtest_main rapidcheck)
  target_compile_definitions(${name} PRIVATE SHOMEI_VECTORS="${PROJECT_SOURCE_DIR}/tests/vectors"
                                             SHOMEI_SOURCE="${PROJECT_SOURCE_DIR}")
  set(suites ${CMAKE_CURRENT_BINARY_DIR}/${name}_suites.cmake)
  add_custom_command(TARGET ${name} POST_BUILD BYPRODUCTS ${suites}
    COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${name}> -D FILE=${suites}
            -P ${PROJECT_SOURCE_DIR}/cmake/AddSuites.cmake VERBATIM)
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${suites})
endfunction()

# shomei_without_leak_search(): the tests of this folder that are scripts drive the program without LeakSanitizer, which
# takes as long as the program itself. What it would find, the programs of GoogleTest look for.
function(shomei_without_leak_search)
  get_property(tests DIRECTORY PROPERTY TESTS)
  set_property(TEST ${tests} APPEND PROPERTY ENVIRONMENT ASAN_OPTIONS=detect_leaks=0)
endfunction()

# shomei_again(<name> <compile options> <folder>...): the sources of these libraries and of all that they depend on once more,
# compiled with these options besides, as shomei_<folder>_<name>.
function(shomei_again name options)
  foreach(folder ${ARGN})
    set(target shomei_${folder}_${name})
    if(TARGET ${target})
      continue()
    endif()
    get_target_property(sources shomei_${folder} SOURCES)
    get_target_property(source_dir shomei_${folder} SOURCE_DIR)
    get_target_property(libraries shomei_${folder} LINK_LIBRARIES)
    list(TRANSFORM sources PREPEND ${source_dir}/)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_compile_options(${target} PUBLIC ${options})
    target_link_options(${target} PUBLIC -fno-sanitize=all)
    foreach(library ${libraries})
      if(library MATCHES "^shomei_(.+)$")
        shomei_again(${name} "${options}" ${CMAKE_MATCH_1})
        string(APPEND library _${name})
      endif()
      target_link_libraries(${target} PUBLIC ${library})
    endforeach()
  endforeach()
endfunction()

# shomei_quick(<folder>...): optimised and without sanitizers, as shomei_<folder>_quick: for tests that go through cases by
# the million.
function(shomei_quick)
  shomei_again(quick "-O2;-fno-sanitize=all" ${ARGN})
endfunction()
