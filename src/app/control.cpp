// SPDX-License-Identifier: Apache-2.0
#include "border/control.h"

#include <fmt/format.h>

#include <sstream>

#include "app/commands.h"
#include "app/site_option.h"
#include "base/words.h"
#include "border/csv.h"
#include "service/site_edit.h"
#include "wire/control.h"

namespace marsad::app {
namespace {

struct ControlOptions {
  std::string site;
  std::string at, known;  // times; empty: the newest in the register
  std::string file;
  std::string out;
  std::string learnt, since;
  std::string side = "far";
  wire::ControlDefaults defaults;
};

// A time somebody typed after an option.
base::Result<base::Time> typed(const std::string& option, const std::string& text) {
  auto time = base::parse_iso8601(text);
  if (!time) return base::Error{option, time.error().message};
  return time;
}

int show(const ControlOptions& options) {
  const auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  const border::Border& border = *site->border;
  base::Time known{};
  for (const border::ControlEntry& entry : border.control.entries())
    known = std::max(known, entry.learnt);
  if (!options.known.empty()) {
    const auto time = typed("--known", options.known);
    if (!time) return fail(time.error());
    known = *time;
  }
  base::Time at = known;
  if (!options.at.empty()) {
    const auto time = typed("--at", options.at);
    if (!time) return fail(time.error());
    at = *time;
  }
  fmt::print("at {}, as known at {}\n", base::to_iso8601(at), base::to_iso8601(known));
  for (const border::Side side : {border::Side::far, border::Side::home}) {
    for (const auto& piece : border.control.pieces(0, border.line.length_m(), side, at, known)) {
      fmt::print("{:<4}  km {:>7.2f} to {:>7.2f}  ", base::word(side), piece.from_m / 1000,
                 piece.to_m / 1000);
      if (piece.entry == nullptr) {
        fmt::print("unknown\n");
        continue;
      }
      fmt::print("{} (since {}, learnt {}, {:.2f} sure{}{})\n",
                 border::text_of(piece.entry->holder), base::to_iso8601(piece.entry->since),
                 base::to_iso8601(piece.entry->learnt), piece.entry->confidence,
                 piece.entry->source.empty() ? "" : ", by ", piece.entry->source);
    }
  }
  return 0;
}

int import_file(ControlOptions options) {
  const auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  const auto learnt = typed("--learnt", options.learnt);
  if (!learnt) return fail(learnt.error());
  options.defaults.learnt = *learnt;
  if (!options.since.empty()) {
    const auto since = typed("--since", options.since);
    if (!since) return fail(since.error());
    options.defaults.since = *since;
  }
  options.defaults.side = base::from_word<border::Side>(options.side).value();  // as CLI11 checked
  if (options.defaults.source.empty()) options.defaults.source = options.file;
  const auto text = service::read_text(options.file);
  if (!text) return fail(text.error());
  const auto read = wire::read_control(*text, options.file, site->border->line, options.defaults);
  for (const base::Error& error : read.errors) fail(error);
  if (!read.errors.empty()) return 1;
  border::ControlRegister control = site->border->control;
  for (const border::ControlEntry& entry : read.entries) {
    const auto added = control.add(entry);
    if (!added) return fail(added.error());
  }
  std::ostringstream table;
  border::write_control(control, table);
  std::ofstream(options.out, std::ios::app).close();  // so that there is one to replace
  const auto written = service::replace_text(options.out, table.str());
  if (!written) return fail(written.error());
  for (const std::string& left_out : read.far_off) fmt::print("left out: {}\n", left_out);
  fmt::print("{} entries added, {} left out for lying too far off; {} in {}\n", read.entries.size(),
             read.far_off.size(), control.entries().size(), options.out);
  return 0;
}

int export_register(const ControlOptions& options) {
  const auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  fmt::print("{}", wire::control_geojson(site->border->control, site->border->line));
  return 0;
}

}  // namespace

void add_control(CLI::App& app, int& status) {
  CLI::App* control =
      app.add_subcommand("control",
                         "Who holds what along the border, as was known at any time.\n"
                         "Example: marsad control show my-site --at 2026-11-22T03:00:00Z");
  control->require_subcommand(1);
  auto options = std::make_shared<ControlOptions>();
  CLI::App* shows = control->add_subcommand("show", "Prints who holds which stretch");
  shows->add_option("site", options->site, "Folder with site.toml")->required();
  shows->add_option("--at", options->at, "When it was so (default: as --known)");
  shows->add_option("--known", options->known, "By what was known then (default: by all)");
  shows->callback([options, &status] { status = show(*options); });

  CLI::App* imports = control->add_subcommand(
      "import", "Writes the site's register with what a GeoJSON file tells added to it");
  imports->add_option("site", options->site, "Folder with site.toml")->required();
  imports->add_option("file", options->file, "GeoJSON")->required();
  imports->add_option("--out", options->out, "The table to write, which may be the site's own")
      ->required();
  imports->add_option("--learnt", options->learnt, "When we learnt it")->required();
  imports->add_option("--since", options->since,
                      "Since when it was so, where the file does not say");
  imports->add_option("--holder-key", options->defaults.holder_key, "Property with the holder")
      ->capture_default_str();
  imports->add_option("--side", options->side, "Which side, where the file does not say")
      ->check(CLI::IsMember({"far", "home"}))
      ->capture_default_str();
  imports->add_option("--source", options->defaults.source, "Who told it (default: the file)");
  imports->add_option("--confidence", options->defaults.confidence, "Where the file does not say")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  imports->callback([options, &status] { status = import_file(*options); });

  CLI::App* exports = control->add_subcommand("export", "Prints the register as GeoJSON");
  exports->add_option("site", options->site, "Folder with site.toml")->required();
  exports->callback([options, &status] { status = export_register(*options); });
}

}  // namespace marsad::app
