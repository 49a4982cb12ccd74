import type { Target } from "../url";

/** https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/route-event-listener.html */
export type RouteEvent = "BeforeAppRoute" | "AppRoute" | "AppRouteDone";
export type OpenType =
  "appLaunch" | "autoReLaunch" | "navigateTo" | "redirectTo" | "reLaunch" | "switchTab" | "navigateBack";
export interface Route extends Target {
  openType: OpenType;
  routeEventId: string;
  notFound: boolean;
}
