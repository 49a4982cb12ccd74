import type { ReturnCode } from "../protocol/return-string";
import type { ActionId } from "./event";
import type { Phase } from "./state";

/** A button. `open` is its open-type, empty for a plain one; `id` is the element's. */
export interface Action {
  id: ActionId;
  open: "" | "launchApp" | "getPhoneNumber" | "contact";
  label: string;
  /** What it is for is under way. */
  isBusy?: boolean;
  /** Of a launchApp button: what the app receives, and its code. */
  parameter: string;
  code?: ReturnCode;
}

/** One thing on a card, and more about it; without words it stands for what is still to come. */
export interface Row {
  icon: "" | "phone" | "person";
  title: string;
  text: string;
  /** It is what matters most here. */
  isLarge?: true;
  /** A plain button at its end; `of` tells it from those of other rows, and comes with its tap. */
  button?: { id: ActionId; label: string; of: string };
}

export interface Card {
  label: string;
  rows: Row[];
}

/** A row that is still to come. */
export const TO_COME: Row = { icon: "", title: "", text: "" };

/** What the page binds, in plain JSON; one `setData` shows it. What a state does not mention is reset to nothing. */
export interface View {
  screen: Phase["name"];
  /** The visit, for buttons whose events may come late. */
  visit: string;
  title: string;
  /** Of whoever asks; it carries white text, which is seen to where it is set. */
  themeColor: string;
  /** Address of an image, and what stands where there is none. */
  logo: string;
  initial: string;
  /** Empty until it is known who asks. */
  heading: string;
  lead: string;
  cards: Card[];
  /** Why nobody has to worry. */
  safety: string;
  /** Named while it lasts, in the primary button's place. */
  progress: string;
  /** What needs the person's eye; announced when it appears. */
  notice: string;
  /** Whether the notice tells of a failure; otherwise of what to do. */
  isFailure: boolean;
  /** Label of the box; empty where nothing has to be ticked. */
  agree: string;
  isAgreed: boolean;
  agreements: string[];
  reading: { title: string; text: string } | null;
  close: string;
  /** The first one is the primary, unless there is progress in its place. */
  actions: Action[];
  privacy: string;
}

/** What a state says for itself. */
export type Part = Partial<View> & Pick<View, "actions">;
