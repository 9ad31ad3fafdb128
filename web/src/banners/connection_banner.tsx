// SPDX-License-Identifier: Apache-2.0
import { useStore } from "../feed/store";
import { linkStore } from "../feed/stores";
import { clock } from "../wording/format";
import { text } from "../wording/strings";

export function ConnectionBanner() {
  const link = useStore(linkStore);
  if (link.state !== "lost") return null;
  return (
    <div className="banner banner-lost" role="alert" data-testid="connection-lost">
      <strong>{text.link.lost(`${clock(link.since_ms)} ${text.time.utc}`)}</strong>
      <span>{text.link.lostHint}</span>
    </div>
  );
}
