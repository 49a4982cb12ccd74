import { describeBackend } from "./conformance";
import { PROGRAMS } from "./programs";

describeBackend(PROGRAMS.Node);
