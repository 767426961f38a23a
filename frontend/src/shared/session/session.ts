import { forgetPasskey, showPasskey } from "../account/passkey.ts";
import { request } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import type { PasskeyRequestValue, PasskeySignInValue } from "../api/types.generated.ts";
import type { LoginProvider, Problem, Session, WindowsSignIn } from "../api/types.ts";

const LEFT = "tws.left";
/** Milliseconds to wait for a ticket. */
const PATIENCE = 5_000;

/** Whom a page is for. */
export type Kind = "user" | "administrator";

/** Where the visitor stands with this server. */
export type Standing =
  | { is: "asking" }
  | { is: "new" }
  | { is: "out"; over: boolean; windows?: Problem }
  | { is: "in"; session: Session }
  | { is: "unreachable"; problem: Problem };

export async function standing(kind: Kind): Promise<Standing> {
  try {
    return { is: "in", session: await request<Session>("GET", "/session") };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status !== 401) return { is: "unreachable", problem };
  }
  try {
    const { needed } = await request<{ needed: boolean }>("GET", "/initialisation");
    if (needed) return { is: "new" };
    return await byWindows(kind);
  } catch (error) {
    return { is: "unreachable", problem: problemOf(error) };
  }
}

/** By the session of Windows, where that asks nobody anything. */
async function byWindows(kind: Kind): Promise<Standing> {
  const out: Standing = { is: "out", over: false };
  try {
    if (left() || !(await windowsOffered(kind)) || !(await showsTickets())) return out;
    return { is: "in", session: await signInWithWindows(kind) };
  } catch (error) {
    return { ...out, windows: problemOf(error) };
  }
}

export type Credentials = {
  username: string;
  password: string;
  company?: string;
  /** Of the second factor. */
  code?: string;
};

export async function signIn(as: Kind, given: Credentials): Promise<void> {
  await request("POST", as === "user" ? "/login" : "/administrator/login", { body: given });
  sessionStorage.removeItem(LEFT);
}

export async function loginProviders(): Promise<LoginProvider[]> {
  return request<LoginProvider[]>("GET", "/login/providers");
}

export async function windowsOffered(kind: Kind): Promise<boolean> {
  const to = await request<WindowsSignIn>("GET", "/login/windows");
  return kind === "user" ? to.offered : to.administrators;
}

/** In a browser without a ticket this asks people for one, unless `showsTickets`. */
export async function signInWithWindows(kind: Kind, code?: string): Promise<Session> {
  const path = kind === "user" ? "/login/windows" : "/administrator/login/windows";
  const session = await request<Session>("POST", path, { body: code ? { code } : {} });
  sessionStorage.removeItem(LEFT);
  return session;
}

export async function passkeysOffered(kind: Kind): Promise<boolean> {
  const to = await request<PasskeySignInValue>("GET", "/login/passkey");
  return kind === "user" ? to.offered : to.administrators;
}

/** By whichever passkey they choose in the browser's own dialog. */
export async function signInWithPasskey(kind: Kind): Promise<void> {
  const asked = await request<PasskeyRequestValue>("POST", "/login/passkey/options");
  const body = await showPasskey(asked);
  try {
    const path = kind === "user" ? "/login/passkey" : "/administrator/login/passkey";
    await request<Session>("POST", path, { body });
  } catch (error) {
    if (problemOf(error).why === "unknownPasskey") forgetPasskey(asked.rpId, body.credential);
    throw error;
  }
  sessionStorage.removeItem(LEFT);
}

/** Whether this browser shows a ticket of Windows unasked. What is fetched ahead makes no browser
 * ask for a name and a password; whatever else is fetched may. */
function showsTickets(): Promise<boolean> {
  const link = document.createElement("link");
  if (!link.relList.supports("prefetch")) return Promise.resolve(false);
  return new Promise((resolve) => {
    const done = (shown: boolean) => {
      clearTimeout(late);
      link.remove();
      resolve(shown);
    };
    const late = setTimeout(() => done(false), PATIENCE);
    link.rel = "prefetch";
    link.href = "/api/v1/login/windows/ticket";
    link.onload = () => done(true);
    link.onerror = () => done(false);
    document.head.append(link);
  });
}

/** The second factor of whom a provider signed in. */
export async function signInWithCode(code: string): Promise<void> {
  await request("POST", "/login/openid/code", { body: { code } });
}

export async function signOut(): Promise<void> {
  await request("POST", "/logout");
  sessionStorage.setItem(LEFT, "yes");
}

/** Whoever signed out here does not come in again unasked. */
function left(): boolean {
  return sessionStorage.getItem(LEFT) !== null;
}

/** Each domain's numbers have the guide's values until somebody knows better. */
export type Initialisation = {
  username: string;
  password: string;
  company: string;
  domain: {
    name: string;
    timeZone: string;
    internalLength: number;
    countryPrefix: string;
    externalPrefix: string;
    internationalPrefix: string;
  };
};

export async function initialise(given: Initialisation): Promise<void> {
  await request("POST", "/initialisation", { body: given });
}
