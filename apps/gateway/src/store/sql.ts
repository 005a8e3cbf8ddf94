/** A value of a query. Amounts go in and come out as text, so that nothing is rounded on the way. */
export type SqlValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** What runs queries: a transaction, or a connection outside of one. */
export interface Queries {
  query<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
}

/** A transaction. Its queries are run in the order in which they are asked for, whether or not one waits for the other. */
export interface Transaction extends Queries {
  /** Runs a statement whose result nobody needs. The transaction waits for it, and fails if it does. */
  send(text: string, values?: readonly SqlValue[]): void;
}

/** A store that speaks PostgreSQL's dialect. */
export interface Store extends Queries {
  /** Runs a function in one transaction. It commits if the function returns: the end of this process loses nothing of it then. */
  transaction<Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** Runs statements that have no parameters, several at once. */
  script(text: string): Promise<void>;
  /** How many transactions it runs at once, if they touch different users. */
  readonly lanes: number;
  /** Whether this process alone can have it open. */
  readonly isExclusive: boolean;
  /** What it is, in words. */
  readonly what: string;
  close(): Promise<void>;
}
