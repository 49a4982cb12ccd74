import type { LaunchFailure } from "../flow/launch-failure";
import type { PhoneRefusal } from "../flow/phone-answer";
import type { Problem } from "../flow/problem";
import type { Notice } from "../flow/state";
import type { ReturnCode } from "../protocol/return-string";

/** Every word a person reads, and those the app receives. A code is a key, so a missing word is a type error. */
export interface Words {
  /** Title of the navigation bar. */
  title: string;
  opening: string;
  issuing: string;
  renewing: string;
  asking: {
    /** `app` is the calling app, `pool` whose account it is. */
    heading: (app: string) => string;
    lead: (pool: string) => string;
    shares: string;
    identity: string;
    profile: string;
    phone: string;
    allowPhone: string;
    agree: string;
    agreed: string;
    proceed: string;
    skipPhone: string;
  };
  confirming: {
    heading: (app: string) => string;
    lead: string;
    newcomer: string;
    confirm: string;
    /** Code mode, after the confirmation: the button that goes back. */
    handOver: string;
    finish: string;
  };
  renewal: { heading: string; lead: string; renew: string };
  returned: Record<ReturnCode, string>;
  done: { heading: string; lead: string; again: string; spent: string };
  cancelled: { heading: string; lead: string };
  failed: { heading: string };
  stranded: { heading: string } & Record<LaunchFailure, string>;
  standalone: {
    heading: (operator: string) => string;
    lead: string;
    stepsTitle: string;
    steps: readonly [string, string, string];
    tried: string;
    try: string;
    contact: string;
    help: (contact: string) => string;
    operatedBy: (operator: string) => string;
  };
  privacy: string;
  close: string;
  cancel: string;
  back: string;
  leave: string;
  retry: string;
  problems: Record<Problem, string>;
  refusals: Record<PhoneRefusal, string>;
  notices: Record<Notice, string>;
}
