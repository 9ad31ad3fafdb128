// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import { Problem } from "../acting/acting";

interface FootProperties {
  /** Why it was not done; none while nothing went wrong. */
  problem: string | null;
  children: ReactNode;
}

/** The end of a form: what went wrong, then its buttons. */
export function FormFoot({ problem, children }: FootProperties) {
  return (
    <>
      <Problem problem={problem} />
      <div className="buttons">{children}</div>
    </>
  );
}
