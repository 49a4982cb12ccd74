import type { ApiError } from "../api/client";
import { words } from "../language";

/** What is said of a call that failed, and what to do. */
export const explain = words(
  (error: ApiError): string => {
    if (error.status === 0) return "连不上服务器。请检查网络，或确认认证服务器还在运行。";
    if (error.status === 412) return "在你编辑期间，别人改了这个用户池。请重新载入，再做一次修改。";
    if (error.status === 403) return "你的令牌是只读的，不能更改。";
    if (error.status === 401) return "会话已结束，请重新登录。";
    if (error.status === 429) return `请求过于频繁，请 ${error.retryAfterSeconds ?? 60} 秒后再试。`;
    if (error.status === 503) return "服务器暂时够不到数据库，请稍后再试。";
    if (error.code === "pool.unknown") return "没有这个用户池，它可能已被删除。";
    if (error.status >= 500) return "服务器出错了。请查看它的日志，用下面的请求编号可以找到。";
    if (error.status === -1) return `控制台出错了：${error.message}`;
    return error.message || "服务器没有接受这次请求。";
  },
  (error: ApiError): string => {
    if (error.status === 0) return "The server cannot be reached. Check the network, and that the auth server runs.";
    if (error.status === 412)
      return "Somebody changed this pool while you were editing. Reload, and make your change again.";
    if (error.status === 403) return "Your token is read-only and can change nothing.";
    if (error.status === 401) return "The session is over. Sign in again.";
    if (error.status === 429) return `Too many requests. Try again in ${error.retryAfterSeconds ?? 60} s.`;
    if (error.status === 503) return "The server cannot reach its database right now. Try again in a moment.";
    if (error.code === "pool.unknown") return "There is no such pool; it may have been deleted.";
    if (error.status >= 500) return "The server failed. Its log has the reason under the request id below.";
    if (error.status === -1) return `The console failed: ${error.message}`;
    return error.message || "The server did not accept this.";
  },
);
