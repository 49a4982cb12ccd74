import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ApiError } from "../api/client";
import { useWords } from "../language";
import { parts } from "../messages/parts";
import { Button } from "./button";
import { TextField } from "./field";
import { Refusal } from "./notice";

interface DialogProps {
  title: string;
  /** Missing: it cannot be closed without an answer. */
  onClose?: (() => void) | undefined;
  onSubmit?: () => void;
  children: ComponentChildren;
}

/** The browser's own modal dialog: it keeps the focus, gives it back, and Escape closes it. */
export function Dialog({ title, onClose, onSubmit, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const node = dialog.current;
    node?.showModal();
    // To close it gives the focus back to where it was.
    return () => node?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
      >
        <h2 id={id}>{title}</h2>
        {children}
      </form>
    </dialog>
  );
}

interface ConfirmProps {
  title: string;
  children: ComponentChildren;
  /** What has to be typed, for what cannot be undone. */
  typed?: string;
  act: string;
  danger?: boolean;
  busy: boolean;
  error: ApiError | undefined;
  onConfirm(): void;
  onClose(): void;
}

/** Says what will happen, and asks whether it may. */
export function Confirm({ title, children, typed, act, danger, busy, error, onConfirm, onClose }: ConfirmProps) {
  const t = useWords(parts);
  const [text, setText] = useState("");
  const ready = typed === undefined || text === typed;
  return (
    <Dialog title={title} onClose={onClose} onSubmit={() => ready && onConfirm()}>
      <div class="stack tight">{children}</div>
      {typed !== undefined && (
        <TextField
          label={
            <>
              {t.typeToConfirm} <code class="break">{typed}</code>
            </>
          }
          value={text}
          onValue={setText}
          mono
          autofocus
        />
      )}
      <Refusal error={error} />
      <div class="actions">
        <Button onClick={onClose}>{t.cancel}</Button>
        <Button type="submit" kind={danger ? "danger primary" : "primary"} busy={busy} disabled={!ready}>
          {act}
        </Button>
      </div>
    </Dialog>
  );
}
