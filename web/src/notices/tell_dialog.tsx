// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "../feed/store";
import { incidentsStore } from "../feed/stores";
import { fetchDisclosure } from "../feed/telling_api";
import { stateOf, titleOf } from "../incidents/words";
import type { PartnerView } from "../wire.gen";
import { dated, kilometre } from "../wording/format";
import { text } from "../wording/strings";
import { tell, notices as words } from "../wording/telling";
import {
  type Disclosures,
  noticesStore,
  partnersStore,
  releasesStore,
  type Telling,
  tellingStore,
} from "./notice_stores";
import { standing, wayWords } from "./notice_words";
import { TellPartner } from "./tell_partner";

/** Before partners are told: who may be, by which way, and exactly what each would see. */
export function TellDialog() {
  const telling = useStore(tellingStore);
  return telling && <Dialog key={telling.incident} {...telling} />;
}

function Dialog({ incident: id, partner: first }: Telling) {
  const partners = useStore(partnersStore);
  const problem = useStore(partnersStore.problem);
  const incident = useStore(incidentsStore).find((one) => one.id === id);
  const [disclosures, askAgain] = useDisclosures(id, partners);
  const [chosen, choose] = useState(first);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => tellingStore.set(null);
  const partner = partners?.find((one) => one.id === chosen) ?? partners?.[0];

  return (
    <dialog ref={dialog} className="tell" aria-label={tell.title(id)} onClose={close}>
      <header>
        <h2>{tell.title(id)}</h2>
        {incident && (
          <span className="dim">
            {titleOf(incident)} · {text.map.km(kilometre(incident.km))} ·{" "}
            {dated(incident.time, Date.now())} {text.time.utc} · {stateOf(incident)}
          </span>
        )}
        <button type="button" className="close" aria-label={tell.close} onClick={close}>
          ×
        </button>
      </header>
      {partners?.length === 0 && <p className="empty">{words.noPartners}</p>}
      {!partners && problem && <p className="problem">{problem}</p>}
      {partner && (
        <div className="tell-body">
          <nav aria-label={tell.partners}>
            {partners?.map((one) => (
              <PartnerButton
                key={one.id}
                partner={one}
                disclosures={disclosures}
                chosen={one.id === partner.id}
                choose={() => choose(one.id)}
              />
            ))}
          </nav>
          <TellPartner
            key={partner.id}
            incident={id}
            taskedTo={incident?.tasked_to ?? ""}
            partner={partner}
            disclosure={disclosures[partner.id]}
            released={() => {
              askAgain();
              void noticesStore.refresh();
              void releasesStore.refresh();
            }}
          />
        </div>
      )}
    </dialog>
  );
}

interface PartnerButtonProperties {
  partner: PartnerView;
  disclosures: Disclosures;
  chosen: boolean;
  choose: () => void;
}

function PartnerButton({ partner, disclosures, chosen, choose }: PartnerButtonProperties) {
  const disclosure = disclosures[partner.id];
  const may = disclosure && !(disclosure instanceof Error) && disclosure.withheld === null;
  return (
    <button
      type="button"
      data-partner={partner.id}
      data-may={may ?? false}
      aria-pressed={chosen}
      onClick={choose}
    >
      <strong>{partner.name}</strong>
      <span className="dim">{wayWords(partner)}</span>
      <span className="standing">{standing(disclosure)}</span>
    </button>
  );
}

/** What each partner would be told, asked anew for a new state of the incident and when told to. */
function useDisclosures(
  incident: number,
  partners: PartnerView[] | null,
): [Disclosures, () => void] {
  const [disclosures, setDisclosures] = useState<Disclosures>({});
  const [asked, setAsked] = useState(0);
  const ids = partners?.map((partner) => partner.id).join("\n") ?? "";
  const current = useStore(incidentsStore).find((one) => one.id === incident);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` and `current` ask again
  useEffect(() => {
    let stale = false;
    for (const id of ids.split("\n").filter(Boolean)) {
      const take = (answer: Disclosures[string]) => {
        if (!stale) setDisclosures((known) => ({ ...known, [id]: answer }));
      };
      fetchDisclosure(incident, id).then(take, (error) =>
        take(error instanceof Error ? error : new Error(String(error))),
      );
    }
    return () => {
      stale = true;
    };
  }, [incident, ids, asked, current]);
  return [disclosures, useCallback(() => setAsked((n) => n + 1), [])];
}
