// SPDX-License-Identifier: Apache-2.0
import type { HeldView } from "../wire.gen";
import { fixed } from "../wording/format";
import { text, word } from "../wording/strings";

const holderColours = ["#5a9e8b", "#6d7fb3", "#b3739c", "#86a84f", "#bfa63a", "#a08a6d"];
const wordColours: Record<string, string> = {
  contested: "#d9794f",
  nobody: "#1c2530",
  unknown: "#4a545f",
};

/** A colour for each who holds anything, in the order in which they come first along the line. */
export function holderColour(held: readonly HeldView[], piece: HeldView): string {
  const colour = wordColours[piece.holding];
  if (colour) return colour;
  const names = [...new Set(held.map((one) => one.holder).filter((name) => name !== ""))];
  return holderColours[names.indexOf(piece.holder) % holderColours.length] ?? "#4a545f";
}

/** Who holds it, in a person's words: a name, or contested, nobody, unknown. */
export function holderName(piece: HeldView): string {
  return piece.holder || word(text.coverage.holdings, piece.holding);
}

/** "km 12.0–30.5, far side: held by …". */
export function holderSentence(piece: HeldView): string {
  return text.coverage.heldBy(
    fixed(piece.from_km, 1),
    fixed(piece.to_km, 1),
    word(text.coverage.sides, piece.side),
    holderName(piece),
  );
}
