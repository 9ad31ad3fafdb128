// SPDX-License-Identifier: Apache-2.0

import { useEffect, useId, useState } from "react";
import { sessionEndedStore } from "../feed/api";
import { useStore } from "../feed/store";
import { text, word } from "../wording/strings";
import { session as words } from "../wording/telling";
import { FormFoot } from "./form_foot";
import { changePassword, isLimited, logOut, meStore } from "./session";

/** Who is logged in; behind it their password and the way out. Nothing where there are no accounts. */
export function AccountMenu() {
  const me = useStore(meStore);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && setOpen(false);
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open]);
  if (!me?.name) return null;
  const leave = async () => {
    // A session that is gone already is out as well.
    await logOut().catch(() => {});
    window.location.assign("/api/login");
  };
  return (
    <div className="account-menu">
      <button
        type="button"
        className="switch"
        aria-expanded={open}
        title={`${words.account}: ${words.menu(me.name, word(words.roles, me.role))}`}
        onClick={() => setOpen(!open)}
      >
        {words.menu(me.name, word(words.roles, me.role))}
      </button>
      {open && (
        <section aria-label={words.account}>
          {isLimited(me) && (
            <p className="dim">{words.sees(words.limits(me.kilometres, me.sensors))}</p>
          )}
          <PasswordForm />
          <div className="buttons">
            <button type="button" onClick={() => void leave()}>
              {words.logOut}
            </button>
          </div>
        </section>
      )}
    </div>
  );
}

function PasswordForm() {
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const ids = { old: useId(), next: useId(), again: useId() };

  const submit = async () => {
    if (next !== again) return setProblem(words.differ);
    try {
      await changePassword(old, next);
      // Which ends this session too.
      sessionEndedStore.set(true);
    } catch (error) {
      setProblem(text.incidents.refused(error instanceof Error ? error.message : String(error)));
    }
  };

  const fields = [
    { id: ids.old, label: words.oldPassword, value: old, set: setOld, fill: "current-password" },
    { id: ids.next, label: words.newPassword, value: next, set: setNext, fill: "new-password" },
    { id: ids.again, label: words.again, value: again, set: setAgain, fill: "new-password" },
  ] as const;
  return (
    <form
      className="actions"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="fields">
        {fields.map((field) => (
          <PasswordField key={field.id} {...field} />
        ))}
      </div>
      <FormFoot problem={problem}>
        <button type="submit">{words.password}</button>
      </FormFoot>
    </form>
  );
}

interface PasswordFieldProperties {
  id: string;
  label: string;
  value: string;
  set: (value: string) => void;
  fill: string;
}

function PasswordField({ id, label, value, set, fill }: PasswordFieldProperties) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="password"
        autoComplete={fill}
        placeholder={fill === "new-password" ? words.passwordHint : ""}
        value={value}
        required
        onChange={(event) => set(event.target.value)}
      />
    </>
  );
}
