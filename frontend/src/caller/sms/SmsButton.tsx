import { Button } from "@mantine/core";
import { MessageCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { MySmsValue } from "../../shared/api/types.generated.ts";
import type { ContactNumber } from "../../shared/api/types.ts";
import { numberWords } from "../../shared/i18n/numbers.ts";
import { useValue } from "../../shared/live/context.tsx";

type Props = { name: string; number: ContactNumber; open: boolean; onTurn: (open: boolean) => void };

/** Beside a mobile, for whoever may send text messages and has somebody who sends them. */
export function SmsButton({ name, number, open, onTurn }: Props) {
  const { t } = useTranslation();
  const sms = useValue<MySmsValue>("sms");
  if (!sms || number.kind !== "mobile") return null;
  return (
    <Button
      variant="light"
      leftSection={<MessageCircle size={14} aria-hidden />}
      aria-label={t("caller.sms.open", { name, number: numberWords(number) })}
      aria-expanded={open}
      onClick={() => onTurn(!open)}
    >
      {t("caller.sms.openShort")}
    </Button>
  );
}
