/** What the server and host apps import by the package's name; the applet's own files import their neighbours. */
export * from "./color";
export * from "./errors";
export * from "./formats";
export * from "./launch";
export * from "./replies";
export * from "./return-string";
export * from "./wire";
