import { describePart } from "./part";

describePart(1);
