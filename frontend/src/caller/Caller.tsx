import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Me } from "../shared/api/types.ts";
import { speak } from "../shared/i18n/index.ts";
import { LiveProvider, useValue } from "../shared/live/context.tsx";
import { SessionGate } from "../shared/session/SessionGate.tsx";
import { TimeZone } from "../shared/time/culture.ts";
import { PhoneProvider } from "./phone/Phone.tsx";
import { Telephone } from "./Telephone.tsx";
import { ViewProvider } from "./view.tsx";
import { WritingProvider } from "./writing.tsx";

export function Caller() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t("caller.title");
  }, [t]);
  return (
    <SessionGate kind="user">
      {(session, leave, over) => (
        <LiveProvider onSignedOut={over}>
          <Culture signedIn={session.user?.culture ?? "Auto"}>
            <PhoneProvider>
              <ViewProvider>
                <WritingProvider>
                  <Telephone onLeave={leave} />
                </WritingProvider>
              </ViewProvider>
            </PhoneProvider>
          </Culture>
        </LiveProvider>
      )}
    </SessionGate>
  );
}

/** The user's own language and the domain's time zone, as soon as they are known. */
function Culture({ signedIn, children }: { signedIn: string; children: React.ReactNode }) {
  const me = useValue<Me>("me");
  const culture = me?.culture ?? signedIn;
  useEffect(() => speak(culture), [culture]);
  return <TimeZone.Provider value={me?.domain.timeZone}>{children}</TimeZone.Provider>;
}
