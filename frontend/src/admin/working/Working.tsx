import { Button, Loader, Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./Working.module.css";

type Props = {
  /** What is being done. */
  words: string;
  /** How much of it is done, from 0 to 1, where that is known. */
  part?: number;
  /** Left out where what has begun goes on to its end. */
  onCancel?: () => void;
};

/** Something that may take longer than a moment: what it is, how far it is, and Cancel. */
export function Working({ words, part, onCancel }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.working}>
      <div className={classes.what} role="status">
        {part === undefined && <Loader size="xs" aria-hidden />}
        <span>{words}</span>
        {part !== undefined && (
          <Progress
            className={classes.bar}
            size="sm"
            value={100 * part}
            aria-label={words}
          />
        )}
      </div>
      {onCancel && (
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t("cancel")}
        </Button>
      )}
    </div>
  );
}
