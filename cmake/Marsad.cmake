# The few words the rooms are built with.
include(GoogleTest)

add_library(marsad_options INTERFACE)
target_compile_options(marsad_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Werror)
# No contraction of a*b+c into fused operations: the same input gives the same bits on every machine.
target_compile_options(marsad_options INTERFACE -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # The stable_sort of libstdc++ 12 uses what the library itself calls deprecated.
  target_compile_options(marsad_options INTERFACE -Wno-deprecated-declarations)
endif()
if(MARSAD_SANITIZE)
  target_compile_options(marsad_options INTERFACE
    -fsanitize=${MARSAD_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(marsad_options INTERFACE -fsanitize=${MARSAD_SANITIZE})
endif()
if(MARSAD_FUZZ)
  target_compile_options(marsad_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# marsad_room(NAME SOURCES … [DEPENDS rooms or libraries its headers show] [PRIVATE hidden ones])
# One folder of src/ = one static library = one namespace.
function(marsad_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  add_library(marsad_${name} STATIC ${ROOM_SOURCES})
  target_include_directories(marsad_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(marsad_${name} PUBLIC ${ROOM_DEPENDS} PRIVATE ${ROOM_PRIVATE} marsad_options)
endfunction()

# marsad_test(NAME SOURCES … DEPENDS … [LABELS …] [TIMEOUT seconds])
# A GoogleTest program whose cases each become a CTest test. Cases that need real data find it by
# MARSAD_DATA and call GTEST_SKIP where it is missing, which CTest then reports as skipped.
# Under a sanitizer such a program takes longer to start than most of its cases to run, so that there
# each program is two tests of half its cases, in which Google Test tells what was skipped.
function(marsad_test name)
  cmake_parse_arguments(TEST "" "TIMEOUT" "SOURCES;DEPENDS;LABELS" ${ARGN})
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 60)
  endif()
  add_executable(${name}_test ${TEST_SOURCES})
  target_link_libraries(${name}_test PRIVATE ${TEST_DEPENDS} GTest::gmock GTest::gtest_main marsad_options)
  target_include_directories(${name}_test PRIVATE ${CMAKE_SOURCE_DIR})
  list(LENGTH TEST_SOURCES files)
  if(files GREATER 4)  # fewer compile faster without
    target_precompile_headers(${name}_test PRIVATE <gmock/gmock.h>)
  endif()
  if(NOT MARSAD_SANITIZE)
    gtest_discover_tests(${name}_test
      DISCOVERY_MODE PRE_TEST
      WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
      PROPERTIES TIMEOUT ${TEST_TIMEOUT} LABELS "${TEST_LABELS}")
    return()
  endif()
  foreach(half 0 1)
    add_test(NAME ${name}.${half} COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${name}.${half} PROPERTIES TIMEOUT 900 LABELS "${TEST_LABELS}"
      ENVIRONMENT "GTEST_TOTAL_SHARDS=2;GTEST_SHARD_INDEX=${half}")
  endforeach()
endfunction()
