// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace marsad::app {

struct Outcome {
  int status = -1;     // the exit code; -1 where a signal ended it
  std::string output;  // standard output
  std::string errors;  // standard error
};

// Runs `marsad` with these arguments to its end.
Outcome marsad(const std::vector<std::string>& arguments);
// The same with another file as the program.
Outcome outcome_of(const std::string& program, const std::vector<std::string>& arguments);

// `marsad run` of a site on a free port, until it is killed.
class RunningProgram {
 public:
  explicit RunningProgram(const std::string& site);
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  std::uint16_t port() const { return port_; }  // 0 where it did not start
  // Sends the signal and waits for the end; the exit code, or -1 where the signal ended it.
  int end(int signal);

 private:
  pid_t child_ = -1;
  int output_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace marsad::app
