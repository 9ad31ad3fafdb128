// SPDX-License-Identifier: Apache-2.0
import type {
  AirView,
  BalloonRequest,
  BalloonView,
  ErrorView,
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
import { createStore } from "./store";

/** The program said no; the message is in its own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The program no longer knows who asks: the page must not look as if it went on. */
export const sessionEndedStore = createStore(false);

async function errorOf(response: Response): Promise<ApiError> {
  // A log-in that fails is answered so too, and ends nothing.
  if (response.status === 401 && !response.url.endsWith("/api/login")) sessionEndedStore.set(true);
  const said = (await response.json().catch(() => null)) as Partial<ErrorView> | null;
  return new ApiError(response.status, said?.error ?? `${response.status} ${response.statusText}`);
}

const patience_ms = 10_000;

async function request(
  path: string,
  accept: string,
  stop?: AbortSignal,
  limit_ms = patience_ms,
): Promise<Response> {
  const late = AbortSignal.timeout(limit_ms);
  const response = await fetch(path, {
    cache: "no-store",
    headers: { accept },
    signal: stop ? AbortSignal.any([stop, late]) : late,
  });
  if (!response.ok) throw await errorOf(response);
  return response;
}

export async function get<T>(path: string, stop?: AbortSignal, limit_ms?: number): Promise<T> {
  return (await (await request(path, "application/json", stop, limit_ms)).json()) as T;
}

export async function getText(path: string): Promise<string> {
  return (await request(path, "text/html")).text();
}

export async function post<T>(path: string, body: object): Promise<T> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience_ms),
  });
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as T;
}

export const fetchSite = () => get<SiteView>("/api/site");
export const fetchIncidents = () => get<IncidentView[]>("/api/incidents");
export const fetchLedger = () => get<LedgerMessage>("/api/coverage/ledger");

export const acknowledge = (id: number, note: NoteRequest) =>
  post<IncidentView>(`/api/incidents/${id}/acknowledge`, note);
export const arrive = (id: number, note: NoteRequest) =>
  post<IncidentView>(`/api/incidents/${id}/arrive`, note);
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
