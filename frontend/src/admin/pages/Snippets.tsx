import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "../../shared/api/client.ts";
import { ApiError } from "../../shared/api/problem.ts";
import { CopyText } from "../../shared/ui/CopyText.tsx";
import classes from "../form/SideForm.module.css";
import type { Link, Snippet } from "../rows.ts";

/** What the administrator of the PBX has to add there; nothing for most kinds. */
export function Snippets({ link }: { link: Link }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ["admin", "snippets", link.id, link.version],
    queryFn: async () => {
      try {
        return await request<Snippet[]>("GET", `/admin/links/${link.id}/snippets`);
      } catch (error) {
        if (error instanceof ApiError && error.problem.status === 404) return [];
        throw error;
      }
    },
  });
  if (!found.data?.length) return null;
  return (
    <section>
      <h3 className={classes.legend}>{t("admin.links.snippets")}</h3>
      <p className={classes.quiet}>{t("admin.links.snippetsHelp")}</p>
      {found.data.map((snippet) => (
        <div key={snippet.file}>
          <div className={classes.codeHead}>
            <code>{snippet.file}</code>
            <CopyText text={snippet.text} variant="subtle" />
          </div>
          {/* What scrolls can be scrolled by keyboard. */}
          <pre className={classes.code} tabIndex={0}>
            {snippet.text}
          </pre>
        </div>
      ))}
    </section>
  );
}
