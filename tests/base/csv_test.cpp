// SPDX-License-Identifier: Apache-2.0
#include "base/csv.h"

#include <gmock/gmock.h>

#include <sstream>

namespace marsad::base {
namespace {

using testing::AllOf;
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

TEST(CsvReader, ReadsCellsInQuotationMarks) {
  std::istringstream in("a,\"b, c\",d\n\"1, \"\"2\"\"\",\"\",x\"y\n");
  auto reader = CsvReader::open(in, "control.csv", {"a", "b, c"});
  ASSERT_TRUE(reader);
  ASSERT_TRUE(*reader->next());
  EXPECT_EQ(reader->text("a"), "1, \"2\"");
  EXPECT_EQ(reader->text("b, c"), "");
  EXPECT_EQ(reader->text("d"), "x\"y");
}

TEST(CsvReader, RefusesACellWhoseQuotationMarksDontEnd) {
  for (const char* line : {"\"1,2", "\"1\"2,3", "1,\""}) {
    std::istringstream in(std::string("a,b\n") + line + "\n");
    auto reader = CsvReader::open(in, "control.csv", {"a"});
    ASSERT_TRUE(reader);
    EXPECT_THAT(to_string(reader->next().error()),
                AllOf(HasSubstr("control.csv:2: "), HasSubstr("quotation marks")));
  }
}

TEST(CsvCell, ComesBackAsItWas) {
  for (const char* text : {"", "SDF", "gov, SDF", "\"the 5th\"", "a\"b,c", "\""}) {
    std::istringstream in("a,b\n" + csv_cell(text) + ",2\n");
    auto reader = CsvReader::open(in, "control.csv", {"a"});
    ASSERT_TRUE(reader);
    ASSERT_TRUE(*reader->next()) << text;
    EXPECT_EQ(reader->text("a"), text);
  }
}

}  // namespace
}  // namespace marsad::base
