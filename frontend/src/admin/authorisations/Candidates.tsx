import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useKeptFocus } from "../../shared/ui/useKeptFocus.ts";
import { useAddress } from "../address/context.tsx";
import { runOver } from "../bulk/running.ts";
import { create, useList, useRefresh } from "../data.ts";
import type { Grant, GrantType } from "../rows.ts";
import { Working } from "../working/Working.tsx";
import classes from "./Authorisations.module.css";
import type { Entry, RowKind } from "./named.ts";
import { bodyOf, candidates, domainOf, listedIn, sidesOf } from "./screen.ts";

const MOST = 200;
const ANY = "*";

type Props = { type: GrantType; first: Entry; entries: Record<RowKind, Entry[]>; grants: Grant[] };

/** Steps 3 to 5: the domain, what they are, and several at once. */
export function Candidates({ type, first, entries, grants }: Props) {
  const { t } = useTranslation();
  const { address, go } = useAddress();
  const refresh = useRefresh();
  const kept = useKeptFocus<HTMLElement>();
  const domains = useList("domains").data ?? [];
  const { listed } = sidesOf(type);
  const kind =
    listed.find((each) => each === address.filters.to) ??
    (listed.includes("group") ? "group" : listed[0]) ??
    "user";
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const wanted = address.filters.of ?? address.domain ?? first.domain ?? domains[0]?.id ?? ANY;
  const domain = domainOf(type, first, wanted === ANY ? null : wanted);
  const granted = new Set(grants.map((grant) => listedIn(type, grant).id));
  const found = candidates(entries[kind], granted, domain, words);
  const picked = entries[kind].filter((each) => chosen.has(each.id) && !granted.has(each.id));
  const stop = useRef(new AbortController());
  const [done, setDone] = useState(0);
  // Whoever goes elsewhere meanwhile has them all added; Cancel leaves the rest chosen.
  const adding = useMutation({
    mutationFn: async (all: Entry[]) => {
      stop.current = new AbortController();
      setDone(0);
      const add = {
        run: async (some: Entry[]) => {
          for (const each of some) await create("grants", bodyOf(type, first, each));
        },
      };
      const outcome = await runOver(all, add, stop.current.signal, setDone);
      setChosen(new Set(outcome.left.map((each) => each.id)));
      await refresh();
      return outcome;
    },
  });
  const count = adding.variables?.length ?? 0;
  const running = adding.isPending && count > 1;
  const turn = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const again = (filters: Record<string, string>) => {
    setChosen(new Set());
    go({ filters: { ...address.filters, ...filters } });
  };
  const title = t(type.reversed ? "admin.authorisations.whose" : "admin.authorisations.toWhom");
  return (
    <section ref={kept} className={classes.side} aria-label={title} tabIndex={-1}>
      <h3 className={classes.title}>{title}</h3>
      <div className={classes.pair}>
        {kind !== "domain" && (
          <NativeSelect
            label={t("admin.domain")}
            description={type.acrossDomains ? undefined : t("admin.authorisations.sameDomain")}
            inputWrapperOrder={["label", "input", "description"]}
            disabled={!type.acrossDomains}
            value={domain ?? ANY}
            data={[
              { value: ANY, label: t("admin.allDomains") },
              ...domains.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(event) => again({ of: event.currentTarget.value })}
          />
        )}
        <NativeSelect
          label={t("admin.authorisations.kind")}
          value={kind}
          data={listed.map((each) => ({
            value: each,
            label: t(`admin.authorisations.kinds.${each}`),
          }))}
          onChange={(event) => again({ to: event.currentTarget.value })}
        />
      </div>
      <TextInput
        size="xs"
        aria-label={t("admin.authorisations.filter")}
        placeholder={t("admin.list.filter")}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <div className={classes.entries} role="group" aria-label={title} tabIndex={0}>
        {found.slice(0, MOST).map((each) => (
          <Checkbox
            key={each.id}
            label={each.name}
            checked={chosen.has(each.id)}
            onChange={(event) => turn(each.id, event.currentTarget.checked)}
          />
        ))}
        {found.length === 0 && <p className={classes.quiet}>{t("admin.authorisations.nobodyLeft")}</p>}
        {found.length > MOST && (
          <p className={classes.quiet}>{t("admin.list.more", { count: found.length - MOST })}</p>
        )}
      </div>
      <footer className={classes.foot}>
        <Button
          disabled={picked.length === 0}
          loading={adding.isPending}
          onClick={() => adding.mutate(picked)}
        >
          {t("admin.authorisations.add", { count: picked.length })}
        </Button>
        {!running && (
          <span role="status" className={classes.quiet}>
            {adding.data ? t("admin.authorisations.added", { count: adding.data.done.length }) : ""}
            {adding.data?.left.length
              ? ` ${t("admin.bulk.left", { count: adding.data.left.length })}`
              : ""}
          </span>
        )}
      </footer>
      {running && (
        <Working
          words={t("admin.bulk.progress", { done, count })}
          part={done / count}
          onCancel={() => stop.current.abort()}
        />
      )}
      {adding.data?.failed.map(({ row, problem }) => (
        <div key={row.id}>
          <strong>{row.name}</strong>
          <ProblemLine problem={problem} />
        </div>
      ))}
    </section>
  );
}
