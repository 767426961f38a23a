import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { ImageUp, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { request } from "../api/client.ts";
import { problemOf } from "../api/problem.ts";
import type { UserPhotoValue } from "../api/types.generated.ts";
import { FileChoice } from "./FileChoice.tsx";
import { ProblemLine } from "./ProblemLine.tsx";
import classes from "./UserPhoto.module.css";

type Props = {
  /** Where it is served; null: there is none. */
  photo: string | null;
  /** For administrators: whose it is. */
  user?: string;
  disabled?: boolean;
  onChange?: () => void;
};

/** A user's photo: shown, given, taken away. */
export function UserPhoto({ photo, user, disabled = false, onChange = () => {} }: Props) {
  const { t } = useTranslation();
  const change = useMutation({
    mutationFn: (file: File | null) =>
      request<UserPhotoValue>(file ? "PUT" : "DELETE", "/user-photo", {
        query: { user },
        ...(file ? { file } : {}),
      }),
    onSuccess: onChange,
  });
  return (
    <section aria-label={t("photo.title")}>
      <div className={classes.photo}>
        {photo && <img className={classes.face} src={photo} alt={t("photo.title")} />}
        <FileChoice
          accept="image/*"
          inputProps={{ "aria-label": t("photo.choose") }}
          onChoose={change.mutate}
        >
          {(props) => (
            <Button
              {...props}
              size="compact-sm"
              variant="default"
              loading={change.isPending}
              disabled={disabled}
              leftSection={<ImageUp size={14} aria-hidden />}
            >
              {t("photo.choose")}
            </Button>
          )}
        </FileChoice>
        {photo && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={disabled || change.isPending}
            leftSection={<Trash2 size={14} aria-hidden />}
            onClick={() => change.mutate(null)}
          >
            {t("photo.remove")}
          </Button>
        )}
      </div>
      {change.error && <ProblemLine problem={problemOf(change.error)} />}
    </section>
  );
}
