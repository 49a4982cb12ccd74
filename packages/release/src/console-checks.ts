/**
 * Below it a person consents to the phone number, no code comes, and the operator pays for it all the same:
 * https://developers.weixin.qq.com/community/develop/doc/000e42fd2142902ccdff539e351800
 */
export const MINIMUM_BASE_LIBRARY = "2.21.2";

/** What only WeChat's console can say, and nothing here can see: to be looked at before a version is put up for review. */
export function consoleChecks(authOrigin: string): string {
  return `check in mp.weixin.qq.com before you put it up for review:
  设置 > 基本设置 > 基础库最低版本设置: ${MINIMUM_BASE_LIBRARY}; below it people consent, no phone number comes, and you pay
  设置 > 基本设置 > 用户隐私保护指引: the phone number (手机号) is declared; undeclared, its button fails
  开发管理 > 开发设置 > 服务器域名 > request 合法域名: ${authOrigin}
  管理 > 版本管理 > 开发版本: try this version there`;
}
