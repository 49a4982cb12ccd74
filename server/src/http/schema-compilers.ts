import AjvCompiler from "@fastify/ajv-compiler";
import { SerializerSelector } from "@fastify/fast-json-stringify-compiler";
import type { FastifyServerOptions } from "fastify";

type Compilers = NonNullable<NonNullable<FastifyServerOptions["schemaController"]>["compilersFactory"]>;
type Serialize = (data: unknown) => string;

const buildSerializer = SerializerSelector();
/** By schema, as JSON. */
const serializers = new Map<string, Serialize>();

/**
 * Compiles schemas once in a process, whichever listener has them, and what writes an answer when the first one is due:
 * all of them at once would be a sixth of a start.
 */
export const SCHEMA_COMPILERS: Compilers = {
  buildValidator: AjvCompiler(),
  buildSerializer: (external, options) => {
    const compile = buildSerializer(external, options);
    return (route) => {
      const key = JSON.stringify(route.schema);
      const serialize = serializers.get(key) ?? whenDue(() => compile(route) as Serialize);
      serializers.set(key, serialize);
      return serialize;
    };
  },
};

function whenDue(compile: () => Serialize): Serialize {
  let serialize: Serialize | undefined;
  return (data) => (serialize ??= compile())(data);
}
