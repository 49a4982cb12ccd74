export interface HostWords {
  name: string;
  slogan: string;
  offer: string;
  offerDetail: string;
  price: string;
  login: string;
  withPhone: string;
  withoutPhone: string;
  waiting: string;
  welcome: string;
  phone: string;
  noPhone: string;
  id: string;
  visits: string;
  token: string;
  tokenNote: string;
  logout: string;
  cancelled: string;
  failed: string;
}

export const HOST_WORDS: { zh: HostWords; en: HostWords } = {
  zh: {
    name: "云杉咖啡",
    slogan: "清晨的第一杯",
    offer: "云杉拿铁",
    offerDetail: "深烘豆，燕麦奶，一点松针糖浆",
    price: "¥ 24",
    login: "微信登录",
    withPhone: "登录时会向你要手机号，用来找回会员",
    withoutPhone: "登录时不需要手机号",
    waiting: "正在换取用户信息…",
    welcome: "欢迎回来",
    phone: "手机号",
    noPhone: "未提供",
    id: "用户 ID",
    visits: "登录次数",
    token: "令牌里的内容",
    tokenNote: "App 后端已用用户池的密钥验过签名",
    logout: "退出登录",
    cancelled: "你取消了登录",
    failed: "登录没有完成",
  },
  en: {
    name: "Spruce Coffee",
    slogan: "The first cup of the day",
    offer: "Spruce latte",
    offerDetail: "Dark roast, oat milk, a touch of spruce syrup",
    price: "¥ 24",
    login: "WeChat login",
    withPhone: "Asks for your phone number, to find your membership",
    withoutPhone: "Does not ask for your phone number",
    waiting: "Fetching your account…",
    welcome: "Welcome back",
    phone: "Phone",
    noPhone: "not given",
    id: "User ID",
    visits: "Logins",
    token: "Inside the token",
    tokenNote: "Its signature was verified by the app's backend",
    logout: "Sign out",
    cancelled: "You cancelled the login",
    failed: "The login was not completed",
  },
};
