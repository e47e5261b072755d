import * as Dialog from "@radix-ui/react-dialog";
import type { ReactNode } from "react";

/** Asks before something that cannot be taken back. */
export function Confirm(props: { title: string; open: boolean; close: () => void; yes: string; go: () => void; children: ReactNode }) {
  return (
    <Dialog.Root open={props.open} onOpenChange={(open) => !open && props.close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="overlay" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <Dialog.Title>{props.title}</Dialog.Title>
          {props.children}
          <footer>
            <button
              type="button"
              className="main"
              onClick={() => {
                props.close();
                props.go();
              }}
            >
              {props.yes}
            </button>
            <button type="button" onClick={props.close}>
              Cancel
            </button>
          </footer>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
