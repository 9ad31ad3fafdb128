// SPDX-License-Identifier: Apache-2.0
// What others say to the program, as their programs write it.
import { connect, createServer } from "node:net";

/** A position of a friend, in Cursor-on-Target. */
export function position(callsign, [lng, lat]) {
  const time = new Date().toISOString();
  const stale = new Date(Date.now() + 300_000).toISOString();
  return `<event version="2.0" uid="${callsign}" type="a-f-G-U-C" how="m-g" time="${time}"
 start="${time}" stale="${stale}"><point lat="${lat}" lon="${lng}" hae="0" ce="20" le="9"/>
<detail><contact callsign="${callsign}"/></detail></event>`;
}

/** An alert with a place, in the Common Alerting Protocol 1.2. */
export function alert(identifier, headline, [lng, lat]) {
  return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${identifier}</identifier>
<sender>north.example</sender><sent>${new Date().toISOString().slice(0, 19)}-00:00</sent>
<status>Actual</status><msgType>Alert</msgType><scope>Private</scope><info><category>Security</category>
<event>movement</event><urgency>Immediate</urgency><severity>Severe</severity>
<certainty>Observed</certainty><headline>${headline}</headline>
<description>Seen from the post at the ford.</description>
<area><areaDesc>The ford</areaDesc><circle>${lat},${lng} 0.8</circle></area></info></alert>`;
}

/** Says something to a listener, and hangs up. */
export function say(port, words) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(words, resolve));
    socket.on("error", reject);
  });
}

/** A port on which nobody listens. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
