import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

type Props = {
  code: string;
  onChange: (code: string) => void;
  /** A recovery code does as well as the telephone's. */
  recovery?: boolean;
  /** Has the keyboard as soon as it is there. */
  first?: boolean;
};

/** The code that is asked for besides the password. */
export function OneTimeCode({ code, onChange, recovery = true, first = true }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t("signIn.code")}
      description={recovery ? t("signIn.codeHelp") : undefined}
      autoComplete="one-time-code"
      required
      withAsterisk={false}
      autoFocus={first}
      value={code}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
