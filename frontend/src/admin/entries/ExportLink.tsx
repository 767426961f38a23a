import { Button } from "@mantine/core";
import { Download } from "lucide-react";

type Props = { place: string; query: Record<string, string>; words: string };

/** All entries that the filters leave, as a file of the server's. */
export function ExportLink({ place, query, words }: Props) {
  return (
    <Button
      component="a"
      href={`/api/v1${place}/export?${new URLSearchParams(query)}`}
      download
      size="xs"
      variant="default"
      leftSection={<Download size={14} aria-hidden />}
    >
      {words}
    </Button>
  );
}
