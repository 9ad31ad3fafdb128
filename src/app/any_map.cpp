// SPDX-License-Identifier: Apache-2.0
#include "app/viewshed.h"

namespace marsad::app {

MapFiles files_of_any_kind() {
  return {terrain::GroundMap::read, terrain::write_layer, terrain::write_layer};
}

}  // namespace marsad::app
