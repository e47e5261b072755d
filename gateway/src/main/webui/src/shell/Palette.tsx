import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { choose } from "../ui/scheme";
import { PAGES } from "./pages";
import { CURRENCIES, useAddress } from "./search";

/** Everything by its name: pages, currencies, an execution by its id. */
export function Palette(props: { open: boolean; setOpen: (open: boolean) => void; typed: string; setTyped: (typed: string) => void }) {
  const navigate = useNavigate();
  const { set } = useAddress();
  const run = (act: () => unknown) => () => {
    props.setOpen(false);
    props.setTyped("");
    act();
  };
  const id = props.typed.trim();
  return (
    <Command.Dialog open={props.open} onOpenChange={props.setOpen} label="Go to" contentClassName="palette" overlayClassName="overlay">
      <Command.Input value={props.typed} onValueChange={props.setTyped} placeholder="A page, a currency, an execution's id" />
      <Command.List>
        <Command.Empty>Nothing of that name.</Command.Empty>
        <Command.Group heading="Pages">
          {PAGES.map((page) => (
            <Command.Item key={page.path} value={`${page.name} ${page.purpose}`} onSelect={run(() => navigate({ to: page.path } as never))}>
              {page.name} <small>{page.purpose}</small>
            </Command.Item>
          ))}
        </Command.Group>
        <Command.Group heading="Everywhere">
          {CURRENCIES.map((currency) => (
            <Command.Item key={currency} value={`currency ${currency}`} onSelect={run(() => set({ currency }))}>
              Show {currency}
            </Command.Item>
          ))}
          <Command.Item value="back to live now" onSelect={run(() => set({ date: undefined }))}>
            Back to live
          </Command.Item>
          <Command.Item value="dark colours" onSelect={run(() => choose("dark"))}>
            Dark colours
          </Command.Item>
          <Command.Item value="light colours" onSelect={run(() => choose("light"))}>
            Light colours
          </Command.Item>
        </Command.Group>
        {/\d/.test(id) && (
          <Command.Group heading="Execution" forceMount>
            <Command.Item forceMount value={`execution ${id}`} onSelect={run(() => navigate({ to: "/trades", search: { trade: id } } as never))}>
              Story of {id}
            </Command.Item>
          </Command.Group>
        )}
      </Command.List>
    </Command.Dialog>
  );
}
