// SPDX-License-Identifier: Apache-2.0

const key = "marsad.sound";
let context: AudioContext | null = null;

export function soundIsOn(): boolean {
  return localStorage.getItem(key) === "on";
}

export function setSound(on: boolean): void {
  localStorage.setItem(key, on ? "on" : "off");
  if (on) play(); // a browser lets a page sound only after a click; this is that click
}

/** Two soft, rising notes. */
export function play(): void {
  if (!soundIsOn()) return;
  context ??= new AudioContext();
  for (const [delay_s, pitch_hz] of [
    [0, 523],
    [0.16, 784],
  ] as const) {
    const start = context.currentTime + delay_s;
    const note = context.createOscillator();
    const volume = context.createGain();
    note.frequency.value = pitch_hz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.12, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
    note.connect(volume).connect(context.destination);
    note.start(start);
    note.stop(start + 0.4);
  }
}
