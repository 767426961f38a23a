import { HoverCard } from "@mantine/core";
import type { ReactNode } from "react";
import type { PresenceValue } from "../../shared/api/types.generated.ts";
import classes from "./Presence.module.css";
import { PresenceDetails } from "./PresenceDetails.tsx";

type Props = { presence: PresenceValue | undefined; children: ReactNode };

/** A photo that tells how its person is while one points at it. The card tells it to the keyboard. */
export function Pointed({ presence, children }: Props) {
  if (!presence) return children;
  return (
    <HoverCard withRoles={false} position="right-start" openDelay={250} closeDelay={80} shadow="md" width={260}>
      <HoverCard.Target>
        <span className={classes.pointed}>{children}</span>
      </HoverCard.Target>
      <HoverCard.Dropdown role="tooltip">
        <PresenceDetails presence={presence} />
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
