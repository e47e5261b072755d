import * as Dialog from "@radix-ui/react-dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";

/** A sheet from the right that holds the detail of what was chosen; Escape and its button close it and give the focus back. */
export function Drawer(props: { title: string; open: boolean; close: () => void; wide?: boolean; children: ReactNode }) {
  return (
    <Dialog.Root open={props.open} onOpenChange={(open) => !open && props.close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className={props.wide ? "drawer wide" : "drawer"} aria-describedby={undefined}>
          <header>
            <Dialog.Title>{props.title}</Dialog.Title>
            <Dialog.Close aria-label="Close">
              <X size={16} aria-hidden />
            </Dialog.Close>
          </header>
          {props.children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
