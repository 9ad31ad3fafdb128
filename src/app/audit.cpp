// SPDX-License-Identifier: Apache-2.0
#include "store/audit.h"

#include <fmt/format.h>

#include "app/commands.h"
#include "app/site_option.h"
#include "service/site_key.h"

namespace marsad::app {
namespace {

struct AuditOptions {
  std::string site;
  std::string key;
};

int verify(const AuditOptions& options) {
  const auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  const auto key = options.key.empty() ? service::public_site_key(site->record)
                                       : base::Result<std::string>(options.key);
  if (!key) return fail(key.error());
  auto store = store::Store::open_to_read(site->record.string());
  if (!store) return fail(store.error());
  const auto report = store::AuditLog(*store).verify(*key);
  if (!report) return fail(report.error());
  if (report->broken) {
    const auto& [entry, why] = *report->broken;
    return fail({site->record.string(), entry == 0 ? why : fmt::format("entry {} {}", entry, why)});
  }
  fmt::print("{} entries, each signed and following the one before.\nNewest: {}\n", report->entries,
             report->newest_hash);
  return 0;
}

}  // namespace

void add_audit(CLI::App& app, int& status) {
  auto options = std::make_shared<AuditOptions>();
  CLI::App* command = app.add_subcommand("audit",
                                         "Looks whether the log of changes was tampered with.\n"
                                         "Example: marsad audit verify my-site");
  command->require_subcommand(1);
  CLI::App* verifies = command->add_subcommand(
      "verify", "Checks every entry's hash and signature, and names the first that is broken");
  verifies->add_option("site", options->site, "Folder with site.toml")->required();
  verifies->add_option("--key", options->key,
                       "The site's public key (default: site.key.pub beside the record)");
  verifies->callback([options, &status] { status = verify(*options); });
}

}  // namespace marsad::app
