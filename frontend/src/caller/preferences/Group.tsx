import type { ReactNode } from "react";
import classes from "./Preferences.module.css";

/** Preferences of one kind, under a heading by which they are found. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className={classes.group}>
      <h3 className={classes.groupTitle}>{title}</h3>
      {children}
    </section>
  );
}
