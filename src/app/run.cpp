// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "app/commands.h"
#include "app/interrupt.h"
#include "app/site_option.h"
#include "base/log.h"
#include "service/service.h"

namespace marsad::app {
namespace {

struct RunOptions {
  std::string site;
  std::optional<std::uint16_t> port;
  std::string web;
};

// Where the page lies: beside an installed program, or in the source tree it was built in.
std::string find_web_root() {
  std::error_code code;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", code).parent_path();
  for (const char* place : {"../share/marsad/web", "../../web/dist"}) {
    const auto folder = (program / place).lexically_normal();
    if (std::filesystem::exists(folder / "index.html", code)) return folder.string();
  }
  return "";
}

int run(const RunOptions& options) {
  const auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  const std::stop_token stop = stop_on_interrupt();
  service::ServiceOptions settings;
  settings.port = options.port;
  settings.web_root = options.web.empty() ? find_web_root() : options.web;
  if (settings.web_root.empty()) {
    base::log_warning("the page is not built (make build), so only the API is served");
  }
  auto service = service::Service::start(*site, settings);
  if (!service) return fail(service.error());
  fmt::print("{}{}\nMarsad is at {}\nPress Ctrl-C to end.\n", site->name,
             site->simulated() ? " (simulated)" : "", service->address());
  if (const auto code = service->setup_code()) {
    fmt::print("First start: set the administrator's password at {}api/login with the code {}\n",
               service->address(), *code);
  }
  std::fflush(stdout);
  wait_for_stop(stop);
  base::log_info("ending: letting every stage finish what it has");
  service->stop();
  base::log_info("ended");
  return 0;
}

}  // namespace

void add_run(CLI::App& app, int& status) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* command = app.add_subcommand(
      "run",
      "Runs a site: its cameras, the tracker, the record and the page, until Ctrl-C.\n"
      "Example: marsad run examples/demo --port 8080");
  command->add_option("site", options->site, "Folder with site.toml")->required();
  command->add_option("--port", options->port, "Port of the page, instead of the site's; 0: any");
  command->add_option("--web", options->web, "Folder of the built page");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace marsad::app
