// SPDX-License-Identifier: Apache-2.0

import { useEffect, useId, useRef, useState } from "react";
import { sessionEndedStore } from "../feed/api";
import { useStore } from "../feed/store";
import { session as words } from "../wording/telling";
import { FormFoot } from "./form_foot";
import { fetchMe, logIn, meStore } from "./session";

/** Over everything once the session has ended, so that nobody takes what is shown for the present. */
export function SessionEnded() {
  const ended = useStore(sessionEndedStore);
  return ended ? <LogInAgain /> : null;
}

function LogInAgain() {
  const known = meStore.get()?.name ?? "";
  const [name, setName] = useState(known);
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const ids = { name: useId(), password: useId() };
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    if (known) secret.current?.focus();
  }, [known]);

  const submit = async () => {
    try {
      await logIn(name.trim(), password);
      const me = await fetchMe();
      // Another person, or other rights: nothing of what was shown may stay.
      if (JSON.stringify(me) !== JSON.stringify(meStore.get())) window.location.reload();
      else sessionEndedStore.set(false);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <dialog ref={dialog} className="session-ended" onCancel={(event) => event.preventDefault()}>
      <form
        className="actions"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <h2>{words.ended}</h2>
        <p className="dim">{words.endedHint}</p>
        <div className="fields">
          <label htmlFor={ids.name}>{words.name}</label>
          <input
            id={ids.name}
            name="name"
            autoComplete="username"
            value={name}
            required
            onChange={(event) => setName(event.target.value)}
          />
          <label htmlFor={ids.password}>{words.logInPassword}</label>
          <input
            id={ids.password}
            ref={secret}
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            required
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        {known !== "" && name.trim() !== known && <p className="dim">{words.other(known)}</p>}
        <FormFoot problem={problem}>
          <button type="submit" className="primary">
            {words.logIn}
          </button>
        </FormFoot>
      </form>
    </dialog>
  );
}
