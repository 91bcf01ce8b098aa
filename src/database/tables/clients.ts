/** The tables of clients' features: a night's set is written aside, then made the current one at once. */

/** A row a set: the features of all clients of a study as of a moment. Times are in ISO 8601, UTC. */
export interface ClientsSetsTable {
  readonly id: string;
  readonly study: string;
  readonly as_of: string;
  readonly made: string;
  /** 'writing' until it is whole. */
  readonly state: 'writing' | 'whole';
  readonly fresh_for_hours: number;
  /** JSON: the features by name, in their order, with what is said of each. */
  readonly features: string;
  readonly clients: number;
  /** JSON: the file that they were computed from. */
  readonly source: string;
}

/** A row a study: which of its sets readers see. */
export interface ClientsCurrentTable {
  readonly study: string;
  readonly set_id: string;
  readonly as_of: string;
}

/** A row a client of a set. */
export interface ClientsFeaturesTable {
  readonly set_id: string;
  readonly client: string;
  /** Of the client's last row. */
  readonly moment: string;
  /** JSON: the values as a request would send them; each number reads back to the same bits. */
  readonly features: string;
}
