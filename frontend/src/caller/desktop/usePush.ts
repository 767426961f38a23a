import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "../../shared/api/client.ts";
import type { Me } from "../../shared/api/types.ts";
import type { PushSubscriptionValue } from "../../shared/api/types.generated.ts";
import { useValue } from "../../shared/live/context.tsx";
import { useSetting } from "../settings.ts";
import { canBePushed, subscribe, unsubscribe } from "./push.ts";

const KEY = ["push"];

/** Whether this browser is told of calls while its page is closed; it is asked for in each browser. */
export function usePush() {
  const queries = useQueryClient();
  const me = useValue<Me>("me")?.id ?? "";
  const [, setWish] = useSetting("push");
  const found = useQuery({
    queryKey: KEY,
    queryFn: () => request<PushSubscriptionValue>("GET", "/push-subscription"),
    enabled: canBePushed,
  });
  const turn = useMutation({
    mutationFn: async (on: boolean) => {
      if (!on) await unsubscribe();
      else if ((await Notification.requestPermission()) === "granted") await subscribe();
      else return;
      setWish(on ? me : "");
    },
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  return {
    on: found.data?.subscribed ?? false,
    /** The server has no key to push with. */
    offered: found.data ? found.data.key !== null : true,
    turn,
  };
}
