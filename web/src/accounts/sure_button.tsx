// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useState } from "react";
import { accounts as words } from "../wording/telling";

interface SureButtonProperties {
  title?: string;
  sure: () => void;
  children: ReactNode;
}

/** For what can't be taken back: asks once more, in its own place. */
export function SureButton({ title, sure, children }: SureButtonProperties) {
  const [asked, setAsked] = useState(false);
  return (
    <button
      type="button"
      className={asked ? "sure" : undefined}
      title={title}
      onBlur={() => setAsked(false)}
      onClick={() => {
        setAsked(!asked);
        if (asked) sure();
      }}
    >
      {asked ? words.sure : children}
    </button>
  );
}
