/** The header that names the session of a request over HTTP; the answer to the first hello has it. */
export const SESSION_HEADER = 'mdev-session';
