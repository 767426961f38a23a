import { ActionIcon, Button } from "@mantine/core";
import { Delete, Phone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDial, usePhone } from "../phone/Phone.tsx";
import { useView } from "../view.tsx";
import classes from "./Keypad.module.css";
import { Keys } from "./Keys.tsx";

/** Dialling with the thumb. */
export function Keypad() {
  const { t } = useTranslation();
  const { dialling } = usePhone();
  const { go } = useView();
  const dial = useDial();
  const [number, setNumber] = useState("");
  const call = async () => {
    if (!number.trim()) return;
    const { done } = await dial(number, number);
    if (done) setNumber("");
    go("calls");
  };
  return (
    <section className={classes.pad} aria-label={t("caller.regions.keypad")}>
      <h2 className="visually-hidden">{t("caller.keypad.title")}</h2>
      <div className={classes.dialled}>
        <input
          className={`${classes.field} number`}
          inputMode="tel"
          aria-label={t("caller.keypad.number")}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Enter" && void call()}
        />
        <ActionIcon
          size="lg"
          aria-label={t("caller.keypad.erase")}
          disabled={number === ""}
          onClick={() => setNumber(number.slice(0, -1))}
        >
          <Delete size={20} />
        </ActionIcon>
      </div>
      <Keys large onKey={(digit) => setNumber(number + digit)} />
      <Button
        size="lg"
        radius="xl"
        leftSection={<Phone size={20} aria-hidden />}
        disabled={dialling !== "possible" || number.trim() === ""}
        onClick={() => void call()}
      >
        {t("caller.act.call")}
      </Button>
    </section>
  );
}
