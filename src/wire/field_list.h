// SPDX-License-Identifier: Apache-2.0
#pragma once

// MARSAD_FOR_EACH(M, context, a, b, …) is M(context, a), M(context, b), …: the preprocessor's only
// loop. Each EXPAND multiplies the rescans by four, which is enough for 256 arguments.
#define MARSAD_PARENS ()
#define MARSAD_EXPAND(...) \
  MARSAD_EXPAND3(MARSAD_EXPAND3(MARSAD_EXPAND3(MARSAD_EXPAND3(__VA_ARGS__))))
#define MARSAD_EXPAND3(...) \
  MARSAD_EXPAND2(MARSAD_EXPAND2(MARSAD_EXPAND2(MARSAD_EXPAND2(__VA_ARGS__))))
#define MARSAD_EXPAND2(...) \
  MARSAD_EXPAND1(MARSAD_EXPAND1(MARSAD_EXPAND1(MARSAD_EXPAND1(__VA_ARGS__))))
#define MARSAD_EXPAND1(...) __VA_ARGS__
#define MARSAD_FOR_EACH(macro, context, ...) \
  __VA_OPT__(MARSAD_EXPAND(MARSAD_FOR_EACH_STEP(macro, context, __VA_ARGS__)))
#define MARSAD_FOR_EACH_STEP(macro, context, first, ...) \
  macro(context, first)                                  \
      __VA_OPT__(, MARSAD_FOR_EACH_AGAIN MARSAD_PARENS(macro, context, __VA_ARGS__))
#define MARSAD_FOR_EACH_AGAIN() MARSAD_FOR_EACH_STEP
