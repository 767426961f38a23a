import { useEffect, useState } from "react";
import { useSkew } from "../live/context.tsx";

/** The server's time in ms, renewed every `every` ms, in step for all who look. */
export function useNow(every = 1000): number {
  const skew = useSkew();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      setNow(Date.now());
      timer = setTimeout(tick, every - (Date.now() % every));
    };
    tick();
    return () => clearTimeout(timer);
  }, [every]);
  return now + skew;
}
