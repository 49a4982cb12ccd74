/** One complaint of the validator: what it expected, and where. */
export interface FieldError {
  /** A JSON pointer: `/allowedApps/0/name`. */
  instancePath: string;
  message?: string;
}

/** What is read of a JSON schema. */
interface Schema {
  const?: unknown;
  type?: string;
  pattern?: string;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

/**
 * What an operator must change: each field once, by its first problem, since the validator says of a missing field also
 * that it is of the wrong type. What was sent is not repeated.
 */
export function fieldProblems(schema: unknown, errors: readonly FieldError[]): string[] {
  const first = new Map<string, string>();
  for (const { instancePath, message = "" } of errors) {
    const field = instancePath.slice(1);
    if (first.has(field)) continue;
    const alternatives = schemaAt(schema as Schema | undefined, field)?.anyOf;
    if (message === "Expected required property") first.set(field, "missing");
    else first.set(field, alternatives ? choices(alternatives) : message);
  }
  return [...first].map(([field, problem]) => (field === "" ? `the body: ${problem}` : `${field}: ${problem}`));
}

function schemaAt(schema: Schema | undefined, field: string): Schema | undefined {
  let at = schema;
  for (const key of field === "" ? [] : field.split("/")) {
    const properties = at?.properties ?? {};
    at = Object.hasOwn(properties, key) ? properties[key] : at?.items;
  }
  return at;
}

function choices(schemas: readonly Schema[]): string {
  return schemas.every((one) => "const" in one)
    ? `one of ${schemas.map((one) => String(one.const)).join(", ")}`
    : schemas.map(described).join(" or ");
}

function described(schema: Schema): string {
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.type === "array") return `a list${schema.items ? ` of ${described(schema.items)}` : ""}`;
  if (schema.type === "object") return `{${Object.keys(schema.properties ?? {}).join(", ")}}`;
  return schema.pattern === undefined ? String(schema.type) : `${schema.type} matching ${schema.pattern}`;
}
