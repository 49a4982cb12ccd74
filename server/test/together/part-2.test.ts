import { describePart } from "./part";

describePart(2);
