import { ActionIcon } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { LayoutGrid } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useView } from "../view.tsx";

/** Opens the panel of all telephones, where the screen has room for it. */
export function OperatorButton() {
  const { t } = useTranslation();
  const { operator, showOperator } = useView();
  const narrow = useMediaQuery("(max-width: 640px)", false, { getInitialValueInEffect: false });
  if (narrow) return null;
  const words = t(operator ? "caller.operator.close" : "caller.operator.open");
  return (
    <ActionIcon
      size="lg"
      aria-label={words}
      title={words}
      aria-pressed={operator}
      onClick={() => showOperator(!operator)}
    >
      <LayoutGrid size={18} />
    </ActionIcon>
  );
}
