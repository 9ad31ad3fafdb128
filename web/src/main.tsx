// SPDX-License-Identifier: Apache-2.0
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/map.css";
import "./styles/side.css";
import "./styles/incidents.css";
import "./styles/incident_actions.css";
import "./styles/cameras.css";
import "./styles/coverage.css";
import "./styles/health.css";
import "./styles/dialogs.css";
import "./styles/notices.css";
import "./styles/ways.css";
import "./styles/accounting.css";
import "./styles/accounts.css";
import { createRoot } from "react-dom/client";
import { rememberSeen } from "./alerts/alert_stores";
import { App } from "./app";
import { followWhatIf } from "./coverage/follow_what_if";
import { startFeed } from "./feed/feed";
import { watchHomeSide } from "./feed/home_side";
import { exposeToTests } from "./feed/latency";
import { announceIncidents } from "./incidents/announce";
import { showWhatIsChosen } from "./side/side_store";
import { followPrediction } from "./tracks/follow_prediction";
import { direction, language } from "./wording/strings";

document.documentElement.lang = language;
document.documentElement.dir = direction;

exposeToTests();
watchHomeSide();
announceIncidents();
followPrediction();
followWhatIf();
rememberSeen();
showWhatIsChosen();
void startFeed();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
createRoot(root).render(<App />);
