import { type FC, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { LiveProvider } from "../shared/live/context.tsx";
import { LiveBar } from "../shared/live/LiveBar.tsx";
import { SessionGate } from "../shared/session/SessionGate.tsx";
import classes from "./Administration.module.css";
import type { PageName } from "./address/address.ts";
import { AddressProvider, useAddress } from "./address/context.tsx";
import { Menu } from "./Menu.tsx";
import { Administrators } from "./pages/Administrators.tsx";
import { Authorisations } from "./pages/Authorisations.tsx";
import { Collaboration } from "./collaboration/Collaboration.tsx";
import { Companies } from "./pages/Companies.tsx";
import { DeviceStates } from "./pages/DeviceStates.tsx";
import { Domains } from "./pages/Domains.tsx";
import { Groups } from "./pages/Groups.tsx";
import { Directories } from "./directories/Directories.tsx";
import { DialPlan } from "./dialPlan/DialPlan.tsx";
import { LinkStates } from "./pages/LinkStates.tsx";
import { Links } from "./pages/Links.tsx";
import { Users } from "./pages/Users.tsx";
import { TopBar } from "./TopBar.tsx";

const PAGES: Record<PageName, FC> = {
  companies: Companies,
  domains: Domains,
  administrators: Administrators,
  users: Users,
  groups: Groups,
  authorisations: Authorisations,
  dialPlan: DialPlan,
  links: Links,
  directories: Directories,
  collaboration: Collaboration,
  linkStates: LinkStates,
  deviceStates: DeviceStates,
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
            <div className={classes.page}>
              <TopBar name={session.administrator?.username ?? ""} onLeave={leave} />
              <LiveBar />
              <div className={classes.body}>
                <Menu />
                <main className={classes.main}>
                  <Page />
                </main>
              </div>
            </div>
          </AddressProvider>
        </LiveProvider>
      )}
    </SessionGate>
  );
}

function Page() {
  const { address } = useAddress();
  const Shown = PAGES[address.page];
  return <Shown key={address.page} />;
}
