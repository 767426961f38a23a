import { Button } from "@mantine/core";
import type { LucideIcon } from "lucide-react";
import classes from "./Calls.module.css";

type Props = {
  icon: LucideIcon;
  words: string;
  onAct: () => void;
  help?: string;
  /** The one that is most likely wanted. */
  main?: boolean;
  /** What ends the call, apart from the rest. */
  end?: boolean;
  quiet?: boolean;
  pressed?: boolean;
  disabled?: boolean;
  doing?: boolean;
  large?: boolean;
  /** Has the keyboard as soon as it is there. */
  first?: boolean;
};

/** A button of a call: an icon and a verb. */
export function Act(props: Props) {
  const {
    icon: Icon,
    words,
    onAct,
    help,
    main,
    end,
    quiet,
    pressed,
    disabled,
    doing,
    large,
    first,
  } = props;
  return (
    <Button
      size={large ? "md" : "xs"}
      variant={main ? "filled" : quiet ? "subtle" : "default"}
      className={end ? classes.end : quiet ? classes.wide : undefined}
      leftSection={<Icon size={large ? 18 : 14} aria-hidden />}
      title={help}
      aria-expanded={pressed}
      data-pressed={pressed || undefined}
      data-main={main || undefined}
      disabled={(disabled ?? false) && !doing}
      loading={doing ?? false}
      autoFocus={first ?? false}
      onClick={onAct}
    >
      {words}
    </Button>
  );
}
