// SPDX-License-Identifier: Apache-2.0
import { ConnectionBanner } from "./banners/connection_banner";
import { SimulatedBanner } from "./banners/simulated_banner";
import { StartScreen } from "./banners/start_screen";
import { CameraPanel } from "./cameras/camera_panel";
import { CoverageStrip } from "./coverage/coverage_strip";
import { WhatIfPanel } from "./coverage/what_if_panel";
import { useStore, useStorePart } from "./feed/store";
import { accountStore, linkStore, siteStore } from "./feed/stores";
import { Header } from "./header";
import { HealthStrip } from "./health/health_strip";
import { IncidentList } from "./incidents/incident_list";
import { MapView } from "./map/map_view";
import { TrackCard } from "./tracks/track_card";

export function App() {
  const site = useStore(siteStore);
  const link = useStore(linkStore);
  const plans = useStorePart(accountStore, (account) => account?.role === "planner");
  if (!site) return <StartScreen />;
  return (
    <div className="room" data-link={link.state}>
      <SimulatedBanner />
      <ConnectionBanner />
      <Header />
      <main className="desk">
        <div className="stage">
          <MapView site={site} />
          <TrackCard />
          {!plans && <CameraPanel cameras={site.cameras} />}
          <WhatIfPanel site={site} />
        </div>
        {!plans && <IncidentList />}
      </main>
      <CoverageStrip />
      {!plans && <HealthStrip />}
    </div>
  );
}
