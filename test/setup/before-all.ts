import { start as startPostgres } from "../../server/test/postgres-setup";
import makeProducts from "./products";

/** Makes what the tests run on, and starts a PostgreSQL. */
export default async function beforeAll(): Promise<void> {
  await Promise.all([makeProducts(), startPostgres()]);
}
