// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite.h"

#include <sqlite3.h>

namespace marsad::store {
namespace {

std::string advice(const SQLite::Exception& exception) {
  switch (exception.getErrorCode() & 0xff) {  // without the extension
    case SQLITE_FULL:
      return "no space left to write the record; free some, writing then works again";
    case SQLITE_IOERR:
      return "the disk refused to read or write the record";
    case SQLITE_CORRUPT:
      return "the record is damaged";
    case SQLITE_NOTADB:
      return "not a Marsad record (not an SQLite file)";
    case SQLITE_BUSY:
      return "another program is writing the record";
    case SQLITE_READONLY:
      return "the record can't be written (opened to read, or no right to write)";
    case SQLITE_CANTOPEN:
      return "the file can't be opened";
    case SQLITE_CONSTRAINT:
      return exception.getExtendedErrorCode() == SQLITE_CONSTRAINT_FOREIGNKEY
                 ? "the run is not in the record"
                 : "a value the record does not take";
    default:
      return "the record can't be used";
  }
}

}  // namespace

base::Error to_error(const std::string& file, const SQLite::Exception& exception) {
  return base::Error{file, advice(exception) + " [" + exception.what() + "]"};
}

}  // namespace marsad::store
