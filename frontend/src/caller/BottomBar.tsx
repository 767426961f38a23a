import { Grid3x3, History, Phone, Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./BottomBar.module.css";
import { Unread } from "./journal/Unread.tsx";
import { usePhone } from "./phone/Phone.tsx";
import { type Place, useView } from "./view.tsx";

const PLACES: [Place, typeof Phone][] = [
  ["calls", Phone],
  ["people", Users],
  ["journal", History],
  ["keypad", Grid3x3],
];

/** The way around on a narrow screen. */
export function BottomBar({ place }: { place: Place }) {
  const { t } = useTranslation();
  const { go } = useView();
  const { calls, dialling } = usePhone();
  return (
    <nav className={classes.bar}>
      {PLACES.filter(([each]) => each !== "keypad" || dialling !== "lacking").map(([each, Icon]) => (
        <div key={each} className={classes.place}>
          <button
            type="button"
            className={classes.tab}
            aria-current={each === place ? "page" : undefined}
            aria-describedby={each === "journal" ? "journal-news" : undefined}
            onClick={() => go(each)}
          >
            <Icon size={20} aria-hidden />
            {t(`caller.regions.${each}`)}
            {each === "calls" && calls.length > 0 && (
              <span className={classes.count}>{calls.length}</span>
            )}
          </button>
          {each === "journal" && (
            <span className={classes.fresh} id="journal-news">
              <Unread />
            </span>
          )}
        </div>
      ))}
    </nav>
  );
}
