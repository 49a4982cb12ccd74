import type { Static } from "@sinclair/typebox";
import { expect, test } from "@jest/globals";
import type {
  AccountChangeRequest,
  AccountReply,
  AccountRequest,
  ErrorReply,
  AttemptReply,
  AttemptRequest,
  TicketReply,
  TicketRequest,
} from "@app2wxapp/protocol";
import { AccountChangeRequestSchema, AccountReplySchema, AccountRequestSchema } from "../src/routes/account-schemas";
import {
  AttemptReplySchema,
  AttemptRequestSchema,
  ErrorReplySchema,
  TicketReplySchema,
  TicketRequestSchema,
} from "../src/routes/wire-schemas";

/** True only for the very same type: optional is not `| undefined`, a wider union is not equal. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the known way to ask the checker for identity
type Same<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;
/** Spelled out, so that an interface and an intersection of the same fields compare equal. */
type Plain<T> = T extends object ? { [Key in keyof T]: Plain<T[Key]> } : T;

test("the schemas of the applet's calls are the protocol's types, as the type checker sees them", () => {
  const same: [
    Same<Static<typeof AttemptRequestSchema>, AttemptRequest>,
    Same<Static<typeof AttemptReplySchema>, AttemptReply>,
    Same<Static<typeof TicketRequestSchema>, TicketRequest>,
    Same<Static<typeof TicketReplySchema>, TicketReply>,
    Same<Static<typeof ErrorReplySchema>, ErrorReply>,
    Same<Static<typeof AccountRequestSchema>, AccountRequest>,
    Same<Static<typeof AccountReplySchema>, AccountReply>,
    Same<Static<typeof AccountChangeRequestSchema>, AccountChangeRequest>,
  ] = [true, true, true, true, true, true, true, true];
  // The control: what differs in one optional field is not the same.
  const different: Same<Omit<AttemptRequest, "agreed">, AttemptRequest> = false;
  expect([...same, different]).toEqual([true, true, true, true, true, true, true, true, false]);
});
