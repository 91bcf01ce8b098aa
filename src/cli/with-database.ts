/** Opens the workspace's database for as long as a command needs it. */
import { type Database, openDatabase } from '../database/database.js';

/** What `act` gives; the database is closed then. */
export async function withDatabase<T>(url: string, act: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url });
  try {
    return await act(database);
  } finally {
    await database.close();
  }
}
