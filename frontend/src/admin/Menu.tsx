import { NativeSelect } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import classes from "./Administration.module.css";
import type { PageName } from "./address/address.ts";
import { useAddress } from "./address/context.tsx";
import { useUnacknowledged } from "./incidents/standing.ts";
import { useMenu } from "./menu.ts";

export function Menu() {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const menu = useMenu();
  const narrow = useMediaQuery("(max-width: 900px)", false, { getInitialValueInEffect: false });
  const open = (page: PageName) => go({ page, edit: null, filters: {} });
  if (narrow) {
    return (
      <nav className={classes.narrowMenu} aria-label={t("admin.menu")}>
        <NativeSelect
          aria-label={t("admin.menu")}
          value={address.page}
          onChange={(event) => open(event.currentTarget.value as PageName)}
          data={menu.map(([area, pages]) => ({
            group: t(`admin.areas.${area}`),
            items: pages.map((page) => ({ value: page, label: t(`admin.pages.${page}`) })),
          }))}
        />
      </nav>
    );
  }
  return (
    <nav className={classes.menu} aria-label={t("admin.menu")}>
      {menu.map(([area, pages]) => (
        <div key={area}>
          <div className={classes.area}>{t(`admin.areas.${area}`)}</div>
          <ul className={classes.pages}>
            {pages.map((page) => (
              <li key={page}>
                <button
                  type="button"
                  className={classes.to}
                  aria-current={page === address.page ? "page" : undefined}
                  onClick={() => open(page)}
                >
                  {t(`admin.pages.${page}`)}
                  {page === "incidents" && <Count />}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

/** How many incidents nobody has looked at yet. */
function Count() {
  const count = useUnacknowledged();
  return count > 0 && <span className={classes.count}>{count}</span>;
}
