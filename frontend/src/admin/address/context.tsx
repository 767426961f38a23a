import { Button, Group, Modal } from "@mantine/core";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { type Address, parse, print } from "./address.ts";

type Navigation = {
  address: Address;
  /** Go elsewhere; asks first when a form holds unsaved changes. */
  go: (changes: Partial<Address>) => void;
  /** A form says that it holds unsaved changes (its name), or no longer (null). */
  hold: (name: string | null) => void;
};

const Context = createContext<Navigation | null>(null);

export function AddressProvider({ children }: { children: ReactNode }) {
  const [address, setAddress] = useState(() => parse(location.search));
  const [wanted, setWanted] = useState<Address | null>(null);
  const held = useRef<string | null>(null);
  const here = useRef(address);
  here.current = address;

  const move = useCallback((to: Address, replace = false) => {
    const url = `/admin${print(to)}`;
    if (replace) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
    setAddress(to);
  }, []);
  const go = useCallback(
    (changes: Partial<Address>) => {
      const to = { ...here.current, ...changes };
      if (print(to) === print(here.current)) return;
      const stays = to.page === here.current.page && to.edit === here.current.edit;
      if (held.current !== null && !stays) setWanted(to);
      else move(to, onlyFilters(here.current, to));
    },
    [move],
  );
  const hold = useCallback((name: string | null) => {
    held.current = name;
  }, []);

  useEffect(() => {
    const onPop = () => {
      const to = parse(location.search);
      if (held.current === null) setAddress(to);
      else {
        history.pushState(null, "", `/admin${print(here.current)}`);
        setWanted(to);
      }
    };
    const onUnload = (event: BeforeUnloadEvent) => {
      if (held.current !== null) event.preventDefault();
    };
    addEventListener("popstate", onPop);
    addEventListener("beforeunload", onUnload);
    return () => {
      removeEventListener("popstate", onPop);
      removeEventListener("beforeunload", onUnload);
    };
  }, []);

  const navigation = useMemo(() => ({ address, go, hold }), [address, go, hold]);
  const discard = () => {
    held.current = null;
    if (wanted) move(wanted);
    setWanted(null);
  };
  return (
    <Context.Provider value={navigation}>
      {children}
      <Discard
        name={wanted ? held.current : null}
        onDiscard={discard}
        onKeep={() => setWanted(null)}
      />
    </Context.Provider>
  );
}

function onlyFilters(from: Address, to: Address): boolean {
  return print({ ...from, filters: {} }) === print({ ...to, filters: {} });
}

type DiscardProps = { name: string | null; onDiscard: () => void; onKeep: () => void };

function Discard({ name, onDiscard, onKeep }: DiscardProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={name !== null}
      onClose={onKeep}
      title={t("admin.form.unsaved")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <p>{t("admin.form.unsavedQuestion", { name: name ?? "" })}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDiscard}>
          {t("admin.form.discard")}
        </Button>
        <Button onClick={onKeep} data-autofocus>
          {t("admin.form.keep")}
        </Button>
      </Group>
    </Modal>
  );
}

export function useAddress(): Navigation {
  const navigation = useContext(Context);
  if (!navigation) throw new Error("No address here.");
  return navigation;
}
