import { LAUNCH_PATH } from "./protocol/launch";
import { replacePage } from "./platform/route";
import { entryOf, login } from "./services/login";

App({
  /**
   * Comes before any page is made, on a cold start and on a warm one, and carries this opening's own scene and query:
   * wx.login starts here, while the page is still being built.
   */
  onShow(options) {
    login.enter(entryOf(options));
  },
  onHide() {
    login.send({ type: "hidden" });
  },
  /** The documentation this project implements names `/routers/explore` once; any other path means the login too. */
  onPageNotFound({ query }) {
    replacePage(LAUNCH_PATH, query);
  },
});
