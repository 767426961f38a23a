import { Button, type ButtonProps, CopyButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";

type Props = {
  text: string;
  /** What is copied, where "Copy" alone does not tell. */
  label?: string;
  size?: ButtonProps["size"];
  variant?: ButtonProps["variant"];
};

/** Copies a text, and says so. Browsers allow it over HTTPS only: elsewhere it is selected by hand. */
export function CopyText({ text, label, size = "compact-xs", variant = "default" }: Props) {
  const { t } = useTranslation();
  if (!navigator.clipboard) return null;
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          size={size}
          variant={variant}
          leftSection={copied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
          aria-label={label}
          onClick={copy}
        >
          {t(copied ? "copied" : "copy")}
        </Button>
      )}
    </CopyButton>
  );
}
