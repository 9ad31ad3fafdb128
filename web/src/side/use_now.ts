// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "react";

/** This computer's time, anew every so often: ages must grow though nothing new is told. */
export function useNow(every_ms: number): number {
  const [now_ms, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every_ms);
    return () => clearInterval(timer);
  }, [every_ms]);
  return now_ms;
}
