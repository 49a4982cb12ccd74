/** The alphabets of the values that cross a border. All of them survive a URL and the return string unencoded. */
export const USER_POOL_ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Echoed to the app; RFC 3986's unreserved characters. */
export const STATE = /^[A-Za-z0-9._~-]{1,128}$/;
/** SHA-256 in base64url without padding: RFC 7636, section 4.2, method S256. */
export const CODE_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
/** RFC 7636, section 4.1. */
export const CODE_VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;
/** 32 random bytes in base64url without padding: tickets and attempts. */
export const HANDLE = CODE_CHALLENGE;
/** What ends in a style, where other text could say more than a colour. */
export const COLOR = /^#[0-9a-f]{6}$/i;
/** WeChat's AppID, of a mini program or of a mobile app; devtools' tourist AppID does not start with wx. */
export const APP_ID = /^[A-Za-z0-9_-]{1,64}$/;
/** A code of wx.login or getPhoneNumber. WeChat documents no alphabet; devtools' mock code has spaces. */
export const WECHAT_CODE = /^[\x20-\x7e]{1,128}$/;
/**
 * Where an auth server answers: https and a domain name in lower case, with a port other than 443 if it has one. WeChat
 * compares request domains as text, and takes no address and not its own server:
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html
 * Plain http only for this computer, where devtools and the browser phone run.
 */
export const ORIGIN =
  /^https:\/\/(?!api\.weixin\.qq\.com(:|$))([a-z0-9-]+\.)+(?!localhost(:|$))[a-z][a-z0-9-]+(:(?!443$)\d{1,5})?$|^http:\/\/(127\.0\.0\.1|localhost)(:\d{1,5})?$/;
