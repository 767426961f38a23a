import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { loginProviders } from "./session.ts";

/** The ways to sign in by another's page: a button each, where there are any. */
export function Providers() {
  const providers = useQuery({ queryKey: ["loginProviders"], queryFn: loginProviders });
  return providers.data?.map(({ id, label }) => (
    <Button
      key={id}
      component="a"
      href={`/api/v1/login/openid/${encodeURIComponent(id)}`}
      variant="default"
      size="sm"
    >
      {label}
    </Button>
  ));
}
