import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Front } from "./Front.tsx";

type Props = { kind: "user" | "administrator"; onLeave: () => void };

/** Signed in, but as somebody whom the other page is for. */
export function WrongPage({ kind, onLeave }: Props) {
  const { t } = useTranslation();
  const other = kind === "user" ? "/admin" : "/";
  return (
    <Front>
      <h1>{t("signIn.title")}</h1>
      <p>{t(kind === "user" ? "signIn.notUser" : "signIn.notAdministrator")}</p>
      <Group>
        <Button component="a" href={other}>
          {t(kind === "user" ? "signIn.toAdministration" : "signIn.toCaller")}
        </Button>
        <Button variant="default" onClick={onLeave}>
          {t("signIn.signOut")}
        </Button>
      </Group>
    </Front>
  );
}
