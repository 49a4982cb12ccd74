import { stop as stopPostgres } from "../../server/test/postgres-setup";

export default async function afterAll(): Promise<void> {
  await stopPostgres();
}
