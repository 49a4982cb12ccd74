import { addGlobalErrorListener, addGlobalWarningListener } from "glass-easel";
import type { AppletPackage } from "../../package-format";
import { runApplet } from "./application";
import "./built-ins.css";

declare global {
  interface Window {
    /** Set by the script that the phone makes of the applet's folder. */
    appletPackage?: AppletPackage;
  }
}

// glass-easel swallows what handlers throw; here it must end on the console and at the applet's onError.
addGlobalErrorListener((error) => {
  reportError(error);
  return false;
});
addGlobalWarningListener((message) => {
  reportError(new Error(`glass-easel: ${message}`));
  return false;
});

window.startApplet = (phone) => {
  if (!window.appletPackage) throw new Error("The applet's package did not load");
  return runApplet(window.appletPackage, phone);
};
