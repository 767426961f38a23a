import { useEffect, useState } from "react";

const LETTER = /^#reset=(\w+)$/;

function inAddress(): string | null {
  return LETTER.exec(location.hash)?.[1] ?? null;
}

/** What the link of a letter holds. It leaves the address at once: nobody finds it in a history. */
export function useLetter(): [string | null, (letter: null) => void] {
  const [letter, setLetter] = useState(inAddress);
  useEffect(() => {
    const followed = () => setLetter((before) => inAddress() ?? before);
    addEventListener("hashchange", followed);
    return () => removeEventListener("hashchange", followed);
  }, []);
  useEffect(() => {
    if (letter !== null) history.replaceState(null, "", location.pathname);
  }, [letter]);
  return [letter, setLetter];
}
