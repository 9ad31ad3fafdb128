// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <csignal>

#include "tests/video/support.h"
#include "video/encode.h"

namespace marsad::video {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

TEST(WriteFile, ReplacesWhatWasThere) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(write_file(folder.file("a.bin"), {1, 2, 3}));
  ASSERT_TRUE(write_file(folder.file("a.bin"), {4}));
  EXPECT_EQ(test::read(folder.file("a.bin")), Bytes{4});
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(WriteFile, TellsOfAFullDisk) {
  const auto written = write_file("/dev/full", Bytes(10));
  ASSERT_FALSE(written);
  EXPECT_THAT(to_string(written.error()), HasSubstr("/dev/full: can't be written: No space left"));
}

TEST(WriteFile, TellsOfAMissingFolder) {
  const test::TemporaryFolder folder;
  const auto written = write_file(folder.file("none/a.bin"), Bytes(10));
  ASSERT_FALSE(written);
  EXPECT_THAT(to_string(written.error()), HasSubstr("can't be created: No such file"));
}

TEST(WriteFile, LeavesTheOldFileAndNoOtherWhereItFailsHalfway) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(write_file(folder.file("a.bin"), {1, 2, 3}));
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 1000;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const auto written = write_file(folder.file("a.bin"), Bytes(100000));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  ASSERT_FALSE(written);
  EXPECT_THAT(to_string(written.error()), HasSubstr("File too large"));
  EXPECT_EQ(test::read(folder.file("a.bin")), (Bytes{1, 2, 3}));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

}  // namespace
}  // namespace marsad::video
