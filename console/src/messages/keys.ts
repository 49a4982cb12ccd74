import { words } from "../language";

export const keys = words(
  {
    secretTitle: "用户池密钥",
    secretAbout: "后端换取用户信息时出示。服务器只存散列，丢了只能更换。",
    replace: "更换密钥",
    replaceTitle: "更换用户池密钥？",
    replaceAbout: "旧密钥立刻失效：后端换上新密钥之前，登录会失败（client.unauthorized）。请先准备好更新后端的配置。",
    newSecret: "新的用户池密钥",
    tokenTitle: "token 密钥",
    tokenAbout: {
      HS256: "后端用它验证登录 token。更换时旧密钥继续有效到最后一个 token 到期，不会让任何人退出。",
      ES256: "后端从 JWKS 取公钥。新公钥先发布、后签名，缓存了旧 JWKS 的后端也不会出错。",
    },
    signing: "正在签名",
    next: "已发布，等待签名",
    signsAt: "开始签名",
    rotate: "发布新密钥",
    rotateTitle: "发布新的 token 密钥",
    rotateAbout:
      "分两步：现在发布，让后端先认识它；到时间才开始用它签名。旧密钥继续有效到最后一个 token 到期，不会让任何人退出。",
    when: "什么时候开始签名",
    whens: [
      {
        value: "soon" as const,
        name: "15 分钟后",
        about: "缓存 JWKS 的客户端最多 10 分钟就会更新。ES256 用户池选这个。",
      },
      { value: "day" as const, name: "一天后", about: "给 HS256 的后端留出时间换上新密钥（新旧都要能验证）。" },
      { value: "week" as const, name: "七天后", about: "后端很多、要分批发布时。" },
      {
        value: "leaked" as const,
        name: "现在，并且作废旧密钥",
        about: "只在旧密钥泄露时用。",
        risk: "所有人都会退出，还没换上新密钥的后端会验证失败。",
      },
    ],
    stepPublish: "发布",
    stepSign: "签名",
    activate: "现在就用它签名",
    activateTitle: "现在就用新密钥签名？",
    activateAbout: "还没有换上新密钥的后端会验证失败。确定它们都已更新再继续。",
    busyNote: "上一次轮换还没有结束：旧密钥要到它签的最后一个 token 到期。",
    newKey: "新的 token 密钥",
    kid: "新密钥的 kid",
    onceOnly: "只显示这一次，请现在保存。",
    done: "已保存",
  },
  {
    secretTitle: "Pool secret",
    secretAbout: "Backends show it at the exchange. The server keeps a hash; if lost it can only be replaced.",
    replace: "Replace the secret",
    replaceTitle: "Replace the pool secret?",
    replaceAbout:
      "The former one is void at once: until your backend has the new one, sign-ins fail (client.unauthorized). Be ready to update its configuration.",
    newSecret: "The new pool secret",
    tokenTitle: "Token key",
    tokenAbout: {
      HS256:
        "Backends verify sign-in tokens with it. A former key stays valid until its last token has expired, so nobody is signed out.",
      ES256:
        "Backends take public keys from the JWKS. A new one is published first and signs later, so that none with a cached JWKS fails.",
    },
    signing: "Signs now",
    next: "Published, not signing yet",
    signsAt: "Begins to sign",
    rotate: "Publish a new key",
    rotateTitle: "Publish a new token key",
    rotateAbout:
      "In two steps: it is published now, so that backends can know it, and signs later. The former key stays valid until its last token has expired, so nobody is signed out.",
    when: "When it begins to sign",
    whens: [
      {
        value: "soon" as const,
        name: "In 15 minutes",
        about: "Clients keep a JWKS for 10 minutes at most. For ES256 pools.",
      },
      {
        value: "day" as const,
        name: "In a day",
        about: "Time for the backends of an HS256 pool to learn the new key (they must accept both).",
      },
      { value: "week" as const, name: "In seven days", about: "For many backends, deployed one after another." },
      {
        value: "leaked" as const,
        name: "Now, and void the former one",
        about: "Only when the former key has leaked.",
        risk: "Everybody is signed out, and backends without the new key fail.",
      },
    ],
    stepPublish: "Publish",
    stepSign: "Sign",
    activate: "Sign with it now",
    activateTitle: "Sign with the new key now?",
    activateAbout: "Backends that do not have it yet will fail. Be sure that all were updated.",
    busyNote: "The last rotation is not over: the former key lives until its last token has expired.",
    newKey: "The new token key",
    kid: "kid of the new key",
    onceOnly: "Shown this once. Store it now.",
    done: "Stored",
  },
);
