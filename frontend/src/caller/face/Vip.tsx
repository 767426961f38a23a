import { useTranslation } from "react-i18next";
import classes from "./Vip.module.css";
import { vipText } from "./vip.ts";

type Props = { vip: string | null | undefined; brief?: boolean };

/** The mark of an important person, with what the source says of them; `brief`: as a tooltip. */
export function Vip({ vip, brief = false }: Props) {
  const { t } = useTranslation();
  if (vip === null || vip === undefined) return null;
  const text = vipText(vip);
  return (
    <span className={classes.vip}>
      <span className={classes.mark} title={text || t("caller.card.vip")}>
        VIP
      </span>
      {!brief && text && <span className={classes.text}>{text}</span>}
    </span>
  );
}
