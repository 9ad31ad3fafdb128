// SPDX-License-Identifier: Apache-2.0
#include "tests/app/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "tests/support/temporary_folder.h"

namespace marsad::app {
namespace {

// Starts the program with its standard output and error on these files.
pid_t start(const std::string& program, const std::vector<std::string>& arguments, int output,
            int errors) {
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) return child;
  dup2(output, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  execv(program.c_str(), pointers.data());
  _exit(127);
}

int wait_for(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// A new file, so that nobody need read while the program writes.
int create(const std::string& name) {
  const int file = open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  CHECK(file >= 0);
  return file;
}

std::string contents(int file) {
  std::string all;
  char buffer[4096];
  ssize_t got = 0;
  lseek(file, 0, SEEK_SET);
  while ((got = read(file, buffer, sizeof(buffer))) > 0) {
    all.append(buffer, static_cast<std::size_t>(got));
  }
  close(file);
  return all;
}

// Reads until the line that names the port.
std::uint16_t port_told_on(int pipe) {
  const std::string before = "Marsad is at http://127.0.0.1:";
  std::string told;
  char letter = 0;
  while (read(pipe, &letter, 1) == 1) {
    told += letter;
    const std::size_t at = told.find(before);
    if (letter == '/' && at != std::string::npos && told.size() > at + before.size()) {
      return static_cast<std::uint16_t>(std::stoi(told.substr(at + before.size())));
    }
  }
  return 0;
}

}  // namespace

Outcome marsad(const std::vector<std::string>& arguments) {
  return outcome_of(MARSAD_PROGRAM, arguments);
}

Outcome outcome_of(const std::string& program, const std::vector<std::string>& arguments) {
  const test::TemporaryFolder folder;
  const int output = create(folder.file("output")), errors = create(folder.file("errors"));
  const int status = wait_for(start(program, arguments, output, errors));
  return {status, contents(output), contents(errors)};
}

RunningProgram::RunningProgram(const std::string& site) {
  int ends[2];
  CHECK(pipe2(ends, O_CLOEXEC) == 0);
  output_ = ends[0];
  child_ = start(MARSAD_PROGRAM, {"run", site, "--port", "0"}, ends[1], STDERR_FILENO);
  close(ends[1]);
  port_ = port_told_on(output_);
}

RunningProgram::~RunningProgram() {
  if (child_ > 0) end(SIGKILL);
  close(output_);
}

int RunningProgram::end(int signal) {
  kill(child_, signal);
  const int status = wait_for(child_);
  child_ = -1;
  return status;
}

}  // namespace marsad::app
