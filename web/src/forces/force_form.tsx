// SPDX-License-Identifier: Apache-2.0
import { useEffect, useId, useState } from "react";
import { ByField, Problem, useActing } from "../acting/acting";
import { tellForce } from "../feed/exchange_api";
import { useStore } from "../feed/store";
import { placeAskedStore } from "../selection";
import type { ForceView } from "../wire.gen";
import { forces as words } from "../wording/exchange";
import { forcesStore } from "./force_store";
import { placeOf, placeText } from "./force_words";

const usualError_m = 100;
const mostError_m = 5000;

/** What somebody is told of a force by radio or telephone: who it is and where it is now. */
export function ForceForm({ force, close }: { force: ForceView | null; close: () => void }) {
  const acting = useActing();
  const pointed = useStore(placeAskedStore)?.at;
  const [name, setName] = useState(force?.name ?? "");
  const [allegiance, setAllegiance] = useState(force?.allegiance ?? "own");
  const [role, setRole] = useState(force?.role ?? "patrol");
  const [place, setPlace] = useState("");
  const [within, setWithin] = useState(String(usualError_m));
  const ids = { name: useId(), whose: useId(), what: useId(), place: useId(), within: useId() };
  const form = words.form;

  useEffect(() => {
    placeAskedStore.set({ at: null });
    return () => placeAskedStore.set(null);
  }, []);
  useEffect(() => {
    if (pointed) setPlace(placeText(pointed));
  }, [pointed]);

  const tell = () => {
    const at = placeOf(place);
    const uncertainty_m = Number(within);
    const inReason = within.trim() !== "" && uncertainty_m >= 0 && uncertainty_m <= mostError_m;
    const missing =
      (name.trim() === "" && form.needName) ||
      (!at && form.needPlace) ||
      (!inReason && form.needWithin) ||
      null;
    return acting.send(missing, async (by) => {
      if (!at) return;
      const [lon_deg, lat_deg] = at;
      const where = { lat_deg, lon_deg, uncertainty_m, heard: "", gone: false };
      await tellForce({ by, name: name.trim(), allegiance, role, ...where });
      await forcesStore.refresh();
      close();
    });
  };

  return (
    <form
      className="actions force-form"
      onSubmit={(event) => {
        event.preventDefault();
        void tell();
      }}
    >
      <div className="fields">
        <ByField {...acting} />
        <label htmlFor={ids.name}>{form.name}</label>
        <input
          id={ids.name}
          name="name"
          value={name}
          maxLength={100}
          placeholder={form.nameHint}
          readOnly={force !== null}
          onChange={(event) => setName(event.target.value)}
        />
        <Choice
          id={ids.whose}
          label={form.whose}
          value={allegiance}
          names={words.allegiances}
          choose={setAllegiance}
        />
        <Choice id={ids.what} label={form.what} value={role} names={words.roles} choose={setRole} />
        <label htmlFor={ids.place}>{form.place}</label>
        <input
          id={ids.place}
          name="place"
          dir="ltr"
          value={place}
          placeholder={form.placeHint}
          onChange={(event) => setPlace(event.target.value)}
        />
        <label htmlFor={ids.within}>{form.within}</label>
        <input
          id={ids.within}
          name="within"
          type="number"
          min={0}
          max={mostError_m}
          value={within}
          onChange={(event) => setWithin(event.target.value)}
        />
      </div>
      <Problem {...acting} />
      <p className="buttons">
        <button type="submit" disabled={acting.sending}>
          {form.tell}
        </button>
        <button type="button" onClick={close}>
          {form.close}
        </button>
      </p>
    </form>
  );
}

interface ChoiceProperties {
  id: string;
  label: string;
  value: string;
  names: Record<string, string>;
  choose: (value: string) => void;
}

function Choice({ id, label, value, names, choose }: ChoiceProperties) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => choose(event.target.value)}>
        {Object.entries(names).map(([word, name]) => (
          <option key={word} value={word}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}

/** What somebody is told of a force that is known: where it is now, or that it is nowhere. */
export function ForceDeeds({ force }: { force: ForceView }) {
  const [again, setAgain] = useState(false);
  const acting = useActing();
  if (again) return <ForceForm force={force} close={() => setAgain(false)} />;
  const tellGone = () =>
    acting.send(null, async (by) => {
      const { name, allegiance, role, at } = force;
      const [lon_deg, lat_deg] = at;
      const where = { lat_deg, lon_deg, uncertainty_m: 0, heard: "", gone: true };
      await tellForce({ by, name, allegiance, role, ...where });
      await forcesStore.refresh();
    });
  return (
    <div className="actions">
      <div className="fields">
        <ByField {...acting} />
      </div>
      <Problem {...acting} />
      <p className="buttons">
        <button type="button" onClick={() => setAgain(true)}>
          {words.tellAgain}
        </button>
        <button type="button" disabled={acting.sending} onClick={() => void tellGone()}>
          {words.gone}
        </button>
      </p>
    </div>
  );
}
