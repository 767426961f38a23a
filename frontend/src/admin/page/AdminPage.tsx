import type { ReactNode } from "react";
import classes from "./AdminPage.module.css";
import { PageHead } from "./PageHead.tsx";

type Props = {
  title: string;
  /** What is done with all of it, beside its title. */
  tools?: ReactNode;
  children: ReactNode;
};

/** A page that is no list with a form: its title, its tools, and what is under them. */
export function AdminPage({ title, tools, children }: Props) {
  return (
    <div className={classes.page}>
      <PageHead title={title} apart>
        {tools}
      </PageHead>
      {children}
    </div>
  );
}

/** What of it scrolls. With a label it can be scrolled by keyboard though nothing in it takes the focus. */
export function Body({ label, children }: { label?: string; children: ReactNode }) {
  if (label === undefined) return <div className={classes.body}>{children}</div>;
  return (
    <section className={classes.body} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

/** Said where there is nothing to be shown. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className={classes.empty}>{children}</p>;
}
