import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { useSetting } from "./settings.ts";

/** What the middle shows: a contact, somebody outside, a form with what is known already, or the preferences. */
export type Selection =
  | { show: "contact"; id: string; /** With the conversation open. */ chat?: boolean }
  | { show: "external"; id: string }
  | { show: "edit"; id: string }
  | { show: "create"; number: string; name: string }
  | { show: "preferences" };

export type Place = "calls" | "people" | "journal" | "keypad";

type View = {
  selection: Selection | null;
  select: (selection: Selection | null) => void;
  /** Which part a narrow screen shows. */
  place: Place;
  go: (place: Place) => void;
  /** The directory is searched by single fields. */
  advanced: boolean;
  searchByField: (on: boolean) => void;
  /** The list of contacts that the directory shows; null = none. */
  list: string | null;
  showList: (id: string | null) => void;
  /** The panel of all telephones that one sees is open. */
  operator: boolean;
  showOperator: (on: boolean) => void;
};

const Context = createContext<View | null>(null);

export function ViewProvider({ children }: { children: ReactNode }) {
  const [selection, select] = useState<Selection | null>(null);
  const [place, setPlace] = useState<Place>("calls");
  const [advanced, setAdvanced] = useState(false);
  const [list, showList] = useState<string | null>(null);
  const [panel, setPanel] = useSetting("operator");
  const view = useMemo(() => {
    const operator = panel === "on";
    const showOperator = (on: boolean) => setPanel(on ? "on" : "off");
    const go = (next: Place) => {
      setPlace(next);
      select(null);
    };
    const searchByField = (on: boolean) => {
      setAdvanced(on);
      if (on) {
        showList(null);
        go("people");
      }
    };
    return { selection, select, place, go, advanced, searchByField, list, showList, operator, showOperator };
  }, [selection, place, advanced, list, panel, setPanel]);
  return <Context.Provider value={view}>{children}</Context.Provider>;
}

export function useView(): View {
  const view = useContext(Context);
  if (!view) throw new Error("No view here.");
  return view;
}
