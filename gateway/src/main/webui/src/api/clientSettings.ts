import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./client";

/** Offline is an answer, too: a question that cannot be asked fails at once, and what was known stays on screen. */
export const makeClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        networkMode: "always",
        refetchOnReconnect: true,
        retry: (count, error) => error instanceof ApiError && error.status >= 500 && count < 1,
      },
      mutations: { networkMode: "always" },
    },
  });
