// SPDX-License-Identifier: Apache-2.0
import type {
  AccountView,
  AirView,
  BalloonRequest,
  BalloonView,
  ErrorView,
  HealthMessage,
  IncidentView,
  LedgerMessage,
  NoteRequest,
  PredictionView,
  ResolveRequest,
  SiteView,
  TaskRequest,
  WarningView,
  WeatherRequest,
  WhatIfRequest,
  WhatIfView,
  WordRequest,
  WordView,
} from "../wire.gen";

/** The program said no; the message is in its own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const said = (await response.json().catch(() => null)) as Partial<ErrorView> | null;
  return new ApiError(response.status, said?.error ?? `${response.status} ${response.statusText}`);
}

async function get<T>(path: string, stop?: AbortSignal): Promise<T> {
  const late = AbortSignal.timeout(10_000);
  const response = await fetch(path, {
    cache: "no-store",
    headers: { accept: "application/json" },
    signal: stop ? AbortSignal.any([stop, late]) : late,
  });
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as T;
}

async function post<T>(path: string, body: object): Promise<T> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as T;
}

export const fetchSite = () => get<SiteView>("/api/site");
export const fetchIncidents = () => get<IncidentView[]>("/api/incidents");
export const fetchHealth = () => get<HealthMessage>("/api/health");
export const fetchLedger = () => get<LedgerMessage>("/api/coverage/ledger");
/** Who is logged in; without accounts, name and role are empty. */
export const fetchAccount = () => get<AccountView>("/api/me");

export const acknowledge = (id: number, note: NoteRequest) =>
  post<IncidentView>(`/api/incidents/${id}/acknowledge`, note);
export const task = (id: number, request: TaskRequest) =>
  post<IncidentView>(`/api/incidents/${id}/task`, request);
/** What stands against sending that patrol or post there. */
export const fetchWarnings = (id: number, to: string) =>
  get<WarningView[]>(`/api/incidents/${id}/warnings/${encodeURIComponent(to)}`);
export const resolve = (id: number, request: ResolveRequest) =>
  post<IncidentView>(`/api/incidents/${id}/resolve`, request);
export const addNote = (id: number, note: NoteRequest) =>
  post<IncidentView>(`/api/incidents/${id}/notes`, note);

/** Says a word (merge, split, label, drop) of a track. */
export const sayOfTrack = (id: number, word: string, request: WordRequest) =>
  post<WordView>(`/api/tracks/${id}/${word}`, request);

/** What a track will do if it goes on as it does now. */
export const fetchPrediction = (id: number, signal: AbortSignal) =>
  get<PredictionView>(`/api/tracks/${id}/prediction`, signal);

/** Says how the air is; what holds then. */
export const tellAir = (request: Pick<WeatherRequest, "by" | "text" | "air">) =>
  post<AirView>("/api/coverage/weather", request);
/** Says whether a balloon is up; what holds then. */
export const tellBalloon = (id: string, request: BalloonRequest) =>
  post<BalloonView>(`/api/coverage/balloons/${encodeURIComponent(id)}`, request);

/** What cameras elsewhere would change of who is found where. Changes nothing. */
export const askWhatIf = (request: WhatIfRequest) =>
  post<WhatIfView>("/api/coverage/what-if", request);

export const incidentPicture = (id: number) => `/api/incidents/${id}/picture`;

/** The newest picture of a camera; the caller reads its Marsad-Picture header. */
export async function fetchPicture(camera: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(`/api/cameras/${encodeURIComponent(camera)}/picture`, {
    cache: "no-store",
    signal,
  });
  if (!response.ok) throw await errorOf(response);
  return response;
}
