import { describe, expect, test } from "@jest/globals";
// Everything that defines statements.
import "../src/app";
import "../src/startup/open-store";
import "../src/store/purge";
import "../src/wechat/client";
import { MIGRATIONS } from "../src/store/migrations";
import { allStatements } from "../src/store/statement";

describe("the SQL", () => {
  const sqls = (["sqlite", "postgres"] as const).flatMap((dialect) =>
    allStatements.map((one) => one.compiled(dialect).sql),
  );
  // What CockroachDB or YugabyteDB lack, or do otherwise; and what would make the two databases differ.
  const FORBIDDEN =
    /advisory|\block table\b|\blisten\b|\bnotify\b|\bserial\b|autoincrement|generated always|\btrigger\b|\bdeferrable\b|\bctid\b|\browid\b|\bunlogged\b|\bvacuum\b|\bregexp\b|\bjsonb?\b|\bskip locked\b|\bcreate (extension|function|domain|type)\b|\bwithout rowid\b|\bstrict\b/i;

  test("of every statement and of the schema is plain: it runs on databases that only speak PostgreSQL's protocol", () => {
    expect(sqls.length).toBeGreaterThan(80);
    const plain = [...sqls, ...MIGRATIONS.map(({ script }) => script)];
    expect(plain.filter((sql) => FORBIDDEN.test(sql))).toEqual([]);
  });

  test("holds no value: everything that comes from outside is a parameter", () => {
    expect(sqls.filter((sql) => /'[^']*'/.test(sql))).toEqual([]);
  });

  test("the control: the search finds what it forbids", () => {
    expect("select pg_advisory_lock(1)").toMatch(FORBIDDEN);
    expect("create table t (id bigserial, SERIAL serial)").toMatch(FORBIDDEN);
  });
});
