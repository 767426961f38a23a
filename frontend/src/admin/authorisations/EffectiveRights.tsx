import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useAddress } from "../address/context.tsx";
import { useInDomain, useList } from "../data.ts";
import { PageHead } from "../page/PageHead.tsx";
import type { Right, User } from "../rows.ts";
import classes from "./Authorisations.module.css";
import { Chain } from "./Chain.tsx";
import { useEntries, useLabel } from "./named.ts";
import { Why } from "./Why.tsx";

/** All that a user has, with the grants by which he has it; and why he sees something, or not. */
export function EffectiveRights() {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const all = useList("users").data ?? [];
  const here = useInDomain(all);
  const user = all.find((each) => each.id === address.filters.user);
  const choices = user && !here.includes(user) ? [user, ...here] : here;
  return (
    <div className={classes.page}>
      <PageHead title={t("admin.pages.rights")} />
      <div className={classes.choice}>
        <Select
          label={t("admin.rights.user")}
          searchable
          allowDeselect={false}
          limit={80}
          nothingFoundMessage={t("none")}
          placeholder={t("admin.rights.choose")}
          data={choices.map((each) => ({ value: each.id, label: each.displayName }))}
          value={user?.id ?? null}
          onChange={(id) => id && go({ filters: { user: id } })}
        />
      </div>
      {user && (
        <div key={user.id} className={classes.sides}>
          <Why user={user} />
          <All user={user} />
        </div>
      )}
    </div>
  );
}

function All({ user }: { user: User }) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const types = useList("grant-kinds").data ?? [];
  const entries = useEntries();
  const label = useLabel();
  const found = useQuery({
    queryKey: ["admin", "rights", user.id],
    queryFn: () => request<Right[]>("GET", `/admin/users/${encodeURIComponent(user.id)}/rights`),
  });
  const title = t("admin.rights.of", { name: user.displayName });
  return (
    <section className={classes.side} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {found.data?.length === 0 && <p className={classes.quiet}>{t("admin.rights.none")}</p>}
      {types.map((type) => {
        const rights = found.data?.filter((each) => each.kind === type.kind) ?? [];
        if (rights.length === 0) return null;
        return (
          <div key={type.kind}>
            <h4 className={classes.type}>{t(`admin.authorisations.types.${type.kind}`)}</h4>
            <ul className={classes.granted}>
              {rights.map((each) => {
                const one = entries[each.objectKind].find(({ id }) => id === each.object);
                const name = one ? label(one) : "?";
                const object = type.reversed ? user.id : each.object;
                return (
                  <li key={each.object}>
                    <button
                      type="button"
                      className={classes.link}
                      onClick={() =>
                        go({ page: "authorisations", filters: { kind: each.kind, object } })
                      }
                    >
                      {each.objectKind === "group" ? t("admin.rights.everybodyOf", { name }) : name}
                    </button>
                    <span className={classes.chains}>
                      {each.reasons.map((reason) => (
                        <Chain key={reason.grant} reason={reason} user={user} object={each.object} />
                      ))}
                    </span>
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
