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
    rotate: "轮换 token 密钥",
    rotateTitle: "轮换 token 密钥？",
    newKey: "新的 token 密钥",
    kid: "新密钥的 kid",
    onceOnly: "只显示这一次，请现在保存。",
    done: "已保存",
    leaked: "旧密钥泄露了：立刻作废",
    leakedHint: "用旧密钥签的 token 全部失效，所有人都要重新登录。",
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
    rotate: "Rotate the token key",
    rotateTitle: "Rotate the token key?",
    newKey: "The new token key",
    kid: "kid of the new key",
    onceOnly: "Shown this once. Store it now.",
    done: "Stored",
    leaked: "The former key has leaked: void it at once",
    leakedHint: "All tokens signed with it are void, and everybody signs in again.",
  },
);
