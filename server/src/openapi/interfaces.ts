import type { Interface } from "./document";

/** What applets and backends reach. */
export const OPEN: Interface = {
  title: "app2wxapp auth server",
  description:
    "Sign in to a mobile app through a WeChat mini program: the applet begins a login and gets a ticket, the app's backend " +
    "trades it for the user and a token. Every refusal has a code in `error`; messages are for people. What is not sent may " +
    "be left out, be null (JSON) or empty (form); fields that are not known are ignored.",
  tags: [
    { name: "backend", description: "What an app's backend calls" },
    {
      name: "standard",
      description: "The same as OpenID Connect has it, for clients that nobody wrote for this server",
    },
    { name: "applet", description: "What the login applet calls" },
    { name: "account", description: "What the applet's account page calls: people look after their own accounts" },
    { name: "operation", description: "What watches the process" },
  ],
  securitySchemes: {
    poolBasic: { type: "http", scheme: "basic", description: "The pool's id and its secret (RFC 6749, section 2.3.1)" },
    poolSecret: { type: "http", scheme: "bearer", description: "The pool secret" },
    accessToken: { type: "http", scheme: "bearer", description: "A person's token" },
  },
};

/** What operators reach. */
export const ADMINISTRATION: Interface = {
  title: "app2wxapp administration",
  description: "Pools, users, the audit log and figures, for operators. Fields that are not known are refused.",
  tags: [{ name: "administration", description: "What operators and their programs call" }],
  securitySchemes: { adminToken: { type: "http", scheme: "bearer", description: "A token of ADMIN_TOKENS" } },
};
