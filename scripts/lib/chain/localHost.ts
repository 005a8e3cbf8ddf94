/** The address that local chains listen on, and what a command shows to this machine alone. */
export const LOCAL_HOST = "127.0.0.1";
