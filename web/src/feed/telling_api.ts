// SPDX-License-Identifier: Apache-2.0
import type {
  AccountRequest,
  AccountView,
  DisclosureView,
  NoticeStateView,
  OpenReleaseView,
  PartnerView,
  TokenView,
} from "../wire.gen";
import { get, getText, post } from "./api";

export const fetchPartners = () => get<PartnerView[]>("/api/partners");
export const fetchNotices = () => get<NoticeStateView[]>("/api/notices");
export const fetchReleases = () => get<OpenReleaseView[]>("/api/releases");

const disclosurePath = (incident: number, partner: string) =>
  `/api/incidents/${incident}/disclosure/${encodeURIComponent(partner)}`;
/** Exactly what the partner would be told of the incident as it is now, or why nothing. */
export const fetchDisclosure = (incident: number, partner: string) =>
  get<DisclosureView>(disclosurePath(incident, partner));
/** The sheet as it would be printed, as HTML. */
export const fetchDraftSheet = (incident: number, partner: string) =>
  getText(`${disclosurePath(incident, partner)}/sheet`);

export const release = (incident: number, partner: string, by: string) =>
  post<DisclosureView>(`/api/incidents/${incident}/release`, { partner, by });
/** Says that a hop has the notice. */
export const enterReceipt = (notice: number, hop: string, by: string) =>
  post<NoticeStateView>(`/api/notices/${notice}/receipt`, { hop, by });
export const noticeForm = (notice: number, form: "sheet" | "cap" | "cot") =>
  `/api/notices/${notice}/${form}`;

/** What the partner whose account asks was told. */
export const fetchOwnNotices = () => get<NoticeStateView[]>("/api/partner/notices");
export const confirmOwn = (notice: number) =>
  post<object>(`/api/partner/notices/${notice}/receipt`, {});

const accountPath = (name: string, what: string) =>
  `/api/accounts/${encodeURIComponent(name)}/${what}`;
export const fetchAccounts = () => get<AccountView[]>("/api/accounts");
/** Adds or replaces; an empty password leaves it as it is. */
export const putAccount = (request: AccountRequest) => post<object>("/api/accounts", request);
export const makeToken = (name: string) => post<TokenView>(accountPath(name, "token"), {});
export const lockAccount = (name: string) => post<object>(accountPath(name, "lock"), {});
export const removeAccount = (name: string) => post<object>(accountPath(name, "delete"), {});
