/** Real servers for tests: whether they may be started, and what each start gives. */
import { environment } from '../../config/environment.js';

/** The skip of a test that needs them: false where ALAMBIQUE_SERVICES=1 asks for it, else the reason. */
export const skipServices: false | string =
  environment.ALAMBIQUE_SERVICES === '1'
    ? false
    : 'set ALAMBIQUE_SERVICES=1 to start PostgreSQL, MariaDB, Azurite and moto';

/** Who ends a server: a test, or the `after` of a file of tests. */
export interface Ending {
  after(end: () => Promise<void>): void;
}

/** A server that was started; it ends with the test, and with the process however that ends. */
export interface Service {
  readonly port: number;
  /** Ends it now, as a broken cable would: nothing is said to those who are connected. */
  stop(): Promise<void>;
}
