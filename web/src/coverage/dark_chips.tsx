// SPDX-License-Identifier: Apache-2.0
import { useStore } from "../feed/store";
import { ledgerStore } from "../feed/stores";
import { crosserStore } from "../selection";
import { text, word } from "../wording/strings";
import { darkSentence, newlyDark } from "./dark_words";

const mostShown = 2;

/** In the health strip: which kilometres are dark for the chosen kind, since when and why. */
export function DarkChips() {
  const ledger = useStore(ledgerStore);
  const who = useStore(crosserStore);
  const dark = newlyDark(ledger, who);
  if (dark.length === 0) return null;
  const sentences = dark.map((one) => darkSentence(one, Date.now()));
  const more = sentences.slice(mostShown);
  return (
    <>
      {sentences.slice(0, mostShown).map((sentence) => (
        <span key={sentence} className="chip chip-dark" role="status">
          <strong>{word(text.coverage.crossers, who)}</strong>
          <span>{sentence}</span>
        </span>
      ))}
      {more.length > 0 && (
        <span className="chip chip-dark" title={more.join("\n")}>
          {text.coverage.more(more.length)}
        </span>
      )}
    </>
  );
}
