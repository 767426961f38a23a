import { request } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import type { LoginProvider, Problem, Session } from "../api/types.ts";

/** Where the visitor stands with this server. */
export type Standing =
  | { is: "asking" }
  | { is: "new" }
  | { is: "out"; over: boolean }
  | { is: "in"; session: Session }
  | { is: "unreachable"; problem: Problem };

export async function standing(): Promise<Standing> {
  try {
    return { is: "in", session: await request<Session>("GET", "/session") };
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status !== 401) return { is: "unreachable", problem };
  }
  try {
    const { needed } = await request<{ needed: boolean }>("GET", "/initialisation");
    return needed ? { is: "new" } : { is: "out", over: false };
  } catch (error) {
    return { is: "unreachable", problem: problemOf(error) };
  }
}

export type Credentials = {
  username: string;
  password: string;
  company?: string;
  /** Of the second factor. */
  code?: string;
};

export async function signIn(as: "user" | "administrator", given: Credentials): Promise<void> {
  await request("POST", as === "user" ? "/login" : "/administrator/login", { body: given });
}

export async function loginProviders(): Promise<LoginProvider[]> {
  return request<LoginProvider[]>("GET", "/login/providers");
}

/** The second factor of whom a provider signed in. */
export async function signInWithCode(code: string): Promise<void> {
  await request("POST", "/login/openid/code", { body: { code } });
}

export async function signOut(): Promise<void> {
  await request("POST", "/logout");
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
