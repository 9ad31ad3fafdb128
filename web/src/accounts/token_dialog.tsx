// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import { accounts as words } from "../wording/telling";

interface TokenDialogProperties {
  name: string;
  token: string;
  close: () => void;
}

/** A program's token, this once: the record keeps only its hash. */
export function TokenDialog({ name, token, close }: TokenDialogProperties) {
  const [copied, setCopied] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  // A page on a plain connection has no clipboard; the text can be marked by hand.
  const copy = () => navigator.clipboard?.writeText(token).then(() => setCopied(true));
  return (
    <dialog ref={dialog} className="token" aria-label={words.tokenTitle(name)} onClose={close}>
      <h2>{words.tokenTitle(name)}</h2>
      <p>{words.tokenHint}</p>
      <code>{token}</code>
      <div className="buttons">
        <button type="button" onClick={() => void copy()}>
          {copied ? words.copied : words.copy}
        </button>
        <button type="button" className="primary" onClick={close}>
          {words.closeToken}
        </button>
      </div>
    </dialog>
  );
}
