// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import { useStorePart } from "../feed/store";
import { meStore } from "../session/session";
import { text } from "../wording/strings";

/** Where the page keeps the name under which the person acts. */
const byKey = "marsad.by";

export type Acting = ReturnType<typeof useActing>;

/**
 * Under which name the person acts, and sending what they say or do: their account's, or where there
 * are no accounts what they say, which the page remembers.
 */
export function useActing() {
  const account = useStorePart(meStore, (me) => me?.name ?? "");
  const [said, setBy] = useState(() => localStorage.getItem(byKey) ?? "");
  const by = account || said;
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  /** Makes the request, unless the name or something else is missing; says what went wrong. */
  const send = async (missing: string | null, request: (by: string) => Promise<void>) => {
    const first = by.trim() === "" ? text.incidents.needBy : missing;
    setProblem(first);
    if (first) return;
    if (!account) localStorage.setItem(byKey, by.trim());
    setSending(true);
    try {
      await request(by.trim());
    } catch (error) {
      setProblem(text.incidents.refused(error instanceof Error ? error.message : String(error)));
    } finally {
      setSending(false);
    }
  };
  return { account, by, setBy, sending, problem, setProblem, send };
}

/** Asks for the name, unless the account tells it. */
export function ByField({ account, by, setBy }: Acting) {
  const id = useId();
  if (account) return null;
  return (
    <>
      <label htmlFor={id}>{text.incidents.byLabel}</label>
      <input
        id={id}
        name="by"
        value={by}
        maxLength={80}
        placeholder={text.incidents.byHint}
        onChange={(event) => setBy(event.target.value)}
      />
    </>
  );
}

export function Problem({ problem }: { problem: string | null }) {
  if (!problem) return null;
  return (
    <p className="problem" role="alert">
      {problem}
    </p>
  );
}
