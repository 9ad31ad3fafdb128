// SPDX-License-Identifier: Apache-2.0
/** Where the page keeps the name under which the person acts. */
export const byKey = "marsad.by";
