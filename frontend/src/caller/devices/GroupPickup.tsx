import { ActionIcon } from "@mantine/core";
import { PhoneIncoming } from "lucide-react";
import { useTranslation } from "react-i18next";
import { DIAL, usePhone, useSpot } from "../phone/Phone.tsx";

/** Answers a call that rings in the pickup group; there only where the PBX has it. */
export function GroupPickup() {
  const { t } = useTranslation();
  const { device, current, desk } = usePhone();
  const { doing } = useSpot(DIAL);
  if (!device?.operations.includes("groupPickupCall")) return null;
  return (
    <ActionIcon
      size="lg"
      aria-label={t("caller.act.pickUpGroup")}
      title={t("caller.act.pickUpGroup")}
      disabled={!current}
      loading={doing === "groupPickupCall"}
      onClick={() => void desk.give(DIAL, "groupPickupCall", device.id, {})}
    >
      <PhoneIncoming size={17} />
    </ActionIcon>
  );
}
