# shomei_library(<folder> [DEPENDS <folder>...] [LIBRARIES <imported target>...] SOURCES <file>... [TESTS <file>...])
# makes the library shomei_<folder> and, from its TESTS, the program <folder>_test whose cases ctest runs one by one.
# DEPENDS is the whole truth about includes: tests/tidy reads it and fails on any other.
include(GoogleTest)

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

# shomei_test(<name> LIBRARIES <target>... SOURCES <file>...): a GoogleTest program that finds vectors below SHOMEI_VECTORS.
function(shomei_test name)
  cmake_parse_arguments(ARG "" "" "LIBRARIES;SOURCES" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_compile_options(${name} PRIVATE -Wno-dangling-else)  # `if (x) EXPECT_...`: the macro guards itself
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} GTest::gmock GTest::gtest_main rapidcheck)
  target_compile_definitions(${name} PRIVATE SHOMEI_VECTORS="${PROJECT_SOURCE_DIR}/tests/vectors"
                                             SHOMEI_SOURCE="${PROJECT_SOURCE_DIR}")
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
endfunction()
