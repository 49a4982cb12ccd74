export { createWechat, type AnsweredCall, type Wechat, type WechatDevice, type WechatOptions } from "./wechat";
export { USUAL_CONDITIONS, type WechatConditions } from "./conditions";
export { PEOPLE, type Person } from "./people";
export type { EndpointPath } from "./endpoints";
export type { Errcode } from "./errcodes";
