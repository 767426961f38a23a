import { useState } from "react";
import { initials } from "./initials.ts";
import classes from "./Face.module.css";

type Props = { name: string; photo: string | null | undefined; size: "line" | "card" | "call" };

/** A person's photo, or the initials: an ornament beside the name, so nothing to be read aloud. */
export function Face({ name, photo, size }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  if (photo && photo !== broken) {
    return (
      <img
        className={classes.face}
        data-size={size}
        src={photo}
        alt=""
        loading="lazy"
        draggable={false}
        onError={() => setBroken(photo)}
      />
    );
  }
  const letters = initials(name);
  return (
    <span className={classes.face} data-size={size} aria-hidden>
      {size === "line" ? [...letters][0] : [...letters].slice(0, 2).join("")}
    </span>
  );
}
