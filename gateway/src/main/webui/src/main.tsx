import "@fontsource-variable/inter/index.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { makeClient } from "./api/clientSettings";
import { makeRouter } from "./router";
import "./styles/index.css";
import { followScheme } from "./ui/scheme";

followScheme();
const router = makeRouter();
createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={makeClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
