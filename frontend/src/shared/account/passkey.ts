import { ApiError } from "../api/problem.ts";
import type {
  AddPasskeyBody,
  LoginWithPasskeyBody,
  PasskeyCreationValue,
  PasskeyRequestValue,
} from "../api/types.generated.ts";

/** Whether this browser has passkeys for this page: over http it has none. */
export function hasPasskeys(): boolean {
  return window.isSecureContext && "PublicKeyCredential" in window;
}

/** Asks the browser for a new one; raises ApiError with `nothingShown` or `madeAlready`. */
export async function createPasskey(asked: PasskeyCreationValue): Promise<Omit<AddPasskeyBody, "name">> {
  const made = await answered(
    navigator.credentials.create({
      publicKey: {
        rp: asked.rp,
        user: { ...asked.user, id: bytes(asked.user.id) },
        challenge: bytes(asked.challenge),
        pubKeyCredParams: asked.pubKeyCredParams.map(({ alg }) => ({ type: "public-key", alg })),
        excludeCredentials: asked.excludeCredentials.map(({ id }) => ({
          type: "public-key",
          id: bytes(id),
        })),
        authenticatorSelection: {
          residentKey: "required",
          requireResidentKey: true,
          userVerification: "required",
        },
        attestation: "none",
      },
    }),
  );
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse;
  return { clientData: text(clientDataJSON), attestationObject: text(attestationObject) };
}

/** Asks the browser which of them somebody signs in with; raises ApiError with `nothingShown`. */
export async function showPasskey(asked: PasskeyRequestValue): Promise<LoginWithPasskeyBody> {
  const shown = await answered(
    navigator.credentials.get({
      publicKey: {
        challenge: bytes(asked.challenge),
        rpId: asked.rpId,
        userVerification: "required",
      },
    }),
  );
  const told = shown.response as AuthenticatorAssertionResponse;
  return {
    credential: text(shown.rawId),
    clientData: text(told.clientDataJSON),
    authenticatorData: text(told.authenticatorData),
    signature: text(told.signature),
    userHandle: told.userHandle ? text(told.userHandle) : "",
  };
}

type Signals = {
  signalUnknownCredential?: (what: { rpId: string; credentialId: string }) => Promise<void>;
};

/** What is not known here need not be offered again: of browsers that take the hint. */
export function forgetPasskey(rpId: string, credentialId: string): void {
  const signals = window.PublicKeyCredential as unknown as Signals;
  void signals.signalUnknownCredential?.({ rpId, credentialId }).catch(() => undefined);
}

async function answered(asked: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const found = await asked;
    if (found instanceof PublicKeyCredential) return found;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === "InvalidStateError") throw refused("madeAlready", error.message);
    throw refused("nothingShown", error.message);
  }
  throw refused("nothingShown", "");
}

function refused(why: string, detail: string): ApiError {
  return new ApiError({ status: 0, code: "loginRefused", why, detail });
}

/** Of base64url. */
function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(raw: ArrayBuffer): string {
  const plain = btoa(String.fromCharCode(...new Uint8Array(raw)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
