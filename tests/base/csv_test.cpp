// SPDX-License-Identifier: Apache-2.0
#include "base/csv.h"

#include <gmock/gmock.h>

#include <sstream>

namespace marsad::base {
namespace {

using testing::HasSubstr;

TEST(CsvReader, ReadsColumnsByNameInAnyOrderAndSkipsBlankLines) {
  std::istringstream in("b,a,extra\r\n1.5,-2,x\r\n\r\n2.5,3,y\r\n");
  auto reader = CsvReader::open(in, "plots.csv", {"a", "b"});
  ASSERT_TRUE(reader);
  ASSERT_TRUE(*reader->next());
  EXPECT_EQ(*reader->integer("a"), -2);
  EXPECT_EQ(*reader->number("b"), 1.5);
  ASSERT_TRUE(*reader->next());
  EXPECT_EQ(reader->text("extra"), "y");
  EXPECT_FALSE(*reader->next());
}

TEST(CsvReader, NamesFileLineAndColumnOfWhatIsWrong) {
  std::istringstream in("t,e\n1,2\n1,nan\n1\n");
  auto reader = CsvReader::open(in, "plots.csv", {"t"});
  ASSERT_TRUE(reader);
  ASSERT_TRUE(*reader->next());
  ASSERT_TRUE(*reader->next());
  EXPECT_EQ(to_string(reader->number("e").error()), "plots.csv:3: e is 'nan'; expected a number");
  EXPECT_EQ(to_string(reader->next().error()), "plots.csv:4: 1 cells; expected 2");
}

TEST(CsvReader, TellsWhichColumnIsMissing) {
  std::istringstream in("t,e\n");
  EXPECT_THAT(to_string(CsvReader::open(in, "plots.csv", {"var_e"}).error()),
              HasSubstr("no column 'var_e'; found 't,e'"));
  std::istringstream empty("");
  EXPECT_THAT(to_string(CsvReader::open(empty, "plots.csv", {}).error()), HasSubstr("empty"));
}

}  // namespace
}  // namespace marsad::base
