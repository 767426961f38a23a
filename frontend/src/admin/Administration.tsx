import { type FC, type ReactNode, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { LiveProvider } from "../shared/live/context.tsx";
import { LiveBar } from "../shared/ui/LiveBar.tsx";
import { SessionGate } from "../shared/session/SessionGate.tsx";
import { TimeZone } from "../shared/time/culture.ts";
import { ZoneNote } from "../shared/time/ZoneNote.tsx";
import classes from "./Administration.module.css";
import type { PageName } from "./address/address.ts";
import { AddressProvider, useAddress } from "./address/context.tsx";
import { useList } from "./data.ts";
import { ErasedReport } from "./erasing/ErasedReport.tsx";
import { Menu } from "./Menu.tsx";
import { OpenDoor } from "./OpenDoor.tsx";
import { Companies } from "./pages/Companies.tsx";
import { Domains } from "./pages/Domains.tsx";
import { Groups } from "./pages/Groups.tsx";
import { LinkStates } from "./pages/LinkStates.tsx";
import { later } from "../shared/later.ts";
import { SuperUser } from "./self.ts";
import { TopBar } from "./TopBar.tsx";

const PAGES: Record<PageName, FC> = {
  firstSteps: later(() => import("./firstSteps/FirstSteps.tsx"), "FirstSteps"),
  companies: Companies,
  domains: Domains,
  administrators: later(() => import("./pages/Administrators.tsx"), "Administrators"),
  users: later(() => import("./pages/Users.tsx"), "Users"),
  userImports: later(() => import("./userImports/UserImports.tsx"), "UserImports"),
  scim: later(() => import("./scim/ScimConnections.tsx"), "ScimConnections"),
  groups: Groups,
  authorisations: later(() => import("./authorisations/Authorisations.tsx"), "Authorisations"),
  rights: later(() => import("./authorisations/EffectiveRights.tsx"), "EffectiveRights"),
  dialPlan: later(() => import("./dialPlan/DialPlan.tsx"), "DialPlan"),
  queues: later(() => import("./sharedDevices/Queues.tsx"), "Queues"),
  intercomGroups: later(() => import("./sharedDevices/IntercomGroups.tsx"), "IntercomGroups"),
  smsProviders: later(() => import("./sms/SmsProviders.tsx"), "SmsProviders"),
  links: later(() => import("./pages/Links.tsx"), "Links"),
  directories: later(() => import("./directories/Directories.tsx"), "Directories"),
  collaboration: later(() => import("./collaboration/Collaboration.tsx"), "Collaboration"),
  parameters: later(() => import("./parameters/Parameters.tsx"), "Parameters"),
  alerter: later(() => import("./alerter/AlerterPage.tsx"), "AlerterPage"),
  licences: later(() => import("./licences/Licences.tsx"), "Licences"),
  linkStates: LinkStates,
  deviceStates: later(() => import("./pages/DeviceStates.tsx"), "DeviceStates"),
  services: later(() => import("./services/Services.tsx"), "Services"),
  incidents: later(() => import("./incidents/Incidents.tsx"), "Incidents"),
  troubleshooting: later(() => import("./services/Troubleshooting.tsx"), "Troubleshooting"),
  audit: later(() => import("./audit/AuditLog.tsx"), "AuditLog"),
  configuration: later(() => import("./configuration/Configuration.tsx"), "Configuration"),
  backups: later(() => import("./backups/Backups.tsx"), "Backups"),
  traces: later(() => import("./traces/Traces.tsx"), "Traces"),
};

export function Administration() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = t("admin.title");
  }, [t]);
  return (
    <SessionGate kind="administrator">
      {(session, leave, over) => (
        <SuperUser value={session.administrator?.superUser ?? false}>
          <LiveProvider onSignedOut={over}>
            <AddressProvider>
              <Zone>
                <div className={classes.page}>
                  <TopBar name={session.administrator?.username ?? ""} onLeave={leave} />
                  <LiveBar />
                  <OpenDoor />
                  <ZoneNote as="aside" className={classes.zone} />
                  <ErasedReport />
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
        </SuperUser>
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
  return (
    <Suspense>
      <Shown key={address.page} />
    </Suspense>
  );
}
