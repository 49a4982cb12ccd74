import { Type, type SchemaOptions, type TSchema } from "@sinclair/typebox";

/** For objects that a client sends: what they do not name is no part of them. */
export const closed = { additionalProperties: false };

/** Text without control characters: PostgreSQL stores no NUL, and nobody means the others. */
export const ONE_LINE = "^[^\\u0000-\\u001f\\u007f]*$";
/** The same with line breaks and tabs. */
export const LINES = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$";

/** Text on one line, of 1 to so many characters. */
export function line(maxLength: number) {
  return Type.String({ minLength: 1, maxLength, pattern: ONE_LINE });
}

/** One of a list of words. */
export function oneOf<const Words extends readonly string[]>(words: Words, options: SchemaOptions = {}) {
  return Type.Unsafe<Words[number]>(
    Type.Union(
      words.map((word) => Type.Literal(word)),
      options,
    ),
  );
}

export function orNull<Schema extends TSchema>(schema: Schema, options: SchemaOptions = {}) {
  return Type.Union([schema, Type.Null()], options);
}
