import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAddress } from "../address/context.tsx";
import { MANUAL } from "./pages.ts";

/** Connectors that share a page with another. */
const SHARED: Record<string, string> = {
  domino_rest: "domino",
  exchange_webdav: "exchange",
  ole_db: "odbc",
};

export function directoryPage(connector: string): string {
  return `admin/directories/${SHARED[connector] ?? connector}.md`;
}

/** To the documentation that the server brings with it, in the language of this page. */
export function ManualLink({ page }: { page: string }) {
  const { t, i18n } = useTranslation();
  return (
    <Anchor href={`/manual/${i18n.language}/${page}`} target="_blank" rel="noopener" size="sm">
      {t("admin.manual")}
    </Anchor>
  );
}

/** To what tells of the page that is shown. */
export function PageManual() {
  return <ManualLink page={MANUAL[useAddress().address.page]} />;
}
