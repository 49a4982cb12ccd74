/** What an operator sets: by environment at build time (see gulpfile.js), some of it by ext.json at run time. */
export interface Config {
  /** Where the auth server answers, e.g. `https://login.example.com`: scheme and host only. */
  authOrigin: string;
  /** The pool of a launch that names none; empty: such a launch is refused. */
  userPoolId: string;
  /** Colour of the primary button and the ticked box, `#rrggbb`, dark enough for white text. */
  themeColor: string;
  /** Whose applet this is, as the home page says it. */
  operatorName: string;
  /** Where a person finds help: a telephone number, an address. Empty: customer service of the platform only. */
  helpContact: string;
  /** `ticket`: the auth server's ticket goes back to the app. `code`: raw codes go back to a listed app. */
  returnMode: "ticket" | "code";
  /** The apps that code mode hands raw codes to. */
  codeModeCallers: { appId: string; name: string }[];
  /** Whether the platform's real-time log gets the flow's states and errors. */
  realtimeLog: boolean;
  /** Id of the event that `wx.reportEvent` sends for each state; empty: none is sent. */
  reportEventId: string;
}

/** Development defaults, replaced by the build: `npm start` runs the server they name. */
export const CONFIG: Config = {
  authOrigin: "http://127.0.0.1:4680",
  userPoolId: "0123456789abcdef01234567",
  themeColor: "#2b5fd9",
  operatorName: "app2wxapp",
  helpContact: "",
  returnMode: "ticket",
  codeModeCallers: [],
  realtimeLog: true,
  reportEventId: "",
};
