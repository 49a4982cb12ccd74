import { replacePage } from "./platform/route";
import { LAUNCH_PATH } from "./protocol/launch";
import { login } from "./services/login";

/** A shell around the login's page; another applet may be in its place. */
App({
  /**
   * Comes before any page is made, on a cold start and on a warm one, with this opening's own scene and query: wx.login
   * starts here, while the page is still being built.
   */
  onShow(options) {
    login.enter(options);
  },
  onHide() {
    login.leave();
  },
  /** Any path means the login: the documentation this applet follows writes `/routers/explore` once. */
  onPageNotFound({ query }) {
    replacePage(LAUNCH_PATH, query);
  },
});
