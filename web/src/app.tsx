// SPDX-License-Identifier: Apache-2.0

import { AccountingScreen } from "./accounting/accounting_screen";
import { AccountsScreen } from "./accounts/accounts_screen";
import { ConnectionBanner } from "./banners/connection_banner";
import { SimulatedBanner } from "./banners/simulated_banner";
import { StartScreen } from "./banners/start_screen";
import { CameraPanel } from "./cameras/camera_panel";
import { CoverageStrip } from "./coverage/coverage_strip";
import { WhatIfPanel } from "./coverage/what_if_panel";
import { useStore } from "./feed/store";
import { linkStore, siteStore } from "./feed/stores";
import { Header } from "./header";
import { HealthStrip } from "./health/health_strip";
import { MapView } from "./map/map_view";
import { NoticeScreen } from "./notices/notice_screen";
import { PartnerRoom } from "./notices/partner_room";
import { TellDialog } from "./notices/tell_dialog";
import { screenStore } from "./screens";
import { meStore, useMay } from "./session/session";
import { SessionEnded } from "./session/session_ended";
import { SidePanel } from "./side/side_panel";
import { TrackCard } from "./tracks/track_card";
import type { SiteView } from "./wire.gen";

export function App() {
  const me = useStore(meStore);
  const site = useStore(siteStore);
  return (
    <>
      {me && !me.may.includes("map") ? (
        <PartnerRoom />
      ) : site ? (
        <Room site={site} />
      ) : (
        <StartScreen />
      )}
      <SessionEnded />
    </>
  );
}

function Room({ site }: { site: SiteView }) {
  const link = useStore(linkStore);
  const screen = useStore(screenStore);
  const watches = useMay("watch");
  return (
    <div className="room" data-link={link.state}>
      <SimulatedBanner />
      <ConnectionBanner />
      <Header />
      {screen === "notices" && <NoticeScreen />}
      {screen === "accounting" && <AccountingScreen />}
      {screen === "accounts" && <AccountsScreen />}
      {/* The map is kept while another screen is looked at: to draw it anew takes seconds. */}
      <main className="desk" hidden={screen !== "room"}>
        <div className="stage">
          <MapView site={site} />
          <TrackCard />
          {watches && <CameraPanel cameras={site.cameras} />}
          <WhatIfPanel site={site} />
        </div>
        {watches && <SidePanel />}
      </main>
      {screen === "room" && <CoverageStrip />}
      {watches && <HealthStrip />}
      <TellDialog />
    </div>
  );
}
