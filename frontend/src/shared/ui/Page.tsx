import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@mantine/core/styles.css";
import "./global.css";
import { ApiError } from "../api/problem.ts";
import { cssVariablesResolver, theme } from "./theme.ts";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // What the server refuses it will refuse again; what did not arrive may.
      retry: (failures, error) => !(error instanceof ApiError) && failures < 3,
    },
    mutations: { retry: false, networkMode: "always" },
  },
});

/** Put a page on the screen with all that pages share. */
export function openPage(page: ReactNode): void {
  const root = document.getElementById("root");
  if (!root) throw new Error("The document has no #root.");
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariablesResolver}
          defaultColorScheme="auto"
        >
          {page}
        </MantineProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
