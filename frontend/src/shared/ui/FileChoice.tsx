import { FileButton } from "@mantine/core";
import { type ComponentProps, useRef } from "react";

type Props = Omit<
  ComponentProps<typeof FileButton>,
  "multiple" | "onChange" | "resetRef" | "children"
> & {
  onChoose: (file: File) => void;
  children: (props: { onClick: () => void }) => React.ReactNode;
};

/** A button that asks for a file. The same one, mended meanwhile, is a choice too. */
export function FileChoice({ onChoose, children, ...props }: Props) {
  const reset = useRef<() => void>(null);
  return (
    <FileButton
      {...props}
      resetRef={reset}
      onChange={(file) => {
        if (file) onChoose(file);
        reset.current?.();
      }}
    >
      {children}
    </FileButton>
  );
}
