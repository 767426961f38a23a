import type { ReactNode } from "react";
import classes from "./Front.module.css";

/** The sheet of paper at the door: signing in, the first start. */
export function Front({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <main className={classes.page}>
      <div className={classes.sheet} data-wide={wide || undefined}>
        <div className={classes.brand}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          TWS
        </div>
        {children}
      </div>
    </main>
  );
}
