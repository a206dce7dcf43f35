# Writes, for a GoogleTest program, a file that names each of its suites to ctest: one process a suite. A process a case
# would spend more time on starting than on testing, and make anew for each what a fixture makes once.
# cmake -D PROGRAM=... -D FILE=... -P AddSuites.cmake, when the program has been linked.
execute_process(COMMAND ${PROGRAM} --gtest_list_tests OUTPUT_VARIABLE listed RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "${PROGRAM} does not list its tests: ${failed}")
endif()
string(REGEX MATCHALL "\n[A-Za-z0-9_/]+\\." suites "\n${listed}")
set(tests "")
foreach(suite ${suites})
  string(REGEX REPLACE "\n([A-Za-z0-9_/]+)\\." "\\1" suite "${suite}")
  string(APPEND tests "add_test([=[${suite}]=] [=[${PROGRAM}]=] [=[--gtest_filter=${suite}.*]=])\n"
                      "set_tests_properties([=[${suite}]=] PROPERTIES TIMEOUT 300)\n")
endforeach()
file(WRITE ${FILE} "${tests}")
