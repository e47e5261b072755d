import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { makeClient } from "../api/clientSettings";
import { makeRouter } from "../router";

/** A whole page at an address, in its shell. */
export function showPage(address: string) {
  const client = makeClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  const router = makeRouter(createMemoryHistory({ initialEntries: [address] }));
  const shown = render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { ...shown, router, client };
}

/** A component on its own, with a client of questions. */
export function show(children: ReactNode) {
  const client = makeClient();
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  return render(<QueryClientProvider client={client}>{children}</QueryClientProvider>);
}
