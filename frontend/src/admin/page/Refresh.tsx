import { ActionIcon } from "@mantine/core";
import { RefreshCw } from "lucide-react";

type Props = { words: string; loading?: boolean; onClick: () => void };

/** Looks again at once, where a page looks only now and then. */
export function Refresh({ words, loading = false, onClick }: Props) {
  return (
    <ActionIcon size="lg" aria-label={words} title={words} loading={loading} onClick={onClick}>
      <RefreshCw size={16} />
    </ActionIcon>
  );
}
