/** Why a login asks for the phone number, and for who the person is, where no pool says it better. */
export const USUAL_REASONS = {
  phone: {
    "zh-CN": "用于登录和找回账号",
    "zh-TW": "用於登入和找回帳號",
    en: "To sign you in and recover your account",
  },
  identity: { "zh-CN": "一串编号，用来认出你", "zh-TW": "一串編號，用來認出你", en: "Lets the app recognize you" },
};
