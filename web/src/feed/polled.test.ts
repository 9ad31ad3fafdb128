// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it, vi } from "vitest";
import { createPolled } from "./polled";

describe("what is asked for again and again", () => {
  it("is asked for only while somebody looks", async () => {
    vi.useFakeTimers();
    const fetchIt = vi.fn(() => Promise.resolve([fetchIt.mock.calls.length]));
    const polled = createPolled(fetchIt, 1000);
    await vi.advanceTimersByTimeAsync(5000);
    expect(fetchIt).not.toHaveBeenCalled();
    const stop = polled.subscribe(() => {});
    const stopOther = polled.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(2000);
    expect(fetchIt).toHaveBeenCalledTimes(3);
    expect(polled.get()).toEqual([3]);
    stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(fetchIt).toHaveBeenCalledTimes(4);
    stopOther();
    await vi.advanceTimersByTimeAsync(5000);
    expect(fetchIt).toHaveBeenCalledTimes(4);
    vi.useRealTimers();
  });

  it("tells of changes only, and keeps what it knows while it can't be asked", async () => {
    let answer: () => Promise<number[]> = () => Promise.resolve([1]);
    const polled = createPolled(() => answer(), 60_000);
    const told = vi.fn();
    const stop = polled.subscribe(told);
    await polled.refresh();
    await polled.refresh();
    expect(told).toHaveBeenCalledOnce();
    answer = () => Promise.reject(new Error("no disk"));
    await polled.refresh();
    expect(polled.get()).toEqual([1]);
    expect(polled.problem.get()).toBe("no disk");
    stop();
  });

  it("takes the answer that was asked for last", async () => {
    const answers: ((value: string) => void)[] = [];
    const polled = createPolled(
      () => new Promise<string>((resolve) => answers.push(resolve)),
      1000,
    );
    const first = polled.refresh();
    const second = polled.refresh();
    answers[1]?.("new");
    answers[0]?.("old");
    await Promise.all([first, second]);
    expect(polled.get()).toBe("new");
  });

  it("waits for an answer that takes longer than the interval", async () => {
    vi.useFakeTimers();
    const slow = () => new Promise<string>((resolve) => setTimeout(() => resolve("late"), 2500));
    const polled = createPolled(slow, 1000);
    const stop = polled.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(3000);
    expect(polled.get()).toBe("late");
    stop();
    vi.useRealTimers();
  });
});
