import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, ListPlus, Phone, Plus } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { searchContacts } from "../../shared/api/contacts.ts";
import { problemOf } from "../../shared/api/problem.ts";
import type { Contact, Source } from "../../shared/api/types.ts";
import { ProblemLine } from "../../shared/ui/ProblemLine.tsx";
import { numberWords } from "../../shared/i18n/numbers.ts";
import { holds } from "../../shared/i18n/plain.ts";
import { dropTarget } from "../calls/carry.ts";
import { ListBar } from "../lists/ListBar.tsx";
import { ListsDialog } from "../lists/ListsDialog.tsx";
import { useContactsOf, useLists, useOrder } from "../lists/useLists.ts";
import { useDial, usePhone } from "../phone/Phone.tsx";
import { preferred } from "../search/suggest.ts";
import { useView } from "../view.tsx";
import { Advanced, NO_CRITERIA } from "./Advanced.tsx";
import { Face } from "./Face.tsx";
import classes from "./People.module.css";
import { Vip } from "./Vip.tsx";

const MOST = 100;
type Which = "all" | Source;
const LISTS: Which[] = ["all", "users", "public", "private"];

/** Everybody one may call: dense, filtered as one types. */
export function People() {
  const { t } = useTranslation();
  const { select, advanced, searchByField, list, showList } = useView();
  const lists = useLists();
  const [managing, setManaging] = useState(false);
  const [which, setWhich] = useState<Which>("all");
  const [text, setText] = useState("");
  const [criteria, setCriteria] = useState(NO_CRITERIA);
  const [asked] = useDebouncedValue(text.trim(), 100);
  const [given] = useDebouncedValue(advanced ? criteria : NO_CRITERIA, 100);
  const found = useQuery({
    queryKey: ["contacts", "list", asked, given],
    queryFn: ({ signal }) => searchContacts(asked, MOST, signal, given),
    placeholderData: keepPreviousData,
  });
  const inList = useContactsOf(list);
  const open = lists.find((one) => one.id === list);
  const [ordering, setOrdering] = useState(false);
  const order = useOrder(open);
  const inOrder = order.isPending ? ordered(inList.data ?? [], order.variables) : inList.data;
  const people =
    list === null
      ? (found.data ?? []).filter((c) => which === "all" || c.source === which)
      : (inOrder ?? []).filter((c) => isCalled(c, text));
  // Among some of a list there is no next place.
  const mayOrder = open?.mine && people.length === inList.data?.length;
  const choose = (value: string) => {
    const chosen = lists.find((one) => one.id === value);
    showList(chosen?.id ?? null);
    setWhich(chosen ? "all" : (value as Which));
  };
  return (
    <section className={classes.people} aria-label={t("caller.regions.people")}>
      <h2 className="visually-hidden">{t("caller.regions.people")}</h2>
      <div className={classes.head}>
        <NativeSelect
          size="xs"
          className={classes.which}
          aria-label={t("caller.people.list")}
          data={[
            ...LISTS.map((value) => ({ value: value as string, label: t(`caller.people.${value}`) })),
            ...lists.map((one) => ({
              value: one.id,
              label: one.mine
                ? one.name
                : t("caller.lists.ofOther", { name: one.name, owner: one.owner }),
            })),
          ]}
          value={list ?? which}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        <ActionIcon
          aria-label={t("caller.lists.title")}
          title={t("caller.lists.title")}
          onClick={() => setManaging(true)}
        >
          <ListPlus size={16} />
        </ActionIcon>
        <ListsDialog opened={managing} onClose={() => setManaging(false)} onMade={showList} />
        <TextInput
          size="xs"
          className={classes.filter}
          aria-label={t("caller.people.filter")}
          placeholder={t("caller.people.filter")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <ActionIcon
          aria-label={t("caller.people.add")}
          title={t("caller.people.add")}
          onClick={() => select({ show: "create", number: "", name: "" })}
        >
          <Plus size={16} />
        </ActionIcon>
      </div>
      {advanced && list === null && (
        <Advanced
          criteria={criteria}
          onChange={setCriteria}
          onClose={() => searchByField(false)}
        />
      )}
      {people.some((person) => person.near) && (
        <p className={classes.empty} role="status">
          {t("caller.search.near")}
        </p>
      )}
      {found.isError && <ProblemLine problem={problemOf(found.error)} />}
      {open && <ListBar list={open} ordering={ordering} onOrder={setOrdering} />}
      {order.error && <ProblemLine problem={problemOf(order.error)} />}
      {people.length > 0 && (
        <List
          people={people}
          ordering={ordering && Boolean(open?.mine)}
          onOrder={mayOrder ? (ids) => order.mutate(ids) : undefined}
        />
      )}
      {list !== null && inList.isError && <ProblemLine problem={problemOf(inList.error)} />}
      {list !== null && inList.isSuccess && people.length === 0 && (
        <p className={classes.empty}>{t("caller.lists.empty")}</p>
      )}
      {list === null && found.isSuccess && people.length === 0 && (
        <Nobody which={which} text={asked} byField={given !== NO_CRITERIA} />
      )}
      {list === null && (found.data?.length ?? 0) >= MOST && (
        <p className={classes.empty}>{t("caller.people.more")}</p>
      )}
    </section>
  );
}

/** As it will be stored. */
function ordered(people: Contact[], ids: string[]): Contact[] {
  return [...people].sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** Whether all that was typed stands in the name or the company. */
function isCalled(person: Contact, text: string): boolean {
  return holds(`${person.displayName} ${person.company}`, text);
}

function Nobody({ which, text, byField }: { which: Which; text: string; byField: boolean }) {
  const { t } = useTranslation();
  if (byField) return <p className={classes.empty}>{t("caller.advanced.none")}</p>;
  if (text) return <p className={classes.empty}>{t("caller.people.noMatch", { text })}</p>;
  if (which === "public") return <p className={classes.empty}>{t("caller.people.emptyPublic")}</p>;
  if (which === "private")
    return <p className={classes.empty}>{t("caller.people.emptyPrivate")}</p>;
  return <p className={classes.empty}>{t("caller.people.empty")}</p>;
}

type ListProps = {
  people: Contact[];
  ordering: boolean;
  onOrder: ((ids: string[]) => void) | undefined;
};

/** One stop for the Tab key; arrows walk it, with Alt they move who is there; Enter opens the card,
 * Ctrl+Enter calls. */
function List({ people, ordering, onOrder }: ListProps) {
  const { t } = useTranslation();
  const { selection, select } = useView();
  const { dialling } = usePhone();
  const dial = useDial();
  const list = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const index = Math.min(at, people.length - 1);

  const call = (person: Contact) => {
    const number = preferred(person);
    if (number) void dial(number.number, person.displayName);
  };
  const move = (to: number) => {
    const next = Math.max(0, Math.min(people.length - 1, to));
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>("[data-person]")[next]?.focus();
  };
  const [moved, setMoved] = useState("");
  const carried = useRef<string | null>(null);
  /** One place up or down; the keyboard goes with who is moved. */
  const carry = (from: number, by: -1 | 1) => {
    const to = from + by;
    const ids = people.map((person) => person.id);
    const [id] = ids.splice(from, 1);
    if (!onOrder || !id || to < 0 || to > ids.length) return;
    ids.splice(to, 0, id);
    onOrder(ids);
    setAt(to);
    carried.current = id;
    const name = people[from]?.displayName ?? "";
    setMoved(t("caller.lists.moved", { name, place: to + 1, count: people.length }));
  };
  useEffect(() => {
    const here = people.findIndex((person) => person.id === carried.current);
    if (here >= 0) list.current?.querySelectorAll<HTMLElement>("[data-person]")[here]?.focus();
    carried.current = null;
  }, [people.map((person) => person.id).join()]);
  const onKeyDown = (event: KeyboardEvent) => {
    const person = people[index];
    if (event.altKey && event.key === "ArrowDown") carry(index, 1);
    else if (event.altKey && event.key === "ArrowUp") carry(index, -1);
    else if (event.key === "ArrowDown") move(index + 1);
    else if (event.key === "ArrowUp") move(index - 1);
    else if (event.key === "Home") move(0);
    else if (event.key === "End") move(people.length - 1);
    else if (event.key === "Enter" && event.ctrlKey && person) call(person);
    else return;
    event.preventDefault();
  };
  return (
    <>
    <span role="status" className="visually-hidden">
      {moved}
    </span>
    <ul ref={list} className={classes.list} onKeyDown={onKeyDown}>
      {people.map((person, n) => {
        const number = preferred(person);
        const shown = selection?.show === "contact" && selection.id === person.id;
        return (
          <li
            key={person.id}
            className={classes.line}
            data-shown={shown || undefined}
            data-ordering={ordering || undefined}
          >
            <button
              type="button"
              data-person
              className={classes.person}
              tabIndex={n === index ? 0 : -1}
              onFocus={() => setAt(n)}
              onClick={() => select({ show: "contact", id: person.id })}
              onDoubleClick={() => call(person)}
              {...dropTarget(number ? { ...number, name: person.displayName } : null)}
            >
              <Face name={person.displayName} photo={person.photo} size="line" />
              <Name person={person} />
              <span className={`number ${classes.number}`} title={number?.number}>
                {(number && numberWords(number)) ?? (person.numbers.length > 0 && t("caller.card.hidden"))}
              </span>
            </button>
            {ordering &&
              ([-1, 1] as const).map((by) => (
                <button
                  key={by}
                  type="button"
                  className={classes.carry}
                  disabled={!onOrder || !people[n + by]}
                  aria-label={t(by < 0 ? "caller.lists.up" : "caller.lists.down", {
                    name: person.displayName,
                  })}
                  onClick={() => carry(n, by)}
                >
                  {by < 0 ? <ChevronUp size={16} /> : <ChevronDown size={16} />}
                </button>
              ))}
            {!ordering && number && dialling !== "lacking" && (
              <button
                type="button"
                className={classes.call}
                tabIndex={-1}
                aria-label={t("caller.act.callNumber", {
                  name: person.displayName,
                  number: numberWords(number),
                })}
                title={t("caller.act.call")}
                onClick={() => call(person)}
              >
                <Phone size={13} aria-hidden />
              </button>
            )}
          </li>
        );
      })}
    </ul>
    </>
  );
}

function Name({ person }: { person: Contact }) {
  const { t } = useTranslation();
  const { devices } = usePhone();
  const mine =
    person.user !== null && devices.some((d) => person.numbers[0]?.number === d.number);
  return (
    <span className={classes.name}>
      <span className={classes.words}>
        <InBold person={person} />
      </span>
      {person.vip !== null && (
        <span className={classes.vip}>
          <Vip vip={person.vip} brief />
        </span>
      )}
      {mine && <span className={classes.aside}>{t("caller.people.you")}</span>}
      {person.user === null && person.company !== person.displayName && (
        <span className={classes.aside}>{person.company}</span>
      )}
    </span>
  );
}

/** The list is in the order of family names: they are what the eye looks for. */
function InBold({ person }: { person: Contact }) {
  if (!person.lastName) return person.displayName;
  return (
    <>
      {person.firstName} <b className={classes.family}>{person.lastName}</b>
    </>
  );
}
