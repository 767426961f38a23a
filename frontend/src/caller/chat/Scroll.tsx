import { useEffect, useRef } from "react";
import classes from "./Chat.module.css";

/** Shows what is new at its end, unless somebody reads above. */
export function Scroll({ last, children }: { last: string; children: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const follow = () => {
    if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useEffect(follow, [last]);
  return (
    <div
      ref={box}
      className={classes.scroll}
      tabIndex={0}
      role="log"
      onLoadCapture={follow} // a picture takes its room when it is there
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
      }}
    >
      {children}
    </div>
  );
}
