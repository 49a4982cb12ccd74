import { Type, type FastifyPluginAsyncTypebox, type Static } from "@fastify/type-provider-typebox";
import { ALL_POOLS, WECHAT } from "../observability/login-records";
import { Refusal } from "../refusal";
import type { Services } from "../services";
import { sumFigures } from "../store/figures";
import { Instant } from "./admin-schemas";
import { PoolParameters } from "./wire-schemas";

const tags = ["administration"];
const security = [{ adminToken: [] }];

const Span = Type.Object({
  from: Instant,
  to: Instant,
  step: Type.Union([Type.Literal("minute"), Type.Literal("hour"), Type.Literal("day")]),
});

const Figures = Type.Object({
  figures: Type.Array(
    Type.Object({
      at: Type.Integer({ description: "When the step begins; a day begins at the hour of `from`" }),
      topic: Type.String({ description: "attempt, ticket, exchange; or an endpoint of WeChat" }),
      outcome: Type.String({ description: "ok, an error code; of WeChat ok, an errcode, other, no_answer" }),
      count: Type.Integer(),
      milliseconds: Type.Integer({ description: "The sum of all durations" }),
    }),
  ),
});

const SECONDS = { minute: 60, hour: 3600, day: 86_400 };
/** A month of hours with a dozen outcomes; charts need no more. */
const MOST_ROWS = 20_000;

/** Figures for charts: logins by pool, calls to WeChat. */
export function adminFigureRoutes({ store, records }: Services): FastifyPluginAsyncTypebox {
  async function figuresOf(scope: string, { from, to, step }: Static<typeof Span>): Promise<Static<typeof Figures>> {
    const span = step === "minute" ? SECONDS.minute : SECONDS.hour;
    const milliseconds = span * 1000;
    await records.flush();
    const rows = await store.readStale((tx) =>
      tx.all(sumFigures, {
        scope,
        span,
        from: Math.floor(Number(from) / milliseconds) * milliseconds,
        to: Number(to),
        step: SECONDS[step] * 1000,
        most: MOST_ROWS,
      }),
    );
    return { figures: rows };
  }
  const described = { tags, security, querystring: Span, response: { 200: Figures } };

  return async (app) => {
    app.get(
      "/figures",
      { schema: { ...described, operationId: "getFigures", summary: "Logins of all pools, by time and outcome" } },
      ({ query }) => figuresOf(ALL_POOLS, query),
    );
    app.get(
      "/pools/:userPoolId/figures",
      {
        schema: {
          ...described,
          operationId: "getFiguresOfPool",
          summary: "Logins of a pool, by time and outcome",
          params: PoolParameters,
        },
      },
      ({ params, query }) => {
        // No pool has the name of a scope.
        if (params.userPoolId === ALL_POOLS || params.userPoolId === WECHAT) throw new Refusal("pool.unknown");
        return figuresOf(params.userPoolId, query);
      },
    );
    app.get(
      "/wechat/figures",
      {
        schema: {
          ...described,
          operationId: "getFiguresOfWeChat",
          summary: "Calls to WeChat, by time, endpoint and outcome",
          querystring: Type.Object({ ...Span.properties, appId: Type.Optional(Type.String({ maxLength: 64 })) }),
        },
      },
      ({ query: { appId, ...span } }) => figuresOf(appId === undefined ? WECHAT : `${WECHAT} ${appId}`, span),
    );
  };
}
