// SPDX-License-Identifier: Apache-2.0

/** Neighbouring stretches that are shown alike. */
export interface Run {
  from_km: number;
  to_km: number;
  /** Of being found there, to a tenth. */
  found: number;
  dark: boolean;
}

/**
 * Joins stretches that differ by less than can be seen; the edge of what is dark is kept. Of a
 * stretch that is null nothing is told, and there is none.
 */
export function runsOf(
  found: readonly (number | null)[],
  stretch_km: number,
  enough: number,
): Run[] {
  const runs: Run[] = [];
  found.forEach((exact, i) => {
    if (exact === null) return;
    const last = runs.at(-1);
    const dark = exact < enough;
    const rounded = Math.round(exact * 10) / 10;
    const adjoins = last?.to_km === i * stretch_km;
    if (last && adjoins && last.dark === dark && last.found === rounded) {
      last.to_km = (i + 1) * stretch_km;
    } else {
      runs.push({ from_km: i * stretch_km, to_km: (i + 1) * stretch_km, found: rounded, dark });
    }
  });
  return runs;
}

/** A round number of kilometres, so that at most `most` marks lie on the line. */
export function markEvery(length_km: number, most: number): number {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500];
  return steps.find((step) => length_km / step <= most) ?? 1000;
}
