// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { createPolled } from "../feed/polled";
import { useStore } from "../feed/store";
import { fetchAccounts, lockAccount, makeToken, removeAccount } from "../feed/telling_api";
import { meStore } from "../session/session";
import type { AccountView } from "../wire.gen";
import { dated } from "../wording/format";
import { text, word } from "../wording/strings";
import { session, accounts as words } from "../wording/telling";
import { AccountForm } from "./account_form";
import { SureButton } from "./sure_button";
import { TokenDialog } from "./token_dialog";

const accountsStore = createPolled(fetchAccounts, 15_000);

/** Who may log in and see what: the administrator's list. */
export function AccountsScreen() {
  const all = useStore(accountsStore);
  const unread = useStore(accountsStore.problem);
  const [edited, edit] = useState<AccountView | "new" | null>(null);
  const [token, setToken] = useState<{ name: string; token: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  /** Does it, says what went wrong, and shows the list as it is then. */
  const act = async (work: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(text.incidents.refused(error instanceof Error ? error.message : String(error)));
    }
    await accountsStore.refresh();
  };

  return (
    <main className="screen accounts" aria-label={words.title}>
      <header>
        <h2>{words.title}</h2>
        <button type="button" onClick={() => edit("new")}>
          {words.add}
        </button>
      </header>
      {(problem ?? unread) && (
        <p className="problem" role="alert">
          {problem ?? unread}
        </p>
      )}
      {edited && (
        <AccountForm
          key={edited === "new" ? "" : edited.name}
          known={edited === "new" ? null : edited}
          saved={() => {
            edit(null);
            void accountsStore.refresh();
          }}
          cancel={() => edit(null)}
        />
      )}
      <table>
        <thead>
          <tr>
            <th>{words.name}</th>
            <th>{words.role}</th>
            <th>{words.kilometres}</th>
            <th>{words.sensors}</th>
            <th>{words.columns.state}</th>
            <th>{words.columns.does}</th>
          </tr>
        </thead>
        <tbody>
          {all?.map((account) => (
            <AccountRow
              key={account.name}
              account={account}
              edit={() => edit(account)}
              lock={() => act(() => lockAccount(account.name))}
              remove={() => act(() => removeAccount(account.name))}
              makeToken={() =>
                act(async () => {
                  const made = await makeToken(account.name);
                  setToken({ name: account.name, token: made.token });
                })
              }
            />
          ))}
        </tbody>
      </table>
      {token && <TokenDialog {...token} close={() => setToken(null)} />}
    </main>
  );
}

interface RowProperties {
  account: AccountView;
  edit: () => void;
  lock: () => void;
  remove: () => void;
  makeToken: () => void;
}

function AccountRow({ account, edit, lock, remove, makeToken: token }: RowProperties) {
  const isMe = useStore(meStore)?.name === account.name;
  return (
    <tr data-account={account.name}>
      <th scope="row">
        {account.name} {isMe && <span className="tag">{words.you}</span>}
      </th>
      <td>
        {word(session.roles, account.role)} {account.partner}
      </td>
      <td>{account.kilometres || <span className="dim">{words.all}</span>}</td>
      <td>{account.sensors || <span className="dim">{words.all}</span>}</td>
      <td data-password={account.has_password}>{stateOf(account)}</td>
      <td className="does">
        <button type="button" onClick={edit}>
          {words.edit}
        </button>
        <button type="button" onClick={token}>
          {words.token}
        </button>
        <SureButton title={words.lockHint} sure={lock}>
          {words.lock}
        </SureButton>
        <SureButton sure={remove}>{words.remove}</SureButton>
      </td>
    </tr>
  );
}

function stateOf({ has_password, locked_until }: AccountView): string {
  if (locked_until) return words.states.locked(dated(locked_until, Date.now()));
  return has_password ? words.states.password : words.states.none;
}
