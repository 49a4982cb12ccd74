import { CONFIG } from "./config";
import { CODES } from "./flow/mode/codes";
import { TICKETS } from "./flow/mode/tickets";

/** The mode that the config names. The build puts it here alone, so that a package holds no other. */
export const MODE = CONFIG.returnMode === "code" ? CODES : TICKETS;
