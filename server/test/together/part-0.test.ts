import { describePart } from "./part";

describePart(0);
