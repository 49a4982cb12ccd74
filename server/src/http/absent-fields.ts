import type { FastifyInstance } from "fastify";

/**
 * Takes out of every body what says nothing: `null` in JSON, since many languages write out the fields they have no value
 * for, and an empty parameter of a form (RFC 6749, section 3.2). Also gives a body to a request without one.
 */
export function ignoreAbsentFields(app: FastifyInstance): void {
  app.addHook("preValidation", (request, _reply, done) => {
    const body = (request.body ??= {});
    if (typeof body === "object") {
      const nothing = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ? "" : null;
      const fields = body as Record<string, unknown>;
      for (const name of Object.keys(fields)) if (fields[name] === nothing) delete fields[name];
    }
    done();
  });
}
