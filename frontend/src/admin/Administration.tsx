import { type FC, type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { LiveProvider } from "../shared/live/context.tsx";
import { LiveBar } from "../shared/live/LiveBar.tsx";
import { SessionGate } from "../shared/session/SessionGate.tsx";
import { TimeZone } from "../shared/time/culture.ts";
import { ZoneNote } from "../shared/time/ZoneNote.tsx";
import classes from "./Administration.module.css";
import type { PageName } from "./address/address.ts";
import { AddressProvider, useAddress } from "./address/context.tsx";
import { useList } from "./data.ts";
import { Menu } from "./Menu.tsx";
import { OpenDoor } from "./OpenDoor.tsx";
import { Administrators } from "./pages/Administrators.tsx";
import { AuditLog } from "./audit/AuditLog.tsx";
import { Backups } from "./backups/Backups.tsx";
import { Authorisations } from "./authorisations/Authorisations.tsx";
import { EffectiveRights } from "./authorisations/EffectiveRights.tsx";
import { Troubleshooting } from "./services/Troubleshooting.tsx";
import { Services } from "./services/Services.tsx";
import { Collaboration } from "./collaboration/Collaboration.tsx";
import { Companies } from "./pages/Companies.tsx";
import { DeviceStates } from "./pages/DeviceStates.tsx";
import { Domains } from "./pages/Domains.tsx";
import { Groups } from "./pages/Groups.tsx";
import { Directories } from "./directories/Directories.tsx";
import { DialPlan } from "./dialPlan/DialPlan.tsx";
import { Licences } from "./licences/Licences.tsx";
import { Parameters } from "./parameters/Parameters.tsx";
import { LinkStates } from "./pages/LinkStates.tsx";
import { Links } from "./pages/Links.tsx";
import { Users } from "./pages/Users.tsx";
import { UserImports } from "./userImports/UserImports.tsx";
import { TopBar } from "./TopBar.tsx";

const PAGES: Record<PageName, FC> = {
  companies: Companies,
  domains: Domains,
  administrators: Administrators,
  users: Users,
  userImports: UserImports,
  groups: Groups,
  authorisations: Authorisations,
  rights: EffectiveRights,
  dialPlan: DialPlan,
  links: Links,
  directories: Directories,
  collaboration: Collaboration,
  parameters: Parameters,
  licences: Licences,
  linkStates: LinkStates,
  deviceStates: DeviceStates,
  services: Services,
  troubleshooting: Troubleshooting,
  audit: AuditLog,
  backups: Backups,
};

export function Administration() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t("admin.title");
  }, [t]);
  return (
    <SessionGate kind="administrator">
      {(session, leave, over) => (
        <LiveProvider onSignedOut={over}>
          <AddressProvider>
            <Zone>
              <div className={classes.page}>
                <TopBar name={session.administrator?.username ?? ""} onLeave={leave} />
                <LiveBar />
                <OpenDoor />
                <ZoneNote as="aside" className={classes.zone} />
                <div className={classes.body}>
                  <Menu />
                  <main className={classes.main}>
                    <Page />
                  </main>
                </div>
              </div>
            </Zone>
          </AddressProvider>
        </LiveProvider>
      )}
    </SessionGate>
  );
}

/** Times are those of the domain one works on, as in the Caller; of several, of the first. */
function Zone({ children }: { children: ReactNode }) {
  const { address } = useAddress();
  const domains = useList("domains").data ?? [];
  const domain = domains.find((each) => each.id === address.domain) ?? domains[0];
  return <TimeZone.Provider value={domain?.timeZone}>{children}</TimeZone.Provider>;
}

function Page() {
  const { address } = useAddress();
  const Shown = PAGES[address.page];
  return <Shown key={address.page} />;
}
