// SPDX-License-Identifier: Apache-2.0

import { type InputHTMLAttributes, useId, useState } from "react";
import { putAccount } from "../feed/telling_api";
import { FormFoot } from "../session/form_foot";
import type { AccountRequest, AccountView } from "../wire.gen";
import { text } from "../wording/strings";
import { session, accounts as words } from "../wording/telling";

interface AccountFormProperties {
  /** None: a new account. */
  known: AccountView | null;
  saved: () => void;
  cancel: () => void;
}

const fresh: AccountRequest = {
  name: "",
  role: "operator",
  partner: "",
  kilometres: "",
  sensors: "",
  password: "",
};

/** A new account, or another role, other limits or a new password of one. */
export function AccountForm({ known, saved, cancel }: AccountFormProperties) {
  const [request, setRequest] = useState<AccountRequest>(() => (known ? changeOf(known) : fresh));
  const [problem, setProblem] = useState<string | null>(null);
  const role = useId();
  const set = (part: Partial<AccountRequest>) => setRequest({ ...request, ...part });

  const save = async () => {
    try {
      // The id of a partner belongs to that role alone.
      const partner = request.role === "partner" ? request.partner : "";
      await putAccount({ ...request, partner });
      saved();
    } catch (error) {
      setProblem(text.incidents.refused(error instanceof Error ? error.message : String(error)));
    }
  };

  return (
    <form
      className="actions account-form"
      aria-label={known ? words.changeOf(known.name) : words.add}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3>{known ? words.changeOf(known.name) : words.add}</h3>
      <div className="fields">
        {!known && (
          <Field
            label={words.name}
            name="name"
            value={request.name}
            set={(name) => set({ name })}
            maxLength={60}
            required
          />
        )}
        <label htmlFor={role}>{words.role}</label>
        <select
          id={role}
          name="role"
          value={request.role}
          onChange={(event) => set({ role: event.target.value })}
        >
          {Object.entries(session.roles).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
        {request.role === "partner" && (
          <Field
            label={words.partner}
            name="partner"
            placeholder={words.partnerHint}
            value={request.partner}
            set={(partner) => set({ partner })}
            required
          />
        )}
        <Field
          label={words.kilometres}
          name="kilometres"
          placeholder={words.kilometresHint}
          value={request.kilometres}
          set={(kilometres) => set({ kilometres })}
        />
        <Field
          label={words.sensors}
          name="sensors"
          placeholder={words.sensorsHint}
          value={request.sensors}
          set={(sensors) => set({ sensors })}
        />
        <Field
          label={words.password}
          name="password"
          type="password"
          autoComplete="new-password"
          placeholder={known ? words.passwordKept : words.passwordNew}
          value={request.password}
          set={(password) => set({ password })}
        />
      </div>
      {known && <p className="dim">{words.ends}</p>}
      <FormFoot problem={problem}>
        <button type="submit" className="primary">
          {words.save}
        </button>
        <button type="button" onClick={cancel}>
          {words.cancel}
        </button>
      </FormFoot>
    </form>
  );
}

function changeOf({ name, role, partner, kilometres, sensors }: AccountView): AccountRequest {
  return { name, role, partner, kilometres, sensors, password: "" };
}

interface FieldProperties extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  set: (value: string) => void;
}

function Field({ label, set, ...input }: FieldProperties) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input {...input} id={id} onChange={(event) => set(event.target.value)} />
    </>
  );
}
