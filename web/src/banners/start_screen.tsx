// SPDX-License-Identifier: Apache-2.0
import { useStore } from "../feed/store";
import { linkStore } from "../feed/stores";
import { text } from "../wording/strings";

/** Until the site is known there is nothing to show but this. */
export function StartScreen() {
  const link = useStore(linkStore);
  const problem = link.state === "connecting" ? link.problem : null;
  return (
    <div className="start-screen" role="status" data-testid="start">
      <h1>{text.product}</h1>
      <p>{problem ? text.link.cannotReach : text.link.connecting}</p>
      {problem && <p className="dim">{text.link.reason(problem)}</p>}
    </div>
  );
}
