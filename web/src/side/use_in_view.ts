// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "react";

/** For the item of a list: scrolls it into view once it is the chosen one. */
export function useInView(chosen: boolean) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) item.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }, [chosen]);
  return item;
}
