import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { TraceValue } from "../../shared/api/types.generated.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { useCompany } from "../data.ts";
import { Question } from "../form/Question.tsx";
import { AdminPage, Body } from "../page/AdminPage.tsx";
import { Replay } from "./Replay.tsx";
import { Start } from "./Start.tsx";
import { Syslog } from "./Syslog.tsx";
import { Tail } from "./Tail.tsx";
import { TraceList } from "./TraceList.tsx";

const PLACE = "/admin/traces";
const WATCHED = 2_000;
const QUIET = 30_000;

/** Outils / Traces: what crosses a link, for a while; followed, replayed, downloaded. */
export function Traces() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const company = useCompany();
  const key = ["traces", company];
  const found = useQuery({
    queryKey: key,
    enabled: Boolean(company),
    queryFn: ({ signal }) =>
      request<TraceValue[]>("GET", `${PLACE}?company=${company}`, { signal }),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.running) ? WATCHED : QUIET),
  });
  const [removing, setRemoving] = useState<TraceValue | null>(null);
  const [open, setOpen] = useState<{ what: "tail" | "replay"; of: TraceValue } | null>(null);
  const changing = useMutation({
    mutationFn: (change: () => Promise<unknown>) => change(),
    onSettled: () => {
      setRemoving(null);
      void queries.invalidateQueries({ queryKey: key });
    },
  });
  const place = (one: TraceValue) => `${PLACE}/${one.id}`;
  const traces = found.data ?? [];
  return (
    <AdminPage title={t("admin.pages.traces")}>
      {found.error && <ProblemLine problem={problemOf(found.error)} />}
      {changing.error && (
        <ProblemLine problem={problemOf(changing.error)} onClose={() => changing.reset()} />
      )}
      <Body>
        <Start
          busy={changing.isPending}
          traced={traces.filter((one) => one.running).map((one) => one.link)}
          onStart={(body) => changing.mutate(() => request("POST", PLACE, { body }))}
        />
        <TraceList
          traces={traces}
          loaded={found.isSuccess}
          onEnd={(one) => changing.mutate(() => request("POST", `${place(one)}/end`))}
          onOpen={(what, of) => setOpen({ what, of })}
          onRemove={setRemoving}
        />
        {open?.what === "tail" && (
          <Tail key={open.of.id} of={open.of} onClose={() => setOpen(null)} />
        )}
        {open?.what === "replay" && (
          <Replay key={open.of.id} of={open.of} onClose={() => setOpen(null)} />
        )}
        <Syslog />
      </Body>
      {removing && (
        <Question
          title={t("admin.traces.remove")}
          words={t("admin.traces.removes", { name: removing.name })}
          submit={t("admin.traces.remove")}
          busy={changing.isPending}
          onClose={() => setRemoving(null)}
          onYes={() => {
            setOpen(null);
            changing.mutate(() => request("DELETE", place(removing)));
          }}
        />
      )}
    </AdminPage>
  );
}
