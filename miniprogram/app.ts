import { replacePage } from "./platform/route";
import { LAUNCH_PATH } from "./protocol/launch";
import { createLogin, enter } from "./services/login";

App({
  login: createLogin(),

  /**
   * Comes before any page is made, on a cold start and on a warm one, with this opening's own scene and query: wx.login
   * starts here, while the page is still being built.
   */
  onShow(options) {
    enter(this.login, options);
  },
  onHide() {
    this.login.send({ type: "hidden" });
  },
  /** Any path means the login: the documentation this applet follows writes `/routers/explore` once. */
  onPageNotFound({ query }) {
    replacePage(LAUNCH_PATH, query);
  },
});
