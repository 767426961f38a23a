import type { ReactNode } from "react";
import { PageManual } from "../manual/ManualLink.tsx";
import classes from "./PageHead.module.css";

type Props = {
  title: string;
  /** What is done with all of it stands at the other end. */
  apart?: boolean;
  children?: ReactNode;
};

/** The line above a page: its title, its help, and what is done with all of it. */
export function PageHead({ title, apart = false, children }: Props) {
  return (
    <header className={classes.head}>
      <h2 className={classes.title} data-apart={apart || undefined}>
        {title}
      </h2>
      <PageManual />
      {children}
    </header>
  );
}
