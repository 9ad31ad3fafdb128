// SPDX-License-Identifier: Apache-2.0

/** Outlines are drawn in a square of this many units, about its middle. */
export const outlineSize = 56;
const middle = outlineSize / 2;

/** Each class by its outline, so that it is told apart without colour. */
const outlines: Record<string, (path: Path2D) => void> = {
  person: (path) => {
    path.arc(middle, 16, 7, 0, 2 * Math.PI);
    path.moveTo(middle - 11, 46);
    path.lineTo(middle - 9, 28);
    path.quadraticCurveTo(middle, 22, middle + 9, 28);
    path.lineTo(middle + 11, 46);
    path.closePath();
  },
  vehicle: (path) => {
    path.roundRect(8, 26, 40, 15, 4);
    path.moveTo(15, 26);
    path.lineTo(20, 15);
    path.lineTo(36, 15);
    path.lineTo(41, 26);
    path.closePath();
  },
  animal: (path) => {
    path.moveTo(middle, 9);
    path.lineTo(47, middle);
    path.lineTo(middle, 47);
    path.lineTo(9, middle);
    path.closePath();
  },
  aircraft: (path) => {
    path.moveTo(middle, 8);
    path.lineTo(48, 44);
    path.lineTo(middle, 36);
    path.lineTo(8, 44);
    path.closePath();
  },
  bird: (path) => {
    path.moveTo(6, 20);
    path.quadraticCurveTo(20, 18, middle, 32);
    path.quadraticCurveTo(36, 18, 50, 20);
    path.quadraticCurveTo(38, 26, middle, 42);
    path.quadraticCurveTo(18, 26, 6, 20);
    path.closePath();
  },
};

function unknownOutline(path: Path2D): void {
  path.arc(middle, middle, 13, 0, 2 * Math.PI);
}

const drawn = new Map<string, Path2D>();

/** The outline of a class; of a class the page doesn't know, that of an unknown one. */
export function moverOutline(mover: string): Path2D {
  let path = drawn.get(mover);
  if (!path) {
    path = new Path2D();
    (outlines[mover] ?? unknownOutline)(path);
    drawn.set(mover, path);
  }
  return path;
}
