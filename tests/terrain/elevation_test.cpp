// SPDX-License-Identifier: Apache-2.0
#include "terrain/elevation.h"

#include <gtest/gtest.h>
